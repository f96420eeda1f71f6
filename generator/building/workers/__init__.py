"""Builds several folders at once, in processes of this computer."""
