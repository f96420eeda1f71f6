"""Reads text files, with or without the layout of pages."""
