"""Turns pydantic's complaints into findings in Chinese, with place and remedy."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.disclosure.vocabulary import Vocabulary
from generator.findings import Finding
from generator.load.yaml_tree import Path_, SourceTree

_WORDS = {
    "missing": "缺少“{key}”",
    "extra_forbidden": "没有“{key}”这个键",
    "string_type": "“{key}”应当是文字",
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
    "string_too_short": "填写“{key}”，没有内容就删除这个键",
    "enum": "改成其中之一",
    "literal_error": "改成其中之一",
}
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
        found = _findings(error, model, source)
        source.findings.extend([each for each in found if each.place not in aliases])
        return None


def _findings(
    error: ValidationError, model: type[BaseModel], source: SourceTree
) -> Iterable[Finding]:
    seen: set[tuple[object, ...]] = set()
    for detail in error.errors(include_url=False):
        path = _written_path(detail["loc"], source)
        finding = _finding(detail, path, model, source)
        identity = (finding.code, finding.place, finding.message)
        if identity not in seen:
            seen.add(identity)
            yield finding


def _written_path(loc: tuple[str | int, ...], source: SourceTree) -> Path_:
    """Drops the steps pydantic adds for its own machinery (``[key]``, union members)."""
    steps: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if last or source.knows((*steps, step)):
            steps.append(step)
    return tuple(step for step in steps if step != "[key]")


def _finding(
    detail: ErrorDetails, path: Path_, model: type[BaseModel], source: SourceTree
) -> Finding:
    kind = detail["type"]
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "内容")
    context: Mapping[str, Any] = detail.get("ctx", {})
    words = {"key": key, "input": _shorten(detail["input"]), **context}
    if "expected" in words:
        words["expected"] = str(words["expected"]).replace("'", "").replace(" or ", "、")
        words["expected"] = words["expected"].replace(", ", "、")
    if kind in ("extra_forbidden", "unknown_key"):
        known = context["known"] if kind == "unknown_key" else _keys_at(model, path[:-1])
        return Finding(
            "E201",
            _WORDS["extra_forbidden"].format(**words),
            _did_you_mean(key, known),
            source.place(path, key=True),
        )
    code = _CODES.get(kind, str(context.get("code", "E203")))
    if "remedy" in context:  # an error of our own, in Chinese already
        message = detail["msg"]
    else:
        message = _WORDS.get(kind, "“{key}”不合要求，现在是“{input}”").format(**words)
    remedy = str(context.get("remedy", _REMEDIES.get(kind, "按 docs/data-format.md 的格式填写")))
    return Finding(code, message, remedy.format(**words), source.place(path))


def _shorten(value: object) -> str:
    text = "一组内容" if isinstance(value, dict | list) else str(value or "")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if near:
        return f"是不是“{near[0]}”？"
    return f"这里可用的键：{'、'.join(names)}" if names else "删除这个键"


def _keys_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys a model accepts at a path, followed through lists, unions and mappings."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return [
        field.alias or name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items()
    ]


def _step(kind: Any, step: str | int) -> list[Any]:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return [inner for member in arguments for inner in _step(member, step)]
    if origin is typing.Annotated:
        return _step(arguments[0], step)
    if origin in (tuple, list) and isinstance(step, int):
        return _unwrap(arguments[0])
    if origin is dict and isinstance(step, str):
        return _unwrap(arguments[1])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step in (field.alias, name):
                return _unwrap(field.annotation)
    return []


def _unwrap(kind: Any) -> list[Any]:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return [inner for member in typing.get_args(kind) for inner in _unwrap(member)]
    if origin is typing.Annotated:
        return _unwrap(typing.get_args(kind)[0])
    return [kind]
