"""A check sheet as plain data: what it says, whatever it is written as."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from generator.checks.rules.any_content import CONTENT, FORMAT
from generator.checks.run import Report
from generator.checks.sheet.row import SheetRow
from generator.core.findings import Finding, Severity
from generator.reports.excerpts import harmless_excerpt
from generator.reports.sheet.general import general_sheet
from generator.reports.sheet.placing import Placing
from generator.reports.sheet.sentences import ItemKind, Sentences, SheetProblem
from generator.reports.sheet.timeliness import PublicationDates, timeliness

TIMELINESS, WHOLE = "及时性", "全文及文件"
HEADS = ("序号", "内容", "符合要求", "存在问题")
_NO_PACK = "没有按模板包核对，只用了任何文稿都适用的规则"


class Verdict(StrEnum):
    """Whether a part meets what is asked of it."""

    YES = "是"
    DOUBTFUL = "是（有需核实的）"
    EXPLAINED = "是（有说明的）"
    NO = "否"
    UNCHECKED = "未核对"
    ABSENT = "不适用"


class CheckSheetRow(Struct, frozen=True):
    """A row of the sheet; its items are numbered where there are several."""

    number: int
    content: str
    verdict: Verdict
    items: tuple[SheetProblem, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Its items as they are printed."""
        if len(self.items) == 1:
            return (self.items[0].text,)
        return tuple(f"{number}. {item.text}" for number, item in enumerate(self.items, 1))


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """The check sheet of one document.

    Attributes:
        heads: name, and address or file, each with its label.
        remarks: what a reader must know of how it came about.
        signatures: what is signed at its end.
    """

    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[CheckSheetRow, ...]
    remarks: tuple[str, ...]
    signatures: tuple[str, ...]
    report: Report = field(compare=False)

    @property
    def name(self) -> str:
        """What the document is called."""
        return self.heads[0][1]

    @property
    def verdict(self) -> Verdict:
        """Of the document as a whole: the worst of its rows."""
        found = {row.verdict for row in self.rows}
        order = (Verdict.NO, Verdict.UNCHECKED, Verdict.DOUBTFUL, Verdict.EXPLAINED)
        return next((each for each in order if each in found), Verdict.YES)


class Scope(Struct, frozen=True):
    """What the sheet was asked to say.

    Attributes:
        show_all: whether notes are listed, and every other place of a finding.
        limits: rules that were left out, in sentences.
    """

    show_all: bool = False
    limits: tuple[str, ...] = ()


def sheet_of(report: Report, publication: PublicationDates, scope: Scope) -> CheckSheet:
    """The check sheet of a document."""
    general = general_sheet()
    address = publication.address
    source = ("公开网址", address) if address else ("文件", report.file.name)
    return CheckSheet(
        harmless_excerpt(report.sheet.title or general.title or ""),
        (("名称", harmless_excerpt(report.title)), (source[0], harmless_excerpt(source[1]))),
        tuple(_Rows(report, publication, scope).all()),
        tuple(_remarks(report, scope)),
        report.sheet.signatures or general.signatures,
        report,
    )


def _remarks(report: Report, scope: Scope) -> Iterator[str]:
    if report.format:
        yield f"{harmless_excerpt(report.format)}。"
    yield (
        "“需核实”的是程序不能断定的问题，核实后再定；“未核对”的须人工核对，不能算符合要求；"
        "方括号里是规则的代码，依据见 disclosure explain 代码。"
    )
    yield from scope.limits


class _Rows:
    """Sorts what a report tells into the rows of its document."""

    def __init__(self, report: Report, publication: PublicationDates, scope: Scope) -> None:
        self._report = report
        self._publication = publication
        self._placing = Placing(report.sheet.rows)
        self._sentences = Sentences(report, show_all=scope.show_all)
        self._show_all = scope.show_all
        self._items: defaultdict[int | None, list[SheetProblem]] = defaultdict(list)
        self._held: Counter[int | None] = Counter()

    def all(self) -> Iterator[CheckSheetRow]:
        """Timeliness, every part, and last what belongs to the document as a whole."""
        self._sort()
        in_time, why = timeliness(self._publication)
        verdicts = {True: Verdict.YES, False: Verdict.NO, None: Verdict.UNCHECKED}
        kind = ItemKind.UNCHECKED if in_time is None else ItemKind.FAULT
        yield CheckSheetRow(1, TIMELINESS, verdicts[in_time], (SheetProblem(kind, why),))
        rows = self._report.sheet.rows
        for number, row in enumerate(rows):
            items = (*self._items[number], *self._state(number, row))
            title = harmless_excerpt(row.title)
            yield CheckSheetRow(number + 2, title, _verdict(items, row), items)
        whole = tuple(self._items[None])
        yield CheckSheetRow(len(rows) + 2, WHOLE, _verdict(whole), whole)

    def _sort(self) -> None:
        for severity in Severity:
            for finding in self._findings(severity):
                at = self._placing.of_finding(finding)
                self._items[at].append(self._sentences.finding(finding, self._row(at)))
        self._sort_accepted()
        self._sort_unchecked()
        if not self._report.sheet.known:
            for (group, place), count in self._report.held.items():
                self._held[self._placing.of_comparison(group, place)] += count

    def _sort_accepted(self) -> None:
        alike: defaultdict[tuple[int | None, str, str], list[Finding]] = defaultdict(list)
        for each in self._report.accepted:
            if self._show_all or each.finding.severity is not Severity.NOTE:
                at = self._placing.of_finding(each.finding)
                alike[at, each.finding.code, each.reason].append(each.finding)
        for (at, _, reason), findings in alike.items():
            self._items[at].append(self._sentences.accepted(findings, reason, self._row(at)))

    def _findings(self, severity: Severity) -> Iterable[Finding]:
        """Those of a severity; that the format is not known is nothing to blame a document for."""
        if severity is Severity.NOTE and not self._show_all:
            return ()
        found = (finding for finding in self._report.findings if finding.severity is severity)
        return (each for each in found if each.code != FORMAT.code)

    def _sort_unchecked(self) -> None:
        by_rule: defaultdict[tuple[int | None, str, str], list[str]] = defaultdict(list)
        for each in self._report.unchecked:
            if each.code == CONTENT.code and not self._report.sheet.known:
                continue  # told of each row that nothing else was held against
            at = self._placing.of_group(each.group)
            by_rule[at, each.code, each.why].append(each.group)
        for (at, code, why), groups in by_rule.items():
            self._items[at].append(self._sentences.unchecked(code, why, groups, self._row(at)))

    def _row(self, at: int | None) -> SheetRow | None:
        return None if at is None else self._report.sheet.rows[at]

    def _state(self, number: int, row: SheetRow) -> Iterator[SheetProblem]:
        """What is to be said of a part besides: not there, or held against little."""
        told = {item.kind for item in self._items[number]}
        if row.found:
            if not self._report.sheet.known and not told & {ItemKind.FAULT, ItemKind.UNCHECKED}:
                yield from self._without_pack(number, told)
        elif not told & {ItemKind.FAULT, ItemKind.ACCEPTED, ItemKind.UNCHECKED}:
            if row.required:
                yield SheetProblem(ItemKind.UNCHECKED, "没有读到这一部分，须人工核对。")
            else:
                yield SheetProblem(ItemKind.ABSENT, "文稿里没有这一部分，不是必备的。")

    def _without_pack(self, number: int, told: Collection[ItemKind]) -> Iterator[SheetProblem]:
        """How much of a part was held against rules that need no pack."""
        held = self._held[number]
        if not held:
            yield SheetProblem(ItemKind.UNCHECKED, f"{_NO_PACK}。")
        elif not told:
            yield SheetProblem(ItemKind.HELD, f"核对了 {held} 处，没有发现问题；{_NO_PACK}。")


def _verdict(items: Sequence[SheetProblem], row: SheetRow | None = None) -> Verdict:
    kinds = {item.kind for item in items}
    if ItemKind.FAULT in kinds:
        return Verdict.NO
    if ItemKind.UNCHECKED in kinds:
        return Verdict.UNCHECKED
    if ItemKind.DOUBT in kinds:
        return Verdict.DOUBTFUL
    if ItemKind.ACCEPTED in kinds:
        return Verdict.EXPLAINED
    return Verdict.ABSENT if row is not None and not row.found else Verdict.YES
