"""A draft as its readers give it: paragraphs and table rows, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a draft: line of a text, page of a PDF, paragraph of a DOCX."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"第{self.number}{self.kind}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text or a heading, whitespace trimmed.

    ``aside`` says what it is where the reader knows that it is no running text:
    页码, 水印, 图 (words in a chart), 隐藏文字 (text that nobody sees), 扫描页 (whose text was
    recognised), and what could not be read: 图片页 (a page without text), 乱码页 (one whose text
    cannot be told), 图中表 (a picture that may be a table).
    """

    text: str
    spot: Spot
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as a grid row: merged cells hold their text once, the cells they cover are ''."""

    cells: tuple[str, ...]
    spot: Spot


@dataclass(slots=True)
class Table:
    """A run of rows. One printed table may come as several (page breaks split tables)."""

    rows: list[Row] = field(default_factory=list)


Block = Paragraph | Table
Line = Paragraph | Row


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its file and its blocks in reading order."""

    file: Path
    blocks: tuple[Block, ...]

    def lines(self) -> Iterator[Line]:
        """Every paragraph and every row in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.rows
            else:
                yield block
