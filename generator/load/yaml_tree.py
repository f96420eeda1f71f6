"""Reads one YAML file into plain text values that remember where they stand.

Every scalar stays the text that was written; the models decide what is a
number, a code or a flag. So ``051`` keeps its zero, ``否`` is no surprise and
no amount ever passes through a binary float.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from generator.complaints import in_chinese, system_cause
from generator.findings import Finding, Place

Path_: TypeAlias = tuple[str | int, ...]
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""Mapping, sequence, text, or None for a key without a value."""

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL_TAG = "tag:yaml.org,2002:null"
_DEEPEST = 50  # levels of nesting; the composer and everything after it recurse
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters that neither YAML nor HTML can hold."""


_IN_FULL = "把内容写全，不用 &、* 和 !"


@dataclass(slots=True)
class SourceTree:
    """The content of a file and the place of every key and value in it."""

    file: Path
    data: Tree = None
    findings: list[Finding] = field(default_factory=list)
    _keys: dict[Path_, Place] = field(default_factory=dict)
    _values: dict[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Returns the place of a value (or of its key), or of the nearest thing around it."""
        if key and path in self._keys:
            return self._keys[path]
        while path and path not in self._values:
            path = path[:-1]
        return self._values.get(path, Place(self.file))

    def knows(self, path: Path_) -> bool:
        """Whether something was written at a path."""
        return path in self._values

    def texts(self) -> Iterator[tuple[str, Place]]:
        """Every scalar with its place."""
        yield from self._texts(self.data, ())

    def find(self, text: str) -> Place | None:
        """The place of the first scalar that holds a text."""
        return next((place for scalar, place in self.texts() if text in scalar), None)

    def _texts(self, data: Tree, path: Path_) -> Iterator[tuple[str, Place]]:
        if isinstance(data, str):
            yield data, self.place(path)
            return
        children = data.items() if isinstance(data, dict) else enumerate(data or ())
        for key, value in children:
            yield from self._texts(value, (*path, key))

    def adopt(self, other: SourceTree, section: str, shift: int) -> None:
        """Takes over the places of a top-level section; list items move on by ``shift``."""

        def moved(path: Path_) -> Path_:
            if shift and len(path) > 1 and isinstance(path[1], int):
                return (section, path[1] + shift, *path[2:])
            return path

        for mine, theirs in ((self._keys, other._keys), (self._values, other._values)):
            for path, place in theirs.items():
                if path and path[0] == section and (shift == 0 or len(path) > 1):
                    mine[moved(path)] = place


def read_yaml(file: Path) -> SourceTree:
    """Reads a YAML file; whatever is wrong with it is in the tree's findings."""
    tree = SourceTree(file)
    text = _read_text(file, tree.findings)
    if text is None:
        return tree
    if not text.strip():
        tree.findings.append(Finding("E104", "文件是空的", "填写内容，或删除这个文件", Place(file)))
        return tree
    if unprintable := _UNPRINTABLE.search(text):
        tree.findings.append(
            _unprintable_finding(unprintable.group(), _place_at(file, unprintable))
        )
        return tree
    try:
        _scan(text, tree)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # of an alias the composer tells no more than the scan did
        if not (isinstance(error, yaml.composer.ComposerError) and tree.findings):
            tree.findings.append(_syntax_finding(file, error, text))
    else:
        if root is None:
            message = "文件里只有注释，没有内容"
            tree.findings.append(Finding("E104", message, "填写内容，或删除这个文件", Place(file)))
        else:
            tree.data = _construct(root, (), tree, set())
    return tree


def _read_text(file: Path, findings: list[Finding]) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"读不出文件：{system_cause(error)}"
        findings.append(Finding("E102", message, "检查文件是否存在、权限是否允许读取", Place(file)))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"第 {error.start + 1} 个字节不是 UTF-8 文字"
        remedy = "用编辑器另存为 UTF-8 编码（很可能现在是 GBK）"
        findings.append(Finding("E103", message, remedy, Place(file, line, column)))
    return None


def _syntax_finding(file: Path, error: yaml.MarkedYAMLError, text: str) -> Finding:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context)
    if "unexpected end of stream" in problem or "expected ','" in problem:
        mark = error.context_mark or mark  # where the quotation or the bracket begins
    elif mark is not None and text[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    message = f"YAML 格式错误：{in_chinese(problem, '看不懂这里的写法')}"
    remedy = "检查这一行及上一行的缩进、冒号后的空格、引号是否配对"
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    return Finding("E105", message, remedy, place)


def _scan(text: str, tree: SourceTree) -> None:
    """Finds anchors and aliases, and raises a YAML error where the nesting is too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            message = "用了别名 *" if isinstance(event, yaml.AliasEvent) else "用了锚点 &"
            place = Place(tree.file, mark.line + 1, mark.column + 1)
            tree.findings.append(Finding("E107", message, _IN_FULL, place))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _unprintable_finding(character: str, place: Place) -> Finding:
    message = f"含有不能打印的字符 U+{ord(character):04X}"
    return Finding("E105", message, "删除这个字符", place)


def _place_at(file: Path, match: re.Match[str]) -> Place:
    before = match.string[: match.start()]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _construct(node: yaml.Node, path: Path_, tree: SourceTree, seen_nodes: set[int]) -> Tree:
    place = _place(tree.file, node)
    tree._values[path] = place
    if id(node) in seen_nodes:  # an alias brings the same node a second time
        return None
    if _is_foreign(node):
        tree.findings.append(Finding("E107", "用了自定义标签 !", _IN_FULL, place))
        return None
    seen_nodes.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {
            key: _construct(value, (*path, key), tree, seen_nodes)
            for key, value in _items(node, path, tree)
        }
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(item, (*path, index), tree, seen_nodes)
            for index, item in enumerate(node.value)
        ]
    return None if node.tag == _NULL_TAG else _text(node, tree)


def _items(
    node: yaml.MappingNode, path: Path_, tree: SourceTree
) -> Iterator[tuple[str, yaml.Node]]:
    for key_node, value_node in node.value:
        place = _place(tree.file, key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            tree.findings.append(Finding("E105", "键必须是文字", "把键写成一个词", place))
            continue
        key = _text(key_node, tree)
        key_path = (*path, key)
        if key_path in tree._keys:
            message = f"键“{key}”重复，第一次在第 {tree._keys[key_path].line} 行"
            tree.findings.append(Finding("E106", message, "保留一个，删除另一个", place))
            continue
        tree._keys[key_path] = place
        yield key, value_node


def _text(node: yaml.Node, tree: SourceTree) -> str:
    text = str(node.value)
    if unprintable := _UNPRINTABLE.search(text):  # written as an escape: "\a"
        place = _place(tree.file, node)
        tree.findings.append(_unprintable_finding(unprintable.group(), place))
    return text


def _is_foreign(node: yaml.Node) -> bool:
    return not node.tag.startswith("tag:yaml.org,2002:")


def _place(file: Path, node: yaml.Node) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
