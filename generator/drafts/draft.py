"""A draft as its readers give it: paragraphs and table rows, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from msgspec import Struct

from generator.drafts.words.characters import ordinary

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
"""Files of sheets, by the end of their names."""
_AROUND_TEXT = ("页眉", "页脚")
_next = count().__next__


def _serial() -> int:
    """A number of its own for each line and table of a process: lines of the same words differ."""
    return field(default_factory=_next, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a draft: line of a text, page of a PDF, paragraph of a DOCX.

    Kinds are 行, 页, 段, in workbooks 格, and in Word files 页眉, 页脚, 脚注 and 尾注.
    """

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
    """A paragraph of running text or a heading, in ordinary characters, whitespace trimmed.

    ``aside`` says what it is where the reader knows that it is no running text:
    页码, 水印, 图 (words in a chart), 目录 (an entry of the contents), 页眉 and 页脚 (printed on
    every page), 续表 (a title said again above a further page of its table), 脚注 and 尾注 (notes,
    which are text), 隐藏文字 (text that nobody sees), 扫描页 (whose text was recognised), and what
    could not be read: 图片页 (a page without text), 乱码页 (one whose text cannot be told), 图中表
    (a picture that may be a table), 未读 (something else that holds text).
    """

    text: str
    spot: Spot
    aside: str = ""
    serial: int = _serial()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _taken_in(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as a grid row: merged cells hold their text once, the cells they cover are ''.

    Its texts are in ordinary characters, as those of paragraphs are. ``cell_spots`` are where
    its cells stand, in files in which each cell has a place of its own.
    """

    cells: tuple[str, ...]
    spot: Spot
    cell_spots: tuple[Spot, ...] = field(default=(), compare=False)
    serial: int = _serial()

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", tuple(map(_taken_in, self.cells)))

    def spot_of(self, column: int) -> Spot:
        """Where the cell of a column stands; the row, if that is all that is known."""
        return self.cell_spots[column] if column < len(self.cell_spots) else self.spot


def _taken_in(text: str) -> str:
    """A text in ordinary characters: whatever reads a draft, no text of it goes another way."""
    plain = ordinary(text)
    return text if plain == text else plain.strip()


@dataclass(slots=True)
class Table:
    """A run of rows. One printed table may come as several (page breaks split tables)."""

    rows: list[Row] = field(default_factory=list)
    serial: int = _serial()


Block = Paragraph | Table
Line = Paragraph | Row


class Trace(Struct, frozen=True):
    """What a file holds besides what its pages show, of one kind.

    Attributes:
        kind: 修订, 批注, 隐藏文字, 嵌入文件, 宏, 外部模板; in workbooks also 外部链接,
            隐藏的工作表, 隐藏的行, 隐藏的列 and 合并单元格盖住的内容.
        count: how many there are.
        spot: where the first stands, if that is known.
        excerpt: words of the first, as they stand there.
        authors: who made them, as the file says.
    """

    kind: str
    count: int
    spot: Spot | None = None
    excerpt: str = ""
    authors: tuple[str, ...] = ()


class FileFacts(Struct, frozen=True):
    """What is known of a file beside its content.

    Attributes:
        traces: what its pages do not show, each kind once.
        properties: its properties as office programs call them, with their texts.
        encoding: how a text file was read, if not as UTF-8.
        strangers: the files of the same name beside it that another build wrote.
        blank_pages: the pages of a PDF that show nothing but a page number, counted from 1.
    """

    traces: tuple[Trace, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    strangers: tuple[str, ...] = ()
    blank_pages: tuple[int, ...] = ()


NO_FACTS = FileFacts()


class Draft(Struct, frozen=True):
    """A draft: its file, its blocks in reading order, and what the file holds besides."""

    file: Path
    blocks: tuple[Block, ...]
    facts: FileFacts = NO_FACTS

    def lines(self) -> Iterator[Line]:
        """Every paragraph and every row in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.rows
            else:
                yield block
