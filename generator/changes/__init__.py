"""Why a figure moved from last year to this year, from the leaves of both years."""
