"""A report for programs; the format is described in docs/checks.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from msgspec.structs import asdict

from generator.checks.run import PackRules, Report
from generator.checks.states import RuleStates
from generator.core.findings import Finding
from generator.drafts.parts.recognition import Recognition
from generator.reports.code_names import Rules, short_name
from generator.reports.excerpts import FileLines, harmless_excerpt
from generator.reports.groups import figures
from generator.reports.places import place_json

VERSION = 1
"""Raised when a key goes or changes its meaning; new keys may come without notice."""
TIERS = {"E": "error", "W": "warning", "N": "note"}
"""Severities by the first letter of codes, in the words of SARIF."""


def json_report(reports: Sequence[Report]) -> bytes:
    """All reports in one JSON document."""
    sources = FileLines()
    content = {"version": VERSION, "documents": [_document(report, sources) for report in reports]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _document(report: Report, sources: FileLines) -> dict[str, object]:
    finding = partial(_finding, sources=sources, own=report.pack_rules.rules)
    return {
        "target": str(report.file),
        "title": report.title,
        "format": report.format,
        "recognition": recognition_json(report.recognition),
        "counts": asdict(figures(report)),
        "pack_rules": pack_rules_json(report.pack_rules),
        "rules": states_json(report.states),
        "findings": [finding(each) for each in report.findings],
        "accepted": [{**finding(each.finding), "reason": each.reason} for each in report.accepted],
        "noise": [finding(each) for each in report.noise],
        "unchecked": [
            {
                "code": each.code,
                "name": short_name(each.code, report.pack_rules.rules),
                "group": each.group,
                "why": each.why,
            }
            for each in report.unchecked
        ],
        "passed": dict(report.passed),
    }


def recognition_json(recognition: Recognition | None) -> dict[str, object] | None:
    """How much of a draft was recognised; ``None`` for data."""
    if recognition is None:
        return None
    return {
        "known": recognition.known,
        "statements": list(recognition.statements),
        "sections": list(recognition.sections),
        "forms": recognition.forms,
        "other_lines": recognition.other_lines,
        "other_tables": recognition.other_tables,
        "resembles": recognition.resembles or None,
    }


def pack_rules_json(rules: PackRules) -> dict[str, object] | None:
    """Which rules of the pack were applied; ``None`` if the pack is not known."""
    if not rules.pack:
        return None
    return {
        "pack": rules.pack,
        "applied": list(rules.applied),
        "unchecked": list(rules.unchecked),
        "inapplicable": list(rules.inapplicable),
    }


def states_json(states: RuleStates) -> dict[str, object]:
    """What became of the rules that are not the pack's."""
    return {
        "applied": list(states.applied),
        "unchecked": list(states.unchecked),
        "inapplicable": [
            {"code": each.code, "name": short_name(each.code), "why": each.why}
            for each in states.inapplicable
        ],
    }


def _finding(finding: Finding, sources: FileLines, own: Rules) -> dict[str, object]:
    line = sources.excerpt(finding.place)
    return {
        "code": finding.code,
        "name": short_name(finding.code, own),
        "tier": TIERS[finding.code[0]],
        "message": harmless_excerpt(finding.message),
        "remedy": finding.remedy,
        "place": place_json(finding.place),
        "also": [place_json(place) for place in finding.also],
        "group": finding.group,
        "subjects": list(finding.subjects),
        "excerpt": harmless_excerpt(finding.excerpt),
        "source_line": line.text if line else "",
    }
