"""The changes of a total and of its parts, and of both sides of the budget, against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.checks.general.sentences.changes import Fault
from generator.checks.general.sentences.claims import Amount, Change, Claims, Way
from generator.checks.general.sentences.figures import Figure, Interval
from generator.checks.general.sentences.parts import totals_with_members
from generator.checks.general.sentences.passages import Stated, StatedText
from generator.checks.general.sentences.rules import DIFFERENCE
from generator.checks.general.sentences.what_changed import basis_in

_ZERO = Decimal(0)
_GRAND_TOTAL = re.compile(r"(收入|支出)(?:预算)?(?:总计|总额)$")


def faults_of_changes_in_sum(claims: Claims) -> Iterator[tuple[Change, Fault | None]]:
    """The changes of totals whose parts all tell theirs, with what does not hold.

    三公经费 +17.20万元: 公务接待费 -0.80万元, 公务用车购置及运行费 +18.00万元, the third 持平.
    """
    told = _changes_by_amount(claims)
    places = {id(amount): at for at, amount in enumerate(claims.amounts)}
    for whole, members in totals_with_members(claims):
        change = told.get(places[id(whole)])
        parts = [told.get(places[id(member)]) for member in members]
        known = [each for each in parts if each is not None]
        if change is None or len(known) < len(parts) or not _of_one_base([change, *known]):
            continue
        figures = [member.figure for member in members]
        moved = _sum(known, figures)
        fits = _moved(change, whole.figure).meets(moved)
        yield change, None if fits else _fault(whole, change, members, known)


def faults_of_balance(text: StatedText) -> Iterator[tuple[Stated, Change, Fault | None]]:
    """The changes of 收入总计 and 支出总计: where this year's are equal, as last year's were."""
    found: dict[str, list[tuple[Stated, Amount, Change]]] = {"收入": [], "支出": []}
    for stated in text.passages:
        for at, change in _changes_by_amount(stated.claims).items():
            amount = stated.claims.amounts[at]
            if (side := _GRAND_TOTAL.search(amount.topic)) and amount.figure.is_money:
                found[side[1]].append((stated, amount, change))
    for _, income, first in found["收入"]:
        for stated, expenditure, second in found["支出"]:
            if income.figure.agrees(expenditure.figure) and _of_one_base([first, second]):
                moved = _moved(first, income.figure), _moved(second, expenditure.figure)
                fault = None if moved[0].meets(moved[1]) else _unbalanced(income, first, second)
                yield stated, second, fault


def _unbalanced(income: Amount, first: Change, second: Change) -> Fault:
    gap = income.figure.written(abs(_value(first) - _value(second)))
    return Fault(
        DIFFERENCE,
        f"收入总计与支出总计都是 {income.figure.text}，上年也应收支平衡，"
        f"而收入总计写{_words(first)}，支出总计写{_words(second)}，相差 {gap}",
    )


def _changes_by_amount(claims: Claims) -> Mapping[int, Change]:
    """What each amount is told to have changed by in money, if that is told once."""
    found: dict[int, list[Change]] = {}
    for change in claims.changes:
        if change.candidates and change.base < 0:
            found.setdefault(change.candidates[0], []).append(change)
    return {
        at: changes[0]
        for at, changes in found.items()
        if len(changes) == 1 and (changes[0].by or changes[0].way is Way.SAME)
    }


def _of_one_base(changes: Sequence[Change]) -> bool:
    """Whether changes are all against the same: last year's budget is not its outcome."""
    first, *others = changes
    return all(
        each.base_year == first.base_year
        and basis_in(each.base_words) == basis_in(first.base_words)
        for each in others
    )


def _moved(change: Change, figure: Figure) -> Interval:
    """By how much an amount has changed; 持平 is by less than its last digit shows."""
    nothing = Interval(_ZERO, _ZERO)
    if change.way is Way.SAME or change.by is None:
        return figure.interval - figure.interval
    return change.by.interval if change.way is Way.UP else nothing - change.by.interval


def _sum(changes: Sequence[Change], figures: Sequence[Figure]) -> Interval:
    total = Interval(_ZERO, _ZERO)
    for change, figure in zip(changes, figures, strict=True):
        total += _moved(change, figure)
    return total


def _value(change: Change) -> Decimal:
    if change.way is Way.SAME or change.by is None:
        return _ZERO
    return change.by.value if change.way is Way.UP else -change.by.value


def _words(change: Change) -> str:
    return f"{change.way.value} {change.by.text}" if change.by else change.way.value


def _fault(
    whole: Amount, change: Change, members: Sequence[Amount], parts: Sequence[Change]
) -> Fault:
    moved = [each for each in zip(members, parts, strict=True) if _value(each[1])]
    listed = "、".join(f"{member.name}{_words(part)}" for member, part in moved)
    total = sum(map(_value, parts), _ZERO)
    way = Way.UP if total > 0 else Way.DOWN
    summed = f"{way.value} {whole.figure.written(abs(total))}" if total else Way.SAME.value
    gap = whole.figure.written(abs(total - _value(change)))
    return Fault(
        DIFFERENCE,
        f"{whole.name}写{_words(change)}，而各分项中{listed or '没有增减'}，合计{summed}，"
        f"相差 {gap}",
    )
