"""Units of money as documents state them: 元, 万元 …, above a table, in its head, in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from itertools import takewhile

from msgspec import Struct, field

from generator.core.memo import memo
from generator.core.numbers.format import MoneyFormat
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import squeezed


class Unit(Enum):
    """A unit of money; the value is how many 元 it is."""

    YUAN = Decimal(1)
    HUNDRED = Decimal(100)
    THOUSAND = Decimal(1000)
    WAN = Decimal(10_000)
    HUNDRED_THOUSAND = Decimal(100_000)
    MILLION = Decimal(1_000_000)
    TEN_MILLION = Decimal(10_000_000)
    YI = Decimal(100_000_000)

    @property
    def words(self) -> str:
        """What it is called: 万元."""
        return _WORDS[self]

    @property
    def yuan(self) -> Decimal:
        """How many 元 it is."""
        return self.value


_WORDS: Mapping[Unit, str] = {
    Unit.YUAN: "元",
    Unit.HUNDRED: "百元",
    Unit.THOUSAND: "千元",
    Unit.WAN: "万元",
    Unit.HUNDRED_THOUSAND: "十万元",
    Unit.MILLION: "百万元",
    Unit.TEN_MILLION: "千万元",
    Unit.YI: "亿元",
}
_BY_WORDS: Mapping[str, Unit] = {words: unit for unit, words in _WORDS.items()}
COMMON = (Unit.YUAN, Unit.WAN, Unit.YI)
"""The units that are mistaken for each other in running text."""
PRESCRIBED = Unit.WAN
"""What text is in, and any table of which neither a pack nor itself says otherwise."""
UNIT = r"(?:百万|千万|十万|[百千万亿])?元"
"""A unit, as an expression over folded text."""
_SPACED = r"(?:[百千十]?\s*万|[百千亿])?\s*元"

_MONEY = r"(?:人民币|RMB|CNY)"
_LABELS = "部门|单位|编制|编报|填报|预算|公开|附表|表"
"""What may follow a unit in the same line without a space."""
_LABELLED = late_pattern(
    r"[(\[【]?\s*(?:(?:金额|货币|计量|计价|记账|核算|数据)\s*)?单\s*位\s*[:;]?\s*"
    rf"[(\[]?\s*{_MONEY}?\s*[:,/、]?\s*[(\[]?\s*(?P<unit>{_SPACED})\s*[)\]】]?\s*"
    rf"(?:[(\[]?{_MONEY}[)\]]?)?\s*[)\]】]*(?!(?!{_LABELS})[一-龥])"
)
"""单位：万元 in every usual spelling; not 单位：元宝山, which begins a name."""
_BARE = late_pattern(
    rf"[(\[【]\s*{_MONEY}?\s*(?P<unit>{UNIT})\s*[)\]】]"
    rf"|{_MONEY}\s*:?\s*(?P<money>{UNIT})|[:/,](?P<end>{UNIT})$|^(?P<only>{UNIT})$"
)
"""（万元） or 人民币万元, alone in a line or at the end of a title or of a column's head."""
_DATED = late_pattern(
    r"(?:填表|填报|编制|编报|制表|公开|发布|公布|批复)(?:日期|时间)\s*:\s*(?P<date>\d{1,4}\D{1,2}\d{1,2}\D{1,2}\d{1,4}日?|\d{8})(?!\d)"
)
"""填表日期：2026年2月10日, however the date is written."""
_CURRENCY = late_pattern(rf"(?:币种|货币)\s*:?\s*{_MONEY}(?!\s*{UNIT})")
_NAMED = late_pattern(
    r"(?:(?P<kind>部门|单位)(?:\(单位\)|\(部门\))?名称|(?:编制|编报|填报|预算|公开)(?:部门|单位)(?:名称)?)"
    r"\s*:\s*(?P<name>[^\s:]*)"
)
"""部门名称：某某局, 编制单位：某某局."""


class TableLine(Struct, frozen=True):
    """What a line around a table says: who publishes, in what unit, when; ``rest`` is neither.

    ``kind`` is 部门 or 单位 where the line's label (部门名称) says it, ``""`` otherwise.
    """

    name: str = ""
    kind: str = ""
    unit: Unit | None = None
    rest: str = ""
    date: str = ""

    @property
    def known(self) -> bool:
        """Whether the line says who or in what unit, and nothing else."""
        return not self.rest


@memo(1 << 12)
def table_line(text: str) -> TableLine:
    """Reads a line above or below a table: name, unit and date, in any order."""
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    dated = _DATED.search(line)
    if dated:
        line = " ".join(f"{line[: dated.start()]} {line[dated.end() :]}".split())
    day = dated["date"] if dated else ""
    match = _LABELLED.search(line)
    unit = _unit(match)
    rest = line
    if match and "。" not in line:
        rest = f"{line[: match.start()]} {line[match.end() :]}".strip()
    elif bare := _BARE.fullmatch(line):
        unit, rest = _unit(bare), ""
    else:
        unit = None
    rest = _CURRENCY.sub("", rest).strip()
    named = _NAMED.fullmatch(rest)
    if named is None:
        return TableLine(unit=unit, rest=rest, date=day)
    return TableLine(named["name"], named["kind"] or "", unit, date=day)


@memo(1 << 14)
def unit_in_head(text: str) -> Unit | None:
    """The unit that a title or the head of a column names: 金额（元）, 预算数(单位：万元), 万元."""
    folded = squeezed(text)
    matches = [*_LABELLED.finditer(folded), *_BARE.finditer(folded)]
    return _unit(matches[-1]) if matches else None


@memo(1 << 14)
def without_unit(text: str) -> str:
    """A title or the head of a column, folded, without the unit it names."""
    return _BARE.sub("", _LABELLED.sub("", squeezed(text)))


def _unit(match: re.Match[str] | None) -> Unit | None:
    if match is None:
        return None
    return _BY_WORDS[squeezed(next(each for each in match.groupdict().values() if each))]


def unit_of(words: str) -> Unit:
    """The unit with a name: 万元.

    Raises:
        KeyError: if there is no such unit.
    """
    return _BY_WORDS[words]


class Scale(Struct, frozen=True):
    """What the amounts of a column are in.

    ``grain`` is how finely they are printed, in 元: 100 for 0.01 万元. A table in 元 that was
    made from one in 万元 has amounts in steps of 100 元 too.
    """

    unit: Unit = PRESCRIBED
    grain: Decimal = Decimal(100)


def decimals_in(money: MoneyFormat, unit: Unit) -> int:
    """With how many decimals a format prints amounts in a unit; 0 if it prints in another."""
    return -int(money.step.as_tuple().exponent) if money.unit.yuan == unit.yuan else 0


class TableUnit(Struct, frozen=True):
    """The unit of a table, and of columns that have one of their own; ``None`` if none is named."""

    whole: Unit | None = None
    columns: Mapping[int, Unit] = field(default_factory=dict)

    def of(self, column: int) -> Unit | None:
        """The unit of a column, counted from 0."""
        return self.columns.get(column, self.whole)

    @property
    def stated(self) -> bool:
        """Whether any unit is named."""
        return self.whole is not None or bool(self.columns)


def table_unit(lines: Iterable[str], rows: Sequence[Sequence[str]]) -> TableUnit:
    """Finds the unit of a table.

    Args:
        lines: the lines around the table in the order in which they are believed.
        rows: the rows of its head; the first may hold name and unit like a line above.
    """
    whole = next((unit for line in lines if (unit := _of_line(line))), None)
    columns: dict[int, Unit] = {}
    for row in rows:
        filled = [at for at, cell in enumerate(row) if cell.strip()]
        if all(table_line(row[at]).known for at in filled):
            whole = next((u for at in filled if (u := table_line(row[at]).unit)), whole)
            continue
        for at, unit in _units_of(row):
            span = takewhile(lambda column: not row[column].strip(), range(at + 1, len(row)))  # noqa: B023
            columns |= dict.fromkeys((at, *span), unit)
    if whole is None and len(set(columns.values())) == 1:
        whole = next(iter(columns.values()))  # the other columns of money need no unit again
    return TableUnit(whole, columns)


def _of_line(line: str) -> Unit | None:
    """The unit in a line above a table, which may also be the end of its title."""
    return table_line(line).unit or (None if "。" in line else unit_in_head(line))


def _units_of(row: Sequence[str]) -> list[tuple[int, Unit]]:
    return [(at, unit) for at, cell in enumerate(row) if (unit := unit_in_head(cell))]
