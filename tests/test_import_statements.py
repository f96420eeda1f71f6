"""From printed cells back to leaf amounts from which every cell prints the same again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.compose.compose import compose
from generator.core.records import replace
from generator.drafts.draft import Row, Spot
from generator.drafts.parts.outline import DraftOutline
from generator.importing.amounts.classes import NamedProject, assigned, plausibility
from generator.importing.amounts.printed.projects import (
    AmountRow,
    UnitList,
    merged_lists,
    unit_rows,
)
from generator.importing.amounts.solving.solver import FEN, YUAN, Sum, contradicting, fitting_leaves
from generator.importing.class_totals import ClassTotal, ClassTotals
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.model.vocabulary import ProjectClasses
from generator.pack.pack import Pack
from tests.conftest import ROOT, SAMPLES
from tests.printed_tables import (
    Cells,
    Importer,
    Tree,
    change,
    grids,
    messages,
    outline_of,
)

_LEAF_SECTIONS = (
    "公开方式",
    "补充科目",
    "收支",
    "基本支出经济科目",
    "政府性基金收入",
    "国有资本经营收入",
    "三公经费",
    "机关运行经费",
    "项目",
)
_UNIT = {"名称": "某市某局", "类型": "单位", "年度": "2025"}
_DEPARTMENT = _UNIT | {"类型": "部门"}


@pytest.fixture(scope="session")
def importer(pack: Pack, catalogue: Catalogue) -> Importer:
    return Importer(pack, catalogue)


def _budget(**amounts: int) -> list[Tree]:
    """收支 with basic expenditure of the general budget by subject: c2050101=100."""
    return [
        {"科目": code[1:], "当年预算": {"基本支出": {"一般公共预算": str(amount)}}}
        for code, amount in amounts.items()
    ]


def _amounts(reading: ImportResult) -> dict[str, Any]:
    return {line["科目"]: line["当年预算"] for line in reading.sections["收支"]}


HEALTH: Tree = {"单位信息": _UNIT, "收支": _budget(c2101101=218_303, c2101102=15_257_949)}
"""Prints 21.83 and 1525.79 under 1547.63: one step more than their sum."""


def test_parts_and_their_total_keep_their_rounding(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    assert ("2101101", "行政单位医疗", "21.83", "21.83", "") in _cells(outline, "表三")
    assert ("21011", "行政事业单位医疗", "1547.63", "1547.63", "") in _cells(outline, "表三")
    reading = importer.read(outline)
    assert not messages(reading)
    again = {"单位信息": _UNIT, **reading.sections}
    assert grids(importer.print(again)) == grids(importer.print(HEALTH))


def _cells(outline: DraftOutline, number: str) -> list[Cells]:
    return [row.cells for row in outline.statements[number].rows]


def test_where_printed_values_add_up_they_are_the_leaves(importer: Importer) -> None:
    data = {"单位信息": _UNIT, "收支": _budget(c2101101=218_300, c2101102=15_257_900)}
    assert importer.again(data)["收支"] == data["收支"]
    rounded = {"单位信息": _UNIT, "收支": _budget(c2101101=218_312, c2101102=15_257_922)}
    assert importer.again(rounded)["收支"] == data["收支"]


def test_it_is_said_once_that_leaves_are_not_the_only_ones(importer: Importer) -> None:
    doubts = importer.read(importer.outline(HEALTH)).doubts
    assert [(each.path, each.message) for each in doubts] == [
        (("收支",), "元级明细由印出的数推得，能逐格印出原数，但并非唯一解")
    ]


def test_strokes_in_empty_cells_say_nothing(importer: Importer) -> None:
    """Half a row of a table with two sides is empty: a stroke in each cell is no row of its own."""
    outline = importer.outline(HEALTH)
    rows = outline.statements["表一"].rows
    for at, row in enumerate(rows):
        if at >= 2:  # below the head
            rows[at] = replace(row, cells=tuple(cell or "—" for cell in row.cells))
    assert sum("—" in row.cells for row in rows) > 5
    reading = importer.read(outline)
    assert not messages(reading)
    again = {"单位信息": _UNIT, **reading.sections}
    assert grids(importer.print(again)) == grids(importer.print(HEALTH))


def test_an_unreadable_cell_is_found_from_the_others(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    change(outline, "表二", "2101101", "21.83", "2l.83")
    reading = importer.read(outline)
    assert messages(reading) == [
        "表二“2101101 行政单位医疗”行“合计”栏“2l.83”不是能用的金额"
        "（夹有像数字的字母或符号，像是 21.83），没有用；由其余各格推算"
    ]
    again = {"单位信息": _UNIT, **reading.sections}
    assert grids(importer.print(again)) == grids(importer.print(HEALTH))


def test_a_misread_cell_is_named_with_what_the_rest_gives(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    change(outline, "表五", "2101102", "1525.79", "1526.79")
    reading = importer.read(outline)
    assert messages(reading) == [
        "表五“2101102 事业单位医疗”行“合计”栏印出“1526.79”，由其余各格得1525.79"
    ]
    doubt = next(each for each in reading.doubts if "1526.79" in each.message)
    assert doubt.path == ("收支", 1, "当年预算", "基本支出", "一般公共预算")
    assert str(doubt.spot).startswith("第")


def test_a_total_that_contradicts_its_only_parts_is_named(importer: Importer) -> None:
    data = {
        "单位信息": _UNIT,
        "机关运行经费": [_operating("甲", 100_000), _operating("乙", 200_000)],
    }
    outline = importer.outline(data)
    change(outline, "表十一", "部门合计", "30.00", "31.00")
    change(outline, "表十一", "部门合计", "30.00", "31.00")
    reading = importer.read(outline)
    assert reading.sections["机关运行经费"] == data["机关运行经费"]
    assert messages(reading) == [
        "表十一“部门合计”行“合计”栏印出“31.00”，由其余各格得30.00",
        "表十一“部门合计”行“一般公共预算”栏印出“31.00”，由其余各格得30.00",
    ]


def _operating(unit: str, amount: int) -> Tree:
    return {"单位": unit, "金额": {"一般公共预算": str(amount)}}


def test_a_lost_row_is_named(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    rows = outline.statements["表五"].rows
    rows[:] = [row for row in rows if "2101101" not in row.cells]
    reading = importer.read(outline)
    assert messages(reading) == ["表五“2101101”行没有印出，由其余各格得21.83"]
    assert _amounts(reading)["2101101"] == {"基本支出": {"一般公共预算": "218301"}}


def test_a_table_published_without_data_constrains_nothing(importer: Importer) -> None:
    data = HEALTH | {"公开方式": {"无数据表": ["表三", "表四", "表六"]}}
    reading = importer.read(importer.outline(data))
    assert reading.sections["公开方式"] == {"无数据表": ["表三", "表四", "表六"]}
    assert not messages(reading)
    again = {"单位信息": _UNIT, **reading.sections}
    assert grids(importer.print(again)) == grids(importer.print(data))


def test_a_table_without_data_that_has_none_is_not_declared(importer: Importer) -> None:
    reading = importer.read(importer.outline(HEALTH | {"基本支出经济科目": [_pair()]}))
    assert "公开方式" not in reading.sections


def _pair(department: str = "30101", government: str = "50501", amount: int = 500) -> Tree:
    return {"部门经济科目": department, "政府经济科目": government, "金额": str(amount)}


def test_economic_subjects_get_the_codes_of_their_names(importer: Importer) -> None:
    pairs = [_pair(), _pair("30201", "50201"), _pair("30201", "50502"), _pair("30302", "50905")]
    data = {"单位信息": _UNIT, "基本支出经济科目": pairs}
    assert importer.again(data) == data


def test_names_that_the_catalogue_lacks_are_taken_from_the_document(importer: Importer) -> None:
    names = {"2050777": "某项教育", "20507": "特殊教育（改）"}
    extra = {
        "功能分类": names,
        "部门预算支出经济分类": {"30198": "高温津贴"},
    }
    data = {
        "单位信息": _UNIT,
        "补充科目": extra,
        "收支": _budget(c2050777=100),
        "基本支出经济科目": [_pair(), _pair("30198")],
    }
    reading = importer.read(importer.outline(data))
    assert reading.sections["补充科目"]["功能分类"] == names
    assert messages(reading) == ["部门预算支出经济分类目录中没有“高温津贴”，编码 30104 是暂定的"]
    again = {"单位信息": _UNIT, **reading.sections}
    assert grids(importer.print(again)) == grids(importer.print(data))


def test_a_name_that_differs_from_table_to_table_is_a_doubt(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    change(outline, "表三", "2101101", "行政单位医疗", "行政单位医")
    reading = importer.read(outline)
    assert "补充科目" not in reading.sections
    assert messages(reading) == ["功能分类 2101101 有的表印作“行政单位医”，取“行政单位医疗”"]


def test_a_code_that_cannot_be_read_is_found_by_its_name(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    change(outline, "表三", "2101101", "2101101", "21O1101")
    reading = importer.read(outline)
    assert messages(reading) == [
        "表三“行政单位医疗”行的科目编码“21O1101”读不出，按名称读作 2101101"
    ]


def test_a_misread_row_title_is_placed_between_its_neighbours(importer: Importer) -> None:
    expenses = {"公务接待费": {"一般公共预算": "10000"}}
    outline = importer.outline({"单位信息": _UNIT, "三公经费": expenses})
    change(outline, "表十", "公务接待费", "公务接待费", "公务接侍贵")
    reading = importer.read(outline)
    assert reading.sections["三公经费"] == expenses
    assert messages(reading) == ["表十的行名“公务接侍贵”按位置读作“公务接待费”"]


def test_a_row_with_too_many_cells_is_said_and_left_unread(importer: Importer) -> None:
    outline = importer.outline(HEALTH)
    rows = outline.statements["表三"].rows
    extra = Row(("2109999", "其他", "1.00", "1.00", "", "1.00"), Spot("行", 7))
    rows.append(extra)
    reading = importer.read(outline)
    assert messages(reading) == ["表三这一行有 6 格，表头有 5 栏，没有读"]


def test_every_line_of_the_tables_is_used(importer: Importer) -> None:
    assert not importer.read(importer.outline(HEALTH)).unread()


def test_leaves_fit_every_sum() -> None:
    sums = [Sum((0,), 2183), Sum((1,), 152_579), Sum((0, 1), 154_763), Sum((2,), None)]
    leaves = fitting_leaves(3, sums, YUAN)
    assert leaves is not None
    assert sum(leaves) == 15_476_250
    assert abs(leaves[0] - 218_300) + abs(leaves[1] - 15_257_900) == 50
    assert fitting_leaves(2, [*sums[:2], Sum((0, 1), 154_764)], YUAN) is None


def test_leaves_are_fen_where_yuan_are_too_coarse() -> None:
    sums = [*(Sum((leaf,), 0) for leaf in range(60)), Sum(tuple(range(60)), 0)]
    assert fitting_leaves(60, sums, YUAN) is None
    assert fitting_leaves(60, sums, FEN) == [1] * 60


def test_the_smallest_set_of_contradicting_sums_is_found() -> None:
    rows = [Sum((0,), 100), Sum((1,), 200), Sum((0, 1), 300), Sum((0,), 700)]
    assert contradicting(2, rows) == [3]
    assert contradicting(2, rows[:3]) == []


def test_units_are_told_from_projects_by_their_sums() -> None:
    rows = [("甲校", 30), ("遗属补助", 10), ("维修", 20), ("乙校", 20), ("遗属补助", 20)]
    table = [AmountRow(label, (amount, None)) for label, amount in rows]
    assert unit_rows(table, ["甲校", "乙校"]) == [0, 3]
    assert unit_rows(table, []) == [0, 3]


def test_a_project_with_carry_over_is_one_project() -> None:
    this_year = [UnitList("甲", ["一", "二", "一"]), UnitList("乙", ["三"])]
    carried = [UnitList("甲", ["二", "一"]), UnitList("丙", ["四"])]
    units, places = merged_lists([this_year, carried])
    assert {each.unit: each.names for each in units} == {
        "甲": ["一", "二", "一"],
        "乙": ["三"],
        "丙": ["四"],
    }
    assert places[1][0] == [1, 2]


def test_classes_make_up_the_published_counts_and_sums(pack: Pack) -> None:
    classes = pack.vocabulary.project_classes
    projects = [
        NamedProject("甲", "遗属补助", Decimal(10_000)),
        NamedProject("甲", "助学金（中央）", Decimal(10_000)),
        NamedProject("甲", "评审", Decimal(30_000)),
        NamedProject("甲", "教研", Decimal(20_000)),
    ]
    totals = ClassTotals(ClassTotal(2, Decimal("3.00")), ClassTotal(2, Decimal("4.00")))
    answer = assigned(projects, totals, classes)
    assert answer.running == (True, False, False, True)
    assert answer.exact
    wrong = ClassTotals(ClassTotal(1, Decimal("9.99")), ClassTotal(3, Decimal("1.00")))
    assert not assigned(projects, wrong, classes).exact


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_come_back_cell_by_cell(name: str, importer: Importer) -> None:
    composed = compose(ROOT / "data" / name, importer.pack, importer.catalogue)
    entity = composed.disclosure.entity
    figures = {each.address: each for each in composed.figures}
    totals = ClassTotals(
        *(
            ClassTotal(
                int(figures[f"绩效/纳入/{kind}/个数"].value),
                figures[f"绩效/纳入/{kind}/金额"].printed,
            )
            for kind in ("其他运转类", "特定目标类")
        )
    )
    info = {"名称": entity.name, "类型": entity.kind.value, "年度": str(entity.year)}
    outline = outline_of(composed.statements, info)
    reading = importer.read(outline, totals)
    assert not messages(reading)
    assert not reading.unread()
    assert set(reading.sections) <= set(_LEAF_SECTIONS)
    printed = importer.print({"单位信息": info, **reading.sections})
    assert grids(printed) == grids(composed.statements)
    projects = [each for unit in reading.sections["项目"] for each in unit["项目"]]
    running = [each for each in projects if each.get("类别") == "其他运转类"]
    assert len(running) == totals.operation.projects
    assert "遗属补助" not in [each["名称"] for each in projects if each not in running]


_CODES = ("2013299", "2050101", "2050201", "2050202", "2101101", "2101102", "2230105")
_SOURCES = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金")
_PAIRS = (("30101", "50101"), ("30101", "50501"), ("30201", "50502"), ("30302", "50905"))
_EXPENSES = ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费")


def _whole(low: int, high: int) -> st.SearchStrategy[int]:
    """Whole numbers made of digits: which ones come does not depend on numbers in the program."""
    digits = st.lists(st.sampled_from(range(10)), min_size=1, max_size=len(str(high)))
    return digits.map(
        lambda drawn: low + int("".join(map(str, drawn))) % (high - low + 1),
    )


_YUAN = st.one_of(
    _whole(1, 49),
    _whole(50, 20_000),
    _whole(1, 3_000).map(lambda steps: steps * 100),
    _whole(1, 999_999_999),
).map(str)


def _funds(count: int) -> st.SearchStrategy[Tree]:
    return st.dictionaries(st.sampled_from(_SOURCES[:count]), _YUAN, min_size=1, max_size=3)


_YEAR = st.dictionaries(st.sampled_from(("基本支出", "项目支出")), _funds(5), min_size=1)
_LINES = st.dictionaries(
    st.sampled_from(_CODES),
    st.dictionaries(st.sampled_from(("当年预算", "上年结转")), _YEAR, min_size=1),
    max_size=4,
).map(lambda lines: [{"科目": code, **years} for code, years in sorted(lines.items())])
_PROJECT = st.fixed_dictionaries(
    {"名称": st.sampled_from(("维修", "遗属补助", "考务费", "助学金（中央）"))},
    optional={"当年预算": _funds(5), "上年结转": _funds(3)},
)
_UNITS = st.lists(
    st.fixed_dictionaries(
        {
            "单位": st.sampled_from(("某市某局", "某市甲校", "某市乙校")),
            "项目": st.lists(_PROJECT, min_size=1, max_size=4),
        }
    ),
    unique_by=lambda unit: unit["单位"],
    max_size=3,
)
_REVENUE = st.lists(
    _YUAN.map(lambda amount: {"科目": "1030148", "名称": "出让收入", "金额": amount}), max_size=1
)


@st.composite
def _disclosures(draw: st.DrawFn) -> Tree:
    entity = draw(st.sampled_from((_UNIT, _DEPARTMENT)))
    units = draw(_UNITS)
    if entity is _UNIT:
        units = [unit | {"单位": _UNIT["名称"]} for unit in units[:1]]
    pairs = draw(st.dictionaries(st.sampled_from(_PAIRS), _YUAN))
    operating = draw(st.dictionaries(st.sampled_from(("某市某局", "某市甲校")), _funds(3)))
    return {
        "单位信息": entity,
        "收支": draw(_LINES),
        "基本支出经济科目": [_pair(*pair, int(amount)) for pair, amount in sorted(pairs.items())],
        "政府性基金收入": draw(_REVENUE),
        "国有资本经营收入": draw(_REVENUE),
        "三公经费": draw(st.dictionaries(st.sampled_from(_EXPENSES), _funds(3))),
        "机关运行经费": [{"单位": unit, "金额": funds} for unit, funds in operating.items()],
        "项目": units,
    }


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=_disclosures())
def test_any_leaves_come_back_as_leaves_that_print_the_same(importer: Importer, data: Tree) -> None:
    printed = importer.print(data)
    reading = importer.read(outline_of(printed, data["单位信息"]))
    again = {"单位信息": data["单位信息"], **reading.sections}
    assert grids(importer.print(again)) == grids(printed)


def test_a_pack_without_words_tells_classes_by_counts_and_sums_alone() -> None:
    classes = ProjectClasses.model_validate({"名称": ["日常类", "专项类"], "默认": "专项类"})
    projects = [
        NamedProject("甲", "遗属补助", Decimal(10_000)),
        NamedProject("甲", "设备改造", Decimal(30_000)),
    ]
    totals = ClassTotals(ClassTotal(1, Decimal("3.00")), ClassTotal(1, Decimal("1.00")))
    assert assigned(projects, totals, classes).running == (False, True)
    assert {plausibility(each.name, classes) for each in projects} == {-1}


def test_the_first_words_of_a_pack_that_a_name_has_count() -> None:
    classes = ProjectClasses.model_validate(
        {
            "名称": ["日常类", "专项类"],
            "默认": "专项类",
            "名称用词": [
                {"类别": "专项类", "词": ["（上级）"], "词尾": ["补助"], "分量": 9},
                {"类别": "日常类", "词": ["值班", "补助"], "分量": 3},
            ],
        }
    )
    weights = {"值班(上级)": -9, "值班补助": -9, "值班": 3, "补助值守": 3, "展览": -1}
    assert {name: plausibility(name, classes) for name in weights} == weights


def test_words_for_a_class_that_a_pack_lacks_are_refused() -> None:
    words = [{"类别": "运转类", "词": ["值班"]}]
    with pytest.raises(ValidationError, match="名称用词的“运转类”不在“名称”之中"):
        ProjectClasses.model_validate({"名称": ["专项类"], "默认": "专项类", "名称用词": words})
