"""What is wrong with what was typed into a worksheet, in the words of its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.drafts.words.text import squeezed
from generator.load.catalogue import Catalogue
from generator.load.yaml.changes import value_at
from generator.worksheet.sheets.budget import PROJECTS, SUBJECTS
from generator.worksheet.tables import NamedCode

_LEVELS = (5, 3)
"""Digits of 款 and 类, above a code of 项."""
_CLASSIFICATIONS = {
    (SUBJECTS, "科目"): "功能分类",
    (PROJECTS, "科目"): "功能分类",
    ("基本支出经济科目", "部门经济科目"): "部门预算支出经济分类",
    ("基本支出经济科目", "政府经济科目"): "政府预算支出经济分类",
}
"""By block and column, what classifies its codes."""


def names_told(
    named: Iterable[NamedCode], own: Any, catalogue: Catalogue, file: Path
) -> Iterator[Finding]:
    """What is to be said of codes with names that are not theirs.

    The name of another code contradicts its own: E652, since nobody knows which of them is meant.
    One that no code has is told (W210), and the code counts.

    Args:
        named: the codes with the names that were typed.
        own: 补充科目 of the data.
        catalogue: names all others.
        file: the worksheet.
    """
    for each in named:
        classification = _CLASSIFICATIONS.get((each.block, each.column))
        if classification is None:
            continue
        names = catalogue.list_of(classification).names
        known = names.get(each.code)
        meant = {
            squeezed(name) for name in (known, value_at(own, (classification, each.code))) if name
        }
        if known is None or squeezed(each.name) in meant:
            continue
        others = [
            code
            for code, name in names.items()
            if len(code) == len(each.code) and squeezed(name) == squeezed(each.name)
        ]
        place = Location(file, spot=each.spot)
        if others:
            nearest = max(others, key=lambda code: [code[:n] == each.code[:n] for n in _LEVELS])
            cause = f"编码 {each.code} 是“{known}”，名称“{each.name}”是 {nearest} 的"
            yield Finding("E652", cause, "改成要的那一个，编码和名称一致", place)
        else:
            cause = f"科目 {each.code} 写作“{each.name}”，目录为“{known}”，读的是编码"
            yield Finding("W210", cause, "核对编码；名称印目录的", place)


def in_words_of_sheets(finding: Finding) -> Finding:
    """A finding about data, said of what stands in a cell: people who fill it in know no keys."""
    if finding.code != "E201":
        return finding
    message = finding.message.replace("没有“", "不能写“", 1).replace("”这个键", "”")
    remedy = finding.remedy.replace("这里可用的键：", "可以写：")
    return replace(finding, message=message, remedy=remedy.replace("删除这个键", "清空这一格"))
