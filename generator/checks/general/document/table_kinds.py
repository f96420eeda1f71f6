"""The tables that every disclosure has, told by their titles; and what of them stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from generator.checks.general.document.lines import PlainLine, key_of, without_year
from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import PART
from generator.drafts.words.text import folded


class MinistryTable(StrEnum):
    """财政部's tables for the budget of a department, by the names that they have there."""

    BALANCE = "部门收支总表"
    INCOME = "部门收入总表"
    EXPENDITURE = "部门支出总表"
    APPROPRIATION = "财政拨款收支总表"
    GENERAL = "一般公共预算支出表"
    BASIC = "一般公共预算基本支出表"
    OFFICIAL = "一般公共预算“三公”经费支出表"
    FUNDS = "政府性基金预算支出表"
    CAPITAL = "国有资本经营预算支出表"


_TITLES: tuple[tuple[MinistryTable, re.Pattern[str]], ...] = tuple(
    (kind, late_pattern(expression))
    for kind, expression in (
        (MinistryTable.OFFICIAL, ".*(三公|因公出国).*"),
        (MinistryTable.BASIC, ".*基本支出.*"),
        (MinistryTable.CAPITAL, ".*国有资本(经营|收益).*"),
        (MinistryTable.FUNDS, ".*政府性基金.*"),
        (MinistryTable.APPROPRIATION, ".*财政拨款收支.*|.*财政拨款收入支出.*"),
        (MinistryTable.BALANCE, ".*(收支|收入支出)(预算)?总(体情况)?表"),
        (MinistryTable.INCOME, ".*收入(预算)?(总|总体情况|情况)?表"),
        (MinistryTable.GENERAL, ".*(一般(公共)?预算|财政拨款)(?!.*机关运行)(?!.*收入).*支出.*"),
        (MinistryTable.EXPENDITURE, ".*支出(预算)?(总|总体情况|情况)?表"),
    )
)
"""Tried one after the other: a title may say what several kinds do."""
_NOT = late_pattern("绩效|目标|项目支出|机关运行经费(?!.*三公)|政府采购|上年结转|决算|明细")
_TITLE = late_pattern(r"(.*表)(?:\([^()]*\))?")


def kind_of_title(title: str) -> MinistryTable | None:
    """Which of the tables a title names; ``None`` for other titles and other tables."""
    text = key_of(re.sub(r"\([^()]*\)", "", folded(title)))
    if not text.endswith("表") or _NOT.search(re.sub("三公.*", "三公", text)):
        return None
    key = without_year(text)
    return next((kind for kind, words in _TITLES if words.fullmatch(key)), None)


_WORDS: Mapping[MinistryTable, re.Pattern[str]] = {
    kind: late_pattern(expression)
    for kind, expression in (
        (MinistryTable.BALANCE, "收支|收入|支出|总表"),
        (MinistryTable.INCOME, "收入|收支"),
        (MinistryTable.EXPENDITURE, "支出|收支"),
        (MinistryTable.APPROPRIATION, "拨款"),
        (MinistryTable.GENERAL, "一般公共|公共财政|拨款|支出"),
        (MinistryTable.BASIC, "基本|经济(科目)?分类|(人员|公用)(支出|经费)"),
        (MinistryTable.OFFICIAL, "三公|出国|接待|公务用车|公车"),
        (MinistryTable.FUNDS, "基金"),
        (MinistryTable.CAPITAL, "国有资本|国资"),
    )
}
"""What the title of a table says that may be one of them by another name."""
_OF_THEIR_OWN = late_pattern("资产|购买服务|人员|编制|债务|债券|设备|车辆|房屋|机构|转移支付")
"""What tables are about that many places publish besides."""


def may_be(kind: MinistryTable, title: str) -> bool:
    """Whether a title, though none of the usual ones, may be that of a kind of table.

    It has a word of that kind, or none of any kind and none of another matter: 各项钱的来路表.
    """
    key = key_of(title)
    if any(words.search(key) for words in _WORDS.values()):
        return _WORDS[kind].search(key) is not None
    return not _OF_THEIR_OWN.search(key)


def otherwise_titled(lines: Sequence[PlainLine]) -> list[PlainLine]:
    """The titles right above tables that are none of the usual ones, nor others of their own."""
    found: list[PlainLine] = []
    held: PlainLine | None = None
    for line in lines:
        if line.table >= 0:
            found += [held] if held is not None else []
            held = None
        elif line.may_be_heading and _TITLE.fullmatch(folded(line.text)):
            held = line if kind_of_title(line.text) is None and not _is_other(line.text) else None
        elif not line.may_be_heading or _CLOSES.match(folded(line.text)):
            held = None  # text in between: the next table is not the one that was named
    return found


def _is_other(title: str) -> bool:
    return _NOT.search(key_of(re.sub("三公.*", "三公", folded(title)))) is not None


class Titled(Struct):
    """A table under its title.

    Attributes:
        title: the line that names it.
        rows: its rows; of a table that goes on over several pages, all of them.
        around: the lines of text from the title to the next one: unit, notes.
    """

    kind: MinistryTable
    title: PlainLine
    rows: list[PlainLine] = field(default_factory=list)
    around: list[PlainLine] = field(default_factory=list)


def titled_tables(lines: Sequence[PlainLine]) -> list[Titled]:
    """The tables of known kinds in the body of a document, in its order."""
    return list(_titled(lines))


def _titled(lines: Iterable[PlainLine]) -> Iterator[Titled]:
    current: Titled | None = None
    for line in lines:
        title = line.may_be_heading and _TITLE.fullmatch(folded(line.text))
        kind = kind_of_title(line.text) if title else None
        if title and not _is_of(current, line):
            if current is not None:
                yield current
            current = Titled(kind, line) if kind is not None else None
        elif current is not None and line.table >= 0:
            current.rows.append(line)
        elif current is not None:
            if line.may_be_heading and _CLOSES.match(folded(line.text)):
                yield current
                current = None
            else:
                current.around.append(line)
    if current is not None:
        yield current


_CLOSES = late_pattern(f"{PART}|[一二三四五六七八九十]+、")


def _is_of(current: Titled | None, line: PlainLine) -> bool:
    """Whether a title comes again above a further page of its table."""
    return current is not None and current.title.key == line.key.removesuffix("续")
