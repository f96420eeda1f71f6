"""Word tables laid out as a grid: merged cells hold their text once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from generator.drafts.docx.text import AcceptedText, Element, Hides, W, first_child, shown_children
from generator.drafts.safety.limits import CellBudget, bounded_number
from generator.drafts.words.text import rejoined, trimmed

_MAX_SPAN = 63
"""The most columns Word allows."""
_VALUE = f"{W}val"
_PARAGRAPH, _TABLE, _CELL = f"{W}p", f"{W}tbl", f"{W}tc"
_OF_CELL, _OF_ROW = f"{W}tcPr", f"{W}trPr"
_MERGES = f"{W}vMerge", f"{W}hMerge"
_SPAN, _BEFORE, _AFTER = f"{W}gridSpan", f"{W}gridBefore", f"{W}gridAfter"
_ROW_DELETED = f"{W}del"
_ROW_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


class GridRow(Struct):
    """The cells of a row, and the tables inside a row that is but a frame for them."""

    element: Element
    cells: tuple[str, ...]
    nested: list[Element] = field(default_factory=list)


def table_rows(table: Element, budget: CellBudget, hides: Hides) -> Iterator[GridRow]:
    """The rows of a table, each as wide as the widest, without the runs that are hidden.

    Raises:
        TooMuchError: if they would hold more cells than the budget allows.
    """
    kept = (row for row in _within(table, f"{W}tr") if not _deleted(row))
    rows = [_grid_row(row, budget, hides) for row in kept]
    width = max((len(row.cells) for row in rows), default=0)
    budget.take(sum(width - len(row.cells) for row in rows))
    for row in rows:
        row.cells += ("",) * (width - len(row.cells))
        yield row


def cell_elements(row: Element) -> dict[int, Element]:
    """The cells of a row by the grid column they begin in, without those that a merge covers."""
    found = {}
    column = _number(first_child(row, _OF_ROW), _BEFORE, 0)
    for cell in _within(row, _CELL):
        span, goes_on = _extent(cell)
        if not goes_on:
            found[column] = cell
        column += span
    return found


def _within(container: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in shown_children(container):
        if child.tag == tag:
            yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from _within(child, tag)


def _deleted(row: Element) -> bool:
    properties = first_child(row, _OF_ROW)
    return properties is not None and first_child(properties, _ROW_DELETED) is not None


def _grid_row(row: Element, budget: CellBudget, hides: Hides) -> GridRow:
    properties = first_child(row, _OF_ROW)
    cells = [""] * _number(properties, _BEFORE, 0)
    frames = list(_within(row, _CELL))
    nested = list(_within(frames[0], _TABLE)) if len(frames) == 1 else []
    for cell in frames:
        span, goes_on = _extent(cell)
        cells.append("" if goes_on else _text(cell, None if nested else budget, hides))
        cells += [""] * (span - 1)
    cells += [""] * _number(properties, _AFTER, 0)
    budget.take(len(cells))
    return GridRow(row, tuple(cells), nested)


def _number(properties: Element | None, name: str, default: int) -> int:
    """What the properties of a row or a cell say of columns."""
    found = None if properties is None else first_child(properties, name)
    return bounded_number(found.get(_VALUE), default, _MAX_SPAN) if found is not None else default


def _extent(cell: Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether one above it or on its left reaches over it."""
    properties = first_child(cell, _OF_CELL)
    if properties is None:
        return 1, False
    said: dict[object, Element] = {}
    for child in properties.iterchildren(_SPAN, *_MERGES):
        said.setdefault(child.tag, child)
    if not said:
        return 1, False
    span = bounded_number(said[_SPAN].get(_VALUE), 1, _MAX_SPAN) if _SPAN in said else 1
    merges = (said[name].get(_VALUE, "continue") for name in _MERGES if name in said)
    return span, "continue" in merges


def _text(container: Element, budget: CellBudget | None, hides: Hides) -> str:
    """The text of a cell; the cells of a table inside it are strung together.

    Without a budget for them, tables inside are left out.
    """
    pieces: list[str] = []
    for child in shown_children(container):
        if child.tag == _PARAGRAPH:
            read = AcceptedText(hides).read(child)
            boxes = [_text(box, budget, hides) for box in read.boxes]
            pieces += [*read.text.split("\n"), *boxes]
        elif child.tag == _TABLE and budget is not None:
            inner = table_rows(child, budget, hides)
            pieces += [" ".join(filter(None, row.cells)) for row in inner]
        elif child.tag in _ROW_WRAPPERS:
            pieces.append(_text(child, budget, hides))
    return rejoined([text for text in map(trimmed, pieces) if text])
