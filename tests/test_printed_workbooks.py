"""Printed tables as workbooks bring them: titles with a year, amounts computed of whole 元."""

from __future__ import annotations

import pytest

from generator.core.resources import PACKS
from generator.drafts.parts.draft_format import format_of
from generator.drafts.words.text import folded
from generator.importing.facts.entity import import_entity
from generator.importing.facts.specimen import Made
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.printed_tables import Importer, Tree, change, messages

DATA: Tree = {
    "单位信息": {"名称": "某市某馆", "类型": "单位", "年度": "2026"},
    "收支": [
        {"科目": code, "当年预算": {"基本支出": {"一般公共预算拨款": amount}}}
        for code, amount in (("2010501", "1000000"), ("2010550", "2000000"))
    ],
}


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("部门收支总表", "表一"),
        ("2026年部门收支总表", "表一"),
        ("2026年度单位支出总表", "表三"),
        ("一般公共预算“三公”经费支出表", "表七"),
        ("2026年一般公共预算支出表", "表五"),
        ("2026年部门收支总表的说明", ""),
        ("部门2026年收支", ""),
    ],
)
def test_a_title_may_name_the_year(title: str, number: str, national: Pack) -> None:
    assert format_of(national).statement(folded(title)) == number


def test_tables_without_a_cover_tell_who_publishes(national: Pack, catalogue: Catalogue) -> None:
    outline = Importer(national, catalogue).outline(DATA)
    reading = ImportResult(outline.draft)
    import_entity(reading, outline, Made({}, national, catalogue))
    assert reading.sections["单位信息"] == DATA["单位信息"]
    assert [doubt.path for doubt in reading.doubts] == [
        ("单位信息", key) for key in ("名称", "类型", "年度")
    ]
    assert reading.doubts[0].message == "没有封面，取自报表上方的单位名称"


def test_a_table_of_long_decimals_is_told_once(national: Pack, catalogue: Catalogue) -> None:
    importer = Importer(national, catalogue)
    outline = importer.outline(DATA)
    for label in ("合计", "201", "20105"):
        change(outline, "表三", label, "300.00", "300.000057")
        change(outline, "表三", label, "300.00", "300.000057")
    long = [each for each in messages(importer.read(outline)) if "位小数" in each]
    assert len(long) == 1
    assert "有 6 位小数，以万元为单位最多 2 位，读作 300.000057 万元" in long[0]
    assert "表三这样的还有 5 格" in long[0]


def test_a_single_long_decimal_is_told_by_itself(national: Pack, catalogue: Catalogue) -> None:
    importer = Importer(national, catalogue)
    outline = importer.outline(DATA)
    change(outline, "表三", "合计", "300.00", "300.001")
    (told,) = [each for each in messages(importer.read(outline)) if "位小数" in each]
    assert "这样的还有" not in told
