"""What the checks found as a workbook: every finding a row, to be filtered and shared out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.run import Report
from generator.core.findings import Finding
from generator.reports.code_names import short_name
from generator.reports.excerpts import harmless_excerpt
from generator.reports.groups import DATA, grouped_findings, unchecked_rules
from generator.reports.places import place_of_finding, where
from generator.reports.workbook.lists import Cell, ListTable, WorkbookColumn, list_workbook

_TITLE = "预算公开检查：问题清单"
_COLUMNS = (
    WorkbookColumn("序号", 8),
    WorkbookColumn("文本", 24),
    WorkbookColumn("级别", 10),
    WorkbookColumn("代码", 9),
    WorkbookColumn("规则", 20),
    WorkbookColumn("部分", 18),
    WorkbookColumn("位置", 22),
    WorkbookColumn("问题", 46),
    WorkbookColumn("原文", 30),
    WorkbookColumn("办法或理由", 34),
    WorkbookColumn("处理", 12),
)
"""The last is for whoever works through the list."""


def check_xlsx(reports: Sequence[Report]) -> bytes:
    """One list for all documents: open findings, then what is accepted, noise and unchecked."""
    rows = [row for report in reports for row in _rows(report)]
    numbered = [(number, *row, "") for number, row in enumerate(rows, 1)]
    formats = dict.fromkeys(harmless_excerpt(report.format) for report in reports if report.format)
    return list_workbook(_TITLE, [ListTable("问题清单", tuple(formats), _COLUMNS, numbered)])


def _rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    for group in grouped_findings(report.findings, report.order):
        for entry in group.entries:
            for finding in entry.findings:
                yield _row(report, finding, str(finding.severity), finding.remedy)
    for each in report.accepted:
        yield _row(report, each.finding, "已接受", each.reason)
    for finding in report.noise:
        yield _row(report, finding, "噪声", finding.remedy)
    for rule in unchecked_rules(report):
        parts = "、".join(rule.groups)
        told = (report.title, "无法核对", rule.code, rule.name, parts, "", rule.why, "", "")
        yield tuple(map(harmless_excerpt, told))


def _row(report: Report, finding: Finding, level: str, words: str) -> tuple[Cell, ...]:
    others = (where(place, report.file) for place in finding.also)
    places = [place_of_finding(finding, report.file), *others]
    name = short_name(finding.code, report.pack_rules.rules)
    group = finding.group or DATA
    shown = "\n".join(dict.fromkeys(filter(None, places)))
    told = (report.title, level, finding.code, name, group, shown, finding.message)
    return tuple(map(harmless_excerpt, (*told, finding.excerpt, words)))
