"""Stage 5: why a figure moved from last year to this year, from the leaves of both years."""
