"""Painted grids: the pages WeasyPrint would have printed, at a fraction of its work."""

from __future__ import annotations

import ctypes
import io
import shutil
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pdfplumber.structure import PDFStructTree
from PIL import Image, ImageChops
from weasyprint import HTML

from generator.compose.compose import compose
from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.compose.document.tree import HtmlDocument
from generator.core.findings import UnusableInputError
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.fragments.faces import Faces
from generator.printing.grids.painter import GridPainter
from generator.printing.grids.shaping import Shaper
from generator.printing.pdf import PrintedPdf, print_pdf
from tests.conftest import DEPARTMENT, ROOT, SAMPLES
from tests.embedding import Embedded, fonts_embedded_once
from tests.readers import squeeze

SAME_PLACE = 0.05  # points
SEEN = 64  # of 255: a difference in grey that the eye sees
MOST_SEEN = 20  # pixels a page: where two rules cross
SCALE = 0.5  # pixels a point
DRAFT = "审核稿"
PACKS_OF_TESTS = ROOT / "tests" / "packs"
FORMS = "15-阳泉市招生考试管理中心.yaml"  # long ones, over several pages


@dataclass(frozen=True)
class Twice:
    """One document, printed as usual and with WeasyPrint alone."""

    document: HtmlDocument
    painted: PrintedPdf
    plain: PrintedPdf
    sections: int


@pytest.fixture(scope="module", autouse=True)
def embedded_fonts() -> Iterator[Embedded]:
    """The fonts embedded so far: of all that is printed twice, only the pages are compared."""
    embedded: Embedded = {}
    with fonts_embedded_once(embedded):
        yield embedded


@pytest.fixture(scope="module")
def documents(
    pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], HtmlDocument]:
    """Composes a sample; of the department's forms only a few."""
    folder = tmp_path_factory.mktemp("data")

    @cache
    def get(name: str) -> HtmlDocument:
        data = Path(shutil.copytree(ROOT / "data" / name, folder / name))
        if name == DEPARTMENT:
            for file in (data / "绩效目标表").iterdir():
                if file.name != FORMS:
                    file.unlink()
        return compose(data, pack, catalogue).document

    return get


@pytest.fixture(scope="module")
def twice(
    pack: Pack, catalogue: Catalogue, documents: Callable[[str], HtmlDocument]
) -> Callable[[str], Twice]:
    """Prints a sample, or the draft of a small document, both ways, once."""

    @cache
    def get(name: str) -> Twice:
        if name == DRAFT:
            own = load_pack(PACKS_OF_TESTS / "最小")
            data = PACKS_OF_TESTS / "最小示例-2026"
            return _printed_twice(compose(data, own, catalogue, draft=True).document, own)
        return _printed_twice(documents(name), pack)

    return get


def _printed_twice(document: HtmlDocument, pack: Pack) -> Twice:
    css = render_stylesheet(pack)
    with pytest.MonkeyPatch.context() as patch:
        painted, sections = _counted(patch, document, css, pack.folder)
        patch.setattr(GridPainter, "paint", _nothing)
        return Twice(document, painted, print_pdf(document, css, pack.folder), sections)


def _nothing(*_: Any) -> None:
    """A painter that leaves everything to WeasyPrint."""


def _counted(
    patch: pytest.MonkeyPatch, document: HtmlDocument, css: str, folder: Path
) -> tuple[PrintedPdf, int]:
    """Prints a document and counts the sections that are painted."""
    painted: list[Any] = []
    paint = GridPainter.paint

    def counting(self: GridPainter, section: Any, *more: Any) -> Any:
        pages = paint(self, section, *more)
        painted.extend([section] if pages is not None else [])
        return pages

    patch.setattr(GridPainter, "paint", counting)
    printed = print_pdf(document, css, folder)
    patch.setattr(GridPainter, "paint", paint)
    return printed, len(set(painted))


# What is printed


@pytest.mark.parametrize(
    ("name", "sections"), [(SAMPLES[0], 10 + 2 + 7), (SAMPLES[1], 10), (DRAFT, 4)]
)
def test_statements_and_forms_are_painted(
    twice: Callable[[str], Twice], name: str, sections: int
) -> None:
    assert twice(name).sections == sections


@pytest.mark.parametrize("name", SAMPLES)
def test_every_glyph_stands_where_weasyprint_would_put_it(
    twice: Callable[[str], Twice], name: str
) -> None:
    """Hence lines, rows and pages break where they would."""
    with _opened(twice(name).painted) as ours, _opened(twice(name).plain) as theirs:
        assert len(ours) == len(theirs)
        for page in range(len(ours)):
            assert _moved(_glyphs(ours[page]), _glyphs(theirs[page])) == [], f"第{page + 1}页"


@pytest.mark.parametrize("name", [*SAMPLES, DRAFT])
def test_pages_look_as_weasyprint_would_print_it(twice: Callable[[str], Twice], name: str) -> None:
    """Rules, page numbers and the review mark included; every third page, for time's sake."""
    both = twice(name)
    with _opened(both.painted) as ours, _opened(both.plain) as theirs:
        pages = range(0, len(ours), 3)
        seen = {page + 1: _seen(ours[page], theirs[page]) for page in pages}
    assert {page: pixels for page, pixels in seen.items() if pixels > MOST_SEEN} == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_anchors_bookmarks_and_links_lead_to_the_same_places(
    twice: Callable[[str], Twice], name: str
) -> None:
    both = twice(name)
    assert both.painted.page_numbers == both.plain.page_numbers
    with _opened(both.painted) as ours, _opened(both.plain) as theirs:
        assert _bookmarks(ours) == _bookmarks(theirs)
    assert _link_targets(both.painted) == _link_targets(both.plain)


def test_printed_twice_the_bytes_are_the_same(
    twice: Callable[[str], Twice], pack: Pack, embedded_fonts: Embedded
) -> None:
    both = twice(SAMPLES[1])
    embedded_fonts.clear()
    again = print_pdf(both.document, render_stylesheet(pack), pack.folder)
    assert again.content == both.painted.content


class _opened:  # noqa: N801
    """A printed PDF, open for the time of a block."""

    def __init__(self, printed: PrintedPdf) -> None:
        self._document = pypdfium2.PdfDocument(printed.content)

    def __enter__(self) -> pypdfium2.PdfDocument:
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close()


Glyph = tuple[str, float, float]


def _reading(glyph: Glyph) -> tuple[float, float]:
    """Glyphs in the order in which they are read."""
    return -round(glyph[2]), glyph[1]


def _glyphs(page: Any) -> list[Glyph]:
    """The visible characters of a page with the origin of each, in points."""
    text_page = page.get_textpage()
    text = text_page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    glyphs = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if pdfium.FPDFText_IsGenerated(text, index) != 1 and squeeze(character):
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            glyphs.append((character, x.value, y.value))
    return glyphs


def _moved(ours: list[Glyph], theirs: list[Glyph]) -> list[Glyph]:
    """The characters that have no equal in the same place, whatever the order of painting."""
    places: dict[str, list[tuple[float, float]]] = {}
    for character, x, y in theirs:
        places.setdefault(character, []).append((x, y))
    moved = []
    for character, x, y in ours:
        free = places.get(character, [])
        near = [at for at in free if abs(at[0] - x) < SAME_PLACE and abs(at[1] - y) < SAME_PLACE]
        if near:
            free.remove(near[0])
        else:
            moved.append((character, x, y))
    return moved + [(each, *at) for each, free in places.items() for at in free]


def _seen(ours: Any, theirs: Any) -> int:
    """How many pixels differ so much that the eye sees it."""
    images: list[Image.Image] = [
        page.render(scale=SCALE, grayscale=True).to_pil() for page in (ours, theirs)
    ]
    assert images[0].size == images[1].size
    return sum(ImageChops.difference(*images).histogram()[SEEN:])


def _bookmarks(document: Any) -> list[tuple[int, str, int, list[float]]]:
    return [
        (
            each.level,
            each.get_title(),
            each.get_dest().get_index(),
            [round(value, 1) for value in each.get_dest().get_view()[1]],
        )
        for each in document.get_toc()
    ]


def _link_targets(printed: PrintedPdf) -> list[set[str]]:
    """The names that the links on each page lead to."""
    pages = _parsed(printed.content).pages
    return [{str(link["data"].get("Dest")) for link in page.annots} for page in pages]


@cache
def _parsed(content: bytes) -> pdfplumber.pdf.PDF:
    """A file as pdfplumber reads it, its objects parsed once for all tests."""
    return pdfplumber.open(io.BytesIO(content))


# The structure for readers that cannot see


@pytest.mark.parametrize("name", SAMPLES)
def test_the_structure_tells_every_table_cell_by_cell(
    twice: Callable[[str], Twice], name: str
) -> None:
    """One table in the structure for each in the document, on however many pages."""
    both = twice(name)
    tables = list(both.document.body.iter("table"))
    for told, table in zip(_told_tables(both.painted), tables, strict=True):
        rows, says = told
        assert rows == len(list(table.iter("tr")))
        # a merged cell that a page break splits is told on both pages
        assert list(dict.fromkeys(says)) == list(dict.fromkeys(_words(table)))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_in_the_structure_knows_its_headers(
    twice: Callable[[str], Twice], name: str
) -> None:
    pdf = twice(name).painted
    statements = [table for table in _structure(pdf).find_all("Table") if table.find("TH")]
    assert len(statements) >= 10
    for table in statements:
        cells = [cell for cell in table.find_all("TD") if cell.mcids]
        assert all(cell.attributes.get("Headers") for cell in cells)


def _words(table: Any) -> list[str]:
    """What the cells of a table of the document say; page numbers are known only in print."""
    cells = [cell for cell in table.iter("td", "th") if cell.find("a") is None]
    return [text for cell in cells if (text := squeeze("".join(cell.itertext())))]


def _structure(printed: PrintedPdf) -> PDFStructTree:
    return _structure_of(printed.content)


@cache
def _structure_of(content: bytes) -> PDFStructTree:
    return PDFStructTree(_parsed(content))


def _told_tables(printed: PrintedPdf) -> Iterator[tuple[int, list[str]]]:
    """Of each table in the structure the number of rows, and what its cells say."""
    texts: defaultdict[tuple[int, int], str] = defaultdict(str)
    with _opened(printed) as document:
        for number in range(len(document)):
            for mark, text in _marked(document[number]):
                texts[number + 1, mark] += text
    for table in _structure(printed).find_all("Table"):
        rows = list(table.find_all("TR"))
        cells = [cell for row in rows for cell in row.children if not list(cell.find_all("Link"))]
        says = [squeeze("".join(texts[at] for at in _marks(cell))) for cell in cells]
        yield len(rows), [text for text in says if text]


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    """The texts of a page with the number of the marked content each belongs to."""
    text_page = page.get_textpage()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        size = pdfium.FPDFTextObj_GetText(drawn.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(size * 2)
        units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium.FPDFTextObj_GetText(drawn.raw, text_page.raw, units, size)
        yield (
            pdfium.FPDFPageObj_GetMarkedContentID(drawn.raw),
            buffer.raw[: (size - 2)].decode("utf-16-le"),
        )


def _marks(element: Any) -> Iterator[tuple[int, int]]:
    yield from ((element.page_number, mark) for mark in element.mcids)
    for child in element.children:
        yield from _marks(child)


# How much work it is: counted, because a time depends on the machine


def test_weasyprint_lays_out_no_more_pages_for_more_forms(
    pack: Pack, documents: Callable[[str], HtmlDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: Counter[int] = Counter()
    render = HTML.render

    def counting(self: HTML, *arguments: Any, **options: Any) -> Any:
        laid_out = render(self, *arguments, **options)
        pages[forms] += len(laid_out.pages)
        return laid_out

    monkeypatch.setattr(HTML, "render", counting)
    whole = documents(DEPARTMENT)
    for forms in (2, 7):
        print_pdf(_with_forms(whole, forms), render_stylesheet(pack), pack.folder)
    assert pages[2] == pages[7]


def test_a_text_is_shaped_once_however_often_it_stands(
    pack: Pack, documents: Callable[[str], HtmlDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    shapers: list[Shaper] = []
    prepare = Shaper.__init__

    def keeping(self: Shaper, faces: Faces) -> None:
        prepare(self, faces)
        shapers.append(self)

    monkeypatch.setattr(Shaper, "__init__", keeping)
    whole = documents(DEPARTMENT)
    pages = [
        print_pdf(_with_forms(whole, 1, times), render_stylesheet(pack), pack.folder).pages
        for times in (1, 10)
    ]
    assert pages[1] - pages[0] >= 9
    assert shapers[1].shaped == shapers[0].shaped


def _with_forms(document: HtmlDocument, forms: int, times: int = 1) -> HtmlDocument:
    """The cover, and so many of the document's project forms, each so many times."""
    root = deepcopy(document.root)
    body = root.findall("body")[0]
    for section in list(body)[1:]:
        if not _is_form(section):
            body.remove(section)
    sections = [each for each in body if _is_form(each) and _own_id(each)]
    for section in sections[forms:]:
        for part in body.iter("tbody"):  # the index of forms
            for row in list(part):
                if row.find(f"td/a[@href='#{_own_id(section)}']") is not None:
                    part.remove(row)
        body.remove(section)
    for section in sections[:forms]:
        for number in range(1, times):
            again = deepcopy(section)
            again.findall("h2")[-1].set("id", f"{_own_id(section)}-{number}")
            body.append(again)
    return HtmlDocument(root, document.toc)


def _own_id(section: Any) -> str:
    """The anchor of a project form; nothing for the overall form and the index."""
    found = [each.get("id", "") for each in section.findall("h2")]
    return next((each for each in found if each.startswith("form")), "")


def _is_form(section: Any) -> bool:
    return "form" in (section.get("class") or "").split()


# What only WeasyPrint can print stays with it


PLAIN = """
<section class="form"><h2 class="form" id="form1">表</h2><table class="form">
<colgroup><col style="width: 60%"/><col style="width: 40%"/></colgroup>
<tbody><tr><td>甲</td><td class="amount"><data value="1">1</data></td></tr></tbody>
</table></section>
"""
START = '<section class="part start"><h1>一</h1></section>'
CHART = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>图</title></svg>'


@dataclass(frozen=True)
class OwnPack:
    """A pack with HTML and CSS of its own."""

    folder: Path

    def print(self, html: str, css: str, start: str = START) -> tuple[int, list[Glyph]]:
        """Prints; returns how many sections were painted, and what stands on the last page."""
        head = "<head><title>表</title></head>"
        text = f'<html lang="zh-CN">{head}<body>{start}{html}</body></html>'
        document = parse_document(text, self.folder)
        with pytest.MonkeyPatch.context() as patch:
            printed, sections = _counted(patch, document, css, self.folder)
        with _opened(printed) as pdf:
            return sections, _glyphs(pdf[len(pdf) - 1])


@pytest.fixture(scope="module")
def own_pack(tmp_path_factory: pytest.TempPathFactory) -> OwnPack:
    folder = tmp_path_factory.mktemp("own") / "pack"
    return OwnPack(Path(shutil.copytree(ROOT / "templates" / "yangquan", folder)))


@pytest.fixture(scope="module")
def css(pack: Pack) -> str:
    return render_stylesheet(pack)


def test_a_plain_table_is_painted(own_pack: OwnPack, css: str) -> None:
    assert own_pack.print(PLAIN, css)[0] == 1


def test_no_file_tells_where_the_program_is_installed(own_pack: OwnPack, css: str) -> None:
    """The page numbers of an index are links; those of the specimen lead to the pack's folder."""
    link = '<td><a class="page" href="#form1"></a></td>'
    html = PLAIN.replace("<td>甲</td>", link)
    text = f'<html lang="zh-CN"><head><title>表</title></head><body>{START}{html}</body></html>'
    content = print_pdf(parse_document(text, own_pack.folder), css, own_pack.folder).content
    assert own_pack.print(html, css)[0] == 1
    objects = [zlib.decompressobj().decompress(part) for part in _deflated(content)]
    assert sum(part.count(b"/Subtype /Link") for part in objects) == 1
    assert not any(b"file:" in part for part in (content, *objects))


def _deflated(content: bytes) -> list[bytes]:
    """What is compressed with zlib in a PDF."""
    return [part for part in content.split(b"stream\n")[1:] if part[:1] == b"x"]


def test_a_document_may_be_nothing_but_grids(own_pack: OwnPack, css: str) -> None:
    sections, glyphs = own_pack.print(PLAIN, css, start="")
    assert sections == 1
    assert "".join(character for character, *_ in sorted(glyphs, key=_reading)) == "表甲1—1—"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("<td>甲</td>", '<td style="color: red">甲</td>'),
        ("<td>甲</td>", "<td><b>甲</b></td>"),
        ("<td>甲</td>", "<td>甲<br/>乙</td>"),
        ("<td>甲</td>", f"<td>甲{CHART}</td>"),
        ("<td>甲</td>", '<td><a href="#form1">甲</a></td>'),
        ("<td>甲</td>", '<td valign="top">甲</td>'),
        ("<td>甲</td>", "<td><p>甲</p></td>"),
        ("</table>", "</table><p>注</p>"),
        ("</table>", "</table>注"),
        ("<tr><td>", "<tr>注<td>"),
        ("<td>甲</td>", '<td colspan="2">甲</td>'),
        ("<td>甲</td>", '<td rowspan="2">甲</td>'),
        ("</tbody>", "</tbody><tfoot><tr><td>乙</td><td>2</td></tr></tfoot>"),
        ("<colgroup>", "<caption>题</caption><colgroup>"),
        ('<table class="form">', '<table class="form" style="width: 50%">'),
        ('class="amount"><data value="1">1</data></td>', 'class="amount">1</td><td>多</td>'),
    ],
)
def test_html_that_is_no_grid_is_printed_as_weasyprint_does(
    own_pack: OwnPack, css: str, ours: str, theirs: str
) -> None:
    assert ours in PLAIN
    sections, glyphs = own_pack.print(PLAIN.replace(ours, theirs), css)
    assert sections == 0
    assert {"甲", "1"} <= {character for character, *_ in glyphs}


@pytest.mark.parametrize(
    "rule",
    [
        "td { background: #eee }",
        "td.amount { border-bottom: 2pt double black }",
        "td { border-left: none }",
        "table { border-collapse: separate }",
        "table { table-layout: auto }",
        "td { vertical-align: top }",
        "td { text-align: justify }",
        "td { height: 30pt }",
        "td data { padding: 3pt }",
        "td.amount::before { content: '¥' }",
        "td { transform: rotate(2deg) }",
        "td { color: rgb(0 0 0 / 50%) }",
        "td { word-break: break-all }",
        "tr { break-inside: auto }",
        "tr:nth-child(2n) td { font-weight: bold }",
        "h2 + table td { font-weight: bold }",
        "td[class] { font-weight: bold }",
        "section.form { background: #eee }",
        "section { padding: 3pt }",
        "@page :left { margin-left: 40mm }",
        "@page sheet { @top-left { content: '页眉' } }",
        "@page sheet { @bottom-center { content: counter(page) '/' counter(pages) } }",
    ],
)
def test_css_that_is_not_known_leaves_the_grid_to_weasyprint(
    own_pack: OwnPack, css: str, rule: str
) -> None:
    assert own_pack.print(PLAIN, f"{css}\n{rule}")[0] == 0


@pytest.mark.parametrize(
    "rule",
    [
        "td { font-size: 20pt; line-height: 2 }",
        "td { padding: 1pt 9pt 5pt 2pt; color: #123456 }",
        "td { border: 2pt solid #ff0000 }",
        "td.amount { text-align: center; font-weight: bold }",
        "td.amount { font-family: 'Noto Sans CJK SC' }",
        "section.form { margin-left: 20mm }",
        "@page sheet { margin: 50mm }",
        "@page sheet { @bottom-center { content: '第' counter(page) '页'; color: red } }",
    ],
)
def test_css_that_is_known_is_followed(own_pack: OwnPack, css: str, rule: str) -> None:
    sections, painted = own_pack.print(PLAIN, f"{css}\n{rule}")
    assert sections == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GridPainter, "paint", _nothing)
        assert _moved(painted, own_pack.print(PLAIN, f"{css}\n{rule}")[1]) == []


def test_a_table_of_a_size_of_its_own_is_painted(own_pack: OwnPack, css: str) -> None:
    sized = '<table class="form" style="font-size: 6.5pt; line-height: 8.1pt">'
    html = PLAIN.replace('<table class="form">', sized)
    sections, painted = own_pack.print(html, css)
    assert sections == 1
    assert _moved(painted, own_pack.print(PLAIN, css)[1]) != []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GridPainter, "paint", _nothing)
        assert _moved(painted, own_pack.print(html, css)[1]) == []


LONG = "这一格的文字很长，" * 400


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "https://www.example.com/a-very-long-address-without-any-space-" + "x" * 120,
        "two words, three words; four words " * 9,
        "“引号”、（括号）——和……不能在行首的标点。" * 9,
        "数字 1,234.56 与 English 混排 " * 9,
        "①②③　全角空格　㎡℃",
    ],
)
def test_any_text_breaks_as_weasyprint_breaks_it(own_pack: OwnPack, css: str, text: str) -> None:
    html = PLAIN.replace("甲", text)
    sections, painted = own_pack.print(html, css)
    assert sections == (text != LONG)  # a row higher than a page is not for painting
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GridPainter, "paint", _nothing)
        assert _moved(painted, own_pack.print(html, css)[1]) == []


def test_a_character_that_no_font_has_is_an_error(own_pack: OwnPack, css: str) -> None:
    with pytest.raises(UnusableInputError) as error:
        own_pack.print(PLAIN.replace("甲", "\U0010fffd"), css)
    assert [each.code for each in error.value.findings] == ["E402"]
