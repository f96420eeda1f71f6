"""A document as lines: every paragraph, and every row of a table with its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.core.findings import Location
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import PART_OR_SECTION
from generator.drafts.words.text import folded
from generator.reading.blocks import Block, TableBlock

_PAGE = late_pattern(r"第(\d+)页")
_NUMERAL = "[一二三四五六七八九十]"
_NUMBERING = late_pattern(
    rf"{PART_OR_SECTION}|{_NUMERAL}+、|\({_NUMERAL}+\)、?|\(?\d{{1,2}}(?:[.、](?=20\d\d年|\D)|\))"
    rf"|(预算|部门|单位|附)?(公开)?(附?表|附件)({_NUMERAL}+(?!般)|\d{{1,2}}?(?=20\d\d年)|\d{{1,2}})[:、.]?"
)
_MARKS = late_pattern(r"[\s\"'《》<>()\[\]【】,，、:：.。·…⋯_-]+")
_YEAR = late_pattern(r"\d{4}年(度)?")
_SENTENCE = late_pattern("[。；;！？]")
LONGEST_HEADING = 60


class PlainLine(Struct, frozen=True):
    """A paragraph, or a row of a table with its cells.

    ``table`` is the place of its table among the blocks of the document and ``row`` its own in
    that table, counted from 0; both are ``-1`` for a paragraph.
    """

    text: str
    place: Location
    cells: tuple[str, ...] = ()
    table: int = -1
    row: int = -1

    @property
    def page(self) -> int:
        """The sheet of a PDF that it begins on, counted from 1; 0 in other files."""
        found = _PAGE.match(self.place.spot)
        return int(found[1]) if found else 0

    @property
    def key(self) -> str:
        """What it says as a heading, for comparing: see :func:`key_of`."""
        return key_of(self.text)

    @property
    def may_be_heading(self) -> bool:
        """Whether it can be a heading: short, no sentence, and alone in its row."""
        filled = [cell for cell in self.cells if cell]
        return (
            0 < len(self.text) <= LONGEST_HEADING
            and not _SENTENCE.search(self.text)
            and (self.table < 0 or len(filled) == 1)
        )


@memo(1 << 12)  # every entry of the contents is compared with every heading
def key_of(heading: str) -> str:
    """A heading without its number and marks: ``（三）2026年某某表`` is 2026年某某表."""
    text = folded(heading)
    while (found := _NUMBERING.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return _MARKS.sub("", text)


def without_year(key: str) -> str:
    """A heading without the year that it names."""
    return _YEAR.sub("", key)


def lines_of_document(blocks: Iterable[Block]) -> list[PlainLine]:
    """The lines of a document in reading order, without what stands beside its text."""
    return list(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[PlainLine]:
    for number, block in enumerate(blocks):
        if isinstance(block, TableBlock):
            for at, row in enumerate(block.rows):
                cells = tuple(cell.strip() for cell in row.cells)
                yield PlainLine(" ".join(filter(None, cells)), row.place, cells, number, at)
        elif not block.aside or block.aside in ("目录", "脚注", "尾注"):
            yield PlainLine(block.text.strip(), block.place)


def printed_pages(blocks: Iterable[Block]) -> dict[int, int]:
    """The page number that stands at the foot of each sheet of a PDF, by the sheet."""
    found: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, TableBlock) or block.aside != "页码":
            continue
        sheet = _PAGE.match(block.place.spot)
        number = re.search(r"\d{1,4}", block.text)
        if sheet and number:
            found.setdefault(int(sheet[1]), int(number[0]))
    return found
