"""The rows of the check sheet for a document without a pack: its headings and tables as read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from generator.checks.sheet.row import DOUBLE_NAMES, ReadLine, SheetRow
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.other import is_table_title, reads_like_heading
from generator.drafts.words.text import folded
from generator.pack.sheet import CONTENTS, COVER
from generator.reading.blocks import TableBlock, TextBlock
from generator.reading.document import ReadDocument

_NUMERALS = "一二三四五六七八九十"
_PART = late_pattern(rf"第[{_NUMERALS}]+部分|附[件录]\d*[:、]?")
_SECTION = late_pattern(rf"[{_NUMERALS}]+、")
_ITEM = late_pattern(rf"[(（][{_NUMERALS}\d]+[)）]|\d+[.、．]|[①-⑳]")
_TITLE_WORDS = late_pattern("职责|职能|机构设置|概况|说明|解释|情况|绩效|报表|预算表|决算表")
"""What a heading without a number speaks of: names and dates are short lines too."""
_NO_TITLE = late_pattern("^(详见|注|附注|见)|图$")
_OWN_SECTION = late_pattern("职责|职能|机构(设置|情况)")
"""Sections that reviewers look at by themselves, whatever part they stand in."""
_LABEL = late_pattern("^(预算)?公开.{0,4}表|^附?表[-—一二三四五六七八九十0-9]+$")
_NOTE = late_pattern("^(注|备注|说明)[:：0-9]?")
_SECTION_LEVEL = 3
_TELLS = 2
"""Headings 第几部分 that a document must have for its parts to be told by them."""


class _Open(Struct):
    """A row that is being filled; ``heading`` says that nothing but headings stands in it yet."""

    title: str
    level: int
    lines: list[ReadLine] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    heading: bool = True


def rows_as_read(document: ReadDocument) -> Iterator[SheetRow]:
    """A row for each heading of the upper levels and for each table, in reading order."""
    for row in _Reader(document).rows():
        names = dict.fromkeys((row.title, *row.names, *DOUBLE_NAMES.get(row.title, ())))
        yield SheetRow(row.title, tuple(names), lines=tuple(row.lines))


class _Reader:
    """Goes through the blocks of a document. Levels: 1 parts, 2 headings, 3 sections, 4 tables."""

    def __init__(self, document: ReadDocument) -> None:
        self._blocks = document.blocks
        self._beside = {
            (passage.text, passage.place): passage.section
            for passage in document.passages
            if passage.section in (COVER, CONTENTS)
        }
        captions = (
            each
            for block in self._blocks
            if isinstance(block, TableBlock)
            for each in block.captions
        )
        self._captions = {id(caption) for caption in captions}
        parts = sum(
            isinstance(b, TextBlock) and bool(_PART.match(folded(b.text))) for b in self._blocks
        )
        self._has_parts = parts >= _TELLS
        self._rows: list[_Open] = []
        self._text: _Open | None = None
        """The row of the last heading, to which text after a table goes back."""

    def rows(self) -> list[_Open]:
        """Every row, those of the same title as one."""
        for block in self._blocks:
            if isinstance(block, TableBlock):
                self._table(block)
            elif not block.aside:
                self._paragraph(block)
        return self._rows

    def _paragraph(self, block: TextBlock) -> None:
        line = ReadLine(block.text, block.place)
        if section := self._beside.get((block.text, block.place)):
            self._open(section, 1).lines.append(line)
            return
        level = self._level(folded(block.text))
        if id(block) in self._captions and level != 1:
            return  # told with its table
        if level:
            self._text = self._open(_plain(block.text), level)
            self._text.lines.append(line)
            return
        if self._text is not None and not _NOTE.match(folded(block.text)):
            self._text.heading = False
            self._text.lines.append(line)
        elif self._rows:
            self._rows[-1].lines.append(line)

    def _level(self, text: str) -> int:
        """How high a heading stands that opens a row; 0 for everything else."""
        if not reads_like_heading(text) or _ITEM.match(text) or _NO_TITLE.search(text):
            return 0
        if _PART.match(text):
            return 1
        if _SECTION.match(text):
            above = self._text is not None and self._text.level < _SECTION_LEVEL
            return _SECTION_LEVEL if not above or _OWN_SECTION.search(text) else 0
        return 2 if not self._has_parts and _TITLE_WORDS.search(text) else 0

    def _open(self, title: str, level: int) -> _Open:
        """The row of a title, a new one if there is none yet.

        A heading with nothing under it but the next one is no row: its line goes there.
        """
        known = next((row for row in self._rows if folded(row.title) == folded(title)), None)
        if known is not None:
            return known
        row = _Open(title, level)
        last = self._rows[-1] if self._rows else None
        if last is not None and last is self._text and last.heading and last.level < level:
            self._rows.pop()
            row.lines += last.lines
            self._text = None
        self._rows.append(row)
        return row

    def _table(self, table: TableBlock) -> None:
        title = _title(table)
        lines = [ReadLine(caption.text, caption.place) for caption in table.captions]
        lines += [ReadLine(" ".join(filter(None, row.cells)), row.place) for row in table.rows]
        within = self._text is not None and not self._text.heading and not table.captions
        if not title and within and self._text is not None:
            self._text.lines += lines  # a small table of a text
            return
        row = self._open(title or f"没有标题的表（{_spot(table.place)}）", 4)
        row.heading = False
        row.lines += lines
        row.names += [
            _plain(caption.text)
            for caption in table.captions
            if is_table_title(folded(caption.text))
        ]


def _title(table: TableBlock) -> str:
    """The title of a table: of the lines above it, or in its first row."""
    texts = [_plain(caption.text) for caption in table.captions]
    first = [cell for cell in table.rows[0].cells if cell.strip()]
    texts += map(_plain, first[:1] if len(first) == 1 else ())
    if any(folded(text) == CONTENTS for text in texts):
        return CONTENTS
    titles = [text for text in texts if _may_be_title(folded(text))]
    named = [text for text in titles if is_table_title(folded(text))]
    return next(iter([*named, *titles]), "")


def _may_be_title(text: str) -> bool:
    return reads_like_heading(text) and not (_LABEL.match(text) or _PART.match(text))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _spot(place: Location) -> str:
    return place.spot or f"第{place.line}行"
