"""Splits the blocks of a draft into the parts that a pack's outline names."""
