"""Lays out the data of a folder as sheets, and puts what was typed together again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.load.entity_folder import LoadedDisclosure
from generator.load.names import Names
from generator.load.yaml.changes import is_blank, value_at
from generator.model.disclosure import EntityKind
from generator.model.form_names import FormNames, FormsNames
from generator.model.vocabulary import Vocabulary
from generator.pack.pack import Pack
from generator.worksheet.layout import Key, SheetPlan
from generator.worksheet.sheets.budget import (
    PROJECTS,
    SUBJECTS,
    project_block,
    projects_of,
    strange_kinds,
    subject_block,
    subjects_of,
)
from generator.worksheet.sheets.forms import (
    FORM_ROWS,
    FORMS,
    OVERALL,
    OVERALL_ROWS,
    TASKS,
    form_block,
    forms_of,
    indicator_block,
    overall_blocks,
    overall_of,
)
from generator.worksheet.sheets.words import (
    LETTERS,
    LISTS,
    STATED,
    SUBJECT_NAMES,
    assets_sheet,
    economic_sheet,
    expense_sheet,
    is_nothing,
    letters_of,
    prior_sheet,
    revenue_blocks,
    stated_of,
    subject_names_of,
    text_sheets,
)
from generator.worksheet.tables import Typed, items_of, put


class Plan(Struct, frozen=True):
    """The sheets, and the lists that their cells offer."""

    sheets: list[SheetPlan]
    lists: dict[str, list[str]]
    names: Names


def plan_of(loaded: LoadedDisclosure, pack: Pack, data: Mapping[str, Any]) -> Plan:
    """The sheets of a folder.

    Args:
        loaded: what the folder holds.
        pack: that it is read with.
        data: the same, as it is written.
    """
    words = loaded.vocabulary
    department = loaded.disclosure.entity.kind is EntityKind.DEPARTMENT
    pairs = any(statement.shows("政府经济科目") for statement in pack.statements)
    forms = words.forms
    sheets = [
        SheetPlan(
            SUBJECTS,
            "每个科目、年度、支出类别一行，单位：元。写了科目的项目不在这里填",
            [subject_block(data, words.sources)],
        ),
        economic_sheet(data, pairs=pairs),
        SheetPlan(
            PROJECTS,
            "一个项目一行，单位：元",
            [project_block(data, words.sources, words.appropriations)],
        ),
        expense_sheet(data, words.appropriations),
        assets_sheet(data, words),
        prior_sheet(data, words),
        SheetPlan("基金收入", "没有的空着。单位：元", list(revenue_blocks(data)), landscape=False),
    ]
    if forms.project is not None:
        sheets.append(SheetPlan("绩效目标", "资金单位：元", [form_block(data, forms.project)]))
        note = "序号是“绩效目标”表里的；级次与上一行相同的也要写"
        sheets.append(SheetPlan("绩效指标", note, [indicator_block(data, forms.project)]))
    if forms.overall is not None:
        note = "预算情况由数据计算，不填"
        sheets.append(SheetPlan("整体绩效", note, overall_blocks(data, forms.overall)))
    sheets += text_sheets(data, words, department=department)
    return Plan(sheets, _lists(loaded, words), loaded.names)


def _lists(loaded: LoadedDisclosure, words: Vocabulary) -> dict[str, list[str]]:
    from generator.worksheet.sheets.budget import KINDS, YEARS

    names = loaded.names
    units = [
        loaded.disclosure.entity.name,
        *loaded.disclosure.entity.subordinate_units,
        *(group.unit for group in loaded.disclosure.projects),
    ]
    forms = words.forms
    return {
        "功能科目": _subjects(names, "功能分类", 7),
        "部门经济科目": _subjects(names, "部门预算支出经济分类", 5),
        "政府经济科目": _subjects(names, "政府预算支出经济分类", 5),
        "预算年度": list(YEARS),
        "支出类别": list(KINDS),
        "资金来源": list(words.sources),
        "项目类别": list(words.project_classes.names),
        "单位": list(dict.fromkeys(units)),
        "是否": ["是", "否"],
        "无": ["无"],
        "附件要素": ["标题", "主送", "正文", "落款", "日期"],
        "分类": ["功能分类", "部门预算支出经济分类", "政府预算支出经济分类"],
        "处理": ["已完成"],
        **_levels("", forms.project),
        **_levels("整体", forms.overall),
    }


def _levels(prefix: str, names: FormNames | None) -> dict[str, list[str]]:
    system = (names.indicators if names is not None else None) or ()
    seconds = [second for _, below in system for second in below]
    return {
        f"{prefix}一级指标": [first for first, _ in system],
        f"{prefix}二级指标": list(dict.fromkeys(seconds)),
    }


def _subjects(names: Names, classification: str, digits: int) -> list[str]:
    codes = [code for code in names.codes(classification) if len(code) == digits]
    return [f"{code} {names.subject(classification, code) or ''}".strip() for code in codes]


def _nothing_above(data: Mapping[str, Any], key: Key) -> Key:
    """The path above a key at which 无 stands."""
    lengths = range(1, len(key))
    return next((key[:n] for n in lengths if isinstance(value_at(data, key[:n]), str)), key[:-1])


def _strangers(typed: Typed, known: set[str], forms: FormsNames) -> list[str]:
    """Blocks with rows that nothing is made of."""
    if forms.project is not None:
        known |= {FORMS, FORM_ROWS}
    if forms.overall is not None:
        known |= {TASKS, OVERALL_ROWS}
    return [name for name in typed.tables if name not in known]


def _fields_of(typed: Typed, faults: list[str]) -> dict[str, Any]:
    """The sections that stand in cells of their own, but for the form of the whole."""
    data: dict[str, Any] = {}
    for key, value in sorted(typed.fields.items(), key=lambda pair: len(pair[0])):
        if key[0] != OVERALL and not put(data, key, value):
            above = "/".join(_nothing_above(data, key))
            if not any(fault.startswith(f"“{above}”") for fault in faults):
                faults.append(f"“{above}”选了“无”，又填了“{key[-1]}”等：只留一样")
    return data


def sections_of(typed: Typed, words: Vocabulary, faults: list[str]) -> dict[str, Any]:
    """The data by what was typed; what cannot be put together is told in ``faults``."""
    overall = {key[1]: value for key, value in typed.fields.items() if key[0] == OVERALL}
    data = _fields_of(typed, faults)
    for name, path in LISTS.items():
        rows = typed.rows(name)
        if rows and is_nothing(value_at(data, path)):
            faults.append(f"“{name}”选了“无”，又填了明细：只留一样")
        elif rows:
            put(data, path, items_of(rows))
    faults += strange_kinds(typed)
    made = {
        SUBJECTS: subjects_of(typed.rows(SUBJECTS), faults),
        PROJECTS: projects_of(typed.rows(PROJECTS)),
        LETTERS: letters_of(typed.rows(LETTERS), faults),
        SUBJECT_NAMES: subject_names_of(typed.rows(SUBJECT_NAMES), faults),
        STATED: stated_of(typed.rows(STATED), faults),
    }
    forms = words.forms
    strangers = _strangers(typed, {*made, *LISTS}, forms)
    if overall and forms.overall is None:
        strangers.append(OVERALL)
    faults += [f"“{name}”填了内容，这个模板包没有这一栏" for name in strangers]
    if forms.project is not None:
        made[FORMS] = forms_of(typed.rows(FORMS), typed.rows(FORM_ROWS), forms.project, faults)
    if forms.overall is not None:
        tasks = items_of(typed.rows(TASKS))
        rows = typed.rows(OVERALL_ROWS)
        made[OVERALL] = overall_of(overall, tasks, rows, forms.overall, faults)
    data |= {name: value for name, value in made.items() if not is_blank(value)}
    return data
