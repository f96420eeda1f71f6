"""Where accepted differences are written into the data: in the web report, and read from its list.

The report carries for each difference the value of the data that it stands in and the words around
it; its list, exported as JSON, has them beside what was decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.compare.accepting import AcceptedDifference, DataSpot
from generator.compare.difference import Comparison, Difference, DifferenceKind, PairedText
from generator.core.files.plain import read_plain
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import system_cause
from generator.core.web.scripts import script_json
from generator.reports.diff.view import View

KEY = "写回"
"""The key of an item of the list under which its spot stands."""
DECIDED = "采纳"
_AROUND = 20
"""Characters around a difference that tell it from others in its value."""
_LARGEST = 64 * 1024 * 1024
_WRITTEN = (DifferenceKind.TEXT, DifferenceKind.AMOUNT, DifferenceKind.NAME)
_FIELDS = {
    "文件": "file", "行": "line", "列": "column", "前文": "before", "生成": "ours",
    "草稿": "theirs", "后文": "after", "明细": "leaves", "生成单位": "our_unit",
    "草稿单位": "their_unit",
}  # fmt: skip
_OF_NUMBERS = frozenset({"生成单位", "草稿单位"})
"""What words have no need of."""


def spots_json(view: View) -> str:
    """By number, where each difference stands in the data, as far as it is known: for a script."""
    ours = Path(view.comparison.ours)
    around = dict(_around(view.comparison))
    told: dict[int, dict[str, Any]] = {}
    for item in view.items:
        difference = item.difference
        place = difference.our_place
        if difference.kind not in _WRITTEN or place is None or not place.line:
            continue
        if difference.in_row:  # what the row begins with is not what differs
            continue
        if not place.file.is_relative_to(ours) or place.file == ours:
            continue
        before, after = around.get(difference, ("", ""))
        file = place.file.relative_to(ours).as_posix()
        values = (
            file, place.line, place.column, before, difference.ours, difference.theirs, after,
            len(difference.leaves), *_units(difference),
        )  # fmt: skip
        told[item.number] = dict(zip(_FIELDS, values, strict=True))
    return script_json(told)


def _units(difference: Difference) -> tuple[str, str]:
    """What the numbers of both sides are printed in; nothing of a count, and of words."""
    ours, theirs = difference.units
    money = difference.leaves and not difference.is_count
    return (ours.words, theirs.words) if money else ("", "")


def _around(comparison: Comparison) -> Iterator[tuple[Difference, tuple[str, str]]]:
    """The words of ours before and after each difference within a paragraph."""
    for part in comparison.parts:
        for text in part.content:
            if isinstance(text, PairedText):
                whole = "".join(piece.ours for piece in text.pieces)
                for number, start, end in text.spans():
                    near = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
                    yield text.found[number], near


def read_accepted(file: Path) -> tuple[list[AcceptedDifference], int]:
    """The differences that a list says are accepted, and how many it has besides.

    Raises:
        UnusableInputError: E655.
    """
    try:
        content = json.loads(read_plain(file, _LARGEST).decode("utf-8-sig"))
    except OSError as error:
        raise _unusable(f"读不了：{system_cause(error)}", file) from error
    except (ValueError, RecursionError) as error:
        raise _unusable("不是 JSON", file) from error
    if not isinstance(content, list) or not all(_is_item(each) for each in content):
        raise _unusable("不是比较的网页报告导出的清单", file)
    decided = [each for each in content if each["处理"] == DECIDED]
    accepted = [
        AcceptedDifference(
            str(each["序号"]), _what(each), _spot(each.get(KEY), file), str(each.get("类别", ""))
        )
        for each in decided
    ]
    return accepted, len(content) - len(accepted)


def _is_item(each: object) -> bool:
    return isinstance(each, dict) and "序号" in each and "处理" in each


def _what(each: Mapping[str, Any]) -> str:
    return " ".join(str(each[key]) for key in ("部分", "位置") if each.get(key))


def _spot(told: object, file: Path) -> DataSpot | None:
    if not told:
        return None
    if not isinstance(told, dict):
        raise _unusable(f"“{KEY}”写得不完整", file)
    lacking, unmeant = set(_FIELDS) - set(told), set(told) - set(_FIELDS)
    if unmeant or lacking - (set() if told.get("明细") else _OF_NUMBERS):
        raise _unusable(f"“{KEY}”写得不完整", file)
    values = {_FIELDS[key]: value for key, value in told.items()}
    for name, value in values.items():
        wanted = int if name in {"line", "column", "leaves"} else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise _unusable(f"“{KEY}”写得不完整", file)
    return DataSpot(**values)


def _unusable(cause: str, file: Path) -> UnusableInputError:
    remedy = (
        "用 disclosure diff 数据目录 草稿 --format html -o 比较.html 写出报告，"
        "在报告里标“采纳”，从“导出”存成 JSON"
    )
    return UnusableInputError([Finding("E655", f"差异清单{cause}", remedy, Location(file))])
