"""The cell formats of a worksheet."""

from __future__ import annotations

from typing import Any

from generator.worksheet.layout import CellKind

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#9AA5B1"}
_GREY, _WHITE, _YELLOW, _HEAD = "#EEF1F4", "#FFFFFF", "#FFF4C2", "#D6E4F0"
_AMOUNT = "#,##0.00"


class WorksheetFormats:
    """The formats of one workbook: what is typed is white and unlocked, all else grey."""

    def __init__(self, book: Any) -> None:
        make = book.add_format
        heading = {"font_name": "黑体", "valign": "vcenter"}
        self.title = make(heading | {"font_size": 15})
        self.heading = make(heading | {"font_size": 11})
        self.note = make({**_FONT, "font_color": "#5A6672"})
        self.plain = make({**_FONT})
        self.text = make({**_FONT, "num_format": "@"})
        head = {"bold": True, "align": "center", "text_wrap": True, "bg_color": _HEAD}
        self.head = make({**_FONT, **_BORDER, **head})
        self.label = make({**_FONT, **_BORDER, "bg_color": _GREY, "text_wrap": True})
        number = {"num_format": f"{_AMOUNT};-{_AMOUNT};", "align": "right"}
        self.computed = make({**_FONT, **_BORDER, **number, "bg_color": _GREY})
        self.total = make({**_FONT, **_BORDER, **number, "bg_color": _GREY, "bold": True})
        self.verdict = make({**_FONT, **_BORDER, "bg_color": _GREY, "align": "center"})
        self.wrong = make({"bg_color": "#F8C9C4", "font_color": "#9C0006", "bold": True})
        self.doubtful = make({"bg_color": "#FFE08A"})
        self._inputs = {
            (kind, marked): make(_input(kind, marked=marked))
            for kind in CellKind
            for marked in (False, True)
        }

    def input(self, kind: CellKind, *, marked: bool = False) -> Any:
        """The format of a cell to type into; marked if work is left to be done there."""
        return self._inputs[kind, marked]


def _input(kind: CellKind, *, marked: bool) -> dict[str, Any]:
    base = {**_FONT, **_BORDER, "locked": False, "bg_color": _YELLOW if marked else _WHITE}
    if kind is CellKind.AMOUNT:
        return base | {"num_format": _AMOUNT, "align": "right"}
    if kind is CellKind.COUNT:
        return base | {"num_format": "#,##0.##;-#,##0.##;0", "align": "right"}
    return base | {"num_format": "@", "text_wrap": True}
