"""What stands on a page of a PDF: lines of text, tables, and what is neither.

Text that runs down or up the page is read as well: the page is turned for it, and what is read
so stands in the flow of the page where it begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.parts import signposts
from generator.drafts.pdf.page.drawn import (
    ASLANT,
    DOWN,
    UPRIGHT,
    Box,
    DirectedPage,
    Drawn,
    DrawnCharacter,
)
from generator.drafts.pdf.page.lines import TextLine, line_texts, text_lines
from generator.drafts.pdf.pictures import unread_pictures
from generator.drafts.pdf.tables.grid import Ruled, ruled_tables
from generator.drafts.pdf.tables.rules import open_ends, rules_across
from generator.drafts.words.text import rejoined

_FOOTER = late_pattern(
    r"[-—–―－~·\s]*\d{1,4}[-—–―－~·\s]*|第\s*\d+\s*页(\s*[，,/]?\s*共\s*\d+\s*页)?"
)
_EDGE = 0.12
"""The part of the page's height, above and below, where page numbers stand."""
_SMALL = 5.0
_NO_CHARACTER = late_pattern(r"[\ufffd\ue000-\uf8ff]+")
_FEW = 2


class PageTableCell(Struct, frozen=True):
    """A cell of a table on one page; ``rows`` is how many rows it covers."""

    text: str
    x0: float
    rows: int


class PageTable(Struct, frozen=True):
    """The table, or the piece of one, on one page; ``cut`` if its last row is open below."""

    page: int
    x0: float
    x1: float
    top: float
    rows: tuple[tuple[PageTableCell, ...], ...]
    cut: bool = False


Flow = tuple[TextLine | PageTable, ...]
Asides = tuple[tuple[str, str], ...]


class PageContent(Struct, frozen=True):
    """A page, or what runs in one direction on it, taken apart.

    ``asides`` are (what it is, text), ``rules`` heights of lines across, ``remarks`` how many
    reviewers have set; the last content of a page has them.
    """

    number: int
    width: float
    flow: Flow
    asides: Asides
    rules: tuple[float, ...] = ()
    remarks: int = 0


def read_page(page: Drawn) -> list[PageContent]:
    """Takes a page apart, into several contents if its text runs in several directions."""
    if _is_garbled(page.chars):
        why = f"第{page.number}页的文字没有编码，读出来是乱码"
        told = ((signposts.GARBLED_PAGE, why),)
        return [PageContent(page.number, page.width, (), told, remarks=page.remarks)]
    turns = Counter(char.turn for char in page.chars if char.text.strip())
    del turns[ASLANT]
    order = [turn for turn, _ in turns.most_common()] or [UPRIGHT]
    tables = {turn: _tables(page, turn, order) for turn in order}
    contents = _in_order(page, {turn: _content(page, turn, tables) for turn in order})
    flow = [item for content in contents for item in content.flow]
    lines = [item for item in flow if isinstance(item, TextLine)]
    asides = [*unread_pictures(page, lines, has_tables=len(lines) < len(flow)), *_asides(page)]
    last = replace(contents[-1], asides=(*contents[-1].asides, *asides), remarks=page.remarks)
    return [*contents[:-1], last]


def _asides(page: Drawn) -> Iterator[tuple[str, str]]:
    """What is printed across a page, and what is there but not seen."""
    oblique = "".join(char.text for char in page.chars if char.turn == ASLANT)
    if oblique.strip():
        yield "水印", oblique
    for text in _lines_of(page.hidden):
        yield "隐藏文字", text


def garbled(page: PageContent) -> bool:
    """Whether the characters of a page cannot be told: its fonts do not say what they draw."""
    return any(kind == signposts.GARBLED_PAGE for kind, _ in page.asides)


def _is_garbled(chars: Sequence[DrawnCharacter]) -> bool:
    if _NO_CHARACTER.search("".join(char.text for char in chars)) is None:
        return False
    unknown = sum(bool(_NO_CHARACTER.fullmatch(char.text)) for char in chars)
    return unknown * _FEW > len(chars)


def _lines_of(chars: Iterable[DrawnCharacter]) -> list[str]:
    """The texts of characters, line by line, whatever their directions."""
    by_turn: dict[int, list[DrawnCharacter]] = {}
    for char in chars:
        by_turn.setdefault(char.turn, []).append(char)
    return [text for turn in sorted(by_turn) for text in line_texts(by_turn[turn])]


# Directions


class _Table(Struct, frozen=True):
    """A ruled table on the sheet of its direction, with all characters inside."""

    ruled: Ruled
    chars: tuple[DrawnCharacter, ...]
    cut: bool


_Located = tuple[float, float, DrawnCharacter]
"""The middle of a character on a sheet, which need not be that of its own direction."""


def _located(page: Drawn, turn: int, chars: Iterable[DrawnCharacter]) -> Iterator[_Located]:
    for char in chars:
        box: Box | DrawnCharacter = char
        if char.turn != turn:
            box = page.seen_from(page.shown(char.box, char.turn), turn)
        yield (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2, char


def _tables(page: Drawn, turn: int, order: Sequence[int]) -> list[_Table]:
    """The ruled tables whose text runs in a direction, for the most part."""
    sheet = page.sheet(turn)
    ends = open_ends(sheet)
    across = [Box(0.0, end, sheet.width, end) for end in ends]
    ruled = ruled_tables([*sheet.edges, *across])
    level = (char for char in page.chars if char.turn != ASLANT)
    inside = _by_box(_located(page, turn, level), [table.box for table in ruled])
    tables = []
    for table, chars in zip(ruled, inside, strict=True):
        main = Counter(char.turn for char in chars if char.text.strip()).most_common(1)
        if (main[0][0] if main else order[0]) == turn:
            cut = any(abs(end - table.box.bottom) < _SMALL for end in ends)
            tables.append(_Table(table, tuple(chars), cut))
    return tables


def _by_box(located: Iterable[_Located], boxes: Sequence[Box]) -> list[list[DrawnCharacter]]:
    """The characters in each box; a character that several hold is in the first."""
    heights = sorted({height for box in boxes for height in (box.top, box.bottom)})
    strips: list[list[int]] = [[] for _ in range(len(heights) + 1)]
    for number, box in enumerate(boxes):
        for strip in range(bisect_left(heights, box.top), bisect_left(heights, box.bottom)):
            strips[strip + 1].append(number)
    inside: list[list[DrawnCharacter]] = [[] for _ in boxes]
    for x, y, char in located:
        for number in strips[bisect_left(heights, y)]:
            if boxes[number].x0 <= x <= boxes[number].x1:
                inside[number].append(char)
                break
    return inside


def _content(page: Drawn, turn: int, tables: Mapping[int, Sequence[_Table]]) -> PageContent:
    """What runs in one direction."""
    sheet = page.sheet(turn)
    taken = {id(char) for own in tables.values() for table in own for char in table.chars}
    outside = [char for char in sheet.chars if id(char) not in taken]
    grids = [_grid(page, turn, table) for table in tables[turn]]
    boxes = [table.ruled.box for table in tables[turn]]
    lines, asides = _without_asides(sheet, list(text_lines(outside)), boxes)
    flow: list[TextLine | PageTable] = [*lines, *grids]
    flow.sort(key=lambda item: item.top)
    rules = tuple(rules_across(sheet))
    return PageContent(page.number, sheet.width, tuple(flow), tuple(asides), rules)


def _in_order(page: Drawn, contents: Mapping[int, PageContent]) -> list[PageContent]:
    """The contents of a page from its top down; what is turned parts the flow of what is not."""
    turned = [content for turn, content in contents.items() if turn != UPRIGHT and content.flow]
    tops = {id(each): _top(page, turn, each.flow) for turn, each in contents.items()}
    turned.sort(key=lambda content: tops[id(content)])
    upright = contents.get(UPRIGHT)
    rest = upright.flow if upright else ()
    ordered: list[PageContent] = []
    for content in turned:
        count = sum(item.top < tops[id(content)] for item in rest)
        if upright and count:
            ordered.append(replace(upright, flow=rest[:count], asides=()))
        ordered.append(replace(content, asides=()))
        rest = rest[count:]
    if upright and rest:
        ordered.append(replace(upright, flow=rest, asides=()))
    ordered = ordered or [replace(next(iter(contents.values())), asides=())]
    asides = tuple(aside for content in contents.values() for aside in content.asides)
    return [*ordered[:-1], replace(ordered[-1], asides=asides)]


def _top(page: Drawn, turn: int, flow: Flow) -> float:
    """Where a flow begins on the page as it is shown."""
    if turn % 2:
        ends = (item.x0 if turn == DOWN else page.height - item.x1 for item in flow)
    else:
        ends = (page.height - item.top if turn else item.top for item in flow)
    return min(ends, default=0.0)


# Page numbers and charts


def _without_asides(
    sheet: DirectedPage, lines: Iterable[TextLine], tables: Sequence[Box]
) -> tuple[list[TextLine], list[tuple[str, str]]]:
    """Parts the lines of the text from page numbers and the words in charts."""
    kept, asides = [], []
    drawn = _drawings(sheet, tables)
    edge = sheet.height * _EDGE
    for line in lines:
        at_edge = line.top < edge or line.bottom > sheet.height - edge
        if at_edge and _FOOTER.fullmatch(line.text):
            asides.append(("页码", line.text))
        elif any(_beside(line, drawing) for drawing in drawn):
            asides.append(("图", line.text))
        else:
            kept.append(line)
    return kept, asides


def _drawings(sheet: DirectedPage, tables: Sequence[Box]) -> list[Box]:
    """Bars and sectors of charts; not rules, frames of pages, or the grounds of cells."""
    return [
        shape
        for shape in sheet.shapes
        if _SMALL < shape.bottom - shape.top < sheet.height / 2
        and not any(table.holds(*_middle(shape)) for table in tables)
    ]


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _beside(line: TextLine, box: Box) -> bool:
    """Whether a line stands at the height of a shape, but not on it as on coloured ground."""
    level = box.top <= line.level <= box.bottom
    return level and not (box.x0 <= line.x0 and line.x1 <= box.x1)


# Tables


def _grid(page: Drawn, turn: int, table: _Table) -> PageTable:
    boxes = sorted(table.ruled.cells, key=lambda box: (box.top, box.x0))
    tops = _distinct(box.top for box in boxes)
    inside = _by_box(_located(page, turn, table.chars), boxes)
    rows: list[list[PageTableCell]] = [[] for _ in tops]
    for box, held in zip(boxes, inside, strict=True):
        covered = range(bisect_right(tops, box.top - 1), bisect_left(tops, box.bottom - 1))
        text = rejoined(_lines_of(held))
        rows[covered[0]].append(PageTableCell(text, box.x0, len(covered)))
    x0, top, x1, _ = table.ruled.box
    return PageTable(page.number, x0, x1, top, tuple(tuple(row) for row in rows), table.cut)


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > 1:
            found.append(edge)
    return found
