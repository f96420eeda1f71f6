"""One data file at the turn of the year."""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from msgspec import Struct

from generator.core.records import replace
from generator.load.yaml.edit import YamlEdit
from generator.load.yaml.write import yaml_text
from generator.newyear.asked import FORMLESS, Asked
from generator.newyear.change import ValueTask, by_line, task, work_note
from generator.newyear.ending_projects import Departures, Key
from generator.newyear.treatments import Steps, Treatment, treatment
from generator.newyear.worklist import Task, TaskKind
from generator.newyear.year_words import advanced, mentions

_CALLED = (
    ("部门经济科目", "政府经济科目"),
    ("实施单位", "项目名称"),
    ("名称",),
    ("科目",),
    ("单位",),
    ("指标",),
    ("重点任务",),
)
"""What an item of a list is called by: the first of these that it has."""
_NEEDED: dict[Steps, str] = {("项目", "*"): "项目"}
"""Items that mean nothing without one of their keys: a unit without projects."""
_EMPTIED = {
    Treatment.AMOUNT: "0",
    Treatment.CARRY_OVER: "0",
    Treatment.REASON: "",
    Treatment.STAMP: '""',
}
"""How an emptied value is written: the folder loads, and the place to fill in stays visible."""


class Turn(Struct, frozen=True):
    """The turn of a year: what holds for all files.

    Attributes:
        asked: what last year's data does not say.
        formless: published projects without a form, by the unit's name in the new year.
        pack: the way to the pack from the new folder; ``None`` if the data names none by path.
    """

    year: int
    prior_data: str
    refers_already: bool
    keep_amounts: bool
    departures: Departures
    asked: tuple[Asked, ...] = ()
    formless: frozenset[Key] = frozenset()
    pack: str | None = None


class _Value(Struct, frozen=True):
    """A scalar with its place, and how people call the place."""

    place: Steps
    labels: tuple[str, ...]
    node: yaml.ScalarNode


class FileTurn:
    """One file at the turn of the year.

    Attributes:
        everything_ends: whether nothing in the file is carried over.
    """

    def __init__(self, text: str, turn: Turn) -> None:
        """Takes a file that loads, and drops from it what ends with the year."""
        self._edit = YamlEdit(text)
        self._turn = turn
        self._gone: set[int] = set()
        self._unit = ""  # whose projects are being looked at
        self.everything_ends = self._prune(self._edit.root, ())

    def finish(self, file: str) -> tuple[str, list[Task]]:
        """The file for the next year, and what is left to be done in it by people."""
        values = list(self._values(self._edit.root, (), ()))
        changes = [
            change
            for treat in (self._treat, self._form_missing)
            for value in values
            if (change := treat(value)) is not None
        ]
        asked = [each for each in self._turn.asked if self.has(each.path[0])]
        added = {each.path: line for each in asked if (line := self._add(each)) is not None}
        changes += [self._to_fill(each) for each in asked if each.path not in added]
        for of_line in by_line(changes):
            if words := work_note(of_line, self._turn.year):
                self._edit.note(of_line[0].position, words)
        self._refer_to_this_year()
        text = self._edit.finish()
        lines = by_line(changes)
        tasks = [task(file, self._edit.line(each[0].position), each) for each in lines]
        written = text.splitlines()
        tasks += [
            Task(TaskKind.FILL, file, written.index(line) + 1, "/".join(path), "")
            for path, line in added.items()
        ]
        return text, tasks

    def has(self, section: str) -> bool:
        """Whether the file brings a section."""
        return section in dict(_children(self._edit.root))

    def _add(self, asked: Asked) -> str | None:
        """Adds what was not said; returns its line if it has one of its own, with its note."""
        section = self._section(asked)
        if isinstance(section, yaml.MappingNode) and section.value and len(asked.path) > 1:
            return self._edit.add_key(section, asked.line, asked.note)
        written = f"{{{asked.line}}}" if len(asked.path) > 1 else asked.written
        self._edit.rewrite(section, written)
        return None

    def _to_fill(self, asked: Asked) -> ValueTask:
        """What was added to a line that holds more: its note goes with the others there."""
        position = self._edit.note_position(self._section(asked))
        return ValueTask(TaskKind.FILL, asked.path, "", asked.note, position)

    def _section(self, asked: Asked) -> yaml.Node:
        return dict(_children(self._edit.root))[asked.path[0]]

    def _form_missing(self, value: _Value) -> ValueTask | None:
        """A project whose goals are published and which has no form."""
        if value.place != ("项目", "*", "项目", "*", "名称"):
            return None
        if (value.labels[-3], str(value.node.value).strip()) not in self._turn.formless:
            return None
        change = self._change(TaskKind.FILL, value, FORMLESS)
        return replace(change, labels=(*value.labels[:-1], "项目绩效目标表"), before="")

    def _prune(self, node: yaml.Node, place: Steps) -> bool:
        """Drops what ends with the year; returns whether the whole node does."""
        if treatment(place) is Treatment.DROPPED or self._departs(node, place):
            return True
        if not isinstance(node, yaml.CollectionNode) or not node.value:
            return False
        children = list(_children(node))
        gone = {i for i, (step, child) in enumerate(children) if self._prune(child, (*place, step))}
        names = {children[i][0] for i in gone}
        if len(gone) == len(children) or _NEEDED.get(place, "") in names:
            return True
        if gone:
            self._edit.drop(node, gone)
            self._gone.update(id(children[i][1]) for i in gone)
        return False

    def _departs(self, node: yaml.Node, place: Steps) -> bool:
        ending = self._turn.departures
        if place == ("项目绩效目标表", "*"):
            form = _texts(node)
            nature = form.get("项目属性", "")
            return ending.has_form(form.get("实施单位", ""), form.get("项目名称", ""), nature)
        if place == ("项目", "*"):
            self._unit = _texts(node).get("单位", "")
        if place == ("项目", "*", "项目", "*"):
            return ending.has_project(self._unit, _texts(node).get("名称", ""))
        return False

    def _values(self, node: yaml.Node, place: Steps, labels: tuple[str, ...]) -> Iterator[_Value]:
        if isinstance(node, yaml.ScalarNode):
            yield _Value(place, labels, node)
            return
        for index, (step, child) in enumerate(_children(node)):
            if id(child) in self._gone:
                continue
            label = step if step != "*" else self._item_label(child, index)
            told = labels if place and step == "项目" else (*labels, label)  # 项目/某校/某项目
            yield from self._values(child, (*place, step), told)

    def _item_label(self, node: yaml.Node, index: int) -> str:
        texts = _texts(node)
        for keys in _CALLED:
            if told := [texts[key].strip() for key in keys if texts.get(key, "").strip()]:
                return advanced("/".join(told), self._turn.year)
        return f"第{index + 1}项"

    def _treat(self, value: _Value) -> ValueTask | None:
        """Edits one value; what people have to do about it comes back."""
        kind = treatment(value.place)
        year = self._turn.year
        if kind is Treatment.AMOUNT and self._turn.keep_amounts:
            kind = Treatment.CONFIRMED
        if kind in _EMPTIED:
            self._edit.rewrite(value.node, _EMPTIED[kind])
            return self._change(TaskKind.FILL, value, "待填")
        if kind is Treatment.CONFIRMED:
            return self._change(TaskKind.CONFIRM, value, f"待核（照搬{year}年）")
        if kind is Treatment.YEAR_WORDS:
            return self._advance(value)
        if kind is Treatment.BUDGET_YEAR:
            self._edit.rewrite(value.node, str(year + 1))
        elif kind is Treatment.PACK:
            if self._turn.pack is not None:
                self._edit.rewrite(value.node, _written("模板包", self._turn.pack))
        elif kind is Treatment.KEPT and mentions(str(value.node.value), year):
            return self._change(TaskKind.LOOK, value, "")
        return None

    def _advance(self, value: _Value) -> ValueTask | None:
        year = self._turn.year
        raw = self._edit.raw(value.node)
        moved = advanced(raw, year)
        if moved != raw:
            self._edit.rewrite(value.node, moved)
            return self._change(TaskKind.CONFIRM, value, f"待核（{year}年改为{year + 1}年）")
        if mentions(raw, year):
            return self._change(TaskKind.LOOK, value, "")
        return None

    def _change(self, kind: TaskKind, value: _Value, note: str) -> ValueTask:
        position = self._edit.note_position(value.node)
        return ValueTask(kind, value.labels, str(value.node.value), note, position)

    def _refer_to_this_year(self) -> None:
        sections = dict(_children(self._edit.root))
        written = _written("上年数据", self._turn.prior_data)
        if "上年数据" in sections:
            self._edit.rewrite(sections["上年数据"], written)
        elif "单位信息" in sections and not self._turn.refers_already:
            self._edit.add_after(sections["单位信息"], f"上年数据: {written}")


def _written(key: str, text: str) -> str:
    """A text as it is written behind a key."""
    return yaml_text({key: text}, {}).strip().partition(": ")[2]


def _children(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from (("*", item) for item in node.value)


def _texts(node: yaml.Node) -> dict[str, str]:
    return {
        step: str(child.value)
        for step, child in _children(node)
        if isinstance(child, yaml.ScalarNode) and step != "*"
    }
