"""What became of each rule over a document: applied, 无法核对 or 不适用; none is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from generator.checks.rule import Rule
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

NOTHING_TO_COMPARE = "文本里没有读到它要核对的内容"
"""Why a rule has said nothing that lacks none of what it asks for."""


class Inapplicable(Struct, frozen=True):
    """A rule that is about nothing in a document, and why: neither passed nor missed."""

    code: str
    why: str


class RuleStates(Struct, frozen=True):
    """The rules of this program and of the pack's distribution that are selected.

    Attributes:
        applied: compared something, whatever came of it.
        unchecked: could compare nothing of what they are about.
        inapplicable: are about nothing in the document.
    """

    applied: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    inapplicable: tuple[Inapplicable, ...] = ()


def inapplicable_rules(
    rules: Mapping[str, Rule], document: ReadDocument, pack: Pack
) -> Iterator[Inapplicable]:
    """The rules that ask for something that the document or its pack lacks."""
    for code, rule in rules.items():
        lacking = next(filter(None, (ask(document, pack) for ask in rule.asks)), "")
        if lacking:
            yield Inapplicable(code, lacking)


def rule_states(
    codes: Iterable[str],
    lacking: Iterable[Inapplicable],
    met: Collection[str],
    missed: Collection[str],
) -> RuleStates:
    """Sorts rules.

    Args:
        codes: the rules, each of which comes to one state.
        lacking: those that ask for what is not there.
        met: those that have compared something, which counts before all else.
        missed: those that could not compare what they are about.
    """
    reasons = {each.code: each.why for each in lacking}
    applied, unchecked, inapplicable = [], [], []
    for code in codes:
        if code in met:
            applied.append(code)
        elif code in missed and code not in reasons:
            unchecked.append(code)
        else:
            inapplicable.append(Inapplicable(code, reasons.get(code, NOTHING_TO_COMPARE)))
    return RuleStates(tuple(applied), tuple(unchecked), tuple(inapplicable))
