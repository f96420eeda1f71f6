"""PDF drafts that are damaged, hostile or without readable text are refused in clear words."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import raw
from weasyprint import HTML

from generator.core.findings import UnusableInputError
from generator.drafts.pdf import limits as pdf_limits
from generator.drafts.pdf import source
from generator.drafts.pdf.page.page import read_page
from generator.drafts.read import read_draft

TEXT = "<style>@page {size: 300pt 200pt}</style><p>预算公开文本</p>"


def printed(text: str = TEXT) -> bytes:
    content = HTML(string=text).write_pdf(uncompressed_pdf=True)
    assert isinstance(content, bytes)
    return content


def refusal(folder: Path, content: bytes) -> tuple[str, str]:
    path = folder / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError) as caught:
        read_draft(path)
    (finding,) = caught.value.findings
    return finding.code, finding.message


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_files_cut_short(tmp_path: Path, share: float) -> None:
    whole = printed()
    cut = whole[: int(len(whole) * share)]
    assert refusal(tmp_path, cut) == ("E603", "文件不完整，打不开")


def without_mapping(content: bytes) -> bytes:
    """A PDF whose fonts do not say which characters they draw."""
    return re.sub(rb"/(ToUnicode|FontFile\d?) \d+ 0 R", b"", content)


def test_text_without_an_encoding(tmp_path: Path) -> None:
    found = refusal(tmp_path, without_mapping(printed()))
    assert found == ("E605", "文字没有编码，读出来是乱码")


def page_of(packed: bytes) -> bytes:
    """A PDF of one page with these instructions."""
    head = f"<< /Filter /FlateDecode /Length {len(packed)} >>".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        head + b"\nstream\n" + packed + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n"


def test_pages_that_swell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_limits, "MAX_STREAM_BYTES", 2**20)
    swelling = zlib.compress(b"q " * 2**20)
    assert refusal(tmp_path, page_of(swelling)) == ("E602", "内容压缩得不合常理")
    usual = zlib.compress(b"q Q " * 2**10)
    assert refusal(tmp_path, page_of(usual)) == ("E605", "文件里没有文字，可能是扫描件")


def test_a_picture_may_be_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_limits, "MAX_STREAM_BYTES", 2**20)
    large = zlib.compress(b"\0" * 2**22)
    head = b"<< /Subtype /Image /Filter /FlateDecode /Length %d >>\nstream\n" % len(large)
    picture = b"9 0 obj\n" + head + large + b"\nendstream\nendobj\n"
    content = page_of(b"q Q").replace(b"trailer", picture + b"trailer")
    pdf_limits.check_streams(tmp_path, content)
    as_contents = content.replace(b"/Contents 4 0 R", b"/Contents 9 0 R")
    with pytest.raises(UnusableInputError):
        pdf_limits.check_streams(tmp_path, as_contents)


def test_pdfium_passes_over_a_page_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading a page, its characters and its objects takes most of the time of reading it."""
    passes: Counter[str] = Counter()

    def counted(name: str) -> Any:
        function = getattr(raw, name)

        def call(*arguments: Any) -> Any:
            passes[name] += 1
            return function(*arguments)

        return call

    names = ("FPDF_LoadPage", "FPDFText_LoadPage", "FPDFPage_CountObjects")
    for name in names:
        monkeypatch.setattr(raw, name, counted(name))
    path = tmp_path / "a.pdf"
    table = "<table border=1><tr><td>收入</td><td>1.00</td></tr></table>"
    path.write_bytes(printed(f'{TEXT}{table}<p style="break-before: page">第二页</p>'))
    with source.opened(path) as document:
        pages = [read_page(page) for page in source.drawn_pages(path, document, [1, 2])]
    assert len(pages) == 2
    assert passes == dict.fromkeys(names, len(pages))
