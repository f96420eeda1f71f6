"""A table of any place, understood by the words of its head."""
