"""Numbers: rounded half up, printed by a pattern, written in Chinese."""
