"""A document is put together from sections that were parsed before: as if it were parsed whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from generator.compose.compose import Composed, compose
from generator.compose.document import known_sections, parse
from generator.compose.document.known_sections import of_known_sections
from generator.compose.document.parse import parse_document
from generator.compose.document.section import Section
from generator.compose.document.tree import HtmlDocument
from generator.core.findings import UnusableInputError
from generator.core.memo import forget_all
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.formats import Format, Printing, print_formats
from generator.printing.kept import KeptPieces
from generator.printing.pieces.piece import cut

FORMS = "项目绩效目标表.yaml"
FORMATS = (Format.PDF, Format.DOCX, Format.HTML, Format.XLSX)


@pytest.fixture(autouse=True)
def _nothing_is_known() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def page(body: str, head: str = "<head><title>表</title></head>") -> str:
    return f'<html lang="zh-CN">{head}<body>{body}</body></html>'


def whole(html: str) -> HtmlDocument:
    """A document parsed as one tree."""
    return parse._of_one_tree(html, Path())


def written(document: HtmlDocument) -> tuple[object, ...]:
    """All that a document says, written from its tree and from its sections."""
    again = HtmlDocument.of_sections(document.frame, document.sections, document.toc)
    return etree.tostring(document.root), etree.tostring(again.root), document.toc


USUAL = [
    '<section class="cover"><p>甲</p></section>\n<nav class="toc"><p>目录</p></nav>\n'
    '<section><h1 data-toc="1">一</h1></section><section><h2 data-toc="2">二</h2></section>',
    '<div class="watermark">送审</div><section><h1 data-toc="1" id="a">一</h1></section>',
    "<section>外<section>里</section>外</section><section/><nav/>",
    "<section title=\"a>b\" class='x>y'>甲</section>",
    '<section><nav class="toc"/><h1 data-toc="1">一</h1></section><nav class="toc"/>',
    "<section><p>甲</p></section>" * 3,
    '<section><h1 data-toc="1">一</h1></section>' * 3,
    '<section><svg xmlns="http://www.w3.org/2000/svg"><text>图</text></svg></section>',
    "<section>a &#32;\n b&amp;</section>\n\n<section>\n<p>c</p>\n</section>\n",
    "",
]
UNUSUAL = [
    '<section title="a/>b">甲</section>',
    "甲<section>乙</section>",
    "<section>乙</section>甲<section/>",
    "<section>乙</section> <section/>",
    "<!-- <section> --><section>乙</section>",
    "<section><![CDATA[</section>]]></section>",
    "<div><section>乙</section></div>",
    '<div><h1 data-toc="1">一</h1></div><section>乙</section>',
]


@pytest.mark.parametrize("body", [*USUAL, *UNUSUAL])
def test_a_document_is_what_it_is_when_parsed_whole(body: str) -> None:
    html = page(body)
    expected = written(whole(html))
    for _ in range(2):
        assert (of_known_sections(html) is None) == (body in UNUSUAL)
        assert written(parse_document(html, Path())) == expected


@pytest.mark.parametrize(
    "html",
    [
        page("<x:a/><section>甲</section>").replace("<html", '<html xmlns:x="urn:x"'),
        page("<section>甲</section>").replace(
            "<html", '<html xmlns="http://www.w3.org/1999/xhtml"'
        ),
    ],
)
def test_names_of_other_languages_are_those_of_the_whole(html: str) -> None:
    assert of_known_sections(html) is None


@pytest.mark.parametrize(
    "html",
    [
        page("<section><p>甲</section>"),
        page("<section>甲</section></section>"),
        page("<section>甲"),
        page("</section><section>甲"),
        page("<section>甲</section><section></nav>"),
        page("<section>&nbsp;</section>"),
        page("<section>甲</section>", head="<head><title> </title></head>"),
        page("<section>甲</section>").replace("body>", "bode>"),
        page('<section><h1 data-toc="x">甲</h1></section>'),
        page('<section><img src="https://example.com/a.png"/></section>'),
        page(f"<section>{'<b>' * 98}{'</b>' * 98}</section>"),
        page(f"<section>甲{' ' * 2000}乙</section>"),
        page('<section><table><tr><td colspan="0"/></tr></table></section>'),
        page('<section><table><tr><td colspan="1000" rowspan="900"/></tr></table></section>' * 3),
    ],
)
def test_what_is_wrong_is_told_as_of_the_whole(html: str) -> None:
    with pytest.raises(UnusableInputError) as expected:
        whole(html)
    for _ in range(2):
        with pytest.raises(UnusableInputError) as told:
            parse_document(html, Path())
        assert told.value.findings == expected.value.findings


def test_no_section_is_deeper_than_any_document_may_be() -> None:
    assert of_known_sections(page(f"<section>{'<b>' * 97}{'</b>' * 97}</section>"))


def test_a_section_that_follows_more_headings_has_other_anchors() -> None:
    heading = '<section><h1 data-toc="1">{}</h1></section>'
    short = heading.format("甲") + heading.format("丙")
    long = heading.format("甲") + heading.format("乙") + heading.format("丙")
    for body in (short, long, short):
        html = page(body + '<nav class="toc"/>')
        assert written(parse_document(html, Path())) == written(whole(html))


# What is made of a document after a number changed


def change(folder: Path, number: str) -> None:
    """Changes the value of the first indicator that begins with a digit."""
    file = folder / FORMS
    text = file.read_text("utf-8")
    changed = re.sub(r"(指标值: [^\d\n]{0,3})\d", rf"\g<1>{number}", text, count=1)
    assert changed != text
    file.write_text(changed, "utf-8")


def test_only_the_section_of_a_changed_number_is_made_again(
    unit_folder: Path, pack: Pack, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptPieces()

    def printed() -> tuple[Composed, Printing]:
        composed = compose(unit_folder, pack, catalogue)
        printing = Printing(composed, pack, [Format.PDF], kept)
        printing.finish(lambda _: None)
        return composed, printing

    made: list[Section] = []
    initialized = Section.__init__

    def counted(self: Section, body: etree._Element) -> None:
        made.append(self)
        initialized(self, body)

    before, of_before = printed()
    monkeypatch.setattr(Section, "__init__", counted)
    printed()
    assert made == []
    change(unit_folder, "7")
    after, of_after = printed()
    pairs = list(zip(before.document.sections, after.document.sections, strict=True))
    (changed,) = [now for then, now in pairs if then is not now]
    assert "data-bookmark" in etree.tostring(changed.element).decode()
    assert len(made) == 2  # as parsed, and as marked for the PDF
    old, new = (list(cut(each._prepared.for_pdf)) for each in (of_before, of_after))
    known = set(map(id, old))
    made_anew = [piece for piece in new if id(piece) not in known]
    assert sum(len(piece.sections) == 1 for piece in made_anew) == 1
    assert len(made_anew) < len(new) / 2


def test_what_is_made_of_known_sections_is_what_is_made_of_new_ones(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    kept = KeptPieces()
    for number in ("7", "8"):
        change(unit_folder, number)
        composed = compose(unit_folder, pack, catalogue)
        again = print_formats(composed, pack, FORMATS, lambda _: None, kept)
    html = composed.document.html()
    forget_all()
    anew = compose(unit_folder, pack, catalogue)
    assert anew.document.html() == html
    assert again == print_formats(anew, pack, FORMATS, lambda _: None)


def test_sections_are_forgotten_with_everything_made_of_them() -> None:
    html = page("<section>甲</section>")
    (first,) = parse_document(html, Path()).sections
    assert parse_document(html, Path()).sections == (first,)
    assert first.recall("name", 1, lambda: "made") == "made"
    assert first.recall("name", 1, lambda: "made again") == "made"
    assert first.recall("name", 2, lambda: "made again") == "made again"
    known_sections._KNOWN.forget()
    assert parse_document(html, Path()).sections != (first,)
