"""Web pages that are written: what may run in them, and what they read."""
