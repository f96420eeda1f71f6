"""Commands that only look something up."""
