"""The ``disclosure`` command."""
