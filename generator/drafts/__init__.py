"""Reads drafts and published disclosures (text, DOCX, PDF) into blocks with places."""
