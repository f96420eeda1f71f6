"""What a worksheet changes in the data it was exported from, section by section.

Somebody may have edited the data meanwhile, or another worksheet have come in: sections that
differ on one side only are taken from that side; a section that differs on both is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.core.findings import Finding, Location, UnusableInputError
from generator.load.yaml.changes import (
    AddKey,
    Edit,
    InsertItem,
    RemoveItem,
    RemoveKey,
    SetValue,
    count_entries,
    is_blank,
    is_same,
    path_text,
    value_at,
)
from generator.load.yaml.changes import changes as edits


def merged_data(
    base: Mapping[str, Any], typed: Mapping[str, Any], now: Mapping[str, Any], place: Location
) -> dict[str, Any]:
    """The data that is to be written.

    Args:
        base: what was exported.
        typed: what the worksheet says now.
        now: what the data says now.
        place: of the worksheet, for findings.

    Raises:
        UnusableInputError: E653 for sections that were changed on both sides.
    """
    result: dict[str, Any] = {}
    conflicts = []
    for section in dict.fromkeys([*now, *typed]):
        ours, theirs = typed.get(section), now.get(section)
        unchanged = is_same(base.get(section), ours)
        if not unchanged and not is_same(base.get(section), theirs) and not is_same(ours, theirs):
            conflicts.append(section)
        chosen = theirs if unchanged else ours
        if section in now or not is_blank(chosen):
            result[section] = chosen
    if conflicts:
        message = f"写出填报表以后，数据里的{_listed(conflicts)}也改过，不知道以哪个为准"
        remedy = "用 disclosure worksheet 再写出一份，把填的内容贴过去；或用 -o 写到新目录，再对照"
        raise UnusableInputError([Finding("E653", message, remedy, place)])
    return result


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def changes_told(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changes, a line each."""
    return [_line(edit, before) for edit in edits(before, after)]


def _line(edit: Edit, before: Mapping[str, Any]) -> str:
    where = path_text(edit.path)
    if isinstance(edit, SetValue):
        return f"改  {where}：{_short(value_at(before, edit.path))} → {_short(edit.value)}"
    if isinstance(edit, AddKey):
        return f"加  {where}{'/' if where else ''}{edit.key}：{_short(edit.value)}"
    if isinstance(edit, InsertItem):
        return f"加  {where}：{_short(edit.value)}"
    if isinstance(edit, RemoveKey | RemoveItem):
        return f"删  {where}：{_short(value_at(before, edit.path))}"
    return where


def _short(value: Any) -> str:
    longest = 40
    if isinstance(value, Mapping):
        value = "、".join(f"{key} {_short(item)}" for key, item in value.items())
    elif isinstance(value, list):
        value = f"{count_entries(value)} 项"
    text = " ".join(str(value or "（空）").split())
    return text if len(text) <= longest else text[:longest] + "…"
