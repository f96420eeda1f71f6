"""What the text of a document says, for the rules about it."""
