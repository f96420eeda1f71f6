"""Stage 5: shares, changes and lists for the text, all of them from statement figures."""
