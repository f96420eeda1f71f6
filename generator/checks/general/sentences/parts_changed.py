"""The changes of a total and of its parts, and of both sides of the budget, against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.checks.general.sentences.changes import SentenceFault
from generator.checks.general.sentences.claims import ClaimedAmount, ClaimedChange, Claims, Way
from generator.checks.general.sentences.figures import Interval, SentenceFigure
from generator.checks.general.sentences.parts import totals_with_members
from generator.checks.general.sentences.passages import PassageClaims, StatedText
from generator.checks.general.sentences.rules import DIFFERENCE
from generator.checks.general.sentences.what_changed import basis_in
from generator.core.text.patterns import late_pattern

_ZERO = Decimal(0)
_GRAND_TOTAL = late_pattern(r"(收入|支出)(?:预算)?(?:总计|总额)$")
_WHOSE = late_pattern(
    r".*(?:部门|[局委办会室院部处署厅校学馆站所队园社联镇乡]|中心|公司|街道|政府|单位|机关|[本省市区县]级)"
    r"|预算|[本当全]年|年度|总|的"
)
"""What stands before 收入总计 and does not tell of which money it is: the publisher, the year."""


def faults_of_changes_in_sum(
    claims: Claims,
) -> Iterator[tuple[ClaimedChange, SentenceFault | None]]:
    """The changes of totals whose parts all tell theirs, with what does not hold.

    三公经费 +17.20万元: 公务接待费 -0.80万元, 公务用车购置及运行费 +18.00万元, the third 持平.
    """
    told = _changes_by_amount(claims)
    places = {id(amount): at for at, amount in enumerate(claims.amounts)}
    for whole, members in totals_with_members(claims):
        change = told.get(places[id(whole)])
        parts = [told.get(places[id(member)]) for member in members]
        known = [part for part in parts if part is not None]
        if change is None or len(known) < len(parts) or not _of_one_base([change, *known]):
            continue
        figures = [member.figure for member in members]
        moved = _sum(known, figures)
        fits = _moved(change, whole.figure).meets(moved)
        yield change, None if fits else _fault(whole, change, members, known)


def faults_of_balance(
    text: StatedText,
) -> Iterator[tuple[PassageClaims, ClaimedChange, SentenceFault | None]]:
    """The changes of 收入总计 and 支出总计: where this year's are equal, as last year's were.

    Both must be of the same money: 财政拨款支出总计 is no other side of 收入总计.
    """
    found: dict[str, list[tuple[PassageClaims, ClaimedAmount, ClaimedChange, str]]] = {
        "收入": [],
        "支出": [],
    }
    for stated in text.passages:
        for at, change in _changes_by_amount(stated.claims).items():
            amount = stated.claims.amounts[at]
            if (side := _GRAND_TOTAL.search(amount.topic)) and amount.figure.is_money:
                money = _WHOSE.sub("", amount.topic[: side.start()])
                found[side[1]].append((stated, amount, change, money))
    for _, income, first, received in found["收入"]:
        for stated, expenditure, second, spent in found["支出"]:
            if received != spent:
                continue
            if income.figure.agrees(expenditure.figure) and _of_one_base([first, second]):
                moved = _moved(first, income.figure), _moved(second, expenditure.figure)
                fault = None if moved[0].meets(moved[1]) else _unbalanced(income, first, second)
                yield stated, second, fault


def _unbalanced(
    income: ClaimedAmount, first: ClaimedChange, second: ClaimedChange
) -> SentenceFault:
    gap = income.figure.written(abs(_value(first) - _value(second)))
    return SentenceFault(
        DIFFERENCE,
        f"收入总计与支出总计都是 {income.figure.text}，上年也应收支平衡，"
        f"而收入总计写{_words(first)}，支出总计写{_words(second)}，相差 {gap}",
    )


def _changes_by_amount(claims: Claims) -> Mapping[int, ClaimedChange]:
    """What each amount is told to have changed by in money, if that is told once."""
    found: dict[int, list[ClaimedChange]] = {}
    for change in claims.changes:
        if change.candidates and change.base < 0:
            found.setdefault(change.candidates[0], []).append(change)
    return {
        at: changes[0]
        for at, changes in found.items()
        if len(changes) == 1 and (changes[0].by or changes[0].way is Way.SAME)
    }


def _of_one_base(changes: Sequence[ClaimedChange]) -> bool:
    """Whether changes are all against the same: last year's budget is not its outcome."""
    first, *others = changes
    return all(
        other.base_year == first.base_year
        and basis_in(other.base_words) == basis_in(first.base_words)
        for other in others
    )


def _moved(change: ClaimedChange, figure: SentenceFigure) -> Interval:
    """By how much an amount has changed; 持平 is by less than its last digit shows."""
    nothing = Interval(_ZERO, _ZERO)
    if change.way is Way.SAME or change.by is None:
        return figure.interval - figure.interval
    return change.by.interval if change.way is Way.UP else nothing - change.by.interval


def _sum(changes: Sequence[ClaimedChange], figures: Sequence[SentenceFigure]) -> Interval:
    total = Interval(_ZERO, _ZERO)
    for change, figure in zip(changes, figures, strict=True):
        total += _moved(change, figure)
    return total


def _value(change: ClaimedChange) -> Decimal:
    if change.way is Way.SAME or change.by is None:
        return _ZERO
    return change.by.value if change.way is Way.UP else -change.by.value


def _words(change: ClaimedChange) -> str:
    return f"{change.way.value} {change.by.text}" if change.by else change.way.value


def _fault(
    whole: ClaimedAmount,
    change: ClaimedChange,
    members: Sequence[ClaimedAmount],
    parts: Sequence[ClaimedChange],
) -> SentenceFault:
    moved = [each for each in zip(members, parts, strict=True) if _value(each[1])]
    listed = "、".join(f"{member.name}{_words(part)}" for member, part in moved)
    total = sum(map(_value, parts), _ZERO)
    way = Way.UP if total > 0 else Way.DOWN
    summed = f"{way.value} {whole.figure.written(abs(total))}" if total else Way.SAME.value
    gap = whole.figure.written(abs(total - _value(change)))
    return SentenceFault(
        DIFFERENCE,
        f"{whole.name}写{_words(change)}，而各分项中{listed or '没有增减'}，合计{summed}，"
        f"相差 {gap}",
    )
