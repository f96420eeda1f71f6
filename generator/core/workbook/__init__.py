"""Workbooks (.xlsx) that are written: how they begin, their names, texts and pages."""
