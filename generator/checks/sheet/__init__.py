"""Which rows the check sheet (检查情况表) of a document has."""
