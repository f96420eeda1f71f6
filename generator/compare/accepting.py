"""Writes differences that people accepted from a draft back into the data they were found in.

Only what is sure is written: the words stand in one value of the data exactly as they were
compared, or the number is one leaf that was printed in full. All else is left to people, with the
reason; nothing is guessed, and nothing is written that would keep the data from being used.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct, field

from generator.compare.difference import DifferenceKind
from generator.compare.faults import DataFaults
from generator.core.files.plain import read_plain
from generator.core.findings import Finding
from generator.core.numbers.format import MoneyUnit
from generator.load.yaml.changes import Path_
from generator.load.yaml.content import decoded_text, placed_values
from generator.load.yaml.files import yaml_files
from generator.load.yaml.patch import PatchError
from generator.load.yaml.tree import LARGEST_FILE
from generator.load.yaml.values import with_values
from generator.pack.pack import Pack


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
    """A difference that is to be as in the draft; ``spot`` if the list says where it is.

    ``kind`` is its class in words, as far as the list says it.
    """

    number: str
    what: str
    spot: DataSpot | None
    kind: str = ""


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


class _Value(Struct, eq=False):
    """A text of a data file, the line that it begins in, and what of it changes."""

    file: Path
    line: int
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


_Values = dict[tuple[int, int], _Value | None]
"""The texts of a file by line and column where they begin, from 1; ``None`` of what holds some."""


def accept_differences(accepted: Iterable[AcceptedDifference], folder: Path, pack: Pack) -> Written:
    """Puts the words of the draft into the data, in memory.

    Raises:
        OSError: if a file cannot be read.
        ValueError, yaml.YAMLError: if one is no YAML.
        UnusableInputError: if the catalogue cannot be read.
    """
    known = {path.relative_to(folder).as_posix(): path for path in yaml_files(folder)[0]}
    values: dict[str, _Values] = {}
    changed: dict[_Value, None] = {}
    left: list[Left] = []
    for each in accepted:
        try:
            spot = _sure_spot(each, known)
            if spot.file not in values:
                values[spot.file] = _values(known[spot.file])
            value = _value(spot, values[spot.file])
            value.take(_change(each, spot, value.text))
            changed[value] = None
        except _UnsureError as error:
            left.append(Left(each, str(error)))
    writing = _Writing(folder, pack)
    kept, refused = writing.usable(list(changed))
    done = [change.accepted for value in kept for change in value.changes]
    return Written(writing.contents(kept), tuple(done), (*left, *refused))


class _Writing:
    """What becomes of the files of a folder with values changed."""

    def __init__(self, folder: Path, pack: Pack) -> None:
        self._folder = folder
        self._faults = DataFaults(folder, pack)

    def contents(self, values: Iterable[_Value]) -> dict[str, bytes]:
        """The new contents of files, by their paths in the folder.

        Raises:
            PatchError: if one cannot be changed in place.
        """
        texts: dict[Path, dict[Path_, str]] = {}
        for value in values:
            texts.setdefault(value.file, {})[value.path] = value.changed()
        return {
            file.relative_to(self._folder).as_posix(): with_values(file, each)
            for file, each in texts.items()
        }

    def usable(self, values: Sequence[_Value]) -> tuple[list[_Value], list[Left]]:
        """The values that can all be written, and why the others are left."""
        kept: list[_Value] = []
        left: list[Left] = []
        for file in dict.fromkeys(value.file for value in values):
            here = [value for value in values if value.file == file]
            try:
                self.contents(here)
                kept += here
            except PatchError:
                left += _left(here, "这个文件的写法没有把握照原样改")
        found = self._found(kept)
        while found:
            value, why = self._culprit(kept, found)
            left += _left([value], f"写进去数据就不能用了：{why}")
            kept.remove(value)
            found = self._found(kept)
        return kept, left

    def _found(self, values: Sequence[_Value]) -> list[Finding]:
        return self._faults.of(self.contents(values)) if values else []

    def _culprit(self, values: Sequence[_Value], found: list[Finding]) -> tuple[_Value, str]:
        """A value without which one of the faults is not there, and that fault in words.

        Where a fault is found, the cause mostly is. If no value alone is to blame, it is the last.
        """
        lines = {(each.place.file, each.place.line) for each in found if each.place}
        counted = _counted(found)
        for value in sorted(values, key=lambda each: (each.file, each.line) not in lines):
            others = _counted(self._found([each for each in values if each is not value]))
            for finding in found:
                kind = finding.code, finding.message
                if others[kind] < counted[kind]:
                    return value, _said(finding)
        return values[-1], _said(found[0])


def _left(values: Iterable[_Value], why: str) -> list[Left]:
    return [Left(change.accepted, why) for value in values for change in value.changes]


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in findings)


def _said(finding: Finding) -> str:
    return f"{finding.message}（{finding.code}）"


_CHANGED = "数据里的这一处已经不是比较时的样子（数据改过，或清单是别的数据的）"
_UNKNOWN = "不知道写在数据的哪里：多半由模板或程序写出，或整段、整行增删"
_NOWHERE: Mapping[str, str] = {
    DifferenceKind.MISSING: "整段、整行、整条的增删不写",
    DifferenceKind.ADDED: "整段、整行、整条的增删不写",
    DifferenceKind.MOVED: "位置的改动不写",
    DifferenceKind.FORMAT: "只是写法不同，不算差异，不写",
    DifferenceKind.NOISE: "多半是文字提取造成的，不写",
    DifferenceKind.YEAR: "年度不同带来的，不写",
}
"""By class, why a difference is none of one place."""
_NOT_ALONE = "数据里没有单独写它，请人改"


def _sure_spot(accepted: AcceptedDifference, known: Mapping[str, Path]) -> DataSpot:
    spot = accepted.spot
    if spot is None:
        raise _UnsureError(_NOWHERE.get(accepted.kind, _UNKNOWN))
    if spot.file not in known:
        raise _UnsureError(f"数据目录里没有 {spot.file}")
    if any(unicodedata.category(their).startswith("C") for their in spot.theirs):
        raise _UnsureError("草稿的文字里有换行或控制字符")
    if spot.leaves > 1:
        raise _UnsureError(f"这个数由 {spot.leaves} 笔明细相加，不知道该改哪一笔")
    return spot


def _values(file: Path) -> _Values:
    content = read_plain(file, LARGEST_FILE)
    return {
        at: None if text is None else _Value(file, at[0], path, text)
        for at, path, text in placed_values(decoded_text(content))
    }


def _value(spot: DataSpot, values: _Values) -> _Value:
    """The text where a spot is."""
    at = spot.line, spot.column
    if at not in values:
        raise _UnsureError(_CHANGED)
    value = values[at]
    if value is None:
        raise _UnsureError(f"{_NOT_ALONE} {spot.file}:{spot.line}")
    return value


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
    ours, theirs = _number_in(spot.ours or "0"), _number_in(spot.theirs)
    if theirs is not None and theirs < 0:
        raise _UnsureError(f"草稿的“{spot.theirs}”是负数，数据里不填负数，请人改 {here}")
    same = ours is not None and ours == _number_in(value)
    if theirs is None or not same or spot.our_unit not in ("", MoneyUnit.YUAN):
        raise _UnsureError(f"草稿的“{spot.theirs}”不是以元写全的数，请人改 {here}")
    return f"{theirs:f}"


def _number_in(text: str) -> Decimal | None:
    """The number that a text is; ``None`` if it is none."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
