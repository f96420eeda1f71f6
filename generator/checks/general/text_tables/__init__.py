"""What sentences say against what the tables print, in any format."""
