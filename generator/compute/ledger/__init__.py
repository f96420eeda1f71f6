"""The leaf amounts as one flat list of entries with dimensions."""
