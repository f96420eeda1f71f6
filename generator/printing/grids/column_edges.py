"""Where the columns of a table in parts of its width begin and end.

As WeasyPrint's fixed layout has it: what is left of the width, all columns get alike; columns
that need more make the table wider.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from lxml import etree

from generator.compose.document.tree import Element
from generator.core.text.patterns import late_pattern
from generator.printing.grids.known_css import SAME, expect

SAMPLE = (20.0, 50.0)
"""The columns of a specimen, with something left of the width."""
_PERCENT = late_pattern(r"width: (\d+(?:\.\d+)?)%")


def percents(colgroup: Element) -> tuple[float, ...] | None:
    """The columns in hundredths of the table's width; nothing if one is said otherwise."""
    found = [_PERCENT.fullmatch(column.get("style", "")) for column in colgroup]
    if any(column.get("class") is not None for column in colgroup):
        return None
    parts = tuple(float(percent[1]) for percent in found if percent is not None)
    return parts if len(parts) == len(found) and parts else None


def sample_columns() -> Element:
    """The columns of a specimen for tables whose columns are parts of their width."""
    colgroup = etree.Element("colgroup")
    for percent in SAMPLE:
        etree.SubElement(colgroup, "col", style=f"width: {percent}%")
    return colgroup


def edges(columns: Sequence[float], left: float, width: float) -> tuple[float, ...]:
    """The left edge of each column, and the right edge of the last.

    Args:
        columns: the columns in hundredths of the table's width.
        left: where the table begins.
        width: how wide it is.
    """
    widths = [percent * width / 100 for percent in columns]
    spare = max(width - sum(widths), 0) / len(widths)
    return tuple(accumulate((each + spare for each in widths), initial=left))


def expect_edges(
    columns: Sequence[float], left: float, width: float, theirs: Sequence[float]
) -> None:
    """The columns of a table must be where :func:`edges` has them.

    Raises:
        UnknownStyleError: if they are not.
    """
    ours = edges(columns, left, width)
    apart = [abs(our - their) for our, their in zip(ours, theirs, strict=True)]
    expect(max(apart) < SAME, "columns of other widths")
