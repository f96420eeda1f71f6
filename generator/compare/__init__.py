"""Two documents side by side: every real difference, where it is and how grave."""
