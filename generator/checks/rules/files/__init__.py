"""Rules about the file itself, whatever its pages say."""
