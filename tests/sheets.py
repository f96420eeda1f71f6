"""Reports for the tests of check sheets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.checks.run import Report
from generator.checks.sheet.outline import SheetOutline
from generator.checks.sheet.row import ReadLine, SheetRow
from generator.core.findings import Finding, Location

FILE = Path("公开稿.pdf")
ROWS = (
    SheetRow("封面", ("封面",)),
    SheetRow("编制说明", ("编制说明", "编制说明 收入", "情况说明")),
    SheetRow("表一 收支总表", ("表一",), tables=("表一",)),
    SheetRow("表二 收入总表", ("表二",), tables=("表二",)),
    SheetRow("项目说明", ("项目说明",), found=False, required=False),
    SheetRow("绩效目标表", ("绩效目标表",)),
)


def page(number: int) -> Location:
    """A page of the document."""
    return Location(FILE, spot=f"第{number}页")


def finding(code: str, group: str, message: str, **parts: Any) -> Finding:
    """A finding of a code with a message."""
    return Finding(code, message, "改正", group=group, **parts)


def report(*findings: Finding, rows: Iterable[SheetRow] = ROWS, **parts: Any) -> Report:
    """A report on a document that follows a pack."""
    title = parts.pop("title", "某局2026年度部门预算公开")
    known = parts.pop("known", True)
    sheet = SheetOutline(rows=tuple(rows), known=known)
    return Report(FILE, title, findings, sheet=sheet, **parts)


def read_row(title: str, *lines: tuple[str, int]) -> SheetRow:
    """A row of a document without a pack: its lines with their pages."""
    return SheetRow(title, (title,), lines=tuple(ReadLine(text, page(n)) for text, n in lines))
