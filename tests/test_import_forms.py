"""Performance forms read back: from printed tables exactly, from text drafts by rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator.compose.compose import compose
from generator.compose.document.tree import text_of_element
from generator.drafts.draft import Draft, Row, Spot, Table
from generator.drafts.parts.outline import DraftOutline, FormDraft
from generator.importing.forms.read import import_forms
from generator.importing.forms.text import even
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.model.performance import OverallForm, ProjectForm
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, UNIT, Sample
from tests.formats import FORMS_FORMAT, YANGQUAN

Element = etree._Element
Rows = list[tuple[str, ...]]
Printed = Callable[[str], Sample]

HEAD = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"
TEXT_DRAFT = Path(__file__).parent / "drafts" / f"{UNIT}.txt"


def _grid(table: Element) -> Rows:
    """The rows of a marked-up table; a place that a merged cell covers is empty."""
    grid: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row:
            while (number, column) in grid:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    grid[number + down, column + across] = ""
            grid[number, column] = text_of_element(cell)
    height, width = (1 + max(place[axis] for place in grid) for axis in (0, 1))
    return [tuple(grid[row, column] for column in range(width)) for row in range(height)]


def _form_tables(document: Element, first_cell: str) -> list[Rows]:
    grids = [_grid(table) for table in document.iter("table") if table.get("class") == "form"]
    return [grid for grid in grids if re.fullmatch(first_cell, grid[0][0])]


def _form(rows: Rows) -> FormDraft:
    return FormDraft(rows=[Row(cells, Spot("行", number)) for number, cells in enumerate(rows, 1)])


def _read(file: str, forms: list[FormDraft], overall: FormDraft | None = None) -> ImportResult:
    every = [*forms, *([overall] if overall else [])]
    draft = Draft(Path(file), tuple(Table(form.rows) for form in every))
    reading = ImportResult(draft)
    import_forms(reading, DraftOutline(draft, FORMS_FORMAT, overall_form=overall, forms=forms))
    return reading


def _project_forms(reading: ImportResult) -> tuple[ProjectForm, ...]:
    return tuple(
        ProjectForm.model_validate(data, context=YANGQUAN.vocabulary)
        for data in reading.sections["项目绩效目标表"]
    )


def _indicators(table: str) -> tuple[Any, list[str]]:
    """The tree read from the rows below a head in a text draft, and the doubts."""
    rows = [tuple(line.split("\t")) for line in f"{HEAD}\n{table}".split("\n")]
    reading = _read("a.txt", [_form(rows)])
    doubts = [d.message for d in reading.doubts if d.path[2:3] == ("绩效指标",)]
    return reading.sections["项目绩效目标表"][0].get("绩效指标"), doubts


# Printed by this project


def test_printed_project_forms_give_the_same_data(printed: Printed) -> None:
    composed = printed(UNIT).composed
    tables = _form_tables(composed.document.body, "项目名称")
    reading = _read("a.docx", [_form(rows) for rows in tables])
    assert _project_forms(reading) == composed.disclosure.forms
    assert reading.doubts == []
    assert reading.unread() == []


def test_a_printed_overall_form_gives_the_same_data(printed: Printed) -> None:
    composed = printed(DEPARTMENT).composed
    (table,) = _form_tables(composed.document.body, ".*基本信息")
    reading = _read("a.pdf", [], _form(table))
    form = OverallForm.model_validate(
        reading.sections["整体绩效目标表"], context=YANGQUAN.vocabulary
    )
    assert form == composed.disclosure.overall_form
    assert reading.doubts == []
    assert reading.unread() == []


def test_a_page_break_anywhere_changes_nothing(printed: Printed) -> None:
    composed = printed(UNIT).composed
    rows = _form_tables(composed.document.body, "项目名称")[0]
    for place in range(1, len(rows)):
        above = [dict(enumerate(row)) for row in rows[:place]]
        spanning = {
            column: next((row[column] for row in reversed(above) if row[column]), "")
            for column in (0, 1, 2, 5)
            if not rows[place][column] and rows[place][3] and place > len(rows) - 24
        }
        again = tuple(spanning.get(at, cell) for at, cell in enumerate(rows[place]))
        broken = [*rows[:place], rows[0], again, *rows[place + 1 :]]
        reading = _read("a.pdf", [_form(broken)])
        assert _project_forms(reading) == composed.disclosure.forms[:1], place


ODD = """
项目绩效目标表:
  - 项目名称: 校舍(一期)  维修
    主管部门及代码: ""
    实施单位: 阳泉市退役军人服务中心
    资金: {实施期: {单位自筹: 1, 其他资金: "0.50"}, 年度: {中央财政资金: 1234567}}
    项目概况: "逗号,分号;〔2024〕3号 说明"
    总体目标: {年度: 只有年度}
    绩效指标:
      成本指标:
        经济成本指标:
          - {指标: 造价, 年度指标: 造价, 实施期: 1, 年度: 2}
          - {指标: 两期不同, 年度指标: 名称, 指标值: 三}
          - {指标: 只有实施期, 实施期: 四}
          - {指标: 只有年度, 年度: 五}
          - {指标: 名称被截短的指标, 年度指标: 名称被截短, 指标值: ""}
      自定指标:
        自定二级: [{指标: 数量指标, 指标值: 六}]
        空的: []
      效益指标:
        成本指标:
          - {指标: "", 指标值: 七}
          - {指标: "", 指标值: ""}
          - {指标: 末, 指标值: "(八)"}
"""


def test_unusual_data_comes_back_as_it_was_printed(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    (unit_folder / "项目绩效目标表.yaml").write_text(ODD, encoding="utf-8")
    composed = compose(unit_folder, pack, catalogue)
    tables = _form_tables(composed.document.body, "项目名称")
    reading = _read("a.docx", [_form(rows) for rows in tables])
    (form,) = _project_forms(reading)
    (data,) = composed.disclosure.forms
    assert _as_printed(form) == _as_printed(data)


def _as_printed(form: ProjectForm) -> Any:
    """A form with each indicator as its two halves show it."""
    halves = {
        first: {second: [(i.term, i.year) for i in each] for second, each in seconds.items()}
        for first, seconds in form.indicators.items()
    }
    return form.model_dump(exclude={"indicators"}), halves


# Text drafts: wording


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("市县(区),共1,000元;占4:6", "市县（区），共1,000元；占4:6"),
        ("市、县按4:6负担", "市、县按4:6负担"),
        ("(阳退服字[2019]2号)、制 度", "（阳退服字[2019]2号）、制度"),
        ("一)走访;2.慰问", "一）走访；2.慰问"),
        ("(2)提高", "（2）提高"),
        ("1500元 / 生 / 年", "1500元/生/年"),
        ("DDS 信号 GPS 3", "DDS信号GPS 3"),
        (">150平方米", ">150平方米"),
        ("山西省财政厅 山西省教育厅关于", "山西省财政厅 山西省教育厅关于"),
        ("【2019】45号 中共阳泉市委", "【2019】45号 中共阳泉市委"),
        ("〔2024〕188号 文件精神", "〔2024〕188号文件精神"),
        ("的通知 晋财教〔2024〕180号", "的通知 晋财教〔2024〕180号"),
        ("advance(a,b)", "advance(a,b)"),
    ],
)
def test_wording_of_a_text_draft_is_evened_out(found: str, meant: str) -> None:
    assert even(found) == meant
    assert even(meant) == meant


# Text drafts: indicators


def test_a_name_clipped_in_the_year_is_named_once() -> None:
    """A name of the year that the term's begins with is the same indicator, named whole."""
    tree, doubts = _indicators(
        "\t产出指标\t数量指标\t慰问部队及干休所数量\t7个/年\t数量指标\t慰问部队及干休所\t7个/年"
    )
    assert tree == {
        "产出指标": {"数量指标": [{"指标": "慰问部队及干休所数量", "指标值": "7个/年"}]}
    }
    assert doubts == []


def test_indicators_in_another_order_are_brought_together() -> None:
    tree, doubts = _indicators(
        "\t产出指标\t数量指标\t水费\t≥2年\t数量指标\t油墨\t≥3个\n\t\t\t油墨\t≥3个\t\t水费\t≥2年"
    )
    both = [{"指标": "水费", "指标值": "≥2年"}, {"指标": "油墨", "指标值": "≥3个"}]
    assert tree == {"产出指标": {"数量指标": both}}
    assert doubts == []


@pytest.mark.parametrize(
    "row",
    [
        "满意度指标\t服务对象满意度\t师生满意度\t≥90%\t服务对象满意度\t师生满意度\t≥90%\t",
        "\t\t满意度指标\t\t服务对象满意度\t师生满意度\t\t≥90%\t服务对象满意度\t师生满意\t≥90%",
        "\t满意度指标\t服务对象满意度\t师生满意度\t≥90%\t\t\t服务对象满\t师生满意度\t≥90%",
        "\t满意度指标\t服务对象满意度\t师生满意度\t≥90%\t\t\t\t师生满意度\t≥90%",
    ],
)
def test_slid_cells_are_found_by_the_halves_mirroring_each_other(row: str) -> None:
    tree, doubts = _indicators(row)
    entry = {"指标": "师生满意度", "指标值": "≥90%"}
    assert tree == {"满意度指标": {"服务对象满意度": [entry]}}
    assert doubts == []


def test_an_indicator_may_be_named_like_its_second_level() -> None:
    name = "服务对象满意度"
    tree, doubts = _indicators(f"满意度指标\t{name}\t{name}\t≥85%\t{name}\t{name}\t≥85%")
    assert tree == {"满意度指标": {name: [{"指标": name, "指标值": "≥85%"}]}}
    assert doubts == []


def test_second_levels_without_indicators_stay_empty() -> None:
    tree, doubts = _indicators(
        "\t效益指标\t经济效益指标\t\t\t经济效益指标\t\t\n可持续影响指标\t\t\t可持续影响指标\t\t\t"
    )
    assert tree == {"效益指标": {"经济效益指标": [], "可持续影响指标": []}}
    assert doubts == []


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("\t产出指标\t数量指标\t甲\t1个\t数量指标\t乙\t1个", "两期指标名称不同：甲、乙"),
        ("\t产出指标\t数量指标\t甲\t1个\t\t数量指标\t甲", "缺指标名称或指标值"),
        ("\t产出指标\t数量指标\t甲\t100100%\t数量指标\t甲\t100100%", "文字重复：100100%"),
        ("\t\t数量指标\t甲\t1个\t数量指标\t甲\t1个", "一级指标名没有读到，按标准指标体系归类"),
        (
            "\t效益指标\t数量指标\t甲\t1个\t数量指标\t甲\t1个",
            "印在效益指标之下，按标准指标体系归入产出指标",
        ),
        ("\t产出指标\t数量指标\t甲\t1个\t乙\t2个\t丙\t3个", "这一行分不清"),
        ("\t甲\t1个\t乙\t2个\t丙\t3个\t丁", "这一行分不清"),
        ("\t产出指标\t数量指标\t甲\t1个\t质量指标\t甲\t1个", "两期的二级指标不同"),
        (
            "\t产出指标\t安全指标\t甲\t1个\t安全指标\t甲\t1个",
            "二级指标不在标准指标体系中：安全指标",
        ),
    ],
)
def test_what_is_not_certain_is_doubted(row: str, doubt: str) -> None:
    _, doubts = _indicators(row)
    assert any(message.startswith(doubt) for message in doubts), doubts


# Text drafts: the upper part


def _upper(rows: str) -> tuple[dict[str, Any], list[str]]:
    reading = _read("a.txt", [_form([tuple(line.split("\t")) for line in rows.split("\n")])])
    return reading.sections["项目绩效目标表"][0], [doubt.message for doubt in reading.doubts]


def test_funds_are_taken_by_label_in_each_half() -> None:
    data, _ = _upper(
        "项目资金 （元）\t实施期资金总额：\t41,800\t年度资金总额：\t800\n"
        "\t其中：中央财政资金\t0\t其中：中央财政资金\t0\n"
        "\t\t市县（区）财政资 金\t\t41,800\t市县(区)财政资\t800\n"
        "\t其他资金\t\t其他资金\t"
    )
    assert data["资金"] == {
        "实施期": {"市县（区）财政资金": "41800"},
        "年度": {"市县（区）财政资金": "800"},
    }


def test_a_total_that_differs_from_its_levels_is_doubted() -> None:
    _, doubts = _upper(
        "项目资金\t实施期资金总额：\t5\t年度资金总额：\t\n\t省级财政资金\t4\t省级财政资金\t4"
    )
    assert "实施期资金总额印作5，各级之和为4" in doubts
    assert "年度资金总额没有读到" in doubts


def test_broken_and_clipped_labels_are_known() -> None:
    data, _ = _upper(
        "项目名称\t甲\n项目属性\t一次性项目\t\t项目日期\n\t\t\t1年\n正项目实施的制度、措施\t乙\n"
        "实施期目标\n年度目标\n丙\t\t丁\n负责人：\t经办人：\t联系电话：\t填报日期：\n\t20250101000000"
    )
    assert data["项目期"] == "1年"
    assert data["保证项目实施的制度、措施"] == "乙"
    assert data["总体目标"] == {"实施期": "丙", "年度": "丁"}
    assert data["填报日期"] == "20250101000000"


def test_a_person_named_in_the_foot_is_doubted() -> None:
    _, doubts = _upper("负责人：\t张三\t经办人：\t\t联系电话：\t\t填报日期：\t20250101000000")
    assert "负责人等栏有内容，数据格式不收：张三" in doubts


def test_a_row_that_fits_nowhere_is_doubted_and_stays_unread() -> None:
    reading = _read("a.txt", [_form([("项目名称", "甲"), ("", "随便", "什么", "")])])
    assert any("这一行没有读进数据" in doubt.message for doubt in reading.doubts)
    assert [line.spot.number for line in reading.unread()] == [2]


# The published text draft of the small sample


def _cut() -> list[FormDraft]:
    """The forms of the text draft: a form begins with its project's name."""
    forms: list[FormDraft] = []
    within = False
    for number, line in enumerate(TEXT_DRAFT.read_text(encoding="utf-8").split("\n"), 1):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        within = (within or "项目支出绩效目标表" in line) and not line.startswith("十一、")
        if within and len(cells) > 1 and set("".join(cells)) != {"-"}:
            if cells[0] == "项目名称":
                forms.append(FormDraft())
            forms[-1].rows.append(Row(cells, Spot("行", number)))
    return forms


def test_the_published_draft_gives_the_data_but_for_what_needs_a_reader(printed: Printed) -> None:
    reading = _read(str(TEXT_DRAFT), _cut())
    stated = printed(UNIT).composed.disclosure.forms
    differing = {
        (number, field)
        for number, (form, meant) in enumerate(zip(_project_forms(reading), stated, strict=True))
        for field in type(form).model_fields
        if getattr(form, field) != getattr(meant, field)
    }
    assert differing == {
        (0, "indicators"),
        (2, "funds"),
        (3, "safeguards"),  # a stray semicolon, which nothing gives away
        (3, "indicators"),
        (4, "indicators"),
        (5, "indicators"),
    }
    doubted = {(doubt.path[1], doubt.path[2]) for doubt in reading.doubts}
    assert doubted == {(0, "绩效指标"), (2, "资金"), *((n, "绩效指标") for n in (3, 4, 5))}
    assert reading.unread() == []
