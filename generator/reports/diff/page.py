"""A comparison as one web page: side by side, to be stepped through, decided on and sent on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.compare.difference import (
    FOLDED,
    Comparison,
    Difference,
    DifferenceKind,
    PairedCell,
    PairedRow,
)
from generator.compare.text.differences import Wording, amount
from generator.core.findings import Severity
from generator.reports.diff.for_programs import WEIGHTS, view_json
from generator.reports.diff.spots import spots_json
from generator.reports.diff.stretches import (
    ShownStretch,
    abridged,
    of_difference,
    of_moved,
    of_text,
)
from generator.reports.diff.view import (
    DifferentTable,
    DifferentText,
    NumberedDifference,
    SkippedRows,
    View,
)
from generator.reports.page import page
from generator.reports.places import target_name

_SYMBOLS = {Severity.ERROR: "●", Severity.WARNING: "▲", Severity.NOTE: "○"}
"""Weights for readers who print in black and white, as in the report of checks."""
_LONG = 24
"""From so many characters on a cell may be broken into lines."""
_AROUND = 30
"""Characters that do not differ shown around those that do, in the list."""
_LONGEST = 300
"""How much is shown of a wording that differs as a whole."""


def diff_html(comparison: Comparison) -> bytes:
    """The report on one page; it stores what is decided under the hash of what it shows."""
    view = View.of(comparison)
    cells = _Cells(view, Wording(comparison.years))
    content: dict[str, object] = {
        "view": view,
        "comparison": comparison,
        "key": hashlib.sha256(view_json(view)).hexdigest()[:32],
        "severities": (Severity.ERROR, Severity.WARNING),
        "symbols": _SYMBOLS,
        "tiers": WEIGHTS,
        "folded": FOLDED,
        "spots": Markup(spots_json(view)),  # noqa: S704 - JSON without <
        "sides": (("ours", "生成"), ("theirs", "草稿")),
    }
    helpers: dict[str, Callable[..., object]] = {
        "block_type": _block_type,
        "stretches": _stretches,
        "paragraph": _paragraph,
        "number": cells.number,
        "named": target_name,
        "cell_class": _cell_class,
        "cell": cells.stretches,
        "row_difference": _row_difference,
        "whole": _whole,
        "head": _head,
    }
    return page(
        "diff/diff.html.j2", ("report.css", "diff/diff.css"), "diff/diff.js", content, helpers
    )


def _block_type(block: object) -> str:
    names: dict[type, str] = {
        DifferentText: "text",
        DifferentTable: "table",
        SkippedRows: "skipped",
    }
    return names.get(type(block), "row")


def _stretches(item: NumberedDifference, side: str) -> tuple[ShownStretch, ...]:
    """A wording of a difference, as short as a list needs it."""
    found = item.marked.ours if side == "ours" else item.marked.theirs
    return tuple(
        ShownStretch(f"{each.text[:_LONGEST]}…", each.difference)
        if len(each.text) > _LONGEST
        else each
        for each in abridged(found, _AROUND)
    )


def _paragraph(block: DifferentText, side: str) -> Sequence[ShownStretch]:
    """A paragraph of one side, long stretches that are the same cut short."""
    moved = block.text.found[0].kind is DifferenceKind.MOVED
    marked = of_moved(block.text, Wording()) if moved else of_text(block.text)
    return abridged(marked.ours if side == "ours" else marked.theirs)


def _whole(block: DifferentText) -> bool:
    """Whether one side lacks the paragraph, so that there is nothing to see side by side."""
    return (
        block.text.found[0].kind in (DifferenceKind.MISSING, DifferenceKind.ADDED)
        and len(block.text.pieces) == 1
    )


class _HeadCell(Struct, frozen=True):
    """A cell of a head, as wide and as high as it is printed."""

    cell: PairedCell
    width: int
    height: int


def _head(rows: Sequence[PairedRow], side: str) -> list[list[_HeadCell]]:
    """The head of a table; a cell reaches over the empty ones beside and below it."""
    texts = [[cell.ours if side == "ours" else cell.theirs for cell in row.cells] for row in rows]
    taken: set[tuple[int, int]] = set()
    found = []
    for r, row in enumerate(rows):
        cells = []
        for c, cell in enumerate(row.cells):
            if (r, c) in taken:
                continue
            width, height = _extent(texts, r, c) if texts[r][c].strip() else (1, 1)
            taken |= {(r + y, c + x) for x in range(width) for y in range(height)}
            cells.append(_HeadCell(cell, width, height))
        found.append(cells)
    return found


def _extent(texts: Sequence[Sequence[str]], r: int, c: int) -> tuple[int, int]:
    """How far a cell of a head reaches: down, where nothing stands below; else to the right."""
    column = [row[c] if c < len(row) else "" for row in texts[r + 1 :]]
    if not any(text.strip() for text in column):
        return 1, len(column) + 1
    width = 1
    while (
        c + width < len(texts[r])
        and not texts[r][c + width].strip()
        and any(c + width < len(row) and row[c + width].strip() for row in texts[r + 1 :])
    ):
        width += 1
    return width, 1


class _Cells:
    """Cells of tables as the page shows them."""

    def __init__(self, view: View, wording: Wording) -> None:
        self._numbers = {item.difference: item.number for item in view.items}
        self._wording = wording

    def number(self, difference: Difference) -> int:
        """The number of a difference."""
        return self._numbers[difference]

    def stretches(self, cell: PairedCell, side: str) -> Sequence[ShownStretch]:
        """The words of a cell; within long words only what differs is marked."""
        text = cell.ours if side == "ours" else cell.theirs
        if cell.difference is None:
            return abridged([ShownStretch(text)])
        if max(len(cell.ours), len(cell.theirs)) < _LONG:
            return (ShownStretch(text, cell.difference),)
        marked = of_difference(cell.difference, self._wording)
        return abridged(marked.ours if side == "ours" else marked.theirs)


def _cell_class(cell: PairedCell, first: bool) -> str:
    """How a cell is set: numbers to the right, but no codes; long words in lines."""
    texts = [text for text in (cell.ours, cell.theirs) if text.strip()]
    number = not first and bool(texts) and all(amount(text) is not None for text in texts)
    long = any(len(text) >= _LONG for text in texts)
    return "number" if number else "long" if long else ""


def _row_difference(row: PairedRow, side: str) -> str:
    """What is to be seen of a row that one side lacks, or has elsewhere."""
    if row.difference is None:
        return ""
    kind = row.difference.kind
    lacking = DifferenceKind.ADDED if side == "ours" else DifferenceKind.MISSING
    return (
        "lacking" if kind is lacking else "alone" if kind is not DifferenceKind.MOVED else "moved"
    )
