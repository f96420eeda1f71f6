"""A comparison as a workbook: every difference a row, to be filtered and shared out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compare.difference import FOLDED, Comparison
from generator.reports.diff.view import View
from generator.reports.excerpts import harmless_excerpt
from generator.reports.workbook.lists import Cell, ListTable, WorkbookColumn, list_workbook

_COLUMNS = (
    WorkbookColumn("序号", 8),
    WorkbookColumn("类别", 9),
    WorkbookColumn("级别", 9),
    WorkbookColumn("部分", 20),
    WorkbookColumn("内容", 26),
    WorkbookColumn("生成的文本", 34),
    WorkbookColumn("草稿", 34),
    WorkbookColumn("差额", 14),
    WorkbookColumn("生成的位置", 20),
    WorkbookColumn("草稿的位置", 20),
    WorkbookColumn("处理", 12),
)
"""The last is for whoever works through the list."""


def diff_xlsx(comparison: Comparison, *, show_all: bool = False) -> bytes:
    """The differences in the numbers that other reports give them; folded ones on demand."""
    view = View.of(comparison)
    rows = list(_rows(view, show_all=show_all))
    lines = [f"生成：{comparison.ours}", f"草稿：{comparison.theirs}"]
    lines += [harmless_excerpt(each) for each in comparison.formats]
    lines += [f"没有读到：{harmless_excerpt(each)}" for each in comparison.unread]
    counts = [f"{kind} {view.counts[kind]} 处" for kind in view.kinds if kind in FOLDED]
    if counts and not show_all:
        lines.append(f"没有列的：{'、'.join(counts)}，不算差异，--all 全部列出")
    table = ListTable("差异清单", tuple(map(harmless_excerpt, lines)), _COLUMNS, rows)
    return list_workbook("预算公开文本比较：差异清单", [table])


def _rows(view: View, *, show_all: bool) -> Iterator[tuple[Cell, ...]]:
    for item in view.items:
        if item.folded and not show_all:
            continue
        found = item.difference
        texts = (
            found.what,
            found.ours,
            found.theirs,
            item.change,
            item.our_place,
            item.their_place,
        )
        kind, severity = str(found.kind), str(found.severity)
        yield (item.number, kind, severity, *map(harmless_excerpt, (item.part, *texts)), "")
