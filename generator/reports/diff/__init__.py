"""A comparison as web page, JSON and workbook, the view they share, and the list of decisions."""
