"""The next year's data folder, made from this year's."""
