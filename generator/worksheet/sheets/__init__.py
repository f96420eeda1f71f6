"""The sheets of a worksheet: what stands on each, and how it becomes data again."""
