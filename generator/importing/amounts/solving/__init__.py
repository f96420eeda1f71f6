"""Finds whole leaf amounts whose sums print as the cells do."""
