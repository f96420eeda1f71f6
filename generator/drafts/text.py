"""Reads a text draft: a line with tabs is a table row, any other a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.drafts.draft import Block, FileFacts, Paragraph, Row, Spot, Table
from generator.drafts.limits import CellBudget
from generator.drafts.text_source import decoded
from generator.drafts.wording import trimmed

_MARKUP = re.compile(r"^\s*#{1,6}\s+|\*\*|</?b>")
"""Marks of headings and bold type, as programs write them that turn documents into text."""


def read_text(path: Path) -> tuple[Iterator[Block], FileFacts]:
    """The blocks of a text draft, and how it was read; a line without text ends a table.

    Raises:
        UnusableInputError: E102, E103, E602, E603 or E605.
        TooMuchError: if its rows have too many cells.
    """
    text, encoding = decoded(path)
    return _blocks(text.split("\n")), FileFacts(encoding=encoding)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    table = Table()
    budget = CellBudget()
    for number, line in enumerate(lines, 1):
        content, spot = _MARKUP.sub("", line), Spot("行", number)
        if "\t" in content and content.strip():
            budget.take(content.count("\t") + 1)
            cells = tuple(trimmed(cell) for cell in content.split("\t"))
            table.rows.append(Row(cells, spot))
            continue
        if table.rows:
            yield table
            table = Table()
        if content.strip():
            yield Paragraph(trimmed(content), spot)
    if table.rows:
        yield table
