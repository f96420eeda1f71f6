"""Pairs the indicators of the two halves below one second level.

The half of the year repeats that of the term, often in another order and with
names clipped by the spreadsheet. In a text draft both are brought together by
name; in an exact draft the rows stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from generator.drafts.draft import Row
from generator.importing.forms.rows import akin


class NamedIndicator(Struct, frozen=True):
    """An indicator in one half: name, value, and the row it stands in."""

    name: str
    value: str
    row: Row


class IndicatorPair(Struct):
    """An indicator in both halves, or in one."""

    term: NamedIndicator | None
    year: NamedIndicator | None

    def data(self, *, exact: bool) -> dict[str, str]:
        """The entry in the data; a clipped name is completed from the other half."""
        if self.term is None:
            only = self.year
            return {"指标": only.name, "年度": only.value} if only else {"指标": "", "指标值": ""}
        if self.year is None:
            return {"指标": self.term.name, "实施期": self.term.value}
        entry = {"指标": self.term.name}
        if self.same_name and not exact:
            entry["指标"] = max(self.term.name, self.year.name, key=len)
        elif self.term.name != self.year.name:
            entry["年度指标"] = self.year.name
        if self.term.value == self.year.value:
            return entry | {"指标值": self.term.value}
        return entry | {"实施期": self.term.value, "年度": self.year.value}

    @property
    def same_name(self) -> bool:
        """Whether one name is the other, perhaps clipped."""
        return bool(self.term and self.year) and akin(
            self.term.name if self.term else "", self.year.name if self.year else ""
        )

    def problem(self, *, exact: bool) -> str:
        """What is not certain about the pair."""
        if self.term is None or self.year is None:
            return ""
        if not self.same_name and not exact:
            return f"两期指标名称不同：{self.term.name}、{self.year.name}"
        if exact and self.term.name != self.year.name and self.same_name:
            return f"年度指标名称疑被截短：{self.year.name}"
        return ""


Rows = list[tuple[NamedIndicator | None, NamedIndicator | None]]
Test = Callable[[NamedIndicator, NamedIndicator], bool]


def _same_row(term: NamedIndicator, year: NamedIndicator) -> bool:
    return term.row is year.row


def _same_value(term: NamedIndicator, year: NamedIndicator) -> bool:
    return akin(term.value, year.value)


def _same_name(term: NamedIndicator, year: NamedIndicator) -> bool:
    return bool(term.name and year.name) and akin(term.name, year.name)


PASSES: tuple[tuple[Test, ...], ...] = (
    (_same_row, _same_name, _same_value),
    (_same_name, _same_value),
    (_same_row, _same_name),
    (_same_name,),
    (_same_row,),
)
"""The tests a pair has to pass, the strictest first."""


def pairs(rows: Rows, *, exact: bool) -> list[IndicatorPair]:
    """The indicators in the order of the term; those of the year alone come last."""
    if exact:
        return [IndicatorPair(term, year) for term, year in rows if term or year or len(rows) > 1]
    years = [year for _, year in rows if year]
    found: dict[int, NamedIndicator] = {}
    terms = [term for term, _ in rows if term]
    for tests in PASSES:
        for term in terms:
            if id(term) in found:
                continue
            match = next((y for y in years if all(test(term, y) for test in tests)), None)
            if match:
                found[id(term)] = match
                years.remove(match)
    paired = [IndicatorPair(term, found.get(id(term))) for term in terms]
    return paired + [IndicatorPair(None, year) for year in years]
