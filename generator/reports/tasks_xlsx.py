"""The list of what is to be done in a new year's data as a workbook, to be shared out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.model.disclosure import Acceptance
from generator.newyear.ending_projects import Departure
from generator.newyear.worklist import ACCEPTED, DEPARTED, MEANING, Task, TaskKind
from generator.reports.workbook.lists import ListTable, WorkbookColumn, list_workbook

_TASKS = (
    ("序号", 8),
    ("类别", 10),
    ("文件", 30),
    ("行", 8),
    ("内容", 44),
    ("上年", 50),
    ("办理人", 12),
    ("完成", 10),
)
_DEPARTED = (("单位", 34), ("项目", 50), ("原因", 34), ("上年金额（元）", 20))
_ACCEPTED = (("规则", 12), ("对象", 60), ("上年的理由", 60))


def tasks_xlsx(
    title: str,
    tasks: Sequence[Task],
    departed: Sequence[Departure],
    accepted: Sequence[Acceptance] = (),
) -> bytes:
    """What the Markdown file says: tasks, and what stayed behind if anything did."""
    meaning = tuple(f"{kind}：{words}。" for kind, words in MEANING.items())
    order = list(TaskKind)
    rows = [
        (number, str(each.kind), str(PurePosixPath(each.file)), each.line, each.what, each.before)
        for number, each in enumerate(sorted(tasks, key=lambda t: order.index(t.kind)), 1)
    ]
    tables = [ListTable("待填清单", meaning, _columns(_TASKS), [(*row, "", "") for row in rows])]
    if departed:
        left = [(d.unit, d.name, d.cause, f"{d.amount.normalize():f}") for d in departed]
        tables.append(ListTable("没有带过来的项目", (f"{DEPARTED}。",), _columns(_DEPARTED), left))
    if accepted:
        told = [(each.rule, each.subject, each.reason) for each in accepted]
        tables.append(
            ListTable("上年按实公布的问题", (f"{ACCEPTED}。",), _columns(_ACCEPTED), told)
        )
    return list_workbook(title, tables)


def _columns(declared: Sequence[tuple[str, int]]) -> tuple[WorkbookColumn, ...]:
    return tuple(WorkbookColumn(head, width) for head, width in declared)
