"""Compares tables and the lines above them."""
