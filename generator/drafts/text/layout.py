"""Reads a text that keeps the layout of pages, as ``pdftotext -layout`` writes it.

Tables stand in columns of spaces, paragraphs are wrapped at the width of the page, and form
feeds part the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.lines import BEGINS, ENDS
from generator.drafts.parts import signposts
from generator.drafts.parts.other import is_table_title
from generator.drafts.safety.limits import CellBudget
from generator.drafts.text.columns import grid
from generator.drafts.text.pieces import SUMS, line_pieces
from generator.drafts.text.wraps import shown_width
from generator.drafts.words.text import folded, rejoined, trimmed, unstretched

_WIDE_GAP = late_pattern(r"\S {3,}\S")
_LEADERS = late_pattern(r"[.．…·]{4,}|…")
_LABELLED = late_pattern(r"\S+[:：]\S*")
_PAGE_NUMBER = late_pattern(r"\s*([-—–－]\s*)?\d{1,4}(\s*[-—–－])?\s*|\s*第\s*\d+\s*页.*")
_NOTE = late_pattern(r"\s*(注|说明)[:：]")
_FEWEST_GAPS = 10
_FEWEST_ROWS = 3
"""Lines with gaps that make a table; fewer are headings with a gap in them."""
_MEASURED = late_pattern(r"[-+−]?\d")
_NAME_AND_AMOUNT = 2
"""Words of a bar in a chart."""
_NEARLY_FULL = 0.85
"""So much of the page's width fills a line that was wrapped."""

_SET_IN = 4
"""How much of the width the first line of a paragraph leaves free, as a rule."""
_LEAST_WIDTH = 40
"""Of a wrapped line; an ideograph counts two."""


class _Line(Struct, frozen=True):
    """A line as it stands on its page."""

    number: int
    text: str

    @property
    def spot(self) -> Spot:
        return Spot("行", self.number)


def is_layout(lines: Sequence[str]) -> bool:
    """Whether a text keeps the layout of pages: tables in spaces rather than tabs."""
    if any("\t" in line for line in lines):
        return False
    gaps = sum(bool(_WIDE_GAP.search(line)) and not _LEADERS.search(line) for line in lines)
    return gaps >= _FEWEST_GAPS


def is_paged(lines: Sequence[str]) -> bool:
    """Whether a text was taken from pages: form feeds part them."""
    return any("\f" in line for line in lines)


def layout_blocks(lines: Sequence[str], *, tables: bool) -> Iterator[Block]:
    """The blocks of a text that keeps the layout of pages, or only their ends of lines.

    Args:
        lines: the lines of the text.
        tables: whether gaps make columns.

    Raises:
        TooMuchError: if its rows have too many cells.
    """
    return _Reader(lines, tables=tables).blocks()


class _Reader:
    """Walks the lines; a paragraph may go on after the end of a page."""

    def __init__(self, lines: Sequence[str], *, tables: bool) -> None:
        self._lines = [_Line(at, line.rstrip()) for at, line in enumerate(lines, 1)]
        self._tables = tables
        self._budget = CellBudget()
        self._running: list[_Line] = []
        """The lines of the paragraph at hand."""
        self._page_ended = False
        self._chunked = [(chunk, *self._table_in(chunk)) for chunk in self._chunks()]
        prose = sorted(
            shown_width(unstretched(line.text.strip()))
            for chunk, begin, end in self._chunked
            for line in (*chunk[:begin], *chunk[end:])
            if not _LEADERS.search(line.text)
        )
        usual = prose[len(prose) * 9 // 10] if prose else 0
        self._full = max(_NEARLY_FULL * usual, _LEAST_WIDTH)
        self._charts = self._in_charts() if tables else frozenset()
        """The numbers of the lines that are words of charts."""

    def blocks(self) -> Iterator[Block]:
        """The blocks in reading order."""
        for chunk, begin, end in self._chunked:
            for line in chunk[:begin]:
                yield from self._line(line)
            if begin < end:
                yield from self._flush()
                yield from self._table(chunk[begin:end])
            for line in chunk[end:]:
                yield from self._line(line)
        yield from self._flush()

    def _chunks(self) -> Iterator[list[_Line]]:
        """Runs of lines without an empty one between them."""
        chunk: list[_Line] = []
        for line in self._lines:
            ends_page = "\f" in line.text
            if ends_page or not line.text.strip() or _PAGE_NUMBER.fullmatch(line.text):
                yield chunk
                chunk = []
            if _PAGE_NUMBER.fullmatch(line.text.replace("\f", "")):
                yield [line]
            elif line.text.strip():
                chunk.append(_Line(line.number, line.text.replace("\f", "")))
        yield chunk

    def _table_in(self, chunk: Sequence[_Line]) -> tuple[int, int]:
        """Where a table stands in a run of lines; an empty range where there is none."""
        if not self._tables:
            return len(chunk), len(chunk)
        rows = [at for at, line in enumerate(chunk) if self._is_row(line)]
        if len(rows) < _FEWEST_ROWS and not self._is_bare_head(chunk, rows):
            return len(chunk), len(chunk)
        notes = (at for at in range(rows[0], len(chunk)) if _NOTE.match(chunk[at].text))
        labels = [at for at in range(rows[0]) if self._is_labels(chunk[at])]
        begin = labels[-1] + 1 if labels else rows[0] - self._heads_page(chunk, rows[0])
        return begin, next(notes, len(chunk))

    @staticmethod
    def _heads_page(chunk: Sequence[_Line], first: int) -> bool:
        """Whether a page begins with a title of several columns, set right of the names."""
        title = chunk[0].text
        if first != 1 or is_table_title(folded(title)) or _LABELLED.match(title.strip()):
            return False
        left = min(_indent(line.text) for line in chunk[1:])
        right = max(len(line.text) for line in chunk[1:])
        return _indent(title) > (left + right) / 2 and len(title) <= right

    @staticmethod
    def _is_bare_head(chunk: Sequence[_Line], rows: Sequence[int]) -> bool:
        """Whether the lines are the head of a table that says no more than 合计."""
        return bool(rows) and chunk[-1].text.strip() in SUMS

    @staticmethod
    def _is_row(line: _Line) -> bool:
        several = len(line_pieces(unstretched(line.text))) > 1
        return several and not _Reader._is_labels(line) and not _LEADERS.search(line.text)

    @staticmethod
    def _is_labels(line: _Line) -> bool:
        """Whether a line says who publishes and in which unit, above a table."""
        found = line_pieces(line.text)
        return len(found) > 1 and all(_LABELLED.match(piece.text) for piece in found)

    def _in_charts(self) -> frozenset[int]:
        """The lines outside tables that stand right above the title of a chart, name and amount."""
        found: set[int] = set()
        above: list[int] = []
        for chunk, begin, end in self._chunked:
            for line in (*chunk[:begin], *chunk[end:]):
                if signposts.CHART.fullmatch(folded(line.text)):
                    found.update(above)
                above = [*above, line.number] if self._is_bar(line) else []
            above = [] if begin < end else above
        return frozenset(found)

    @staticmethod
    def _is_bar(line: _Line) -> bool:
        """Whether a line has a name and, apart from it, what is measured."""
        found = line_pieces(line.text)
        return len(found) == _NAME_AND_AMOUNT and bool(_MEASURED.match(found[1].text))

    def _table(self, lines: Sequence[_Line]) -> Iterator[Block]:
        rows = []
        for at, cells in grid([line.text for line in lines]):
            self._budget.take(len(cells))
            if any(cells):
                rows.append(Row(cells, lines[at].spot))
        if rows:
            yield Table(rows)

    def _line(self, line: _Line) -> Iterator[Block]:
        if _PAGE_NUMBER.fullmatch(line.text):
            if self._running and not self._is_full(self._running[-1]):
                yield from self._flush()
            self._page_ended = True
            yield from self._told([line])
            return
        if self._running and not self._goes_on(line):
            yield from self._flush()
        self._page_ended = False
        if line.number in self._charts:
            yield from self._flush()
            words = " ".join(piece.text for piece in line_pieces(line.text))
            yield Paragraph(words, line.spot, "图")
        elif self._is_labels(line):
            yield from self._flush()
            yield from (Paragraph(piece.text, line.spot) for piece in line_pieces(line.text))
        else:
            self._running.append(line)

    def _goes_on(self, line: _Line) -> bool:
        """Whether a line continues the paragraph: its last line is full, and this is not set in."""
        last, text = self._running[-1], line.text.strip()
        adjoins = line.number == last.number + 1 or self._page_ended
        first = len(self._running) == 1 and _indent(line.text) < _indent(last.text)
        if not adjoins or not self._is_full(last, _SET_IN * first) or BEGINS.match(text):
            return False
        set_in = _indent(line.text) >= _indent(self._running[0].text) + (len(self._running) == 1)
        return not (set_in and ENDS.fullmatch(last.text))

    def _is_full(self, line: _Line, free: int = 0) -> bool:
        """Whether a line ends for want of room, with so much left free before it."""
        return shown_width(line.text.strip()) + free >= self._full and not _LEADERS.search(
            line.text
        )

    def _flush(self) -> Iterator[Block]:
        if self._running:
            lines, self._running = self._running, []
            yield from self._told(lines)

    @staticmethod
    def _told(lines: Sequence[_Line]) -> Iterator[Block]:
        text = rejoined([re.sub(r" {2,}", " ", unstretched(trimmed(line.text))) for line in lines])
        if text:
            yield Paragraph(text, lines[0].spot)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
