"""Reads the printed files back as a reader sees them: text and grids of cells, in order.

Every reader returns the same shape, so that the three files can be compared with
each other and with what was published. White space is dropped everywhere: in
Chinese text it only shows where a line wrapped or a word was set apart.

In a grid the text of a merged cell stands in its first row and column; the other
places it covers are empty.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from generator.core.records import replace

Element = etree._Element
Rows = list[list[str]]


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        rows: the text of every row, as many places in each as the table has columns.
        covered: for a place inside a merged cell, the place where the cell begins.
        breaks: the rows that begin a page (PDF), heads left out.
        headless: the pages on which the table goes on without its whole head (PDF).
    """

    rows: Rows
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    breaks: tuple[int, ...] = ()
    headless: tuple[int, ...] = ()


Item = str | Grid


@dataclass(frozen=True)
class Reading:
    """A printed file: the lines of its table of contents, and its text and tables in order."""

    contents: list[str]
    items: list[Item]

    @property
    def grids(self) -> list[Grid]:
        return [item for item in self.items if isinstance(item, Grid)]


def squeeze(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


def said(element: Element) -> str:
    """What an element of HTML says."""
    return squeeze("".join(str(text) for text in element.itertext()))


def run_together(items: Iterable[Item]) -> list[Item]:
    """The items with neighbouring texts made one and empty ones left out."""
    joined: list[Item] = []
    for item in items:
        if isinstance(item, str) and joined and isinstance(joined[-1], str):
            joined[-1] += item
        elif item:
            joined.append(item)
    return joined


@dataclass(frozen=True)
class _Cell:
    """A cell of a marked-up table: what it says and how far it reaches."""

    text: str
    across: int
    down: int


def _grid(cells: Sequence[Sequence[_Cell]]) -> Grid:
    """Lays rows of spanning cells out, as HTML tells it."""
    places: dict[tuple[int, int], str] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(cells):
        column = 0
        for cell in line:
            while (row, column) in places:
                column += 1
            for down in range(cell.down):
                for across in range(cell.across):
                    place = (row + down, column + across)
                    assert place not in places, "单元格重叠"
                    places[place] = "" if down or across else cell.text
                    if down or across:
                        covered[place] = (row, column)
    width = 1 + max(column for _, column in places)
    rows = [[places[row, column] for column in range(width)] for row in range(len(cells))]
    return Grid(rows, covered)


# HTML


@cache
def read_html(content: bytes) -> Reading:
    """Reads the HTML file; a chart's drawing and what browsers do not show are left out."""
    body = etree.fromstring(content, etree.HTMLParser(encoding="utf-8")).find("body")
    assert body is not None
    contents: list[str] = []
    items: list[Item] = []

    def walk(element: Element) -> None:
        if element.tag == "table":
            items.append(
                _grid(
                    [
                        [
                            _Cell(
                                said(cell),
                                int(cell.get("colspan", 1)),
                                int(cell.get("rowspan", 1)),
                            )
                            for cell in row
                        ]
                        for row in element.iter("tr")
                    ]
                )
            )
        elif element.tag == "a" and any(
            "toc" in (above.get("class") or "").split() for above in element.iterancestors()
        ):
            contents.append(said(element))
        elif element.tag not in ("svg", "script", "style", "template"):
            items.append(squeeze(element.text or ""))
            for child in element:
                walk(child)
        items.append(squeeze(element.tail or ""))

    walk(body)
    return Reading(contents, run_together(items))


# DOCX

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def read_docx(content: bytes) -> Reading:
    """Reads the DOCX file; field codes, page numbers of the contents and pictures are left out."""
    body = docx.Document(io.BytesIO(content)).element.body
    contents: list[str] = []
    items: list[Item] = []
    for block in body:
        if block.tag == f"{_W}tbl":
            items.append(_docx_table(block))
        elif block.tag == f"{_W}p":
            style = block.find(f"{_W}pPr/{_W}pStyle")
            if style is not None and re.fullmatch(r"TOC\d", style.get(f"{_W}val", "")):
                contents.append(squeeze(_docx_text(block, until_tab=True)))
            else:
                items.append(squeeze(_docx_text(block)))
        else:
            assert block.tag == f"{_W}sectPr", f"未料到的 {block.tag}"
    return Reading(contents, run_together(items))


def _docx_text(paragraph: Element, *, until_tab: bool = False) -> str:
    texts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if run.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        for part in run:
            if part.tag == f"{_W}tab" and until_tab:
                return "".join(texts)
            if part.tag == f"{_W}t":
                texts.append(part.text or "")
    return "".join(texts)


def _docx_table(table: Element) -> Grid:
    """Lays a table out: gridSpan reaches across, vMerge without restart goes on from above."""
    places: list[list[tuple[str, int, bool]]] = []
    for row in table.findall(f"{_W}tr"):
        line: list[tuple[str, int, bool]] = []
        for cell in row.findall(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            text = squeeze("".join(_docx_text(part) for part in cell.findall(f"{_W}p")))
            across = int(span.get(f"{_W}val", "1")) if span is not None else 1
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            assert not (goes_on and text), f"合并格的后续格里有文字：{text}"
            line.append((text, across, goes_on))
        places.append(line)
    rows = [[_Cell(text, across, 1) for text, across, _ in line] for line in places]
    grid = _grid(rows)
    covered = dict(grid.covered)
    for number, line in enumerate(places):
        column = 0
        for _, across, goes_on in line:
            if goes_on:
                above = (number - 1, column)
                for at in range(column, column + across):
                    covered[number, at] = covered.get(above, above)
            column += across
    widths = {len(line) for line in grid.rows}
    assert widths == {len(table.findall(f"{_W}tblGrid/{_W}gridCol"))}, "各行列数不一"
    return Grid(grid.rows, covered)


# PDF


@dataclass(frozen=True)
class _Char:
    """A character with its baseline and the middle and edges of its box."""

    text: str
    baseline: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class _Rule:
    """A straight line drawn on the page, from one end to the other."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def upright(self) -> bool:
        return self.top - self.bottom > self.right - self.left

    def touches(self, other: _Rule) -> bool:
        return (
            self.left <= other.right + _NEAR
            and other.left <= self.right + _NEAR
            and self.bottom <= other.top + _NEAR
            and other.bottom <= self.top + _NEAR
        )


@dataclass(frozen=True)
class _Piece:
    """The part of a table that stands on one page: its rules and what is printed inside them."""

    page: int
    rules: tuple[_Rule, ...]
    chars: tuple[_Char, ...]

    @property
    def top(self) -> float:
        return max(rule.top for rule in self.rules)

    @property
    def uprights(self) -> list[float]:
        return _clusters(rule.left for rule in self.rules if rule.upright)


_NEAR = 1.5  # points: rules nearer than this are one rule
_THIN = 2.5  # points: a drawn shape thinner than this is a rule
_CONTENTS_LINE = re.compile(r"(.+?)\.{2,}\d+")
_SAME_LINE = 1.5  # points: baselines nearer than this are one line


@cache
def read_pdf(content: bytes) -> Reading:
    """Reads the PDF by position alone, as the eye does.

    Characters inside the rules of a table belong to the cell whose rules enclose
    them: columns and rows are the spaces between the rules, and where a rule is
    missing the cells are merged. The other characters form lines by their
    baseline. A table that ends one page and begins the next goes on; its
    repeated head and title are left out. Page numbers and the text inside charts are left out.
    """
    contents: list[str] = []
    items: list[Item | _Piece] = []
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            chars = _chars(page)
            rules = _rules(page)
            lines, pieces = _laid_out(number, chars, rules)
            entries, texts = _contents(lines)
            contents += entries
            items += [item for _, item in sorted([*texts, *pieces], key=lambda each: -each[0])]
    finally:
        document.close()
    return Reading(contents, run_together(_tables(items)))


def _chars(page: Any) -> list[_Char]:
    text_page = page.get_textpage()
    raw = text_page.raw
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    chars = []
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text = "-" if pdfium.FPDFText_IsHyphen(raw, index) == 1 else chr(code)
        if not squeeze(text):
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        chars.append(_Char(text, y.value, box.left, box.right, box.top, box.bottom))
    return chars


def _rules(page: Any) -> list[_Rule]:
    rules = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        if right - left < _THIN:
            left = right = (left + right) / 2
        elif top - bottom < _THIN:
            bottom = top = (bottom + top) / 2
        else:
            continue
        rules.append(_Rule(left, bottom, right, top))
    return rules


def _laid_out(
    number: int, chars: list[_Char], rules: list[_Rule]
) -> tuple[list[tuple[float, list[_Char]]], list[tuple[float, Item | _Piece]]]:
    """Parts a page's characters into lines of text and pieces of tables, each with its height."""
    pieces: list[tuple[float, Item | _Piece]] = []
    for group in _connected(rules):
        frame = _frame(group)
        inside = [
            char
            for char in chars
            if frame.left < char.x < frame.right and frame.bottom < char.y < frame.top
        ]
        if any(not rule.upright for rule in group):
            pieces.append((frame.top, _Piece(number, tuple(group), tuple(inside))))
            taken = set(inside)
            chars = [char for char in chars if char not in taken]
        else:  # the axis of a chart: what stands beside it belongs to the chart
            chars = [char for char in chars if not frame.bottom < char.y < frame.top]
    chars.sort(key=lambda char: -char.baseline)
    lines = [(line[0].baseline, sorted(line, key=lambda char: char.left)) for line in _lines(chars)]
    if lines and re.fullmatch(r"[—–-]\d+[—–-]", _text(lines[-1][1])):
        lines.pop()
    return lines, pieces


def _connected(rules: list[_Rule]) -> list[list[_Rule]]:
    """Groups the rules that touch each other, directly or through others."""
    groups: list[tuple[_Rule, list[_Rule]]] = []
    for rule in sorted(rules, key=lambda rule: -rule.top):
        near = [group for group in groups if group[0].touches(rule)]
        members = [rule, *(member for _, group in near for member in group)]
        groups = [group for group in groups if group not in near]
        groups.append((_frame(members), members))
    return [members for _, members in groups]


def _frame(rules: Sequence[_Rule]) -> _Rule:
    return _Rule(
        min(rule.left for rule in rules),
        min(rule.bottom for rule in rules),
        max(rule.right for rule in rules),
        max(rule.top for rule in rules),
    )


def _lines(chars: Iterable[_Char]) -> list[list[_Char]]:
    """Groups characters, sorted from the top down, by baseline."""
    lines: list[list[_Char]] = []
    for char in chars:
        if lines and abs(lines[-1][-1].baseline - char.baseline) < _SAME_LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    return lines


def _text(chars: Iterable[_Char]) -> str:
    return "".join(char.text for char in chars)


def _contents(
    lines: list[tuple[float, list[_Char]]],
) -> tuple[list[str], list[tuple[float, Item | _Piece]]]:
    """Takes the lines of the table of contents, which end in leaders and a page number.

    A line without them, on a page that has such lines, is the beginning of the next entry.
    """
    entries: list[str] = []
    texts: list[tuple[float, Item | _Piece]] = []
    begun = ""
    in_contents = any(_CONTENTS_LINE.fullmatch(_text(chars)) for _, chars in lines)
    for height, chars in lines:
        text = _text(chars)
        entry = _CONTENTS_LINE.fullmatch(text)
        if entry:
            entries.append(begun + entry[1])
            begun = ""
        elif in_contents and text != "目录":
            begun += text
        else:
            texts.append((height, text))
    if begun:
        texts.append((lines[-1][0], begun))
    return entries, texts


def _tables(items: list[Item | _Piece]) -> Iterator[Item]:
    """Makes tables of the pieces; pieces with nothing between them are one table."""
    for kind, group in groupby(_without_titles_again(items), type):
        if kind is _Piece:
            yield _table([piece for piece in group if isinstance(piece, _Piece)])
        else:
            yield from (item for item in group if not isinstance(item, _Piece))


def _without_titles_again(items: list[Item | _Piece]) -> Iterator[Item | _Piece]:
    """Leaves out the title of a table that is said again above its next page, with （续）."""
    titles: set[str] = set()
    for position, item in enumerate(items):
        around = items[position - 1 : position] + items[position + 1 : position + 2]
        again = isinstance(item, str) and re.fullmatch(r"(.+)[（(]续[）)]", item)
        pages = [piece.page for piece in around if isinstance(piece, _Piece)]
        if again and again[1] in titles and pages == [pages[0], pages[0] + 1]:
            continue
        titles |= {item} if isinstance(item, str) else set()
        yield item


def _table(pieces: list[_Piece]) -> Grid:
    columns = _clusters(x for piece in pieces for x in piece.uprights)
    whole = _cells(pieces[0], columns)
    head: Rows | None = None
    for piece in pieces[1:]:
        more = _cells(piece, columns)
        repeated = 0
        for ours, theirs in zip(whole.rows, more.rows, strict=False):
            if ours != theirs:
                break
            repeated += 1
        head = head if head is not None else whole.rows[:repeated]
        headless = whole.headless
        if not repeated or repeated < len(head):
            headless += (piece.page + 1,)
        offset = len(whole.rows) - repeated
        covered = {
            (row + offset, column): (start + offset, first)
            for (row, column), (start, first) in more.covered.items()
            if row >= repeated
        }
        whole = Grid(
            whole.rows + more.rows[repeated:],
            whole.covered | covered,
            (*whole.breaks, len(whole.rows)),
            headless,
        )
    return whole


def _cells(piece: _Piece, columns: list[float]) -> Grid:
    """Finds the cells between the rules of a piece and the text in each."""
    heights = _clusters(rule.bottom for rule in piece.rules if not rule.upright)[::-1]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(heights) - 1):
        for column in range(len(columns) - 1):
            if column and not _ruled(piece, columns[column], _middle(heights, row), upright=True):
                owner[row, column] = owner[row, column - 1]
            elif row and not _ruled(piece, heights[row], _middle(columns, column), upright=False):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    inside: dict[tuple[int, int], list[_Char]] = {}
    for char in piece.chars:
        row = sum(char.y < height for height in heights) - 1
        column = sum(char.x > edge for edge in columns) - 1
        inside.setdefault(owner[row, column], []).append(char)
    texts = {
        place: _text(
            char
            for line in _lines(sorted(chars, key=lambda char: -char.baseline))
            for char in sorted(line, key=lambda char: char.left)
        )
        for place, chars in inside.items()
    }
    rows = [
        [
            texts.get((row, column), "") if owner[row, column] == (row, column) else ""
            for column in range(len(columns) - 1)
        ]
        for row in range(len(heights) - 1)
    ]
    return Grid(rows, {place: start for place, start in owner.items() if place != start})


def _middle(edges: list[float], number: int) -> float:
    return (edges[number] + edges[number + 1]) / 2


def _ruled(piece: _Piece, edge: float, at: float, *, upright: bool) -> bool:
    """Whether a rule runs along the edge past a point."""
    for rule in piece.rules:
        if rule.upright != upright:
            continue
        if upright and abs(rule.left - edge) < _NEAR and rule.bottom < at < rule.top:
            return True
        if not upright and abs(rule.bottom - edge) < _NEAR and rule.left < at < rule.right:
            return True
    return False


def _clusters(values: Iterable[float]) -> list[float]:
    """The values in order, those near each other taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


# All three


def read_all(files: Callable[[str], bytes]) -> dict[str, Reading]:
    """Reads the three files of a disclosure; the PDF's repeated cells are taken out.

    A merged cell that a page break cuts is printed again on the next page. It is
    taken out only where the HTML has a merged cell with the same text reaching
    down over the first row of that page.
    """
    readings = {
        "html": read_html(files("html")),
        "docx": read_docx(files("docx")),
        "pdf": read_pdf(files("pdf")),
    }
    models = iter(readings["html"].grids)
    items = [
        _without_repeats(item, next(models, item)) if isinstance(item, Grid) else item
        for item in readings["pdf"].items
    ]
    return readings | {"pdf": replace(readings["pdf"], items=items)}


def _without_repeats(printed: Grid, model: Grid) -> Grid:
    rows = [list(row) for row in printed.rows]
    for row in printed.breaks:
        for column, text in enumerate(rows[row]):
            start = model.covered.get((row, column))
            if text and start and start[1] == column and model.rows[start[0]][column] == text:
                rows[row][column] = ""
    return replace(printed, rows=rows)
