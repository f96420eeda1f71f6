"""Stage 2: the disclosure as the finance office states it: leaf amounts (元) and words."""
