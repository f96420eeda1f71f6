"""A flat list beside printed statements: what it has nothing for stays, what differs is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.compose.compose import Composed, compose
from generator.core.resources import PACKS
from generator.drafts.draft import Draft
from generator.drafts.read import read_draft
from generator.importing.flat_list.listing import flat_list
from generator.importing.flat_list.propose import proposed
from generator.importing.flat_list.run import Lists
from generator.importing.reading import ImportResult
from generator.importing.run import import_document
from generator.importing.whole import import_inputs
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.conftest import ROOT
from tests.test_flat_list import HEAD, ROWS, TITLE, sheet_of

FOLDER = ROOT / "data" / "示例" / "示例区示例办公室-2026"
BUREAU = ROOT / "data" / "示例" / "示例市示例局-2026"


@pytest.fixture(scope="module")
def shanghai() -> Pack:
    return load_pack(PACKS / "shanghai-district")


@pytest.fixture(scope="module")
def draft(shanghai: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    composed: Composed = compose(FOLDER, shanghai, catalogue)
    page = tmp_path_factory.mktemp("draft") / "文稿.html"
    page.write_text(composed.document.html(), encoding="utf-8")
    return read_draft(page)


def imported(
    draft: Draft, pack: Pack, catalogue: Catalogue, rows: Sequence[Sequence[Any]]
) -> ImportResult:
    listing = flat_list(sheet_of([*TITLE, HEAD, *rows]))
    assert listing is not None
    columns = proposed([listing], pack.vocabulary)
    lists = Lists([(Path("清单.xlsx"), listing)])
    return import_inputs(draft, pack, catalogue, (), (lists, columns)).reading


def about(reading: ImportResult, section: str) -> list[str]:
    return [doubt.message for doubt in reading.doubts if doubt.path[0] == section]


def test_what_a_list_has_nothing_for_stays_as_the_statements_give_it(
    draft: Draft, shanghai: Pack, catalogue: Catalogue
) -> None:
    bare = [[*row[:4], None, *row[5:]] for row in ROWS[2:]]
    reading = imported(draft, shanghai, catalogue, bare)
    assert reading.sections["三公经费"]["公务接待费"] == {"一般公共预算资金": "120000"}
    assert len(reading.sections["基本支出经济科目"]) == 7
    for section in ("三公经费", "基本支出经济科目"):
        assert "清单里没有，用的是报表的" in about(reading, section)


def test_projects_of_the_statements_that_no_list_has_are_told(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Their money may stand in the list as basic expenditure: it is not written twice."""
    national = load_pack(PACKS / "national")
    composed: Composed = compose(BUREAU, national, catalogue)
    page = tmp_path / "文稿.html"
    page.write_text(composed.document.html(), encoding="utf-8")
    alone = import_document(read_draft(page), national, catalogue).reading.sections["项目"]
    count = sum(len(unit["项目"]) for unit in alone)
    reading = imported(read_draft(page), national, catalogue, ROWS[:2])
    assert "项目" not in reading.sections
    (told,) = (each for each in about(reading, "清单") if "个项目" in each)
    assert told.startswith(f"报表有 {count} 个项目，合计 ")
    assert "没有写：清单里没有项目" in told


def test_what_differs_from_the_statements_is_told_of_each_section(
    draft: Draft, shanghai: Pack, catalogue: Catalogue
) -> None:
    reading = imported(draft, shanghai, catalogue, ROWS[:2])
    assert reading.sections["三公经费"] == {"公务接待费": {"一般公共预算资金": "42000"}}
    told = "报表的“三公经费”合计 465,000.00 元，清单 42,000.00 元，用的是清单"
    assert told in about(reading, "三公经费")
    assert any("清单 42,688.07 元" in each for each in about(reading, "基本支出经济科目"))
