"""Publishes Chinese government budget disclosures from structured data.

The sub-packages follow the way of the data:
``load`` → ``disclosure`` → ``ledger`` → ``statements`` → ``narrative`` →
``document`` → ``printing``. A lower stage never imports a higher one.
"""
