"""The sums that a table states by its design."""
