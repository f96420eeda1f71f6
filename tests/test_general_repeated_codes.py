"""Tables in which codes stand several times: a row twice, units with their subjects, projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.checks.general.tables.checks import CHECKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.plain_drafts import present, told

UNIT = "编制部门：某某局 单位：万元"
HEAD = "科目编码|科目名称|合计|基本支出|项目支出"
ROWS = [
    "|合计|62.00|40.00|22.00",
    "205|教育支出|50.00|30.00|20.00",
    "20502|普通教育|50.00|30.00|20.00",
    "2050201|学前教育|30.00|30.00|",
    "2050202|小学教育|20.00||20.00",
    "208|社会保障和就业支出|12.00|10.00|2.00",
    "20805|行政事业单位养老支出|12.00|10.00|2.00",
]
Telling = Callable[[str, list[str]], list[str]]


@pytest.fixture
def tell(pack: Pack, catalogue: Catalogue) -> Telling:
    """The messages of the rules about tables in a draft of one table."""

    def findings(head: str, rows: list[str]) -> list[str]:
        document = present(pack, catalogue, "支出预算总表", UNIT, [head, *rows])
        return told(document, pack, CHECKS)

    return findings


def test_a_row_that_stands_twice_is_told(tell: Telling) -> None:
    assert not tell(HEAD, ROWS)
    (told_once,) = tell(HEAD, [*ROWS[:5], ROWS[4], *ROWS[5:]])
    assert told_once.startswith("E902")
    assert "20502 款级＝所属各项之和" in told_once
    assert "30.00 ＋ 20.00 ＋ 20.00＝70.00" in told_once


@pytest.mark.parametrize(
    "row",
    [
        "2050202|小学教育改造项目|20.00||20.00",
        "2050202|其中：校舍维修|5.00||5.00",
        "2050202|小学教育|15.00||15.00",
    ],
)
def test_a_subject_and_its_projects_are_no_row_twice(tell: Telling, row: str) -> None:
    assert not [each for each in tell(HEAD, [*ROWS[:5], row, *ROWS[5:]]) if "E902" in each]


@pytest.mark.parametrize("row", [ROWS[4], "2050202|小学教育改造项目|20.00||20.00"])
def test_sums_beside_a_repeated_code_are_still_added_up(tell: Telling, row: str) -> None:
    rows = [*ROWS[:5], row, ROWS[5], ROWS[6].replace("12.00|10.00", "13.00|11.00")]
    assert any("208 类级＝所属各款之和" in each for each in tell(HEAD, rows))


def test_a_name_that_begins_with_among_leaves_only_its_own_sum_out(tell: Telling) -> None:
    among = [*ROWS[:4], "2050202|其中：小学教育|5.00||5.00", *ROWS[5:]]
    assert not [each for each in tell(HEAD, among) if "E902" in each]
    wrong = [row.replace("205|教育支出|50.00|30", "205|教育支出|51.00|31") for row in among]
    assert any("E902" in each and "“205 教育支出”行" in each for each in tell(HEAD, wrong))


def by_unit(unit: str, total: str) -> list[str]:
    return [
        "某某局本级|||5.00|3.00|2.00",
        "|205|教育支出|5.00|3.00|2.00",
        "|20501|教育管理事务|5.00|3.00|2.00",
        f"某某中心|||{unit}|2.00",
        "|205|教育支出|3.00|1.00|2.00",
        "|20501|教育管理事务|3.00|1.00|2.00",
        f"合计|||{total}|4.00",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (by_unit("3.00|1.00", "8.00|4.00"), []),
        (by_unit("3.00|1.00", "9.00|5.00"), ["合计＝各单位之和"]),
        (by_unit("4.00|2.00", "9.00|5.00"), ["某某中心＝各类之和"]),
    ],
    ids=["right", "total", "unit"],
)
def test_the_subjects_of_each_unit_are_added_up(
    tell: Telling, rows: list[str], said: list[str]
) -> None:
    found = tell("单位|科目编码|科目名称|合计|基本支出|项目支出", rows)
    assert len(found) == len(said)
    assert all(words in each for words, each in zip(said, found, strict=True))


def test_a_department_above_its_units_is_not_added_to_them(tell: Telling) -> None:
    head = "单位|科目编码|科目名称|合计|基本支出"
    units = [("某某局", "6.00"), ("某某局本级", "4.00"), ("某某中心", "2.00")]
    rows = [
        row
        for unit, sum_ in units
        for row in (f"{unit}|||{sum_}|{sum_}", f"|205|教育支出|{sum_}|{sum_}")
    ]
    assert not tell(head, [*rows, "合计|||6.00|6.00"])


def test_units_below_their_subject_do_not_hold_the_next_one(tell: Telling) -> None:
    head = "单位|科目编码|科目名称|合计|基本支出"
    rows = [
        "某某局|||5.00|5.00",
        "|205|教育支出|3.00|3.00",
        "某某小学|||3.00|3.00",
        "|208|社会保障和就业支出|2.00|2.00",
        "某某中心|||2.00|2.00",
    ]
    assert not tell(head, rows)


def test_codes_formatted_as_amounts_are_codes(tell: Telling) -> None:
    separated = [row.replace("2050201|", "2,050,201|").replace("20502|", "20,502|") for row in ROWS]
    assert not tell(HEAD, separated)
    separated[1] = separated[1].replace("50.00|30.00", "51.00|31.00")
    assert any("E902" in each for each in tell(HEAD, separated))
