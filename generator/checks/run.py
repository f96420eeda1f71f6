"""Runs the checks over a document: what is wrong, accepted, noise, passed or cannot be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.checks import general
from generator.checks.installed import apply_brought
from generator.checks.installed import rules_of_distribution as rules_brought_by
from generator.checks.one_cause import told_once
from generator.checks.pack_rules import rules_of_pack
from generator.checks.rule import Noise, Passed, Rule, ToldElsewhere, Unchecked, merged_findings
from generator.checks.rules import ANYWHERE, CHECKS, OF_ANY_FORMAT, RULES
from generator.checks.rules.any_content import FORMAT
from generator.checks.selection import Selection
from generator.checks.sheet.outline import SheetOutline, sheet_outline
from generator.checks.states import RuleStates, inapplicable_rules, rule_states
from generator.core.codes import by_number
from generator.core.findings import Finding, Location, Severity
from generator.drafts.parts.recognition import Recognition
from generator.load.entity_folder import LoadedDisclosure
from generator.model.disclosure import Acceptance
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

Spot = tuple[str, Location | None]
"""A part of a document as findings call it, and a place in it; one of them may be lacking."""
_ORDER = list(Severity)


class Accepted(Struct, frozen=True):
    """A finding that the data accepts, with the reason given there."""

    finding: Finding
    reason: str


class PackRules(Struct, frozen=True):
    """The rules of the pack of a document, and what became of those that are selected.

    Attributes:
        pack: the pack, as reports call it; empty if nobody says.
        folder: where it is.
        rules: all of its rules by their codes.
        applied: compared something, whatever came of it.
        unchecked: could compare nothing of what they are about.
        inapplicable: are about nothing in the document: neither passed nor missed.
        broken: do not hold, and the finding of another rule tells of that.
    """

    pack: str = ""
    folder: Path = Path()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    applied: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    inapplicable: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()


class Report(Struct, frozen=True):
    """What the checks found in one document."""

    file: Path
    title: str
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    noise: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)
    recognition: Recognition | None = None
    """How much of a draft was recognised; ``None`` for data."""
    format: str = ""
    """The first line of every report: which format it is and how much was recognised."""
    order: tuple[str, ...] = ()
    """The names of the parts, sections and statements of its pack, as they follow each other."""
    pack_rules: PackRules = field(default_factory=PackRules)
    states: RuleStates = field(default_factory=RuleStates)
    """What became of every other rule."""
    sheet: SheetOutline = field(default_factory=SheetOutline)
    """The rows of its check sheet."""
    held: Mapping[Spot, int] = field(default_factory=dict)
    """Comparisons that held by their part of the document or place, as far as rules tell it."""

    def count(self, severity: Severity) -> int:
        """How many open findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


def run_checks(
    document: ReadDocument,
    pack: Pack,
    selection: Selection,
    loaded: LoadedDisclosure | None = None,
    known: Iterable[Finding] = (),
) -> Report:
    """Checks a document.

    Args:
        document: what is checked.
        pack: whose statements and relations it follows.
        selection: which rules are applied.
        loaded: the data behind the document, for what it accepts.
        known: findings that loading and composing the data have made.
    """
    told = _apply(document, pack, selection)
    accepts = bool(loaded and loaded.disclosure.acceptances)
    states = _states(told, document, pack, selection, accepts=accepts)
    findings = [*known, *_each_cause_once(told, selection)]
    acceptances = loaded.disclosure.acceptances if loaded else ()
    still_open, accepted, matched = _accept(findings, acceptances)
    if loaded:
        still_open += _unmatched(loaded, matched)
    return Report(
        document.file,
        document.title,
        tuple(_sorted(merged_findings(f for f in still_open if _is_wanted(f, selection)))),
        tuple(each for each in accepted if selection.takes(each.finding.code)),
        tuple(merged_findings(f for f in told.noise if selection.takes(f.code))),
        _unchecked(told, states, selection),
        {code: count for code, count in sorted(told.passed.items()) if selection.takes(code)},
        document.recognition,
        document.format_line,
        _order(pack),
        _pack_rules(told, pack, selection),
        states,
        sheet_outline(document, pack),
        dict(told.held),
    )


def _each_cause_once(told: _Told, selection: Selection) -> list[Finding]:
    """The findings, each cause once; one that is not selected stands for no other.

    Those not selected stay among them: what is accepted is compared with all.
    """
    wanted = [finding for finding in told.findings if _is_wanted(finding, selection)]
    others = [finding for finding in told.findings if not _is_wanted(finding, selection)]
    noise = [finding for finding in told.noise if selection.takes(finding.code)]
    return [*told_once(wanted, general.CODES, noise, general.OF_OTHERS), *others]


def _pack_rules(told: _Told, pack: Pack, selection: Selection) -> PackRules:
    """What became of the rules of the pack; none is applied to a document of another format."""
    rules = rules_of_pack(pack)
    selected = [code for code in rules if selection.takes(code)]
    met = told.met
    missed = {each.code for each in told.unchecked} if told.known else set(rules)
    return PackRules(
        pack.format,
        pack.folder,
        rules,
        tuple(code for code in selected if code in met),
        tuple(code for code in selected if code in missed - met),
        tuple(code for code in selected if code not in missed | met),
        frozenset(told.elsewhere),
    )


def _states(
    told: _Told, document: ReadDocument, pack: Pack, selection: Selection, *, accepts: bool
) -> RuleStates:
    """What became of the rules that are not the pack's.

    To a document of another format those were not applied that need its parts. What data accepts
    (``accepts``) is compared with what was found, whatever that is.
    """
    brought = rules_brought_by(pack.distribution) if pack.distribution else ()
    rules = RULES | {rule.code: rule for rule in brought}
    missed = {each.code for each in told.unchecked}
    if not told.known:
        missed |= rules.keys() - OF_ANY_FORMAT
    return rule_states(
        (code for code in by_number(rules) if selection.takes(code)),
        inapplicable_rules(rules, document, pack),
        told.met | ({"W751"} if accepts else set()),
        missed,
    )


def _unchecked(told: _Told, states: RuleStates, selection: Selection) -> tuple[Unchecked, ...]:
    """What could not be compared, each once, but for rules that are about nothing here."""
    beside = {each.code for each in states.inapplicable}
    wanted = (each for each in told.unchecked if selection.takes(each.code))
    return tuple(dict.fromkeys(each for each in wanted if each.code not in beside))


def _order(pack: Pack) -> tuple[str, ...]:
    found: list[str] = []
    for heading in pack.outline.walk():
        found.append(pack.outline.group(heading.id))
        if heading.role is Role.STATEMENTS:
            found += [statement.number for statement in pack.statements]
    return tuple(found)


class _Told(Struct):
    """What the checks said of a document, sorted."""

    findings: list[Finding] = field(default_factory=list)
    noise: list[Finding] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    held: Counter[Spot] = field(default_factory=Counter)
    elsewhere: set[str] = field(default_factory=set)
    known: bool = True
    """Whether it is of the format of the pack, so that all checks are applied."""

    @property
    def met(self) -> set[str]:
        """The codes of the rules that have compared something, whatever came of it."""
        found = (each.code for each in (*self.findings, *self.noise))
        return {*self.passed, *found, *self.elsewhere}


def _apply(document: ReadDocument, pack: Pack, selection: Selection) -> _Told:
    """Applies every check, or to another format those that need no known part.

    What held is told by place of the selected rules alone; no comparison at all is none that held.
    """
    told = _Told(known=document.follows_pack)
    for check in (*CHECKS, apply_brought) if told.known else ANYWHERE:
        for outcome in check(document, pack):
            if isinstance(outcome, Passed):
                _count(outcome, told, selection)
            elif isinstance(outcome, Unchecked):
                told.unchecked.append(outcome)
            elif isinstance(outcome, Noise):
                told.noise.append(outcome.finding)
            elif isinstance(outcome, ToldElsewhere):
                told.elsewhere.add(outcome.code)
            else:
                told.findings.append(outcome)
    return told


def _count(passed: Passed, told: _Told, selection: Selection) -> None:
    if passed.count:
        told.passed[passed.code] += passed.count
        if selection.takes(passed.code) and (passed.group or passed.place):
            told.held[passed.group, passed.place] += passed.count


def _is_wanted(finding: Finding, selection: Selection) -> bool:
    """Whether a finding is reported; that nothing could be applied always is, unless left out."""
    return selection.takes(finding.code) or (
        finding.code == FORMAT.code and not selection.leaves_out(finding.code)
    )


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, otherwise in the order of the checks."""
    return sorted(findings, key=lambda finding: _ORDER.index(finding.severity))


def _accept(
    findings: Iterable[Finding], acceptances: tuple[Acceptance, ...]
) -> tuple[list[Finding], list[Accepted], set[int]]:
    still_open: list[Finding] = []
    accepted: list[Accepted] = []
    matched: set[int] = set()
    for finding in findings:
        numbers = [n for n, each in enumerate(acceptances) if _accepts(each, finding)]
        matched.update(numbers)
        if numbers:
            accepted.append(Accepted(finding, acceptances[numbers[0]].reason))
        else:
            still_open.append(finding)
    return still_open, accepted, matched


def _accepts(acceptance: Acceptance, finding: Finding) -> bool:
    """Whether a finding is of the rule named and about the subject named, or below it."""
    steps = acceptance.subject.split("/")
    return acceptance.rule == finding.code and any(
        subject.split("/")[: len(steps)] == steps for subject in finding.subjects
    )


def _unmatched(loaded: LoadedDisclosure, matched: set[int]) -> list[Finding]:
    """An acceptance that matches nothing is itself a finding."""
    return [
        RULES["W751"].finding(
            f"按实公布说明“{each.rule} {each.subject}”没有对应的问题",
            loaded.source.place(("按实公布说明", number)),
            group="按实公布说明",
            subjects=(f"按实公布说明/{number + 1}",),
        )
        for number, each in enumerate(loaded.disclosure.acceptances)
        if number not in matched
    ]
