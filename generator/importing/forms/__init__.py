"""The performance forms of a draft."""
