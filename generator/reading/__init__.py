"""A document as its reader has it: printed from data or read from a draft, seen the same way."""
