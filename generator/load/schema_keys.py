"""Which keys a model knows, and where: for whoever has written one at a wrong place."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, RootModel

from generator.core import likeness
from generator.model.base import Named
from generator.model.performance import DeclaredForm, InHalves
from generator.model.vocabulary import Vocabulary

Path = tuple[str | int, ...]
_MOST_HOMES = 4


def where_to_write(model: type[BaseModel], path: Path, vocabulary: Vocabulary | None = None) -> str:
    """The remedy for a key that is not known at its place.

    Args:
        model: the model of all the data.
        path: of the key.
        vocabulary: has the names that stand for keys in the data of an entity.
    """
    key, here = str(path[-1]), path[:-1]
    known = keys_at(model, here, vocabulary)
    if inside := [each for each in known if key in keys_at(model, (*here, each), vocabulary)]:
        return f"写到{_either(inside)}下面，多缩进一层"
    for length in range(len(here) - 1, -1, -1):
        if isinstance(here[length], str) and key in keys_at(model, here[:length], vocabulary):
            return f"“{key}”不属于“{here[length]}”，少缩进，与“{here[length]}”对齐"
    if near := nearest_key(key, known):
        return f"是不是“{near}”？"
    listed = f"这里可用的键：{'、'.join(known)}" if known else "删除这个键"
    homes = list(dict.fromkeys(_homes(model, key, (), vocabulary)))[:_MOST_HOMES]
    return f"“{key}”写在{_either(homes)}下面；{listed}" if homes else listed


def nearest_key(word: str, names: Iterable[str]) -> str | None:
    """The name that a word is most likely meant to be."""
    return next(iter(likeness.nearest_names(word, names, least=0.5)), None)


def keys_at(model: type[BaseModel], path: Path, vocabulary: Vocabulary | None = None) -> list[str]:
    """The keys a model accepts at a path, followed through lists, unions and mappings."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return [
        key
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for key in _keys(kind, vocabulary)
    ]


def _keys(kind: type[BaseModel], vocabulary: Vocabulary | None) -> Sequence[str]:
    if vocabulary and issubclass(kind, DeclaredForm | InHalves):
        return kind.names(vocabulary)
    own = [field.alias or name for name, field in kind.model_fields.items() if name != "root"]
    named = kind.names(vocabulary) if issubclass(kind, Named) and vocabulary else ()
    return list(dict.fromkeys([*own, *named]))


def accepts(model: type[BaseModel], path: Path) -> bool:
    """Whether data may be written at a path; numbers are steps into lists."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return bool(kinds)


def _either(names: Sequence[str]) -> str:
    *first, last = (f"“{name}”" for name in names)
    return "或".join(filter(None, ("、".join(first), last)))


def _homes(
    model: type[BaseModel], key: str, above: tuple[str, ...], vocabulary: Vocabulary | None
) -> Iterable[str]:
    """Where a key belongs, as keys from the outermost one."""
    if issubclass(model, RootModel):
        yield from [" → ".join(above)] if key in _keys(model, vocabulary) else ()
        return
    for name, field in model.model_fields.items():
        alias = field.alias or name
        if alias == key and above:
            yield " → ".join(above)
        for kind in _items(field.annotation):
            if kind is not model:  # columns hold columns
                yield from _homes(kind, key, (*above, alias), vocabulary)


def _items(kind: Any) -> list[type[BaseModel]]:
    """The models that a field holds, itself or in lists."""
    found: list[type[BaseModel]] = []
    for each in _unwrap(kind):
        if isinstance(each, type) and issubclass(each, BaseModel):
            found.append(each)
        elif typing.get_origin(each) in (tuple, list):
            found += _items(typing.get_args(each)[0])
    return found


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
        return _field(kind, step)
    return []


def _field(kind: type[BaseModel], step: str | int) -> list[Any]:
    if issubclass(kind, RootModel):
        return _step(kind.model_fields["root"].annotation, step)
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
