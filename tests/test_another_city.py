"""A city of its own kind: tables of procurement, workbooks alone, text that another pack heads."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generator.checks.rule import Unchecked
from generator.checks.rules.structure import CHECKS as STRUCTURE
from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.cli.inputs import fitting_packs
from generator.compose.compose import Composed, compose
from generator.core.findings import Finding, UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.draft import Paragraph, Spot
from generator.drafts.read import read_draft
from generator.importing.as_document import presented_draft
from generator.importing.comparable import Comparable
from generator.importing.run import import_document
from generator.load.catalogue import Catalogue
from generator.pack.choice import ChosenPack
from generator.pack.pack import Pack, load_pack
from generator.printing.formats import Format, print_formats
from tests.conftest import ROOT

OWN = Path(__file__).parent / "packs"
BOUGHT = """
表号: 附表5
标题: 政府采购预算表
账: 政府采购
栏:
  - 列:
      - {标题: 采购类别, 内容: 名称, 宽: 80}
      - {标题: 预算数, 名: 合计, 宽: 40}
    行:
      - {标题: 合计, 合计: 是}
      - {标题: 货物类, 名: 货物, 条件: {采购类别: 货物}}
      - {标题: 工程类, 名: 工程, 条件: {采购类别: 工程}}
      - {标题: 服务类, 名: 服务, 条件: {采购类别: 服务}}
"""
SENTENCE = (
    '<p>政府采购预算{{ n.figure("政府采购/总额") | sep }}{{ money_unit }}，'
    '其中货物{{ n.figure("政府采购/货物") | sep }}{{ money_unit }}。</p>\n</section>'
)


@pytest.fixture
def buyer(catalogue: Catalogue, tmp_path: Path) -> tuple[Pack, Composed]:
    """The smallest pack with a table of procurement, and a sentence about it."""
    folder, data = tmp_path / "包", tmp_path / "数据"
    shutil.copytree(OWN / "最小", folder)
    shutil.copytree(OWN / "最小示例-2026", data)
    (folder / "statements/05.yaml").write_text(BOUGHT, "utf-8")
    template = folder / "document.html.j2"
    text = template.read_text("utf-8")
    at = text.index("</section>", text.index('heading("三公")'))
    template.write_text(text[:at] + SENTENCE + text[at + len("</section>") :], "utf-8")
    places = folder / "checks/places.yaml"
    known = yaml.safe_load(places.read_text("utf-8")) if places.exists() else {}
    cells = [("政府采购/总额", "合计"), ("政府采购/货物", "货物")]
    known["本年数"] = [
        {"数字": number, "行": row, "等于": f"附表5/{row}/合计"} for number, row in cells
    ]
    places.write_text(yaml.safe_dump(known, allow_unicode=True), "utf-8")
    with (data / "数据.yaml").open("a", encoding="utf-8") as file:
        file.write("政府采购: {货物: 138000, 服务: 62000.5}\n")
    pack = load_pack(folder)
    return pack, compose(data, pack, catalogue)


def _file(composed: Composed, folder: Path, *edits: tuple[str, str]) -> Path:
    page = composed.document.html()
    for old, new in edits:
        assert old in page
        page = page.replace(old, new)
    file = folder / "公开.html"
    file.write_text(page, "utf-8")
    return file


# A table of procurement


def test_a_table_of_procurement_prints_the_same_leaves_as_the_text(
    buyer: tuple[Pack, Composed],
) -> None:
    _, composed = buyer
    value = {name: composed.figures[f"附表5/{name}/合计"].value for name in ("合计", "货物")}
    assert value == {"合计": Decimal("200000.5"), "货物": Decimal(138000)}
    assert composed.figures["附表5/工程/合计"].value == 0


def test_a_table_of_procurement_is_read_back(
    buyer: tuple[Pack, Composed], catalogue: Catalogue, tmp_path: Path
) -> None:
    pack, composed = buyer
    reading = import_document(_file(composed, tmp_path), pack, catalogue).reading
    assert reading.sections["政府采购"] == {"货物": "138000", "服务": "62000"}  # 万元 in the table
    assert not [doubt for doubt in reading.doubts if doubt.path[0] == "政府采购"]


def test_a_sentence_that_differs_from_the_table_of_procurement_is_told(
    buyer: tuple[Pack, Composed], catalogue: Catalogue, tmp_path: Path
) -> None:
    pack, composed = buyer
    clean = presented_draft(_file(composed, tmp_path), pack, catalogue)
    assert "E723" not in {each.code for each in run_checks(clean, pack, ALL, None).findings}
    sentence = re.search(r"其中货物<data[^>]*>13\.80</data>", composed.document.html())
    assert sentence
    wrong = (sentence[0], sentence[0].replace("13.80", "14.80"))
    broken = presented_draft(_file(composed, tmp_path, wrong), pack, catalogue)
    told = [each for each in run_checks(broken, pack, ALL, None).findings if each.code == "E723"]
    assert len(told) == 1
    assert "14.80" in told[0].message
    assert "13.80" in told[0].message


def test_what_is_no_kind_of_procurement_is_refused(tmp_path: Path) -> None:
    shutil.copytree(OWN / "最小", tmp_path / "包")
    wrong = BOUGHT.replace("{采购类别: 工程}", "{采购类别: 土建}")
    (tmp_path / "包/statements/05.yaml").write_text(wrong, "utf-8")
    with pytest.raises(UnusableInputError) as error:
        load_pack(tmp_path / "包")
    (finding,) = error.value.findings
    assert finding.code == "E304"
    assert "货物" in finding.message + finding.remedy


# A workbook of the statements, and a text that other headings part


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


@pytest.fixture(scope="module")
def example(national: Pack, catalogue: Catalogue) -> Composed:
    return compose(ROOT / "data/示例/示例市示例局-2026", national, catalogue)


def test_a_workbook_of_statements_lacks_no_text(
    national: Pack, example: Composed, catalogue: Catalogue, tmp_path: Path
) -> None:
    files = print_formats(example, national, [Format.XLSX], lambda _: None).files
    file = tmp_path / "报表.xlsx"
    file.write_bytes(files[f"{example.stem}.xlsx"])
    report = run_checks(presented_draft(file, national, catalogue), national, ALL, None)
    assert not [each.message for each in report.findings]
    why = {each.code: each.why for each in report.unchecked if "工作簿" in each.why}
    assert {"E741", "E967", "W968"} <= why.keys()


def _structure(file: Path, pack: Pack, catalogue: Catalogue) -> list[object]:
    document = presented_draft(file, pack, catalogue)
    return [each for check in STRUCTURE for each in check(document, pack)]


def test_headings_are_not_missing_that_stand_there_by_other_names(
    national: Pack, example: Composed, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = example.document.html()
    for number, name in enumerate(national.outline.explanation):
        heading = national.outline.by_id[name].filled(example.disclosure.entity)
        page = page.replace(f">{heading}<", f">本地的第{number}项内容<")
    file = tmp_path / "别处.html"
    file.write_text(page, "utf-8")
    outcomes = _structure(file, national, catalogue)
    missing = [each.message for each in outcomes if isinstance(each, Finding)]
    assert not [each for each in missing if each.startswith("缺少")]
    (why,) = [each.why for each in outcomes if isinstance(each, Unchecked) and each.group == "标题"]
    assert "一节也没有认出" in why


def test_headings_are_missing_where_nothing_stands_in_their_place(
    national: Pack, example: Composed, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = example.document.html()
    title = national.outline.by_id["预算情况说明"].filled(example.disclosure.entity)
    start = page.rindex("<section", 0, page.rindex(f">{title}<"))
    page = page[:start] + page[page.index("</section>", start) + len("</section>") :]
    file = tmp_path / "缺说明.html"
    file.write_text(page, "utf-8")
    missing = [
        each.message for each in _structure(file, national, catalogue) if isinstance(each, Finding)
    ]
    assert "缺少预算情况说明 政府采购" in missing


# What is said of packs and of amounts


def test_a_pack_that_has_no_name_fits_its_own_documents_best(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = OWN / "云台"
    composed = compose(OWN / "云台市园林局-2026", load_pack(folder), catalogue)
    draft = read_draft(_file(composed, tmp_path))
    own = ChosenPack("../云台", folder, named=False)
    assert fitting_packs(draft, own) == [own]


def _comparable(text: str, other: str = "") -> str:
    return Comparable([Paragraph(text, Spot("段", 1))], other).text


def test_an_amount_that_both_texts_write_alike_keeps_its_unit() -> None:
    text = "经费180,000.00元，缘由是新增购置费18万元"
    printed = _comparable(text)
    assert _comparable(text, printed) == printed


def test_an_amount_in_another_unit_is_the_same_amount() -> None:
    assert _comparable("经费18万元", _comparable("经费180,000.00元")) == "经费180000元"
