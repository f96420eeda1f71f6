"""Files that a PDF carries: the figures and the workbook, as PDF/A-3 asks; the check knows them."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from generator.core.records import replace
from generator.drafts.pdf.facts import pdf_facts
from generator.drafts.safety.file_set import mark_of_attached, set_mark_of
from generator.pack.pack import Attached, Pack
from generator.printing.formats import Format, print_formats
from tests.conftest import UNIT, Sample

FIGURES, WORKBOOK = "figures.json", "xlsx"
Built = dict[str, bytes]


def built(sample: Sample, *attached: Attached) -> Built:
    """The files of a build by their extensions."""
    settings = sample.pack.settings.model_copy(update={"attached": attached})
    pack: Pack = replace(sample.pack, settings=settings)
    formats = [Format.PDF, Format.XLSX] if attached else [Format.PDF]
    files = print_formats(sample.composed, pack, formats, lambda _: None, sample.pieces).files
    return {name.removeprefix(f"{sample.composed.stem}."): file for name, file in files.items()}


@pytest.fixture(scope="module")
def carrying(printed: Callable[[str], Sample]) -> Built:
    return built(printed(UNIT), Attached.STATEMENTS, Attached.FIGURES)


def objects(pdf: bytes) -> bytes:
    """All objects that are no streams."""
    streams = re.finditer(rb"/ObjStm.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"\n".join(zlib.decompressobj().decompress(stream[1]) for stream in streams)


def carried(pdf: bytes) -> dict[str, bytes]:
    document = pypdfium2.PdfDocument(pdf)
    files = [document.get_attachment(at) for at in range(document.count_attachments())]
    return {file.get_name().partition(".")[2]: bytes(file.get_data()) for file in files}


def test_a_pdf_carries_the_files_beside_it(carrying: Built) -> None:
    assert carried(carrying["pdf"]) == {kind: carrying[kind] for kind in (FIGURES, WORKBOOK)}
    assert json.loads(carrying[FIGURES])["数字"]


def test_each_says_what_it_is_and_the_document_refers_to_it(carrying: Built) -> None:
    small = objects(carrying["pdf"])
    specifications = re.findall(rb"<</Type /Filespec.*?/AFRelationship /(\w+)/EF", small, re.DOTALL)
    assert sorted(specifications) == [b"Data", b"Source"]
    (belonging,) = re.findall(rb"/AF \[([^\]]*)\]", small)
    (listed,) = re.findall(rb"/EmbeddedFiles <</Names \[(.*?)\]>>", small, re.DOTALL)
    references = re.findall(rb"\d+ 0 R", belonging)
    assert len(references) == 2
    assert all(each in listed for each in references)
    kinds = re.findall(rb"/EmbeddedFile/Subtype /(\S+?)/Params", carrying["pdf"])
    assert sorted(kinds) == [
        b"application#2fjson",
        b"application#2fvnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]


def test_a_pdf_is_the_same_every_time_and_without_them_has_none(
    printed: Callable[[str], Sample], carrying: Built
) -> None:
    again = built(printed(UNIT), Attached.STATEMENTS, Attached.FIGURES)
    assert again == carrying
    bare = printed(UNIT).file("pdf")
    assert carried(bare) == {}
    assert b"/AF " not in objects(bare)
    assert carried(built(printed(UNIT), Attached.FIGURES)["pdf"]).keys() == {FIGURES}


def test_the_date_of_a_file_is_written_where_there_is_one(
    printed: Callable[[str], Sample], monkeypatch: pytest.MonkeyPatch, carrying: Built
) -> None:
    assert b"/ModDate" not in carrying["pdf"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert b"/ModDate (D:20250101000000Z)" in built(printed(UNIT), Attached.FIGURES)["pdf"]


def test_colours_metadata_and_links_are_as_archives_want_them(carrying: Built) -> None:
    small = objects(carrying["pdf"])
    (profile,) = re.findall(rb"/S /GTS_PDFA1.*?/DestOutputProfile (\d+) 0 R", small)
    body = re.search(rb"\n%s 0 obj\n<<.*?stream\n(.*?)\nendstream" % profile, carrying["pdf"], re.S)
    assert body is not None
    assert zlib.decompress(body[1])[36:40] == b"acsp"  # an ICC profile says so here
    (metadata,) = re.findall(rb"<x:xmpmeta.*</x:xmpmeta>", carrying["pdf"], re.S)
    tree = etree.fromstring(metadata)
    described = tree.findtext(".//{http://www.aiim.org/pdfa/ns/schema#}namespaceURI")
    assert described == "http://www.aiim.org/pdfua/ns/id/"
    assert len(tree) == 1
    assert b"pdfaid" not in metadata  # nothing has checked that it is PDF/A
    links = [line for line in small.split(b"\n") if b"/Subtype /Link" in line]
    assert links
    assert all(re.search(rb"/F 4\b", link) for link in links)


def told(path: Path) -> list[tuple[int, str]]:
    facts = pdf_facts(path, [], [])
    return [(each.count, each.excerpt) for each in facts.traces if each.kind == "嵌入文件"]


def test_the_check_knows_its_own_files_and_names_all_others(
    carrying: Built, tmp_path: Path
) -> None:
    path = tmp_path / "某局.pdf"
    path.write_bytes(carrying["pdf"])
    assert told(path) == []
    mark = set_mark_of(path).encode()
    path.write_bytes(carrying["pdf"].replace(mark, b"0" * 32))  # as if of another build
    (others,) = told(path)
    assert others[0] == 2
    assert FIGURES in others[1]
    unmarked = carrying["pdf"].replace(b"/ID [<", b"/IX [<")  # another program's
    path.write_bytes(unmarked)
    assert told(path)[0][0] == 2


def test_a_file_of_another_kind_is_nobodys(carrying: Built) -> None:
    own = mark_of_attached("某局.xlsx", carrying[WORKBOOK])
    assert own == mark_of_attached("某局.figures.json", carrying[FIGURES]) != ""
    assert mark_of_attached("某局.exe", carrying[WORKBOOK]) == ""
    assert mark_of_attached("某局.xlsx", b"PK\x03\x04") == ""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("docProps/custom.xml", "<a/>")
    assert mark_of_attached("某局.xlsx", out.getvalue()) == ""
