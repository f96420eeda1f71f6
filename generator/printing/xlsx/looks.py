"""Cell formats of a workbook, from the theme that the other printers use as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.core.numbers.format import MoneyFormat
from generator.pack.theme import Align, Style, Theme, indent
from generator.printing.xlsx.grid import Caption, XlsxCell

_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center", Align.JUSTIFY: "left"}
_TEXT = "@"
_INDENT = 5
"""Points to a step of indentation."""
_CENTERED = frozenset({"field", "center"})


@dataclass(slots=True)
class StatementFormats:
    """The formats of one workbook, each made once.

    Attributes:
        book: the workbook of XlsxWriter.
    """

    book: Any
    theme: Theme
    _made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def caption(self, caption: Caption, align: str | None = None) -> Any:
        """The format of a line above or below a table."""
        style = self.theme.style(caption.tag, caption.classes)
        title = caption.tag != "p"
        return self._format(
            self._font(style),
            align=align or _ALIGN[style.align],
            valign="vcenter",
            text_wrap=title,
        )

    def cell(self, cell: XlsxCell, money: MoneyFormat) -> Any:
        """The format of a cell of a table; amounts are written in its unit and pattern."""
        style = self.theme.style(cell.tag, " ".join(sorted(cell.classes)), "statement")
        of_total = "total" in cell.classes
        font = self._font(style)
        more: dict[str, object] = {"border": 1, "valign": "vcenter", "text_wrap": True}
        if of_total or "subtotal" in cell.classes:
            font["bold"] = True
        if "amount" in cell.classes:
            more |= {"align": "right", "num_format": number_format(money), "text_wrap": False}
        else:
            centred = cell.tag == "th" or bool(cell.classes & _CENTERED)
            centred = centred or (of_total and "label" in cell.classes)
            more |= {"align": "center" if centred else "left", "num_format": _TEXT}
            steps = indent_steps(cell)
            more |= {"indent": steps} if steps and not centred else {}
        return self._format(font, **more)

    def _font(self, style: Style) -> dict[str, object]:
        font = self.theme.fonts.get(style.font)
        name = font.docx if font is not None else "宋体"
        return {"font_name": name, "font_size": style.size, "bold": style.bold}

    def _format(self, font: dict[str, object], **more: object) -> Any:
        properties = font | more
        key = tuple(sorted(properties.items(), key=lambda pair: pair[0]))
        if key not in self._made:
            self._made[key] = self.book.add_format(properties)
        return self._made[key]


def indent_steps(cell: XlsxCell) -> int:
    """How many steps the text of a cell is indented, if it stands at the left."""
    return round(indent(" ".join(cell.classes)) / _INDENT)


def number_format(money: MoneyFormat) -> str:
    """How a spreadsheet shows amounts: the pattern of the pack, and what stands for nothing."""
    zero = f'"{money.zero}"' if money.zero else ""
    return f"{money.pattern};-{money.pattern};{zero};@"


def line_height(style: Style) -> float:
    """Points from one line to the next."""
    return style.line or style.size * 1.3
