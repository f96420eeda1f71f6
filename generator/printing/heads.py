"""Says what is a head of what, for readers that cannot see (PDF/UA-1).

The labels of forms become header cells, so that each cell says what it is about; a heading below
a level that is left out says at which level it is read.
"""

from __future__ import annotations

from generator.compose.document.tree import Element, Ranks, heading_levels

_FIELD = "field"
LEVEL = "aria-level"
"""The level a heading is read at, where its tag says another."""


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


def mark_levels(root: Element, above: Ranks = ()) -> None:
    """Marks the headings that are read at another level than their tag's; the tree is changed.

    Args:
        root: the tree.
        above: the heading that stands before it.
    """
    for heading, level in heading_levels(root, above):
        if heading.tag != f"h{level}":
            heading.set(LEVEL, str(level))
