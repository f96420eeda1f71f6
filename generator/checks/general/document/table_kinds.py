"""The tables that every disclosure has, told by their titles; and what of them stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.checks.general.document.lines import Line, key_of, without_year
from generator.drafts.words.text import folded


class Kind(StrEnum):
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


_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(expression))
    for kind, expression in (
        (Kind.OFFICIAL, ".*(三公|因公出国).*"),
        (Kind.BASIC, ".*基本支出.*"),
        (Kind.CAPITAL, ".*国有资本(经营|收益).*"),
        (Kind.FUNDS, ".*政府性基金.*"),
        (Kind.APPROPRIATION, ".*财政拨款收支.*|.*财政拨款收入支出.*"),
        (Kind.BALANCE, ".*(收支|收入支出)(预算)?总(体情况)?表"),
        (Kind.INCOME, ".*收入(预算)?(总|总体情况|情况)?表"),
        (Kind.GENERAL, ".*(一般(公共)?预算|财政拨款)(?!.*机关运行)(?!.*收入).*支出.*"),
        (Kind.EXPENDITURE, ".*支出(预算)?(总|总体情况|情况)?表"),
    )
)
"""Tried one after the other: a title may say what several kinds do."""
_NOT = re.compile("绩效|目标|项目支出|机关运行经费(?!.*三公)|政府采购|上年结转|决算|明细")
_TITLE = re.compile(r"(.*表)(?:\([^()]*\))?")


def kind_of(title: str) -> Kind | None:
    """Which of the tables a title names; ``None`` for other titles and other tables."""
    text = key_of(re.sub(r"\([^()]*\)", "", folded(title)))
    if not text.endswith("表") or _NOT.search(re.sub("三公.*", "三公", text)):
        return None
    key = without_year(text)
    return next((kind for kind, words in _TITLES if words.fullmatch(key)), None)


def otherwise_titled(lines: Sequence[Line]) -> list[Line]:
    """The titles right above tables that are none of the usual ones, nor others of their own."""
    found: list[Line] = []
    held: Line | None = None
    for line in lines:
        if line.table >= 0:
            found += [held] if held is not None else []
            held = None
        elif line.may_be_heading and _TITLE.fullmatch(folded(line.text)):
            held = line if kind_of(line.text) is None and not _is_other(line.text) else None
    return found


def _is_other(title: str) -> bool:
    return _NOT.search(key_of(re.sub("三公.*", "三公", folded(title)))) is not None


@dataclass(slots=True)
class Titled:
    """A table under its title.

    Attributes:
        title: the line that names it.
        rows: its rows; of a table that goes on over several pages, all of them.
        around: the lines of text from the title to the next one: unit, notes.
    """

    kind: Kind
    title: Line
    rows: list[Line] = field(default_factory=list)
    around: list[Line] = field(default_factory=list)


def titled_tables(lines: Sequence[Line]) -> list[Titled]:
    """The tables of known kinds in the body of a document, in its order."""
    return list(_titled(lines))


def _titled(lines: Iterable[Line]) -> Iterator[Titled]:
    current: Titled | None = None
    for line in lines:
        title = line.may_be_heading and _TITLE.fullmatch(folded(line.text))
        kind = kind_of(line.text) if title else None
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


_CLOSES = re.compile("第.{1,3}(部分|[章篇])|[一二三四五六七八九十]+、")


def _is_of(current: Titled | None, line: Line) -> bool:
    """Whether a title comes again above a further page of its table."""
    return current is not None and current.title.key == line.key.removesuffix("续")
