"""What people see in the terminal: findings, tables of figures, progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from generator.findings import Finding, Severity

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


@dataclass(frozen=True, slots=True)
class Built:
    """A line of the summary after a build."""

    name: str
    year: int
    summary: dict[str, str]
    pages: int | None
    files: tuple[Path, ...]
    seconds: float


def print_findings(findings: Sequence[Finding]) -> None:
    """Prints every finding on three lines: place and cause, remedy, and a count at the end."""
    for finding in findings:
        head = Text()
        head.append(f"{finding.severity} {finding.code}", COLOURS[finding.severity])
        head.append(f"  {finding.place}" if finding.place else "", "bold")
        ERR.print(head)
        ERR.print(Text(f"    原因：{finding.message}"))
        ERR.print(Text(f"    办法：{finding.remedy}"))
    if findings:
        counts = Counter(finding.severity for finding in findings)
        code = findings[0].code
        count = f"共 {counts[Severity.ERROR]} 个错误、{counts[Severity.WARNING]} 个警告"
        count += f"、{counts[Severity.NOTE]} 个提示" if counts[Severity.NOTE] else ""
        ERR.print(Text(f"{count}。代码的解释：disclosure explain {code}", "dim"))


def print_summary(built: Iterable[Built]) -> None:
    """Prints the table of what was built."""
    built = list(built)
    table = Table(title="已生成", title_justify="left")
    table.add_column("单位", overflow="fold")
    headings = dict.fromkeys(heading for line in built for heading in line.summary)
    for heading in ("年度", *headings, "页数", "用时"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in built:
        pages = str(line.pages) if line.pages is not None else "—"
        seconds = f"{line.seconds:.1f} 秒"
        amounts = [line.summary.get(heading, "") for heading in headings]
        table.add_row(line.name, str(line.year), *amounts, pages, seconds)
    table.caption = "金额单位：万元"
    table.caption_justify = "right"
    OUT.print(table)
    for line in built:
        for file in line.files:
            OUT.print(Text(f"  {file}"))


def progress() -> Progress:
    """A progress display on standard error, gone when the work is done."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[entity]}"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=ERR,
        transient=True,
    )
