"""Reads PDF files, in a process of its own."""
