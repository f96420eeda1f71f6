"""Writes differences that people accepted from a draft back into the data they were found in.

Only what is sure is written: the words stand in one value of the data exactly as they were
compared, or the number is one leaf that was printed in full. All else is left to people, with the
reason; nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct, field

from generator.core.files.plain import read_plain
from generator.core.numbers.format import MoneyUnit
from generator.load.yaml.changes import Path_
from generator.load.yaml.content import decoded_text, placed_texts
from generator.load.yaml.files import yaml_files
from generator.load.yaml.patch import PatchError
from generator.load.yaml.tree import LARGEST_FILE
from generator.load.yaml.values import with_values


class DataSpot(Struct, frozen=True):
    """Where the words of the data stand, and what stood around them when they were compared.

    Attributes:
        file: the file, by its path in the data folder.
        line, column: where the value begins, from 1.
        before, after: the words next to the difference; of a whole value they are empty.
        ours, theirs: the words of the data, and those of the draft.
        leaves: how many leaves a number was computed from; 0 of words.
        our_unit, their_unit: the units of money that both numbers are printed in; empty of counts.
    """

    file: str
    line: int
    column: int
    before: str
    ours: str
    theirs: str
    after: str
    leaves: int = 0
    our_unit: str = MoneyUnit.YUAN
    their_unit: str = MoneyUnit.YUAN


class AcceptedDifference(Struct, frozen=True):
    """A difference that is to be as in the draft; ``spot`` if the list says where it is."""

    number: str
    what: str
    spot: DataSpot | None


class Left(Struct, frozen=True):
    """A difference that was not written, and why."""

    accepted: AcceptedDifference
    why: str


class Written(Struct, frozen=True):
    """What became of a list.

    Attributes:
        files: the new contents of files by their paths in the folder.
        done: what they have of the draft.
        left: what was not written.
    """

    files: Mapping[str, bytes]
    done: tuple[AcceptedDifference, ...]
    left: tuple[Left, ...]


class _UnsureError(Exception):
    """Why a difference cannot be written for sure, in Chinese."""


class _Change(Struct, frozen=True):
    """What of a value becomes something else: from where to where, and for which difference."""

    start: int
    end: int
    text: str
    accepted: AcceptedDifference

    @property
    def made(self) -> tuple[int, int, str]:
        """What becomes of the text, whichever difference asks for it."""
        return self.start, self.end, self.text

    def clashes(self, other: _Change) -> bool:
        """Whether not both can be made: they change the same words into different ones."""
        same = (self.start, self.end) == (other.start, other.end)
        reaches = self.start < other.end and other.start < self.end
        return (same or reaches) and self.made != other.made


class _Value(Struct):
    """A text of a data file, and what of it changes."""

    path: Path_
    text: str
    changes: list[_Change] = field(default_factory=list)

    def take(self, change: _Change) -> None:
        """Adds a change, which reaches into no other one, or is one that is made already.

        A leaf that is printed in several tables is accepted in each of them.
        """
        if any(change.clashes(each) for each in self.changes):
            raise _UnsureError("与前面一处改的是同一段文字")
        self.changes.append(change)

    def changed(self) -> str:
        """The text with every change made."""
        text = self.text
        for start, end, words in sorted({each.made for each in self.changes}, reverse=True):
            text = f"{text[:start]}{words}{text[end:]}"
        return text


_Values = dict[tuple[int, int], _Value]
"""The texts of a file by the line and column where they begin, from 1."""


def accept_differences(accepted: Iterable[AcceptedDifference], folder: Path) -> Written:
    """Puts the words of the draft into the data, in memory.

    Raises:
        OSError: if a file cannot be read.
    """
    known = {path.relative_to(folder).as_posix(): path for path in yaml_files(folder)[0]}
    values: dict[str, _Values] = {}
    left: list[Left] = []
    for each in accepted:
        try:
            spot = _sure_spot(each, known)
            if spot.file not in values:
                values[spot.file] = _values(known[spot.file])
            value = values[spot.file].get((spot.line, spot.column))
            if value is None:
                raise _UnsureError(_CHANGED)
            value.take(_change(each, spot, value.text))
        except _UnsureError as error:
            left.append(Left(each, str(error)))
    files: dict[str, bytes] = {}
    done: list[AcceptedDifference] = []
    for name, found in values.items():
        changed = [value for value in found.values() if value.changes]
        here = [change.accepted for value in changed for change in value.changes]
        if not changed:
            continue
        try:
            texts = {value.path: value.changed() for value in changed}
            files[name] = with_values(known[name], texts)
            done += here
        except PatchError:
            left += [Left(each, "这个文件的写法没有把握照原样改") for each in here]
    return Written(files, tuple(done), tuple(left))


_CHANGED = "数据里的这一处已经不是比较时的样子（数据改过，或清单是别的数据的）"


def _sure_spot(accepted: AcceptedDifference, known: Mapping[str, Path]) -> DataSpot:
    spot = accepted.spot
    if spot is None:
        raise _UnsureError("不知道写在数据的哪里：多半由模板或程序写出，或整段、整行增删")
    if spot.file not in known:
        raise _UnsureError(f"数据目录里没有 {spot.file}")
    if any(unicodedata.category(their).startswith("C") for their in spot.theirs):
        raise _UnsureError("草稿的文字里有换行或控制字符")
    if spot.leaves > 1:
        raise _UnsureError(f"这个数由 {spot.leaves} 笔明细相加，不知道该改哪一笔")
    return spot


def _values(file: Path) -> _Values:
    content = read_plain(file, LARGEST_FILE)
    return {at: _Value(path, text) for at, path, text in placed_texts(decoded_text(content))}


def _change(accepted: AcceptedDifference, spot: DataSpot, value: str) -> _Change:
    if spot.leaves:
        return _Change(0, len(value), _number(spot, value), accepted)
    whole = f"{spot.before}{spot.ours}{spot.after}"
    alone = not (spot.before or spot.after)  # then it is all that the value says
    if whole not in value or (alone and whole != value.strip()):
        raise _UnsureError(_CHANGED)
    if value.count(whole) > 1:
        raise _UnsureError("这些字在数据的这一处不止一次")
    start = value.index(whole) + len(spot.before)
    return _Change(start, start + len(spot.ours), spot.theirs, accepted)


def _number(spot: DataSpot, value: str) -> str:
    """What stands for a value that is one leaf, if it was printed in full."""
    here = f"{spot.file}:{spot.line}，现为 {value}"
    if spot.our_unit != spot.their_unit:
        units = f"生成的以{spot.our_unit}印，草稿的以{spot.their_unit}印"
        raise _UnsureError(f"单位不同：{units}“{spot.theirs}”，请人改 {here}")
    theirs = spot.theirs.replace(",", "")
    try:
        same = Decimal(value) == Decimal(spot.ours.replace(",", "")) and Decimal(theirs) >= 0
    except InvalidOperation:
        same = False
    if not same or spot.our_unit not in ("", MoneyUnit.YUAN):
        raise _UnsureError(f"草稿的“{spot.theirs}”不是以元写全的数，请人改 {here}")
    return theirs
