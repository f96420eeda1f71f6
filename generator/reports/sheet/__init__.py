"""The check sheet (检查情况表) that reviewers hand back, as workbook, Word file and web page."""
