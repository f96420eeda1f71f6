"""Suspects: amounts in 元 that look typed in 万元, each with why it looks so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.compute.ledger.entries import Entry
from generator.core.findings import Location
from generator.core.numbers.rounding import YUAN_PER_WAN

_LEAST, _MOST = YUAN_PER_WAN / 2, YUAN_PER_WAN * 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """An amount in 元 as typed, and why it looks too small."""

    address: str
    amount: Decimal
    place: Location
    why: str = ""


def too_small(small: Decimal, large: Decimal) -> bool:
    """Whether an amount is about ten thousand times smaller than another one."""
    return small > 0 and _LEAST <= large / small <= _MOST


def beside(what: str, expected: Decimal) -> str:
    """Why an amount is too small: the counterpart that says how large it should be, in 元."""
    return f"{what} {expected:f} 元，相差约一万倍"


def suspects(entries: Iterable[Entry], what: str, expected: Decimal) -> Iterator[Suspect]:
    """Entries that are too small beside a counterpart."""
    for entry in entries:
        yield Suspect(entry.address, entry.amount, entry.place, beside(what, expected))
