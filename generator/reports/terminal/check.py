"""A report for people in a terminal: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from generator.checks.run import Report
from generator.core.findings import Finding, Location, Severity
from generator.pack.choice import named_choices
from generator.reports.code_names import short_name
from generator.reports.excerpts import FileLines, harmless_excerpt
from generator.reports.groups import (
    FORMS,
    FindingGroup,
    RuleFindings,
    figures,
    grouped_findings,
    inapplicable_by_reason,
    pack_rules_words,
    shared_remedy,
    states_words,
    unchecked_rules,
    unchecked_words,
)
from generator.reports.terminal.console import COLOURS, shell_word

_SHOWN_ENTRIES = 20
"""How many rules of a group are shown."""
_SHOWN_ALIKE = 3
"""How many findings of one rule in one group are shown in full."""
_SHOWN_PLACES = 3
"""How many other places of a finding are shown."""
_SHOWN_CODES = 12
"""Of more rules that are about nothing here, only the number is shown."""
_UNWRAPPED = 10_000
"""The width where nobody looks at a terminal: lines stay whole, for grep and editors."""


def report_console(console: Console) -> Console:
    """The console to print reports on: as wide as the terminal, without wrapping elsewhere."""
    width = None if console.is_terminal else _UNWRAPPED
    return Console(file=console.file, highlight=False, width=width, emoji=False, markup=False)


class TextReport(Struct):
    """Prints reports on a console; ``show_all`` leaves nothing out."""

    console: Console
    show_all: bool = False
    _sources: FileLines = field(default_factory=FileLines)

    def print(self, report: Report) -> None:
        """Prints one report, its figures last."""
        if report.format:
            self._line(Text(harmless_excerpt(report.format)))
        self._line(Text(harmless_excerpt(report.title), "bold"))
        self._line(Text(harmless_excerpt(str(report.file)), "dim"))
        for group in grouped_findings(report.findings, report.order):
            self._group(group, report)
        self._accepted(report)
        self._noise(report)
        self._unchecked(report)
        self._line()
        self.print_figures([report])
        if applied := pack_rules_words(report.pack_rules):
            self._line(Text(harmless_excerpt(applied), "dim"))
        self._states(report)
        if report.findings:
            command = f"disclosure explain {report.findings[0].code}{_pack_option(report)}"
            self._line(Text(f"某个代码的依据和改法：{command}", "dim"))

    def _states(self, report: Report) -> None:
        """How many of the other rules were applied, and why the rest is about nothing here."""
        if words := states_words(report.states):
            self._line(Text(words, "dim"))
        most = None if self.show_all else _SHOWN_CODES
        for rule in inapplicable_by_reason(report.states):
            self._indented(Text(f"不适用：{harmless_excerpt(rule.words(most))}", "dim"))

    def print_figures(self, reports: Sequence[Report]) -> None:
        """Prints the table of figures: a row for each document."""
        table = Table(title="检查结果", title_justify="left", title_style="bold")
        if len(reports) > 1:
            table.add_column("文本", overflow="fold")
        for heading in ("错误", "警告", "提示", "已接受", "噪声", "无法核对", "通过"):
            table.add_column(heading, justify="right", no_wrap=True)
        for report in reports:
            count = figures(report)
            held = f"{count.passed_rules} 条规则\n{count.passed_comparisons} 次比对"
            cells = [
                Text(str(number), COLOURS[severity] if number else "")
                for number, severity in zip(
                    (count.errors, count.warnings, count.notes), Severity, strict=True
                )
            ]
            rest = (count.accepted, count.noise, count.unchecked, held)
            name = (
                [Text(harmless_excerpt(f"{report.title}\n{report.file.name}"))]
                if len(reports) > 1
                else []
            )
            table.add_row(*name, *cells, *map(str, rest))
        self.console.print(table)

    # Findings

    def _group(self, group: FindingGroup, report: Report) -> None:
        self._line()
        heading = Text(f"━━ {harmless_excerpt(group.title)} ", "bold")
        heading.append(f"（{group.counts}）")
        self._line(heading)
        shown = group.entries if self.show_all else group.entries[:_SHOWN_ENTRIES]
        for entry in shown:
            self._line()
            self._entry(entry, report)
        hidden = group.entries[len(shown) :]
        if hidden:
            count = sum(len(entry.findings) for entry in hidden)
            self._line(Text(f"还有 {len(hidden)} 条规则的 {count} 个问题，用 --all 列出", "dim"))

    def _entry(self, entry: RuleFindings, report: Report) -> None:
        head = Text(f"{entry.severity} {entry.code}", COLOURS[entry.severity])
        head.append(
            f"  {harmless_excerpt(short_name(entry.code, report.pack_rules.rules))}", "bold"
        )
        if len(entry.findings) > 1:
            head.append(f"  共 {len(entry.findings)} 处")
        self._line(head)
        every = self.show_all or len(entry.findings) <= _SHOWN_ALIKE
        shown = entry.findings if every else entry.findings[:_SHOWN_ALIKE]
        remedy = shared_remedy(shown)
        for number, finding in enumerate(shown, 1):
            self._finding(finding, report, f"{number}. " if len(shown) > 1 else "")
            if not remedy:
                self._remedy(finding.remedy)
        self._alike(entry.findings[len(shown) :], report)
        if remedy:
            self._remedy(remedy)

    def _remedy(self, remedy: str) -> None:
        self._indented(Text.assemble(("办法：", "green"), harmless_excerpt(remedy)))

    def _finding(self, finding: Finding, report: Report, mark: str) -> None:
        message = harmless_excerpt(finding.message)
        if finding.group.startswith(f"{FORMS} "):
            message = f"{harmless_excerpt(finding.group)}：{message}"
        self._indented(Text(f"{mark}{message}"))
        where = _where(finding.place, report.file)
        if where:
            self._line(Text.assemble(("    位置：", "dim"), (where, "blue")))
        self._excerpt(finding)
        self._also(finding.also, report)

    def _excerpt(self, finding: Finding) -> None:
        """The line of the file with a caret under the column, and the words as printed."""
        excerpt = self._sources.excerpt(finding.place)
        if excerpt is not None:
            number = f"{excerpt.line:>8} │ "
            self._line(Text.assemble((number, "dim"), excerpt.text))
            if excerpt.at >= 0:
                before = " " * cell_len(excerpt.text[: excerpt.at])
                self._line(Text.assemble((f"{'│':>10} ", "dim"), before, ("^", "bold")))
        words = harmless_excerpt(finding.excerpt)
        if words and (excerpt is None or words not in excerpt.text):
            self._indented(Text.assemble(("原文：", "dim"), words))

    def _also(self, places: Sequence[Location], report: Report) -> None:
        shown = places if self.show_all else places[:_SHOWN_PLACES]
        texts = list(filter(None, (_where(place, report.file, short=True) for place in shown)))
        if not texts:
            return
        rest = f"，另有 {len(places) - len(shown)} 处" if len(places) > len(shown) else ""
        self._indented(Text.assemble(("另见：", "dim"), "；".join(texts), rest))

    def _alike(self, findings: Sequence[Finding], report: Report) -> None:
        """Further findings of the same rule, by their places alone."""
        if not findings:
            return
        places = dict.fromkeys(_nickname(finding, report.file) for finding in findings)
        named = [place for place in places if place][:_SHOWN_PLACES]
        text = f"另有 {len(findings)} 处同类问题"
        text += f"：{'；'.join(named)}" + "等" * (len(findings) > len(named)) if named else ""
        self._indented(Text(f"{text}（--all 全部列出）", "dim"))

    # What is no open finding

    def _accepted(self, report: Report) -> None:
        if not report.accepted:
            return
        self._section(f"已接受（按实公布，{len(report.accepted)} 处）")
        for each in report.accepted:
            finding = each.finding
            told, reason = harmless_excerpt(finding.message), harmless_excerpt(each.reason)
            words = f"{finding.code} {told}——理由：{reason}"
            self._indented(Text(words, "dim"))
            place = _where(finding.place, report.file)
            if place:
                self._line(Text.assemble(("    位置：", "dim"), (place, "blue")))

    def _noise(self, report: Report) -> None:
        if not report.noise:
            return
        self._section(f"噪声（多半出自文字提取，不算问题，{len(report.noise)} 处）")
        if not self.show_all:
            self._indented(Text("用 --all 列出", "dim"))
            return
        for finding in report.noise:
            where = _where(finding.place, report.file, short=True)
            spot = f"（{where}）" if where else ""
            self._indented(Text(f"{finding.code} {harmless_excerpt(finding.message)}{spot}", "dim"))

    def _unchecked(self, report: Report) -> None:
        rules = unchecked_rules(report)
        if not rules:
            return
        self._section("无法核对（缺少资料，不算通过）")
        for rule in rules:
            words = unchecked_words(rule, None if self.show_all else _SHOWN_PLACES)
            self._indented(Text(harmless_excerpt(words)))

    # Layout

    def _section(self, title: str) -> None:
        self._line()
        self._line(Text(f"━━ {title}", "bold dim"))

    def _line(self, text: Text | None = None) -> None:
        """A line that is never wrapped: headings, places, lines of files."""
        self.console.print(text or Text(), soft_wrap=True)

    def _indented(self, text: Text) -> None:
        """A paragraph that wraps within its indent."""
        if self.console.is_terminal:
            self.console.print(Padding(text, (0, 0, 0, 4), expand=False))
        else:
            self._line(Text(" " * 4).append_text(text))


def _pack_option(report: Report) -> str:
    """What ``explain`` needs to know of the pack, if it is to say what its rule means."""
    pack = report.pack_rules
    if report.findings[0].code not in pack.rules:
        return ""
    names = {choice.folder: choice.name for choice in named_choices()}
    return f" --pack {shell_word(names.get(pack.folder, pack.folder))}"


def _where(place: Location | None, target: Path, *, short: bool = False) -> str:
    """A place as readers find it; nothing if it only repeats what was checked."""
    if place is None:
        return ""
    if not place.line and place.file == target:
        return harmless_excerpt(place.spot)
    file = Path(place.file.name) if short else place.file
    return harmless_excerpt(str(Location(file, place.line, place.column, place.spot)))


def _nickname(finding: Finding, target: Path) -> str:
    """The shortest that tells one finding from the others of its rule."""
    if finding.group.startswith(f"{FORMS} "):
        return harmless_excerpt(finding.group)
    return _where(finding.place, target, short=True) or harmless_excerpt(finding.message)


def print_reports(reports: Iterable[Report], console: Console, *, show_all: bool) -> None:
    """Prints reports one after the other, and a table of all where there are several."""
    printer = TextReport(console, show_all)
    reports = list(reports)
    for number, report in enumerate(reports):
        if number:
            console.print()
        printer.print(report)
    if len(reports) > 1:
        console.print()
        printer.print_figures(reports)
