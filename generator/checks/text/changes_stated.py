"""The changes that a text states: 增加…万元，增长…%, each with the amount it is the change of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.text.text_figures import TextReading, printed_amount
from generator.core.figures import change_parts, is_derived
from generator.core.memo import memo
from generator.core.numbers.rounding import percentage
from generator.core.records import replace
from generator.drafts.words.units import COMMON, UNIT, Unit, unit_of
from generator.model.change_words import ChangeWords, any_of
from generator.pack.text_style import TextStyle
from generator.reading.document import Passage, ReadDocument
from generator.reading.sentences import NUMBER, fold


@memo(16)
def _change(words: ChangeWords) -> re.Pattern[str]:
    """增加…万元，增长…% in the words of a pack, over folded text."""
    amount = any_of((*words.more, *words.less, "增加", "减少"))
    rate = any_of((*words.rises, *words.falls, *words.more, *words.less, *_RATE_WORDS))
    return re.compile(
        rf"(?P<way>{amount})(?P<by>{NUMBER})(?P<unit>{UNIT})"
        rf"(?:[,(]?(?P<rate_way>{rate})(?P<rate>{NUMBER})%)?"
    )


_RATE_WORDS = ("增长", "下降", "增加", "减少")


class ReadChange(Struct, frozen=True):
    """A change as stated, in the unit of the text.

    ``current`` are the amounts that it may start from, the likeliest first.
    """

    words: str
    way: str
    by: Decimal
    rate_way: str
    rate: Decimal | None
    rate_half_step: Decimal
    current: tuple[Decimal, ...]
    address: str
    prior: str
    passage: Passage
    start: int
    unit: Unit
    style: TextStyle

    @property
    def grows(self) -> bool:
        """Whether it says that the amount is more than last year's."""
        return self.style.words.grows(self.way)

    @property
    def signed(self) -> Decimal:
        """The change, negative where it is a decrease."""
        return self.by if self.grows else -self.by


def stated_changes(document: ReadDocument, reading: TextReading) -> Iterator[ReadChange]:
    """Every 增加…万元，增长…% of the text, with the amount that it is the change of."""
    style = document.style
    for section in document.outline.composed:
        text = fold(document.section(section))
        here = {(n.passage, n.start): n for n in reading.numbers}
        for match in _change(style.words).finditer(text.text):
            passage, start = text.origin(match.start("by"))
            stated = here.get((passage, start))
            address = stated.address if stated else ""
            current, prior = change_parts(address) or (
                _first_of_sentence(reading, passage, start),
                "",
            )
            rate = match["rate"]
            unit = unit_of(match["unit"])
            yield ReadChange(
                text.words(*match.span()),
                match["way"],
                _decimal(match["by"]) * unit.yuan / style.money.unit.yuan,
                match["rate_way"] or "",
                _decimal(rate) if rate else None,
                _half_step(rate) if rate else Decimal(0),
                tuple(_amounts_at(document, reading, current)),
                current,
                prior,
                passage,
                start,
                unit,
                style,
            )


def _first_of_sentence(reading: TextReading, passage: Passage, before: int) -> str:
    """The figure a sentence begins with: what it says changed."""
    start = max(passage.text.rfind(mark, 0, before) for mark in "。；;") + 1
    inside = [
        number
        for number in reading.numbers
        if number.passage is passage and start <= number.start < before
    ]
    return inside[0].address if inside and not is_derived(inside[0].address) else ""


def _amounts_at(document: ReadDocument, reading: TextReading, address: str) -> Iterator[Decimal]:
    """The amount in the table, and others that the text states for it."""
    amount = printed_amount(document, address)
    if amount is not None:
        yield amount
    for number in reading.numbers:
        if number.address == address and number.value != amount:
            yield number.value


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _half_step(text: str) -> Decimal:
    return Decimal(5).scaleb(int(_decimal(text).as_tuple().exponent) - 1)


def contradictions(change: ReadChange, current: Decimal) -> list[str]:
    """What does not follow from an amount and its change; empty if all does."""
    style = change.style
    unit, words, step = style.unit, style.words, style.money.step
    prior = current - change.signed
    if prior < -style.half:
        more = words.of_amount(grows=True)
        return [
            f"本年 {current:f} {unit}，不可能比上年{more} {change.by:f} {unit}（上年数会成为负数）"
        ]
    if change.rate is None:
        return []
    found = []
    if words.grows(change.rate_way) is not change.grows:
        found.append(f"金额写“{change.way}”，百分比却写“{change.rate_way}”")
    if abs(prior) <= style.half:
        return [*found, f"上年为 0，不能写{change.rate_way}百分之几"]
    # the change and last year's amount are each rounded to the last digit on their own
    low = 100 * (change.by - step) / (prior + step) - change.rate_half_step
    high = 100 * (change.by + step) / max(prior - step, style.half) + change.rate_half_step
    if not low <= change.rate <= high:
        share = percentage(change.by, prior)
        found.append(
            f"由本年 {current:f} {unit}、{change.way} {change.by:f} {unit}"
            f"推得上年 {prior:f} {unit}，"
            f"应{words.of_rate(grows=change.grows)} {share:f}%，文字写 {change.rate:f}%"
        )
    return found


def in_unit_meant(change: ReadChange) -> ReadChange:
    """The same change in the unit in which its rate follows from it, if only its unit is wrong."""
    if not change.rate or not any(  # of no rate every small amount is right
        contradictions(change, current) for current in change.current
    ):
        return change
    for unit in COMMON:
        other = replace(change, by=change.by * unit.yuan / change.unit.yuan, unit=unit)
        if any(not contradictions(other, current) for current in change.current):
            return other
    return change


def unit_that_sums(
    changes: Sequence[ReadChange], tolerance: Decimal
) -> tuple[ReadChange, ReadChange] | None:
    """The change whose unit alone keeps a total, the first, from being the sum of the others.

    A change that is nothing in the other unit would be right whatever was written.
    """
    off = changes[0].signed - sum((change.signed for change in changes[1:]), Decimal(0))
    for at, change in enumerate(changes):
        for unit in COMMON:
            other = replace(change, by=change.by * unit.yuan / change.unit.yuan, unit=unit)
            more = other.signed - change.signed
            sums = abs(off + (more if at == 0 else -more)) <= tolerance
            if sums and other.by > tolerance:
                return change, other
    return None
