"""Tables by what their heads say: sums, one fact in several tables, codes."""
