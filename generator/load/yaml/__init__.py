"""YAML in and out: read with places, edited in place, written in the style of ``data/``."""
