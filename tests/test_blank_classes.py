"""Classes of expenditure that a document lists without amounts: stated, printed, read back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.checks.run import run_checks
from generator.checks.selection import ALL
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.compute.statements.definition import RowRule
from generator.core.findings import Severity, UnusableInputError
from generator.importing.as_document import presented_draft
from generator.importing.data_files import write_yaml
from generator.importing.reading import ImportResult
from generator.importing.run import import_document
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_every_pack import OWN, OWN_DATA


@pytest.fixture(scope="module")
def small() -> Pack:
    return load_pack(OWN / "最小")


def _composed(classes: str, folder: Path, pack: Pack, catalogue: Catalogue) -> Composed:
    data = folder / "数据"
    shutil.copytree(OWN_DATA["最小"], data)
    (data / "公开.yaml").write_text(f"公开方式: {{无数据科目类: [{classes}]}}\n", "utf-8")
    return compose(data, pack, catalogue)


def _classes(composed: Composed, number: str) -> list[str]:
    statement = composed.statements[number]
    rows = [row[-1] for row in statement.rows]
    return [row.key for row in rows if row.dimension == "科目类"]


def test_a_class_is_listed_in_its_place_where_rows_are_classes_alone(
    small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed = _composed('"213", "208"', tmp_path, small, catalogue)
    assert _classes(composed, "表一") == ["208", "213", "221"]
    assert _classes(composed, "表二") == ["208", "221"]  # rows go on below it there
    assert "农林水支出" in composed.document.html()


def test_a_class_is_listed_beside_those_that_the_place_always_lists() -> None:
    rule = RowRule.model_validate({"展开": ["科目类"], "总是列出": ["201", "208"]})
    assert rule.listing(("213", "208")).standing == ("201", "208", "213")


def test_a_class_that_nobody_knows_is_refused(
    small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInputError) as caught:
        _composed('"299"', tmp_path, small, catalogue)
    (finding,) = caught.value.findings
    assert finding.code == "E205"
    assert "299" in finding.message


@pytest.mark.parametrize("written", ['"2010"', "二〇一"])
def test_a_code_that_is_no_class_is_refused(
    written: str, small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInputError) as caught:
        _composed(written, tmp_path, small, catalogue)
    assert caught.value.findings[0].code == "E203"


def _printed(composed: Composed, folder: Path) -> Path:
    file = folder / "公开.html"
    file.write_text(composed.document.html(), "utf-8")
    return file


def _read(file: Path, pack: Pack, catalogue: Catalogue) -> ImportResult:
    return import_document(file, pack, catalogue).reading


def test_what_is_read_back_prints_it_again(
    small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed = _composed('"201", "213"', tmp_path, small, catalogue)
    file = _printed(composed, tmp_path)
    reading = _read(file, small, catalogue)
    assert reading.sections["公开方式"]["无数据科目类"] == ["201", "213"]
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", small, catalogue)
    assert _classes(again, "表一") == ["201", "208", "213", "221"]
    sides = side_of_data(again, small), side_of_draft(file, small)
    assert list(compare_sides(*sides, small).differences()) == []
    report = run_checks(presented_draft(file, small, catalogue), small, ALL)
    assert report.count(Severity.ERROR) == 0


def test_a_document_without_such_a_class_declares_none(
    small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = _printed(compose(OWN_DATA["最小"], small, catalogue), tmp_path)
    assert "公开方式" not in _read(file, small, catalogue).sections


def test_a_blank_class_that_was_lost_is_a_difference(
    small: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed = _composed('"213"', tmp_path, small, catalogue)
    html = composed.document.html()
    lost = re.sub(r"农林水支出", "", html, count=1)
    file = tmp_path / "缺.html"
    file.write_text(lost, "utf-8")
    sides = side_of_data(composed, small), side_of_draft(file, small)
    assert [each for each in compare_sides(*sides, small).differences() if "农林水" in each.ours]
