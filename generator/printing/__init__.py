"""Stage 7: the HTML document printed as PDF, DOCX and self-contained HTML."""
