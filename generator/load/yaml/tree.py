"""Reads one YAML file into plain text values that remember where they stand.

Every scalar stays the text that was written; the models decide what is a
number, a code or a flag. So ``051`` keeps its zero, ``否`` is no surprise and
no amount ever passes through a binary float.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from generator.core.files.plain import read_plain
from generator.core.findings import Finding, Location
from generator.core.memo import Memory, Same
from generator.core.records import replace
from generator.core.system_errors import system_cause
from generator.core.text.patterns import late_pattern
from generator.load.yaml.errors import LOADER, slip_finding, slip_findings, syntax_findings
from generator.load.yaml.kept import comes_along, keep_parts, kept_parts
from generator.load.yaml.marks import Mark, marks_in
from generator.load.yaml.slips import Slip, slip_in_key
from generator.load.yaml.torn import is_empty, torn_amount, torn_texts, untorn

Path_: TypeAlias = tuple[str | int, ...]
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""Mapping, sequence, text, or None for a key without a value."""

_OWN_TAGS = "tag:yaml.org,2002:"
_NULL_TAG = f"{_OWN_TAGS}null"
_DEEPEST = 50  # levels of nesting; the composer and everything after it recurse
_UNPRINTABLE = late_pattern(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that neither YAML nor HTML can hold."""


_IN_FULL = "把内容写全，不用 &、* 和 !"


_Position: TypeAlias = tuple[int, int]
"""Line and column, from 1; 0 of what stands in no file."""


@dataclass(slots=True)
class SourceTree:
    """The content of a file and the place of every key and value in it.

    What :func:`read_yaml` found in a file is shared by all who read the same content: only the
    list of findings is a tree's own, data, marks and positions are not to be changed.
    """

    file: Path
    data: Tree = None
    findings: list[Finding] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _keys: dict[Path_, _Position] = field(default_factory=dict)
    _values: dict[Path_, _Position] = field(default_factory=dict)
    _adopted: dict[str, list[_Adopted]] = field(default_factory=dict)

    def place(self, path: Path_, *, key: bool = False) -> Location:
        """Returns the place of a value (or of its key), or of the nearest thing around it."""
        if key:
            owner, written = self._owner(path)
            if written in owner._keys:
                return Location(owner.file, *owner._keys[written])
        while path:
            owner, written = self._owner(path)
            if written in owner._values:
                return Location(owner.file, *owner._values[written])
            path = path[:-1]
        return Location(self.file, *self._values.get((), ()))

    def knows(self, path: Path_) -> bool:
        """Whether something was written at a path."""
        owner, written = self._owner(path)
        return written in owner._values

    def written(self, section: str) -> Hashable:
        """Tells where a top-level section is written: equal if each of its places is the same."""
        if not self._adopted:
            return self.file, Same(self._values)
        parts = self._adopted.get(section, ())
        return tuple((part.tree.file, Same(part.tree._values), part.shift) for part in parts)

    def texts(self, section: str = "") -> Iterator[tuple[str, Location]]:
        """Every scalar with its place, of a top-level section or of all."""
        data, path = self.data, tuple[str | int, ...]()
        if section:
            data, path = data.get(section) if isinstance(data, dict) else None, (section,)
        yield from ((text, self.place(each)) for each, text in self._texts(data, path))

    def find(self, text: str, key: str = "", within: str = "") -> Location | None:
        """The place of the first scalar that holds a text.

        Args:
            text: the text.
            key: one of this key comes before others.
            within: what is printed; one that stands in it whole comes before others.
        """
        found = {path: scalar for path, scalar in self._texts(self.data, ()) if text in scalar}
        keyed = [path for path in found if key and path[-1:] == (key,)]
        printed = "".join(within.split())
        whole = [path for path, scalar in found.items() if "".join(scalar.split()) in printed]
        return next(map(self.place, keyed or whole or found), None)

    def _texts(self, data: Tree, path: Path_) -> Iterator[tuple[Path_, str]]:
        if isinstance(data, str):
            yield path, data
            return
        children = data.items() if isinstance(data, dict) else enumerate(data or ())
        for key, value in children:
            yield from self._texts(value, (*path, key))

    def adopt(self, other: SourceTree, section: str, shift: int) -> None:
        """Takes over the places of a top-level section; list items move on by ``shift``."""
        self._adopted.setdefault(section, []).append(_Adopted(other, shift))

    def _owner(self, path: Path_) -> tuple[SourceTree, Path_]:
        """The tree that a path was adopted from, and the path there."""
        parts = self._adopted.get(str(path[0]), ()) if path else ()
        if not parts:
            return self, path
        item = path[1] if len(path) > 1 else None
        index = item if isinstance(item, int) else 0
        # the last that begins at or before the item; a file may bring an empty list
        part = next(part for part in reversed(parts) if part.shift <= index)
        if part.shift:
            path = (path[0], index - part.shift, *path[2:])
        return part.tree, path


@dataclass(frozen=True, slots=True)
class _Adopted:
    """A tree that brings a section, or the items of it from ``shift`` on."""

    tree: SourceTree
    shift: int


def tree_of(data: Mapping[str, Any], file: Path) -> SourceTree:
    """The tree of data that stands in no file, as if it had been written and read.

    Args:
        data: mappings, lists and texts; copied, so that it may change afterwards.
        file: what the places of the tree name.
    """
    tree = SourceTree(file)
    tree.data = _copied(data, (), tree)
    return tree


def _copied(value: Any, path: Path_, tree: SourceTree) -> Tree:
    tree._values[path] = 0, 0
    if isinstance(value, str):
        if unprintable := _UNPRINTABLE.search(value):
            tree.findings.append(_unprintable_finding(unprintable.group(), Location(tree.file)))
        return value
    if isinstance(value, Mapping):
        return {key: _copied(item, (*path, key), tree) for key, item in value.items()}
    return [_copied(item, (*path, index), tree) for index, item in enumerate(value or ())]


LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of one YAML file."""


def read_yaml(file: Path) -> SourceTree:
    """Reads a YAML file; whatever is wrong with it is in the tree's findings."""
    return parse_yaml(file, read_content(file))


def read_content(file: Path) -> bytes | Finding:
    """The bytes of a YAML file; E102 if it cannot be read."""
    try:
        return read_plain(file, LARGEST_FILE)
    except OSError as error:
        message = f"读不出文件：{system_cause(error)}"
        remedy = "检查文件是否存在、权限是否允许读取"
        return Finding("E102", message, remedy, Location(file))


def parse_yaml(file: Path, content: bytes | Finding) -> SourceTree:
    """The tree of what was read of a file; the file itself is not looked at."""
    if isinstance(content, Finding):
        return SourceTree(file, findings=[content])
    tree = _READ.get((file, content))
    if tree is None:
        read = _kept if comes_along(file) else _parsed
        tree = _READ.put((file, content), read(file, content), len(content))
    return replace(tree, findings=[*tree.findings])


_READ = Memory[tuple[Path, bytes], SourceTree](__name__, most=3_000_000)
"""By file and content; weighed by bytes of YAML, of which each takes some thirty as a tree."""


def _kept(file: Path, content: bytes) -> SourceTree:
    """The tree of a file that comes with the program: parsed where it is not kept."""
    if parts := kept_parts(content):
        data, keys, values = parts
        return SourceTree(file, data, _keys=keys, _values=values)
    tree = _parsed(file, content)
    if not tree.findings and not tree.marks:  # those have places, each with its file
        keep_parts(content, tree.data, tree._keys, tree._values)
    return tree


def _parsed(file: Path, content: bytes) -> SourceTree:
    """The tree of a file with this content; ``file`` is where its places are."""
    tree = SourceTree(file)
    text = _decoded(file, content, tree.findings)
    if text is None:
        return tree
    if not text.strip():
        tree.findings.append(
            Finding("E104", "文件是空的", "填写内容，或删除这个文件", Location(file))
        )
        return tree
    if unprintable := _UNPRINTABLE.search(text):
        tree.findings.append(
            _unprintable_finding(unprintable.group(), _place_at(file, unprintable))
        )
        return tree
    try:
        if _needs_scan(text):
            _scan(text, tree)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        # of an alias the composer tells no more than the scan did
        if not (isinstance(error, yaml.composer.ComposerError) and tree.findings):
            tree.findings += syntax_findings(file, error, text)
    else:
        if root is None:
            message = "文件里只有注释，没有内容"
            tree.findings.append(
                Finding("E104", message, "填写内容，或删除这个文件", Location(file))
            )
        else:
            tree.data = _constructed(tree, root, text)
            tree.marks = marks_in(file, text)
    return tree


def _constructed(tree: SourceTree, root: yaml.Node, text: str) -> Tree:
    """The data of a file; none if slips of typing have given it another shape."""
    if isinstance(root, yaml.ScalarNode) and (found := slip_findings(tree.file, text)):
        tree.findings += found
        return None
    construction = _Construction(tree, escapes="\\" in text, aliases=bool(_MARKED.search(text)))
    data = construction.of(root, ())
    return None if construction.misshapen else data


def _decoded(file: Path, content: bytes, findings: list[Finding]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"第 {error.start + 1} 个字节不是 UTF-8 文字"
        remedy = "用编辑器另存为 UTF-8 编码（很可能现在是 GBK）"
        findings.append(Finding("E103", message, remedy, Location(file, line, column)))
    return None


def _needs_scan(text: str) -> bool:
    """Whether a text may hold anchors, or may be nested too deep, as far as a glance tells.

    Blocks are nested at most two to a column (a list may stand below its key), brackets once.
    """
    return any(line_break in text for line_break in _STRANGE_BREAKS) or bool(
        _MARKED.search(text) or _INDENTED.search(text) or _BRACKETS.search(text)
    )


_STRANGE_BREAKS = "\r\x85\u2028\u2029"
"""Line breaks that ``^`` does not know."""
_MARKED = late_pattern(r"[&*!](?<![^\s\ufeff\[\]{},:?\"'-].)")
"""What anchors, aliases and tags begin with, where something may begin: in 3*5 there is none."""
_INDENTED = late_pattern(r"^[ \t?:-]{20}", re.MULTILINE)
_BRACKETS = late_pattern(r"[\[{][^\]}]*[\[{]")


def _scan(text: str, tree: SourceTree) -> None:
    """Finds anchors and aliases, and raises a YAML error where the nesting is too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        mark: Any = event.start_mark
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            message = "用了别名 *" if isinstance(event, yaml.AliasEvent) else "用了锚点 &"
            place = Location(tree.file, mark.line + 1, mark.column + 1)
            tree.findings.append(Finding("E107", message, _IN_FULL, place))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _unprintable_finding(character: str, place: Location) -> Finding:
    message = f"含有不能打印的字符 U+{ord(character):04X}"
    return Finding("E105", message, "删除这个字符", place)


def _place_at(file: Path, match: re.Match[str]) -> Location:
    before = match.string[: match.start()]
    return Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Construction:
    """Turns nodes into the data of a tree, and keeps where they stand."""

    def __init__(self, tree: SourceTree, *, escapes: bool, aliases: bool) -> None:
        self._tree = tree
        self._escapes = escapes
        self._aliases = aliases
        self._seen: set[int] = set()
        self.misshapen = False
        """Whether slips of typing were found, so that keys are not what was meant."""

    def of(self, node: yaml.Node, path: Path_) -> Tree:
        """The data of a node at a path, and of everything in it."""
        mark = node.start_mark
        self._tree._values[path] = mark.line + 1, mark.column + 1
        if self._aliases and id(node) in self._seen:  # an alias brings the same node a second time
            return None
        if not node.tag.startswith(_OWN_TAGS):
            self._report("E107", "用了自定义标签 !", _IN_FULL, node)
            return None
        if self._aliases:
            self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == _NULL_TAG else self._text(node)
        if isinstance(node, yaml.MappingNode):
            return {key: self.of(value, (*path, key)) for key, value in self._items(node, path)}
        if isinstance(node, yaml.SequenceNode) and node.flow_style:
            self._slips(torn_texts(node.value))
        return [self.of(item, (*path, index)) for index, item in enumerate(node.value)]

    def _items(self, node: yaml.MappingNode, path: Path_) -> Iterator[tuple[str, yaml.Node]]:
        keys = self._tree._keys
        items = node.value
        if node.flow_style:
            items, torn = untorn(items)
            self._tree.findings += [torn_amount(self._place(each), text) for each, text in torn]
        for key_node, value_node in items:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report("E105", "键必须是文字", "把键写成一个词", key_node)
                continue
            key = self._text(key_node)
            lone = node.flow_style and is_empty(value_node)
            if not key_node.style and (slip := slip_in_key(key, lone=lone)):
                self._slips([(key_node, slip)])
                continue
            key_path = (*path, key)
            if key_path in keys:
                message = f"键“{key}”重复，第一次在第 {keys[key_path][0]} 行"
                self._report("E106", message, "保留一个，删除另一个", key_node)
                continue
            mark = key_node.start_mark
            keys[key_path] = mark.line + 1, mark.column + 1
            yield key, value_node

    def _text(self, node: yaml.ScalarNode) -> str:
        text = str(node.value)
        if self._escapes and (unprintable := _UNPRINTABLE.search(text)):  # as in "\a"
            place = self._place(node)
            self._tree.findings.append(_unprintable_finding(unprintable.group(), place))
        return text

    def _slips(self, found: Iterable[tuple[yaml.Node, Slip]]) -> None:
        for node, slip in found:
            place = self._place(node)
            place = replace(place, column=place.column + slip.start)
            self._tree.findings.append(slip_finding(place, slip))
            self.misshapen = True

    def _report(self, code: str, message: str, remedy: str, node: yaml.Node) -> None:
        self._tree.findings.append(Finding(code, message, remedy, self._place(node)))

    def _place(self, node: yaml.Node) -> Location:
        return Location(self._tree.file, node.start_mark.line + 1, node.start_mark.column + 1)
