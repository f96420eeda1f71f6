"""What is different between two versions of data, as edits that can be made one by one.

Blank values, empty mappings and keys that are not there are the same. A :class:`NumberText` is
changed if its value is, not if it is written otherwise. Items of lists are matched first by
content, then by what names them, then by order, so that a change within an item is an edit of that
item.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from generator.core.text.patterns import late_pattern

Path_ = tuple[str | int, ...]
_NUMBER = late_pattern(r"(0|[1-9][0-9]*)(\.[0-9]+)?")


class NumberText(str):
    """A number as text: 10.0 is 10.00, but the code 010 is not 10."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SetValue:
    """Another value at a path."""

    path: Path_
    value: Any


@dataclass(frozen=True, slots=True)
class AddKey:
    """A key that the mapping at a path did not have; the path of all the data is empty."""

    path: Path_
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class RemoveKey:
    """A key that is there no more."""

    path: Path_


@dataclass(frozen=True, slots=True)
class InsertItem:
    """An item more in the list at a path, before the item that has this index now."""

    path: Path_
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """An item of a list that is there no more."""

    path: Path_


@dataclass(frozen=True, slots=True)
class Settle:
    """A value that stays as it is and is confirmed: the marks of work left beside it go."""

    path: Path_


Edit = SetValue | AddKey | RemoveKey | InsertItem | RemoveItem | Settle


def changes(before: Any, after: Any, path: Path_ = ()) -> Iterator[Edit]:
    """The edits that make one version of data into the other.

    Made in this order, each path leads to its place at its turn: items of a list are inserted and
    removed from the last to the first, after whatever changes within those that stay.
    """
    if is_same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_mapping(before, after, path)
    elif _is_list(before) and _is_list(after) and before and after:
        yield from _of_list(before, after, path)
    else:
        yield SetValue(path, after)


def is_blank(value: Any) -> bool:
    """Whether something is the same as not being there."""
    if isinstance(value, Mapping):
        return all(map(is_blank, value.values()))
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def count_entries(entries: Sequence[Any]) -> int:
    """How many entries a list has; of projects by unit, the projects."""
    projects = (entry.get("项目") if isinstance(entry, Mapping) else None for entry in entries)
    return sum(len(each) if isinstance(each, list) else 1 for each in projects)


def is_same(one: Any, other: Any) -> bool:
    """Whether two versions of something say the same."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(is_same(one.get(key), other.get(key)) for key in {*one, *other})
    if _is_list(one) and _is_list(other):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip() or _same_number(one, other)
    return is_blank(one) and is_blank(other) and not (one == [] and isinstance(other, str))


def _same_number(one: str, other: str) -> bool:
    """Whether the number in one text is that of the other; one of them must be known as one."""
    if not (isinstance(one, NumberText) or isinstance(other, NumberText)):
        return False
    written = one.strip(), other.strip()
    return all(map(_NUMBER.fullmatch, written)) and Decimal(written[0]) == Decimal(written[1])


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _of_mapping(before: Mapping[str, Any], after: Mapping[str, Any], path: Path_) -> Iterator[Edit]:
    for key, value in before.items():
        if not is_blank(value) and is_blank(after.get(key)) and after.get(key) != []:
            continue
        if key in after and not is_same(value, after[key]):
            yield from changes(value, after[key], (*path, key))
    for key, value in after.items():
        if key not in before and (value == [] or not is_blank(value)):
            yield AddKey(path, key, value)
    for key, value in before.items():
        gone = is_blank(after.get(key)) and after.get(key) != []
        if gone and not is_blank(value):
            yield RemoveKey((*path, key))


def _of_list(before: Sequence[Any], after: Sequence[Any], path: Path_) -> Iterator[Edit]:
    pairs = list(aligned(before, after))
    if not any(i is not None and j is not None for i, j in pairs):
        yield SetValue(path, after)
        return
    for i, j in pairs:
        if i is not None and j is not None:
            yield from changes(before[i], after[j], (*path, i))
    place = len(before)
    for i, j in reversed(pairs):
        if j is None and i is not None:
            yield RemoveItem((*path, i))
        elif i is None and j is not None:
            yield InsertItem(path, place, after[j])
        place = i if i is not None else place


def aligned(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which item of a list became which, in order; ``None`` for one that is new, or gone."""
    yield from _matched(range(len(before)), range(len(after)), before, after, (_content, _name))


class Moves:
    """Where what stood at a path of one version of data stands in another."""

    def __init__(self, before: Any, after: Any) -> None:
        self._versions = before, after
        self._pairs: dict[Path_, dict[int | None, int | None]] = {}

    def of(self, path: Path_) -> Path_ | None:
        """The path in the version after; ``None`` if an item on the way is there no more.

        Keys lead to the same place, whether or not anything stands there.
        """
        before, after = self._versions
        moved: list[str | int] = []
        for at, step in enumerate(path):
            if isinstance(step, int):
                new = self._items(path[:at], before, after).get(step)
                if new is None:
                    return None
                before, after = before[step], after[new]
                moved.append(new)
            else:
                before, after = value_at(before, (step,)), value_at(after, (step,))
                moved.append(step)
        return tuple(moved)

    def _items(self, path: Path_, before: Any, after: Any) -> dict[int | None, int | None]:
        if path not in self._pairs:
            both = _is_list(before) and _is_list(after)
            self._pairs[path] = dict(aligned(before, after)) if both else {}
        return self._pairs[path]


def _matched(
    old: Sequence[int],
    new: Sequence[int],
    before: Sequence[Any],
    after: Sequence[Any],
    ways: Sequence[Any],
) -> Iterator[tuple[int | None, int | None]]:
    """Items matched in the first way; what is left between them in the next, at last by order."""
    if not ways:
        common = min(len(old), len(new))
        yield from zip(old[:common], new[:common], strict=True)
        yield from ((i, None) for i in old[common:])
        yield from ((None, j) for j in new[common:])
        return
    way, *rest = ways
    matcher = SequenceMatcher(
        None, [way(before[i]) for i in old], [way(after[j]) for j in new], autojunk=False
    )
    i, j = 0, 0
    for block in matcher.get_matching_blocks():
        yield from _matched(old[i : block.a], new[j : block.b], before, after, rest)
        ends = block.a + block.size, block.b + block.size
        yield from zip(old[block.a : ends[0]], new[block.b : ends[1]], strict=True)
        i, j = ends


def _content(item: Any) -> str:
    return json.dumps(_plain(item), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if not is_blank(item)}
    if _is_list(value):
        return [_plain(item) for item in value]
    text = str(value or "").strip()
    return str(Decimal(text).normalize()) if _NUMBER.fullmatch(text) else text


_NAMING = ("科目", "部门经济科目", "单位", "名称", "实施单位", "项目名称", "指标", "名词", "规则")


def _name(item: Any) -> str:
    """What tells an item from the others of its list, as far as it has a name."""
    if not isinstance(item, Mapping):
        return str(item)
    return "/".join(str(item[key]) for key in _NAMING if isinstance(item.get(key), str))


def overlaid(base: Any, over: Any) -> Any:
    """Data with other data laid over it: mappings key by key, all else replaced."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        keys: Iterable[str] = dict.fromkeys([*base, *over])
        return {
            key: overlaid(base.get(key), over[key]) if key in over else base[key] for key in keys
        }
    return over


def texts_with_paths(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every text in data, with its path."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_with_paths(item, (*path, key))
    elif _is_list(value):
        for index, item in enumerate(value):
            yield from texts_with_paths(item, (*path, index))
    else:
        yield path, value


def path_text(path: Path_) -> str:
    """A path as people read it: items of lists by their number, from 1."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in path)


def value_at(data: Any, path: Path_) -> Any:
    """What stands at a path; ``None`` if nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
