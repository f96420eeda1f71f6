"""Lays tables out for the page: upright where they need no wide one, short ones together."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise

from generator.compose.document.tree import Element, HtmlDocument
from generator.pack.theme import Theme, indent
from generator.printing.columns.cells import set_shares, table_cells
from generator.printing.columns.contents import ems, fit_columns
from generator.printing.columns.fit import widths_on
from generator.printing.kept import KeptPieces

_TURNED = "landscape"
_MOST_LINES = {"th": 4, "td": 2}
"""How many lines a cell may take on an upright page before its table is turned."""


def share_pages(document: HtmlDocument, theme: Theme, kept: KeptPieces) -> HtmlDocument:
    """The document with short tables on one page, and columns by contents where asked for.

    A table is short if it has no more rows than the theme says (合页行数). Whether it fits on the
    page of the one before is the layout's business: it goes there whole or not at all. Where the
    theme says so (放得下就竖排), tables that need no wide page lose theirs first.

    Args:
        document: the document; it is not changed.
        theme: its theme.
        kept: what was measured of fonts before; what is measured now is added.
    """
    changed = HtmlDocument(deepcopy(document.root), document.toc)
    sections = [each for each in changed.body if each.tag in ("section", "nav")]
    if theme.table.upright:
        for section in sections:
            _set_upright(section, theme, kept)
    for section in sections:
        for table in section.iterchildren("table"):
            if "fitted" in _classes(table):
                fit_columns(table, theme.page(section.get("class")), theme)
    for before, section in pairwise(sections):
        if all(_is_short(each, theme) for each in (before, section)) and _may_follow(
            before, section
        ):
            _set_classes(section, [*_classes(section), "together"])
    return changed


def _is_short(section: Element, theme: Theme) -> bool:
    """Whether a section is a table of few rows, or says why there is none."""
    if theme.page(section.get("class")) is theme.pages[0] or section.tag != "section":
        return False
    rows = sum(len(body) for body in section.iter("tbody"))
    return rows <= theme.table.short and len(section.findall("table")) <= 1


def _may_follow(before: Element, section: Element) -> bool:
    """A part begins a page of its own; what stands apart from other tables, such as a form, too."""
    return section.find("h1") is None and _kind(before) == _kind(section)


def _kind(section: Element) -> set[str]:
    return set(_classes(section)) - {"together"}


def _set_upright(section: Element, theme: Theme, kept: KeptPieces) -> None:
    """Gives a table an upright page where all its cells have room enough on one."""
    table, names = section.find("table"), [each for each in _classes(section) if each != _TURNED]
    page = theme.page(" ".join(names))
    if table is None or _TURNED not in _classes(section) or page.landscape:
        return
    widths = widths_on(table, page, theme, kept)
    if widths is not None and _has_room(table, widths, theme):
        set_shares(table, widths)
        _set_classes(section, names)


def _has_room(table: Element, widths: Sequence[float], theme: Theme) -> bool:
    """Whether texts take few lines in columns so wide, in points."""
    kind = next(iter((table.get("class") or "").split()), None)
    around = 2 * theme.table.padding.horizontal + theme.table.rule
    for part, tag in (("thead", "th"), ("tbody", "td")):
        size = theme.style(tag, None, kind).size
        for cell in table_cells(table, amounts=False, part=part):
            across = sum(widths[cell.column : cell.column + cell.across])
            room = across - around - indent(cell.classes)
            if ems(cell.text) * size > _MOST_LINES[tag] * room:
                return False
    return True


def _classes(section: Element) -> list[str]:
    return (section.get("class") or "").split()


def _set_classes(section: Element, names: list[str]) -> None:
    section.set("class", " ".join(names))
