"""``disclosure import``: turns a draft into the YAML of the data format."""
