"""A draft as its readers give it: paragraphs and table rows, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_AROUND_TEXT = ("页眉", "页脚")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a draft: line of a text, page of a PDF, paragraph of a DOCX."""

    kind: str
    number: int
    words: str = field(default="", compare=False)
    """The place as a reader finds it, if nobody but a program counts like ``number``."""

    def __str__(self) -> str:
        return self.words or (
            f"{self.kind}（第{self.number}行）"
            if self.kind in _AROUND_TEXT
            else f"第{self.number}{self.kind}"
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text or a heading, whitespace trimmed.

    ``aside`` says what it is where the reader knows that it is no running text:
    页码, 水印, 图 (words in a chart), 图片页 (a page without text).
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
