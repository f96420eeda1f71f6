"""A PDF may be hostile: reading it ends soon, in bounded memory, with a finding or its text."""

from __future__ import annotations

import base64
import binascii
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.drafts.pdf import limits as pdf_limits
from generator.drafts.pdf.filters import TooLargeError, unfiltered
from generator.drafts.pdf.flow import blocks_of_pages
from generator.drafts.pdf.page.page import read_page
from generator.drafts.pdf.source import drawn_pages, opened, page_count
from generator.drafts.read import read_draft
from tests.pdf_pages import document, page, stream

TEXT = b"BT /F 10 Tf 20 150 Td (Text) Tj ET"


def refusal(content: bytes, folder: Path) -> str:
    path = folder / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError) as caught:
        read_draft(path)
    (finding,) = caught.value.findings
    return f"{finding.code} {finding.message}"


# Filters


@pytest.mark.parametrize(
    ("filters", "packed"),
    [
        (["FlateDecode", "Fl"], zlib.compress(zlib.compress(TEXT))),
        (["ASCIIHexDecode"], binascii.hexlify(TEXT) + b" >"),
        (["A85", "Fl"], base64.a85encode(zlib.compress(TEXT)) + b"~>"),
        (["RunLengthDecode"], bytes([len(TEXT) - 1]) + TEXT + b"\x80"),
        (["DCTDecode"], TEXT),
    ],
)
def test_filters_are_undone(filters: list[str], packed: bytes) -> None:
    assert unfiltered(packed, filters, 1000) == TEXT


def test_lzw_as_the_specification_has_it() -> None:
    packed = bytes.fromhex("800B6050220C0C8501")
    assert unfiltered(packed, ["LZW"], 99) == bytes([45, 45, 45, 45, 45, 65, 45, 45, 45, 66])


@pytest.mark.parametrize(
    ("filters", "packed"),
    [
        (["FlateDecode"], zlib.compress(b" " * 5000)),
        (["Fl", "Fl"], zlib.compress(zlib.compress(b" " * 5000))),
        (["Fl", "RL"], zlib.compress(b"\x81 " * 100)),
        (["A85"], b"z" * 2000),
    ],
)
def test_what_swells_is_stopped(filters: list[str], packed: bytes) -> None:
    with pytest.raises(TooLargeError):
        unfiltered(packed, filters, 1000)


SWELLING = zlib.compress(zlib.compress(b"q Q " * 2**20))


@pytest.mark.parametrize(
    ("contents", "entries"),
    [
        (SWELLING, b"/Filter [/FlateDecode /FlateDecode]"),
        (SWELLING, b"/Filter [ /Fl#61teDecode/#46l ]"),
        (SWELLING, b"/Subtype /Image /Filter [/FlateDecode /FlateDecode]"),
        (binascii.hexlify(SWELLING) + b">", b"/Filter [/AHx /Fl /Fl]"),
        (b"", b"/Filter [" + b"/Fl " * 9 + b"]"),
    ],
    ids=["两层", "改写的名字", "自称图片", "十六进制", "九层"],
)
def test_page_contents_that_swell(
    contents: bytes, entries: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_limits, "MAX_STREAM_BYTES", 2**20)
    assert refusal(page(stream(contents, entries)), tmp_path) == "E602 内容压缩得不合常理"


# What only reading shows


@pytest.mark.parametrize("again", [b"stream\n" * 60_000, b"1 0 obj<<>>stream\n" + b"x" * 5000])
def test_streams_within_streams_are_not_unpacked(tmp_path: Path, again: bytes) -> None:
    copies = 1 if len(again) > 2**16 else 800
    content = b"%PDF-1.4\n" + again * copies + b"endstream\nendobj\n%%EOF"
    assert refusal(content, tmp_path) == "E602 内容压缩得不合常理"


def form(contents: bytes, name: int) -> bytes:
    entries = b"/Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X %d 0 R >> >>" % name
    return stream(contents, entries)


def test_forms_that_double_each_other(tmp_path: Path) -> None:
    forms = {number: form(b"/X Do " * 9, number + 1) for number in range(10, 15)}
    forms[15] = form(TEXT * 3, 99)
    assert refusal(page(b"/X Do", others=forms), tmp_path) == "E602 第1页的内容多得不合常理"


def test_a_page_of_too_many_things(tmp_path: Path) -> None:
    packed = stream(zlib.compress(TEXT + b" 0 0 m 9 9 l S" * 500_000), b"/Filter /FlateDecode")
    assert refusal(page(packed), tmp_path) == "E602 第1页的内容多得不合常理"


@pytest.mark.parametrize(
    "pages",
    [
        b"/Kids [2 0 R 2 0 R] /Count 1000000",
        b"/Kids [] /Count 2000000000",
        b"/Kids [3 0 R] /Count 3",
    ],
    ids=["环", "自称很多", "缺页"],
)
def test_page_trees_that_lie(pages: bytes, tmp_path: Path) -> None:
    root = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages %s >>" % pages}
    assert refusal(document(root), tmp_path)[:4] in ("E602", "E603")


@pytest.mark.parametrize("box", [b"[0 0 1000000000 1000000000]", b"[0 0 %s 9]" % (b"9" * 5000)])
def test_pages_of_any_size(box: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page(TEXT).replace(b"[0 0 300 200]", box))
    try:
        assert [line.spot.number for line in read_draft(path).lines()] == [1]
    except UnusableInputError as error:
        assert [each.code for each in error.findings] == ["E603"]


def test_a_file_cut_off_after_its_pages(tmp_path: Path) -> None:
    content = page(TEXT)
    assert refusal(content[: content.rindex(b"trailer")], tmp_path).startswith("E603 ")


# Mutations


def swapped(content: bytes, random_: random.Random) -> bytes:
    """A PDF with a few bytes, numbers or operators changed at random."""
    parts = bytearray(content)
    for _ in range(random_.randint(1, 4)):
        at = random_.randrange(9, len(parts))
        odd = [b"\0", b"-", b"1e9", b"<<", b"[", b"(", b"R", b" 0 ", b"99999999999", b"/X", b"Do"]
        parts[at : at + random_.randint(0, 3)] = random_.choice(odd)
    return bytes(parts)


CONTENTS = TEXT + b" q 0 1 -1 0 150 40 cm 0 0 m 120 0 l S 0 0 60 20 re B /X Do Q 0 0 5 5 re W n"


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files(seed: int, tmp_path: Path) -> None:
    random_ = random.Random(seed)  # noqa: S311
    whole = page(CONTENTS, b"/Rotate 90", {10: form(TEXT, 99)})
    path = tmp_path / "a.pdf"
    for _ in range(60):
        path.write_bytes(swapped(whole, random_))
        try:
            with opened(path) as pages:
                numbers = range(1, page_count(path, pages) + 1)
                contents = [
                    each for drawn in drawn_pages(path, pages, numbers) for each in read_page(drawn)
                ]
            blocks_of_pages(path, contents)
        except UnusableInputError as error:
            assert {each.code for each in error.findings} <= {"E602", "E603", "E604", "E605"}


@pytest.mark.parametrize("change", [lambda c: c[:200], lambda c: c * 2, lambda c: c[::-1]])
def test_mangled_files(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(change(page(CONTENTS)))
    try:
        read_draft(path)
    except UnusableInputError as error:
        assert {each.code for each in error.findings} <= {"E602", "E603", "E605"}
