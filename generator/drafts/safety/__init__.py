"""What is checked before and while a file from anywhere is read."""
