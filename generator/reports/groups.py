"""Findings in the order of the document, those of one rule together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from generator.checks.run import PackRules, Report
from generator.checks.states import RuleStates
from generator.core.findings import Finding, Severity
from generator.core.text.patterns import late_pattern
from generator.reports.code_names import short_name

ORDER = list(Severity)
"""The gravest first."""
DATA = "数据"
"""The group of findings about data that belong to no part of the document."""

FORMS = "绩效目标表"
"""How the groups of project forms begin."""
_FIRST = (DATA, "按实公布说明", "全文", "封面", "目录")
_LAST = ("整体", FORMS, "附件")
"""How the names of groups begin that are of no pack, before and after the others."""


_NUMBER = late_pattern(r"\d{1,9}")


class RuleFindings(Struct, frozen=True):
    """The findings of one rule in one group."""

    code: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """How grave they are."""
        return self.findings[0].severity


class FindingGroup(Struct, frozen=True):
    """A part of the document and what was found in it, the gravest first."""

    title: str
    entries: tuple[RuleFindings, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity it has."""
        return sum(len(e.findings) for e in self.entries if e.severity is severity)

    @property
    def counts(self) -> str:
        """The same in words: ``2 个错误、1 个警告``."""
        counts = [(self.count(severity), severity) for severity in ORDER]
        return "、".join(f"{count} 个{severity}" for count, severity in counts if count)


def shared_remedy(findings: Iterable[Finding]) -> str:
    """The remedy if it is the same for all, otherwise empty."""
    remedies = {finding.remedy for finding in findings}
    return remedies.pop() if len(remedies) == 1 else ""


def group_title(finding: Finding) -> str:
    """The group under which a finding is listed: all project forms make up one."""
    forms = f"{finding.group} ".startswith(f"{FORMS} ")
    return "项目支出绩效目标表" if forms else finding.group or DATA


def grouped_findings(findings: Iterable[Finding], order: Sequence[str] = ()) -> list[FindingGroup]:
    """Findings by part of the document and rule, the parts in an order."""
    by_title: defaultdict[str, defaultdict[str, list[Finding]]]
    by_title = defaultdict(lambda: defaultdict(list))
    position = partial(_position, parts=(*_FIRST, *order, *_LAST))
    for finding in sorted(findings, key=lambda each: position(each.group)):
        by_title[group_title(finding)][finding.code].append(finding)
    groups = []
    for title, codes in by_title.items():
        entries = [RuleFindings(code, tuple(found)) for code, found in codes.items()]
        entries.sort(key=lambda entry: ORDER.index(entry.severity))
        groups.append(FindingGroup(title, tuple(entries)))
    return groups


def _position(group: str, parts: Sequence[str]) -> tuple[int, int]:
    """Where a part stands in the document, forms by their number; unknown parts come last."""
    group = group or DATA
    if group in parts:
        return parts.index(group), 0
    part = next((at for at, name in enumerate(parts) if group.startswith(name)), len(parts))
    number = _NUMBER.search(group)
    return part, int(number[0]) if number else 0


class UncheckedRule(Struct, frozen=True):
    """A rule that could not be applied: why, and where."""

    code: str
    name: str
    why: str
    groups: tuple[str, ...]


def unchecked_rules(report: Report) -> list[UncheckedRule]:
    """One for each rule and reason, by code."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in report.unchecked:
        groups[each.code, each.why].append(each.group)
    return [
        UncheckedRule(
            code,
            short_name(code, report.pack_rules.rules),
            why,
            tuple(dict.fromkeys(filter(None, found))),
        )
        for (code, why), found in sorted(groups.items(), key=lambda item: item[0][0][1:])
    ]


def unchecked_words(rule: UncheckedRule, most: int | None = None) -> str:
    """What could not be checked, why and where, naming at most so many parts of the document."""
    groups = rule.groups[:most]
    where = f"（{'、'.join(groups)}{'等' * (len(groups) < len(rule.groups))}）" if groups else ""
    return f"{rule.code} {rule.name}：{rule.why}{where}"


def pack_rules_words(rules: PackRules) -> str:
    """Which rules of the pack were applied and which not; empty if none is selected."""
    if not rules.pack:
        return ""
    if not rules.rules:
        return f"{rules.pack}没有核对的规则：表内、表间的数没有核对"
    left_out = {"无法核对": rules.unchecked, "不适用": rules.inapplicable}
    return _counted(f"{rules.pack}的规则", rules.applied, left_out, listed=True)


def states_words(states: RuleStates) -> str:
    """How many of the other rules were applied and how many not; empty if none is selected."""
    inapplicable = tuple(each.code for each in states.inapplicable)
    left_out = {"无法核对": states.unchecked, "不适用": inapplicable}
    return _counted("程序的规则", states.applied, left_out, listed=False)


def _counted(
    whose: str, applied: Sequence[str], left_out: Mapping[str, Sequence[str]], *, listed: bool
) -> str:
    """How many rules were applied and how many not, these by their codes if they are listed."""
    selected = len(applied) + sum(map(len, left_out.values()))
    if not selected:
        return ""
    words = f"{whose} {selected} 条：核对了 {len(applied)} 条"
    for state, codes in left_out.items():
        if codes:
            which = f"（{'、'.join(codes)}）" if listed and len(codes) < selected else ""
            words += f"，{state} {len(codes)} 条{which}"
    return words


class InapplicableRules(Struct, frozen=True):
    """The rules that are about nothing in a document for one reason."""

    why: str
    codes: tuple[str, ...]

    def words(self, most: int | None = None) -> str:
        """Why, and which rules these are; of more than so many only the number."""
        if most is not None and len(self.codes) > most:
            return f"{self.why}（{len(self.codes)} 条）"
        return f"{self.why}（{'、'.join(self.codes)}）"


def inapplicable_by_reason(states: RuleStates) -> list[InapplicableRules]:
    """The rules that are about nothing here by the reason, in the order of codes."""
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for each in states.inapplicable:
        codes[each.why].append(each.code)
    return [InapplicableRules(why, tuple(found)) for why, found in codes.items()]


class Figures(Struct, frozen=True):
    """How much of everything a report holds."""

    errors: int
    warnings: int
    notes: int
    accepted: int
    noise: int
    unchecked: int
    passed_rules: int
    passed_comparisons: int


def figures(report: Report) -> Figures:
    """Counts a report. A rule counts as passed where it was applied and found nothing."""
    found = {finding.code for finding in report.findings}
    found.update(each.finding.code for each in report.accepted)
    return Figures(
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.NOTE),
        len(report.accepted),
        len(report.noise),
        len({each.code for each in report.unchecked}),
        len(set(report.passed) - found - report.pack_rules.broken),
        sum(report.passed.values()),
    )
