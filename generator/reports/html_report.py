"""A report as one web page that needs nothing else: for reading, printing and sending on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from generator.checks.run import Report
from generator.core.findings import Finding
from generator.reports.code_names import explanation, short_name
from generator.reports.excerpts import Excerpt, FileLines
from generator.reports.groups import (
    ORDER,
    Figures,
    FindingGroup,
    UncheckedRule,
    figures,
    group_title,
    grouped_findings,
    inapplicable_by_reason,
    pack_rules_words,
    shared_remedy,
    states_words,
    unchecked_rules,
)
from generator.reports.json_report import TIERS
from generator.reports.page import page
from generator.reports.places import place_of_finding, target_name, where
from generator.reports.wrong_values import marked, message_alone

_SYMBOLS = {"E": "●", "W": "▲", "N": "○"}
"""Severities for readers who print in black and white."""


class _Document(Struct, frozen=True):
    """What the template shows of one report."""

    report: Report
    figures: Figures
    groups: list[FindingGroup]
    unchecked: list[UncheckedRule]

    @classmethod
    def of(cls, report: Report) -> _Document:
        groups = grouped_findings(report.findings, report.order)
        return cls(report, figures(report), groups, unchecked_rules(report))


def html_report(reports: Sequence[Report]) -> bytes:
    """All reports on one page.

    Nothing is fetched, and no script runs but the page's own: its policy names it by hash.
    """
    sources = FileLines()

    def excerpt(finding: Finding) -> Excerpt | None:
        return sources.excerpt(finding.place)

    content: dict[str, object] = {
        "documents": [_Document.of(report) for report in reports],
        "severities": ORDER,
        "symbols": _SYMBOLS,
        "tiers": TIERS,
    }
    helpers: dict[str, Callable[..., object]] = {
        "excerpt": excerpt,
        "explanation": explanation,
        "group_title": group_title,
        "located": place_of_finding,
        "marked": marked,
        "message_alone": message_alone,
        "name_of": short_name,
        "named": target_name,
        "pack_rules_words": pack_rules_words,
        "states_words": states_words,
        "inapplicable_rules": inapplicable_by_reason,
        "shared_remedy": shared_remedy,
        "where": where,
    }
    return page("report.html.j2", ("report.css",), "report.js", content, helpers)
