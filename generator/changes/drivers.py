"""Which moves of a change are worth naming, and in what amounts.

The largest come first, until enough is covered. A change that is small because large moves cancel
names both sides. What is named and the rest, as the text prints them, sum to the change as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.changes.moves import Move, MoveKind, State
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.core.records import replace
from generator.pack.pack import ReasonSettings

ZERO = Decimal(0)
_HALF = Decimal("0.5")
_FEW = 3
"""From so many projects on, those that are too small to be named one by one are told together."""


class Driver(Struct, frozen=True):
    """A move that is named, with its signed amount as printed."""

    move: Move
    amount: Decimal


class NamedDrivers(Struct, frozen=True):
    """What a sentence names: the drivers, largest first, and the rest of the change.

    Attributes:
        named: the moves that are named.
        unnamed: the moves that are not.
        rest: their signed amount as printed; 0 if they cancel or are too small to print.
    """

    named: tuple[Driver, ...]
    unnamed: tuple[Move, ...]
    rest: Decimal


def choose(
    moves: Sequence[Move],
    change: Decimal,
    settings: ReasonSettings,
    text: MoneyFormat = TEN_THOUSANDS,
) -> NamedDrivers | None:
    """Chooses the drivers of a printed change (signed, in the unit of the text).

    ``None`` if nothing can be said: the books do not divide most of the change.
    """
    gross = _gross(moves)
    undivided = _gross(move for move in moves if move.kind is MoveKind.REST)
    if not change or undivided > gross * _HALF:
        return None
    named = _largest(moves, change, settings, text)
    if _gross(named) < gross * _HALF:
        moves = _grouped(moves)
        named = _largest(moves, change, settings, text)
    unnamed = tuple(move for move in moves if move not in named)
    return _printed(named, unnamed, change, text) if named else None


def largest_first(
    moves: Sequence[Move], change: Decimal, most: int, text: MoneyFormat = TEN_THOUSANDS
) -> NamedDrivers | None:
    """The largest moves of a printed change (signed; it may be zero), whatever they cover.

    A single one that would be left is named too. ``None`` if none is large enough to print.
    """
    ordered = sorted(moves, key=lambda each: -abs(each.amount))
    named = [
        move for move in ordered if move.kind is not MoveKind.REST and printed_change(move, text)
    ]
    if len(named) > most + 1:
        named = named[:most]
    unnamed = tuple(move for move in moves if move not in named)
    return _printed(named, unnamed, change, text) if named else None


def printed_change(move: Move, text: MoneyFormat = TEN_THOUSANDS) -> Decimal:
    """A move in the unit of the text: between the amounts that both years' texts print."""
    return text.rounded(move.after) - text.rounded(move.before)


def _gross(moves: Iterable[Move]) -> Decimal:
    return sum((abs(move.amount) for move in moves), ZERO)


def _largest(
    moves: Sequence[Move], change: Decimal, settings: ReasonSettings, text: MoneyFormat
) -> list[Move]:
    """The largest moves; at least one of them goes the way of the change.

    When enough is covered, a move that is half of what may stay uncovered is still named.
    A single move that would be left is named: 其余 would take as many words and say less.
    """
    gross = _gross(moves)
    candidates = [
        move
        for move in sorted(moves, key=lambda each: -abs(each.amount))
        if move.kind is not MoveKind.REST and printed_change(move, text)
    ]
    named: list[Move] = []
    for move in candidates:
        covered = _gross(named) * 100 >= gross * settings.covered
        enough = covered and abs(move.amount) * 200 < gross * (100 - settings.covered)
        small = abs(move.amount) * 100 < gross * settings.smallest
        if named and (enough or small or len(named) == settings.most):
            break
        named.append(move)
    if not any(_agrees(move, change) for move in named):
        with_it = next((move for move in candidates if _agrees(move, change)), None)
        if with_it is None:
            return []
        named = [*named[: max(settings.most - 1, 1)], with_it]
    left = [move for move in moves if move not in named]
    single = len(left) == 1 and left[0] in candidates and left[0].kind is not MoveKind.GROUP
    return [*named, *left] if single else named


def _agrees(move: Move, change: Decimal) -> bool:
    return (move.amount > 0) == (change > 0)


def _grouped(moves: Sequence[Move]) -> list[Move]:
    """Many small projects become one move for each thing that befell them."""
    groups: dict[State, list[Move]] = {}
    for move in moves:
        if move.kind is MoveKind.PROJECT:
            groups.setdefault(move.state, []).append(move)
    grouped = [move for move in moves if move.kind is not MoveKind.PROJECT]
    for state, members in groups.items():
        if len(members) < _FEW:
            grouped.extend(members)
            continue
        before = sum((move.before for move in members), ZERO)
        after = sum((move.after for move in members), ZERO)
        grouped.append(Move(MoveKind.GROUP, state, before, after, details=tuple(members)))
    return sorted(grouped, key=lambda move: -abs(move.amount))


def _printed(
    named: Sequence[Move], unnamed: tuple[Move, ...], change: Decimal, text: MoneyFormat
) -> NamedDrivers | None:
    """Amounts to print: each as its own tables print it, the rest takes what rounding leaves.

    Where nothing is left but rounding, the named amounts take it, by largest remainder.
    """
    amounts = [printed_change(move, text) for move in named]
    left = change - sum(amounts, ZERO)
    exact = sum((move.amount for move in unnamed), ZERO) / text.unit.yuan
    if abs(exact) > text.step * (len(named) + 1) and left:
        return NamedDrivers(tuple(map(Driver, named, amounts)), unnamed, left)
    amounts = _spread(named, amounts, left, text)
    flipped = any(
        amount * printed_change(move, text) <= 0
        for move, amount in zip(named, amounts, strict=True)
    )
    if flipped:
        return None
    return NamedDrivers(tuple(map(Driver, named, amounts)), unnamed, ZERO)


def _spread(
    named: Sequence[Move], amounts: list[Decimal], left: Decimal, text: MoneyFormat
) -> list[Decimal]:
    """Gives last digits that are left over to the amounts that rounding has changed most."""
    amounts = list(amounts)
    step = text.step.copy_sign(left)
    while left:
        short = [
            (move.amount / text.unit.yuan - amount) * step
            for move, amount in zip(named, amounts, strict=True)
        ]
        most = max(range(len(amounts)), key=lambda i: (short[i], abs(amounts[i])))
        amounts[most] += step
        left -= step
    return amounts


def with_details(
    driver: Driver, least: Decimal, text: MoneyFormat = TEN_THOUSANDS
) -> tuple[Driver, ...]:
    """The details of a driver worth naming within it: the same way, and no larger than it is."""
    amount = driver.amount
    details = driver.move.details
    printed = [Driver(replace(each, details=()), printed_change(each, text)) for each in details]
    return tuple(
        detail
        for detail in printed
        if detail.amount * amount > 0 and abs(amount) * least <= abs(detail.amount) <= abs(amount)
    )
