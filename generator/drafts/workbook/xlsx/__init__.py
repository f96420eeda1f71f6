"""Reads the package of a workbook of Excel 2007 and later."""
