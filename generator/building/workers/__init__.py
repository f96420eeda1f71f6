"""Builds several folders at once: in processes of this computer, or on a cluster of others."""
