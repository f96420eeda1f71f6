"""Finds statements that are set without ruling lines, or with rules across only.

Every statement names its unit above it, on the right (单位：万元). Only what follows
such a line is taken for a table, and only if it stands in columns throughout: prose,
contents and forms stay what they are. On the next page it goes on as long as all
words stand in the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, field

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.parts import signposts
from generator.drafts.pdf.page.lines import TextLine
from generator.drafts.pdf.page.page import PageContent, PageTable, PageTableCell
from generator.drafts.pdf.page.words import Word, bands, text_of_words
from generator.drafts.pdf.tables.head import (
    Span,
    column_at,
    column_spans,
    head_rows,
    headings,
    lowest_headings,
    united,
)
from generator.drafts.words.text import folded

_UNIT = late_pattern(r".*单位:(人民币)?[百千万亿]?元\)?")
_NOTE = late_pattern(r"(备?注|说明)\d*[:.、]")
_AMOUNT = late_pattern(r"[-−]?\d{1,3}(,?\d{3})*\.\d+%?|[-−]?\d{1,3}(,\d{3})+")
_CODE_OR_ITEM = late_pattern(r"\d{3,7}$|[一二三四五六七八九十]+、")
_TOTAL = late_pattern(r".*[合总小]计")
_NUMBERED = late_pattern(r"\d{1,2}|[一二三四五六七八九十]|栏次")
_SAME_SIZE = 0.3
"""Head and body may differ in size, titles do so more."""
_LEADING = 0.6
"""In characters; lines of one cell stand no farther apart, in tall rows a part of the gap."""
_PART = 0.7
_FARTHEST = 4.0
"""In characters; more room ends a table."""
_INDENT = 4.0
"""In characters; how far names may stand in from the left of the first column."""
_FEWEST = 2


class _Region(Struct):
    """Lines of one page that may be a table, or go on with one: ``flow[start:end]``."""

    page: int
    start: int
    end: int
    words: list[Word]


class _Found(Struct):
    """A table over pages: how many words of its first page are its head, and its columns."""

    regions: list[_Region]
    head: list[Word]
    head_bands: int
    columns: list[Span]
    leading: float
    head_table: list[dict[int, str]] = field(default_factory=list)


def with_unruled(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages with their unruled statements as grids."""
    result = list(pages)
    at = 0
    while at < len(result):
        start = _after_unit(result[at], 0)
        while start is not None:
            found = _table_at(result, at, start)
            if found:
                _put(result, found)
            start = _after_unit(result[at], start + 1)
        at += 1
    return result


def _after_unit(page: PageContent, start: int) -> int | None:
    """Where the flow of a page goes on below a line that names the unit of its amounts."""
    for at in range(max(start, 1), len(page.flow)):
        line = page.flow[at - 1]
        if isinstance(line, TextLine) and _UNIT.fullmatch(folded(line.text)):
            return at
    return None


def _table_at(pages: Sequence[PageContent], at: int, start: int) -> _Found | None:
    region = _region(pages[at], at, start)
    found = region and _begin(region)
    if not found:
        return None
    while found.regions[-1].end == len(pages[found.regions[-1].page].flow):
        number = found.regions[-1].page + 1
        following = _region_on_next(pages[number], number) if number < len(pages) else None
        if following and not _has_head(found, following):
            following = _without_text_below(pages[number], following)
        if not following or not _goes_on(found, following):
            break
        found.regions.append(following)
        _widen(found)
    return found


# Lines


def _region(page: PageContent, number: int, start: int) -> _Region | None:
    """The lines of one size that follow each other without much room."""
    words: list[Word] = []
    end = start
    for item in page.flow[start:]:
        if not isinstance(item, TextLine) or _ends(page.flow[start:end], item):
            break
        words += item.words
        end += 1
    return _Region(number, start, end, words) if words else None


def _region_on_next(page: PageContent, number: int) -> _Region | None:
    """The lines at the top of a page that a table may go on with, below its title said again."""
    title = page.flow[0] if page.flow else None
    again = isinstance(title, TextLine) and signposts.is_said_again(title.text)
    return _region(page, number, 1 if again else 0)


def _without_text_below(page: PageContent, region: _Region) -> _Region | None:
    """The region up to its last row that is evidently one of a table."""
    lines = [line for line in page.flow[region.start : region.end] if isinstance(line, TextLine)]
    rows = [line for line in lines if _is_body(line.words)]
    kept = [line for line in lines if rows and line.top < rows[-1].bottom]
    words = [word for line in kept for word in line.words]
    end = region.start + len(kept)
    return _Region(region.page, region.start, end, words) if kept else None


def _ends(before: Sequence[TextLine | PageTable], line: TextLine) -> bool:
    text = folded(line.text)
    if _NOTE.match(text) or _UNIT.fullmatch(text) or signposts.LABEL.fullmatch(text):
        return True
    last = before[-1] if before else None
    return isinstance(last, TextLine) and (
        abs(last.size - line.size) > _SAME_SIZE * last.size
        or line.top - last.bottom > _FARTHEST * line.size
    )


# Columns


def _begin(region: _Region) -> _Found | None:
    """The head and columns of what may be a table; ``None`` if it is none."""
    leading = _leading(region.words)
    rows = bands(region.words, 0.0)
    first = _body_start(rows)
    head = [word for row in rows[:first] for word in row]
    body = [word for row in rows[first:] for word in row]
    if not head or not body:
        return None
    end = (max(word.bottom for word in head) + min(word.top for word in body)) / 2
    cells = headings(head, leading, end)
    covered = _covered(_without_totals(rows[first:]))
    lowest = lowest_headings(cells, covered)
    found = column_spans(covered, lowest)
    if len(found) < _FEWEST or len(lowest) < _FEWEST or not _has_rows(rows[first:], found):
        return None
    result = _Found([region], head, first, found, leading)
    result.head_table = head_rows(cells, lowest, found)
    return result


def _covered(words: Iterable[Word]) -> list[Span]:
    return united((word.x0, word.x1) for word in words)


def _without_totals(rows: Sequence[Sequence[Word]]) -> list[Word]:
    """The words of rows but for 合计 at their beginning, which spans columns."""
    kept: list[Word] = []
    for row in rows:
        first = min(row, key=lambda word: word.x0)
        kept += [word for word in row if word is not first or not _TOTAL.fullmatch(word.text)]
    return kept


def _leading(words: Sequence[Word]) -> float:
    """How far apart the lines of one cell may stand."""
    rows = bands(words, 0.0)
    edges = [(min(w.top for w in row), max(w.bottom for w in row)) for row in rows]
    gaps = [below[0] - above[1] for above, below in pairwise(edges)]
    size = median(word.size for word in words)
    return max(_LEADING * size, 0.0) if not gaps else min(_LEADING * size, _PART * median(gaps))


def _body_start(rows: Sequence[Sequence[Word]]) -> int:
    """The first row below the head; rows without a sign are taken by where they begin."""
    left = min(word.x0 for row in rows for word in row)
    for number, row in enumerate(rows[1:], 1):
        following = rows[number + 1] if number + 1 < len(rows) else []
        if _is_body(row) or (_is_name(row, left) and not _is_head(following, left)):
            return number
    return len(rows)


def _is_body(row: Sequence[Word]) -> bool:
    texts = [word.text for word in sorted(row, key=lambda word: word.x0)]
    return (
        bool(_CODE_OR_ITEM.match(texts[0]))
        or any(_AMOUNT.fullmatch(text) for text in texts)
        or all(_TOTAL.fullmatch(text) for text in texts)
        or all(_NUMBERED.fullmatch(text) for text in texts)
    )


def _is_name(row: Sequence[Word], left: float) -> bool:
    return len(row) == 1 and row[0].x0 - left < _INDENT * row[0].size


def _is_head(row: Sequence[Word], left: float) -> bool:
    """Whether a row can only be of the head: several words, the first column empty."""
    inside = all(word.x0 - left > _INDENT * word.size for word in row)
    return len(row) >= _FEWEST and inside and not _is_body(row)


def _has_rows(rows: Sequence[Sequence[Word]], found: Sequence[Span]) -> bool:
    amounts = any(_AMOUNT.fullmatch(word.text) for row in rows for word in row)
    return bool(rows) and (amounts or len(found) > _FEWEST)


def _goes_on(found: _Found, region: _Region) -> bool:
    """Whether the top of the next page stands in the columns of a table."""
    size = found.regions[-1].words[-1].size
    body = _body(found, region)
    same = all(abs(word.size - size) < _SAME_SIZE * size for word in region.words)
    fits = all(sum(_touches(word, column) for column in found.columns) < _FEWEST for word in body)
    rows = bands(body, found.leading)
    return same and fits and (_has_head(found, region) or all(_is_body(row) for row in rows))


def _touches(word: Word, column: Span) -> bool:
    return word.x0 < column[1] - 1 and column[0] + 1 < word.x1


def _body(found: _Found, region: _Region) -> list[Word]:
    """The words of a page without the head, where that is printed again."""
    rows = bands(region.words, 0.0)
    count = found.head_bands if _has_head(found, region) else 0
    return [word for row in rows[count:] for word in row]


def _has_head(found: _Found, region: _Region) -> bool:
    first = [word for row in bands(region.words, 0.0)[: found.head_bands] for word in row]
    return sorted(word.text for word in first) == sorted(word.text for word in found.head)


def _widen(found: _Found) -> None:
    found.columns = united([*found.columns, *_covered(_body(found, found.regions[-1]))])


# Rows


def _put(pages: list[PageContent], found: _Found) -> None:
    """Sets a table into the flow of its pages, in place of its lines."""
    for region in reversed(found.regions):
        page = pages[region.page]
        lines = page.flow[region.start : region.end]
        grid = _grid(found, region, page, min(line.top for line in lines))
        flow = (*page.flow[: region.start], grid, *page.flow[region.end :])
        pages[region.page] = replace(page, flow=flow)


def _grid(found: _Found, region: _Region, page: PageContent, top: float) -> PageTable:
    head = found.head_table if _has_head(found, region) else []
    rows = [*head, *_body_rows(found, _body(found, region), page.rules)]
    cells = tuple(
        tuple(
            PageTableCell(row.get(column, ""), x0, 1)
            for column, (x0, _) in enumerate(found.columns)
        )
        for row in rows
    )
    return PageTable(page.number, found.columns[0][0], found.columns[-1][1], top, cells)


def _body_rows(
    found: _Found, words: Sequence[Word], rules: Sequence[float]
) -> Iterator[dict[int, str]]:
    for band in _rows(words, found, rules):
        cells: dict[int, list[Word]] = {}
        for word in sorted(band, key=lambda word: word.x0):
            column = column_at(found.columns, word)
            if not cells and _TOTAL.fullmatch(word.text):
                column = 0  # it spans the code and the name
            cells.setdefault(column, []).append(word)
        yield {column: text_of_words(cell) for column, cell in cells.items()}


def _rows(words: Sequence[Word], found: _Found, rules: Sequence[float]) -> Iterator[list[Word]]:
    """The words of each row: between rules where every row has them, else by the room between."""
    near = bands(words, found.leading)
    between = _between_rules(words, rules)
    chosen = between if len(between) * _FEWEST > len(near) else near
    for row in chosen:
        yield from _at_amounts(row)


def _between_rules(words: Sequence[Word], rules: Sequence[float]) -> list[list[Word]]:
    strips: dict[int, list[Word]] = {}
    for word in words:
        strips.setdefault(sum(rule < word.level for rule in rules), []).append(word)
    return [strips[number] for number in sorted(strips)]


def _at_amounts(row: list[Word]) -> list[list[Word]]:
    """A row, or several where amounts of one column stand below each other: none wraps."""
    amounts = [word for word in row if _AMOUNT.fullmatch(word.text)]
    levels = bands(amounts, 0.0)
    if len(levels) < _FEWEST:
        return [row]
    heights = [median(word.level for word in level) for level in levels]
    parts: list[list[Word]] = [[] for _ in heights]
    for word in row:
        parts[min(range(len(heights)), key=lambda n: abs(heights[n] - word.level))].append(word)
    return parts
