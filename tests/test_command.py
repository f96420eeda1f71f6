"""The command line: help, schema, explanations, all in Chinese."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from generator.cli.lazy import Deferred
from generator.cli.main import cli
from generator.core.codes import CODES
from generator.core.files.store import open_store
from tests.conftest import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def _help(*command: str) -> str:
    """What ``--help`` shows."""
    return _run(*command, "--help").stdout


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["schema", "--help"]])
def test_help_is_chinese(arguments: list[str]) -> None:
    text = _help(*arguments[:-1])
    assert "用法：" in text
    for english in ("Usage", "Options", "Show this", "OPTIONS", "ARGS"):
        assert english not in text


def test_a_wrong_command_is_answered_with_a_suggestion() -> None:
    done = _run("buidl")
    assert done.returncode == 2
    assert "没有“buidl”这个命令。是不是 disclosure build？" in done.stderr


HEAVY = ("jinja2", "lxml", "numpy", "pydantic", "rich", "weasyprint", "yaml")
IMPORTS = """
import sys
from generator.cli.main import cli
try:
    cli(sys.argv[1:], standalone_mode=False)
finally:
    print(*sys.modules)
"""


DATACLASSES = """
import dataclasses, sys
made = []
process = dataclasses._process_class
dataclasses._process_class = lambda *given: made.append(given) or process(*given)
from generator.cli.main import cli
try:
    cli(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
print(len(made))
"""


@cache
def _imported_by(*arguments: str, code: int = 0) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["cache"]])
def test_what_needs_no_library_loads_none(arguments: list[str]) -> None:
    imported = _imported_by(*arguments)
    assert "click" in imported
    assert imported.isdisjoint(HEAVY)


MINIMAL = "tests/packs/最小示例-2026"
FOR_DRAFTS = ("docx", "highspy", "numpy", "pypdfium2")
FOR_PRINTING = ("fontTools", "weasyprint", "xlsxwriter")


def test_a_check_of_data_loads_no_reader_and_no_printer() -> None:
    imported = _imported_by("check", MINIMAL)
    assert "generator.checks.run" in imported
    assert imported.isdisjoint((*FOR_DRAFTS, *FOR_PRINTING))


def test_a_check_of_data_loads_no_rule_for_drafts_and_no_writer_of_reports() -> None:
    imported = _imported_by("check", MINIMAL)
    assert "generator.checks.general.document.rules" in imported
    assert imported.isdisjoint(
        (
            "generator.checks.general.draft_checks",
            "generator.checks.general.wording.checks",
            "generator.drafts.read",
            "generator.drafts.workbook.read",
            "generator.reports.html_report",
            "generator.reports.sheet.write",
        )
    )


def test_a_diff_of_data_solves_for_no_amounts() -> None:
    imported = _imported_by("diff", MINIMAL, MINIMAL)
    assert "generator.compare.compare" in imported
    assert imported.isdisjoint((*FOR_DRAFTS, *FOR_PRINTING))


def test_a_check_of_a_draft_loads_the_reader_of_its_format_and_no_printer(tmp_path: Path) -> None:
    draft = tmp_path / "草稿.html"
    draft.write_text("<h1>某某局2026年度部门预算</h1><p>本年收入10万元。</p>", encoding="utf-8")
    imported = _imported_by("check", str(draft), code=1)
    assert "generator.drafts.html.read" in imported
    assert imported.isdisjoint(("docx", "pypdfium2", *FOR_PRINTING))


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (["--help"], 140),
        (["check", MINIMAL], 710),
        (["diff", MINIMAL, MINIMAL], 670),
        (["build", MINIMAL, "--format", "pdf", "--no-cache", "-o"], 970),
    ],
    ids=["help", "check", "diff", "build"],
)
def test_a_start_imports_no_more_modules_than_it_did(
    arguments: list[str], most: int, tmp_path: Path
) -> None:
    folder = [str(tmp_path)] if arguments[-1] == "-o" else []
    assert len(_imported_by(*arguments, *folder)) <= most


def test_a_check_of_data_makes_few_dataclasses() -> None:
    """Each takes a millisecond to make, for its methods are compiled; structs take none."""
    made = subprocess.run(
        [sys.executable, "-c", DATACLASSES, "check", MINIMAL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(made.stdout.splitlines()[-1]) <= 100


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_is_there_and_told_in_a_line(name: str) -> None:
    command = cli.commands[name]
    assert isinstance(command, Deferred)
    assert command.load().name == name
    assert f"  {name}" in _help()
    assert str(command.short_help) in _help()


def test_schema_describes_the_data_for_editors(tmp_path: Path) -> None:
    target = tmp_path / "schema.json"
    assert _run("schema", "-o", str(target)).returncode == 0
    schema = json.loads(target.read_text(encoding="utf-8"))
    assert schema["properties"]["收支"]["type"] == "array"
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str) -> None:
    assert CODES[code].explanation.endswith("。")
    assert CODES[code].title


def test_explain_prints_title_and_text() -> None:
    done = _run("explain", "e204")
    assert done.stdout.startswith("E204  金额不合要求")
    assert _run("explain", "E999").returncode == 2


def test_the_compiled_wording_is_up_to_date() -> None:
    folder = ROOT / "generator" / "locale" / "zh_CN" / "LC_MESSAGES"
    with (folder / "messages.po").open("rb") as po, (folder / "messages.mo").open("rb") as mo:
        compiled_now = io.BytesIO()
        write_mo(compiled_now, read_po(po, locale="zh_CN"))
        compiled_now.seek(0)
        assert _wording(read_mo(compiled_now)) == _wording(read_mo(mo))


def _wording(catalog: Catalog) -> set[tuple[str, str]]:
    return {(str(message.id), str(message.string)) for message in catalog if message.id}


def test_the_cache_is_shown_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_CACHE", str(tmp_path / "cache"))
    assert _run("cache").stdout == f"位置：{tmp_path / 'cache'}\n内容：0 项，0.0 MB\n"
    store = open_store()
    for number in range(3):
        store.put(f"{number:064x}", bytes(1_000_000))
    assert "内容：3 项，3.0 MB" in _run("cache").stdout
    assert _run("cache", "clear").stdout == "已清除 3 项，3.0 MB\n"
    assert _run("cache", "clear").stdout == "缓存是空的，没有可清除的\n"
    assert store.size() == (0, 0)
