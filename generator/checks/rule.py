"""Rules and what comes of applying them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

Ask = Callable[[ReadDocument, Pack], str]
"""Says what a document or its pack lacks that a rule is about; empty if nothing is lacking."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, in words for finance clerks; the first letter of its code is its tier.

    Attributes:
        checks: what is compared with what.
        why: what goes wrong where it does not hold.
        remedy: how to mend it.
        source: the law, standard or practice that asks for it.
        asks: what must be there that it can be about anything; else it is 不适用.
    """

    code: str
    name: str
    checks: str
    why: str
    remedy: str
    source: str
    asks: tuple[Ask, ...] = field(default=(), kw_only=True, compare=False, repr=False)

    def finding(  # noqa: PLR0913 - a finding has as many parts
        self,
        message: str,
        place: Location | None,
        *,
        group: str,
        subjects: Iterable[str] = (),
        excerpt: str = "",
        remedy: str = "",
        also: Iterable[Location] = (),
    ) -> Finding:
        """A finding of this rule; its own remedy if none more exact is given."""
        return Finding(
            self.code,
            message,
            remedy or self.remedy,
            place,
            group,
            tuple(subjects),
            excerpt,
            tuple(also),
        )


class Passed(Struct, frozen=True):
    """Comparisons of a rule that held.

    ``group`` or ``place`` says in which part of the document, for the check sheet of one that
    follows no pack: only what was compared there is called right.
    """

    code: str
    count: int = 1
    group: str = ""
    place: Location | None = None


class Unchecked(Struct, frozen=True):
    """A comparison that cannot be made, and why: never counted as passed."""

    code: str
    group: str
    why: str


class Noise(Struct, frozen=True):
    """A finding that most likely comes from the extraction of the text, not from the document."""

    finding: Finding


class ToldElsewhere(Struct, frozen=True):
    """A rule that does not hold for a cause that the finding of another rule tells of."""

    code: str


Outcome = Finding | Passed | Unchecked | Noise | ToldElsewhere
Check = Callable[[ReadDocument, Pack], Iterable[Outcome]]
"""Applies one rule, or several that look at the same things, to a document."""


@dataclass(frozen=True, slots=True)
class OwnRule(Rule):
    """A rule that an installed distribution brings for its packs, with what applies it.

    Its code is E, W or N and four digits; ``check`` gives outcomes of this code alone.
    """

    check: Check


def quoted_part(text: str, at: int = 0, width: int = 40) -> str:
    """A text as findings quote it: whole where short, otherwise the part around a place."""
    if len(text) <= width:
        return text
    start = max(0, min(at - width // 2, len(text) - width))
    end = start + width
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))


def merged_findings(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for those of the same code and message, with all their places.

    Where words stand several times in one place, such as a long paragraph, it says how often.
    """
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.group, finding.message), []).append(finding)
    return [found[0] if len(found) == 1 else _as_one(found) for found in alike.values()]


def _as_one(alike: Sequence[Finding]) -> Finding:
    first = alike[0]
    every = (place for each in alike for place in (each.place, *each.also))
    places = [place for place in dict.fromkeys(every) if place is not None]
    times = len({(each.place, each.excerpt, each.subjects) for each in alike})
    often = times > len({each.place for each in alike})
    return replace(
        first,
        message=f"{first.message}（这样写的有 {times} 处）" if often else first.message,
        also=tuple(place for place in places if place != first.place),
        subjects=tuple(dict.fromkeys(subject for each in alike for subject in each.subjects)),
    )
