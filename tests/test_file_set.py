"""Files of two builds side by side are told by the mark that each carries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.rule import Passed
from generator.checks.rules.files import file_set
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.draft import FileFacts
from generator.drafts.safety.file_set import set_mark_of, strangers
from generator.pack.pack import Pack
from generator.printing.set_mark import marked_figures, marked_html, marked_pdf, marked_properties
from generator.reading.document import Origin
from generator.reading.from_data import presented_data
from tests.conftest import UNIT, Sample

ONE, OTHER = "0" * 31 + "1", "0" * 31 + "2"


def docx(mark: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        core = marked_properties(b"<cp:coreProperties></cp:coreProperties>", mark)
        package.writestr("docProps/core.xml", core)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<</Type /XRef/Size 1>>\nstream" + b"x" * 9000
PDF += b"\nstartxref\n9\n%%EOF\n"
MAKE: dict[str, Callable[[str], bytes]] = {
    "pdf": lambda mark: marked_pdf(PDF, mark),
    "docx": docx,
    "html": lambda mark: marked_html(b"<html><head></head></html>", mark),
    "figures.json": lambda mark: marked_figures(b'{\n "a": 1}', mark),
}


@pytest.mark.parametrize("kind", MAKE)
def test_every_format_tells_its_mark(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"某局.{kind}"
    file.write_bytes(MAKE[kind](ONE))
    assert set_mark_of(file) == ONE
    for spoilt in (b"", b"PK\x03\x04", b"x" * 9000):
        file.write_bytes(spoilt)
        assert set_mark_of(file) == ""


def test_what_is_written_carries_one_mark(printed: Callable[[str], Sample], tmp_path: Path) -> None:
    marks = set()
    for kind in ("pdf", "docx", "html"):
        file = tmp_path / f"某局.{kind}"
        file.write_bytes(printed(UNIT).file(kind))
        marks.add(set_mark_of(file))
    assert len(marks) == 1
    assert marks != {""}
    assert strangers(file) == ()


def test_files_of_another_build_are_named(tmp_path: Path) -> None:
    for kind, make in MAKE.items():
        (tmp_path / f"某局.{kind}").write_bytes(make(OTHER if kind == "docx" else ONE))
        (tmp_path / f"某局（送审稿）.{kind}").write_bytes(make(OTHER))
    assert strangers(tmp_path / "某局.pdf") == ("某局.docx",)
    assert strangers(tmp_path / "某局.docx") == ("某局.pdf", "某局.html", "某局.figures.json")
    (tmp_path / "某局.docx").write_bytes(b"PK of another program")
    assert strangers(tmp_path / "某局.pdf") == ()


def test_the_check_names_them(printed: Callable[[str], Sample], pack: Pack) -> None:
    document = replace(presented_data(printed(UNIT).composed, pack), origin=Origin.DRAFT)
    (check,) = file_set.CHECKS
    assert [type(each) for each in check(document, pack)] == [Passed]
    mixed = replace(document, facts=FileFacts(strangers=("某局.docx",)))
    (told,) = check(mixed, pack)
    assert isinstance(told, Finding)
    assert (told.code, "某局.docx" in told.message) == ("W784", True)
