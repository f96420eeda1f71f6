"""Makes the labels of forms header cells, so that each cell says what it is about (PDF/UA-1)."""

from __future__ import annotations

from generator.compose.document.tree import Element

_FIELD = "field"


def mark_heads(root: Element) -> None:
    """Makes cells of class ``field`` header cells; the tree is changed.

    Where a row holds nothing else, they are the heads of columns; those that reach over several
    rows, and all others, are the heads of what stands to the right of them.
    """
    for row in root.iter("tr"):
        cells = row.findall("td")
        fields = [cell for cell in cells if _FIELD in (cell.get("class") or "").split()]
        only = len(fields) == len(row)
        for cell in fields:
            cell.tag = "th"
            cell.set("scope", "col" if only and cell.get("rowspan") is None else "row")
