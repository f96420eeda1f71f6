"""收支 and 项目 as rows: a subject, a year and a kind a row; a project a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.load.yaml.changes import value_at
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import BasicKind
from generator.worksheet.layout import CellKind, SheetColumn, SheetTable, WorksheetRow
from generator.worksheet.tables import Cells, Typed, cell_text, nested, put

SUBJECTS, PROJECTS = "收支", "项目"
YEARS = tuple(year.value for year in BudgetYear)
KINDS = (Expenditure.BASIC.value, *(each.value for each in BasicKind), Expenditure.PROJECT.value)
_CODE, _YEAR, _KIND, _USAGE = ("科目",), ("年度",), ("类别",), ("用途",)
_UNIT = ("单位",)
_CURRENT, _CARRIED = YEARS


def subject_block(sections: Mapping[str, Any], sources: Sequence[str]) -> SheetTable:
    """收支: what is given for one subject, year and kind in one row."""
    columns = (
        SheetColumn("科目（项）", _CODE, CellKind.CODE, 30, choices="功能科目", name="code"),
        SheetColumn("预算年度", _YEAR, CellKind.TEXT, 11, choices="预算年度", name="year"),
        SheetColumn("支出类别", _KIND, CellKind.TEXT, 11, choices="支出类别", name="kind"),
        *_sources(sources, ("额",), "s"),
        SheetColumn(
            "合计", formula=_row_sum("s", sources), kind=CellKind.AMOUNT, width=15,
            name="sum", total=True,
        ),
        SheetColumn("用途（情况说明逐项说明的才写）", _USAGE, CellKind.TEXT, 28),
    )  # fmt: skip
    rows = [
        WorksheetRow(tuple(_subject_cell(line, column) for column in columns))
        for item in _list(sections.get(SUBJECTS))
        for line in _subject_lines(item)
    ]
    return SheetTable(SUBJECTS, "收支", columns, rows, spare=40)


def _sources(names: Sequence[str], prefix: tuple[str, ...], name: str) -> Iterator[SheetColumn]:
    for at, source in enumerate(names):
        key = (*prefix, source)
        yield SheetColumn(source, key, CellKind.AMOUNT, 14, name=f"{name}{at}", total=True)


def _row_sum(name: str, names: Sequence[str]) -> str:
    last = len(names) - 1
    return f"=SUM({{{name}0}}{{row}}:{{{name}{last}}}{{row}})" if names else "=0"


def _subject_lines(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a subject; one without amounts has a row all the same."""
    found = [
        {"年度": year, "类别": kind, "额": amounts}
        for year in YEARS
        for kind in KINDS
        if (amounts := value_at(item, (year, kind)))
    ]
    lines = found or [{}]
    lines[0] |= {"用途": item.get("用途")}
    return iter([{"科目": item.get("科目")} | line for line in lines])


def _subject_cell(line: Mapping[str, Any], column: SheetColumn) -> str | None:
    return cell_text(value_at(line, column.key)) if column.key else None


def year_and_kind(cells: Cells) -> tuple[str, str]:
    """The year and the kind of a row; blank ones are this year's and basic expenditure."""
    return cells.get(_YEAR, _CURRENT), cells.get(_KIND, Expenditure.BASIC.value)


def subjects_of(rows: Iterable[Cells], faults: list[str]) -> list[dict[str, Any]]:
    """收支 by its rows; rows of one subject are put together."""
    items: dict[str, dict[str, Any]] = {}
    for cells in rows:
        code = cells.get(_CODE, "")
        item = items.setdefault(code, {"科目": code} if code else {})
        year, kind = year_and_kind(cells)
        amounts = {key[-1]: value for key, value in cells.items() if key[0] == "额"}
        if amounts and year in YEARS and kind in KINDS:
            if value_at(item, (year, kind)):
                faults.append(f"“收支”里 {code} 的{year}{kind}写了两行：合成一行")
            put(item, (year, kind), amounts)
        if _USAGE in cells:
            if item.get("用途", cells[_USAGE]) != cells[_USAGE]:
                faults.append(f"“收支”里 {code} 的用途写了两种：只留一种")
            item["用途"] = cells[_USAGE]
    return [_in_order(item) for item in items.values()]


def strange_kinds(typed: Typed) -> Iterator[str]:
    """The years and kinds of 收支 that are none, each with its cell."""
    for row, cells in enumerate(typed.rows(SUBJECTS)):
        for key, title, known in ((_YEAR, "预算年度", YEARS), (_KIND, "支出类别", KINDS)):
            if key in cells and cells[key] not in known:
                spot = typed.spot(SUBJECTS, row, key)
                yield f"{spot}：“{title}”写的是“{cells[key]}”，只能是{'、'.join(known)}"


def _in_order(item: dict[str, Any]) -> dict[str, Any]:
    order = ("科目", *YEARS, "用途")
    return {key: item[key] for key in order if key in item} | item


def project_block(
    sections: Mapping[str, Any], sources: Sequence[str], appropriations: Sequence[str]
) -> SheetTable:
    """项目: a row each, with its unit."""
    columns = (
        SheetColumn("单位", _UNIT, CellKind.TEXT, 22, choices="单位", name="unit"),
        SheetColumn("项目名称", ("名称",), CellKind.TEXT, 38, name="name"),
        SheetColumn("类别", ("类别",), CellKind.TEXT, 12, choices="项目类别"),
        SheetColumn(
            "科目（项）", ("科目",), CellKind.CODE, 26, choices="功能科目", name="code",
            hint="写了科目，金额就计入该科目的项目支出，“收支”里不再填",
        ),
        *_sources(sources, (_CURRENT,), "c"),
        SheetColumn(
            "当年预算小计", formula=_row_sum("c", sources), kind=CellKind.AMOUNT, width=15,
            name="current", total=True,
        ),
        *(
            SheetColumn(
                f"结转：{source.title}", source.key, source.kind, 14, name=source.name, total=True
            )
            for source in _sources(appropriations, (_CARRIED,), "k")
        ),
        SheetColumn("公开绩效目标", ("公开绩效目标",), CellKind.TEXT, 9, choices="是否"),
        SheetColumn("上年名称", ("上年名称",), CellKind.TEXT, 16),
    )  # fmt: skip
    rows = [
        WorksheetRow(tuple(_project_cell(unit, project, column) for column in columns))
        for unit, project in _projects(sections)
    ]
    return SheetTable(PROJECTS, "项目", columns, rows, spare=40)


def _projects(sections: Mapping[str, Any]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for group in _list(sections.get(PROJECTS)):
        projects = _list(group.get("项目"))
        yield from ((group.get("单位"), project) for project in projects or [{}])


def _project_cell(unit: Any, project: Mapping[str, Any], column: SheetColumn) -> str | None:
    if column.key == _UNIT:
        return cell_text(unit)
    return cell_text(value_at(project, column.key)) if column.key else None


def projects_of(rows: Iterable[Cells]) -> list[dict[str, Any]]:
    """项目 by its rows: those of one unit together, wherever they stand."""
    groups: dict[str, list[Any]] = {}
    for cells in rows:
        own = {key: value for key, value in cells.items() if key != _UNIT}
        projects = groups.setdefault(cells.get(_UNIT, ""), [])
        if own:
            projects.append(nested(own))
    return [
        ({"单位": unit} if unit else {}) | {"项目": projects} for unit, projects in groups.items()
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
