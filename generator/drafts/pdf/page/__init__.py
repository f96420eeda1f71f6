"""What is on one page of a PDF: characters, words, lines, drawn things."""
