"""Rules that installed distributions bring for their packs, in Python.

A distribution declares them as an entry point of the group ``disclosure.rules``: a callable that
gives :class:`OwnRule` objects. They are applied to documents that follow a pack of the same
distribution. Whatever goes wrong in one is a finding that names the distribution.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint

from msgspec import Struct, field

from generator.checks.rule import Noise, Outcome, OwnRule, Passed, Unchecked
from generator.core.findings import Finding, Location
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.pack.library import entry_points
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

GROUP = "disclosure.rules"
_CODE = late_pattern(r"[EWN][1-9]\d{3}")
"""Four digits: the codes of this program have three, whatever comes to them."""
_REMEDY = "告诉发行包 {} 的作者；在此之前换用别的模板包，或卸下它"


class _Brought(Struct):
    """What a distribution brings: its rules, and what is wrong with others."""

    rules: list[OwnRule] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)


def brought_rules() -> Mapping[str, OwnRule]:
    """Every rule of an installed distribution by its code."""
    brought = _brought(tuple(sys.path)).values()
    return {rule.code: rule for each in brought for rule in each.rules}


def rules_of_distribution(distribution: str) -> tuple[OwnRule, ...]:
    """The rules that a distribution brings."""
    brought = _brought(tuple(sys.path)).get(distribution)
    return tuple(brought.rules) if brought else ()


def apply_brought(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies the rules that come with the pack of a document."""
    brought = _brought(tuple(sys.path)).get(pack.distribution) if pack.distribution else None
    if brought is None:
        return
    for flaw in brought.flaws:
        yield _failed(pack.distribution, flaw, document)
    for rule in brought.rules:
        yield from _applied(rule, document, pack)


def _applied(rule: OwnRule, document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """What a rule says, until it fails; codes of others it may not use."""
    outcomes: list[Outcome] = []
    flaw = ""
    try:
        for outcome in rule.check(document, pack):
            if _code(outcome) != rule.code:
                flaw = f"规则 {rule.code} 给出了不属于它的结果，后面的没有核对"
                break
            outcomes.append(outcome)
    except (Exception, SystemExit) as error:  # it may do anything
        flaw = f"规则 {rule.code} 没有做完：出了错（{type(error).__name__}）"
    yield from outcomes
    if flaw:
        yield _failed(pack.distribution, flaw, document)


def _code(outcome: object) -> str:
    if isinstance(outcome, Noise):
        outcome = outcome.finding
    return outcome.code if isinstance(outcome, Finding | Passed | Unchecked) else ""


def _failed(distribution: str, flaw: str, document: ReadDocument) -> Finding:
    return Finding(
        "E306",
        f"发行包 {distribution} 带的规则不能用：{flaw}",
        _REMEDY.format(distribution),
        Location(document.file),
        group="全文",
        subjects=(f"发行包/{distribution}",),
    )


@memo(4)
def _brought(_: tuple[str, ...]) -> dict[str, _Brought]:
    """What is brought by distributions; ``_`` is the path on which they are found."""
    brought: dict[str, _Brought] = {}
    for distribution, point in entry_points(GROUP):
        _take(point, brought.setdefault(distribution.name, _Brought()))
    times = Counter(rule.code for each in brought.values() for rule in each.rules)
    for each in brought.values():
        shared = [rule for rule in each.rules if times[rule.code] > 1]
        each.flaws += [f"代码 {rule.code} 用了不止一次" for rule in shared]
        each.rules = [rule for rule in each.rules if rule not in shared]
    return brought


def _take(point: EntryPoint, brought: _Brought) -> None:
    try:
        made = list(point.load()())
    except (Exception, SystemExit) as error:  # it may do anything when it is imported
        brought.flaws.append(f"读不出“{point.value}”（{type(error).__name__}）")
        return
    for rule in made:
        if not isinstance(rule, OwnRule):
            brought.flaws.append(f"“{point.value}”给出的不是规则（OwnRule）")
        elif not _CODE.fullmatch(rule.code):
            brought.flaws.append(f"代码“{rule.code}”应当是 E、W 或 N 加四位数字")
        else:
            brought.rules.append(rule)
