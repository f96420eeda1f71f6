"""Tables of any format: what their heads say, and the sums, facts and names that follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.general.tables.checks import CHECKS
from generator.checks.general.tables.former_names import renamed
from generator.checks.general.tables.judged import judged_table
from generator.checks.general.tables.understood.kinds import ColumnKind, kind_of_words
from generator.checks.general.tables.understood.table import UnderstoodTable, understand
from generator.checks.rule import Unchecked
from generator.core.findings import Finding
from generator.core.numbers.rounding import half_up
from generator.core.records import replace
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.blocks import TableBlock
from generator.reading.draft_blocks import blocks_of_draft
from generator.reading.locations import place_at
from tests.plain_drafts import FILE, draft, outcomes, present, told

UNIT = "编制部门：某某局 单位：万元"
EXPENDITURE = ["科目编码|科目名称|合计|基本支出|项目支出"]
Telling = Callable[..., list[str]]


@pytest.fixture
def tell(pack: Pack, catalogue: Catalogue) -> Telling:
    """The findings of the rules about tables in a small draft."""

    def findings(*content: str | list[str]) -> list[str]:
        return told(present(pack, catalogue, *content), pack, CHECKS)

    return findings


def table(title: str, rows: list[str]) -> UnderstoodTable:
    blocks = blocks_of_draft(draft(title, UNIT, rows), lambda line: place_at(FILE, line.spot))
    found = understand(next(block for block in blocks if isinstance(block, TableBlock)))
    assert found is not None
    return found


def shown(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:.2f}"


# Heads


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("2026年合计", ColumnKind.TOTAL),
        ("“三公”经费合计", ColumnKind.TOTAL),
        ("1. 一般公共预算资金", ColumnKind.GENERAL),
        ("一般公共预算拨款收入", ColumnKind.GENERAL),
        ("国有资本经营预算财政拨款", ColumnKind.STATE_CAPITAL),
        ("上年结转和结余", ColumnKind.CARRY_OVER),
        ("金额（元）", ColumnKind.AMOUNT),
        ("2026年", ColumnKind.AMOUNT),
        ("其中：财政拨款", ColumnKind.OTHER),
        ("比上年增减", ColumnKind.OTHER),
        ("功能分类科目编码", ColumnKind.CODE),
    ],
)
def test_the_words_of_a_head_say_what_a_column_holds(words: str, kind: ColumnKind) -> None:
    assert kind_of_words(words) is kind


def test_a_head_of_three_rows_is_a_tree_and_codes_in_three_columns_are_one() -> None:
    found = table(
        "支出预算总表",
        [
            "项目||||支出预算||",
            "功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出",
            "类|款|项||||",
            "205|||教育支出|3.00|1.00|2.00",
            "205|02||普通教育|3.00|1.00|2.00",
            "205|02|01|学前教育|3.00|1.00|2.00",
        ],
    )
    (side,) = found.sides
    assert [line.code for line in side.lines] == ["205", "20502", "2050201"]
    assert [column.kind.value for column in side.amounts] == ["合计", "基本支出", "项目支出"]


def test_a_table_of_two_sides_is_read_side_by_side() -> None:
    found = table(
        "收支预算总表",
        ["收入||支出|", "项目|预算数|项目|预算数", "一、事业收入|1.00|一、教育支出|1.00"],
    )
    assert [[line.name for line in side.lines] for side in found.sides] == [
        ["一、事业收入"],
        ["一、教育支出"],
    ]


# Tolerance: half a step for each printed amount, reached exactly is fine


def across_two(total: int) -> list[str]:
    return [*EXPENDITURE, f"2050201|学前教育|{shown(total)}|10.00|20.00"]


def across_five(total: int) -> list[str]:
    return [
        "科目编码|科目名称|合计|一般公共预算|政府性基金预算|国有资本经营预算|事业收入|其他收入",
        f"2050201|学前教育|{shown(total)}|" + "|".join(["10.00"] * 5),
    ]


def down_thirty(total: int) -> list[str]:
    rows = [f"{201 + number}|某类|10.00" for number in range(30)]
    return ["科目编码|科目名称|合计", f"合计||{shown(total)}", *rows]


@pytest.mark.parametrize(
    ("rows", "whole", "bound"),
    [(across_two, 30_00, 1), (across_five, 50_00, 3), (down_thirty, 300_00, 15)],
    ids=["2", "5", "30"],
)
def test_the_bound_is_half_a_step_for_each_printed_amount(
    rows: Callable[[int], list[str]], whole: int, bound: int
) -> None:
    for sign in (1, -1):
        inside = judged_table(table("收支总表", rows(whole + sign * bound)))
        outside = judged_table(table("收支总表", rows(whole + sign * (bound + 1))))
        assert (inside.blames, inside.undecided) == ((), ())
        assert len(outside.blames) == 1


def test_two_amounts_that_are_one_are_rounded_alike(tell: Telling) -> None:
    rows = [*EXPENDITURE, "205|教育支出|3.01|3.01|", "20502|普通教育|3.00|3.00|"]
    assert len(tell("支出总表", UNIT, rows)) == 1


def test_a_number_without_decimals_is_no_less_exact_than_those_beside_it() -> None:
    head = ["合计|因公出国（境）费|公务接待费|公务用车购置及运行费"]
    assert len(judged_table(table("“三公”经费表", [*head, "30.03|20|10|0"])).blames) == 1


@pytest.mark.parametrize(
    ("head", "right", "wrong"),
    [
        (
            "合计|因公出国（境）费|公务用车购置费|公务用车运行费|公务接待费",
            "10.00|1.00|2.00|3.00|4.00",
            5,
        ),
        ("合计|公务用车购置费|公务用车运行费", "5.00|2.00|3.00", 1),
        (
            "合计|因公出国（境）费|公务接待费|公务用车购置及运行费|购置费|运行费",
            "10.00|1.00|4.00|5.00|2.00|3.00",
            4,
        ),
    ],
)
def test_the_parts_of_official_expenses_on_one_level(head: str, right: str, wrong: int) -> None:
    assert not judged_table(table("“三公”经费表", [head, right])).blames
    cells = right.split("|")
    cells[0] = f"{float(cells[0]) + wrong:.2f}"
    (blame,) = judged_table(table("“三公”经费表", [head, "|".join(cells)])).blames
    assert blame.cell.column.title == "合计"


Leaves = st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=12)


@given(leaves=Leaves)
def test_amounts_rounded_from_exact_ones_are_never_told(
    leaves: Sequence[tuple[int, int]],
) -> None:
    assert judged_table(table("支出总表", printed(leaves))).blames == ()


@given(leaves=Leaves, at=st.integers(0, 11), by=st.integers(7, 10**5))
def test_one_wrong_amount_is_told_once_in_its_row(
    leaves: Sequence[tuple[int, int]], at: int, by: int
) -> None:
    rows = printed([(basic + 100, project + 100) for basic, project in leaves])
    row = 3 + at % len(leaves)
    cells = rows[row].split("|")
    cells[3] = shown(int(Decimal(cells[3]) * 100) + by)
    rows[row] = "|".join(cells)
    (blame,) = judged_table(table("支出总表", rows)).blames
    assert blame.cell.line.code == cells[0]


def printed(leaves: Sequence[tuple[int, int]]) -> list[str]:
    """A table of one class with one 款, each cell the exact sum of its leaves in 元, rounded."""

    def cells(rows: Sequence[tuple[int, int]]) -> str:
        basic, project = (sum(column) for column in zip(*rows, strict=True))
        return "|".join(
            f"{half_up(Decimal(n) / 10_000):.2f}" for n in (basic + project, basic, project)
        )

    items = [f"20502{n:02}|某项|{cells([leaf])}" for n, leaf in enumerate(leaves, 1)]
    return [
        *EXPENDITURE,
        f"205|教育支出|{cells(leaves)}",
        f"20502|普通教育|{cells(leaves)}",
        *items,
    ]


# Sums, and which cell is named


def test_the_cell_that_breaks_row_and_column_is_named_once(tell: Telling) -> None:
    (finding,) = tell(
        "支出预算总表",
        UNIT,
        [
            *EXPENDITURE,
            "合计||30.00|18.00|12.00",
            "205|教育支出|30.00|18.00|12.00",
            "20502|普通教育|30.00|18.00|12.00",
            "2050201|学前教育|10.00|8.00|2.00",
            "2050202|小学教育|20.00|19.00|10.00",
        ],
    )
    assert finding == (
        "E901 第1页 “支出预算总表”“2050202 小学教育”行“基本支出”栏 "
        "“2050202 小学教育”行“基本支出”栏："
        "应有 合计＝基本支出＋项目支出，印出的是 20.00，而 19.00 ＋ 10.00＝29.00，相差 9.00 万元；"
        "按 2 处合计，这一格应为 10.00"
    )


def test_of_many_parts_the_blamed_one_is_told_as_printed(tell: Telling) -> None:
    (finding,) = tell(
        "部门收入总表",
        [
            "科目编码|科目名称|合计|一般公共预算|政府性基金预算|国有资本经营预算|财政专户管理资金|单位资金",
            "|合计|60.00|20.00|10.00|10.00|10.00|10.00",
            "205|教育支出|60.00|20.00|10.00|10.00|10.00|10.00",
            "20502|普通教育|60.00|20.00|10.00|10.00|10.00|10.00",
            "2050201|学前教育|25.00|10.00|5.00|4.00|3.00|3.00",
            "2050202|小学教育|35.00|19.00|5.00|6.00|7.00|7.00",
        ],
    )
    assert "“2050202 小学教育”行“一般公共预算”栏" in finding
    assert "5 个数之和＝44.00" in finding
    assert finding.endswith("按 2 处合计，这一格应为 10.00，印出的是 19.00")


def test_a_row_left_out_is_told_at_the_row_above_it(tell: Telling) -> None:
    rows = [
        "205|教育支出|30.00|10.00|20.00",
        "20502|普通教育|30.00|10.00|20.00",
        "2050201|学前教育|10.00|5.00|5.00",
    ]
    (finding,) = tell("支出总表", UNIT, [*EXPENDITURE, *rows])
    assert finding.startswith("E902 第1页 “支出总表”“20502 普通教育”行")


BALANCE_SHEET = [
    "收入||支出|",
    "项目|预算数|项目|预算数",
    "一、财政拨款收入|10.00|一、教育支出|8.00",
    "1. 一般公共预算|7.00|二、卫生健康支出|5.00",
    "2. 政府性基金预算|2.00||",
    "3. 国有资本经营预算|1.00||",
    "二、事业收入|3.00||",
    "本年收入合计|13.00|本年支出合计|13.00",
    "上年结转|2.00|年终结转|2.00",
    "收入总计|15.00|支出总计|15.00",
]


def test_a_balance_sheet_that_sums_up_has_nothing_to_tell(tell: Telling) -> None:
    assert tell("收支预算总表", UNIT, BALANCE_SHEET) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("收入总计|15.00", "收入总计|16.00", "E902 第1页 “收支预算总表”“收入总计”行"),
        ("上年结转|2.00", "上年结转|2.50", "E902 第1页 “收支预算总表”“上年结转”行"),
        ("本年收入合计|13.00", "本年收入合计|13.30", "E902 第1页 “收支预算总表”“本年收入合计”行"),
        ("2. 政府性基金预算|2.00", "2. 政府性基金预算|3.00", "“一、财政拨款收入”行"),
        ("年终结转|2.00", "年终结转|", "“年终结转”行"),
    ],
)
def test_the_sums_of_a_balance_sheet(tell: Telling, right: str, wrong: str, said: str) -> None:
    (finding,) = tell("收支预算总表", UNIT, [row.replace(right, wrong) for row in BALANCE_SHEET])
    assert said in finding


def test_a_table_of_no_unit_is_told_of_without_one(tell: Telling) -> None:
    rows = ["收入||支出|", "项目|预算数|项目|预算数", "收入总计|900,000|支出总计|100,000"]
    (finding,) = tell("收支预算总表", "", rows)
    assert finding.endswith("印出的是 900,000，而 100,000，相差 800,000")


def test_totals_that_do_not_balance(tell: Telling) -> None:
    rows = ["收入||支出|", "项目|预算数|项目|预算数", "收入总计|15.00|支出总计|16.00"]
    (finding,) = tell("收支预算总表", UNIT, rows)
    assert finding.startswith("E903 ")
    assert "相差 1.00 万元" in finding


def test_official_expenses_in_columns_and_in_rows(tell: Telling) -> None:
    columns = [
        "“三公”经费合计|因公出国（境）费|公务用车购置及运行费|||公务接待费",
        "||小计|公务用车购置费|公务用车运行费|",
        "54.00|12.00|36.80|18.00|15.80|5.20",
    ]
    (finding,) = tell("“三公”经费支出表", UNIT, columns)
    assert finding.startswith("E904 ")
    assert "36.80" in finding
    rows = [
        "项目|预算数",
        "因公出国（境）费|1.00",
        "公务接待费|2.00",
        "公务用车购置及运行费|3.00",
        "①公务用车购置费|1.00",
        "②公务用车运行维护费|2.00",
        "合计|7.00",
    ]
    (finding,) = tell("“三公”经费支出表", UNIT, rows)
    assert finding.startswith("E904 第1页 ““三公”经费支出表”“合计”行")


def test_units_with_their_projects_sum_up_to_the_department(tell: Telling) -> None:
    rows = [
        "项目名称|合计|一般公共预算|政府性基金预算|国有资本经营预算",
        "某某市统计局|60.00|50.00|10.00|",
        "某某市统计局|30.00|20.00|10.00|",
        "普查经费|20.00|20.00||",
        "设备购置|10.00||10.00|",
        "某某市调查中心|30.00|30.00||",
        "抽样调查经费|21.00|21.00||",
        "信息化建设|10.00|10.00||",
    ]
    assert len(tell("项目支出表", UNIT, rows)) == 1
    assert tell("项目支出表", UNIT, [row.replace("21.00", "20.00") for row in rows]) == []


def test_what_by_design_does_not_sum_up_stays_unchecked(pack: Pack, catalogue: Catalogue) -> None:
    rows = [
        *EXPENDITURE,
        *(f"20502{n:02}|某项|{n + 9}.00|{n}.00|{2 * n}.50" for n in range(1, 9)),
    ]
    found = outcomes(present(pack, catalogue, "支出总表", UNIT, rows), pack, CHECKS)
    assert [each.why for each in found if isinstance(each, Unchecked) and each.code == "E901"] == [
        "“合计＝基本支出＋项目支出”多数不成立，不能断定这张表应当这样相加，没有核对"
    ]


def test_a_table_whose_head_says_nothing_stays_unchecked(pack: Pack, catalogue: Catalogue) -> None:
    rows = ["甲|乙|丙", "某某|10.00|12.00", "某某|11.00|13.00"]
    found = outcomes(present(pack, catalogue, "某某情况表", UNIT, rows), pack, CHECKS)
    assert [each.group for each in found if isinstance(each, Unchecked)] == ["某某情况表"]


def test_a_column_of_which_is_no_part_of_a_sum(tell: Telling) -> None:
    rows = [
        "科目编码|科目名称|合计|基本支出|项目支出|其中：上年结转",
        "205|教育支出|3.00|1.00|2.00|1.00",
    ]
    assert tell("支出总表", UNIT, rows) == []


# One fact in several tables


CLASSES = ["项目|预算数", "一、教育支出|30.00", "二、卫生健康支出|5.00", "支出总计|35.00"]
BY_CODE = [
    "功能分类科目编码|||科目名称|合计",
    "类|款|项||",
    "205|||教育支出|300,000",
    "205|02||普通教育|300,000",
    "210|||卫生健康支出|50,000",
    "合计||||350,000",
]


def test_the_same_amounts_in_another_unit_agree(tell: Telling) -> None:
    assert tell("收支总表", UNIT, CLASSES, "支出总表", "单位：元", BY_CODE) == []


CONVERTED = [
    "科目编码|科目名称|合计|基本支出|项目支出",
    "合计||5,942,700.00|3,671,100.00|2,271,600.00",
    "205|教育支出|4,975,700.00|2,704,000.00|2,271,600.00",
    "208|社会保障和就业支出|513,600.00|513,600.00|",
    "210|卫生健康支出|453,500.00|453,500.00|",
]
"""Amounts in 元 that were rounded in 万元: 4975700 is not 2704000 and 2271600."""


def test_amounts_in_yuan_are_no_more_exact_than_those_they_were_converted_from(
    tell: Telling,
) -> None:
    assert tell("支出总表", "单位：元", CONVERTED) == []
    changed = [row.replace("4,975,700.00", "4,985,700.00") for row in CONVERTED]
    assert [finding[:4] for finding in tell("支出总表", "单位：元", changed)] == ["E901"]


@pytest.mark.parametrize("other", ["453,512.00", "453,500.36"])
def test_amounts_in_yuan_are_exact_if_any_is_no_whole_hundred(tell: Telling, other: str) -> None:
    rows = [row.replace("453,500.00", other) for row in CONVERTED]
    found = tell("支出总表", "单位：元", rows)
    assert any("相差 100 元" in finding for finding in found)


def test_round_amounts_in_yuan_are_exact(tell: Telling) -> None:
    thousands = [row.replace("700.00", "000.00") for row in CONVERTED]
    thousands = [re.sub(r"[1-9]00\.00", "000.00", row) for row in thousands]
    found = tell("支出总表", "单位：元", thousands)
    assert any("相差 1,000 元" in finding for finding in found)


def test_a_class_with_two_amounts_is_told_with_both(tell: Telling) -> None:
    changed = [row.replace("30.00", "31.00").replace("35.00", "36.00") for row in CLASSES]
    changed = [*changed[:3], "三、农林水支出|", *changed[3:]]
    found = tell("收支总表", UNIT, changed, "支出总表", "单位：元", BY_CODE)
    assert len(found) == 1
    assert found[0].startswith("E905 ")
    assert "300,000元" in found[0]
    assert "31.00万元" in found[0]


def test_a_kind_of_money_that_is_all_there_is_has_the_same_subjects(tell: Telling) -> None:
    rows = [
        *EXPENDITURE,
        "合计||9.00|9.00|",
        "205|教育支出|9.00|9.00|",
        "20502|普通教育|9.00|9.00|",
        "2050201|学前教育|4.00|4.00|",
        "2050202|小学教育|5.00|5.00|",
    ]
    swapped = [*rows[:-2], "2050201|学前教育|5.00|5.00|", "2050202|小学教育|4.00|4.00|"]
    general = "一般公共预算支出表"
    assert tell("支出总表", UNIT, rows, general, UNIT, rows) == []
    (finding,) = tell("支出总表", UNIT, rows, general, UNIT, swapped)
    assert finding.startswith("E905 ")
    other_money = [row.replace("9.00|9.00|", "12.00|12.00|") for row in rows]
    other_money[-1] = "2050202|小学教育|8.00|8.00|"
    assert tell("支出总表", UNIT, other_money, general, UNIT, rows) == []


def test_the_same_numbers_in_another_unit_tell_that_a_unit_is_wrong(tell: Telling) -> None:
    by_code = [
        *EXPENDITURE,
        "合计||35.00|30.00|5.00",
        "205|教育支出|30.00|25.00|5.00",
        "208|社会保障和就业支出|5.00|5.00|",
    ]
    tables = "支出总表", UNIT, by_code, "部门支出总表"
    for unit, times in (("元", 10000), ("千元", 10), ("亿元", 10000)):
        (finding,) = tell(*tables, f"单位：{unit}", by_code)
        assert finding.startswith("E905 第1页 “部门支出总表”")
        assert f"单位是{unit}，“支出总表”的单位是万元" in finding
        assert f"差 {times} 倍" in finding
    assert not tell(*tables, by_code)
    assert not tell(*tables, UNIT, by_code)
    in_yuan = [re.sub(r"\.00", "0000", row) for row in by_code]
    assert not tell(*tables, "单位：元", in_yuan)


def test_tables_with_and_without_carry_over_are_not_compared(tell: Telling) -> None:
    carried = [*CLASSES[:-1], "年终结转|1.00", "支出总计|36.00"]
    assert tell("收支总表", UNIT, carried, "支出总表", "单位：元", BY_CODE) == []


def test_a_cell_of_a_broken_sum_is_pinned_by_another_table(tell: Telling) -> None:
    changed = [row.replace("一、教育支出|30.00", "一、教育支出|31.00") for row in CLASSES]
    (finding,) = tell("收支总表", UNIT, changed, "支出总表", "单位：元", BY_CODE)
    assert finding.startswith("E902 第1页 “收支总表”“一、教育支出”行")
    assert "“支出总表”里这个数是 300,000元" in finding


def test_basic_expenditure_by_function_and_by_economy(tell: Telling) -> None:
    by_function = [*EXPENDITURE, "合计||30.00|20.00|10.00", "205|教育支出|30.00|20.00|10.00"]
    by_economy = [
        "科目编码|科目名称|合计|人员经费|公用经费",
        "301|工资福利支出|19.00|19.00|",
        "合计||19.00|19.00|",
    ]
    titles = "一般公共预算支出表", "一般公共预算基本支出表"
    (finding,) = tell(titles[0], UNIT, by_function, titles[1], UNIT, by_economy)
    assert finding.startswith("E905 ")
    assert "相差 1.00 万元" in finding


def test_official_expenses_are_not_less_than_their_subjects(tell: Telling) -> None:
    economy = ["科目编码|科目名称|合计|人员经费|公用经费", "30217|公务接待费|30,000||30,000"]
    official = ["合计|因公出国（境）费|公务接待费|公务用车购置及运行费", "2.99|0|2.99|0"]
    titles = "一般公共预算基本支出表", "“三公”经费支出表"
    (finding,) = tell(titles[0], "单位：元", economy, titles[1], UNIT, official)
    assert finding.startswith("W906 ")
    enough = [official[0], "3|0|3|0"]
    assert tell(titles[0], "单位：元", economy, titles[1], UNIT, enough) == []


# Codes and names


def test_a_code_that_is_not_below_its_parent(tell: Telling) -> None:
    rows = [
        "205|教育支出|3.00|3.00|",
        "20502|普通教育|3.00|3.00|",
        "206|科学技术支出|5.00|5.00|",
        "20602|基础研究|2.00|2.00|",
        "20805|应用研究|3.00|3.00|",
        "合计||8.00|8.00|",
    ]
    found = tell("支出总表", UNIT, [*EXPENDITURE, *rows])
    assert [each.split()[0] for each in found if each.startswith("E")] == ["E908"]
    assert "编码却不是 206 开头" in found[0]


RIGHT_CODES = [
    *EXPENDITURE,
    "合计||9.00|8.00|1.00",
    "201|一般公共服务支出|4.00|4.00|",
    "20108|审计事务|4.00|4.00|",
    "2010801|行政运行|4.00|4.00|",
    "208|社会保障和就业支出|5.00|4.00|1.00",
    "20805|行政事业单位养老支出|5.00|4.00|1.00",
    "2080505|机关事业单位基本养老保险缴费支出|3.00|3.00|",
    "2080506|机关事业单位职业年金缴费支出|2.00|1.00|1.00",
]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("20805|行政", "20905|行政", "“行政事业单位养老支出”的编码印作“20905”"),
        ("201|一般", "209|一般", "“一般公共服务支出”的编码印作“209”"),
        ("2080506|", "2090506|", "2090506 机关事业单位职业年金缴费支出列在 20805"),
        ("2080506|", "2010806|", "2010806 机关事业单位职业年金缴费支出列在 20805"),
    ],
)
def test_the_row_with_a_wrong_code_is_told_and_not_its_neighbours(
    tell: Telling, right: str, wrong: str, said: str
) -> None:
    assert tell("支出总表", UNIT, RIGHT_CODES) == []
    rows = [
        wrong + row.removeprefix(right) if row.startswith(right) else row for row in RIGHT_CODES
    ]
    (finding,) = tell("支出总表", UNIT, rows)
    assert finding.startswith("E908 ")
    assert said in finding


def test_a_code_that_another_subject_has_is_told_by_its_place(tell: Telling) -> None:
    rows = [
        "科目编码|科目名称|合计|人员经费|公用经费",
        "301|工资福利支出|9.00|9.00|",
        "30101|基本工资|9.00|9.00|",
        "302|商品和服务支出|3.00||3.00",
        "30101|办公费|3.00||3.00",
        "合计||12.00|9.00|3.00",
    ]
    (finding,) = tell("一般公共预算基本支出表", UNIT, rows)
    assert "30101 办公费列在 302 商品和服务支出 之下" in finding


def test_a_part_of_a_code_that_cannot_be(tell: Telling) -> None:
    head = ["功能分类科目编码|||科目名称|合计", "类|款|项||"]
    rows = ["205|||教育支出|3.00", "205|02||普通教育|3.00", "7|02|01|学前教育|3.00", "合计||||3.00"]
    (finding,) = tell("支出总表", UNIT, [*head, *rows])
    assert "E908" in finding
    assert "印作“7 02 01”，不是科目编码，按所在位置应为 2050201" in finding


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("299|其他支出", "W907 第1页 “支出总表”“299 其他支出”行 功能分类没有 299 类"),
        (
            "2080508|机关事业单位职业年金缴费支出",
            "科目目录里“机关事业单位职业年金缴费支出”是 2080506",
        ),
        (
            "210|医疗卫生与计划生育支出",
            "“医疗卫生与计划生育支出”是旧名称，2019 年起是“卫生健康支出”",
        ),
        ("20805|行政事业单位退休支出", "W909 第1页 “支出总表”“20805 行政事业单位退休支出”行"),
    ],
)
def test_codes_and_names_that_are_not_the_catalogues(tell: Telling, row: str, said: str) -> None:
    (finding,) = tell("支出总表", UNIT, [*EXPENDITURE, f"{row}|3.00|3.00|"])
    assert said in finding


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "2059902|某某教育支出",
            "科目目录未收录2059902 某某教育支出，编码和名称没有核对",
        ),
        (
            "2050802|干部教育经费",
            "2050802 干部教育经费（目录“干部教育”）与科目目录不同，"
            "但目录的名称没有见到原文，不算有错",
        ),
    ],
)
def test_what_was_read_nowhere_is_no_finding(
    pack: Pack, catalogue: Catalogue, row: str, why: str
) -> None:
    document = present(pack, catalogue, "支出总表", UNIT, [*EXPENDITURE, f"{row}|3.00|3.00|"])
    found = outcomes(document, pack, CHECKS)
    assert [each for each in found if isinstance(each, Finding)] == []
    assert [each.why for each in found if isinstance(each, Unchecked) and "科目" in each.group] == [
        why
    ]


@pytest.mark.parametrize(("year", "codes"), [(2018, []), (2019, ["W909"])])
def test_a_document_of_its_time_may_have_a_former_name(
    pack: Pack, catalogue: Catalogue, year: int, codes: list[str]
) -> None:
    row = "210|医疗卫生与计划生育支出|3.00|3.00|"
    document = present(pack, catalogue, "支出总表", UNIT, [*EXPENDITURE, row])
    found = outcomes(replace(document, year=year), pack, CHECKS)
    assert [each.code for each in found if isinstance(each, Finding)] == codes


def test_a_subject_that_was_read_nowhere_is_right_by_its_name(tell: Telling) -> None:
    row = "2050802|干部教育|3.00|3.00|"
    assert tell("支出总表", UNIT, [*EXPENDITURE, row]) == []


def test_one_code_with_two_names(tell: Telling) -> None:
    one = [*EXPENDITURE, "2059901|一种教育支出|3.00|3.00|"]
    other = [*EXPENDITURE, "2059901|另一种教育支出|3.00|3.00|"]
    (finding,) = tell("支出总表", UNIT, one, "一般公共预算支出表", UNIT, other)
    assert finding.startswith("W910 ")


def test_a_former_name_was_right_in_its_time() -> None:
    assert renamed("医疗卫生与计划生育支出", 2018) is None
    assert renamed("医疗卫生与计划生育支出", 2026) is not None


STRANGE = (
    "项目名称|合计|一般公共预算|政府性基金预算|财政专户管理资金|自筹款项",
    "合计|100.00|40.00|30.00|20.00|10.00",
    "示例甲|60.00|40.00||20.00|",
)


def test_a_source_that_nobody_else_has_is_not_taken_for_nothing(tell: Telling) -> None:
    assert tell("项目支出表", [*STRANGE, "示例乙|40.00||30.00||10.00"]) == []


def test_beside_such_a_source_parts_are_still_no_more_than_the_whole(tell: Telling) -> None:
    found = tell("项目支出表", [*STRANGE, "示例乙|20.00||30.00||10.00"])
    assert any("“示例乙”行" in each and "E901" in each for each in found)


def test_a_column_that_is_never_summed_hides_no_fault(tell: Telling) -> None:
    head = STRANGE[0].replace("自筹款项", "比上年增减")
    assert any("E901" in each for each in tell("项目支出表", [head, *STRANGE[1:]]))


def test_a_code_without_its_class_is_not_misprinted(tell: Telling) -> None:
    rows = [
        "分组|款|名称|合计|基本支出|项目支出",
        "301||工资福利支出|7.00|7.00|",
        "301|01|基本工资|3.00|3.00|",
        "301|02|津贴补贴|4.00|4.00|",
    ]
    assert not [each for each in tell("基本支出表", UNIT, rows) if each.startswith("E908")]


def test_a_code_that_is_too_short_is_told_in_whole_words(tell: Telling) -> None:
    rows = [
        "类|款|名称|合计|基本支出|项目支出",
        "30||工资福利支出|3.00|3.00|",
    ]
    (found,) = [each for each in tell("基本支出表", UNIT, rows) if each.startswith("E908")]
    assert found.endswith("“工资福利支出”的编码印作“30”，不是科目编码")


def test_rows_whose_names_stand_elsewhere_are_not_summed(tell: Telling) -> None:
    """Which of them are parts of others is not known then."""
    rows = [
        "本年收入||",
        "|项目|预算数",
        "一、财政拨款收入||80.00",
        "1. 一般公共预算||70.00",
        "2. 政府性基金||10.00",
        "二、事业收入||5.00",
        "|收入总计|85.00",
    ]
    assert not [each for each in tell("收入总表", UNIT, rows) if each.startswith("E902")]
    named = [*rows[:2], *(f"|{row.replace('||', '|')}" for row in rows[2:-1]), "|收入总计|95.00"]
    assert [each for each in tell("收入总表", UNIT, named) if each.startswith("E902")]
