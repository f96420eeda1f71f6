"""Changes in sentences recomputed from the amounts beside them: direction, difference, rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from generator.checks.general.sentences.claims import (
    ClaimedAmount,
    ClaimedChange,
    Claims,
    Completion,
    Way,
)
from generator.checks.general.sentences.figures import Interval, SentenceFigure
from generator.checks.general.sentences.rules import DIFFERENCE, DIRECTION, RATE, ZERO_BASE
from generator.checks.rule import Rule

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)


class SentenceFault(Struct, frozen=True):
    """Something that does not hold in a passage: the rule, and why, with both numbers."""

    rule: Rule
    why: str


def faults_of(claims: Claims, change: ClaimedChange) -> tuple[SentenceFault, ...] | None:
    """What does not hold of a change; ``None`` if nothing beside it could be compared.

    Where it is not sure which amount has changed, it holds if it holds for one of them.
    """
    if change.opposite:
        return (_two_ways(change, change.opposite),)
    stated = change.base >= 0
    if not stated and (change.way is Way.SAME or not change.candidates or change.by is None):
        return _impossible(change)
    tried = [_faults_if(claims, change, at) for at in change.candidates]
    if not all(tried):
        return () if stated or change.rate else None
    return min(tried, key=lambda faults: sum(fault.rule is DIRECTION for fault in faults))


def fitting_amounts(claims: Claims, change: ClaimedChange) -> tuple[int, ...]:
    """The amounts, by place, that may have changed: of several those that fit what is told."""
    told = change.base >= 0 or (change.by is not None and change.rate is not None)
    if len(change.candidates) < 2 or not told:  # noqa: PLR2004
        return change.candidates
    return tuple(at for at in change.candidates if not _faults_if(claims, change, at))


def _faults_if(claims: Claims, change: ClaimedChange, at: int) -> tuple[SentenceFault, ...]:
    """What does not hold of a change if it is that of the amount at a place."""
    if change.base >= 0:
        return _against_base(claims.amounts[at], claims.amounts[change.base], change)
    return _by_itself(claims.amounts[at], change)


def _two_ways(change: ClaimedChange, opposite: SentenceFigure) -> SentenceFault:
    if change.way is Way.SAME:
        return SentenceFault(DIRECTION, f"写“持平”，又写增减 {opposite.text}")
    other = Way.DOWN if change.way is Way.UP else Way.UP
    said = change.by or change.rate
    words = (
        f"写“{change.way.value} {said.text if said else ''}”，又写“{other.value} {opposite.text}”"
    )
    return SentenceFault(DIRECTION, f"{words}，一增一减")


def _impossible(change: ClaimedChange) -> tuple[SentenceFault, ...] | None:
    rate = change.rate
    if rate is None or change.way is not Way.DOWN or rate.value <= _HUNDRED:
        return None
    return (SentenceFault(RATE, f"下降 {rate.text} 超过了 100%，金额不会少于零"),)


def _against_base(
    current: ClaimedAmount, base: ClaimedAmount, change: ClaimedChange
) -> tuple[SentenceFault, ...]:
    """A change between two amounts that both stand in the passage."""
    now, then = current.figure, base.figure
    both = f"{base.name} {then.text}，{current.name} {now.text}"
    if change.way is Way.SAME:
        alike = (now.unit, now.decimals) == (then.unit, then.decimals)
        same = now.value == then.value if alike else now.agrees(then)
        return () if same else (SentenceFault(DIRECTION, f"写“持平”，而{both}，两数不同"),)
    grown = now.interval - then.interval
    moved = grown if change.way is Way.UP else then.interval - now.interval
    if moved.high < _NOTHING:
        right = Way.DOWN if change.way is Way.UP else Way.UP
        return (SentenceFault(DIRECTION, f"写“{change.way.value}”，而{both}，实际是{right.value}"),)
    found = []
    if change.by and not moved.meets(change.by.interval):
        right_by = now.written(abs(now.value - then.value))
        found.append(SentenceFault(DIFFERENCE, f"{both}，相差 {right_by}，不是 {change.by.text}"))
    if change.rate:
        found += _rate(change.rate, moved, then, both)
    return tuple(found)


def _by_itself(current: ClaimedAmount, change: ClaimedChange) -> tuple[SentenceFault, ...]:
    """A change whose base follows from the amount and the difference."""
    now, by, rate = current.figure, change.by, change.rate
    if by is None:
        return ()
    said = f"{current.name} {now.text}"
    up = change.way is Way.UP
    before = now.interval - by.interval if up else now.interval + by.interval
    value = now.value - by.value if up else now.value + by.value
    if before.high < _NOTHING:
        why = f"{said}，不可能比上年增加 {by.text}（上年会是负数）"
        return (SentenceFault(DIRECTION, why),)
    if rate is None:
        return ()
    then = SentenceFigure(now.written(value), value, now.decimals, now.unit, now.scale, 0, 0)
    both = f"{said}，{change.way.value} {by.text}，推算基数为 {then.text}"
    return tuple(_rate(rate, by.interval, then, both, before.not_below()))


def _rate(
    rate: SentenceFigure,
    moved: Interval,
    base: SentenceFigure,
    both: str,
    exact: Interval | None = None,
) -> Iterator[SentenceFault]:
    """A rate against the difference and the base that it is of."""
    below = exact or base.interval.not_below()
    moved = moved.not_below()
    if base.value == _NOTHING:
        if rate.value:
            yield SentenceFault(ZERO_BASE, f"{both}；基数为 0，算不出百分比，写了 {rate.text}")
        return
    least = _HUNDRED * moved.low / below.high
    most = _HUNDRED * moved.high / below.low if below.low > _NOTHING else None
    seen = rate.interval
    if seen.high < least or (most is not None and seen.low > most):
        middle = (moved.low + moved.high) / 2
        right = (_HUNDRED * middle / base.value).quantize(Decimal("0.01"))
        yield SentenceFault(RATE, f"{both}，应为 {right:f}%，写的是 {rate.text}")


def completion_fault(claims: Claims, completion: Completion) -> SentenceFault | None:
    """What does not hold of 完成预算的 r%."""
    done, budget = claims.amounts[completion.done], claims.amounts[completion.budget]
    both = f"{budget.name} {budget.figure.text}，{done.name} {done.figure.text}"
    if budget.figure.value == _NOTHING:
        return (
            SentenceFault(ZERO_BASE, f"{both}；预算为 0，算不出完成比例")
            if completion.rate.value
            else None
        )
    found = tuple(_rate(completion.rate, done.figure.interval, budget.figure, both))
    return found[0] if found else None
