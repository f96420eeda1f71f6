"""Which sheets were taken out of a worksheet: what they held stays as it is, and is never deleted.

Whoever fills in a part may hand back the sheets of that part alone. A sheet that is there without
all of its tags is another matter: what was typed into it cannot be read, and nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.core.findings import Finding, Location, UnusableInputError
from generator.worksheet.read import Worksheet, is_mark_tag
from generator.worksheet.sheets.forms import FORM_ROWS, FORMS, OVERALL, OVERALL_ROWS, TASKS
from generator.worksheet.sheets.words import LISTS

_SECTIONS = {FORM_ROWS: FORMS, TASKS: OVERALL, OVERALL_ROWS: OVERALL}
"""Blocks whose rows are a part of a section of another name."""
_SHOWN = 3
_COPY = "从写出时的填报表把这张表复制过来（右键点表名，“移动或复制”）"


def removed_sheets(worksheet: Worksheet, file: Path) -> dict[str, set[str]]:
    """The sheets that were taken out, with the sections that they held.

    Raises:
        UnusableInputError: E651 for a sheet without some of its tags, and for one that holds a
            part of a section of which another part is there.
    """
    sheets: dict[str, dict[str, Any]] = {}
    for name, tag in worksheet.written:
        if not is_mark_tag(parsed := json.loads(tag)):
            sheets.setdefault(name, {})[tag] = parsed
    present = {
        section: name
        for name, tags in sheets.items()
        for tag, parsed in tags.items()
        if tag in worksheet.seen
        for section in _sections(parsed)
    }
    removed: dict[str, set[str]] = {}
    findings = []
    for name, tags in sheets.items():
        lost = [parsed for tag, parsed in tags.items() if tag not in worksheet.seen]
        sections = {section for parsed in lost for section in _sections(parsed)}
        if not lost:
            continue
        if len(lost) < len(tags) or name in worksheet.sheets:
            cause, remedy = _damaged(name, lost, len(tags))
            findings.append(Finding("E651", cause, remedy, Location(file)))
        elif others := sorted({present[each] for each in sections if each in present}):
            cause = f"填报表里少了工作表“{name}”，同一栏目的“{'”“'.join(others)}”还在"
            remedy = f"{_COPY}；或把那一栏的表都删去，那一栏就不动"
            findings.append(Finding("E651", cause, remedy, Location(file)))
        else:
            removed[name] = sections
    if findings:
        raise UnusableInputError(findings)
    return removed


def _sections(tag: Mapping[str, Any]) -> Iterator[str]:
    """The sections whose values stand beside a tag."""
    if "表" in tag:
        name = tag["表"]
        yield LISTS[name][0] if name in LISTS else _SECTIONS.get(name, name)
    else:
        yield from (key[1] for key in tag["格"] if key is not None)


def _damaged(name: str, lost: Sequence[Mapping[str, Any]], count: int) -> tuple[str, str]:
    """What is wrong with a sheet that does not have all of its tags, and what to do."""
    remedy = f"撤销删去的操作；不能撤销的，{_COPY}，再填。只想删去数据的，清空格子，不删行、列和表"
    if len(lost) == count:
        return f"工作表“{name}”隐藏的第一列或表头被删去、改动了，读不出这张表", remedy
    rows = [f"{each['表']}的表头" if "表" in each else _label(each) for each in lost]
    more = f"等 {len(rows)} 行" if len(rows) > _SHOWN else ""
    named = f"“{'”“'.join(rows[:_SHOWN])}”{more}"
    return f"工作表“{name}”里{named}被删去了，或隐藏的第一列改动了", remedy


def _label(tag: Mapping[str, Any]) -> str:
    """What a row of fields is called: the path of its first value."""
    return "/".join(next(key[1:] for key in tag["格"] if key is not None))
