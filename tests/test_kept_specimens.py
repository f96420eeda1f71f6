"""What specimens showed is kept beside the program: a pack that was printed before has none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.core.files.store import Store
from generator.core.findings import UnusableInputError
from generator.printing import kept_specimens
from generator.printing.kept import KeptPieces
from tests.test_looks_of_grids import SPECIMEN, Copy, Printer, grid, printer, same

__all__ = ["printer"]

pytestmark = pytest.mark.usefixtures("store")

GRIDS = (grid("甲表", rows=60), grid("乙单位的表", (20, 30, 50)))
OTHERS = (grid("丙局的表", (33, 67), rows=3), grid("丁"))
TEXT = 1
"""The pages of text in each document, which are laid out every time."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Stands for the folder beside the program."""
    folder = Store(tmp_path / "specimens", 1_000_000)
    monkeypatch.setattr(kept_specimens, "_beside_the_program", lambda: folder)
    return folder


def printed(printer: Printer, *sections: str, css: str = "", setting: str = "a") -> Copy:
    """Prints as a process does that has just begun, with nothing kept but specimens."""
    return printer.print(*sections, css=css, kept=KeptPieces(setting=setting))


def test_a_look_that_was_printed_before_takes_no_specimen(printer: Printer) -> None:
    assert printed(printer, *GRIDS).laid_out == TEXT + SPECIMEN
    again = printed(printer, *OTHERS)
    assert again.laid_out == TEXT
    assert again.painted == len(OTHERS)
    assert same(again, printer.print(*OTHERS, alone=True))


def test_what_is_found_prints_the_same_bytes(printer: Printer) -> None:
    first = printed(printer, *GRIDS)
    assert printed(printer, *GRIDS).content == first.content
    assert printer.print(*GRIDS).content == first.content


def test_tables_that_are_tightened_are_found_too(printer: Printer) -> None:
    sections = [grid("甲表"), grid("乙表", table="form tight-1")]
    assert printed(printer, *sections).laid_out > TEXT
    again = printed(printer, *sections)
    assert again.laid_out == TEXT
    assert printed(printer, sections[1]).laid_out == TEXT
    assert same(again, printer.print(*sections, alone=True))


def test_cells_that_were_not_there_before_are_added(printer: Printer) -> None:
    printed(printer, grid("甲表"))
    assert printed(printer, grid("乙表", cell="total")).laid_out == TEXT + SPECIMEN
    both = [grid("甲表"), grid("乙表", cell="total")]
    again = printed(printer, *both)
    assert again.laid_out == TEXT
    assert same(again, printer.print(*both, alone=True))


@pytest.mark.parametrize(("css", "setting"), [("td { padding: 3pt }", "a"), ("", "b")])
def test_another_look_has_its_own(printer: Printer, css: str, setting: str) -> None:
    printed(printer, *GRIDS)
    other = printed(printer, *GRIDS, css=css, setting=setting)
    assert other.laid_out == TEXT + SPECIMEN
    assert same(other, printer.print(*GRIDS, css=css, alone=True))


def test_files_of_the_pack_belong_to_its_look(printer: Printer) -> None:
    printed(printer, *GRIDS)
    (printer.folder / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert printed(printer, *GRIDS).laid_out == TEXT + SPECIMEN


@pytest.mark.parametrize(
    "name", ["表<b>机密单位</b>", "<data value='1'>机密单位</data>", " 机密单位 ", "机密单位"]
)
def test_nothing_of_what_a_document_says_is_kept(printer: Printer, store: Store, name: str) -> None:
    printed(printer, grid("甲表").replace("<span>部门</span>", "<span>机密部门</span>"), grid(name))
    files = [file.read_bytes() for file in store.folder.iterdir()]
    assert len(files) == 1
    assert not any("机密".encode() in content or "密".encode() in content for content in files)


def test_where_a_look_is_not_certain_nothing_is_kept(printer: Printer, store: Store) -> None:
    printed(printer, *GRIDS, setting="")
    assert not store.folder.exists()


def test_where_python_keeps_no_code_nothing_is_kept(
    printer: Printer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    printed(printer, *GRIDS)
    assert not store.folder.exists()


@pytest.mark.parametrize(("picture", "code"), [("none.png", "E404"), ("mark.svg", "E403")])
def test_what_is_wrong_with_a_specimen_is_told_every_time(
    printer: Printer, store: Store, picture: str, code: str
) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    (printer.folder / "mark.svg").write_text(f"{svg}<image href='file:///etc/a.png'/></svg>")
    css = f"@page sheet {{ background: url({(printer.folder / picture).as_uri()}) }}"
    for _ in range(2):
        with pytest.raises(UnusableInputError) as failed:
            printed(printer, *GRIDS, css=css)
        assert {finding.code for finding in failed.value.findings} == {code}
    assert not store.folder.exists()


@pytest.mark.parametrize("damage", [b"", b"cos\n", b"\x80\x04N."])
def test_what_is_damaged_is_made_anew(printer: Printer, store: Store, damage: bytes) -> None:
    first = printed(printer, *GRIDS)
    for file in store.folder.iterdir():
        store.put(file.name, damage)
    again = printed(printer, *GRIDS)
    assert again.laid_out == TEXT + SPECIMEN
    assert again.content == first.content
    assert printed(printer, *GRIDS).laid_out == TEXT
