"""What looks for something in texts."""
