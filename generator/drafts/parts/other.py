"""Keeps what is not recognised: part by part, as its own headings and tables divide it."""

from __future__ import annotations

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.parts.outline import OtherDraft
from generator.drafts.parts.signposts import heading_text
from generator.drafts.words.numbering import NUMERALS, PART
from generator.drafts.words.text import folded

_LONGEST = 40
_WORDS = late_pattern(r"[一-鿿]{2}")
_NO_HEADING = late_pattern(r"[,。;!?:]|\d\.\d")
"""What sentences, labels and amounts have and headings have not."""
_CHAPTER = late_pattern(
    rf"{PART}.*|[{NUMERALS}]+、.+|附[件录表]\d*.*|\d{{4}}年.*(表|说明|预算|决算)"
)
_ITEM = late_pattern(rf"\(?[{NUMERALS}\d]+\)|\d+[.、]|[①-⑳]")
_TABLE_TITLE = late_pattern(r".*(表|清单|明细|名单|目录)(\(.*\))?")


class OtherParts:
    """Fills the parts of one draft; the last one is open."""

    def __init__(self, parts: list[OtherDraft]) -> None:
        self._parts = parts
        self._title: str | None = None
        """The title of the part that the next line begins, if it begins one."""

    @property
    def rows(self) -> list[Row]:
        """The rows of the open table."""
        closed = self._title is not None or not self._parts or self._parts[-1].below
        return [] if closed else self._parts[-1].rows

    def expect(self, title: str) -> None:
        """Says that the next line begins a part, under a heading that is known."""
        self._title = title

    def add(self, line: Line, *, begins_table: bool = False) -> None:
        """Adds a line: headings, and a table below another one, begin a part of their own."""
        title = self._opened(line, begins_table=begins_table)
        if title is not None:
            self._parts.append(OtherDraft(title))
            self._title = None
        part = self._parts[-1]
        if isinstance(line, Row):
            part.rows.append(line)
        else:
            (part.below if part.rows else part.above).append(line)

    def _opened(self, line: Line, *, begins_table: bool) -> str | None:
        """The title of the part that a line begins; ``None`` if it goes on with the open one."""
        if isinstance(line, Paragraph) and reads_like_heading(folded(line.text)):
            return line.text
        if begins_table and is_table_title(heading_text(line)):
            return next(filter(None, line.cells)) if isinstance(line, Row) else line.text
        if self._title is not None or not self._parts:
            return self._title or ""
        last = self._parts[-1]
        return last.title if begins_table and last.below else None


def reads_like_heading(text: str) -> bool:
    """Whether folded text reads like a heading: a few words, no sentence, label or amount."""
    short = len(text) <= _LONGEST and bool(_WORDS.search(text))
    return short and not _NO_HEADING.search(text)


def is_heading_of_words(text: str) -> bool:
    """Whether folded text reads like a heading, and not like an item of a list."""
    return reads_like_heading(text) and not _ITEM.match(text)


def is_table_title(text: str) -> bool:
    """Whether folded text reads like the title of a table."""
    return reads_like_heading(text) and bool(_TABLE_TITLE.fullmatch(text))


def is_chapter(text: str) -> bool:
    """Whether folded text reads like a heading of the uppermost levels, or that of an annex."""
    return reads_like_heading(text) and bool(_CHAPTER.fullmatch(text))
