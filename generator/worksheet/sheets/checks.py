"""The reconciliations of a worksheet, as formulas over its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model.vocabulary import Vocabulary
from generator.worksheet.layout import Check
from generator.worksheet.sheets.budget import PROJECTS, SUBJECTS, YEARS
from generator.worksheet.sheets.words import EXPENSES

_CURRENT, _ = YEARS
SEEN = 50
"""元 that two amounts must differ by to be printed differently, in 0.01 万元."""
_SUBJECTS_OF_EXPENSES = {
    "因公出国（境）费": "30212",
    "公务接待费": "30217",
    "公务用车运行维护费": "30231",
}
"""Items of 三公经费 that the economic classification has a subject for."""


class Ranges(Struct, frozen=True):
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
    yield from _projects(words.sources, words.appropriations, ranges)
    yield from _expenses(ranges)
    if ranges.has("项目绩效目标表"):
        gaps = ranges.of("项目绩效目标表", "gap")
        yield Check(
            "绩效目标的年度资金与项目金额不一致的张数（差 50 元以内的不算）",
            f"SUMPRODUCT(--(ABS({gaps})>={SEEN}))",
            "0",
            remedy="在“绩效目标”表看哪一行的差额是红的：单位、项目名称或金额不同",
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


def _projects(
    sources: Sequence[str], appropriations: Sequence[str], ranges: Ranges
) -> Iterator[Check]:
    """What 收支 gives to projects is what those without a subject of their own need."""
    years, kinds = ranges.of(SUBJECTS, "year"), ranges.of(SUBJECTS, "kind")
    codes, total = ranges.of(PROJECTS, "code"), ranges.of(SUBJECTS, "sum")
    remedy = "项目写了科目的，收支里不再填；没有写的，收支里要有"
    yield Check(
        "收支里当年项目支出 = 没有写科目的项目的当年预算",
        f'SUMIFS({total},{years},"{_CURRENT}",{kinds},"项目支出")',
        f'SUMIFS({ranges.of(PROJECTS, "current")},{codes},"")',
        remedy=remedy,
    )
    for at, source in enumerate(sources):
        if source in appropriations:
            yield Check(
                f"　其中：{source}",
                f'SUMIFS({ranges.of(SUBJECTS, f"s{at}")},{years},"{_CURRENT}",{kinds},"项目支出")',
                f'SUMIFS({ranges.of(PROJECTS, f"c{at}")},{codes},"")',
                remedy=remedy,
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
