"""Edits a YAML file in place: whatever is not touched stays as it was written.

The composed tree tells where every key and value stands; edits are splices of
the text at those places. So comments, order, quoting and layout survive byte
for byte, and a comparison of the two years shows nothing but the changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml

from generator.core.text.patterns import late_pattern
from generator.load.yaml.errors import LOADER
from generator.load.yaml.marks import COMMENT, GAP, read_comment

_HASH = late_pattern(r"(?:^|(?<=\s))#")


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    start: int
    end: int
    text: str = ""


class YamlEdit:
    """The text of a YAML file, its tree and the edits to be made.

    Attributes:
        root: the composed tree; its nodes name the places of edits.
    """

    def __init__(self, text: str, *, keep_marks: bool = False) -> None:
        """Takes a readable YAML text.

        Args:
            text: of a data file.
            keep_marks: whether marks of work left stay in its comments, except on lines that are
                settled; otherwise all are taken out.
        """
        self.text = text
        self._keep_marks = keep_marks
        self._settled: set[int] = set()
        root = yaml.compose(text, Loader=LOADER)
        if not isinstance(root, yaml.MappingNode):
            raise TypeError("a data file holds sections")
        self.root = root
        self._splices: list[_Splice] = []
        self._additions: list[_Splice] = []
        self._drops: list[_Splice] = []
        self._notes: defaultdict[int, list[str]] = defaultdict(list)
        self._rewritten: set[int] = set()
        self._scalars = sorted(
            (node.start_mark.index, end_of(node, text), node.style in ("|", ">"))
            for node in _scalars(self.root)
        )
        self._starts = [start for start, _, _ in self._scalars]
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def raw(self, node: yaml.Node) -> str:
        """A value as it is written, with its quotation marks."""
        return self.text[node.start_mark.index : end_of(node, self.text)]

    def rewrite(self, node: yaml.Node, written: str) -> None:
        """Writes a value anew; ``written`` is YAML."""
        self._rewritten.add(id(node))
        start, end = node.start_mark.index, end_of(node, self.text)
        space = " " if written and start == end else ""  # after a colon with nothing behind it
        self._splices.append(_Splice(start, end, space + written))

    def splice(self, start: int, end: int, written: str) -> None:
        """Writes something else between two places."""
        self._splices.append(_Splice(start, end, written))

    def settle(self, node: yaml.Node) -> None:
        """Takes the marks of work left out of the comment on a value."""
        self._settled.add(self.note_position(node))

    def note_position(self, node: yaml.Node) -> int:
        """Where a note on a value goes: the end of a line, the same for all values on it."""
        is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        if is_block and id(node) not in self._rewritten:
            return line_end(self.text, node.start_mark.index)  # below, it would be part of the text
        position = line_end(self.text, end_of(node, self.text))
        while (around := self._scalar_around(position)) and not around[2]:
            position = line_end(self.text, around[1])  # a quotation goes on in the next line
        return position

    def note(self, position: int, words: str) -> None:
        """Adds a note to the comment of a line, after what the comment says already."""
        self._notes[position].append(words)

    def add_after(self, node: yaml.Node, line: str) -> None:
        """Adds a top-level line, set off by a blank one, after a top-level value."""
        if self.root.flow_style:
            here = self.root.start_mark.index + 1
            self._splices.append(_Splice(here, here, f"{line}, "))
            return
        here = line_end(self.text, end_of(node, self.text))
        self._splices.append(_Splice(here, here, f"{self._newline * 2}{line}"))

    def add_key(self, parent: yaml.MappingNode, line: str, note: str) -> str | None:
        """Adds a key with its value, and a note on it, at the end of a mapping.

        Returns the line as it is written; ``None`` if the key stands on a line with others, to
        which the note is added.
        """
        last = end_of(parent.value[-1][1], self.text)
        if parent.flow_style:
            self._splices.append(_Splice(last, last, f", {line}"))
            return None
        here = line_end(self.text, last)
        column = column_of(self.text, parent.value[0][0].start_mark.index)
        written = f"{' ' * column}{line}{COMMENT}{note}"
        self._additions.append(_Splice(here, here, f"{self._newline}{written}"))
        return written

    def drop(self, parent: yaml.CollectionNode, gone: Collection[int]) -> None:
        """Takes out some (not all) children of a mapping or sequence, and the comments on them."""
        bounds = [(start, end_of(value, self.text)) for start, value in self._children(parent)]
        starts = [start for start, _ in bounds]
        kept = [index for index in range(len(bounds)) if index not in gone]
        for index in sorted(gone):
            if not parent.flow_style and self._begins_line(starts[index]):
                self._drop_lines(*bounds[index])
            elif index < kept[-1]:
                self._drops.append(_Splice(starts[index], starts[index + 1]))
            else:  # with the comma before it
                self._drops.append(_Splice(bounds[index - 1][1], bounds[index][1]))

    def finish(self) -> str:
        """The text with all edits made."""
        splices = [*self._splices, *self._comments(), *self._additions]
        drops = [drop for drop in self._drops if not _within(drop, self._drops)]
        made = [splice for splice in splices if not _within(splice, self._drops)] + drops
        self._made = sorted(made, key=lambda each: (each.start, each.end))
        parts, position = [], 0
        for each in self._made:
            parts += [self.text[position : each.start], each.text]
            position = each.end
        text = "".join([*parts, self.text[position:]])
        self._finished = text.rstrip() + self._newline if drops else text
        return self._finished

    def line(self, position: int) -> int:
        """The line (from 1) in the finished text of a position in the text as it was."""
        shift = sum(
            len(each.text) - (each.end - each.start)
            for each in self._made
            if each.end <= position and each.start < position
        )
        return self._finished.count("\n", 0, position + shift) + 1

    def _children(self, parent: yaml.CollectionNode) -> Iterator[tuple[int, yaml.Node]]:
        """Where each child begins (its key, or its dash) and its value."""
        for child in parent.value:
            if isinstance(parent, yaml.MappingNode):
                yield child[0].start_mark.index, child[1]
            else:
                start = child.start_mark.index
                yield (start if parent.flow_style else dash_before(self.text, start)), child

    def _begins_line(self, position: int) -> bool:
        return not self.text[self.text.rfind("\n", 0, position) + 1 : position].strip()

    def _drop_lines(self, start: int, end: int) -> None:
        """Drops whole lines, the comments right above and, further indented, below, one gap."""
        first = self.text.rfind("\n", 0, start) + 1
        column = start - first
        above = first
        while above and _indent(line := self._line_before(above)) == column and _is_comment(line):
            above -= len(line)
        # a comment that opens the file is about the file
        first = above if above else first
        last = self.text.find("\n", end) + 1 or len(self.text)
        blank_before = not (first and self._line_before(first).strip())
        while last < len(self.text):
            line = self._line_at(last)
            below = _is_comment(line) and _indent(line) > column
            if not (below or (blank_before and not line.strip())):
                break
            last += len(line)
        self._drops.append(_Splice(first, last))

    def _line_at(self, position: int) -> str:
        return self.text[position : self.text.find("\n", position) + 1 or len(self.text)]

    def _line_before(self, position: int) -> str:
        return self.text[self.text.rfind("\n", 0, position - 1) + 1 : position]

    def _next_line(self, position: int) -> int:
        return self.text.find("\n", position) + 1 or len(self.text)

    def _scalar_around(self, position: int) -> tuple[int, int, bool] | None:
        """The scalar that begins before a position and ends after it, if there is one."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and self._scalars[index][0] < position < self._scalars[index][1]:
            return self._scalars[index]
        return None

    def _comments(self) -> Iterator[_Splice]:
        """The comments to be written anew: those that get a note, those that lose a mark."""
        found = self._settled
        if not self._keep_marks:
            found = {line_end(self.text, match.start()) for match in re.finditer("#", self.text)}
        for end in sorted({*self._notes, *found}):
            start = self._comment_start(end)
            comment = read_comment(self.text[start:end].lstrip("#").strip())
            notes = [*filter(None, ["；".join(comment.own)]), *self._notes.get(end, ())]
            if not (self._notes.get(end) or comment.marks):
                continue
            if not notes and self._begins_line(start):
                yield _Splice(self.text.rfind("\n", 0, start) + 1, self._next_line(end))
                continue
            before = len(self.text[:start].rstrip(" \t"))
            gap = self.text[before:start] if start < end else GAP
            yield _Splice(before, end, f"{gap}# {'；'.join(notes)}" if notes else "")

    def _comment_start(self, end: int) -> int:
        """Where the comment of the line that ends here begins; its end where there is none."""
        first = self.text.rfind("\n", 0, end) + 1
        for match in _HASH.finditer(self.text, first, end):
            around = self._scalar_around(match.start())
            if around is None or (around[2] and line_end(self.text, around[0]) == end):
                return match.start()  # outside texts; the line of a | or > may bear a comment
        return end


def end_of(node: yaml.Node, text: str) -> int:
    """Where a value ends in the text it was composed from.

    The mark of a block collection stands where the next token begins.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last, text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def dash_before(text: str, position: int) -> int:
    """Where the dash of a list item stands; comments may stand between it and the item."""
    before = text[:position].rstrip()
    while not before.endswith("-"):
        before = before[: before.rfind("\n") + 1].rstrip()
    return len(before) - 1


def column_of(text: str, position: int) -> int:
    """How many characters stand before a position on its line."""
    return position - text.rfind("\n", 0, position) - 1


def line_end(text: str, position: int) -> int:
    """Where the line of a position ends."""
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for each in child if isinstance(child, tuple) else (child,):
            yield from _scalars(each)


def _within(splice: _Splice, drops: Collection[_Splice]) -> bool:
    return any(
        drop.start <= splice.start and splice.end <= drop.end and drop is not splice
        for drop in drops
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#")
