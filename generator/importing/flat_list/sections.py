"""The sections of the data format that follow from the items of flat lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.core.numbers.rounding import half_up
from generator.importing.amounts.sections import yuan_in_data
from generator.importing.flat_list.ledger import ListedAmount
from generator.importing.reading import ImportResult
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import Vocabulary

OFFICIAL_EXPENSES: Mapping[str, str] = {
    "30212": "因公出国（境）费",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "30913": "公务用车购置费",
    "31013": "公务用车购置费",
}
"""The department economic subjects of “三公”经费. 《政府收支分类科目》."""


def fill_sections(
    reading: ImportResult,
    items: Sequence[ListedAmount],
    vocabulary: Vocabulary,
    *,
    divided: bool,
    paired: bool,
    publisher: str,
) -> None:
    """Writes 收支, 基本支出经济科目, 项目 and 三公经费.

    Args:
        reading: gets the sections, and doubts where something does not follow from the items.
        items: the items of all lists.
        vocabulary: the names of the pack.
        divided: whether the pack's statements tell 人员经费 and 公用经费 of each subject apart.
        paired: whether the pack's statements print the government's economic subjects.
        publisher: who publishes, for items without a unit.
    """
    basic = [item for item in items if item.kind == Expenditure.BASIC]
    others = [item for item in items if item.kind != Expenditure.BASIC]
    listed = [item for item in others if _is_project(item, vocabulary)]
    loose = [item for item in others if not _is_project(item, vocabulary)]
    sections: dict[str, Any] = {
        "收支": _budget(reading, basic, loose, divided=divided),
        "基本支出经济科目": _economic(reading, basic, vocabulary, paired=paired),
        "项目": _projects(listed, publisher),
        "三公经费": _official(items, vocabulary),
    }
    reading.sections.update({name: content for name, content in sections.items() if content})
    for item in loose:
        what = "是项目支出而没有项目名称"
        if item.project:
            what = f"是“{item.project}”的{item.source}上年结转，“项目”里没有这一种，没有写名称"
        reading.doubt(("收支",), f"{item.amount:,.2f} 元{what}，只写进“收支”", item.spot)
    if sections["三公经费"]:
        message = "按部门经济科目 30212、30217、30231、30913、31013 汇总；列在别的科目的，补上"
        reading.doubt(("三公经费",), message)


def _is_project(item: ListedAmount, vocabulary: Vocabulary) -> bool:
    """Whether an item stands in 项目, which knows carry-over of appropriations alone."""
    current = item.year == BudgetYear.CURRENT
    return bool(item.project) and (current or item.source in vocabulary.appropriations)


def _add(amounts: dict[str, Any], path: Iterable[str], amount: Decimal) -> None:
    *steps, last = path
    for step in steps:
        amounts = amounts.setdefault(step, {})
    amounts[last] = amounts.get(last, Decimal(0)) + amount


def _written(amounts: Any) -> Any:
    """Amounts as the data format writes them."""
    if isinstance(amounts, Mapping):
        return {key: _written(value) for key, value in amounts.items()}
    return yuan_in_data(half_up(amounts)) if isinstance(amounts, Decimal) else amounts


def _budget(
    reading: ImportResult,
    basic: Sequence[ListedAmount],
    loose: Sequence[ListedAmount],
    *,
    divided: bool,
) -> list[dict[str, Any]]:
    lines: dict[str, dict[str, Any]] = {}
    for item in sorted((*basic, *loose), key=lambda item: item.function):
        line = lines.setdefault(item.function, {})
        kind = item.kind
        if divided and kind == Expenditure.BASIC:
            kind = item.basic or kind
            if not item.basic:
                message = f"{item.amount:,.2f} 元看不出是人员经费还是公用经费"
                reading.doubt(("收支",), message, item.spot)
        _add(line, (item.year, kind, item.source), item.amount)
    order = [each.value for each in BudgetYear]
    return [
        {"科目": code, **{year: _written(line[year]) for year in order if year in line}}
        for code, line in lines.items()
    ]


def _economic(
    reading: ImportResult, basic: Sequence[ListedAmount], vocabulary: Vocabulary, *, paired: bool
) -> list[dict[str, Any]]:
    """The economic subjects of this year's basic expenditure of the general public budget."""
    found: dict[tuple[str, str], Decimal] = {}
    for item in basic:
        if item.source != vocabulary.general or item.year != BudgetYear.CURRENT:
            continue
        if len(item.department) != 5:  # noqa: PLR2004 - down to 款
            message = (
                f"{item.amount:,.2f} 元的基本支出没有到款的部门经济科目，没有写进“基本支出经济科目”"
            )
            reading.doubt(("基本支出经济科目",), message, item.spot)
            continue
        if paired and not item.government:
            message = f"{item.amount:,.2f} 元没有政府经济科目"
            reading.doubt(("基本支出经济科目",), message, item.spot)
        key = item.department, item.government[:5] if paired else ""
        found[key] = found.get(key, Decimal(0)) + item.amount
    return [
        {"部门经济科目": department}
        | ({"政府经济科目": government} if government else {})
        | {"金额": yuan_in_data(half_up(amount))}
        for (department, government), amount in sorted(found.items())
    ]


def _projects(items: Sequence[ListedAmount], publisher: str) -> list[dict[str, Any]]:
    units: dict[str, dict[tuple[str, str, str], dict[str, Any]]] = {}
    for item in items:
        projects = units.setdefault(item.unit or publisher, {})
        project = projects.setdefault((item.project, item.category, item.function), {})
        _add(project, (item.year, item.source), item.amount)
    order = [each.value for each in BudgetYear]
    return [
        {
            "单位": unit,
            "项目": [
                {"名称": name}
                | ({"类别": category} if category else {})
                | {"科目": function}
                | {year: _written(project[year]) for year in order if year in project}
                for (name, category, function), project in projects.items()
            ],
        }
        for unit, projects in units.items()
    ]


def _official(items: Sequence[ListedAmount], vocabulary: Vocabulary) -> dict[str, Any]:
    """“三公”经费 of this year's appropriations, by item and source."""
    found: dict[str, Any] = {}
    for item in items:
        name = OFFICIAL_EXPENSES.get(item.department)
        current = item.year == BudgetYear.CURRENT
        if name and current and item.source in vocabulary.appropriations:
            _add(found, (name, item.source), item.amount)
    order = dict.fromkeys(OFFICIAL_EXPENSES.values())
    return {name: _written(found[name]) for name in order if name in found}
