"""Imports the flat list that a budget system exports: one row an item, which is the ledger."""
