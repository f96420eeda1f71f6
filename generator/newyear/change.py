"""What people have to do at values, by line: a note on the line, and a row of the list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.newyear.worklist import Task, TaskKind


class ValueTask(Struct, frozen=True):
    """Something to be done by people at a value; ``before`` is what stood there."""

    kind: TaskKind
    labels: tuple[str, ...]
    before: str
    note: str
    position: int


def by_line(changes: Iterable[ValueTask]) -> Iterator[list[ValueTask]]:
    """The changes on one line that people see as one."""
    groups: defaultdict[tuple[int, TaskKind], list[ValueTask]] = defaultdict(list)
    for change in changes:
        groups[change.position, change.kind].append(change)
    yield from groups.values()


def work_note(of_line: list[ValueTask], year: int) -> str:
    """What the comment on a line says: 待填（2025年：1923200、5000000）."""
    first = of_line[0]
    amounts = [each.before for each in of_line if re.fullmatch(r"[\d.]+", each.before)]
    stamp = first.labels[-1] == "填报日期"
    if first.kind is TaskKind.FILL and amounts and not stamp:
        return f"待填（{year}年：{'、'.join(amounts)}）"
    return first.note


def task(name: str, line: int, of_line: list[ValueTask]) -> Task:
    """One line of the list: what the values on one line have in common, and each of them."""
    first = of_line[0]
    if len(of_line) == 1:
        return Task(first.kind, name, line, "/".join(first.labels), first.before)
    common = [
        steps[0]
        for steps in zip(*(each.labels for each in of_line), strict=False)
        if len(set(steps)) == 1
    ]
    before = "、".join(f"{each.labels[-1]} {each.before}" for each in of_line)
    return Task(first.kind, name, line, "/".join(common), before)
