"""``disclosure check`` and its options."""
