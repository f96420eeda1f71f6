"""How drafts write amounts, units and words."""
