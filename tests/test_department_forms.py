"""The 223 performance forms of 教育局 2025: imported, resolved, printed, read back."""

from __future__ import annotations

import copy
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.importing.forms.read import import_forms
from generator.importing.reading import ImportResult
from generator.load.yaml.folder import read_yaml_folder
from generator.pack.pack import Pack
from scripts.benchmark_runs import run_timed
from tests.conftest import DEPARTMENT, ROOT
from tests.resolutions import read_resolutions, resolve

DRAFTS = ROOT / "tests" / "drafts"
ENOUGH = 640  # MiB, for PDF, DOCX and HTML


def _forms(file: Path, pack: Pack) -> list[dict[str, Any]]:
    draft = read_draft(file)
    reading = ImportResult(draft)
    import_forms(reading, outline(draft, format_of(pack)))
    forms: list[dict[str, Any]] = reading.sections["项目绩效目标表"]
    return forms


@pytest.fixture(scope="module")
def committed() -> list[dict[str, Any]]:
    """The forms as they stand in the data."""
    source = read_yaml_folder(ROOT / "data" / DEPARTMENT, splittable=("项目绩效目标表",))
    assert not source.findings
    assert isinstance(source.data, dict)
    forms: Any = source.data["项目绩效目标表"]
    return list(forms)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole text as it was published (names of persons taken out)."""
    file = tmp_path_factory.mktemp("raw") / "教育局.txt"
    parts = (f"{DEPARTMENT}.txt", f"{DEPARTMENT}-绩效目标表.txt")
    file.write_text(
        "".join((DRAFTS / part).read_text(encoding="utf-8") for part in parts), encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def printed_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Path], float]:
    """The whole document as the command prints it, and the peak memory in MiB."""
    folder = tmp_path_factory.mktemp("full")
    command = [sys.executable, "-m", "generator", "build", f"data/{DEPARTMENT}", "-o", str(folder)]
    _, memory = run_timed(command)
    return {path.suffix: path for path in folder.iterdir()}, memory


def test_the_raw_text_gives_the_data_up_to_the_recorded_resolutions(
    raw: Path, committed: list[dict[str, Any]], pack: Pack
) -> None:
    forms = copy.deepcopy(_forms(raw, pack))
    assert len(forms) == 223
    stale = resolve(forms, read_resolutions(DRAFTS / f"resolutions-{DEPARTMENT}.yaml"))
    assert stale == []
    by_unit = sorted(forms, key=_first_appearance(forms))
    assert by_unit == committed


def _first_appearance(forms: list[dict[str, Any]]) -> Any:
    """Data keeps the forms of a unit together, units in order of first appearance."""
    units = list(dict.fromkeys(form["实施单位"] for form in forms))
    return lambda form: units.index(form["实施单位"])


def test_forms_agree_with_the_project_statement_where_the_publisher_did(
    committed: list[dict[str, Any]],
) -> None:
    """Where published forms and 表十二 contradict each other is listed, one by one."""
    source = read_yaml_folder(ROOT / "data" / DEPARTMENT, splittable=("项目绩效目标表",))
    projects: Any = source.data["项目"]  # type: ignore[index, call-overload]
    rows = {
        (unit["单位"], project["名称"]): sum(map(Decimal, project["当年预算"].values()))
        for unit in projects
        for project in unit["项目"]
        if "当年预算" in project
    }
    forms = {
        (form["实施单位"], form["项目名称"]): sum(map(Decimal, form["资金"]["年度"].values()))
        if form.get("资金", {}).get("年度")
        else Decimal(0)
        for form in committed
    }
    pairs = {key: (rows.get(key, "无"), forms.get(key, "无")) for key in rows.keys() | forms.keys()}
    found = {
        f"{unit}/{name}": f"表十二 {row}，绩效目标表 {form}"
        for (unit, name), (row, form) in pairs.items()
        if row != form
    }
    listed = read_resolutions(DRAFTS / f"contradictions-{DEPARTMENT}.yaml")
    assert found == {entry["项目"]: entry["原文"] for entry in listed}


def test_the_printed_document_reads_back_as_the_data(
    printed_files: tuple[dict[str, Path], float], committed: list[dict[str, Any]], pack: Pack
) -> None:
    """Every cell of every form stands in the DOCX and in the PDF."""
    files, _ = printed_files
    assert _forms(files[".docx"], pack) == committed
    # a space at the end of a printed line cannot be told from a line break
    assert _without_spaces(_forms(files[".pdf"], pack)) == _without_spaces(committed)


def _without_spaces(data: Any) -> Any:
    if isinstance(data, str):
        return data.replace(" ", "")
    if isinstance(data, dict):
        return {key: _without_spaces(value) for key, value in data.items()}
    return [_without_spaces(item) for item in data]


def test_printing_needs_little_memory(printed_files: tuple[dict[str, Path], float]) -> None:
    assert printed_files[1] < ENOUGH


def test_every_form_has_its_line_in_the_index_with_its_page(
    printed_files: tuple[dict[str, Path], float], committed: list[dict[str, Any]]
) -> None:
    document = pypdfium2.PdfDocument(printed_files[0][".pdf"])

    @cache
    def page_text(number: int) -> str:
        page = document[number]
        text = page.get_textpage()
        words = text.get_text_range().split()
        text.close()
        page.close()
        return "".join(words)

    bookmarks = [(item.level, item.get_title(), item.get_dest()) for item in document.get_toc()]
    projects = [(title, dest.get_index()) for level, title, dest in bookmarks if level == 2]
    names = [form["项目名称"] for form in committed]
    forms = [(title, page) for title, page in projects if title in set(names)][-len(names) :]
    assert [title for title, _ in forms] == names
    units = {title for level, title, _ in bookmarks if level == 1}
    assert {f"{form['实施单位']}项目支出绩效目标表" for form in committed} <= units
    first = next(number for number in range(len(document)) if "—1—" in page_text(number))
    before = [page_text(number) for number in range(forms[0][1])]  # the index is among them
    index = "".join(page for page in before if "页码" in page and "年度金额（元）" in page)
    for number, (name, page) in enumerate(forms, 1):
        assert "".join(name.split()) in page_text(page)
        assert f"{number}{''.join(name.split())}" in index
        assert f"—{page - first + 1}—" in page_text(page)
    document.close()
