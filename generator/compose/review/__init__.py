"""What the data lacks or seems to have wrong, seen when it is composed."""
