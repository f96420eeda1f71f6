"""Reads a text draft: a line with tabs is a table row, any other a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.limits import MAX_TEXT_BYTES, check_size, refuse
from generator.drafts.wording import trimmed

_MARKUP = re.compile(r"^\s*#{1,6}\s+|\*\*|</?b>")
"""Marks of headings and bold type, as programs write them that turn documents into text."""


def read_text(path: Path) -> Iterator[Block]:
    """The blocks of a text draft; a line without text ends a table.

    Raises:
        UnusableInputError: E102, E103, E602 or E605.
    """
    check_size(path, MAX_TEXT_BYTES)
    table = Table()
    for number, line in enumerate(_lines(path), 1):
        content, spot = _MARKUP.sub("", line), Spot("行", number)
        if "\t" in content and content.strip():
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


def _lines(path: Path) -> list[str]:
    """The lines as an editor counts them: only line feeds end one."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("E103", "文件不是 UTF-8 编码", "用记事本打开，另存为 UTF-8", path)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
