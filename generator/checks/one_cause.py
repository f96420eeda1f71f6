"""One cause is told once: what a rule of any draft and one that knows the format both see.

They see the same if they point to one place and speak of one amount there, or of one subject.
Kept is the finding of the rule that knows the format, which names more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from generator.core.findings import Finding, Location
from generator.core.text.patterns import late_pattern

_PAGE = late_pattern(r"第\d+页")
_SHEET_ROW = late_pattern(r"工作表“(?P<sheet>[^”]*)”(?:[A-Z]+|第)(?P<row>\d+)")
_AMOUNT = late_pattern(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\d.,]*\d)")
"""With decimals or thousands: whole numbers may be years, codes or counts."""

Spot = tuple[Path, str, int | str]


def told_once(
    findings: Iterable[Finding],
    general: Collection[str],
    noise: Iterable[Finding],
    of_others: Collection[str] = (),
) -> list[Finding]:
    """The findings without those of general rules that tell what another one tells.

    Args:
        findings: all that are told: what is left out by request tells nothing.
        general: the codes of the rules that are applied to any draft.
        noise: what the rules that know the format took for noise: it is told as that alone.
        of_others: the codes of rules that compare with another document: theirs is another cause.
    """
    every = list(findings)
    told: dict[Spot, set[Decimal | str]] = defaultdict(set)
    for finding in (*every, *noise):
        if finding.code not in general and finding.code not in of_others:
            for spot in _spots(finding):
                told[spot] |= _facts(finding)
    return [each for each in every if each.code not in general or not _is_told(each, told)]


def _is_told(finding: Finding, told: dict[Spot, set[Decimal | str]]) -> bool:
    facts = _facts(finding)
    return any(facts & told.get(spot, set()) for spot in _spots(finding))


def _spots(finding: Finding) -> Iterator[Spot]:
    for place in (finding.place, *finding.also):
        if place is not None:
            yield from _of_place(place)


def _of_place(place: Location) -> Iterator[Spot]:
    """What tells where a place is: a file, and in it a line, a paragraph, a row or a page."""
    if place.line:
        yield place.file, "line", place.line
    elif place.paragraph:
        yield place.file, "paragraph", place.paragraph
    elif found := _SHEET_ROW.search(place.spot):
        yield place.file, found["sheet"], int(found["row"])
    elif page := _PAGE.search(place.spot):
        yield place.file, "page", page[0]


def _facts(finding: Finding) -> set[Decimal | str]:
    """The amounts that a finding speaks of, and the subjects by name that it is about."""
    amounts = {Decimal(each.replace(",", "")) for each in _AMOUNT.findall(finding.message)}
    subjects = {subject for subject in finding.subjects if subject.startswith("科目/")}
    return {*(amount for amount in amounts if amount), *subjects}
