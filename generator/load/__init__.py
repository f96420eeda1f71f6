"""YAML files become trees of text with places and are written again; problems become findings."""
