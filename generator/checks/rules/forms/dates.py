"""Years in project forms belong to the budget year, dates of filling in are dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.checks.asks import project_forms
from generator.checks.forms.each_form import (
    Examination,
    ExaminedForm,
    FormOutcome,
    Found,
    of_each_form,
)
from generator.checks.forms.report import Path
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.core.text.patterns import late_pattern
from generator.model.form_names import GOALS, INDICATORS, PROJECT, TERM
from generator.model.form_names import STAMP as STAMP_KEY
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

YEARS = Rule(
    "W738",
    "绩效目标表的年份属于预算年度",
    "项目名称、项目实施计划、总体目标和绩效指标里的年份不早于预算年度；项目概况、设立必要性里写“预计”"
    "“计划”“要在”的年份也是。《》里的文件名称、文号、包含预算年度的起止年份、届别（2024级）、"
    "写明“截至”“以来”“批复”“按某年标准”“自某年起”等已经发生、已经定下的事，"
    "以及立项依据、制度措施不检查。"
    "“一次性项目（1年结束）”的项目期是1年，“经常性项目（长期开展）”不是1年。",
    "把上年的绩效目标表复制过来没有改，指标的完成时间已经过去，无法考核。",
    "改成预算年度；确是上年事项的，写明是上年的",
    "部门预算绩效目标管理办法（财预〔2015〕88号）：绩效目标与预算年度对应",
    asks=(project_forms,),
)
STAMP = Rule(
    "N738",
    "填报日期在预算编制期间",
    "填报日期以年月日八位数字开头，是一个真实的日子，在预算年度前一年6月到预算年度12月之间。",
    "填报日期太早，说明整张表沿用了以前的；太晚或不是日期，说明导出有误。",
    "重新填报或改正填报日期",
    "预算公开审核惯例",
    asks=(project_forms,),
)

_COMPILING_STARTS = 6
"""Budgets of a year are compiled from about June of the year before."""
_NOT_OF_THE_PROJECT = late_pattern(
    r"《[^》]*》?|[〔\[【（(](?:19|20)\d\d(?:年版)?[〕\]】）)]|"
    r"(?:19|20)\d\d年?[-—–~～至到](?:19|20)\d\d年?|(?:19|20)\d\d级"
)
"""Names and numbers of documents, ranges of years, classes of students."""
_YEAR = late_pattern(r"(?<![\d.])(20\d\d)(?:年度?|(?=\D?底))")
_CLAUSE_END = late_pattern("[，,。；;！\n]")
_HAPPENED = late_pattern(
    "截[至止]|以来|开始|已|曾|批复|上年|去年|共有|印发|下发|签订|成立|[为作]依据|"
    "(?:根据|依[据照]|按).*(?:文件|通知|精神)|"
    "(?<=[年月日度季期初末底旬])起(?![草步点诉用止到来重降飞吊始])"
)
"""Words of a clause about what has happened or been decided."""
_GIVEN = late_pattern(
    "根据|依[据照]|按照|按(?![期时日周旬月季年质量需序])|"
    "(?<![各亲独擅])自(?![查愿主行评筹身治然动觉习学有制办])|"
    "(?<![服遵听])从(?![事业严快优教])"
)
"""Words before a year that is given: 按2024年标准, 自2024年 — and not 按期, 自查."""
_INTENDED = late_pattern(r"(?:预计|计划|拟|将|要)在?$")
_RECENT = 5
"""Without a word of intent, a year longer ago than this is history."""
_TERM = late_pattern(r"(\d+)年")


class Words(Struct, frozen=True):
    """A text of the form.

    ``binding`` where every year in it is of the project; ``of_term`` where it speaks of the
    whole term, which may have begun before the budget year.
    """

    title: str
    text: str
    path: Path
    binding: bool = True
    of_term: bool = False


def check_form_dates(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies the rules about dates to every form."""
    if pack.forms.project is None:
        return
    if document.year:
        yield from _of_each_form(document, pack)
    else:
        yield Unchecked("W738", "绩效目标表", "没有读到预算年度")


@of_each_form
def _of_each_form(form: ExaminedForm) -> Iterator[FormOutcome]:
    for examine in _EXAMINATIONS:
        yield from examine(form)


def _texts(form: ExaminedForm) -> Iterator[Words]:
    content, label = form.content, form.definition.label
    for key in (PROJECT, "项目实施计划"):
        yield Words(label(key), content.texts[key], (key,))
    for half, goal in content.goals.items():
        title = f"{GOALS}（{half}）" if form.definition.both_halves else GOALS
        yield Words(title, goal, (GOALS, half), of_term=half == TERM)
    for key in ("项目概况", "项目设立必要性"):
        yield Words(label(key), content.texts[key], (key,), binding=False)
    for first, groups in content.indicators.items():
        for second, indicators in groups.items():
            for number, indicator in enumerate(indicators):
                path = (INDICATORS, first, second, number)
                title = f"{second}“{indicator.name or indicator.year_name}”"
                yield Words(title, "，".join(indicator.year), path)
                if form.definition.both_halves and indicator.term != indicator.year:
                    yield Words(title, "，".join(indicator.term), path, of_term=True)


def _years(form: ExaminedForm) -> Iterator[FormOutcome]:
    """One finding for all years of a form that are over."""
    found: dict[str, Path] = {}
    budget_year = form.year
    begun = budget_year - max(_length(form) - 1, 0)
    for words in _texts(form):
        for year, clause in _past_years(words, begun if words.of_term else budget_year):
            found.setdefault(
                f"{words.title}写“{quoted_part(clause, width=30)}”（{year}年）", words.path
            )
    if not found:
        yield Passed("W738")
        return
    paths = list(found.values())
    yield Found(
        YEARS,
        f"年份不是预算年度{budget_year}年：{'；'.join(found)}",
        paths[0],
        steps=tuple(dict.fromkeys(str(path[0]) for path in paths)),
        also=tuple(paths[1:]),
        sure=True,
    )


def _length(form: ExaminedForm) -> int:
    """The length of the project's term in years, 1 where it is not stated."""
    found = _TERM.fullmatch(form.content.term.strip())
    return int(found[1]) if found else 1


def _past_years(words: Words, earliest: int) -> Iterator[tuple[int, str]]:
    """Years before the earliest one that the text plans with, each with its clause."""
    if "2" not in words.text:
        return
    text = _NOT_OF_THE_PROJECT.sub("", words.text)
    for found in _YEAR.finditer(text):
        year = int(found[1])
        before = [each.end() for each in _CLAUSE_END.finditer(text, 0, found.start())]
        start = before[-1] if before else 0
        after = _CLAUSE_END.search(text, found.end())
        clause = text[start : after.start() if after else len(text)]
        before_year = text[start : found.start()]
        intended = bool(_INTENDED.search(before_year))
        over = _HAPPENED.search(clause) or _GIVEN.search(before_year)
        planned = words.binding and earliest - year < _RECENT and not over
        if year < earliest and (intended or planned):
            yield year, clause


def _stamp(form: ExaminedForm) -> Iterator[FormOutcome]:
    stamp = re.sub(r"\s", "", form.content.stamp)
    if not stamp:
        return
    day, year = _day(stamp), form.year
    if day is None:
        message = f"填报日期“{stamp}”不是日期"
    elif day < date(year - 1, _COMPILING_STARTS, 1):
        message = (
            f"填报日期{day}早于{year}年度预算的编制期间（{year - 1}年{_COMPILING_STARTS}月起）"
        )
    elif day > date(year, 12, 31):
        message = f"填报日期{day}晚于预算年度{year}年"
    else:
        yield Passed("N738")
        return
    yield Found(STAMP, message, (STAMP_KEY,), steps=(STAMP_KEY,), sure=day is not None)


def _day(stamp: str) -> date | None:
    """The day of a stamp such as 20250219151708, 2025-02-19 or 2025年2月19日."""
    found = re.match(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})", stamp)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _term(form: ExaminedForm) -> Iterator[FormOutcome]:
    """The nature of the project against its term, where one rules out the other."""
    content, years = form.content, _length(form)
    if not _TERM.fullmatch(content.term.strip()):
        return
    once = "一次性" in content.nature and "1年结束" in content.nature
    lasting = "经常性" in content.nature and "长期" in content.nature
    if (once and years != 1) or (lasting and years == 1):
        yield Found(
            YEARS,
            f"项目属性“{content.nature}”与项目期“{content.term}”不符",
            ("项目期",),
            steps=("项目期",),
            remedy="按项目实际改正项目属性或项目期",
        )


_EXAMINATIONS: tuple[Examination, ...] = (_years, _stamp, _term)
RULES = (YEARS, STAMP)
CHECKS: tuple[Check, ...] = (check_form_dates,)
