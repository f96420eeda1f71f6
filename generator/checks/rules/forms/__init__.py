"""Rules about performance forms."""
