"""How cells of tables look, as styles: amounts to the right, totals in bold, levels indented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from generator.compose.document.section import Section
from generator.compose.document.tree import Element
from generator.pack.theme import Align, Theme, indent
from generator.printing.columns.cells import is_bold
from generator.printing.docx.markup import twips
from generator.printing.docx.style_names import MADE_UP, style_id, style_name

_CENTERED = frozenset({"field", "center"})
_ALIGNED = {Align.RIGHT: "金额", Align.CENTER: "居中"}


class CellLook(NamedTuple):
    """A style of cells: what a base style says, and what is different.

    Attributes:
        base_id, base_name: the style that it is based on.
        align: how it is aligned, if the base says otherwise.
        left: indentation in twips.
        bold: whether it is of a row of totals.
    """

    base_id: str
    base_name: str
    align: Align | None
    left: int
    bold: bool

    @property
    def style_id(self) -> str:
        """The style's id; that of the base if nothing is different."""
        if self.is_base:
            return self.base_id
        parts = [self.align.name.capitalize()] if self.align else []
        parts += [f"Left{self.left}"] if self.left else []
        parts += ["Total"] if self.bold else []
        return f"{self.base_id}{MADE_UP}{''.join(parts)}"

    @property
    def name(self) -> str:
        """The style's name, such as 表格正文（金额、合计）."""
        parts = [_ALIGNED.get(self.align, self.align.value)] if self.align else []
        parts += [f"缩进{self.left / 20:g}磅"] if self.left else []
        parts += ["合计"] if self.bold else []
        return f"{self.base_name}（{'、'.join(parts)}）" if parts else self.base_name

    @property
    def is_base(self) -> bool:
        """Whether nothing is different from the base."""
        return not (self.align or self.left or self.bold)


def cell_look(
    theme: Theme, tag: str, classes: str | None, table: str | None, *, bold: bool
) -> CellLook:
    """The look of a cell.

    Args:
        theme: the theme.
        tag: ``td`` or ``th``.
        classes: its class attribute.
        table: first class of its table.
        bold: whether its row is one of totals.
    """
    style = theme.style(tag, classes, table)
    names = set((classes or "").split())
    align = None
    if "amount" in names:
        align = Align.RIGHT
    elif names & _CENTERED or (bold and "label" in names):
        align = Align.CENTER
    left = 0 if align is Align.RIGHT else twips(indent(classes))
    return CellLook(
        style_id(style),
        style_name(style),
        None if align is style.align else align,
        left,
        bold and not style.bold,
    )


def cell_looks(theme: Theme, sections: Iterable[Section]) -> Iterator[CellLook]:
    """The looks of the cells of a document that differ from their base styles."""
    found: set[_Cell] = set()
    for section in sections:
        found |= section.recall("cells", (), partial(_cells, section.element))
    for tag, classes, table, bold in found:
        look = cell_look(theme, tag, classes, table, bold=bold)
        if not look.is_base:
            yield look


_Cell = tuple[str, str | None, str | None, bool]


def _cells(section: Element) -> frozenset[_Cell]:
    return frozenset(
        (str(cell.tag), cell.get("class"), table_kind(table), is_bold(row.get("class")))
        for table in section.iter("table")
        for row in table.iter("tr")
        for cell in row.iterchildren("td", "th")
    )


def table_kind(table: Element) -> str | None:
    """The first class of a table."""
    return next(iter((table.get("class") or "").split()), None)
