"""Workbooks (.xlsx) for people: pages that can be printed, and lists that can be filtered."""
