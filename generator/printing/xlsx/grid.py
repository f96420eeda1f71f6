"""A printed table read off the document: captions, cells with their spans, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compose.document.tree import Element, text_of_element

_CAPTIONS = ("h2", "h3", "p")


@dataclass(frozen=True, slots=True)
class XlsxCell:
    """A cell: where it is (from 0, head and body counted on), how far it reaches, what it says.

    ``figure`` is the address of its number, empty of any other cell.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    tag: str
    classes: frozenset[str]
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """A line above or below a table; ``right`` is what stands at its right end."""

    tag: str
    classes: str
    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A section of the document with a table in it, or with the title of one alone.

    Attributes:
        widths: of the columns, in per cent; empty without a table.
        head_rows: how many of the rows are head.
    """

    title: str
    landscape: bool
    above: tuple[Caption, ...]
    below: tuple[Caption, ...]
    widths: tuple[float, ...]
    head_rows: int
    cells: tuple[XlsxCell, ...]


def printed_tables(body: Element) -> Iterator[PrintedTable]:
    """The statements of a document, in its order."""
    for section in body.iterchildren("section"):
        classes = (section.get("class") or "").split()
        if "statement" in classes:
            yield _read(section, landscape="landscape" in classes)


def _read(section: Element, *, landscape: bool) -> PrintedTable:
    above: list[Caption] = []
    below: list[Caption] = []
    table: Element | None = None
    for child in section:
        if child.tag == "table":
            table = child
        elif child.tag in _CAPTIONS:
            (above if table is None else below).append(_caption(child))
    title = next((each.text for each in above if each.tag != "p"), "")
    if table is None:
        notes = [each for each in above if each.classes == "note"]
        kept = tuple(each for each in above if each not in notes)
        return PrintedTable(title, landscape, kept, tuple(notes), (), 0, ())
    head = table.findall("thead/tr")
    rows = [*head, *table.findall("tbody/tr")]
    return PrintedTable(
        title,
        landscape,
        tuple(above),
        tuple(below),
        tuple(_width(column) for column in table.iterfind("colgroup/col")),
        len(head),
        tuple(_cells(rows)),
    )


def _caption(element: Element) -> Caption:
    right = element.find("span[@class='right']")
    text = text_of_element(element)
    ending = text_of_element(right) if right is not None else ""
    return Caption(
        str(element.tag), element.get("class") or "", text.removesuffix(ending).strip(), ending
    )


def _width(column: Element) -> float:
    return float((column.get("style") or "").partition("width:")[2].strip(" %;") or 0)


def _cells(rows: list[Element]) -> Iterator[XlsxCell]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        total = {"total", "subtotal"} & set((row.get("class") or "").split())
        for cell in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(number + i, column + j) for i in range(high) for j in range(wide)}
            data = cell.find("data")
            yield XlsxCell(
                number,
                column,
                high,
                wide,
                text_of_element(cell).strip(),
                str(cell.tag),
                frozenset((cell.get("class") or "").split()) | total,
                (data.get("data-figure") or "") if data is not None else "",
            )
            column += wide
