"""The commands that compare two documents, and write accepted differences into the data."""
