"""A data folder to begin with: every section of a pack, with what it is for and an example."""
