"""Several check sheets in one view: documents by fault, and faults by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from generator.checks.rules.any_content import FORMAT
from generator.core.findings import Severity
from generator.reports.code_names import short_name
from generator.reports.excerpts import harmless_excerpt
from generator.reports.sheet.content import CheckSheet, Verdict

DOCUMENT_HEADS = ("序号", "名称", "符合要求", "错误", "需核实", "未核对的项", "文件或网址")
FAULT_HEADS = ("代码", "问题", "级别", "处数", "文本数", "文本（序号）")
_LEVELS = {"E": "错误", "W": "需核实", "N": "提示"}


class DocumentLine(Struct, frozen=True):
    """A document in the summary; ``unchecked`` counts the rows of its sheet that are 未核对."""

    number: int
    name: str
    verdict: Verdict
    errors: int
    warnings: int
    unchecked: int
    source: str

    @property
    def cells(self) -> tuple[str | int, ...]:
        """What it prints, under the heads."""
        counts = (self.errors, self.warnings, self.unchecked)
        return (self.number, self.name, str(self.verdict), *counts, self.source)


class FaultLine(Struct, frozen=True):
    """A kind of fault: how often it was found, and in which documents, by their numbers."""

    code: str
    name: str
    count: int
    documents: tuple[int, ...]

    @property
    def cells(self) -> tuple[str | int, ...]:
        """What it prints, under the heads."""
        listed = "、".join(map(str, self.documents))
        level = _LEVELS[self.code[0]]
        return (self.code, self.name, level, self.count, len(self.documents), listed)


class Summary(Struct, frozen=True):
    """All documents, the worst first, and all kinds of faults, the gravest first."""

    documents: tuple[DocumentLine, ...]
    faults: tuple[FaultLine, ...]


def summary_of(sheets: Sequence[CheckSheet], *, notes: bool = False) -> Summary:
    """Counts check sheets; a document keeps the number that it was given in."""
    documents = [_document(number, sheet) for number, sheet in enumerate(sheets, 1)]
    documents.sort(key=lambda line: (-line.errors, -line.warnings, line.number))
    return Summary(tuple(documents), tuple(_faults(sheets, notes=notes)))


def _document(number: int, sheet: CheckSheet) -> DocumentLine:
    found = [finding for finding in sheet.report.findings if finding.code != FORMAT.code]
    counts = [sum(each.severity is s for each in found) for s in (Severity.ERROR, Severity.WARNING)]
    late = sum(row.verdict is Verdict.NO for row in sheet.rows[:1])  # of the row for timeliness
    unchecked = sum(row.verdict is Verdict.UNCHECKED for row in sheet.rows)
    source = sheet.heads[1][1]
    return DocumentLine(
        number, sheet.name, sheet.verdict, counts[0] + late, counts[1], unchecked, source
    )


def _faults(sheets: Sequence[CheckSheet], *, notes: bool) -> list[FaultLine]:
    """Rules of two packs may share a code: they are told apart by what they are called."""
    count: defaultdict[tuple[str, str], int] = defaultdict(int)
    documents: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, sheet in enumerate(sheets, 1):
        for finding in sheet.report.findings:
            if finding.code == FORMAT.code or (finding.severity is Severity.NOTE and not notes):
                continue
            kind = (
                finding.code,
                harmless_excerpt(short_name(finding.code, sheet.report.pack_rules.rules)),
            )
            count[kind] += 1
            if number not in documents[kind]:
                documents[kind].append(number)
    lines = [FaultLine(*kind, times, tuple(documents[kind])) for kind, times in count.items()]
    return sorted(lines, key=lambda line: ("EWN".index(line.code[0]), -line.count, line.code))
