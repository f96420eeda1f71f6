"""Reads workbooks (.xlsx, .xls, .ods, .csv) into sheets, and sheets into blocks with places."""
