"""Money in project forms: totals and sources, both periods, the level of government."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.checks.asks import both_halves, money_of_forms, project_forms
from generator.checks.forms.each_form import ExaminedForm, FormOutcome, Found, Unread, of_each_form
from generator.checks.forms.report import yuan_in_form
from generator.checks.rule import Check, Passed, Rule
from generator.core.text.patterns import late_pattern
from generator.model.form_names import FUNDS, HALVES, TERM, TOTAL, YEAR
from generator.model.performance import LevelFunds

SUM = Rule(
    "E734",
    "绩效目标表资金总额等于各来源之和",
    "每张项目支出绩效目标表，每一期的资金总额等于这一期各资金来源之和；金额到元，一元也不能差。",
    "总额与来源对不上，说明其中一个数字填错，读者无法知道哪个是对的。",
    "核对项目申报系统中的资金来源，改正总额或来源",
    "部门预算绩效目标管理办法（财预〔2015〕88号）所附项目支出绩效目标申报表",
    asks=(
        project_forms,
        money_of_forms,
    ),
)
YEAR_WITHIN_TERM = Rule(
    "W734",
    "年度资金不超过实施期资金",
    "每张项目支出绩效目标表，年度资金总额不大于实施期资金总额；只有年度的表不适用。",
    "年度是实施期的一部分，一年的资金不会多于整个实施期；多半是实施期漏填、少填，或两期填反。",
    "核对实施期的年数和总额，改正填错的一期",
    "预算公开审核惯例",
    asks=(
        project_forms,
        money_of_forms,
        both_halves,
    ),
)
LEVEL = Rule(
    "W736",
    "绩效目标表资金列在对应的级次",
    "项目名称写明中央、省级、市级的，资金列在同一级财政资金；年度的资金来源在实施期里也有资金。",
    "级次填错会使上级转移支付与本级资金混在一起，与项目支出表的项目名称自相矛盾。",
    "按资金文件核对来源，改正填错的一期或项目名称",
    "预算公开审核惯例",
    asks=(
        project_forms,
        money_of_forms,
    ),
)

_LEVEL = late_pattern(
    r"[（(](中央|省级|市级|市本级|市县级?|县级|区级)(?:财政)?(?:资金)?[）)]$|(中央|省级|市级)$|"
    r"(中央|省级|市级|县级|区级)(?:财政)?(?:补助|配套|专项|转移支付)?资金"
)
"""The level of government in a project's name: in brackets, at its end, or as 省级补助资金."""


def sources(funds: LevelFunds) -> dict[str, Decimal]:
    """The money of one period in 元 by its source, those without money left out."""
    return {name: amount for name, amount in funds.items() if amount}


def level_of(name: str) -> str:
    """The level of government that a project's name states, ``""`` if it states none."""
    found = _LEVEL.search(name.strip())
    return next(filter(None, found.groups())) if found else ""


@of_each_form
def check_funds(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Applies the rules about money."""
    yield from _sums(form)
    yield from _year_within_term(form)
    yield from _level(form)


def _sums(form: ExaminedForm) -> Iterator[FormOutcome]:
    for period, funds in _periods(form):
        parts, name = sources(funds), form.definition.total_label(period)
        total, added = form.totals.get(period), sum(parts.values(), Decimal())
        if total is None:
            yield Unread("E734", f"没有读到{name}")
        elif abs(total - added) <= form.contents.half_step * (len(parts) + 1):
            yield Passed("E734")
        else:
            listed = (
                "、".join(f"{name}{yuan_in_form(amount)}" for name, amount in parts.items())
                or "0元"
            )
            yield Found(
                SUM,
                f"{name}是{yuan_in_form(total)}，各来源合计{yuan_in_form(added)}，"
                f"相差{yuan_in_form(abs(total - added))}（应当相等）",
                (FUNDS, period),
                steps=(f"{period}{TOTAL}",),
                excerpt=f"{name}：{yuan_in_form(total)}；其中：{listed}",
            )


def _year_within_term(form: ExaminedForm) -> Iterator[FormOutcome]:
    if not form.definition.both_halves or form.definition.funds is None:
        return
    if len(form.totals) < len(HALVES):
        yield Unread("W734", "两期的资金总额没有都读到")
        return
    term, year = form.totals[TERM], form.totals[YEAR]
    if year <= term:
        yield Passed("W734")
        return
    yield Found(
        YEAR_WITHIN_TERM,
        f"{form.definition.total_label(YEAR)}{yuan_in_form(year)}大于"
        f"{form.definition.total_label(TERM)}{yuan_in_form(term)}，多{yuan_in_form(year - term)}",
        (FUNDS, YEAR),
        steps=(f"{YEAR}{TOTAL}",),
        sure=True,
    )


def _periods(form: ExaminedForm) -> Iterator[tuple[str, LevelFunds]]:
    """The money of each half that the form has."""
    halves = form.definition.halves if form.definition.funds else ()
    return ((half, funds) for half, funds in form.content.funds.items() if half in halves)


def _level(form: ExaminedForm) -> Iterator[FormOutcome]:
    if form.definition.funds is None:
        return
    wrong = list(_wrong_level(form))
    wrong = wrong or list(_changing_source(form))
    yield from wrong or [Passed("W736")]


def _wrong_level(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Money under another level than the one that the project's name states."""
    content = form.content
    level = level_of(content.project)
    declared = form.definition.funds.sources if form.definition.funds else ()
    of_levels = {each.key: each.levels for each in declared if each.levels}
    expected = [name for name, levels in of_levels.items() if level.startswith(levels)]
    if not level or not expected:
        return
    found = []
    for period, funds in _periods(form):
        others = {
            name: amount
            for name, amount in sources(funds).items()
            if name in of_levels and name not in expected
        }
        found += [
            f"{period}有{yuan_in_form(amount)}列在“{name}”" for name, amount in others.items()
        ]
    if found:
        yield Found(
            LEVEL,
            f"项目名称写明“{level}”，应列在“{expected[0]}”，但{'，'.join(found)}",
            (FUNDS,),
            steps=("资金来源",),
        )


def _changing_source(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Money of the year from a source that has none in the term, which the year is part of."""
    if not form.definition.both_halves:
        return
    funds = form.content.funds
    term, year = sources(funds.term), sources(funds.year)
    added = {name: amount for name, amount in year.items() if name not in term}
    if not term or not added:
        return
    of_year = "、".join(f"“{name}”{yuan_in_form(amount)}" for name, amount in added.items())
    of_term = "、".join(f"“{name}”{yuan_in_form(amount)}" for name, amount in term.items())
    yield Found(
        LEVEL,
        f"两期的资金来源不同：年度是{of_year}，实施期没有这一来源（实施期是{of_term}）",
        (FUNDS,),
        steps=("资金来源",),
        sure=True,
    )


RULES = (SUM, YEAR_WITHIN_TERM, LEVEL)
CHECKS: tuple[Check, ...] = (check_funds,)
