"""Broken copies of a sample and of a pack, by subject: each brings about one code."""
