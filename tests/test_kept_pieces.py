"""Pieces of a PDF are kept: what did not change is not made again, and no byte differs."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from weasyprint import HTML

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.core.findings import UnusableInputError
from generator.pack.pack import Pack
from generator.printing.fragments.faces import Faces
from generator.printing.grids.painter import GridPainter
from generator.printing.kept import KeptPieces
from generator.printing.pdf import PrintedPdf, print_pdf
from generator.printing.pieces.layout import LayoutEngine
from tests.conftest import ROOT
from tests.counting import count_calls
from tests.embedding import Embedded, fonts_embedded_once

FORM = """
<section class="form"><h2 class="form" id="form{0}" data-bookmark="项目{0}">表</h2>
<table class="form">
<colgroup><col style="width: 60%"/><col style="width: 40%"/></colgroup>
<tbody><tr><td>项目{0}</td><td class="amount"><data value="1">{1}</data></td></tr></tbody>
</table></section>
"""
INDEX = """
<section class="form"><h2 class="form index">索引</h2><table class="form">
<colgroup><col style="width: 60%"/><col style="width: 40%"/></colgroup>
<tbody>{}</tbody></table></section>
"""
TEXT = '<section class="part start"><h1 data-toc="1">概况</h1><p>共{}个项目。</p></section>'


def html(*amounts: int, text: str = "三") -> str:
    """A document of contents, text, an index and a form for each amount."""
    rows = "".join(
        f'<tr><td>项目{n}</td><td><a class="page" href="#form{n}"></a></td></tr>' for n in amounts
    )
    forms = "".join(FORM.format(n, f"{n}.00") for n in amounts)
    return (
        '<html lang="zh-CN"><head><title>表</title></head><body>'
        '<section class="cover"><p>封面</p></section><nav class="toc"></nav>'
        f"{TEXT.format(text)}{INDEX.format(rows)}{forms}</body></html>"
    )


@dataclass
class InMemory:
    """Keeps bytes between the runs of a test."""

    entries: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        """What was kept."""
        return self.entries.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keeps something."""
        self.entries[key] = content


@dataclass
class Press:
    """Prints documents and counts what had to be made."""

    folder: Path
    css: str
    made: Counter[str]

    def print(self, text: str, memory: KeptPieces | None = None, more_css: str = "") -> PrintedPdf:
        """Prints a document; ``made`` tells what that took."""
        self.made.clear()
        document = parse_document(text, self.folder)
        return print_pdf(document, self.css + more_css, self.folder, kept=memory)


@pytest.fixture(scope="module", autouse=True)
def embedded_fonts() -> Iterator[Embedded]:
    """The fonts embedded so far."""
    embedded: Embedded = {}
    with fonts_embedded_once(embedded):
        yield embedded


@pytest.fixture
def press(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    made: Counter[str] = Counter()
    count_calls(monkeypatch, made, HTML, "render", "laid out")
    count_calls(monkeypatch, made, GridPainter, "paint", "painted")
    folder = Path(shutil.copytree(ROOT / "templates" / "yangquan", tmp_path / "pack"))
    yield Press(folder, render_stylesheet(pack), made)


def test_nothing_is_made_again_in_one_process(press: Press) -> None:
    memory = KeptPieces()
    first = press.print(html(1, 2, 3), memory)
    assert press.made["painted"] > 3
    again = press.print(html(1, 2, 3), memory)
    assert press.made == {}
    assert again.content == first.content
    assert again.page_numbers == first.page_numbers


def test_nothing_is_made_again_by_the_next_process(press: Press) -> None:
    kept = InMemory()
    first = press.print(html(1, 2, 3), KeptPieces(kept))
    again = press.print(html(1, 2, 3), KeptPieces(kept))
    assert press.made == {}
    assert again == first


@pytest.mark.parametrize("between_runs", [False, True])
def test_after_a_change_the_bytes_are_those_of_a_first_print(
    press: Press, between_runs: bool
) -> None:
    kept = InMemory()
    memory = KeptPieces(kept)
    press.print(html(1, 2, 3), memory)
    changed = html(1, 2, 3).replace("3.00", "4.00")
    printed = press.print(changed, KeptPieces(kept) if between_runs else memory)
    assert press.made["painted"] == 1
    assert press.made["laid out"] == int(between_runs)  # the specimen
    assert printed.content == press.print(changed).content


def test_pages_that_move_are_not_made_again_but_get_their_new_numbers(press: Press) -> None:
    memory = KeptPieces()
    press.print(html(1, 2, 3), memory)
    printed = press.print(html(9, 1, 2, 3), memory)
    assert press.made["painted"] == 3  # the new form, and the index before and after its pages
    assert printed.page_numbers["form3"] == 6
    assert printed.content == press.print(html(9, 1, 2, 3)).content


LAST = '<section class="part"><p>末尾的话</p></section></body>'


def test_text_that_moves_is_not_laid_out_again(press: Press) -> None:
    memory = KeptPieces()
    press.print(html(1, 2, 3).replace("</body>", LAST), memory)
    longer = html(9, 1, 2, 3).replace("</body>", LAST)
    printed = press.print(longer, memory)
    assert press.made["laid out"] == 0
    assert printed.content == press.print(longer).content
    assert said_on_last_page(printed) == "末尾的话\n— 7 —"


WIDE = """
@page wide { size: 297mm 210mm; @bottom-center { content: "— " counter(page) " —" } }
.wide { page: wide }
"""
BOTH_WAYS = '<section class="part"><p>竖的页</p><p class="wide">横的页</p></section></body>'


def test_text_on_pages_of_two_sizes_is_laid_out_once_and_numbered_where_it_stands(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number stands in the middle of each, as if WeasyPrint had printed it."""
    memory = KeptPieces()
    press.print(html(1, 2).replace("</body>", BOTH_WAYS), memory, WIDE)
    document = html(9, 1, 2).replace("</body>", BOTH_WAYS)
    ours = press.print(document, memory, WIDE)
    assert press.made["laid out"] == 0
    assert said_on_last_page(ours) == "横的页\n— 7 —"
    for owner, name in ((GridPainter, "paint"), (LayoutEngine, "_laid_out_anywhere")):
        monkeypatch.setattr(owner, name, lambda *_: None)
    theirs = press.print(document, more_css=WIDE)
    assert pictures(ours, -1, -2) == pictures(theirs, -1, -2)


@pytest.mark.parametrize(
    ("css", "says"),
    [
        ('@page text { @bottom-center { content: counter(page) "/" counter(pages) } }', "7/1"),
        ('@page text { @bottom-left { content: "第" counter(page) "页" } }', "第7页"),
        ('p::before { content: "（" counter(page) "）" }', "（7）末尾的话"),
    ],
)
def test_numbers_that_are_printed_otherwise_are_laid_out_in_their_place(
    press: Press, css: str, says: str
) -> None:
    document = html(9, 1, 2, 3).replace("</body>", LAST)
    memory = KeptPieces()
    press.print(html(1).replace("</body>", LAST), memory, css)
    printed = press.print(document, memory, css)
    assert says in said_on_last_page(printed)
    assert printed.content == press.print(document, more_css=css).content


@pytest.mark.parametrize(
    "css",
    [
        "@page { @bottom-center { letter-spacing: 3pt } }",
        "@page { @bottom-center { word-spacing: 4pt } }",
        "@page { @bottom-center { text-decoration: underline } }",
        "@page { @bottom-center { border-top: 1pt solid black } }",
        "@page { @bottom-center { background: #ffff00 } }",
        "@page { @bottom-center { opacity: 0.2 } }",
        "@page { @bottom-center { transform: rotate(90deg) } }",
        "@page { @bottom-center { width: 60mm; text-align: left } }",
        "@page { visibility: hidden }",
        "@page { direction: rtl }",
        "a.here::after { content: target-counter(attr(href), page) }",
    ],
)
def test_numbers_that_a_pack_sets_otherwise_look_as_weasyprint_prints_them(
    press: Press, monkeypatch: pytest.MonkeyPatch, css: str
) -> None:
    """What nobody puts together from digits is not put together wrongly."""
    reference = '<p id="end">末尾的话，见<a class="here" href="#end">此</a></p></section></body>'
    document = html(9).replace("</body>", f'<section class="part">{reference}')
    ours = press.print(document, more_css=css)
    for owner, name in ((GridPainter, "paint"), (LayoutEngine, "_laid_out_anywhere")):
        monkeypatch.setattr(owner, name, lambda *_: None)
    theirs = press.print(document, more_css=css)
    assert pictures(ours, 1, -1) == pictures(theirs, 1, -1)
    assert said_on_last_page(ours) == said_on_last_page(theirs)


def pictures(printed: PrintedPdf, *numbers: int) -> list[bytes]:
    """What pages look like, by their positions; those below 0 count from the end."""
    pages = pypdfium2.PdfDocument(printed.content)
    positions = (number % len(pages) for number in numbers)
    return [pages[position].render(scale=2).to_pil().tobytes() for position in positions]


def said_on_last_page(printed: PrintedPdf) -> str:
    """The text of the last page."""
    pages = pypdfium2.PdfDocument(printed.content)
    text: str = pages[len(pages) - 1].get_textpage().get_text_range()
    return text.replace("\r", "").strip()


def test_contents_that_show_other_numbers_are_laid_out_anew(press: Press) -> None:
    memory = KeptPieces()
    long = html(1, text="很多很多" * 900).replace("<p>共", '<h2 data-toc="2">一</h2><p>共')
    press.print(html(1).replace("<p>共", '<h2 data-toc="2">一</h2><p>共'), memory)
    assert press.print(long, memory).content == press.print(long).content


@pytest.mark.parametrize("what", ["css", "resource", "fonts", "review mark"])
def test_what_decides_the_look_decides_whether_something_is_found(press: Press, what: str) -> None:
    kept = InMemory()
    text, css, setting = html(1), "", ""
    press.print(text, KeptPieces(kept))
    first = press.made["painted"]
    if what == "css":
        css = "td { color: #123456 }"
    elif what == "resource":
        (press.folder / "mark.svg").write_text("<svg/>", encoding="utf-8")
    elif what == "fonts":
        setting = "other fonts"
    else:
        text = text.replace("<body>", '<body><div class="watermark">送审</div>')
    printed = press.print(text, KeptPieces(kept, setting), css)
    assert press.made["painted"] == first
    assert printed.content == press.print(text, more_css=css).content


def test_what_is_kept_but_damaged_is_made_anew(press: Press) -> None:
    kept = InMemory()
    first = press.print(html(1, 2), KeptPieces(kept))
    whole = dict(kept.entries)
    for key, content in whole.items():
        kept.entries[key] = content[: len(content) // 2]
    assert press.print(html(1, 2), KeptPieces(kept)) == first
    assert press.made["painted"]
    assert kept.entries == whole


def test_what_went_wrong_is_not_kept(press: Press) -> None:
    kept = InMemory()
    memory = KeptPieces(kept)
    wrong = html(1).replace("项目1", "\U0010fffd")
    for _ in range(2):
        with pytest.raises(UnusableInputError) as error:
            press.print(wrong, memory)
        assert [each.code for each in error.value.findings] == ["E402"]
    assert kept.entries == {}


def test_a_font_that_is_not_found_again_is_had_by_laying_out(
    press: Press, monkeypatch: pytest.MonkeyPatch, embedded_fonts: Embedded
) -> None:
    kept = InMemory()
    usual = press.print(html(1, 2), KeptPieces(kept))
    embedded_fonts.clear()  # here it matters where a font comes from
    monkeypatch.setattr(Faces, "_load", lambda *_: None)
    words = html(1, 2).replace("封面", "新封面")  # other glyphs: the font is embedded anew
    assert press.print(words, KeptPieces(kept)).content == press.print(words).content
    again = press.print(html(1, 2))
    assert again.page_numbers == usual.page_numbers
    assert len(again.content) == pytest.approx(len(usual.content), rel=0.01)
    embedded_fonts.clear()


def test_a_link_that_leads_nowhere_is_an_error(press: Press) -> None:
    wrong = html(1).replace('href="#form1"', 'href="#form7"')
    for memory in (None, KeptPieces(), KeptPieces()):
        with pytest.raises(UnusableInputError) as error:
            press.print(wrong, memory)
        assert [each.code for each in error.value.findings] == ["E404"]


def test_every_reference_of_the_file_leads_to_an_object(press: Press) -> None:
    """All numbers that were given when the fragments were joined are those of objects."""
    content = press.print(html(1, 2, 3)).content
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    referred: set[int] = set()

    def walk(value: Any) -> None:
        if isinstance(value, PDFObjRef):
            referred.add(value.objid)
        elif isinstance(value, PDFStream):
            walk(value.attrs)
        elif isinstance(value, dict):
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    for number in numbers:
        walk(document.getobj(number))
    assert referred <= numbers
    assert len(pypdfium2.PdfDocument(content)) == 7
