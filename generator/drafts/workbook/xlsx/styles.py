"""What the styles of a workbook say of a cell: its number format, and whether it has lines."""

from __future__ import annotations

from msgspec import Struct

from generator.drafts.safety.limits import bounded_number
from generator.drafts.workbook.cell_numbers import GENERAL
from generator.drafts.workbook.xlsx.markup import Element, WorkbookPackage, local

_MOST = 1 << 20
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-m-yy",
    16: "d-m",
    17: "yyyy/m",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    47: "mm:ss",
    48: "##0.0E+0",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The number formats that have numbers alone, as Chinese Excel shows them."""


class CellFormat(Struct, frozen=True):
    """The number format of cells, and whether they have a line on any side."""

    format: str = GENERAL
    ruled: bool = False


PLAIN = CellFormat()


def read_styles(package: WorkbookPackage, name: str) -> list[CellFormat]:
    """The styles of a workbook by number; none if it has no such part."""
    root = package.root(name)
    if root is None:
        return []
    formats = dict(BUILT_IN)
    borders: list[bool] = []
    styles: list[CellFormat] = []
    for group in root:
        match local(group):
            case "numFmts":
                for member in group:
                    number = _number(member, "numFmtId")
                    formats[number] = member.get("formatCode", GENERAL)
            case "borders":
                borders = [_has_line(member) for member in group]
            case "cellXfs":
                for member in group:
                    border = _number(member, "borderId")
                    ruled = border < len(borders) and borders[border]
                    styles.append(
                        CellFormat(formats.get(_number(member, "numFmtId"), GENERAL), ruled)
                    )
    return styles


def _number(element: Element, name: str) -> int:
    return bounded_number(element.get(name), 0, _MOST)


def _has_line(border: Element) -> bool:
    return any(side.get("style", "none") != "none" for side in border)
