"""Turns pydantic's complaints into findings in Chinese, with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.load.schema_keys import keys_at, nearest_key, where_to_write
from generator.load.yaml.slips import colons, slip_in_value
from generator.load.yaml.tree import Path_, SourceTree
from generator.model.vocabulary import Vocabulary

_WORDS = {
    "missing": "缺少“{key}”",
    "extra_forbidden": "没有“{key}”这个键",
    "string_type": "“{key}”应当是一段文字",
    "int_parsing": "“{key}”应当是整数，现在是“{input}”",
    "decimal_parsing": "“{key}”应当是数字，现在是“{input}”",
    "int_type": "“{key}”应当是整数",
    "int_parsing_size": "“{key}”这个数太大",
    "float_type": "“{key}”应当是数字",
    "float_parsing": "“{key}”应当是数字，现在是“{input}”",
    "decimal_type": "“{key}”应当是数字",
    "list_type": "“{key}”应当是列表（每项以“- ”开头）",
    "tuple_type": "“{key}”应当是列表（每项以“- ”开头）",
    "dict_type": "“{key}”应当是若干“键: 值”",
    "model_type": "“{key}”应当是若干“键: 值”",
    "enum": "“{key}”只能是{expected}，现在是“{input}”",
    "literal_error": "“{key}”只能是{expected}，现在是“{input}”",
    "greater_than_equal": "“{key}”不能小于 {ge}，现在是“{input}”",
    "less_than_equal": "“{key}”不能大于 {le}，现在是“{input}”",
    "string_too_short": "“{key}”是空的",
    "string_pattern_mismatch": "“{key}”的写法不对，现在是“{input}”",
    "too_short": "“{key}”至少要有 {min_length} 项",
}
_REMEDIES = {
    "missing": "补上“{key}”",
    "string_too_short": "填写“{key}”；不是必填的，没有内容就删除这个键",
    "int_parsing_size": "改正这个数",
    "enum": "改成其中之一",
    "literal_error": "改成其中之一",
    "greater_than_equal": "改正这个数",
    "less_than_equal": "改正这个数",
    "int_parsing": "只写数字，不写单位和别的字",
    "decimal_parsing": "只写数字，不写单位和别的字",
    "float_parsing": "只写数字，不写单位和别的字",
}
_UNKNOWN_KEYS = {"extra_forbidden", "unknown_key"}
"""Keys that no model has, and names that the vocabulary does not have."""
_MAPPINGS = {"dict_type", "model_type"}
_LISTS = {"list_type", "tuple_type"}
_SHOWN = 20  # characters of a wrong value that a message quotes
_CODES = {"missing": "E202", "extra_forbidden": "E201"}


M = TypeVar("M", bound=BaseModel)


def validate(
    model: type[M], data: object, source: SourceTree, vocabulary: Vocabulary | None = None
) -> M | None:
    """Validates a tree against a model; problems are appended to the source's findings.

    Parts of the tree may be models already. The data of an entity needs the vocabulary of its
    pack.
    """
    try:
        return model.model_validate(data, context=vocabulary)
    except ValidationError as error:
        aliases = {finding.place for finding in source.findings if finding.code == "E107"}
        found = _findings(error, model, source, vocabulary)
        source.findings.extend([each for each in found if each.place not in aliases])
        return None


def _findings(
    error: ValidationError,
    model: type[BaseModel],
    source: SourceTree,
    vocabulary: Vocabulary | None,
) -> Iterable[Finding]:
    """One finding for each cause: a key that is written wrong is not missing as well."""
    told: dict[tuple[object, ...], Finding] = {}
    meant: set[Path_] = set()
    missing: dict[tuple[object, ...], Path_] = {}
    for detail in error.errors(include_url=False):
        path = _written_path(detail["loc"], source)
        finding = _finding(detail, path, model, source, vocabulary)
        identity = (finding.code, finding.place, finding.message)
        told.setdefault(identity, finding)
        if detail["type"] == "missing":
            missing[identity] = path
        elif detail["type"] == "extra_forbidden":
            near = nearest_key(str(path[-1]), keys_at(model, path[:-1], vocabulary))
            meant.update([(*path[:-1], near)] if near else [])
    lists = _without_their_items(error, source)
    return [
        each
        for identity, each in told.items()
        if missing.get(identity) not in meant and (each.code, each.place) not in lists
    ]


def _without_their_items(error: ValidationError, source: SourceTree) -> set[tuple[str, Location]]:
    """The findings that a list is too short because none of its items can be used."""
    paths = [(each["type"], each["loc"]) for each in error.errors(include_url=False)]
    return {
        ("E203", source.place(_written_path(loc, source)))
        for kind, loc in paths
        if kind == "too_short"
        and any(other[: len(loc)] == loc and len(other) > len(loc) for _, other in paths)
    }


def _written_path(loc: tuple[str | int, ...], source: SourceTree) -> Path_:
    """Drops the steps pydantic adds for its own machinery (``[key]``, union members)."""
    steps: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if last or source.knows((*steps, step)):
            steps.append(step)
    return tuple(step for step in steps if step != "[key]")


def _finding(
    detail: ErrorDetails,
    path: Path_,
    model: type[BaseModel],
    source: SourceTree,
    vocabulary: Vocabulary | None,
) -> Finding:
    kind = detail["type"]
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "内容")
    context: Mapping[str, Any] = detail.get("ctx", {})
    words = {"key": key, "input": _shorten(detail["input"]), **context}
    if "expected" in words:
        words["expected"] = str(words["expected"]).replace("'", "").replace(" or ", "、")
        words["expected"] = words["expected"].replace(", ", "、")
    if kind in _UNKNOWN_KEYS:
        slip = next(colons(key), None)
        remedy = slip.remedy if slip else where_to_write(model, path, vocabulary)
        message = _WORDS["extra_forbidden"].format(**words) + (f"：{slip.cause}" if slip else "")
        return Finding("E201", message, remedy, source.place(path, key=True))
    code = _CODES.get(kind, str(context.get("code", "E203")))
    if "remedy" in context:  # an error of our own, in Chinese already
        message = detail["msg"]
    else:
        message = _WORDS.get(kind, "“{key}”不合要求，现在是“{input}”").format(**words)
    remedy = str(context.get("remedy", _REMEDIES.get(kind, "按 docs/data-format.md 的格式填写")))
    finding = Finding(code, message, remedy.format(**words), source.place(path))
    return _of_another_kind(finding, key, kind, detail["input"])


def _of_another_kind(finding: Finding, key: str, kind: str, value: object) -> Finding:
    """A finding about a text, a list or a mapping, if another of them was wanted: with the cause.

    A text that should be a mapping or a list mostly is one with a slip of typing in it.
    """
    if kind in _MAPPINGS | _LISTS and value is None:
        return replace(finding, message=f"“{key}”下面没有内容", remedy=f"填写内容，或删去“{key}”")
    if (
        kind in _MAPPINGS | _LISTS | {"nothing"}
        and isinstance(value, str)
        and (slip := slip_in_value(value))
    ):
        place = finding.place
        if place is not None and place.line and slip.start and "\n" not in value[: slip.start]:
            place = replace(place, column=place.column + slip.start)
        message = f"{finding.message}：{slip.cause}"
        return replace(finding, message=message, remedy=slip.remedy, place=place)
    if kind in _LISTS and isinstance(value, dict):
        return replace(finding, remedy="每一项前面加“- ”（减号加一个空格），其余各行与它对齐")
    if kind == "string_type" and isinstance(value, dict):
        cause = "文字里的“: ”被当成了键和值"
        return replace(finding, message=f"{finding.message}：{cause}", remedy="整段文字加引号")
    if kind == "string_type" and isinstance(value, list):
        remedy = "写成一段；以“[”或“- ”开头的文字，整段加引号"
        return replace(finding, message=f"{finding.message}，现在是列表", remedy=remedy)
    return finding


def _shorten(value: object) -> str:
    text = "一组内容" if isinstance(value, dict | list) else str(value or "")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
