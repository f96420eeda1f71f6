"""Widths by contents, for tables of class ``fitted``: texts stay on one line if they can."""

from __future__ import annotations

from collections import defaultdict
from unicodedata import east_asian_width

from generator.compose.document.tree import Element, text_of_element
from generator.pack.theme import PageLayout, Theme, indent
from generator.printing.columns.cells import column_shares, set_shares, table_cells

_POINTS_PER_MM = 72 / 25.4
_NARROW = 0.56
"""Of the size: about what a digit or a Latin letter takes, in any face."""
_HEAD_LINES = 2
_SHORT_HEAD = 2
"""Characters of a head that stay side by side."""
_MOST = 0.85
_NEARLY = 1.5


def ems(text: str) -> float:
    """About how wide a text is, in its size: a Han character is one, a digit little over a half."""
    return sum(1 if east_asian_width(each) in ("W", "F", "A") else _NARROW for each in text)


def fit_columns(table: Element, page: PageLayout, theme: Theme) -> None:
    """Gives the columns of a table the widths that its texts need; the widest wrap if they must."""
    if not column_shares(table):
        return
    kind = next(iter((table.get("class") or "").split()), None)
    around = 2 * theme.table.padding.horizontal + theme.table.rule
    widths: defaultdict[int, list[float]] = defaultdict(list)
    for amounts in (True, False):
        for cell in table_cells(table, amounts=amounts):
            if cell.across == 1:
                size = theme.style("td", cell.classes, kind).size
                width = ems(cell.text) * size + around + indent(cell.classes) + size * _NARROW
                widths[cell.column].append(width)
    size = theme.style("th", None, kind).size
    heads = [ems(text_of_element(head)) for head in table.iterfind("thead/tr[last()]/th")]
    needed = [_usual(widths[column]) for column in range(len(table[0]))]
    for column, head in enumerate(heads[: len(needed)]):
        in_lines = max(head / _HEAD_LINES, min(head, _SHORT_HEAD))
        needed[column] = max(needed[column], in_lines * size + around + size / 2)
    set_shares(table, _shared(needed, page.text_width * _POINTS_PER_MM))


def _usual(widths: list[float]) -> float:
    """What all but a few cells of a column need; those few wrap, unless all are about as short."""
    ordered = sorted(widths) or [0.0]
    usual = ordered[int(_MOST * (len(ordered) - 1))]
    return ordered[-1] if ordered[-1] < usual * _NEARLY else usual


def _shared(needed: list[float], whole: float) -> list[float]:
    """Widths of a given sum: none less than needed but the widest, which are cut to one width."""
    excess = sum(needed) - whole
    if excess <= 0:
        return [width * whole / sum(needed) for width in needed]
    widest = sorted(needed, reverse=True)
    for count, width in enumerate(widest, 1):
        following = widest[count] if count < len(widest) else 0
        if count * (width - following) >= excess:
            most = width - excess / count
            return [min(each, most) for each in needed]
        excess -= count * (width - following)
    return needed
