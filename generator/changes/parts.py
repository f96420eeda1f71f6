"""What changed by source of funds or class of expenditure: 情况说明 二 to 四, where a pack asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.changes.drivers import NamedDrivers, largest_first, printed_change
from generator.changes.moves import Move, MoveKind
from generator.core.figures import Figure
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.model.change_words import USUAL_WORDS, ChangeWords

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that changed: its name, which way, and by how much.

    The amount has no sign; it is in the unit of the text.
    """

    name: str
    way: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class PartChanges:
    """What changed within a total; the amounts add up to its printed change.

    Attributes:
        total_unchanged: whether both years print the same total.
        parts: largest first, 其余 last where it is printed; empty if nothing changed.
    """

    total_unchanged: bool
    parts: tuple[PartChange, ...]


def part_changes(
    total: Move,
    parts: Iterable[Move],
    most: int,
    text: MoneyFormat = TEN_THOUSANDS,
    words: ChangeWords = USUAL_WORDS,
) -> PartChanges | None:
    """The largest changes of the parts of a total; ``None`` if no amounts can be printed.

    What of the total is in none of the parts counts as 其余. The names of the moves are those
    that the sentence uses; the name of the total is its address.
    """
    moved = [part for part in parts if part.amount]
    beyond = total.amount - sum((part.amount for part in moved), ZERO)
    if beyond:
        moved.append(Move(MoveKind.REST, "其余", max(-beyond, ZERO), max(beyond, ZERO)))
    change = printed_change(total, text)
    if not change and not any(printed_change(part, text) for part in moved):
        return PartChanges(True, ())
    choice = largest_first(moved, change, most, text)
    if choice is None:
        return None
    told = _told(choice, text)
    return PartChanges(
        not change, tuple(_part(name, amount, total.name, text, words) for name, amount in told)
    )


def _told(choice: NamedDrivers, text: MoneyFormat) -> Sequence[tuple[str, Decimal]]:
    told = [(driver.move.name, driver.amount) for driver in choice.named]
    if abs(choice.rest) >= text.step:
        told.append(("其余", choice.rest))
    return told


def _part(
    name: str, amount: Decimal, total: str, text: MoneyFormat, words: ChangeWords
) -> PartChange:
    size = abs(amount)
    address = f"{total} 比上年/{name}"
    sources = (total, f"上年数据/{total}")
    figure = Figure(address, size, size, text.unit.value, f"{size:f}", sources)
    return PartChange(name, words.of_amount(grows=amount > 0), figure)
