"""Makes edits in the YAML files of a data folder: what is not edited stays as it was written.

Comments, order, quoting and layout survive; marks of work left (待填, 待核) stay, except beside
values that were changed: they are settled. What the result says is read back before it is given:
a patch that would say anything else is never written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from generator.core.files.plain import read_plain
from generator.load.section_files import WORDS
from generator.load.yaml.changes import (
    AddKey,
    Edit,
    InsertItem,
    Path_,
    RemoveItem,
    RemoveKey,
    Settle,
    SetValue,
    changes,
    is_same,
)
from generator.load.yaml.content import decoded_text, plain_content, written_like
from generator.load.yaml.edit import YamlEdit, column_of, dash_before, end_of, line_end
from generator.load.yaml.errors import LOADER
from generator.load.yaml.files import yaml_files
from generator.load.yaml.marks import COMMENT, read_comment
from generator.load.yaml.tree import LARGEST_FILE
from generator.load.yaml.write import flow_text, item_lines, key_lines, scalar_text, yaml_text


class PatchError(RuntimeError):
    """The edits would not have given the data they were made for: a fault of this program."""


@dataclass(slots=True)
class _File:
    """A data file: its text, and which sections it brings; of lists, from which item on."""

    path: Path
    content: bytes
    text: str
    sections: dict[str, int] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)


def patched_folder(
    folder: Path,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    homes: Mapping[str, str],
    splittable: Collection[str],
    confirmed: Iterable[Path_] = (),
) -> dict[str, bytes | None]:
    """The files that change, by their path in the folder; ``None`` for one that has nothing left.

    Args:
        folder: a data folder.
        before: what it says now, as read.
        after: what it is to say.
        homes: the file that a new section is written to; any other goes with the words.
        splittable: sections whose lists may stand in several files.
        confirmed: paths of what stays as it is and is settled: marks beside it go.

    Raises:
        PatchError: if the edited files would not say it.
    """
    files = _read(folder, before, splittable)
    new: dict[str, dict[str, Any]] = {}
    for edit in (*map(Settle, confirmed), *changes(before, after)):
        if isinstance(edit, AddKey) and not edit.path:
            name = homes.get(edit.key, WORDS)
            home = next((each for each in files if each.path.name == name), None)
            if home is None:
                new.setdefault(name, {})[edit.key] = edit.value
            else:
                home.edits.append(edit)
            continue
        for file, local in _localised(edit, files):
            file.edits.append(local)
    texts = [patched(file.text, file.edits) if file.edits else file.text for file in files]
    _verify(texts, new, after, splittable)
    written = {
        file.path.relative_to(folder).as_posix(): (
            None if text is None else written_like(file.content, text)
        )
        for file, text in zip(files, texts, strict=True)
        if file.edits
    }
    return written | {name: yaml_text(sections, {}).encode() for name, sections in new.items()}


def _read(folder: Path, before: Mapping[str, Any], splittable: Collection[str]) -> list[_File]:
    counts: dict[str, int] = {}
    files = []
    for path in yaml_files(folder)[0]:
        content = read_plain(path, LARGEST_FILE)
        file = _File(path, content, decoded_text(content))
        root = yaml.compose(file.text, Loader=LOADER)
        for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
            section = str(key.value)
            if section in before:
                file.sections[section] = counts.get(section, 0)
                is_list = section in splittable and isinstance(node, yaml.SequenceNode)
                counts[section] = counts.get(section, 0) + (len(node.value) if is_list else 0)
        files.append(file)
    return files


def _localised(edit: Edit, files: Sequence[_File]) -> Iterable[tuple[_File, Edit]]:
    """The edit with its path as it is within the file that it concerns."""
    section, *rest = edit.path
    bringing = [file for file in files if str(section) in file.sections]
    if len(bringing) <= 1:
        return [(file, edit) for file in bringing]
    if isinstance(edit, SetValue | RemoveKey | Settle) and not rest:
        first, *others = bringing
        if isinstance(edit, Settle):
            return [(each, edit) for each in bringing]
        return [(first, edit), *((other, RemoveKey((section,))) for other in others)]
    if isinstance(edit, InsertItem) and not rest:
        file = _with_item(bringing, str(section), max(0, edit.index - 1))
        local = InsertItem((section,), edit.index - file.sections[str(section)], edit.value)
        return [(file, local)]
    index = rest[0]
    assert isinstance(index, int)  # noqa: S101 - only lists are spread over files
    file = _with_item(bringing, str(section), index)
    path: Path_ = (section, index - file.sections[str(section)], *rest[1:])
    return [(file, _at(edit, path))]


def _with_item(files: Sequence[_File], section: str, index: int) -> _File:
    return next(file for file in reversed(files) if file.sections[section] <= index)


def _at(edit: Edit, path: Path_) -> Edit:
    if isinstance(edit, SetValue):
        return SetValue(path, edit.value)
    if isinstance(edit, AddKey):
        return AddKey(path, edit.key, edit.value)
    if isinstance(edit, InsertItem):
        return InsertItem(path, edit.index, edit.value)
    if isinstance(edit, Settle):
        return Settle(path)
    return RemoveKey(path) if isinstance(edit, RemoveKey) else RemoveItem(path)


def _verify(
    texts: Iterable[str | None],
    new: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Any],
    splittable: Collection[str],
) -> None:
    """Reads all that the folder will say.

    Raises:
        PatchError: if that is not what it is to say.
    """
    said: dict[str, Any] = {}
    for text in texts:
        content = plain_content(text) if text is not None else {}
        for section, value in content.items():
            if section in splittable and isinstance(said.get(section), list):
                said[section] = [*said[section], *(value or [])]
            else:
                said[section] = value
    for sections in new.values():
        said |= sections
    for section in {*said, *after}:
        if not is_same(said.get(section), after.get(section)):
            raise PatchError(section)


def patched(text: str, edits: Iterable[Edit]) -> str | None:
    """A YAML text with edits made, in their order; ``None`` if nothing is left in it."""
    current: str | None = text
    for simple, group in groupby(edits, _is_simple):
        if simple:
            current = _with_values(current or "", [e for e in group if isinstance(e, SetValue)])
            continue
        for edit in group:
            current = _edited(current or "", edit)
    return current


def _is_simple(edit: Edit) -> bool:
    return isinstance(edit, SetValue) and isinstance(edit.value, str)


def _with_values(text: str, edits: Sequence[SetValue]) -> str:
    """Texts and numbers written anew; those that take the place of something else, one by one."""
    edit = YamlEdit(text, keep_marks=True)
    others = []
    for each in edits:
        found = _Found(edit.root, each.path)
        node = found.node
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
            others.append(each)
            continue
        edit.rewrite(node, _written(node, each.value, in_flow=found.in_flow))
        edit.settle(node)
    text = edit.finish()
    for other in others:
        text = _with_structure(text, other)
    return text


def _written(node: yaml.ScalarNode, value: str, *, in_flow: bool) -> str:
    """A text as it is to be written in the place of another, in its quotation marks if it can."""
    plainly = flow_text(value) if in_flow else scalar_text(value)
    if node.style in ('"', "'") and plainly == value and '"' not in value and "\\" not in value:
        doubled = value.replace("'", "''") if node.style == "'" else value
        return f"{node.style}{doubled}{node.style}"
    return plainly


class _Found:
    """The node at a path, with what it hangs on."""

    def __init__(self, root: yaml.Node, path: Path_) -> None:
        self.node = root
        self.key: yaml.Node | None = None
        self.parent: yaml.CollectionNode | None = None
        self.in_flow = False
        for step in path:
            parent = self.node
            if not isinstance(parent, yaml.CollectionNode):
                raise PatchError(path)
            self.in_flow = self.in_flow or bool(parent.flow_style)
            self.parent = parent
            if isinstance(step, int):
                self.key, self.node = None, parent.value[step]
            else:
                self.key, self.node = next(pair for pair in parent.value if pair[0].value == step)

    @property
    def number(self) -> int:
        """Which child of its parent it is."""
        assert self.parent is not None  # noqa: S101 - asked only of children
        children = [each[1] if isinstance(each, tuple) else each for each in self.parent.value]
        return next(at for at, each in enumerate(children) if each is self.node)


def _edited(text: str, edit: Edit) -> str | None:
    if isinstance(edit, SetValue):
        return _with_structure(text, edit)
    if isinstance(edit, AddKey):
        return _with_key(text, edit)
    if isinstance(edit, InsertItem):
        return _with_item_in(text, edit)
    if isinstance(edit, Settle):
        return _settled(text, edit.path)
    return _without(text, edit.path)


def _settled(text: str, path: Path_) -> str:
    work = YamlEdit(text, keep_marks=True)
    found = _Found(work.root, path)
    work.settle(_beginning(found.node) if found.key is None else _marked(found))
    return work.finish()


def _marked(found: _Found) -> yaml.Node:
    """What the line ends with on which the marks of a value behind a key stand."""
    block = isinstance(found.node, yaml.CollectionNode) and not found.node.flow_style
    return found.key if block and found.key is not None else found.node


def _beginning(node: yaml.Node) -> yaml.Node:
    """What an item of a list begins with: its first key, if it is written line by line."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        first = node.value[0]
        node = first[0] if isinstance(first, tuple) else first
        if isinstance(first, tuple) and isinstance(first[1], yaml.ScalarNode):
            return first[1]
    return node


def _with_structure(text: str, edit: SetValue) -> str:
    """A value of another kind, or of another shape, in the place of one."""
    work = YamlEdit(text, keep_marks=True)
    found = _Found(work.root, edit.path)
    if found.in_flow:
        start, end = found.node.start_mark.index, end_of(found.node, text)
        work.splice(start, end, (" " if start == end else "") + flow_text(edit.value))
        work.settle(found.node)
        return work.finish()
    end = end_of(found.node, text)
    if found.key is None:
        start = found.node.start_mark.index
        column = column_of(text, dash_before(text, start))
        first, *rest = item_lines(edit.value, column)
        lines = [first.lstrip() + _own(_comment_on(found.node, text)), *rest]
        work.splice(dash_before(text, start), line_end(text, end), "\n".join(lines))
        return work.finish()
    start, after_key = found.key.start_mark.index, _colon(text, found.key)
    inline = "\n" not in text[after_key : found.node.start_mark.index].strip(" ")
    block = isinstance(found.node, yaml.ScalarNode) and found.node.style in ("|", ">")
    comment = text[end : line_end(text, end)]
    if block or not inline:
        head = text[after_key : line_end(text, after_key)]
        comment = head[head.index("#") :] if "#" in head else ""
    first, *rest = key_lines(str(edit.path[-1]), edit.value, column_of(text, start))
    work.splice(start, line_end(text, end), "\n".join([first.lstrip() + _own(comment), *rest]))
    return work.finish()


def _comment_on(node: yaml.Node, text: str) -> str:
    """The comment on the line of a text that is an item of a list."""
    if not isinstance(node, yaml.ScalarNode):
        return ""
    start = node.start_mark.index if node.style in ("|", ">") else end_of(node, text)
    line = text[start : line_end(text, start)]
    return line[line.index("#") :] if "#" in line else ""


def _own(comment: str) -> str:
    """What a comment says besides marks of work left."""
    said = read_comment(comment.strip().lstrip("#").strip()).own if "#" in comment else ()
    told = "；".join(filter(None, said))
    return f"{COMMENT}{told}" if told else ""


def _with_key(text: str, edit: AddKey) -> str:
    work = YamlEdit(text, keep_marks=True)
    parent = _Found(work.root, edit.path)
    node = parent.node
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return _with_structure(text, SetValue(edit.path, {edit.key: edit.value}))
    last = end_of(node.value[-1][1], text)
    if node.flow_style or parent.in_flow:
        work.splice(last, last, f", {flow_text(edit.key)}: {flow_text(edit.value)}")
        work.settle(node)
        return work.finish()
    column = column_of(text, node.value[0][0].start_mark.index)
    lines = key_lines(edit.key, edit.value, column)
    gap = "\n\n" if not edit.path else "\n"
    here = line_end(text, last)
    work.splice(here, here, gap + "\n".join(lines))
    if parent.key is not None:
        work.settle(parent.key)
    return work.finish()


def _with_item_in(text: str, edit: InsertItem) -> str:
    work = YamlEdit(text, keep_marks=True)
    found = _Found(work.root, edit.path)
    node = found.node
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return _with_structure(text, SetValue(edit.path, [edit.value]))
    if node.flow_style or found.in_flow:
        if edit.index:
            here = end_of(node.value[edit.index - 1], text)
            work.splice(here, here, f", {flow_text(edit.value)}")
        else:
            here = node.value[0].start_mark.index
            work.splice(here, here, f"{flow_text(edit.value)}, ")
        work.settle(node)
        return work.finish()
    first = dash_before(text, node.value[0].start_mark.index)
    lines = "\n".join(item_lines(edit.value, column_of(text, first)))
    if edit.index:
        here = line_end(text, end_of(node.value[edit.index - 1], text))
        work.splice(here, here, f"\n{lines}")
    else:
        here = text.rfind("\n", 0, first) + 1
        work.splice(here, here, f"{lines}\n")
    if found.key is not None:
        work.settle(found.key)
    return work.finish()


def _without(text: str, path: Path_) -> str | None:
    """Without a key or an item; an empty list stands for one without its only item."""
    work = YamlEdit(text, keep_marks=True)
    found = _Found(work.root, path)
    parent = found.parent
    assert parent is not None  # noqa: S101 - the whole text is never taken out
    if len(parent.value) > 1:
        work.drop(parent, {found.number})
        return work.finish()
    if len(path) == 1:
        return None
    emptied: Any = [] if isinstance(parent, yaml.SequenceNode) else {}
    return _with_structure(text, SetValue(path[:-1], emptied))


def _colon(text: str, key: yaml.Node) -> int:
    """Where the colon after a key ends."""
    return text.index(":", end_of(key, text)) + 1
