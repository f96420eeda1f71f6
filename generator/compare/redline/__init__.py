"""The draft itself with comments and tracked changes."""
