"""Numbers in the words of a project form: its own budget, and counts of the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from rapidfuzz.distance import LCSseq

from generator.checks.forms.each_form import ExaminedForm, FormOutcome, Found, of_each_form
from generator.checks.forms.indicator_values import parsed
from generator.checks.forms.report import Path, yuan_in_form
from generator.checks.rule import Check, Passed, Rule, quoted_part
from generator.checks.rules.forms.indicators import QUESTIONABLE
from generator.core.text.patterns import late_pattern
from generator.model.form_names import GOALS, INDICATORS
from generator.pack.form_parts import Nature

_AMOUNT = r"(?:共计|合计|约|为|共)*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)"
_STATED = (
    r"(?:^|[，,。；;：:]|本|此|该|申请)项目"
    r"(?:总额|总计|合计|共计|金额|预算|资金|概算|经费|申请|需)+" + _AMOUNT,
    r"(?:^|[，,。；;])预算(?:资金)?" + _AMOUNT,
    r"\d{4}年(?:共有)?\d+人[，,]需[省市县区]?级?财政(?:预算|资金)" + _AMOUNT,
    r"(?:^|[，,。；;]|两项)(?:共计|合计|总计)" + _AMOUNT + r"[。；;]?$",
)
"""The form's own budget as its text states it, never a part of it or another project's."""
_BUDGETS = tuple(map(re.compile, _STATED))
_BUDGET_TEXTS = ("项目概况", GOALS)
"""Plans and reasons state parts of the budget in the same words."""
_SIZE = {"元": 1, "万元": 10**4, "亿元": 10**8}
_ROUNDING = Decimal("0.01")
_LEAST_DIFFERENCE = 100
"""Texts round to a percent or to a hundred 元."""

_NEAR = Decimal("0.05")
"""Counts as near as this are the same count, rounded or 约."""
_COUNTERS = "个|名|所|家|台|套|辆|次|项|人次|人"
_OBJECT = late_pattern(rf"(?<![\d.])(?P<number>\d+)(?P<unit>{_COUNTERS})(?P<thing>[一-鿿]{{3,8}})")
"""A count before what is counted: 9个驻军单位."""
_PLEDGE = late_pattern(
    r"(?P<thing>[一-鿿]{4,14}?)(?:约|不少于|大约|至少|共)?"
    rf"(?P<number>\d+(?:\.\d+)?)(?P<wan>万?)(?P<unit>{_COUNTERS})(?=以上|左右|[，,。；;、（(]|$)"
)
"""A count after what is counted: 特困补助50人以上."""
_COUNTING = late_pattern("(?:人数|人次|次数|数量|数)$")
_PROVIDING = late_pattern("(?:受助|惠及|发放|补助|返还)?(?:人数|人次|次数|数量|数)?$")
_SHORTEST_NAME = 4
_LONG_NAME = 8
_BEGINNING = 3
_SHARED = 0.7
"""The part of a long name whose characters a goal must have in the same order."""


@of_each_form
def check_form_numbers(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Holds the numbers in the texts of a form against its money and each other."""
    yield from _budget(form)
    yield from _counts(form)
    yield from _pledges(form)


def _texts(form: ExaminedForm, *keys: str) -> Iterator[tuple[str, str, Path]]:
    """The texts with these keys, or all that state numbers: title, text and path of each."""
    content, definition = form.content, form.definition
    for key in keys or ("项目概况", "项目设立必要性", "项目实施计划", GOALS):
        if key != GOALS:
            yield definition.label(key), content.texts[key], (key,)
            continue
        for half, goal in content.goals.items():
            if half in definition.halves:
                yield definition.goals_label(half), goal, (GOALS, half)


# The budget


def _budget(form: ExaminedForm) -> Iterator[FormOutcome]:
    """The form's own budget as stated; forms of one project under one name may share it."""
    totals = form.totals
    known = [amount for amount in (*totals.values(), form.namesakes) if amount]
    found: dict[str, Path] = {}
    for title, text, path in _texts(form, *_BUDGET_TEXTS):
        plain = re.sub(r"\s", "", text)
        for stated in (each for pattern in _BUDGETS for each in pattern.finditer(plain)):
            amount = Decimal(stated["number"].replace(",", "")) * _SIZE[stated["unit"]]
            if known and not any(_agrees(amount, each) for each in known):
                words = stated[0].strip("，,。；;：:")
                found.setdefault(f"{title}写“{words}”", path)
    if not found:
        yield Passed("N737")
        return
    name = form.definition.total_label
    funds = "、".join(f"{name(half)}{yuan_in_form(amount)}" for half, amount in totals.items())
    yield _note(f"文字里的本项目金额与资金总额不一致：{'；'.join(found)}，{funds}", found)


def _agrees(stated: Decimal, total: Decimal) -> bool:
    return abs(stated - total) <= max(total * _ROUNDING, Decimal(_LEAST_DIFFERENCE))


def _note(message: str, found: dict[str, Path]) -> Found:
    paths = list(found.values())
    return Found(
        QUESTIONABLE,
        message,
        paths[0],
        steps=tuple(dict.fromkeys(str(path[0]) for path in paths)),
        also=tuple(paths[1:]),
        sure=True,
    )


# Counts of the same thing


class Count(Struct, frozen=True):
    """So many of a thing, as one text has it."""

    title: str
    path: Path
    thing: str
    number: Decimal
    words: str

    def contradicts(self, other: Count) -> bool:
        """Whether two counts of one thing differ by more than rounding."""
        larger = max(self.number, other.number)
        return abs(self.number - other.number) > larger * _NEAR


def _counts(form: ExaminedForm) -> Iterator[FormOutcome]:
    """The same thing counted differently in two texts; a text with two counts of it tells none."""
    by_thing: dict[str, dict[str, Count]] = defaultdict(dict)
    for title, text, path in _texts(form):
        for thing, counts in _objects(title, text, path).items():
            if len({count.number for count in counts}) == 1:
                by_thing[thing][title] = counts[0]
    seen: set[frozenset[str]] = set()
    for by_title in by_thing.values():
        counts = list(by_title.values())
        other = next((each for each in counts[1:] if each.contradicts(counts[0])), None)
        pair = frozenset({counts[0].words, other.words}) if other else frozenset()
        if other and pair not in seen:
            seen.add(pair)
            found = {f"{each.title}写“{each.words}”": each.path for each in (counts[0], other)}
            yield _note(f"同一事项前后数字不同：{'；'.join(found)}", found)


def _objects(title: str, text: str, path: Path) -> dict[str, list[Count]]:
    """The counts of a text by the first characters of what is counted."""
    counts: dict[str, list[Count]] = defaultdict(list)
    for found in _OBJECT.finditer(re.sub(r"\s", "", text)):
        key = found["unit"] + found["thing"][:_SHORTEST_NAME]
        words = quoted_part(found[0], width=len(found["number"]) + 7)
        counts[key].append(Count(title, path, key, Decimal(found["number"]), words))
    return counts


def _pledges(form: ExaminedForm) -> Iterator[FormOutcome]:
    """Counts in the goals against the indicators of the same name."""
    indicators = list(_indicators(form))
    found: dict[str, Path] = {}
    for title, text, path in _texts(form, GOALS):
        for pledge in _PLEDGE.finditer(re.sub(r"\s", "", text)):
            number = Decimal(pledge["number"]) * (_SIZE["万元"] if pledge["wan"] else 1)
            count = Count(title, path, pledge["thing"], number, pledge[0])
            for other in indicators:
                if _same_thing(count.thing, other.thing) and count.contradicts(other):
                    found.setdefault(
                        f"{title}写“{quoted_part(count.words)}”，{other.words}", count.path
                    )
    if found:
        yield _note(f"总体目标与绩效指标的数字不同：{'；'.join(found)}", found)


def _indicators(form: ExaminedForm) -> Iterator[Count]:
    for first, groups in form.content.indicators.items():
        for second, indicators in groups.items():
            counts = Nature.COUNTS in form.definition.natures(second)
            for number, indicator in enumerate(indicators) if counts else ():
                name, value = indicator.year if any(indicator.year) else indicator.term
                quantity = parsed(value)
                if quantity and quantity.low == quantity.high and quantity.low:
                    path = (INDICATORS, first, second, number)
                    words = f"指标“{name}”是“{value}”"
                    yield Count(second, path, name, quantity.low, words)


def _same_thing(text: str, name: str) -> bool:
    """Whether a goal speaks of what an indicator counts: one ends like the other.

    A long name, often cut off by the form system, may be shortened in the goal.
    """
    for endings in (_COUNTING, _PROVIDING):
        one, other = endings.sub("", text), endings.sub("", name)
        shorter, longer = sorted((one, other), key=len)
        if len(shorter) >= _SHORTEST_NAME and longer.endswith(shorter):
            return True
    begins = len(name) >= _LONG_NAME and name[:_BEGINNING] in text
    return begins and LCSseq.similarity(text, name) >= len(name) * _SHARED


RULES: tuple[Rule, ...] = ()
"""Its findings are those of N737."""
CHECKS: tuple[Check, ...] = (check_form_numbers,)
