"""The unit, the words for change, the dates and the patterns of the text are the pack's alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.changes.drivers import largest_first, printed_change
from generator.changes.moves import Move, MoveKind
from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.cli.explain_changes import explain_changes
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.core.dates import check_date_pattern, read_any_date, read_date, written_date
from generator.core.findings import Finding, UnusableInputError
from generator.core.numbers.format import MoneyFormat, MoneyUnit
from generator.core.resources import PACKS
from generator.drafts.words.units import Unit, table_line
from generator.importing.amounts.unrounded import unrounded, yuan_exact
from generator.importing.as_document import presented_draft
from generator.importing.run import import_document
from generator.load.catalogue import Catalogue
from generator.model.change_words import USUAL_WORDS, ChangeWords
from generator.pack.pack import Pack, load_pack
from tests.two_years import write_years

OWN = Path(__file__).parent / "packs"
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
PATTERNS = ["y年M月d日", "y年MM月dd日", "yyyy-MM-dd", "y.MM.dd", "yyyyMMdd", "d/M/y"]
YUAN = st.decimals(min_value=0, max_value=10**12, places=2)


@dataclass(frozen=True)
class City:
    """云台: its pack, what its data prints, and the page of it."""

    pack: Pack
    composed: Composed
    page: str
    folder: Path
    catalogue: Catalogue

    def findings(self, *edits: tuple[str, str]) -> list[Finding]:
        """What the rules find in the page after some words of it are changed."""
        page = self.page
        for old, new in edits:
            assert page.count(old) >= 1, old
            page = page.replace(old, new, 1)
        file = self.folder / "改.html"
        file.write_text(page, "utf-8")
        presented = presented_draft(file, self.pack, self.catalogue)
        return list(run_checks(presented, self.pack, ALL, self.composed.loaded).findings)


@pytest.fixture(scope="module")
def city(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> City:
    pack = load_pack(OWN / "云台")
    composed = compose(OWN / "云台市园林局-2026", pack, catalogue)
    folder = tmp_path_factory.mktemp("云台")
    return City(pack, composed, composed.document.html(), folder, catalogue)


Composing = Callable[..., tuple[Pack, Composed]]


@pytest.fixture
def small(catalogue: Catalogue, tmp_path: Path) -> Composing:
    """Composes the sample of the smallest pack after an edit of pack.yaml, vocabulary.yaml."""

    def composing(settings: object = None, words: object = None) -> tuple[Pack, Composed]:
        shutil.copytree(OWN / "最小", tmp_path / "最小")
        for name, more in (("pack.yaml", settings), ("vocabulary.yaml", words)):
            file = tmp_path / "最小" / name
            content = yaml.safe_load(file.read_text("utf-8")) | (more or {})
            file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        pack = load_pack(tmp_path / "最小")
        return pack, compose(OWN / "最小示例-2026", pack, catalogue)

    return composing


def sentences(composed: Composed) -> str:
    """What the paragraphs of a document say."""
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", composed.document.html())
    return "\n".join(re.sub(r"<[^>]+>", "", each) for each in paragraphs)


# The unit of the text


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, "支出总计241.19万元，比上年增加11.19万元"),
        ({"文字单位": "元"}, "支出总计2,411,900.00元，比上年增加111900.00元"),
        (
            {"文字单位": "元", "文字": "#,##0", "文字简式": "0"},
            "支出总计2,411,900元，比上年增加111,900元",
        ),
        ({"文字单位": "百万元"}, "支出总计2.41百万元，比上年增加0.11百万元"),
    ],
)
def test_the_pack_says_in_what_unit_the_text_is(
    small: Composing, numbers: dict[str, str], words: str
) -> None:
    _, composed = small({"数字": numbers})
    assert words.replace(",", "") in sentences(composed).replace(",", "")


def test_both_patterns_of_the_text_have_as_many_decimals(small: Composing) -> None:
    with pytest.raises(UnusableInputError) as refused:
        small({"数字": {"文字": "#,##0", "文字简式": "0.00"}})
    assert "小数位数不同" in refused.value.findings[0].message


def test_a_text_finer_than_its_tables_is_no_contradiction(
    small: Composing, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Tables in 万元 with two decimals, sentences in 元: each is the same amount, rounded."""
    pack, composed = small({"数字": {"文字单位": "元"}})
    page = composed.document.html()
    file = tmp_path / "公开.html"
    amount = "2,411,9{}0.00</data>元"
    wrong = page.replace(amount.format(0), amount.format(6), 1)
    for spoilt, found in ((page, []), (wrong, ["E723"])):
        file.write_text(spoilt, "utf-8")
        report = run_checks(presented_draft(file, pack, catalogue), pack, ALL, composed.loaded)
        assert [each.code for each in report.findings if each.code == "E723"] == found
    assert "元，相差 60.00 元" in next(
        each.message for each in report.findings if each.code == "E723"
    )


def test_an_amount_that_differs_is_told_in_the_unit_of_the_text(city: City) -> None:
    edit = ("13,060,163.55</data>元", "13,060,163.65</data>元")
    found = {each.code: each.message for each in city.findings(edit)}
    assert "相差 0.10 元" in found["E723"]


def test_an_amount_in_another_unit_than_the_text_is_told(city: City) -> None:
    edit = ("3,500,000.00</data>元", "3,500,000.00</data>万元")
    found = {each.code: each.message for each in city.findings(edit)}
    assert "单位应为“元”" in found["E768"]


def test_facts_of_the_text_are_read_to_the_last_digit(city: City) -> None:
    file = city.folder / "公开.html"
    file.write_text(city.page, "utf-8")
    sections = import_document(file, city.pack, city.catalogue).reading.sections
    assert sections["政府采购"] == {"货物": "312000", "工程": "2980000", "服务": "455600.50"}
    assert sections["上年预算数"]["总收入"] == "11863240.30"
    assert sections["补充数字"]["面向中小企业采购"] == "900000"


@given(YUAN, YUAN, st.sampled_from(MoneyUnit), st.sampled_from(["0", "#,##0.00", "0.0000"]))
def test_what_is_named_adds_up_to_the_change_in_any_unit(
    one: Decimal, other: Decimal, unit: MoneyUnit, pattern: str
) -> None:
    text = MoneyFormat(unit, pattern)
    moves = [
        Move(MoveKind.PART, "甲", Decimal(0), one),
        Move(MoveKind.PART, "乙", other, Decimal(0)),
    ]
    change = printed_change(Move(MoveKind.PART, "总数", other, one), text)
    choice = largest_first(moves, change, 3, text)
    if choice is not None:
        named = sum((each.amount for each in choice.named), Decimal(0))
        assert named + choice.rest == change


@given(st.lists(YUAN, min_size=1, max_size=3), st.sampled_from(MoneyUnit))
def test_amounts_that_were_printed_print_so_again(amounts: list[Decimal], unit: MoneyUnit) -> None:
    text = MoneyFormat(unit, "#,##0.00")
    named = {str(at): each for at, each in enumerate(amounts)}
    printed = {name: text.rounded(each) for name, each in named.items()}
    found = unrounded(printed, [], text)
    assert found is not None
    assert {
        name: text.rounded(Decimal(yuan_exact(each))) for name, each in found.items()
    } == printed


def test_stated_totals_are_in_the_unit_that_is_printed(city: City, tmp_path: Path) -> None:
    """Neither the total of a table in 元 nor one of the text looks typed in 万元."""
    data = tmp_path / "数据"
    shutil.copytree(OWN / "云台市园林局-2026", data)
    stated = {"附表1/来的钱/收入总数/金额": "13,060,163.55", "政府采购/总额": "3747600.50"}
    (data / "核对.yaml").write_text(yaml.safe_dump({"核对数": stated}, allow_unicode=True), "utf-8")
    composed = compose(data, city.pack, city.catalogue)
    assert [each.code for each in composed.findings if each.code in ("E225", "W214")] == []


def test_a_stated_total_without_decimals_is_in_yuan_all_the_same(
    city: City, tmp_path: Path
) -> None:
    """Where tables print whole 元, no number of them equals its exact value."""
    data = tmp_path / "数据"
    shutil.copytree(OWN / "云台市园林局-2026", data)
    file = data / "单位信息.yaml"
    content = yaml.safe_load(file.read_text("utf-8"))
    content["公开方式"]["报表数字"] = "#,##0"
    content["核对数"] = {"附表1/来的钱/收入总数/金额": "13,060,164"}
    file.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    composed = compose(data, city.pack, city.catalogue)
    assert composed.statements["附表1"].unit is MoneyUnit.YUAN
    assert [each.code for each in composed.findings if each.code in ("E225", "W214")] == []


def two_years(folder: Path) -> Path:
    """The data of 云台 with that of a last year, in which one project had less; nobody says why."""
    for name in ("上年", "本年"):
        shutil.copytree(OWN / "云台市园林局-2026", folder / name)
    for file in (folder / "上年").glob("*.yaml"):
        text = file.read_text("utf-8").replace("年度: 2026", "年度: 2025")
        file.write_text(text.replace("一般预算资金: 1260000", "一般预算资金: 1100000.25"), "utf-8")
    file = folder / "本年" / "情况说明.yaml"
    content = yaml.safe_load(file.read_text("utf-8"))
    kept = {key: each for key, each in content.items() if key not in ("上年预算数", "变动原因")}
    kept["上年数据"] = "../上年"
    file.write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")
    return folder / "本年"


def test_reasons_that_the_program_writes_speak_as_the_text_does(city: City, tmp_path: Path) -> None:
    composed = compose(two_years(tmp_path), city.pack, city.catalogue, draft=True)
    reason = composed.explanations["总支出"].reason
    assert reason is not None
    assert reason.automatic
    assert reason.text == "云台市园林局本级滨河公园补植项目多159,999.75元"
    words = "较2025年多159,999.75元（升1.24%），缘由是云台市园林局本级滨河公园补植项目多"
    assert words in sentences(composed)


def test_the_comparison_of_two_years_is_in_the_unit_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = two_years(tmp_path)
    for options in ([], ["--levels"]):
        with pytest.raises(SystemExit):
            explain_changes.main([str(data), "--pack", str(OWN / "云台"), *options])
    told = capsys.readouterr().out
    assert "比上年增加159,999.75元" in told
    assert "名称（元）" in told
    assert "+159,999.75" in told


# The words of change


def test_the_pack_says_how_more_and_less_are_called(small: Composing) -> None:
    _, composed = small(None, {"增减说法": {"增加": ["多"], "减少": ["少"]}})
    assert "比上年多11.19万元" in sentences(composed)


@pytest.mark.parametrize(
    ("edits", "code", "told"),
    [
        (
            [("多<data", "少<data"), ("（升", "（降")],
            "E724",
            "由本年 13060163.55 元、少 1196923.25 元推得上年 14257086.80 元",
        ),
        ([("（升", "（降")], "E724", "金额写“多”，百分比却写“降”"),
        ([("，缘由是新开北山绿道二期工程", "")], "E739", "多1,196,923.25元，没有写原因"),
        (
            [("缘由是新开北山绿道二期工程", "缘由是厉行节约")],
            "W749",
            "多1,196,923.25元，原因写“厉行节约”",
        ),
        ([("缘由是新开北山绿道二期工程", "缘由是经费多")], "W748", "只是重复了增减的结果"),
    ],
)
def test_changes_in_the_words_of_the_pack_are_checked(
    city: City, edits: list[tuple[str, str]], code: str, told: str
) -> None:
    found = [each.message for each in city.findings(*edits) if each.code == code]
    assert [each for each in found if told in each], found


def test_changes_that_are_right_are_not_told(city: City) -> None:
    assert not [each for each in city.findings() if each.code in ("E724", "E739")]


def test_every_word_is_understood_and_the_first_is_printed() -> None:
    words = ChangeWords.model_validate({"增加": ["多", "多出"], "增长": ["升"]})
    assert (words.of_amount(grows=True), words.of_amount(grows=False)) == ("多", "减少")
    assert all(words.grows(each) for each in ("多", "多出", "升", "增加", "提高"))
    assert not any(words.grows(each) for each in ("减少", "下降"))
    assert USUAL_WORDS.of_rate(grows=False) == "下降"


# Dates


@given(DAYS, st.sampled_from(PATTERNS))
def test_a_date_reads_back_by_its_pattern(day: date, pattern: str) -> None:
    assert read_date(written_date(day, pattern), check_date_pattern(pattern)) == day


@pytest.mark.parametrize(
    "pattern", ["", "y年", "y年M月", "yy-MM-dd", "y年M月d日 H时", "d MMMM y", "M月M日y"]
)
def test_what_is_no_pattern_of_a_day_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        check_date_pattern(pattern)


@pytest.mark.parametrize(
    "text", ["2026-02-10", "2026/2/10", "2026.2.10", "2026年2月10日", "20260210"]
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert read_any_date(text) == date(2026, 2, 10)


def test_no_day_is_no_date() -> None:
    assert read_date("2026年2月30日") is None
    assert read_any_date("2026-13-01") is None
    assert read_date("12026年2月3日") is None


def test_one_pattern_makes_all_dates_alike(city: City) -> None:
    page = re.sub(r"<[^>]+>", "", city.page)
    assert page.count("2026.02.10") == 1 + len(city.pack.statements)  # the cover and every table
    assert "2025.06.30清点" in page
    assert not re.search(r"20\d\d年\d+月\d+日", page)


def test_dates_of_a_draft_are_read_and_checked_by_the_pattern(city: City) -> None:
    file = city.folder / "公开.html"
    file.write_text(city.page, "utf-8")
    sections = import_document(file, city.pack, city.catalogue).reading.sections
    assert sections["公开方式"]["公开日期"] == "2026年2月10日"
    (found,) = [
        each for each in city.findings(("2025.06.30", "2024.06.30")) if "06.30" in each.message
    ]
    assert (found.code, "应为“2025.06.30”" in found.message) == ("E730", True)


@pytest.mark.parametrize("label", ["公开日期：", "发布时间: "])
def test_a_day_on_the_cover_may_follow_a_label(city: City, label: str) -> None:
    file = city.folder / "标签.html"
    line = '<p class="cover-title">2026.02.10</p>'
    assert line in city.page
    file.write_text(city.page.replace(line, f"<p>{label}2026.02.10</p>"), "utf-8")
    sections = import_document(file, city.pack, city.catalogue).reading.sections
    assert sections["公开方式"]["公开日期"] == "2026年2月10日"
    who = sections["单位信息"]
    assert (who["名称"], who["类型"], who["年度"]) == ("云台市园林局", "部门", "2026")


def _silent(city: City, *, titles: bool) -> tuple[dict[str, Any], list[str]]:
    """What is read of a city whose headings do not say of what kind the publisher is."""
    folder = city.folder / f"不写类型{titles:d}"
    shutil.copytree(OWN / "云台", folder)
    written = [folder / "outline.yaml", *((folder / "statements").iterdir() if titles else ())]
    for file in written:
        text = file.read_text("utf-8").replace("我{类型}", "这里").replace("{类型}", "")
        file.write_text(text, "utf-8")
    pack = load_pack(folder)
    composed = compose(OWN / "云台市园林局-2026", pack, city.catalogue)
    file = city.folder / f"不写类型{titles:d}.html"
    file.write_text(composed.document.html(), "utf-8")
    reading = import_document(file, pack, city.catalogue).reading
    return reading.sections["单位信息"], [doubt.message for doubt in reading.doubts]


def test_titles_of_tables_tell_the_kind_that_cover_and_headings_leave_out(city: City) -> None:
    who, doubts = _silent(city, titles=False)
    assert (who["类型"], who["年度"]) == ("部门", "2026")
    assert not any("类型" in each for each in doubts)


def test_a_kind_that_nothing_tells_is_asked_for_and_the_year_is_kept(city: City) -> None:
    who, doubts = _silent(city, titles=True)
    assert (who.get("类型"), who["年度"]) == (None, "2026")
    assert any("没有写明是部门还是单位" in each for each in doubts)


def test_another_date_above_a_table_is_told(city: City) -> None:
    file = city.folder / "改.html"
    at = city.page.rindex("2026.02.10")
    file.write_text(f"{city.page[:at]}2026.02.11{city.page[at + 10 :]}", "utf-8")
    doubts = import_document(file, city.pack, city.catalogue).reading.doubts
    assert [each.message for each in doubts if "日期" in each.message] == [
        "这里的日期是2026年2月11日，别处是2026年2月10日"
    ]
    ours, theirs = side_of_data(city.composed, city.pack), side_of_draft(file, city.pack)
    (found,) = compare_sides(ours, theirs, city.pack).differences()
    assert (found.ours, found.theirs) == ("10", "11")


@pytest.mark.parametrize(
    "line",
    [
        "编制单位：某某局　填表日期：2026年2月10日　单位：元",
        "编制单位：某某局 单位：元填表日期：2026.02.10",
        "填报时间:2026-2-10 编制单位：某某局 单位：元",
    ],
)
def test_a_date_beside_the_unit_of_a_table_hides_nothing(line: str) -> None:
    read = table_line(line)
    assert (read.name, read.unit, read.known) == ("某某局", Unit.YUAN, True)
    assert read_any_date(read.date) == date(2026, 2, 10)


def test_a_date_is_wrong_in_the_data_if_it_is_none(city: City, tmp_path: Path) -> None:
    data = tmp_path / "数据"
    shutil.copytree(OWN / "云台市园林局-2026", data)
    file = data / "单位信息.yaml"
    file.write_text(file.read_text("utf-8").replace("2026-02-10", "二月十日"), "utf-8")
    with pytest.raises(UnusableInputError) as refused:
        compose(data, city.pack, city.catalogue)
    assert "“二月十日”不是日期" in refused.value.findings[0].message


# One switch for the patterns of all numbers

BEFORE = {
    "人员": {"30101": 20000, "30113": 3000},
    "公用": {"30201": 1500},
    "项目": {"甲项目": 5000, "乙项目": 2000},
    "三公": {"公务接待费": 1200},
    "机关": {"某某市档案馆": 1500},
}
AFTER = {
    "人员": {"30101": 22000, "30113": 4400},
    "公用": {"30201": 2700},
    "项目": {"甲项目": 9000, "丙项目": 6000},
    "三公": {"公务接待费": 2500},
    "机关": {"某某市档案馆": 2700},
}
FORMS = {
    "项目绩效目标表": [
        {
            "项目名称": "甲项目",
            "主管部门及代码": "某某市档案馆",
            "实施单位": "某某市档案馆",
            "资金": {"年度": {"省级财政资金": 90000000}},
        }
    ],
    "整体绩效目标表": {"部门名称": "某某市档案馆"},
}


@pytest.mark.parametrize(
    ("pattern", "whole", "foreign"),
    [("#,##0.00", "#,##0", r"(?<![\d.,])\d{4,}\.\d\d"), ("0.00", "0", r"\d,\d{3}")],
)
def test_one_switch_changes_the_separators_everywhere(
    catalogue: Catalogue, tmp_path: Path, pattern: str, whole: str, foreign: str
) -> None:
    """Tables, sentences, reasons, both kinds of charts and forms."""
    shutil.copytree(PACKS / "yangquan", tmp_path / "本地")
    file = tmp_path / "本地" / "pack.yaml"
    settings = yaml.safe_load(file.read_text("utf-8"))
    names = ("报表", "文字", "文字简式", "绩效目标表角分", "整体绩效目标表")
    settings["数字"] |= dict.fromkeys(names, pattern) | {"绩效目标表": whole}
    settings["图"] = {"变动瀑布图": "是"}
    settings["变动说明"] |= {"收入支出分项": "是"}
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    data = write_years(tmp_path, BEFORE, AFTER)
    (data / "表.yaml").write_text(yaml.safe_dump(FORMS, allow_unicode=True), "utf-8")
    page = compose(data, load_pack(tmp_path / "本地"), catalogue, draft=True).document.html()
    text = "\n".join([re.sub(r"<[^>]+>", "\n", page), *re.findall(r'aria-label="([^"]*)"', page)])
    for words in ("90000000", "项目支出15000.00万元", "+6000.00万元", "新增丙项目6000.00万元"):
        assert words in text.replace(",", ""), words
    assert re.findall(rf".*{foreign}.*", text) == []
