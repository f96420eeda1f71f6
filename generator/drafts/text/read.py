"""Reads a text draft: a line with tabs is a table row, any other a paragraph.

A text that keeps the layout of pages is read by :mod:`generator.drafts.text.layout`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, FileFacts, Paragraph, Row, Spot, Table
from generator.drafts.safety.limits import CellBudget
from generator.drafts.text.layout import is_layout, is_paged, layout_blocks
from generator.drafts.text.source import decoded
from generator.drafts.words.text import trimmed, unstretched

_MARKUP = late_pattern(r"^\s*#{1,6}\s+|\*\*|</?b>")
"""Marks of headings and bold type, as programs write them that turn documents into text."""


def read_text(path: Path) -> tuple[Iterator[Block], FileFacts]:
    """The blocks of a text draft, and how it was read; a line without text ends a table.

    Raises:
        UnusableInputError: E102, E103, E602, E603 or E605.
        TooMuchError: if its rows have too many cells.
    """
    text, encoding = decoded(path)
    lines = text.split("\n")
    tables = is_layout(lines)
    if tables or is_paged(lines):
        return layout_blocks(lines, tables=tables), FileFacts(encoding=encoding)
    return _blocks(lines), FileFacts(encoding=encoding)


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
            yield Paragraph(unstretched(trimmed(content)), spot)
    if table.rows:
        yield table
