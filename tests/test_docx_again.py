"""A DOCX printed again in one process: only what changed is made, the file is as if all were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from lxml import etree

from generator.compose.document.tree import Element, HtmlDocument
from generator.core.files import archive
from generator.core.files.archive import pack_archive
from generator.core.memo import Memory
from generator.core.records import replace
from generator.pack.pack import Pack
from generator.printing.docx import package, pictures, writer
from generator.printing.docx.body import SVG, SectionWriter
from generator.printing.docx.charts import write as charts
from generator.printing.docx.writer import write_docx
from tests.conftest import UNIT, Sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass
class Made:
    """What was made and not remembered: classes of sections, how many of the others."""

    sections: list[str] = field(default_factory=list)
    blocks: int = 0
    charts: int = 0
    packages: int = 0

    def clear(self) -> None:
        self.sections.clear()
        self.blocks = self.charts = self.packages = 0


@pytest.fixture
def forget(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the printer remember nothing."""

    def empty() -> None:
        for module, name in (
            (writer, "_SECTIONS"),
            (archive, "_BLOCKS"),
            (pictures, "_PICTURES"),
            (charts, "_CHARTS"),
            (package, "_PACKAGES"),
        ):
            monkeypatch.setattr(module, name, Memory(__name__, most=30_000_000))

    empty()
    return empty


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, forget: Callable[[], None]) -> Made:  # noqa: ARG001
    """Counts from here on."""
    count = Made()
    write, deflated = SectionWriter.write, archive._deflated
    written, packaged = charts._written, package._package

    def counted_write(self: SectionWriter, section: Element) -> object:
        count.sections.append(section.get("class", ""))
        return write(self, section)

    def counted_deflated(before: bytes, block: bytes) -> bytes:
        count.blocks += 1
        return deflated(before, block)

    def counted_written(*arguments: object) -> object:
        count.charts += 1
        return written(*arguments)  # type: ignore[arg-type]

    def counted_package(*arguments: object) -> object:
        count.packages += 1
        return packaged(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SectionWriter, "write", counted_write)
    monkeypatch.setattr(archive, "_deflated", counted_deflated)
    monkeypatch.setattr(charts, "_written", counted_written)
    monkeypatch.setattr(package, "_package", counted_package)
    return count


@pytest.fixture
def document(printed: Callable[[str], Sample]) -> HtmlDocument:
    """The unit's document, for a test to change."""
    return _copy(printed(UNIT).composed.document)


def _copy(document: HtmlDocument) -> HtmlDocument:
    return HtmlDocument(deepcopy(document.root), document.toc)


def _pages(document: HtmlDocument) -> dict[str, int]:
    return {each.anchor: number for number, each in enumerate(document.toc, 1)}


def _sections(document: HtmlDocument) -> list[Element]:
    return list(document.body.iterchildren("section", "nav"))


def _body(docx: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        assert file.testzip() is None
        return etree.fromstring(file.read("word/document.xml"))


def test_the_same_again_makes_nothing(document: HtmlDocument, pack: Pack, made: Made) -> None:
    first = write_docx(document, pack, _pages(document))
    assert len(made.sections) == len(_sections(document))
    assert (made.blocks, made.charts, made.packages) == (len(made.sections) + 2, 1, 1)
    made.clear()
    assert write_docx(_copy(document), pack, _pages(document)) == first
    assert made == Made()


def test_one_number_makes_one_section(
    document: HtmlDocument, pack: Pack, made: Made, forget: Callable[[], None]
) -> None:
    before = write_docx(document, pack, _pages(document))
    made.clear()
    changed = _copy(document)
    cell = next(changed.root.iterfind(".//section/table/tbody/tr/td[@class='amount']/data"))
    assert cell.text != "123456.78"
    cell.text = "123456.78"
    after = write_docx(changed, pack, _pages(document))
    assert len(made.sections) == 1
    assert made.blocks == 2  # the section, and the next, which refers back into it
    assert (made.charts, made.packages) == (0, 0)
    assert "123456.78" in set(_body(after).itertext())
    assert after != before
    forget()
    assert write_docx(changed, pack, _pages(document)) == after


def test_another_page_number_makes_what_refers_to_it(
    document: HtmlDocument, pack: Pack, made: Made, forget: Callable[[], None]
) -> None:
    pages = _pages(document)
    write_docx(document, pack, pages)
    made.clear()
    moved = pages | {document.toc[-1].anchor: 4321}
    after = write_docx(document, pack, moved)
    assert made.sections == ["toc"]
    assert "4321" in set(_body(after).itertext())
    forget()
    assert write_docx(document, pack, moved) == after


def test_another_chart_is_drawn_alone(
    document: HtmlDocument, pack: Pack, made: Made, forget: Callable[[], None]
) -> None:
    write_docx(document, pack, _pages(document))
    made.clear()
    document = _copy(document)
    charts = list(document.root.iter(SVG))
    bar = charts[-1].find("{*}rect")
    assert bar is not None
    bar.set("data-amount", "1")
    after = write_docx(document, pack, _pages(document))
    assert (made.charts, made.packages) == (1, 0)
    forget()
    assert write_docx(document, pack, _pages(document)) == after


def _without_a_heading(document: HtmlDocument) -> None:
    heading = next(document.body.iterfind("section/h1[@id]"))
    parent = heading.getparent()
    assert parent is not None
    parent.remove(heading)


def _without_a_section(document: HtmlDocument) -> None:
    document.body.remove(_sections(document)[2])


def _turned(document: HtmlDocument) -> None:
    section = _sections(document)[-1]
    section.set("class", f"{section.get('class', '')} statement landscape".strip())


def _for_review(document: HtmlDocument) -> None:
    etree.SubElement(document.body, "div", {"class": "watermark"}).text = "送审稿"


def _without_charts(document: HtmlDocument) -> None:
    for figure in list(document.root.iter("figure")):
        figure.getparent().remove(figure)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [_without_a_heading, _without_a_section, _turned, _for_review, _without_charts],
)
def test_what_was_printed_before_does_not_show(
    document: HtmlDocument,
    pack: Pack,
    forget: Callable[[], None],
    change: Callable[[HtmlDocument], None],
) -> None:
    before = write_docx(document, pack, _pages(document))
    changed = _copy(document)
    change(changed)
    after = write_docx(changed, pack, _pages(document))
    assert after != before
    forget()
    assert write_docx(changed, pack, _pages(document)) == after


def test_another_theme_makes_all_anew(document: HtmlDocument, pack: Pack, made: Made) -> None:
    before = write_docx(document, pack, _pages(document))
    made.clear()
    padding = pack.theme.table.padding.model_copy(update={"horizontal": 7.0})
    table = pack.theme.table.model_copy(update={"padding": padding})
    other = replace(pack, theme=pack.theme.model_copy(update={"table": table}))
    assert write_docx(document, other, _pages(document)) != before
    assert len(made.sections) == len(_sections(document))


def test_a_part_in_blocks_is_read_as_one(forget: Callable[[], None]) -> None:  # noqa: ARG001
    def blocks(last: str) -> Iterator[bytes]:
        for block in ("预算" * 30000, "公开" * 5, "预算" * 30000, last):
            yield block.encode()

    for last in ("完", "终", "完"):
        content = b"".join(blocks(last))
        with zipfile.ZipFile(io.BytesIO(pack_archive({"a": b"1", "b": blocks(last)}))) as file:
            assert file.testzip() is None
            assert (file.read("a"), file.read("b")) == (b"1", content)
            assert file.getinfo("b").compress_size < len(content) / 100


def test_drawings_have_numbers_of_their_own(document: HtmlDocument, pack: Pack) -> None:
    (figure,) = document.body.iter("figure")
    figure.addnext(deepcopy(figure))
    body = _body(write_docx(document, pack, {}))
    assert [each.get("id") for each in body.iter(f"{WP}docPr")] == ["1", "2"]


def test_an_anchor_may_have_any_letters(document: HtmlDocument, pack: Pack) -> None:
    next(document.root.iterfind(".//*[@data-toc]")).set("id", "a\"b<c>'&d")
    body = _body(write_docx(document, pack, {}))
    names = [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")]
    assert names[0] == "a\"b<c>'&d"


def test_bookmarks_are_numbered_through(document: HtmlDocument, pack: Pack) -> None:
    write_docx(document, pack, {})
    document = _copy(document)
    _without_a_heading(document)
    body = _body(write_docx(document, pack, {}))
    anchors = sum(1 for each in _sections(document) for _ in each.iterfind("*[@id]"))
    for tag in ("bookmarkStart", "bookmarkEnd"):
        numbers = [each.get(f"{W}id") for each in body.iter(f"{W}{tag}")]
        assert numbers == [str(number) for number in range(1, anchors + 1)]
