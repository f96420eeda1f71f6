"""Statements as sheets of a workbook: looks of the printed tables, numbers that stay numbers."""
