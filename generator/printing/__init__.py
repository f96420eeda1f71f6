"""The HTML document printed as PDF, DOCX and self-contained HTML."""
