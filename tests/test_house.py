"""The house itself: sizes of rooms and modules, the picture, the glossary, paths in the docs."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scripts import draw_rooms
from tests.conftest import ROOT

PROGRAM = ROOT / "generator"
FULL = 15
"""Modules that a folder may have: so many names are read at a glance."""
LONG = 420
"""Lines that a module may have; most have a third of that."""


def _modules(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*.py") if file.name != "__init__.py"]


def _folders() -> Iterator[str]:
    for file in sorted(PROGRAM.rglob("__init__.py")):
        if file.parent != PROGRAM:
            yield file.parent.relative_to(PROGRAM).as_posix()


def test_no_folder_holds_more_than_a_reader_takes_in() -> None:
    found = {folder: len(_modules(PROGRAM / folder)) for folder in _folders()}
    fuller = {folder: number for folder, number in found.items() if number > FULL}
    assert fuller == {}, "divide the folder by purpose"


def test_no_loose_module_stands_at_the_top() -> None:
    assert [file.name for file in _modules(PROGRAM)] == ["__main__.py"]


def test_no_module_is_too_long_to_read() -> None:
    lengths = {
        file.relative_to(PROGRAM).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in PROGRAM.rglob("*.py")
    }
    assert {name for name, length in lengths.items() if length > LONG} == set()


def test_every_folder_says_what_it_is_for() -> None:
    silent = [
        folder
        for folder in _folders()
        if not ast.get_docstring(ast.parse((PROGRAM / folder / "__init__.py").read_text("utf-8")))
    ]
    assert silent == []


def test_the_picture_shows_the_rooms_as_they_are() -> None:
    drawn = draw_rooms.TARGET.read_text("utf-8")
    assert draw_rooms.picture() == drawn, "run: .venv/bin/python scripts/draw_rooms.py"


def test_the_name_of_a_class_or_function_has_one_meaning() -> None:
    """Public ones of two modules have two names, but for ``main``, with which a process begins."""
    found = re.compile(r"^(?:class|def) ((?!main\b)[A-Za-z]\w*)", re.M)
    names = Counter(
        name for file in PROGRAM.rglob("*.py") for name in found.findall(file.read_text())
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_records_are_changed_in_one_way() -> None:
    """Those of dataclasses and of msgspec refuse each other's records, and mypy does not see it."""
    others = re.compile(r"^from (?:dataclasses|msgspec\.structs) import .*\breplace\b", re.M)
    of_modules = re.compile(r"\b(?:dataclasses|structs)\.replace\(|\bdataclasses\.asdict\b")
    assert [
        file.name
        for folder in (PROGRAM, ROOT / "tests", ROOT / "scripts")
        for file in folder.rglob("*.py")
        if file.name not in ("records.py", "test_house.py")
        for text in [file.read_text("utf-8")]
        if others.search(text) or of_modules.search(text)
    ] == []


@cache
def _names() -> frozenset[str]:
    """Every name that the program gives to a class, a function, a field or a value."""
    names: set[str] = set()
    for file in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                names.add(node.target.id)
            elif isinstance(node, ast.Assign):
                names.update(each.id for each in node.targets if isinstance(each, ast.Name))
    return frozenset(names)


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| `(\w+)` \| [^|]+ \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M
    )
    assert len(rows) > 50
    assert {name for _, name in rows} - _names() == set()
    terms = [term for term, _ in rows]
    assert len(terms) == len(set(terms)), "a term stands in the glossary once"


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
WALK = ("architecture", "decisions")
"""Pages about the code: whatever looks like a path in them is one."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_pages_name_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    path = (
        r"[\w./-]+/[\w./-]*" if {page.stem, page.parent.name}.intersection(WALK) else r"\w+/\S+\.py"
    )
    for named in re.findall(f"`({path})`", text):
        assert any((folder / named).exists() for folder in (ROOT, PROGRAM)), named
    for linked in re.findall(r"\]\(([^):#]+)\)", text):
        assert (page.parent / linked).exists(), linked


def test_every_decision_says_why_what_and_at_what_cost() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = {page.name: page.read_text("utf-8") for page in folder.glob("*.md")}
    index = pages.pop("README.md")
    assert set(re.findall(r"\]\(([^)]+)\)", index)) == set(pages)
    for name, text in pages.items():
        headings = re.findall(r"^## (.+)$", text, re.M)
        assert headings == ["Context", "Decision", "What it costs"], name
