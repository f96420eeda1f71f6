"""The DOCX printer: walks the same HTML tree as the PDF and writes WordprocessingML."""
