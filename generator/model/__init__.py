"""The disclosure as the finance office states it: leaf amounts (元) and words."""
