"""Reads the sections of a document that are grids: headings and one table of plain cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.compose.document.tree import Element, text_of_element
from generator.core.text.patterns import late_pattern
from generator.printing.columns.size import size_of

_HEADING = frozenset({"h1", "h2", "h3", "h4", "p", "span", "b", "data"})
_ATTRIBUTES = {
    "section": {"class", "data-bookmark"},
    "heading": {"class", "id", "data-bookmark", "data-toc", "data-toc-text"},
    "table": {"class", "style"},
    "col": {"style", "class"},
    "tr": {"class"},
    "cell": {"class", "rowspan", "colspan", "scope"},
    "data": {"value", "data-figure"},
    "a": {"class", "href"},
}
_PARTS = (["colgroup", "tbody"], ["colgroup", "thead", "tbody"])
_SPACES = late_pattern(r"[ \t\n\r\f]+")


class NotAGridError(Exception):
    """A section holds something that only WeasyPrint can lay out."""


class PaintedCellKind(NamedTuple):
    """What decides how a cell looks: cells of one kind differ only in text and span."""

    in_head: bool
    row_class: str | None
    tag: str
    cell_class: str | None
    content: tuple[str, ...]


class PaintedCell(NamedTuple):
    """A cell.

    Attributes:
        kind: what it looks like.
        text: what it says.
        column: its first column.
        across, down: how many columns and rows it takes.
        page_of: the anchor whose page it shows, if any.
        says: what its link says, if it is one.
        heads_row: whether it is the head of what stands to the right of it.
    """

    kind: PaintedCellKind
    text: str
    column: int
    across: int
    down: int
    page_of: str | None = None
    says: str = ""
    heads_row: bool = False


Row = tuple[PaintedCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A section that is a grid."""

    section: Element
    table: Element
    columns: int
    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def headings(self) -> list[Element]:
        """What stands above the table."""
        return [each for each in self.section if each is not self.table]


def section_goes_on(section: Element) -> bool:
    """Whether a section goes on where the one before it ends, on the same page if it can."""
    return not {"continued", "together"}.isdisjoint((section.get("class") or "").split())


def may_be_grid(section: Element) -> bool:
    """Whether a section looks like a grid that has its pages to itself, before it is read."""
    following = section.getnext()
    return (
        not section_goes_on(section)
        and (following is None or not section_goes_on(following))
        and section.tag == "section"
        and [position for position, child in enumerate(section) if child.tag == "table"]
        == [len(section) - 1]
    )


def read_grid(section: Element) -> Grid | None:
    """The section as a grid, or nothing if it is not one."""
    try:
        return _read(section)
    except (NotAGridError, ValueError):  # a span may be no number
        return None


def _read(section: Element) -> Grid:
    _allow(section, "section", _ATTRIBUTES["section"])
    _expect_no_text(section)
    *headings, table = section
    if section_goes_on(section):
        raise NotAGridError
    for heading in headings:
        for element in heading.iter():
            _allow_heading(element)
    _allow(table, "table", _ATTRIBUTES["table"])
    if table.get("style") is not None and size_of(table) is None:
        raise NotAGridError
    _expect_no_text(table)
    if [part.tag for part in table] not in _PARTS:
        raise NotAGridError
    for part in table:
        _allow(part, str(part.tag), set())
    columns = len(table[0])
    for column in table[0]:
        _allow(column, "col", _ATTRIBUTES["col"])
    heads = [_rows(part, columns) for part in table.iterchildren("thead")]
    return Grid(section, table, columns, heads[0] if heads else (), _rows(table[-1], columns))


def _allow(element: Element, tag: str, attributes: set[str]) -> None:
    """An element must be a certain one, with no attributes but those that are known."""
    if element.tag != tag or not set(element.attrib) <= attributes:
        raise NotAGridError


def _allow_heading(element: Element) -> None:
    if element.tag not in _HEADING:
        raise NotAGridError
    kind = "data" if element.tag == "data" else "heading"
    _allow(element, str(element.tag), _ATTRIBUTES[kind])


def _expect_no_text(element: Element) -> None:
    """Text stands in headings and cells, not between them."""
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        raise NotAGridError


def _rows(part: Element, columns: int) -> tuple[Row, ...]:
    """The rows of a part of the table; every row must fill all columns."""
    reaching: dict[int, int] = {}
    rows = []
    _expect_no_text(part)
    in_head = part.tag == "thead"
    for number, element in enumerate(part):
        _allow(element, "tr", _ATTRIBUTES["tr"])
        row = tuple(_cells(element, reaching, in_head=in_head))
        for cell in row:
            for at in range(cell.column, cell.column + cell.across):
                reaching[at] = cell.down
        if len(reaching) != columns or max(reaching) >= columns:
            raise NotAGridError
        if max(reaching.values()) > len(part) - number:
            raise NotAGridError
        reaching = {at: left - 1 for at, left in reaching.items() if left > 1}
        rows.append(row)
    return tuple(rows)


_CELLS = ("td", "th")


def _cells(row: Element, reaching: dict[int, int], *, in_head: bool) -> Iterator[PaintedCell]:
    column = 0
    row_class, between = row.get("class"), row.text
    for element in row:
        tag = str(element.tag)
        said = {str(name): str(value) for name, value in element.items()}
        if tag not in _CELLS or not said.keys() <= _ATTRIBUTES["cell"]:
            raise NotAGridError
        if between and between.strip():
            raise NotAGridError
        between = element.tail
        while column in reaching:
            column += 1
        content, text, page_of = _content(element)
        kind = PaintedCellKind(in_head, row_class, tag, said.get("class"), content)
        across, down = int(said.get("colspan", 1)), int(said.get("rowspan", 1))
        if across < 1 or down < 1 or not reaching.keys().isdisjoint(range(column, column + across)):
            raise NotAGridError
        says = link_text(element[0]) if page_of is not None else ""
        heads_row = said.get("scope") == "row"
        yield PaintedCell(kind, text, column, across, down, page_of, says, heads_row)
        column += across
    if between and between.strip():
        raise NotAGridError


def link_text(link: Element) -> str:
    """What a link says; for a page number the longest text beside it in its row."""
    text = text_of_element(link).strip()
    row = next(link.iterancestors("tr"), None)
    if text or row is None:
        return text
    return max((text_of_element(cell).strip() for cell in row), key=len)


def _content(cell: Element) -> tuple[tuple[str, ...], str, str | None]:
    """What a cell consists of, its text, and the anchor whose page it shows."""
    if not len(cell):
        text = _SPACES.sub(" ", cell.text or "").strip(" ")
        return ("text",) if text else (), text, None
    if len(cell) == 1 and cell[0].tag == "a":
        return _page_reference(cell)
    content = ["text"] if cell.text else []
    for child in cell:
        _allow(child, "data", _ATTRIBUTES["data"])
        if len(child):
            raise NotAGridError
        content += ["data", "text"] if child.tail else ["data"]
    return tuple(content), _SPACES.sub(" ", text_of_element(cell)).strip(" "), None


def _page_reference(cell: Element) -> tuple[tuple[str, ...], str, str | None]:
    link = cell[0]
    _allow(link, "a", _ATTRIBUTES["a"])
    target = link.get("href") or ""
    if text_of_element(cell) or link.get("class") != "page" or not target.startswith("#"):
        raise NotAGridError
    return ("page",), "", target.removeprefix("#")
