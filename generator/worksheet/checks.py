"""The reconciliations of a worksheet, as formulas over its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.vocabulary import Vocabulary
from generator.worksheet.budget import PROJECTS, SUBJECTS, YEARS
from generator.worksheet.layout import Check
from generator.worksheet.words import EXPENSES

_CURRENT, _CARRIED = YEARS
_SUBJECTS_OF_EXPENSES = {
    "因公出国（境）费": "30212",
    "公务接待费": "30217",
    "公务用车运行维护费": "30231",
}
"""Items of 三公经费 that the economic classification has a subject for."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Where the columns of blocks stand: a reference to all their rows, by block and column."""

    columns: Mapping[tuple[str, str], str]
    expenses: Mapping[str, str]
    """The cell of the sum of each item of 三公经费."""

    def of(self, block: str, column: str) -> str:
        """The reference to a column."""
        return self.columns[block, column]

    def has(self, block: str) -> bool:
        """Whether there is such a block."""
        return any(name == block for name, _ in self.columns)


def checks_of(words: Vocabulary, ranges: Ranges) -> Iterator[Check]:
    """The checks of a folder, in the order that they are shown."""
    yield _economic(words, ranges)
    yield from _projects(words.sources, ranges)
    yield from _expenses(ranges)
    if ranges.has("项目绩效目标表"):
        yield Check(
            "绩效目标的年度资金 = 公开绩效目标的项目的当年预算",
            f"SUM({ranges.of('项目绩效目标表', 'year')})",
            f"SUM({ranges.of('项目绩效目标表', 'budget')})",
            remedy="在“绩效目标”表看哪一行差额不是零",
        )


def _economic(words: Vocabulary, ranges: Ranges) -> Check:
    general = words.sources.index(words.general)
    amounts = ranges.of(SUBJECTS, f"s{general}")
    years, kinds = ranges.of(SUBJECTS, "year"), ranges.of(SUBJECTS, "kind")
    return Check(
        f"收支里当年{words.general}的基本支出 = 基本支出经济科目合计",
        f'SUMIFS({amounts},{years},"{_CURRENT}",{kinds},"<>项目支出")',
        f"SUM({ranges.of('基本支出经济科目', 'amount')})",
        remedy="核对“收支”的基本支出和“基本支出经济科目”",
    )


def _projects(sources: Sequence[str], ranges: Ranges) -> Iterator[Check]:
    """What 收支 gives to projects is what those without a subject of their own need."""
    years, kinds = ranges.of(SUBJECTS, "year"), ranges.of(SUBJECTS, "kind")
    codes = ranges.of(PROJECTS, "code")
    for at, source in enumerate(sources):
        amounts, own = ranges.of(SUBJECTS, f"s{at}"), ranges.of(PROJECTS, f"c{at}")
        yield Check(
            f"收支里当年项目支出（{source}）= 没有写科目的项目的当年预算",
            f'SUMIFS({amounts},{years},"{_CURRENT}",{kinds},"项目支出")',
            f'SUMIFS({own},{codes},"")',
            remedy="项目写了科目的，收支里不再填；没有写的，收支里要有",
        )


def _expenses(ranges: Ranges) -> Iterator[Check]:
    codes, amounts = ranges.of("基本支出经济科目", "d"), ranges.of("基本支出经济科目", "amount")
    for item in EXPENSES:
        code, cell = _SUBJECTS_OF_EXPENSES.get(item), ranges.expenses.get(item)
        if code and cell:
            yield Check(
                f"{item} ≥ 基本支出经济科目 {code}",
                cell,
                f'SUMIFS({amounts},{codes},"{code}*")',
                least=True,
                remedy="三公经费含项目支出里的，不会少于基本支出里的",
            )
