"""The two general packs with everything said otherwise: no false finding, and nothing lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.core.findings import Finding, Severity
from generator.core.resources import PACKS
from generator.drafts.parts.draft_format import format_of
from generator.drafts.words.text import folded
from generator.importing.as_document import present, presented_draft
from generator.importing.data_files import write_yaml
from generator.importing.run import Imported, import_document
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.reading.document import ReadDocument
from tests.conftest import BUREAU, OFFICE

Edits = dict[str, list[tuple[str, str]]]
"""By file, of the pack or of the data, what is written there instead."""

CHAPTERS = [(f"标题: {n}、", f"标题: 第{n}节　") for n in "一二三四五六七八九十"]
GRANTS = "[一般公共预算拨款, 政府性基金预算拨款, 国有资本经营预算拨款]"
NATIONAL: Edits = {
    "outline.yaml": [
        *CHAPTERS,
        *((f"第{n}部分　", f"第{n}章　") for n in "一二三四"),
        ("收入预算情况说明", "各项收入的安排"),
        ("　名词解释", "　术语"),
    ],
    "pack.yaml": [
        ("数字:", "数字:\n  文字单位: 亿元"),
        ('文字: "#,##0.00"', '文字: "#,##0.0000"'),
        ('文字简式: "#,##0.00"', '文字简式: "#,##0.0000"'),
    ],
    "statements/02.yaml": [
        (
            "      - 标题: 本年收入\n        列:\n",
            "      - 标题: 本年收入\n        列:\n          - {标题: 其中：财政拨款, 名: 拨款小计, "
            f"宽: 20, 条件: {{预算年度: 当年预算, 资金来源: {GRANTS}}}}}\n",
        )
    ],
    "statements/03.yaml": [("账: 收支", '账: 收支\n单位: 千元\n数字: "#,##0.000"')],
    "statements/05.yaml": [("账: 收支", '账: 收支\n单位: 万元\n数字: "#,##0.0000"')],
    "statements/07.yaml": [("账: 三公经费", "账: 三公经费\n单位: 元")],
    "forms/项目.yaml": [
        ("标题: 项目支出绩效目标表\n", "标题: 项目成效单\n"),
        ('又作: [".*项目(支出)?绩效目标(申报)?表"]\n', ""),
        ("{键: 项目名称, 必填", "{键: 项目名称, 标题: 项目全称, 必填"),
        ("标题: 主管部门, 又作: [主管部门及代码]", "标题: 归口部门"),
        ("标题: 项目资金（元）", "标题: 经费（元）"),
        ("{键: 单位自筹}", "{键: 单位自筹, 标题: 自筹}"),
        ("表头: [一级指标, 二级指标, 三级指标, 指标值]", "表头: [大类, 小类, 指标, 目标值]"),
    ],
    # what is carried over is taken off a total: both are rounded by themselves
    "项目.yaml": [
        ("一般公共预算拨款: 2860000", "一般公共预算拨款: 2860020"),
        ("一般公共预算拨款: 315000", "一般公共预算拨款: 315040"),
        ("{政府性基金预算拨款: 150000}", "{政府性基金预算拨款: 150040}"),
    ],
    "绩效目标表.yaml": [("2860000", "2860020")],
}
WHOLE: Edits = {
    "pack.yaml": [
        ('报表: "#,##0.00"', '报表: "#,##0"'),
        ('文字: "#,##0.00"', '文字: "0.0"'),
        ('文字简式: "#,##0.00"', '文字简式: "0.0"'),
    ],
}
SHANGHAI: Edits = {
    "outline.yaml": [
        ('标题: "{名称}主要职能"', '标题: "第一章 {名称}主要职能"'),
        ('目录标题: "一、', '目录标题: "第一章 '),
        (
            '标题: "{年度}年{类型}预算编制说明", 目录标题: "四、',
            '标题: "第四章 {年度}年{类型}预算编制说明", 目录标题: "第四章 ',
        ),
        ("标题: 三、政府采购预算情况", "标题: 第三节 买什么"),
    ],
    "statements/05.yaml": [("单位: 元", "单位: 万元")],
    "statements/08.yaml": [("单位: 元", "单位: 千元")],
    "statements/02.yaml": [
        (
            "          - {标题: 事业收入,",
            "          - {标题: 其中：一般公共预算, 名: 一般, 宽: 26, "
            "条件: {资金来源: 一般公共预算资金}}\n          - {标题: 事业收入,",
        )
    ],
}


@dataclass(frozen=True)
class Place:
    """A pack with its data, and the document that it prints."""

    pack: Pack
    composed: Composed
    document: Path
    catalogue: Catalogue

    @cached_property
    def imported(self) -> Imported:
        """What is read of the document, for all tests: nobody may change it."""
        return import_document(self.document, self.pack, self.catalogue)

    def findings(self) -> list[Finding]:
        """What is found in the document, but for hints."""
        assert self.imported.recognition.known  # so nothing that was read has been left out
        return self._found(present(self.imported, self.pack))

    def findings_in(self, document: Path) -> list[Finding]:
        """What is found in another one."""
        return self._found(presented_draft(document, self.pack, self.catalogue))

    def _found(self, presented: ReadDocument) -> list[Finding]:
        found = run_checks(presented, self.pack, ALL, self.composed.loaded).findings
        return [each for each in found if each.severity is not Severity.NOTE]


def _place(name: str, data: Path, edits: Edits, folder: Path, catalogue: Catalogue) -> Place:
    shutil.copytree(PACKS / name, folder / "包")
    shutil.copytree(data, folder / "数据")
    for file, changes in edits.items():
        own = folder / "包" / file
        _edit(own if own.exists() else folder / "数据" / file, changes)
    pack = load_pack(folder / "包")
    composed = compose(folder / "数据", pack, catalogue)
    document = folder / "公开.html"
    document.write_text(composed.document.html(), "utf-8")
    return Place(pack, composed, document, catalogue)


def _edit(file: Path, changes: Iterable[tuple[str, str]]) -> None:
    text = file.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def national(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return _place("national", BUREAU, NATIONAL, tmp_path_factory.mktemp("通用"), catalogue)


@pytest.fixture(scope="module")
def shanghai(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("区级")
    return _place("shanghai-district", OFFICE, SHANGHAI, folder, catalogue)


@pytest.fixture(params=["national", "shanghai"])
def place(request: pytest.FixtureRequest) -> Place:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found


def test_its_document_has_no_false_finding(place: Place) -> None:
    assert place.findings() == []


def test_its_document_is_what_its_data_prints(place: Place) -> None:
    theirs = side_of_draft(place.imported.reading.draft, place.pack)
    assert compare_sides(side_of_data(place.composed, place.pack), theirs, place.pack).equal


def test_its_document_gives_data_that_prints_it_again(
    place: Place, catalogue: Catalogue, tmp_path: Path
) -> None:
    reading = place.imported.reading
    assert list(reading.unread()) == []
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", place.pack, catalogue)
    assert re.findall(r">([^<]+)<", again.document.html()) == re.findall(
        r">([^<]+)<", place.document.read_text("utf-8")
    )


def test_more_than_rounding_is_told(national: Place, tmp_path: Path) -> None:
    """The sum of the goals, against the table of projects less what is carried over."""
    html = national.document.read_text("utf-8")
    match = re.search(r"涉及项目支出<data[^>]*>(0\.0962)<", html)
    assert match
    wrong = tmp_path / "改.html"
    wrong.write_text(html[: match.start(1)] + "0.0964" + html[match.end(1) :], "utf-8")
    assert {each.code for each in national.findings_in(wrong)} == {"E729"}


def test_tables_in_whole_numbers_are_read_and_agree(catalogue: Catalogue, tmp_path: Path) -> None:
    """Beside a finer text, and forms in 元."""
    place = _place("national", BUREAU, WHOLE, tmp_path, catalogue)
    assert place.findings() == []
    assert not list(place.imported.reading.unread())


def test_a_wrong_number_is_not_told_as_a_wrong_name(catalogue: Catalogue, tmp_path: Path) -> None:
    """Also if its first digits are wrong, right after the name of a subject."""
    place = _place("national", BUREAU, {}, tmp_path, catalogue)
    html = place.composed.document.html()
    page = re.sub(r"(卫生健康支出<data[^>]*>)49\.84<", r"\g<1>51.84<", html, count=1)
    assert page != html
    wrong = tmp_path / "改.html"
    wrong.write_text(page, "utf-8")
    assert [each.code for each in place.findings_in(wrong)] == ["E723"]


def test_the_number_of_a_chapter_may_change(national: Place) -> None:
    format_ = format_of(national.pack)
    assert format_.section(folded("第九节　各项收入的安排")) == "收入预算"
    assert format_.part(folded("第七章　部门概况")) == "概况"
    assert not format_.section(folded("第九章　各项收入的安排"))
    assert not format_.part(folded("部门概况"))


def test_a_table_with_a_column_more_than_its_pack_is_not_read_by_place(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Nothing is made up of columns that stand where others should."""
    edits = {"statements/02.yaml": NATIONAL["statements/02.yaml"]}
    place = _place("national", BUREAU, edits, tmp_path, catalogue)
    usual = load_pack(PACKS / "national")
    imported = import_document(place.document, usual, catalogue)
    assert imported.recognition.known  # so nothing that was read has been left out
    presented = present(imported, usual)
    assert presented.tables["表二"].unread
    report = run_checks(presented, usual, ALL, None)
    assert not [each for each in report.findings if each.code in ("E704", "E711")]
    assert {"E704", "E711"} <= {each.code for each in report.unchecked}
    doubts = imported.reading.doubts
    assert [each for each in doubts if "多出模板包没有的栏" in each.message]


def test_changes_are_not_summed_if_their_table_was_not_read(
    national: Place, tmp_path: Path
) -> None:
    """What its items are is not known then, and so which of them the text says nothing of."""
    html = national.document.read_text("utf-8")
    row = r"(公务接待费</t[hd]>.*?</thead>.*?)<tr.*?</tr>"
    cut = tmp_path / "缺表.html"
    cut.write_text(re.sub(row, r"\1", html, count=1, flags=re.S), "utf-8")
    presented = presented_draft(cut, national.pack, national.catalogue)
    assert not presented.tables["表七"].rows
    report = run_checks(presented, national.pack, ALL, None)
    assert not [each for each in report.findings if each.code == "E724"]
    assert [each for each in report.unchecked if each.code == "E724" and "各项增减" in each.why]
