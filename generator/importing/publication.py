"""Reads how a disclosure was published: where its forms stand, which goals are public."""

from __future__ import annotations

from typing import Any

from generator.compute.statements.definition import BY_CLASS
from generator.drafts.draft import Line, Spot
from generator.drafts.parts.outline import DraftOutline
from generator.importing.amounts.printed.tables import Tables
from generator.importing.facts.stated import GoalCounts
from generator.importing.reading import ImportResult
from generator.model.disclosure import FormPosition
from generator.pack.outline import Role
from generator.pack.pack import Pack

_FEWEST = 5
"""So many amounts tell how a document writes them."""


def import_table_numbers(reading: ImportResult, tables: Tables, pack: Pack) -> None:
    """Fills 公开方式.报表数字, if the tables in 元 have no decimals and the pack's have some."""
    usual = pack.settings.numbers.table
    own = {statement.number for statement in pack.statements if statement.writes_as(usual)}
    parts = [
        part
        for block in tables.printed.blocks
        if block.definition.number in own
        for part in (*(fixed for _, fixed in block.rows.fixed), *block.rows.expanded)
    ]
    amounts = [text for part in parts for _, text in part.amounts if text.strip()]
    whole, _, decimals = usual.partition(".")
    if decimals and len(amounts) >= _FEWEST and not any("." in text for text in amounts):
        reading.sections.setdefault("公开方式", {})["报表数字"] = whole


def import_blank_classes(reading: ImportResult, tables: Tables) -> None:
    """Fills 公开方式.无数据科目类: the classes that tables of classes list without amounts."""
    listed: list[set[str]] = []
    blank: dict[str, Spot] = {}
    for number, block in enumerate(tables.printed.blocks):
        if block.rows.expand != BY_CLASS:
            continue
        listed.append(set())
        for placed in tables.rows.of(number):
            (code,) = placed.condition["科目类"]
            listed[-1].add(code)
            if not any(_says_an_amount(text) for _, text in placed.part.amounts):
                blank.setdefault(code, placed.part.spot)
    everywhere = set.intersection(*listed) if listed else set()
    if found := sorted(everywhere & blank.keys()):
        reading.sections.setdefault("公开方式", {})["无数据科目类"] = found
    for code in sorted(blank.keys() - everywhere):
        message = f"科目类 {code} 没有金额，只在有的表里列出，没有读入"
        reading.doubt(("公开方式",), message, blank[code])


def _says_an_amount(text: str) -> bool:
    return bool(text.strip(" \t\u3000-—0.,"))


def import_publication(
    reading: ImportResult, outline: DraftOutline, usual: FormPosition, goals: GoalCounts
) -> None:
    """Fills 公开方式.绩效目标表位置 and 公开绩效目标 of projects.

    Args:
        reading: with projects and forms already read.
        outline: the parts of the draft.
        usual: where the pack puts the forms; only the other place is stated.
        goals: what the text says of the goals of projects.
    """
    position = _form_position(outline)
    if position is not None and position is not usual:
        reading.sections.setdefault("公开方式", {})["绩效目标表位置"] = position.value
    _published_goals(reading, goals)


def _form_position(outline: DraftOutline) -> FormPosition | None:
    """Forms that stand before 国有资产 are inside the text."""
    assets = outline.about(Role.ASSETS)
    if not outline.forms or not outline.forms[0].rows or not assets:
        return None
    order = {line.serial: number for number, line in enumerate(outline.draft.lines())}

    def place(line: Line) -> int:
        return order[line.serial]

    inline = place(outline.forms[0].rows[0]) < place(assets[0])
    return FormPosition.INLINE if inline else FormPosition.APPENDIX


def _published_goals(reading: ImportResult, goals: GoalCounts) -> None:
    """Where fewer goals are public than managed, those without a form are not public."""
    managed, published = goals.managed, goals.published
    if managed is None or published is None or managed == published:
        return
    forms = {
        (form.get("实施单位"), form.get("项目名称"))
        for form in reading.sections.get("项目绩效目标表", [])
    }
    hidden: set[tuple[Any, Any]] = set()
    for unit in reading.sections.get("项目", []):
        for project in unit["项目"]:
            key = (unit["单位"], project["名称"])
            if key not in forms and "当年预算" in project:
                project["公开绩效目标"] = "否"
                hidden.add(key)
    if len(hidden) != managed - published:
        message = (
            f"原文说公开 {published} 个项目的绩效目标，没有绩效目标表的项目有 {len(hidden)} 个"
        )
        reading.doubt(("项目",), message)
