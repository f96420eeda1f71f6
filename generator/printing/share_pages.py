"""Lays tables out for the page: upright where they need no wide one, short ones together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument
from generator.core.memo import Same
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
    sections = [_arranged(section, theme, kept) for section in document.sections]
    placed = [at for at, each in enumerate(sections) if each.element.tag in ("section", "nav")]
    for before, at in pairwise(placed):
        if _share(_sharing(sections[before], theme), _sharing(sections[at], theme)):
            sections[at] = _together(sections[at])
    return document.with_sections(sections)


def _arranged(section: Section, theme: Theme, kept: KeptPieces) -> Section:
    """A section upright where it can be, and with columns by contents where asked for."""

    def arrange(body: Element) -> None:
        (element,) = body
        if theme.table.upright:
            _set_upright(element, theme, kept)
        for table in _fitted_tables(element):
            fit_columns(table, theme.page(element.get("class")), theme)

    def arranged() -> Section | None:
        element = section.element
        turned = theme.table.upright and _TURNED in _classes(element)
        return section.changed(arrange) if turned or _fitted_tables(element) else None

    return section.recall("arranged", Same(theme), arranged) or section


def _fitted_tables(section: Element) -> list[Element]:
    return [table for table in section.iterchildren("table") if "fitted" in _classes(table)]


class _Sharing(NamedTuple):
    """What decides whether a section shares a page.

    Attributes:
        short: whether it is a table of few rows, or says why there is none.
        begins_part: whether it begins a part.
        kind: its classes.
    """

    short: bool
    begins_part: bool
    kind: frozenset[str]


def _sharing(section: Section, theme: Theme) -> _Sharing:
    return section.recall("sharing", Same(theme), lambda: _sharing_of(section.element, theme))


def _sharing_of(section: Element, theme: Theme) -> _Sharing:
    kind = frozenset(_classes(section)) - {"together"}
    return _Sharing(_is_short(section, theme), section.find("h1") is not None, kind)


def _is_short(section: Element, theme: Theme) -> bool:
    if theme.page(section.get("class")) is theme.pages[0] or section.tag != "section":
        return False
    rows = sum(len(body) for body in section.iter("tbody"))
    return rows <= theme.table.short and len(section.findall("table")) <= 1


def _share(before: _Sharing, after: _Sharing) -> bool:
    """A part begins a page of its own; what stands apart from other tables, such as a form, too."""
    both_short = before.short and after.short
    return both_short and not after.begins_part and before.kind == after.kind


def _together(section: Section) -> Section:
    def mark(body: Element) -> None:
        _set_classes(body[0], [*_classes(body[0]), "together"])

    return section.recall("together", (), lambda: section.changed(mark))


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
