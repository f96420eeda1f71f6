"""Last year's amounts and the reasons for changes, as the text tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct
from rapidfuzz.distance import Postfix

from generator.core.figures import FigureBook, change_parts
from generator.core.numbers.format import MoneyFormat
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Spot
from generator.drafts.words.text import folded
from generator.importing.amounts.unrounded import Sum, unrounded, yuan_exact
from generator.importing.facts.specimen import Specimen
from generator.importing.facts.told import HeldSections, ToldNumber
from generator.importing.reading import ImportResult
from generator.importing.section_text import words
from generator.model.budget import OfficialExpensesTotals
from generator.reading.sentences import Alignment, Clause, ClausePair, align_passages

_SECTION = "上年预算数"
_OFFICIAL = "三公经费"
_ITEMS = tuple(field.alias or "" for field in OfficialExpensesTotals.model_fields.values())
_GROUPS = {
    "上年/三公经费": _ITEMS,
    "上年/三公经费/公务用车购置及运行费": ("公务用车购置费", "公务用车运行维护费"),
}
"""Which items the sums of 三公经费 hold."""
_WAY = late_pattern("(?P<more>增|上升|提高)|减|下降|降低")
"""What is said of a change nearly everywhere; other words are those of the pack."""


class Prior(Struct, frozen=True):
    """Last year's amount in the unit of the text, as that lets it be computed."""

    amount: Decimal
    spot: Spot


class Ways:
    """Whether words before a change say that the amount grew, by what the pack says of both."""

    def __init__(self, grown: Specimen, shrunk: Callable[[], Specimen | None]) -> None:
        """Takes a specimen in which amounts have grown, and how to make one of the contrary."""
        self.figures = grown.figures
        self.money = grown.pack.settings.numbers.money
        words = grown.pack.vocabulary.change_words
        self._own = re.compile(f"(?:(?P<more>{words.up})|{words.down})了?$")
        self._grown = grown
        self._make = shrunk

    def grew(self, each: ToldNumber) -> bool | None:
        """Whether the words before a change say so; ``None`` if they say nothing of it."""
        if own := self._own.search(each.before):
            return bool(own["more"])
        usual = list(_WAY.finditer(each.before))
        if usual:
            return bool(usual[-1]["more"])
        more, less = (_alike(each, words) for words in self._words)
        return more > less if more != less else None

    @cached_property
    def _words(self) -> tuple[Mapping[str, list[str]], ...]:
        """By address, what the pack prints before a change, of more and of less."""
        return tuple(_before_changes(each) if each else {} for each in (self._grown, self._make()))


def _before_changes(specimen: Specimen) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in specimen.pack.outline.composed:
        for passage in specimen.section(section):
            for mention in passage.mentions:
                if change_parts(mention.address):
                    before = folded(passage.text[: mention.start])
                    found.setdefault(mention.address, []).append(before)
    return found


def _alike(each: ToldNumber, words: Mapping[str, list[str]]) -> int:
    """How many characters right before a change are as the pack prints them."""
    printed = words.get(each.address, ())
    return max((Postfix.similarity(each.before, before) for before in printed), default=0)


def import_changes(
    reading: ImportResult, other: HeldSections, same: HeldSections, ways: Ways
) -> None:
    """Fills 上年预算数 and 变动原因.

    Args:
        reading: what has been read so far.
        other: the draft against sentences in which every amount has changed.
        same: the draft against sentences in which none has.
        ways: what the pack says of amounts that grew, and of others.
    """
    figures = ways.figures
    found = dict(_unchanged(other, same, figures)) | dict(_changed(other, ways))
    _write(reading, found, ways.money)
    reasons = {
        str(path[1]): words(each.words, reading.draft)
        for path, each in (*same.texts.items(), *other.texts.items())
        if path[0] == "变动原因"
    }
    if reasons:
        reading.sections["变动原因"] = reasons


def _changed(told: HeldSections, ways: Ways) -> Iterator[tuple[str, Prior]]:
    """By the address of last year's amount: what this year's and its change let it be."""
    current: dict[tuple[str, str], ToldNumber] = {}
    for number in told.numbers():
        parts = change_parts(number.address)
        if parts is None:
            current[number.section, number.address] = number
            continue
        grew = ways.grew(number)
        if grew is None:
            continue
        change = told_amount(number, ways.money)
        stated = current.get((number.section, parts[0]))
        now = told_amount(stated, ways.money) if stated else ways.figures[parts[0]].printed
        change = change if grew else -change
        yield parts[1], Prior(now - change, number.spot)


def _unchanged(
    other: HeldSections, same: HeldSections, figures: FigureBook
) -> Iterator[tuple[str, Prior]]:
    """The amounts of which the text says, in the words of the pack, that they are last year's."""
    for section, alignment in same.alignments.items():
        said = {pair.expected.start: pair.draft for pair in alignment.pairs}
        word_for_word = {
            pair.expected.start for pair in alignment.pairs if pair.draft.bare == pair.expected.bare
        }
        for start, prior, current, alone in _saying_the_same(section, other, same):
            if start in (said if alone else word_for_word):
                line = same.line(section, said[start].start)
                yield prior, Prior(figures[current].printed, line.spot)


def _saying_the_same(
    section: str, other: HeldSections, same: HeldSections
) -> Iterator[tuple[int, str, str, bool]]:
    """The clauses that stand for one change each: their place, last year's and this address.

    The last is whether a clause says nothing else; one of few words is part of that before it.
    """
    unchanged, changed = same.alignments[section].expected, other.alignments[section].expected
    between = align_passages(unchanged.passages, changed.passages)
    alone = [(gap.draft, gap.expected, True) for gap in between.gaps]
    within = [((pair.draft,), said, False) for pair, said in _with_what_follows(between)]
    for ours, theirs, whole in (*alone, *within):
        changes = {
            parts
            for clause in theirs
            for number in clause.numbers
            if (mention := between.mention(number)) and (parts := change_parts(mention.address))
        }
        if len(ours) == 1 and len(changes) == 1:
            ((current, prior),) = changes
            yield ours[0].start, prior, current, whole


def _with_what_follows(between: Alignment) -> Iterator[tuple[ClausePair, tuple[Clause, ...]]]:
    """Each pair, with its clause of the other text and those after it that have no partner."""
    lone = [each for gap in between.gaps if not gap.draft for each in gap.expected]
    ends = [pair.expected.start for pair in between.pairs[1:]] + [len(between.expected.text)]
    for pair, end in zip(between.pairs, ends, strict=False):
        after = (each for each in lone if pair.expected.start < each.start < end)
        yield pair, (pair.expected, *after)


def told_amount(each: ToldNumber, money: MoneyFormat) -> Decimal:
    """An amount in the unit of the text, whatever unit it stands in."""
    number, unit = each.number, each.number.unit
    return number.value * unit.yuan / money.unit.yuan if unit else number.value


def _write(reading: ImportResult, found: Mapping[str, Prior], money: MoneyFormat) -> None:
    prior: dict[str, object] = {}
    items: dict[str, Prior] = {}
    sums: list[Sum] = []
    for address, each in found.items():
        name = address.removeprefix("上年/")
        item = name.removeprefix(f"{_OFFICIAL}/")
        if each.amount < 0:
            message = f"{item}：本年数减去增加额是负数（{each.amount}{money.unit}）"
            reading.doubt((_SECTION,), message, each.spot)
        elif address in _GROUPS:
            sums.append((_GROUPS[address], each.amount))
        elif item in _ITEMS:
            items[item] = each
        else:
            prior[name] = yuan_exact(each.amount * money.unit.yuan)
    if items:
        prior[_OFFICIAL] = _official(reading, items, sums, money)
    if prior:
        reading.sections[_SECTION] = prior


def _official(
    reading: ImportResult, found: Mapping[str, Prior], sums: Sequence[Sum], money: MoneyFormat
) -> dict[str, str]:
    """Last year's items in 元, as far as they are not zero; one zero if all are."""
    printed = {name: found[name].amount if name in found else Decimal(0) for name in _ITEMS}
    amounts = unrounded(printed, sums, money)
    if amounts is None or any(amount < 0 for amount in amounts.values()):
        spot = next(iter(found.values())).spot
        reading.doubt((_SECTION, _OFFICIAL), "各项与合计的增减额对不上", spot)
        amounts = {
            name: max(Decimal(0), amount * money.unit.yuan) for name, amount in printed.items()
        }
    return {name: yuan_exact(amount) for name, amount in amounts.items() if amount} or {
        next(iter(found)): "0"
    }
