"""``disclosure import`` and its options."""
