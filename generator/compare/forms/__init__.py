"""Compares performance forms."""
