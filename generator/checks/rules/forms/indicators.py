"""Indicators of project forms: values that say something, and say the same in both periods."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct
from rapidfuzz.distance import Hamming

from generator.checks.asks import indicators_of_forms, project_forms
from generator.checks.forms.each_form import ExaminedForm, FormOutcome, Found, of_each_form
from generator.checks.forms.indicator_values import (
    Direction,
    Quantity,
    flaw,
    parsed,
    plain_value,
    unit_fits,
)
from generator.checks.forms.report import Path
from generator.checks.rule import Check, Passed, Rule
from generator.core.text.patterns import late_pattern
from generator.model.form_names import INDICATORS, TERM, YEAR
from generator.model.performance import Indicator
from generator.pack.form_parts import Nature

WRONG = Rule(
    "W737",
    "绩效指标值写法正确、两期一致",
    "指标值能读成数字加单位或一句话：没有连写的数字、缺掉或写反的单位；指标和指标值都不空；"
    "实施期和年度的“≥”“≤”方向相同；比率不列在数量指标；满意度、合格率等是不超过100%的百分比，"
    "不用“≤”；“天数”“面积”“科次”“人数”的单位与名称相符；同一指标不写两个不同的值。",
    "指标值读不通或自相矛盾，年终就无法据以自评，是绩效目标审核中退回最多的问题。",
    "在项目申报系统中改正这个指标值，两期同时核对",
    "部门预算绩效目标管理办法（财预〔2015〕88号）：绩效指标应当清晰、细化、可衡量",
    asks=(
        project_forms,
        indicators_of_forms,
    ),
)
QUESTIONABLE = Rule(
    "N737",
    "绩效目标表前后的数字和指标可以核实",
    "年度的数字不大于实施期的数字；金额不列在数量指标；成本指标不写成“≥”；名称是比率的指标有比率；"
    "两期文字不只差一个字；项目概况、计划、总体目标里写的本项目金额与资金总额一致，"
    "同一事项在表内各处的个数、人数一致（相差5%以内、写“约”的尾差不报）。",
    "这些地方多半是填报时复制或漏改，也可能确有原因，需要人看一眼。",
    "核对后改正；确有原因的，在“按实公布说明”里写明",
    "预算公开审核惯例",
    asks=(project_forms,),
)

_RATE_NAME = late_pattern(r"(?<![效频速])率$|比例$")
"""效率, 频率 and 速率 are no parts of a whole."""
_FULL_RATE = late_pattern(
    r"满意度?$|(合格|完成|及时|准确|达标|覆盖|发放|保障|足额|到位|到账|验收|参保|合规|精准)率$"
)
"""Rates of which more is better and 100% is all."""
_CHANGE = late_pattern("提[高升]|增[加长]|上升|降低|下降|减少|应.尽.")
_ENTITLEMENT = late_pattern("标准|补[助贴]|资助|助学|奖|工资|劳务")
"""Costs that are entitlements: 不低于 is a promise there."""
_ALL = 100
_MAY_BE_CUT = 10
"""From this length on a name may have been cut off, and two names may look the same."""


class PeriodIndicator(Struct, frozen=True):
    """An indicator in one period, or in both where they agree."""

    group: str
    period: str
    name: str
    value: str
    path: Path
    natures: frozenset[Nature]

    @property
    def quantity(self) -> Quantity | None:
        """The value as a quantity."""
        return parsed(self.value)

    @property
    def step(self) -> str:
        """The indicator as acceptances name it below its form."""
        return f"{self.group}/{self.name or self.path[-1]}"

    def problem(self, rule: Rule, kind: str) -> Problem:
        """Something wrong with this half."""
        period = f"（{self.period}）" if self.period else ""
        name = f"“{self.name}”" if self.name else "（没有名称）"
        value = f"“{self.value}”" if self.value else "（没有指标值）"
        printed = f"{self.group}{name}{period}是{value}"
        return Problem(rule, kind, printed, self.step, self.path)

    def against(self, year: PeriodIndicator, rule: Rule, kind: str) -> Problem:
        """Something wrong between this half, the term's, and the year's."""
        printed = f"{self.group}“{self.name}”{TERM}是“{self.value}”，{YEAR}是“{year.value}”"
        return Problem(rule, kind, printed, self.step, self.path)


class Problem(Struct, frozen=True):
    """One thing wrong: its kind in words, the indicator and what is printed there."""

    rule: Rule
    kind: str
    printed: str
    step: str
    path: Path


_SHOWN = 4
"""So many of one kind are listed in a finding."""


@of_each_form
def check_indicators(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Applies the rules about indicators; one finding for each kind of problem."""
    kinds: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in _problems(form):
        kinds[problem.rule.code, problem.kind].append(problem)
    yield from map(_found, kinds.values())
    count = sum(len(indicators) for _, _, indicators in _groups(form))
    yield Passed("W737", max(count - sum(map(len, kinds.values())), 0))


def _found(problems: list[Problem]) -> Found:
    first = problems[0]
    listed = "；".join(problem.printed for problem in problems[:_SHOWN])
    more = f"等{len(problems)}项" if len(problems) > _SHOWN else ""
    return Found(
        first.rule,
        f"{first.kind}：{listed}{more}",
        first.path,
        steps=tuple(dict.fromkeys(problem.step for problem in problems)),
        also=tuple(problem.path for problem in problems[1:]),
    )


def _problems(form: ExaminedForm) -> Iterator[Problem]:
    both_halves = form.definition.both_halves
    for group, path, indicators in _groups(form):
        natures = form.definition.natures(group)
        for number, indicator in enumerate(indicators):
            halves = _halves(group, (*path, number), indicator, natures, apart=both_halves)
            yield from _of_indicator(halves)
        yield from _twice(group, path, indicators)


def _groups(form: ExaminedForm) -> Iterator[tuple[str, Path, tuple[Indicator, ...]]]:
    for first, groups in form.content.indicators.items():
        for second, indicators in groups.items():
            yield second, (INDICATORS, first, second), indicators


def _of_indicator(halves: list[PeriodIndicator]) -> Iterator[Problem]:
    """What is wrong with one indicator: in each half, then between the halves."""
    problems = [each for half in halves for each in _in_half(half)]
    between: list[Problem] = []
    if len(halves) > 1 and not any(problem.rule is WRONG for problem in problems):
        between = list(_between(halves[0], halves[1]))
    yield from between or problems


def _halves(
    group: str, path: Path, indicator: Indicator, natures: frozenset[Nature], *, apart: bool
) -> list[PeriodIndicator]:
    """The halves that are not blank; one without a period if both agree, or none is ``apart``."""
    if indicator.term == indicator.year or not apart:
        return [PeriodIndicator(group, "", *indicator.year, path, natures)]
    both = ((TERM, indicator.term), (YEAR, indicator.year))
    return [
        PeriodIndicator(group, period, *words, path, natures)
        for period, words in both
        if any(words)
    ]


# In one half


def _in_half(half: PeriodIndicator) -> Iterator[Problem]:
    if not half.name.strip() or not half.value.strip():
        if half.name.strip() or half.value.strip():
            yield half.problem(WRONG, "指标名称和指标值缺一项")
        return
    written = flaw(half.value)
    if written is not None:
        yield half.problem(WRONG if written.grave else QUESTIONABLE, f"指标值{written.words}")
    if written is None or not written.grave:
        quantity = half.quantity
        yield from _rate_in_words(half) if quantity is None else _of_quantity(half, quantity)


def _of_quantity(half: PeriodIndicator, quantity: Quantity) -> Iterator[Problem]:
    for examine in (_misplaced, _rate_beyond, _cost_at_least):
        yield from examine(half, quantity)
    if not unit_fits(half.name, quantity):
        yield half.problem(WRONG, "单位与指标名称不符")


def _misplaced(half: PeriodIndicator, quantity: Quantity) -> Iterator[Problem]:
    if Nature.COUNTS not in half.natures:
        return
    if quantity.is_rate:
        yield half.problem(WRONG, f"比率列在{half.group}，应列在质量、时效一类的指标")
    elif quantity.is_money:
        yield half.problem(QUESTIONABLE, f"金额列在{half.group}，一般列在成本、经济效益一类的指标")


def _rate_beyond(half: PeriodIndicator, quantity: Quantity) -> Iterator[Problem]:
    satisfaction = Nature.SATISFACTION in half.natures
    if not satisfaction and not _FULL_RATE.search(half.name):
        return
    if satisfaction and not quantity.is_rate:
        yield half.problem(WRONG, "满意度不是百分比")
    elif quantity.is_rate and quantity.high > _ALL:
        yield half.problem(WRONG, "指标值超过100%")
    elif quantity.is_rate and quantity.direction is Direction.AT_MOST:
        yield half.problem(WRONG, "方向相反，这一指标越高越好，应写“≥”或“=”")


def _cost_at_least(half: PeriodIndicator, quantity: Quantity) -> Iterator[Problem]:
    """Costs have an upper limit."""
    at_least = quantity.direction is Direction.AT_LEAST and quantity.is_money
    if Nature.COSTS in half.natures and at_least and not _ENTITLEMENT.search(half.name):
        yield half.problem(QUESTIONABLE, f"{half.group}写成不低于，一般写上限（≤）")


def _rate_in_words(half: PeriodIndicator) -> Iterator[Problem]:
    plain = plain_value(half.value)
    if _RATE_NAME.search(half.name) and not re.search(rf"\d|{_CHANGE.pattern}", plain):
        yield half.problem(QUESTIONABLE, "名称是比率，指标值没有写出比率")


# Between the halves


def _between(term: PeriodIndicator, year: PeriodIndicator) -> Iterator[Problem]:
    one, other = term.quantity, year.quantity
    if one is None or other is None:
        if _misspelt(plain_value(term.value), plain_value(year.value)):
            yield term.against(year, QUESTIONABLE, "两期指标值只差一个字")
    elif {one.direction, other.direction} == {Direction.AT_LEAST, Direction.AT_MOST}:
        yield term.against(year, WRONG, "两期方向相反")
    elif (one.low, one.high) == (other.low, other.high):
        if not one.unit.startswith(other.unit) and not other.unit.startswith(one.unit):
            yield term.against(year, WRONG, "两期单位不同")
    elif one.unit == other.unit and Nature.COUNTS in term.natures and other.high > one.high:
        yield term.against(year, QUESTIONABLE, "年度的数字大于实施期")


def _misspelt(one: str, other: str) -> bool:
    """Whether words are the same but for one character."""
    if len(one) != len(other) or re.search(r"\d", one + other):
        return False
    return Hamming.distance(one, other) == 1


# Within a group


def _twice(group: str, path: Path, indicators: tuple[Indicator, ...]) -> Iterator[Problem]:
    """One indicator with two values; names long enough to be cut off may be two indicators."""
    values: dict[str, list[str]] = defaultdict(list)
    for indicator in indicators:
        name, value = indicator.term if any(indicator.term) else indicator.year
        if name and len(name) < _MAY_BE_CUT and value:
            values[name].append(value)
    for name, each in values.items():
        if len(set(map(plain_value, each))) > 1:
            printed = f"{group}“{name}”是" + "、".join(
                f"“{value}”" for value in dict.fromkeys(each)
            )
            yield Problem(WRONG, "同一指标写了不同的指标值", printed, f"{group}/{name}", path)


RULES = (WRONG, QUESTIONABLE)
CHECKS: tuple[Check, ...] = (check_indicators,)
