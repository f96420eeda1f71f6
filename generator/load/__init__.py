"""Stage 1: YAML files become trees of text with places, problems become findings."""
