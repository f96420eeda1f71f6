"""Marks of work left: what import and new-year write beside a value that people have to see to.

A mark is a piece of a comment (``# 行政运行；待填（2025年：5000）``) or a whole value (``待填``,
``待核：原因待定``).
Other comments may use the same words: ``# 待核实的已核实`` is no mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.load.yaml.errors import LOADER

FILL, CONFIRM = "待填", "待核"
_MARK = late_pattern(rf"(?:{FILL}|{CONFIRM})(?:（[^）]*）)?|(?:{FILL}|{CONFIRM})(?: [^\s：]+)?：.*")
_HASH = late_pattern(r"(?:^|(?<=\s))#")
_BLOCK = ("|", ">")
GAP = "      "
COMMENT = f"{GAP}# "
"""How a comment at the end of a line begins, as everywhere in ``data/``."""


class Mark(NamedTuple):
    """A mark as it is written, and its place."""

    words: str
    place: Location

    @property
    def kind(self) -> str:
        """待填 or 待核."""
        return self.words[: len(FILL)]


class Comment(NamedTuple):
    """What a comment says: its own words, and the marks in it."""

    own: tuple[str, ...]
    marks: tuple[str, ...]


def read_comment(words: str) -> Comment:
    """Takes a comment, without its #, apart at each ；.

    A doubt of an import (待核：…) goes on to the next mark: its words may hold a ； themselves.
    """
    own: list[str] = []
    marks: list[str] = []
    for piece in (each.strip() for each in words.split("；")):
        if _MARK.fullmatch(piece):
            marks.append(piece)
        elif marks and "：" in marks[-1] and marks[-1].startswith(CONFIRM):
            marks[-1] += f"；{piece}"
        else:
            own.append(piece)
    return Comment(tuple(own), tuple(marks))


def marks_in(file: Path, text: str) -> list[Mark]:
    """The marks in the YAML text of a file, which can be composed, in its order."""
    if FILL not in text and CONFIRM not in text:
        return []
    tokens = yaml.scan(text, Loader=LOADER)
    scalars = [token for token in tokens if isinstance(token, yaml.ScalarToken)]
    found = [
        Mark(words, _place(file, text, at))
        for at, comment in _comments(text, scalars)
        for words in read_comment(comment).marks
    ]
    found += [
        Mark(value, _place(file, text, token.start_mark.index))
        for token in scalars
        if _MARK.fullmatch(value := token.value.strip())
    ]
    return sorted(found, key=lambda mark: mark.place)


def without_mark(text: str, words: str) -> str | None:
    """A YAML text without a mark on a line of its own; ``None`` if there is no such mark.

    What else the comment says stays.
    """
    lines = text.split("\n")
    for mark in marks_in(Path(), text):
        at = mark.place.line - 1
        if mark.words != words or not lines[at].lstrip().startswith("#"):
            continue
        head, _, said = lines[at].partition("#")
        comment = read_comment(said.lstrip("#").strip())
        others = [each for each in comment.marks if each != words]
        rest = "；".join([*filter(None, comment.own), *others])
        ending = "\r" if lines[at].endswith("\r") else ""
        lines[at : at + 1] = [f"{head}# {rest}{ending}"] if rest else []
        return "\n".join(lines)
    return None


def _comments(text: str, scalars: list[yaml.ScalarToken]) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and what it says without its #."""
    within = [_extent(text, token) for token in scalars]
    number, line = 0, -1
    for match in _HASH.finditer(text):
        at = match.start()
        while number < len(within) and within[number][1] <= at:
            number += 1
        inside = number < len(within) and within[number][0] <= at
        if inside or at < line:
            continue
        end = text.find("\n", at)
        line = len(text) if end < 0 else end
        yield at, text[at:line].lstrip("#").strip()


def _extent(text: str, token: yaml.ScalarToken) -> tuple[int, int]:
    """Where the text of a scalar begins and ends; the line of a | or > may bear a comment."""
    start, end = token.start_mark.index, token.end_mark.index
    if token.style in _BLOCK:
        start = text.find("\n", start) + 1 or end
    return start, end


def _place(file: Path, text: str, index: int) -> Location:
    return Location(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
