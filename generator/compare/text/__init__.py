"""Compares running text."""
