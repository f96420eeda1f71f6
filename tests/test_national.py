"""The nine tables of the national form: another place is another pack, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.cli.inputs import open_pack
from generator.compose.compose import Composed, compose
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack, load_pack
from tests.conftest import BUREAU


@pytest.fixture(scope="module")
def national() -> Pack:
    return open_pack("national")


@pytest.fixture(scope="module")
def composed(national: Pack, catalogue: Catalogue) -> Composed:
    return compose(BUREAU, national, catalogue, draft=True)


def test_the_sample_says_all_that_is_to_be_published(composed: Composed) -> None:
    assert list(composed.findings) == []


def test_every_table_has_amounts(composed: Composed, national: Pack) -> None:
    assert [each.number for each in composed.statements.values()] == [
        each.number for each in national.statements
    ]
    assert {each.number for each in composed.statements.values() if each.no_data} == set()
    for statement in composed.statements.values():
        amounts = [
            cell.figure.value
            for parts in statement.rows
            for part in parts
            for cell in part.cells
            if cell.figure is not None
        ]
        assert any(amounts), statement.number


def test_income_equals_expenditure(composed: Composed) -> None:
    income, expenditure = composed.summary["收入总计"], composed.summary["支出总计"]
    assert income.value == expenditure.value > 0


def test_the_headings_are_those_of_the_outline(composed: Composed, national: Pack) -> None:
    printed = [
        re.sub(r"\s+", "", "".join(map(str, each.itertext())))
        for each in composed.document.body.iter("h1", "h2", "h3")
    ]
    entity = composed.disclosure.entity
    wanted = [
        re.sub(r"\s+", "", each.filled(entity))
        for each in national.outline.walk()
        if each.required and each.kind in (None, EntityKind.DEPARTMENT)
    ]
    assert len(wanted) > 20
    assert [each for each in printed if each in wanted] == wanted


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("{名: 收入, 标题: 收入}", "没有“收入预算”"),
        ("{名: 收入预算, 标题: {单位: 收入}}", "部门的标题"),
    ],
)
def test_a_heading_that_is_not_declared_is_told(
    title: str, message: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = Path(shutil.copytree(PACKS / "national", tmp_path / "national"))
    outline = folder / "outline.yaml"
    text = outline.read_text(encoding="utf-8")
    declared = "{名: 收入预算, 标题: 二、收入预算情况说明, 角色: 收入}"
    assert declared in text
    outline.write_text(text.replace(declared, title), encoding="utf-8")
    with pytest.raises(UnusableInputError) as raised:
        compose(BUREAU, load_pack(folder), catalogue, draft=True)
    (finding,) = raised.value.findings
    assert finding.code == "E302"
    assert message in finding.message
    assert finding.place is not None
    assert finding.place.file.name == "explanation.html.j2"


def test_an_empty_table_is_printed_as_its_note_if_the_pack_says_so(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = Path(shutil.copytree(PACKS / "national", tmp_path / "national"))
    file = folder / "statements" / "09.yaml"
    file.write_text(file.read_text("utf-8") + "空表照印: 否\n", "utf-8")
    data = Path(shutil.copytree(BUREAU, tmp_path / "甲局-2026"))
    projects = (data / "项目.yaml").read_text("utf-8").replace("国有资本经营预算拨款", "其他收入")
    (data / "项目.yaml").write_text(projects, "utf-8")
    html = compose(data, load_pack(folder), catalogue, draft=True).document.html()
    section = next(
        each for each in html.split("<section") if ">国有资本经营预算支出表</h2>" in each
    )
    assert "<table" not in section
    assert "本部门没有使用国有资本经营预算拨款安排的支出" in section
