"""The tables of a PDF: ruled, unruled, and across pages."""
