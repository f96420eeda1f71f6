"""Flat lists that differ in units, columns and heads; and what 列对照 says wrong."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.draft import Draft
from generator.drafts.workbook.sheet import CellRange
from generator.importing.flat_list.columns import ColumnMap, ListColumn, columns_text, read_columns
from generator.importing.flat_list.ledger import ReadList
from generator.importing.flat_list.listing import FlatList, flat_list
from generator.importing.flat_list.meanings import Meaning
from generator.importing.flat_list.propose import proposed
from generator.importing.flat_list.run import Lists, import_lists, mapped
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.load.yaml.files import COLUMNS_FILE
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import HEAD, ROWS, TITLE, doubts, sheet_of
from tests.workbooks import write

FILE = Path("清单.xlsx")
KEYS = HEAD[:5]
"""The heads of everything but amounts."""
WAGE = ROWS[0][:5]
GENERAL = "一般公共预算拨款"


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def of(*rows: Sequence[Any], merged: Sequence[CellRange] = ()) -> FlatList:
    """The list in a sheet whose first row is a title."""
    sheet = sheet_of([["示例局2026年明细"], *rows])
    sheet.merged = list(merged)
    found = flat_list(sheet)
    assert found is not None
    return found


def read(
    pack: Pack, catalogue: Catalogue, *lists: FlatList, columns: ColumnMap | None = None
) -> tuple[ImportResult, ReadList]:
    reading = ImportResult(Draft(FILE, ()))
    found = Lists([(FILE, each) for each in lists])
    columns = columns or proposed(lists, pack.vocabulary)
    return reading, import_lists(reading, found, columns, pack, catalogue)


def wages(reading: ImportResult) -> str:
    amount = reading.sections["收支"][0]["当年预算"]["基本支出"][GENERAL]
    assert isinstance(amount, str)
    return amount


# Units


def test_the_unit_that_a_list_states_comes_before_what_is_written(
    national: Pack, catalogue: Catalogue
) -> None:
    in_wan = of(["单位：万元"], [*KEYS, "公共预算拨款"], [*WAGE, 3])
    written = proposed([of(["单位：元"], [*KEYS, "公共预算拨款"], [*WAGE, 3])], national.vocabulary)
    assert written.unit == "元"
    columns = mapped(Lists([(FILE, in_wan)]), written, national)
    reading, _ = read(national, catalogue, in_wan, columns=columns)
    assert wages(reading) == "30000"
    (message,) = doubts(reading)
    assert message.startswith("清单写明金额单位是万元，“列对照”的“金额单位”是元")


def test_two_lists_have_a_unit_each(national: Pack, catalogue: Catalogue) -> None:
    head = [*KEYS, "公共预算拨款"]
    lists = of(["单位：元"], head, [*WAGE, 500]), of(["单位：万元"], head, [*WAGE, 3])
    columns = proposed(lists, national.vocabulary)
    assert not columns.is_open
    assert (
        "金额单位"
        not in columns_text(columns, national.vocabulary).partition("列:")[0].partition("确认:")[2]
    )
    reading, _ = read(national, catalogue, *lists)
    assert wages(reading) == "30500"
    assert doubts(reading) == []


def test_the_comments_name_the_words_of_the_pack(pack: Pack) -> None:
    columns = proposed([of(["单位：元"], HEAD, *ROWS)], pack.vocabulary)
    comments = columns_text(columns, pack.vocabulary).partition("确认:")[0]
    words = (*pack.vocabulary.sources, *pack.vocabulary.project_classes.names)
    assert [word for word in words if word not in comments] == []
    assert f"来源: {pack.vocabulary.general}/上年结转" in comments


def test_a_column_has_the_unit_of_its_own_head(national: Pack, catalogue: Catalogue) -> None:
    listing = of([*KEYS, "金额（元）", "公共预算拨款（万元）"], [*WAGE, 30000, 3])
    reading, _ = read(national, catalogue, listing)
    assert wages(reading) == "30000"
    assert doubts(reading) == []


def test_only_a_list_that_states_no_unit_asks_for_one(national: Pack) -> None:
    head = [*KEYS, "公共预算拨款"]
    stating, silent = of(["单位：元"], head, [*WAGE, 5]), of(head, [*WAGE, 5])
    assert proposed([stating, silent], national.vocabulary).asks_unit
    assert not proposed([stating], national.vocabulary).asks_unit


# Words of 列对照


def written(tmp_path: Path, columns: str, unit: str = "元") -> Path:
    file = tmp_path / COLUMNS_FILE
    file.write_text(f"确认: 是\n金额单位: {unit}\n列:\n{columns}", encoding="utf-8")
    return file


@pytest.mark.parametrize("unit", ["万", "人民币元"])
def test_a_unit_that_is_none_is_told(unit: str, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError) as refused:
        read_columns(written(tmp_path, "  - {列: 金额, 用作: 金额合计}\n", unit))
    (finding,) = refused.value.findings
    assert (finding.code, finding.message) == ("E608", f"“金额单位”写的是“{unit}”")
    assert "万元" in finding.remedy


WRONG_WORDS = [
    ("{列: 拨款, 用作: 金额, 来源: 事业收入/结转}", "“拨款/来源”写的是“事业收入/结转”"),
    ("{列: 拨款, 用作: 金额, 来源: 财政的钱}", "“拨款/来源”写的是“财政的钱”"),
    ("{列: 性质, 用作: 资金来源, 取值: {甲: 财政的钱}}", "“性质/取值/甲”写的是“财政的钱”"),
    ("{列: 类别, 用作: 支出类别, 取值: {甲: 基本/工资}}", "“类别/取值/甲”写的是“基本/工资”"),
    ("{列: 年, 用作: 当年或结转, 取值: {甲: 结转}}", "“年/取值/甲”写的是“结转”"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "says"), WRONG_WORDS)
def test_a_word_that_names_nothing_is_told_with_those_that_do(
    column: str, says: str, national: Pack, tmp_path: Path
) -> None:
    columns = read_columns(written(tmp_path, f"  - {column}\n"))
    listing = of(["单位：元"], [*KEYS, "拨款"], [*WAGE, 5])
    with pytest.raises(UnusableInputError) as refused:
        mapped(Lists([(FILE, listing)]), columns, national)
    (finding,) = refused.value.findings
    assert (finding.code, finding.message) == ("E608", says)
    assert finding.remedy.startswith("只能写")


def test_what_is_wrong_in_the_columns_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError) as refused:
        read_columns(written(tmp_path, "  - {列: 甲, 用作: 别的}\n  - {用作: 不用, 多: 乙}\n"))
    excerpts = [finding.excerpt for finding in refused.value.findings]
    assert excerpts == ["写法不对，写的是“别的”", "没有写", "没有这个键，写的是“乙”"]


# Columns


def test_lists_with_and_without_a_total_are_read_together(
    national: Pack, catalogue: Catalogue
) -> None:
    unit = ["单位：元"]
    lists = (
        of(unit, [*KEYS, "预算金额", "公共预算拨款"], [*WAGE, 700, 700]),
        of(unit, [*KEYS, "公共预算拨款", "备注"], [*WAGE, 300, None]),
    )
    reading, _ = read(national, catalogue, *lists)
    assert wages(reading) == "1000"
    assert doubts(reading) == []


def test_a_total_that_nobody_has_filled_in_is_no_difference(
    national: Pack, catalogue: Catalogue
) -> None:
    rows = [*WAGE, 300, 300], [*WAGE, None, 700]
    listing = of(["单位：元"], [*KEYS, "预算金额", "公共预算拨款"], *rows)
    reading, result = read(national, catalogue, listing)
    assert doubts(reading) == []
    assert result.read == result.printed == 1000


def test_less_in_the_total_than_in_the_sources_leaves_nothing_unread(
    national: Pack, catalogue: Catalogue
) -> None:
    listing = of(["单位：元"], [*KEYS, "预算金额", "公共预算拨款"], [*WAGE, 600, 700])
    message, _ = doubts(read(national, catalogue, listing)[0])
    assert message == "“预算金额”比各来源之和少 100.00 元，读的是各来源的"


def test_a_filled_column_without_a_name_is_asked_about(national: Pack) -> None:
    listing = of(["单位：元"], [*KEYS, "公共预算拨款"], [*WAGE, 700, 1234])
    columns = proposed([listing], national.vocabulary)
    assert [column.name for column in columns.open] == ["（没有列名的第7列）"]


def test_a_head_of_two_rows_is_read_with_its_groups(national: Pack, catalogue: Catalogue) -> None:
    groups = [*KEYS, "资金来源", None, "上年结转", None]
    names = [*[None] * 5, "合计", GENERAL, "小计", GENERAL]
    listing = of(
        ["单位：元"], groups, names, [*WAGE, 700, 700, None, None], [*WAGE, 40, None, None, 40],
        merged=[
            CellRange(2, 5, 2, 6), CellRange(2, 7, 2, 8),
            *(CellRange(2, n, 3, n) for n in range(5)),
        ],
    )  # fmt: skip
    columns = proposed([listing], national.vocabulary)
    uses = [(each.name, each.meaning, each.source) for each in columns.columns[5:]]
    assert uses == [
        ("合计", Meaning.TOTAL, ""),
        (GENERAL, Meaning.AMOUNT, GENERAL),
        ("上年结转小计", Meaning.EMPTY, ""),
        (f"上年结转{GENERAL}", Meaning.AMOUNT, f"{GENERAL}/上年结转"),
    ]
    reading, _ = read(national, catalogue, listing)
    (line,) = reading.sections["收支"]
    assert line["上年结转"] == {"基本支出": {GENERAL: "40"}}


def test_a_column_that_sums_others_is_not_taken_for_money_of_its_own(national: Pack) -> None:
    head = [*KEYS, "一般公共预算拨款小计", GENERAL]
    columns = proposed([of(["单位：元"], head, [*WAGE, 5, 5])], national.vocabulary)
    assert [column.name for column in columns.open] == ["一般公共预算拨款小计"]


# Rows


def test_rows_under_the_sum_of_a_unit_are_of_that_unit(
    national: Pack, catalogue: Catalogue
) -> None:
    blank = [None, *ROWS[2][1:5]]
    listing = of(
        ["单位：元"], [*KEYS, "公共预算拨款"],
        ["甲单位", *ROWS[2][1:5], 10],
        ["乙单位", None, None, None, None, 20],
        [*blank, 20],
    )  # fmt: skip
    _, result = read(national, catalogue, listing)
    assert [(item.unit, str(item.amount)) for item in result.items] == [
        ("甲单位", "10"),
        ("乙单位", "20"),
    ]


def test_a_project_that_loses_its_name_is_told(national: Pack, catalogue: Catalogue) -> None:
    listing = of(["单位：元"], [*KEYS, "事业收入结转"], [*ROWS[2][:5], 900])
    reading, _ = read(national, catalogue, listing)
    (message,) = doubts(reading)
    assert message.startswith("900.00 元是“系统运维”的事业收入上年结转")
    assert message.endswith("没有写名称，只写进“收支”")


def test_many_sums_take_no_longer_than_many_rows(national: Pack, catalogue: Catalogue) -> None:
    rows: list[list[Any]] = []
    for number in range(1500):
        unit = f"单位{number}"
        rows += [[unit, None, None, None, None, 5], [unit, *WAGE[1:], 5]]
    listing = of(["单位：元"], [*KEYS, "公共预算拨款"], *rows)
    columns = proposed([listing], national.vocabulary)
    started = time.process_time()
    reading, result = read(national, catalogue, listing, columns=columns)
    assert time.process_time() - started < 5
    assert doubts(reading) == []
    assert (result.sums, str(result.read)) == (1500, "7500")


# The command


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments), "--pack", "national"])


def test_what_was_filled_in_comes_before_the_columns_of_last_time(tmp_path: Path) -> None:
    words = load_pack(PACKS / "national").vocabulary
    known = proposed([of(["单位：元"], HEAD, *ROWS)], words)
    known.confirmed = True
    old = tmp_path / "旧.yaml"
    old.write_text(columns_text(known, words), encoding="utf-8")
    more = [*TITLE, [*HEAD, "新的一列"], *([*row, "字"] for row in ROWS)]
    file = write(tmp_path / "清单.xlsx", ("明细", more))
    output = tmp_path / "数据"
    asked = run(file, "-o", output, "--columns", old)
    assert "E609" in asked.output
    own = output / COLUMNS_FILE
    half = own.read_text("utf-8").replace("确认: 否", "确认: 是")
    own.write_text(half, encoding="utf-8")
    assert "E609" in run(file, "-o", output, "--columns", old).output
    filled = (
        own.read_text("utf-8").replace("用作: 待定", "用作: 不用").replace("确认: 否", "确认: 是")
    )
    own.write_text(filled, encoding="utf-8")
    done = run(file, "-o", output, "--columns", old)
    assert done.exit_code == 1, done.output
    assert (output / "收支.yaml").is_file()
    assert f"列对照用的是目录里的“{own}”，没有用 --columns 写的“{old}”" in done.output


def test_columns_that_are_typed_and_serve_no_list_are_told(tmp_path: Path) -> None:
    old, paper = tmp_path / "旧.yaml", tmp_path / "说明.txt"
    old.write_text("列: []\n", encoding="utf-8")
    paper.write_text("第一部分 概况\n一、主要职责\n某某中心负责某某普查。\n", encoding="utf-8")
    done = run(paper, "-o", tmp_path / "数据", "--columns", old)
    assert f"没有读到明细清单，没有用 --columns 写的“{old}”" in done.output


def test_columns_that_cannot_be_written_leave_those_that_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "清单.xlsx", ("明细", [*TITLE, HEAD, *ROWS]))
    output = tmp_path / "数据"
    run(file, "-o", output)
    before = (output / COLUMNS_FILE).read_bytes()

    def refuse(*_: Any) -> None:
        assert (output / COLUMNS_FILE).read_bytes() == before  # never away, not for a moment
        raise OSError

    monkeypatch.setattr("generator.core.files.write._move_all", refuse)
    assert "E501" in run(file, "-o", output).output
    assert (output / COLUMNS_FILE).read_bytes() == before


def test_a_column_that_is_not_used_needs_no_values() -> None:
    column = ListColumn("类别", Meaning.UNUSED, values={"甲": "待定"})
    assert not column.is_open
