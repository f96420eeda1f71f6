"""Performance forms as rows: a form a row, and an indicator a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.load.yaml.changes import value_at
from generator.model.form_names import FUNDS, GOALS, HALVES, INDICATORS, TERM, YEAR, FormNames
from generator.worksheet.layout import CellKind, SheetColumn, SheetTable, WorksheetRow
from generator.worksheet.tables import Cells, cell_text, field_row, list_block, nested

FORMS, FORM_ROWS, OVERALL = "项目绩效目标表", "绩效指标", "整体绩效目标表"
OVERALL_ROWS, TASKS = "整体绩效指标", "年度重点任务"
_NUMBER, _FIRST, _SECOND = ("序号",), ("一级指标",), ("二级指标",)
_VALUE = "指标值"
_BLANK = "（空白）"
"""In a half of an indicator: only its name is printed there; an empty cell says nothing."""
_GAP = "={year}{row}-{budget}{row}"
_LEVELS = (_NUMBER, _FIRST, _SECOND)
_LONG = {"项目概况", "立项依据", "项目设立必要性", "项目实施计划"}


def form_block(sections: Mapping[str, Any], names: FormNames) -> SheetTable:
    """The forms of projects without their indicators."""
    columns = (
        SheetColumn("序号", _NUMBER, CellKind.CODE, 6, name="no", hint="绩效指标表里用这个序号"),
        *_text_columns(names),
        *(
            SheetColumn(
                f"{half}：{fund}", (FUNDS, half, fund), CellKind.AMOUNT, 14,
                name=f"{'t' if half == TERM else 'y'}{at}", total=True,
            )
            for half in names.halves
            for at, fund in enumerate(names.funds)
        ),
        SheetColumn(
            "年度资金合计", formula=_fund_sum(names), kind=CellKind.AMOUNT, width=15, name="year",
            total=True,
        ),
        SheetColumn(
            "项目表当年预算", formula="=PROJECT", kind=CellKind.AMOUNT, width=15, name="budget"
        ),
        SheetColumn("差额", formula=_GAP, kind=CellKind.AMOUNT, width=13, name="gap"),
        *(
            SheetColumn(f"{half}总体目标", (GOALS, half), CellKind.TEXT, 45)
            for half in names.halves
        ),
    )  # fmt: skip
    rows = [
        WorksheetRow(tuple(_form_cell(number, form, column) for column in columns))
        for number, form in enumerate(_list(sections.get(FORMS)), 1)
    ]
    return SheetTable(FORMS, "绩效目标（一个项目一行）", columns, rows, spare=20, height=60)


def _text_columns(names: FormNames) -> Iterator[SheetColumn]:
    keys = [key for key in names.fields if key not in (FUNDS, GOALS, INDICATORS)]
    first = ["实施单位", "项目名称"]
    for key in [*(k for k in first if k in keys), *(k for k in keys if k not in first)]:
        width = 45 if key in _LONG or "措施" in key else 30 if key == "项目名称" else 20
        name = {"实施单位": "unit", "项目名称": "name"}.get(key, "")
        choices = {"实施单位": "单位", "项目名称": "项目"}.get(key, "")
        yield SheetColumn(key, (key,), CellKind.TEXT, width, name=name, choices=choices)


def _fund_sum(names: FormNames) -> str:
    last = len(names.funds) - 1
    return f"=SUM({{y0}}{{row}}:{{y{last}}}{{row}})" if YEAR in names.halves and last >= 0 else "=0"


def _form_cell(number: int, form: Mapping[str, Any], column: SheetColumn) -> str | None:
    if column.key == _NUMBER:
        return str(number)
    if column.key is None:
        return None
    text = cell_text(value_at(form, column.key))
    return _BLANK if text == "" and column.key[0] in HALVES else text


def indicator_block(sections: Mapping[str, Any], names: FormNames) -> SheetTable:
    """The indicators of all forms of projects, a row each."""
    both = set(HALVES) <= set(names.halves)
    columns = (
        SheetColumn("序号", _NUMBER, CellKind.CODE, 6, name="no", choices="表序号"),
        SheetColumn("项目", formula="=NAME", width=26),
        *_level_columns(),
        SheetColumn("指标", ("指标",), CellKind.TEXT, 30),
        *_value_columns(sections, names),
        *(
            [SheetColumn("年度指标（名称不同才写）", ("年度指标",), CellKind.TEXT, 24)]
            if both else []
        ),
    )  # fmt: skip
    rows = [
        WorksheetRow(tuple(_form_cell(number, line, column) for column in columns))
        for number, form in enumerate(_list(sections.get(FORMS)), 1)
        for line in _indicator_lines(form.get(INDICATORS))
    ]
    return SheetTable(FORM_ROWS, "绩效指标（一个指标一行）", columns, rows, spare=100)


def _value_columns(sections: Mapping[str, Any], names: FormNames) -> Iterator[SheetColumn]:
    """The values of an indicator: 指标值 is that of both halves; a form with one has one value."""
    keys = [_VALUE, *names.halves]
    if len(names.halves) == 1:
        lines = [
            line
            for form in _list(sections.get(FORMS))
            for line in _indicator_lines(form.get(INDICATORS))
        ]
        keys = [key for key in keys if any(key in line for line in lines)] or [*names.halves]
    for key in keys:
        hint = ""
        if len(names.halves) > 1:
            hint = "两期相同的只写这里" if key == _VALUE else f"只印名称、没有值的写{_BLANK}"
        title = key if key == _VALUE else f"{key}{_VALUE}"
        yield SheetColumn(title, (key,), CellKind.TEXT, 18, hint=hint)


def _level_columns() -> tuple[SheetColumn, SheetColumn]:
    return (
        SheetColumn("一级指标", _FIRST, CellKind.TEXT, 14, choices="一级指标"),
        SheetColumn("二级指标", _SECOND, CellKind.TEXT, 18, choices="二级指标"),
    )


def _indicator_lines(tree: Any) -> Iterator[dict[str, Any]]:
    """The rows of a tree of indicators; a level without any has a row of its own."""
    for first, seconds in (tree or {}).items():
        if not seconds:
            yield {"一级指标": first}
        for second, indicators in (seconds or {}).items():
            levels = {"一级指标": first, "二级指标": second}
            if not indicators:
                yield levels
            for each in indicators or ():
                yield levels | dict(each)


def _named(cells: Cells) -> str:
    """An indicator as people find it on its sheet."""
    number = f"序号 {cells[_NUMBER]} 的" if _NUMBER in cells else ""
    return f"绩效指标表{number}“{cells.get(('指标',), '（没有写名称）')}”"


def _tree_of(rows: Iterable[Cells], faults: list[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    first = second = ""
    for cells in rows:
        if _FIRST in cells and cells[_FIRST] != first:
            first, second = cells[_FIRST], ""
        second = cells.get(_SECOND, second)
        indicator = {
            key: "" if value == _BLANK else value
            for key, value in cells.items()
            if key not in _LEVELS
        }
        if not first or (indicator and not second):
            faults.append(f"{_named(cells)}没有写一级指标或二级指标")
            continue
        if (_VALUE,) in cells and any((half,) in cells for half in HALVES):
            faults.append(
                f"{_named(cells)}写了“{_VALUE}”，又分写了实施期或年度的：两期相同只写“{_VALUE}”，"
                "不同就分写，“指标值”空着"
            )
            continue
        seconds = tree.setdefault(first, {})
        if second and (_SECOND in cells or indicator):
            seconds.setdefault(second, [])
        if indicator:
            seconds[second].append(nested(indicator))
    return tree


def numbers_of(rows: Sequence[Cells]) -> list[str]:
    """The number of each form: a new row has that of its place, unless another has it."""
    given = {cells.get(_NUMBER) for cells in rows}
    return [
        cells.get(_NUMBER, str(place) if str(place) not in given else "")
        for place, cells in enumerate(rows, 1)
    ]


def forms_of(
    rows: Sequence[Cells], indicators: Iterable[Cells], names: FormNames, faults: list[str]
) -> list[dict[str, Any]]:
    """The forms by their rows and those of their indicators."""
    by_form: dict[str, list[Cells]] = {}
    for cells in indicators:
        by_form.setdefault(cells.get(_NUMBER, ""), []).append(cells)
    given = Counter(cells[_NUMBER] for cells in rows if _NUMBER in cells)
    numbers = numbers_of(rows)
    faults += [f"“绩效目标”表里序号“{each}”写了 {n} 次" for each, n in given.items() if n > 1]
    forms = []
    for number, cells in zip(numbers, rows, strict=True):
        form = nested({key: value for key, value in cells.items() if key != _NUMBER})
        tree = _tree_of(by_form.pop(number, ()) if number else (), faults)
        forms.append(_in_order(form | ({INDICATORS: tree} if tree else {}), names))
    faults += [f"绩效指标的序号“{number}”在“绩效目标”表里没有" for number in by_form]
    return forms


def _in_order(form: dict[str, Any], names: FormNames) -> dict[str, Any]:
    """A form with its keys in the order of its rows; what must be there is, if blank."""
    filled = form | {key: "" for key in names.required if key not in form}
    return {key: filled[key] for key in names.fields if key in filled} | filled


def overall_blocks(sections: Mapping[str, Any], names: FormNames) -> list[SheetTable]:
    """The form of the whole department or unit: its texts, its tasks, its indicators."""
    columns = (SheetColumn("栏目", width=22), SheetColumn("内容", width=90))
    keys = [key for key in names.fields if key not in (TASKS, "年度绩效指标")]
    rows = [field_row(sections, columns, key, [(OVERALL, key)]) for key in keys]
    form = sections.get(OVERALL) or {}
    blocks = [SheetTable("", "整体绩效目标表", columns, rows)]
    if TASKS in names.fields:
        tasks = (
            SheetColumn("核心职能", ("核心职能",), CellKind.TEXT, 22),
            SheetColumn("重点任务", ("重点任务",), CellKind.TEXT, 90),
        )
        blocks.append(list_block(TASKS, "年度重点任务", tasks, form.get(TASKS)))
    if "年度绩效指标" in names.fields:
        first, second = _level_columns()
        levels = (
            SheetColumn(first.title, first.key, CellKind.TEXT, 22, choices="整体一级指标"),
            SheetColumn(second.title, second.key, CellKind.TEXT, 90, choices="整体二级指标"),
            SheetColumn("指标", ("指标",), CellKind.TEXT, 34),
            SheetColumn("指标值", ("指标值",), CellKind.TEXT, 24),
        )
        lines = [
            WorksheetRow(tuple(_form_cell(0, line, column) for column in levels))
            for line in _indicator_lines(form.get("年度绩效指标"))
        ]
        blocks.append(SheetTable(OVERALL_ROWS, "年度绩效指标", levels, lines, spare=20))
    return blocks


def overall_of(
    fields: Mapping[str, Any],
    tasks: list[Any],
    indicators: Sequence[Cells],
    names: FormNames,
    faults: list[str],
) -> dict[str, Any]:
    """The form of the whole by what was read."""
    form = dict(fields)
    if tasks:
        form[TASKS] = tasks
    if tree := _tree_of(indicators, faults):
        form["年度绩效指标"] = tree
    return _in_order(form, names) if form else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
