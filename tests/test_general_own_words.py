"""Tables and contents that a place words in its own way, checked without its pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.general.document.contents import contents_and_body
from generator.checks.general.document.rules import CONTENTS, DEPTH, MISSING
from generator.checks.general.pack_names import named_by_pack
from generator.checks.general.tables.checks import CHECKS
from generator.checks.rule import Passed, Rule, Unchecked
from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.document import DocumentTable
from tests.plain_drafts import present as small
from tests.plain_drafts import told as told_of
from tests.test_general_document import CODED, Part, Present, every, told, whole
from tests.test_general_document import present as present  # noqa: PLC0414 - a fixture

UNIT = "单位：元"
Telling = Callable[..., list[str]]


@pytest.fixture
def tell(pack: Pack, catalogue: Catalogue) -> Telling:
    """The findings of the rules about tables in a small draft."""
    return lambda *content: told_of(small(pack, catalogue, *content), pack, CHECKS)


# Columns whose heads say nothing that is known

OWN = [
    "功能科目||||合计|保运转|办专事",
    "类|款|项|名称|||",
    "205|||教育支出|30.00|18.00|12.00",
    "205|02||普通教育|30.00|18.00|12.00",
    "205|02|01|学前教育|10.00|8.00|2.00",
    "205|02|02|小学教育|20.00|10.00|10.00",
    "共计||||30.00|18.00|12.00",
]


def test_columns_make_up_the_total_whatever_they_are_called(tell: Telling) -> None:
    assert tell("花钱表", UNIT, OWN) == []
    (finding,) = tell("花钱表", UNIT, [*OWN[:4], OWN[4].replace("|2.00", "|3.00"), *OWN[5:]])
    assert "“2050201 学前教育”行“办专事”栏" in finding
    assert "8.00 ＋ 3.00＝11，相差 1 元" in finding


def test_columns_that_no_row_shows_to_make_up_the_total_are_not_summed(tell: Telling) -> None:
    rows = [row if at < 2 else f"{row}|{at * 7}.50" for at, row in enumerate(OWN)]
    assert tell("花钱表", UNIT, [f"{rows[0]}|面积大小", f"{rows[1]}|", *rows[2:]]) == []


def test_a_known_source_is_no_whole_beside_columns_of_other_names(tell: Telling) -> None:
    """合计 is not the sources with usual names alone, though it is in the first rows."""
    rows = [
        "科目编码|科目名称|合计|政府性基金|事业收入|其他收入|乡亲捐的",
        "2050201|学前教育|6.00|1.00|2.00|3.00|",
        "2050202|小学教育|9.00|4.00|2.00|3.00|",
        "2050203|初中教育|9.00|1.00|2.00|3.00|3.00",
    ]
    assert tell("收入表", UNIT, rows) == []
    assert len(tell("收入表", UNIT, [row.replace("3.00|3.00", "3.00|1.00") for row in rows])) == 1


BALANCE = [
    "来的钱||用的钱|",
    "项目|预算数|支出功能|预算数",
    "财政给的|10.00|一、教育支出|8.00",
    "自己挣的|3.00|二、卫生健康支出|7.00",
    "今年收入|13.00||",
    "上年没用完的|2.00||",
    "收入总数|15.00|支出总数|15.00",
]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("上年没用完的|2.00", "上年没用完的|3.00", "收入总数＝今年收入＋上年没用完的"),
        ("二、卫生健康支出|7.00", "二、卫生健康支出|6.00", "支出总数＝"),
    ],
)
def test_a_balance_sheet_in_plain_words(tell: Telling, right: str, wrong: str, said: str) -> None:
    assert tell("钱的来去总表", UNIT, BALANCE) == []
    (finding,) = tell("钱的来去总表", UNIT, [row.replace(right, wrong) for row in BALANCE])
    assert said in finding


def test_units_with_their_projects_above_the_total(tell: Telling) -> None:
    rows = [
        "单位和项目|合计|一般公共预算|政府性基金预算",
        "某某市统计局|30.00|20.00|10.00",
        "普查经费|20.00|20.00|0.00",
        "设备购置|10.00|0.00|10.00",
        "某某市调查中心|31.00|31.00|0.00",
        "抽样调查经费|21.00|21.00|0.00",
        "信息化建设|10.00|10.00|0.00",
        "共计|61.00|51.00|10.00",
    ]
    assert tell("各项目支出表", UNIT, rows) == []
    found = tell("各项目支出表", UNIT, [row.replace("21.00|21.00", "12.00|12.00") for row in rows])
    assert len(found) == 1
    assert "某某市调查中心" in found[0]


# Two totals that differ, with money carried over

CARRIED = [
    "科目编码|科目名称|合计|上年结转|一般公共预算拨款收入",
    "205|教育支出|45.00|5.00|40.00",
    "20502|普通教育|45.00|5.00|40.00",
    "2050201|学前教育|15.00|5.00|10.00",
    "2050202|小学教育|20.00||20.00",
    "2050203|初中教育|10.00||10.00",
    "208|社会保障和就业支出|3.00||3.00",
    "20805|行政事业单位养老支出|3.00||3.00",
    "2080505|机关事业单位基本养老保险缴费支出|3.00||3.00",
    "合计||48.00|5.00|43.00",
]


def _general(primary: int, of_last_year: int) -> list[str]:
    middle, school = 10, 20
    education = primary + of_last_year + school + middle
    return [
        "科目编码|科目名称|合计",
        *(f"{code}|{name}|{education}.00" for code, name in (("205", "教育支出"),
                                                             ("20502", "普通教育"))),
        f"2050201|学前教育|{primary + of_last_year}.00",
        f"2050202|小学教育|{school}.00",
        f"2050203|初中教育|{middle}.00",
        "208|社会保障和就业支出|3.00",
        "20805|行政事业单位养老支出|3.00",
        "2080505|机关事业单位基本养老保险缴费支出|3.00",
        f"合计||{education + 3}.00",
    ]  # fmt: skip


def test_a_subject_of_which_nothing_was_carried_over_has_one_amount(tell: Telling) -> None:
    tables = ("收入总表", UNIT, CARRIED, "一般公共预算支出表", UNIT)
    assert tell(*tables, _general(10, 0)) == []
    assert tell(*tables, _general(10, 5)) == []  # with what was carried over
    spoilt = [
        row.replace("20.00", "22.00") if row.startswith("2050202") else row
        for row in _general(10, 5)
    ]
    spoilt = [row.replace("45.00", "47.00").replace("48.00", "50.00") for row in spoilt]
    (finding,) = tell(*tables, spoilt)
    assert finding.startswith("E905")
    assert "2050202 小学教育" in finding


# Contents

OTHER_WORDS: dict[str, Part] = {
    "目录": "目  录",
    "目录一": "第一章 我部门做什么 1",
    "目录二": "第二章 家底 1",
    "目录三": "附表12026年部门收支总表 2",
    "目录四": "第三章 话说清楚 3",
    "目录五": "四、预算情况说明……5",
    "目录六": "五、名词解释……6",
    "职责": "#第一章 我部门做什么",
    "机构": "#第二章 家底",
    "收支总表": "2026年部门收支总表",
    "采购": "#第三章 话说清楚",
}


def _of(rule: Rule, found: list[Finding]) -> list[str]:
    return [finding.message for finding in found if finding.code == rule.code]


def test_contents_of_chapters_and_lines_that_are_headings(present: Present) -> None:
    document = present(whole(OTHER_WORDS))
    listed, _ = contents_and_body(document.blocks)
    assert [entry.page for entry in listed] == [1, 1, 2, 3, 5, 6]
    assert _of(CONTENTS, told(document)) == []


@pytest.mark.parametrize(
    ("part", "entry", "heading"),
    [
        ("目录三", "三、部门预算表……2", "#三、部门预算表"),
        ("目录三", "三、办公用房维修项目情况说明……2", "#办公用房维修项目情况说明"),
        ("目录三", "三、项目情况说明……2", "#办公用房维修费项目情况说明"),
    ],
)
def test_a_heading_may_name_whose_it_is(
    present: Present, part: str, entry: str, heading: str
) -> None:
    text = whole({part: entry, "收支总表": heading, "资产": "部门收支总表"})
    assert _of(CONTENTS, told(present(text))) == []


def test_a_heading_that_only_ends_alike_is_not_meant(present: Present) -> None:
    changes = {"目录一": "一、部门要职责……1", "职责": "#示例局主要职责"}
    assert _of(CONTENTS, told(present(whole(changes)))) == [
        "目录里的“一、部门要职责”在正文里找不到"
    ]


def test_the_last_line_of_contents_may_have_lost_a_word(present: Present) -> None:
    right = whole({"目录六": "第五部分 名词解释 6", "名词": "#第五部分 名词解释"})
    assert _of(CONTENTS, told(present(right))) == []
    lost = right.replace("第五部分 名词解释 6", "第五部 名词解释 6")
    (message,) = _of(CONTENTS, told(present(lost)))
    assert message.startswith("目录写“第五部 名词解释”")


def test_a_group_of_entries_is_compared_with_a_heading_like_it(present: Present) -> None:
    headed = {"收支总表": "#三、部门预算报表", "资产": "部门收支总表"}
    right = whole({"目录三": "三、部门预算报表……2", **headed})
    assert _of(CONTENTS, told(present(right))) == []
    lost = right.replace("三、部门预算报表……2", "三、部门预报表……2")
    assert _of(CONTENTS, told(present(lost))) == [
        "目录写“三、部门预报表”，正文的标题是“三、部门预算报表”"
    ]


# What must be there


def test_a_missing_table_may_be_the_one_with_another_title(present: Present) -> None:
    document = present(whole({"收入总表": "各项钱的来路表"}))
    assert _of(MISSING, told(document)) == []
    (why,) = [
        each.why
        for each in every(document)
        if isinstance(each, Unchecked) and each.code == MISSING.code
    ]
    assert "各项钱的来路表" in why
    assert _of(MISSING, told(present(whole({"收入总表": None, "收入总表 表": None}))))


def test_a_group_right_above_the_total_lacks_its_items(present: Present) -> None:
    funds = [
        CODED,
        ["212", "城乡社区支出", "9.00", "", "9.00"],
        ["21208", "国有土地使用权出让收入安排的支出", "9.00", "", "9.00"],
        ["合计", "", "9.00", "", "9.00"],
    ]
    item = ["2120803", "城市建设支出", "9.00", "", "9.00"]
    income = [*funds[:3], item, funds[3]]
    changes: dict[str, Part | None] = {"基金表 注": None, "支出总表 表": income}
    assert _of(DEPTH, told(present(whole({**changes, "基金表 表": income})))) == []
    (message,) = _of(DEPTH, told(present(whole({**changes, "基金表 表": funds}))))
    assert message.startswith("“政府性基金预算支出表”的“21208 ")


# Names of tables


def test_a_known_format_calls_tables_by_their_numbers(pack: Pack, catalogue: Catalogue) -> None:
    document = small(pack, catalogue, "2026年部门支出总表", UNIT, OWN)
    place = Location(Path("某某局.pdf"), 0)
    table = DocumentTable("表三", "2025年部门支出总表", (), no_data=False, place=place)
    known = replace(document, tables={"表三": table})
    for follows, group in ((True, "表三"), (False, "2026年部门支出总表")):
        assert known.recognition is not None
        recognition = replace(known.recognition, known=follows)
        named = named_by_pack(
            Passed("E901", 1, "2026年部门支出总表"), replace(known, recognition=recognition)
        )
        assert isinstance(named, Passed)
        assert named.group == group
