"""What a person finds who opens the DOCX in Word: styles with names, contents, properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from generator.compose.compose import compose
from generator.compose.document.parse import parse_document
from generator.compose.document.tree import Element, HtmlDocument
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.docx.writer import write_docx
from generator.printing.pieces.piece import tighten
from tests.conftest import BUREAU, DEPARTMENT, OFFICE, UNIT, Sample
from tests.test_every_pack import OWN, OWN_DATA

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EPOCH = "1780000000"
PARTS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/settings.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
]
_LISTED = re.compile(r' TOC(?: \\o "1-(\d)")?(?: \\t "([^"]*)")?( \\f)? \\h \\z ')
_FIELD = re.compile(r'TC "(.*)" \\l (\d)', re.DOTALL)


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(f"{W}val", ""))


class Opened:
    """A DOCX as Word has it."""

    def __init__(self, docx: bytes) -> None:
        self.parts = _parts(docx)
        self.body = etree.fromstring(self.parts["word/document.xml"])
        styles = etree.fromstring(self.parts["word/styles.xml"]).iterfind(f"{W}style")
        self.styles = {str(style.get(f"{W}styleId")): style for style in styles}

    def name(self, paragraph: Element) -> str:
        """The name of a paragraph's style."""
        style = self.styles[_value(paragraph.find(f"{W}pPr/{W}pStyle")) or "Normal"]
        return _value(style.find(f"{W}name"))

    def updated_contents(self) -> list[tuple[int, str]]:
        """The lines that Word writes into the contents when its reader updates them."""
        codes = "".join(code.text or "" for code in self.body.iter(f"{W}instrText"))
        switches = _LISTED.search(codes)
        assert switches is not None
        levels = {f"heading {level}": level for level in range(1, int(switches[1] or 0) + 1)}
        named = (switches[2] or "").split(",")
        for name, level in zip(named[::2], named[1::2], strict=False):
            levels[name.replace("标题 ", "heading ") if name[-1].isdigit() else name] = int(level)
        lines = []
        for paragraph in self.body.iter(f"{W}p"):
            level = levels.get(self.name(paragraph))
            if level is not None:
                lines.append((level, _text(paragraph)))
            for code in paragraph.iter(f"{W}instrText"):
                if switches[3] and (told := _FIELD.search(code.text or "")):
                    lines.append((int(told[2]), told[1]))
        return lines


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


@pytest.fixture(scope="module", params=["yangquan", "national", "shanghai-district", *OWN_DATA])
def printed_by_pack(
    request: pytest.FixtureRequest, printed: Callable[[str], Sample], catalogue: Catalogue
) -> tuple[HtmlDocument, bytes]:
    """The document of a sample of each pack, and its DOCX."""
    name = str(request.param)
    if name == "yangquan":
        sample = printed(UNIT)
        return sample.composed.document, write_docx(sample.composed.document, sample.pack, {})
    data = {"national": BUREAU, "shanghai-district": OFFICE} | OWN_DATA
    pack = load_pack((OWN if name in OWN_DATA else PACKS) / name)
    document = compose(data[name], pack, catalogue).document
    return document, write_docx(document, pack, {})


def test_an_update_of_the_contents_changes_nothing(
    printed_by_pack: tuple[HtmlDocument, bytes],
) -> None:
    document, docx = printed_by_pack
    assert Opened(docx).updated_contents() == [(e.level, e.text) for e in document.toc]


def _written(body: str, pack: Pack) -> Opened:
    html = f"<html><head><title>题</title></head><body><nav class='toc'/>{body}</body></html>"
    return Opened(write_docx(parse_document(html, pack.folder), pack, {}))


@pytest.mark.parametrize(
    ("headings", "field", "styles"),
    [
        ("<h1 data-toc='1'>甲</h1>", r'\o "1-1"', ["heading 1"]),
        (
            "<h1 data-toc='1'>甲</h1><h1>乙</h1><h1 data-toc='1'>丙</h1>",
            r'\o "1-1"',
            ["heading 1", "标题 1（不自动入目录）", "heading 1"],
        ),
        (
            "<h1 data-toc='1'>甲</h1><h2>乙</h2><h2 data-toc='2'>丙</h2><h2>丁</h2>",
            r'\o "1-1" \t "标题 2（入目录）,2"',
            ["heading 1", "heading 2", "标题 2（入目录）", "heading 2"],
        ),
        (
            "<h1 data-toc='1' data-toc-text='一、甲'>甲</h1>",
            r'\o "1-1" \f',
            ["标题 1（不自动入目录）"],
        ),
        (
            "<h1 data-toc='1'>甲</h1><h2 class='statement' data-toc='2'>乙</h2>",
            r'\o "1-2" \t "报表标题,2"',
            ["heading 1", "报表标题"],
        ),
        (
            "<h1>甲</h1><p data-toc='1'>乙</p><p>丙</p>",
            r'\t "正文（入目录）,1"',
            ["heading 1", "正文（入目录）", "Normal"],
        ),
    ],
)
def test_headings_are_found_by_their_style(
    pack: Pack, headings: str, field: str, styles: list[str]
) -> None:
    opened = _written(f"<section class='part'>{headings}</section>", pack)
    codes = "".join(code.text or "" for code in opened.body.iter(f"{W}instrText"))
    assert f" TOC {field} \\h \\z " in codes
    paragraphs = [p for p in opened.body.iter(f"{W}p") if not opened.name(p).startswith("toc ")]
    assert [opened.name(paragraph) for paragraph in paragraphs] == styles


@pytest.mark.parametrize("content", ["<h2>甲</h2>", "<p>甲</p>", ""])
def test_a_section_may_be_listed_itself(pack: Pack, content: str) -> None:
    opened = _written(
        f"<section class='part' data-toc='1' data-toc-text='表'>{content}</section>", pack
    )
    assert opened.updated_contents() == [(1, "表")]
    (mark,) = opened.body.iter(f"{W}bookmarkStart")
    codes = "".join(code.text or "" for code in opened.body.iter(f"{W}instrText"))
    assert f" PAGEREF {mark.get(f'{W}name')} \\h " in codes


@pytest.mark.parametrize("step", [0, 1, 2])
def test_contents_that_the_pdf_tightened_are_tight_too(pack: Pack, step: int) -> None:
    heads = "<h1 data-toc='1'>甲</h1><h2 data-toc='2'>乙</h2>"
    body = f"<nav class='toc'><p class='toc-title'>目录</p></nav><section class='part'>{heads}"
    html = f"<html><head><title>题</title></head><body>{body}</section></body></html>"
    parsed = parse_document(html, pack.folder)
    document = HtmlDocument(parsed.root, parsed.toc)
    if step:
        tighten(document.body[0], step)
    opened = Opened(write_docx(document, pack, {}))
    spacing = {
        opened.name(paragraph): [each.get(f"{W}line") for each in paragraph.iter(f"{W}spacing")]
        for paragraph in opened.body.iter(f"{W}p")
    }
    size = pack.theme.style("p", "toc-1").size
    lines = [f"{pack.theme.tighter_contents[step - 1] * size * 20:.0f}"] if step else []
    assert spacing["toc 1"] == spacing["toc 2"] == lines
    assert all(not own for name, own in spacing.items() if not name.startswith("toc "))


def test_lines_of_the_contents_lead_somewhere(printed_by_pack: tuple[HtmlDocument, bytes]) -> None:
    body = Opened(printed_by_pack[1]).body
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= marks


def test_a_changed_heading_shows_after_an_update(pack: Pack) -> None:
    opened = _written("<section class='part'><h1 data-toc='1'>甲</h1></section>", pack)
    heading = next(p for p in opened.body.iter(f"{W}p") if opened.name(p) == "heading 1")
    text = heading.find(f".//{W}t")
    assert text is not None
    text.text = "乙"
    assert opened.updated_contents() == [(1, "乙")]


def test_every_style_has_a_name_and_is_there(printed_by_pack: tuple[HtmlDocument, bytes]) -> None:
    opened = Opened(printed_by_pack[1])
    used = {_value(e) for e in opened.body.iter(f"{W}pStyle", f"{W}tblStyle", f"{W}rStyle")}
    assert used <= opened.styles.keys()
    names = [_value(style.find(f"{W}name")) for style in opened.styles.values()]
    assert len(set(names)) == len(names)
    for style, name in zip(opened.styles.values(), names, strict=True):
        based = style.find(f"{W}basedOn")
        assert based is None or _value(based) in opened.styles
        if style.get(f"{W}customStyle"):
            assert re.search("[一-鿿]", name), name
            assert not re.search("[,;]", name), name


def test_cells_say_nothing_that_their_style_says(
    printed_by_pack: tuple[HtmlDocument, bytes],
) -> None:
    for cell in Opened(printed_by_pack[1]).body.iter(f"{W}tc"):
        own = {e.tag for e in cell.iterfind(f"{W}p/{W}pPr/*")} | {
            e.tag for e in cell.iterfind(f"{W}p/{W}r/{W}rPr/*")
        }
        # what is left: a size that one table has of its own
        assert own <= {f"{W}{name}" for name in ("pStyle", "spacing", "sz", "szCs")}
        assert {e.tag for e in cell.iterfind(f"{W}tcPr/*")} <= {
            f"{W}{name}" for name in ("tcW", "gridSpan", "vMerge")
        }


def test_covered_cells_are_no_taller_than_text(printed_by_pack: tuple[HtmlDocument, bytes]) -> None:
    opened = Opened(printed_by_pack[1])
    for cell in opened.body.iter(f"{W}tc"):
        (paragraph,) = cell.iterfind(f"{W}p")
        assert opened.name(paragraph) != "Normal"


def test_amounts_stand_to_the_right_and_totals_are_bold(pack: Pack) -> None:
    row = "<td class='label'>甲</td><td class='amount'>1.00</td><td class='field level-1'>乙</td>"
    table = (
        "<section class='part'><h1>总表</h1><table class='statement'><colgroup>"
        "<col style='width: 40%'/><col style='width: 30%'/><col style='width: 30%'/></colgroup>"
        f"<thead><tr><th>项目</th><th>数</th><th>项目</th></tr></thead><tbody><tr>{row}</tr>"
        f"<tr class='total'>{row}</tr></tbody></table></section>"
    )
    opened = _written(table, pack)
    names = [opened.name(paragraph) for paragraph in opened.body.iterfind(f".//{W}tc/{W}p")]
    assert names == [
        "表头",
        "表头",
        "表头",
        "表格正文",
        "表格正文（金额）",
        "表格正文（居中、缩进5磅）",
        "表格正文（居中、合计）",
        "表格正文（金额、合计）",
        "表格正文（居中、缩进5磅、合计）",
    ]
    style = opened.styles["Td_RightTotal"]
    assert _value(style.find(f"{W}basedOn")) == "Td"
    assert _value(style.find(f"{W}pPr/{W}jc")) == "right"
    assert style.find(f"{W}rPr/{W}b") is not None
    properties = opened.body.find(f".//{W}tblPr")
    assert properties is not None
    assert _value(properties.find(f"{W}tblStyle")) == "DisclosureTable"
    assert _value(properties.find(f"{W}tblCaption")) == "总表"
    assert _value(properties.find(f"{W}tblDescription")) == "表头：项目、数"


def test_no_two_styles_have_one_id(pack: Pack) -> None:
    """Whatever selectors a theme has: not those of cells and headings that look a bit different."""
    selectors = (
        "td.right td.center td.total td.left300 h2.listed h2.unlisted figure footer header caption "
        "title section.end disclosure.table table.normal"
    )
    more = [
        pack.theme.exactly("td").model_copy(update={"selector": each, "name": f"样式{each}"})
        for each in selectors.split()
    ]
    theme = pack.theme.model_copy(update={"styles": (*pack.theme.styles, *more)})
    cells = "<td class='amount'>1</td><td class='label'>甲</td><td class='level-1'>乙</td>"
    columns = "<col style='width: 40%'/><col style='width: 30%'/><col style='width: 30%'/>"
    opened = _written(
        "<section class='part'><h2 data-toc='2'>甲</h2><h2 data-toc='2'>乙</h2><h2>丙</h2>"
        f"<table><colgroup>{columns}</colgroup><tbody><tr>{cells}</tr>"
        f"<tr class='total'>{cells}</tr></tbody></table></section>",
        replace(pack, theme=theme),
    )
    styles = etree.fromstring(opened.parts["word/styles.xml"]).iterfind(f"{W}style")
    ids = [style.get(f"{W}styleId") for style in styles]
    assert len(ids) == len(set(ids))


def test_a_table_tightened_in_the_pdf_is_tightened_here(pack: Pack) -> None:
    """Lower lines and less padding, in the same steps."""
    step = pack.theme.table.tighter[0]
    columns = '<colgroup><col style="width: 100%"/></colgroup>'
    table = f'<table class="statement{{}}">{columns}<tbody><tr><td>甲</td></tr></tbody></table>'
    loose, tight = (
        _written(f"<section>{table.format(mark)}</section>", pack).body.find(f".//{W}tbl")
        for mark in ("", " tight-1")
    )
    assert loose is not None
    assert tight is not None
    assert loose.find(f".//{W}tblCellMar") is None
    margins = tight.find(f".//{W}tblCellMar")
    assert margins is not None
    assert sum(int(side.get(f"{W}w", "")) for side in margins) == round(2 * 20 * step.vertical)
    line = tight.find(f".//{W}spacing")
    assert line is not None
    size = pack.theme.style("td", None, "statement").size
    assert int(line.get(f"{W}line", "")) == round(20 * step.line * size)


def test_a_table_keeps_its_distance_from_the_one_above_on_its_page(pack: Pack) -> None:
    one = '<section class="statement{}"><h2 class="statement" id="{}">某表</h2>{}</section>'
    columns = "<colgroup><col style='width: 100%'/></colgroup>"
    table = f"<table>{columns}<tbody><tr><td>甲</td></tr></tbody></table>"
    body = "".join(one.format(" together" * (name != "a"), name, table) for name in "abc")
    html = f"<html><head><title>题</title></head><body>{body}</body></html>"
    numbers = {"a": 1, "b": 1, "c": 2}
    opened = Opened(write_docx(parse_document(html, pack.folder), pack, numbers))
    titles = [each for each in opened.body.iter(f"{W}p") if _text(each) == "某表"]
    before = [[said.get(f"{W}before") for said in each.iter(f"{W}spacing")] for each in titles]
    assert before == [[], ["400"], []]


def test_tables_are_told_in_words(printed_by_pack: tuple[HtmlDocument, bytes]) -> None:
    document, docx = printed_by_pack
    tables = list(Opened(docx).body.iter(f"{W}tbl"))
    assert len(tables) == len(list(document.root.iter("table")))
    for table in tables:
        assert _value(table.find(f"{W}tblPr/{W}tblCaption"))


def test_a_theme_names_its_styles(pack: Pack) -> None:
    styles = [
        style.model_copy(update={"name": "大标题"}) if style.selector == "h2.statement" else style
        for style in pack.theme.styles
    ]
    theme = pack.theme.model_copy(update={"styles": tuple(styles)})
    opened = _written(
        "<section class='part'><h2 class='statement'>甲</h2></section>", _with_theme(pack, theme)
    )
    assert "大标题" in [opened.name(paragraph) for paragraph in opened.body.iter(f"{W}p")]


def _with_theme(pack: Pack, theme: object) -> Pack:
    return replace(pack, theme=theme)


def test_nothing_of_a_librarys_template_is_left(sample: Sample) -> None:
    parts = _parts(sample.file("docx"))
    charts = [name for name in parts if name.startswith(("word/charts/", "word/embeddings/"))]
    assert sorted([*PARTS, *charts]) == sorted(parts)
    everything = b"".join(parts[name] for name in PARTS).lower()
    for word in (b"python", b"macintosh", b"word document", b"normal.dotm"):
        assert word not in everything


def test_properties_say_who_publishes_what(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    document, name = sample.composed.document, sample.composed.disclosure.entity.name
    parts = _parts(write_docx(document, sample.pack, {}))
    core = parts["docProps/core.xml"].decode()
    assert f"<dc:title>{document.title}</dc:title><dc:creator>{name}</dc:creator>" in core
    assert "<dc:language>zh-CN</dc:language>" in core
    assert "created" not in core
    assert f"<Company>{name}</Company>" in parts["docProps/app.xml"].decode()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    core = _parts(write_docx(document, sample.pack, {}))["docProps/core.xml"].decode()
    assert core.count("2026-05-28T20:26:40Z") == 2


def test_fonts_that_stand_in_are_listed_as_the_standard_says(pack: Pack) -> None:
    fonts = etree.fromstring(_written("<section/>", pack).parts["word/fontTable.xml"])
    listed = {each.get(f"{W}name"): _value(each.find(f"{W}altName")) for each in fonts}
    assert listed["仿宋_GB2312"].split(",")[:2] == ["仿宋", "FangSong"]


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def _flaws(validator: OpenXmlValidator, docx: bytes, folder: Path) -> list[str]:
    file = folder / "文本.docx"
    file.write_bytes(docx)
    return [f"{each.part_uri} {each.description}" for each in validator.validate(file).errors]


def test_the_file_is_as_the_schema_of_office_wants_it(
    printed_by_pack: tuple[HtmlDocument, bytes], validator: OpenXmlValidator, tmp_path: Path
) -> None:
    assert _flaws(validator, printed_by_pack[1], tmp_path) == []


def test_charts_and_the_review_mark_are_too(
    printed: Callable[[str], Sample], validator: OpenXmlValidator, tmp_path: Path
) -> None:
    sample = printed(DEPARTMENT)
    document = HtmlDocument(deepcopy(sample.composed.document.root), sample.composed.document.toc)
    etree.SubElement(document.body, "div", {"class": "watermark"}).text = "送审稿"
    docx = write_docx(document, sample.pack, {})
    charts = sum(1 for _ in document.body.iter("figure"))
    assert charts
    assert {"word/header1.xml", f"word/charts/chart{charts}.xml"} <= _parts(docx).keys()
    assert _flaws(validator, docx, tmp_path) == []


def _spoilt(docx: bytes) -> Iterator[bytes]:
    """The same file with properties in the wrong order, an unknown one, a missing relation."""
    for part, old, new in (
        ("word/document.xml", b"<w:cantSplit/><w:tblHeader/>", b"<w:tblHeader/><w:tblHeaderX/>"),
        ("word/styles.xml", b"<w:keepNext/><w:keepLines/>", b"<w:keepLines/><w:keepNext/>"),
        ("word/document.xml", b"<w:tblLayout ", b"<w:jc w:val='middle'/><w:tblLayout "),
    ):
        parts = _parts(docx)
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        yield out.getvalue()


def test_what_is_not_so_would_be_seen(
    catalogue: Catalogue, validator: OpenXmlValidator, tmp_path: Path
) -> None:
    pack = load_pack(OWN / "最小")
    sound = write_docx(compose(OWN_DATA["最小"], pack, catalogue).document, pack, {})
    assert _flaws(validator, sound, tmp_path) == []
    for docx in _spoilt(sound):
        assert _flaws(validator, docx, tmp_path)
