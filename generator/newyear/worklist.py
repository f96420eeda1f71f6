"""The list of what people have to do in a new year's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from generator.model.disclosure import Acceptance
from generator.newyear.ending_projects import Departure

WORKLIST = "待填清单.md"
_SHOWN = 60
"""Characters of last year's text in the list."""


class TaskKind(StrEnum):
    """What is to be done at a place."""

    FILL = "待填"
    CONFIRM = "待核"
    LOOK = "留意"


MEANING = {
    TaskKind.FILL: "已清空，按本年填写（变动原因不填时，由上年数据写出）",
    TaskKind.CONFIRM: "照搬上年的，或改了年份的，核对后删去行末的“待核”",
    TaskKind.LOOK: "文字里还有上年的年份，没有改动，看要不要改",
}


class Task(Struct, frozen=True):
    """One line of a file to be filled in or looked at; ``before`` is what stood there."""

    kind: TaskKind
    file: str
    line: int
    what: str
    before: str

    @property
    def shown_before(self) -> str:
        """What stood there, on one line and not too long."""
        text = re.sub(r"\s+", " ", self.before)
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def markdown(
    title: str,
    year: int,
    tasks: Sequence[Task],
    departed: Sequence[Departure],
    accepted: Sequence[Acceptance] = (),
) -> str:
    """The whole list as a Markdown file, to be shared out and ticked off."""
    lines = [f"# {title}", ""]
    for kind in TaskKind:
        of_kind = [task for task in tasks if task.kind is kind]
        if of_kind:
            lines += [f"## {kind}（{len(of_kind)} 处）", "", f"{MEANING[kind]}。", ""]
            lines += _by_file(of_kind, year - 1)
    if departed:
        lines += [f"## 没有带过来的项目（{len(departed)} 个）", "", f"{DEPARTED}。", ""]
        lines += ["| 单位 | 项目 | 原因 | 上年金额（元） |", "|---|---|---|---:|"]
        lines += (
            _row(each.unit, each.name, each.cause, f"{each.amount.normalize():f}")
            for each in departed
        )
        lines.append("")
    if accepted:
        lines += [f"## 上年按实公布的问题（{len(accepted)} 条）", "", f"{ACCEPTED}。", ""]
        lines += ["| 规则 | 对象 | 上年的理由 |", "|---|---|---|"]
        lines += (_row(each.rule, each.subject, each.reason) for each in accepted)
        lines.append("")
    return "\n".join(lines)


DEPARTED = "还要继续的，从上年的数据里抄过来；有结转资金的，写在“上年结转”里"
"""What to do about projects that stayed behind."""
ACCEPTED = "本年没有带过来：能改的改正；核对时还报出、确要照样公布的，重新写进“按实公布说明”"
"""What to do about findings that last year was published with."""


def _by_file(tasks: Iterable[Task], prior: int) -> Iterator[str]:
    for file, of_file in groupby(tasks, lambda task: task.file):
        yield from (f"### {file}", "", f"| 行 | 内容 | {prior}年 |", "|---:|---|---|")
        yield from (_row(str(task.line), task.what, task.shown_before) for task in of_file)
        yield ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
