"""What a row is by its name: a total, a unit."""

from __future__ import annotations

from generator.checks.general.tables.understood.kinds import plain_title
from generator.checks.general.tables.understood.table import UnderstoodRow
from generator.core.text.patterns import late_pattern

_TOTAL = late_pattern(r".{0,8}(合计|总计|共计|总额|总数)")
_UNIT = late_pattern(
    r".{2,}(局|处|中心|学校|学院|大学|中学|小学|幼儿园|大队|支队|总队|站|所|院|馆|办公室|办|委员会|委|"
    r"协会|联合会|部|厅|本级|机关|团|社|队|校|园|高中部|初中部)"
)
_NO_UNIT = late_pattern(r"项目|经费|资金|补助|费$|费用|采购|工程|建设|维修|购置")


def is_total_row(line: UnderstoodRow) -> bool:
    """Whether a row is the total of a table or of a part of it."""
    return not line.code and bool(_TOTAL.fullmatch(plain_title(line.name)))


def is_unit(name: str) -> bool:
    """Whether a name is that of a unit, not of a project."""
    plain = plain_title(name)
    return bool(_UNIT.fullmatch(plain) and not _NO_UNIT.search(plain))
