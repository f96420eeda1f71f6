"""Stage 3: the leaf amounts as one flat list of entries with dimensions."""
