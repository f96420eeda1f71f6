"""Applies the rules of sentences to the text of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.general.sentences.changes import SentenceFault, completion_fault, faults_of
from generator.checks.general.sentences.claims import ClaimedChange
from generator.checks.general.sentences.parts import (
    can_be_checked,
    fault_of_share,
    faults_of_lists,
    faults_of_share_sums,
    faults_without_whole,
    members_of,
    of_other_year,
    unequal,
)
from generator.checks.general.sentences.parts_changed import (
    faults_of_balance,
    faults_of_changes_in_sum,
)
from generator.checks.general.sentences.passages import PassageClaims, StatedText, stated_text
from generator.checks.general.sentences.repeated import Twice, twice_in_passage, twice_in_section
from generator.checks.general.sentences.rules import (
    COMPARED_YEAR,
    DIFFERENCE,
    PARTS,
    RATE,
    RULES,
    SHARE,
    TWO_AMOUNTS,
)
from generator.checks.general.sentences.years import wrong_year
from generator.checks.rule import Check, Outcome, Passed, Rule, quoted_part
from generator.core.findings import Finding
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

__all__ = ["CHECKS", "RULES"]

_CLAUSE_ENDS = late_pattern("[，,。；;：:（）()]")


def check_sentences(document: ReadDocument, _: Pack) -> Iterable[Outcome]:
    """Applies E930 to E937 to what the text says, whatever its format."""
    outcomes = sentence_outcomes(stated_text(document))
    if document.origin is Origin.DATA:
        return (_typed(outcome, document) for outcome in outcomes)
    return outcomes


CHECKS: tuple[Check, ...] = (check_sentences,)


def sentence_outcomes(text: StatedText) -> Iterator[Outcome]:
    """What the rules of sentences say of a text."""
    for stated in text.passages:
        yield from _changes(stated, text)
        yield from _lists(stated)
        yield from _shares(stated)
    for stated, change, fault in faults_of_balance(text):
        yield _told(fault, stated, change.start, DIFFERENCE)
    for section in text.sections():
        yield from _sums_over_passages(section)
        yield from _repeated(section, text.year)


def _typed(outcome: Outcome, document: ReadDocument) -> Outcome:
    """A finding at the place where the data has its words: some of them were typed there."""
    if not isinstance(outcome, Finding):
        return outcome
    words = outcome.excerpt.strip("…")
    passage = next((each for each in document.passages if words in each.text), None)
    clauses = sorted(_CLAUSE_ENDS.split(words), key=len, reverse=True)
    places = (document.place_of(passage, clause) for clause in clauses if passage is not None)
    place = next((place for place in places if place.line), outcome.place)
    return replace(outcome, place=place)


def _changes(stated: PassageClaims, text: StatedText) -> Iterator[Outcome]:
    claims = stated.claims
    for change in claims.changes:
        if why := wrong_year(claims, change, text.year, final=text.final):
            words = _quoted(stated, change)
            yield _finding(COMPARED_YEAR, stated, f"{words}：{why}", change.start)
        faults = faults_of(claims, change)
        if faults:
            rule, why = faults[0].rule, "；".join(fault.why for fault in faults)
            yield _finding(rule, stated, f"{_quoted(stated, change)}：{why}", change.start)
        elif faults is not None:
            yield Passed(RATE.code, place=stated.passage.place)
    for change, fault in faults_of_changes_in_sum(claims):
        yield _told(fault, stated, change.start, DIFFERENCE)
    for completion in claims.completions:
        fault = completion_fault(claims, completion)
        yield _told(fault, stated, completion.rate.start, RATE)


def _quoted(stated: PassageClaims, change: ClaimedChange) -> str:
    return f"“{stated.claims.words(change.start, change.end)}”"


def _lists(stated: PassageClaims) -> Iterator[Outcome]:
    for whole, fault in faults_of_lists(stated.claims):
        yield _told(fault, stated, whole.figure.start, PARTS)


def _sums_over_passages(section: list[PassageClaims]) -> Iterator[Outcome]:
    """A total whose parts follow in paragraphs of their own: （一）…（二）…（三）…"""
    for at, stated in enumerate(section):
        if not stated.passage.text.rstrip("：:，, ").endswith("其中") or not stated.claims.amounts:
            continue
        whole = stated.claims.amounts[0]
        parts = [each.claims.amounts[0] for each in section[at + 1 :] if each.claims.amounts]
        members = members_of(whole, parts)
        alike = all(member.figure.same_kind(whole.figure) for member in members)
        if members and alike and not of_other_year(whole, members):
            yield _told(unequal(whole, members), stated, whole.figure.start, PARTS)


def _shares(stated: PassageClaims) -> Iterator[Outcome]:
    claims = stated.claims
    faulty = False
    for share in claims.shares:
        if can_be_checked(claims, share):
            fault = fault_of_share(claims, share)
            faulty = faulty or fault is not None
            yield _told(fault, stated, share.rate.start, SHARE)
    for share, fault in faults_without_whole(claims):
        yield _told(fault, stated, share.rate.start, SHARE)
    if not faulty:
        for fault in faults_of_share_sums(claims):
            yield _told(fault, stated, 0, SHARE)


def _repeated(section: list[PassageClaims], year: int) -> Iterator[Outcome]:
    for stated in section:
        for same, twice in twice_in_passage(stated, year):
            yield Passed(TWO_AMOUNTS.code) if same else _two_amounts(twice)
    for same, twice in twice_in_section(section, year):
        yield Passed(TWO_AMOUNTS.code) if same else _two_amounts(twice)


def _two_amounts(twice: Twice) -> Finding:
    (first, one), (second, other) = twice.first, twice.second
    message = (
        f"{quoted_part(twice.name)}先写 {one.figure.text}，后写“{other.name}”{other.figure.text}"
    )
    finding = _finding(TWO_AMOUNTS, second, message, other.figure.start)
    apart = first.passage.place != second.passage.place
    return replace(finding, also=(first.passage.place,) if apart else ())


def _told(fault: SentenceFault | None, stated: PassageClaims, at: int, rule: Rule) -> Outcome:
    if fault is None:
        return Passed(rule.code, place=stated.passage.place)
    return _finding(fault.rule, stated, fault.why, at)


def _finding(rule: Rule, stated: PassageClaims, message: str, at: int) -> Finding:
    passage = stated.passage
    return rule.finding(
        message,
        passage.place,
        group=passage.group,
        subjects=(passage.subject,),
        excerpt=quoted_part(passage.text, at),
    )
