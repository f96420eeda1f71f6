"""Drafts are read the same from text, Word and PDF, and every line of them has one place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from generator.core.findings import UnusableInputError
from generator.drafts.draft import Block, Draft, Line, Paragraph, Row, Spot, Table
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import DraftOutline, FormDraft
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.drafts.safety import limits
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, SAMPLES, UNIT, Sample
from tests.drafts import FOLDER
from tests.formats import NO_FORMAT, with_titles

FORMAT = with_titles(表一="{年度}年预算收支总表", 表十二="{年度}年项目支出预算表（本年预算）")


def words(line: Line) -> str:
    return line.text if isinstance(line, Paragraph) else "|".join(line.cells)


def lines(draft: Draft) -> list[str]:
    return [words(line) for line in draft.lines()]


def placed(found: DraftOutline) -> Iterator[Line]:
    """Every line of an outline, part by part."""
    for _, part in found.parts():
        yield from part


def assert_complete(found: DraftOutline) -> None:
    assert sorted(map(id, placed(found))) == sorted(map(id, found.draft.lines()))


# Text


def write(folder: Path, text: str, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_text_lines(tmp_path: Path) -> None:
    text = "\ufeff# 阳泉市教育局\r\n\r\n**一、基本支出：**指<b>支出</b>\r\n"
    text += "甲\t\t1.00\n乙\t 2 \n\n丙\t3\n"
    draft = read_draft(write(tmp_path, text))
    assert draft.blocks == (
        Paragraph("阳泉市教育局", Spot("行", 1)),
        Paragraph("一、基本支出：指支出", Spot("行", 3)),
        Table([Row(("甲", "", "1.00"), Spot("行", 4)), Row(("乙", "2"), Spot("行", 5))]),
        Table([Row(("丙", "3"), Spot("行", 7))]),
    )


# Word


def word(folder: Path, body: str, numbering: str = "") -> Path:
    """A Word file with a body as given; ``<p>`` and the like are in Word's namespace."""
    document = docx.Document()
    for child in list(document.element.body)[:-1]:
        document.element.body.remove(child)
    spaces = nsdecls("w", "wp") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    for child in parse_xml(f"<w:body {spaces}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, child)
    if numbering:
        part = document.part.numbering_part.element
        for child in parse_xml(f"<w:numbering {spaces}>{numbering}</w:numbering>"):
            part.append(child)
    path = folder / "a.docx"
    document.save(str(path))
    return path


def p(*runs: str, properties: str = "") -> str:
    texts = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{texts}</w:p>"


def tc(text: str, properties: str = "") -> str:
    content = text if text.startswith("<") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def field(code: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{code}</w:instrText><w:t>代码</w:t></w:r>"
    return (
        f"{char('begin')}{instruction}{char('separate')}<w:r><w:t>{result}</w:t></w:r>{char('end')}"
    )


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_word_paragraphs_as_a_reader_sees_them(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>不隐藏</w:t></w:r>'
    body = [
        p(
            "增加",
            "<w:ins><w:r><w:t>5</w:t></w:r></w:ins>",
            "<w:del><w:r><w:delText>4</w:delText></w:r></w:del>",
            "万元",
        ),
        p(hidden, shown),
        p(field("HYPERLINK", "一、职责"), "<w:r><w:tab/></w:r>", field("PAGEREF", "3")),
        f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>",
        p("锚", BOX.format(p("文本框"))),
        p("连", properties="<w:rPr><w:del/></w:rPr>"),
        p("接"),
    ]
    draft = read_draft(word(tmp_path, "".join(body)))
    assert lines(draft) == ["增加5万元", "不隐藏", "一、职责 3", "控件", "锚", "文本框", "连接"]
    assert [line.spot.number for line in draft.lines()] == [1, 2, 3, 4, 5, 6, 8]


def test_word_table_on_its_grid(tmp_path: Path) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    two = '<w:gridSpan w:val="2"/>'
    inner = f"<w:tbl>{tr(tc('内1'), tc('内2'))}</w:tbl>"
    body = "<w:tbl>" + "".join(
        [
            tr(tc("项目", down), tc("支出", two)),
            tr(tc("", on), tc("合计"), tc("<w:p/>" + p("基本") + p("支出"))),
            tr(tc("删"), properties='<w:del w:id="1"/>'),
            tr(tc("甲"), tc(inner + "<w:p/>")),
        ]
    )
    draft = read_draft(word(tmp_path, body + "</w:tbl>"))
    assert lines(draft) == ["项目|支出|", "|合计|基本支出", "甲|内1 内2|"]


def test_word_frame_around_tables(tmp_path: Path) -> None:
    inner = f"<w:tbl>{tr(tc('甲'), tc('1'))}</w:tbl>"
    draft = read_draft(word(tmp_path, f"<w:tbl>{tr(tc(p('题') + inner + '<w:p/>'))}</w:tbl>"))
    assert lines(draft) == ["题", "甲|1"]


def test_word_numbers_paragraphs(tmp_path: Path) -> None:
    def level(depth: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")
    numbering = (
        f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
        '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    )
    body = [
        p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
        for depth, text in [(0, "职责"), (1, "甲"), (1, "乙"), (0, "机构"), (1, "丙")]
    ]
    draft = read_draft(word(tmp_path, "".join(body), numbering))
    assert lines(draft) == ["一、职责", "1.甲", "2.乙", "二、机构", "1.丙"]


# PDF

PAGE = "@page {size: 300pt 200pt; margin: 40pt} p {font: 10pt/14pt 'Noto Serif CJK SC'; margin: 0;"
STYLE = PAGE + " text-indent: 2em} td {border: 1pt solid; padding: 1pt} tr {break-inside: avoid}"
STYLE += " table {width: 100%; table-layout: fixed;"
STYLE += " border-collapse: collapse; font: 10pt/12pt 'Noto Serif CJK SC'}"


def pdf(folder: Path, body: str, style: str = "") -> Path:
    path = folder / "a.pdf"
    HTML(string=f"<style>{STYLE}{style}</style>{body}").write_pdf(path)
    return path


def test_pdf_paragraphs_across_lines_and_pages(tmp_path: Path) -> None:
    texts = [
        "各级各类学校资助资金足额发放、拨付。" * 9,
        "短。",
        "预算收入 1,234.50 万元，增长2.1%。" * 3,
    ]
    footer = '@page {@bottom-center {content: "— " counter(page) " —"}}'
    draft = read_draft(pdf(tmp_path, "".join(f"<p>{text}</p>" for text in texts), footer))
    prose = [line.text for line in draft.lines() if isinstance(line, Paragraph) and not line.aside]
    assert [text.replace(" ", "") for text in prose] == [text.replace(" ", "") for text in texts]
    assert [words(line) for line in draft.lines() if line not in _prose(draft)] == [
        "— 1 —",
        "— 2 —",
    ]


def _prose(draft: Draft) -> list[Line]:
    return [line for line in draft.lines() if not (isinstance(line, Paragraph) and line.aside)]


def test_pdf_table_that_a_page_break_cuts(tmp_path: Path) -> None:
    head = "<thead><tr><td>指标</td><td>名称</td><td>数</td></tr></thead>"
    rows = "".join(f"<tr><td>第{n}类</td><td>名称{n}</td><td>{n}.00</td></tr>" for n in range(5))
    text = "保障学校正常运转并改善条件" * 3
    long = f"<tr style='break-inside: auto'><td>说明</td><td>{text}</td><td></td></tr>"
    draft = read_draft(pdf(tmp_path, f"<table>{head}{rows}{long}{rows}</table>"))
    body = [row for row in lines(draft) if row != "指标|名称|数"]
    assert len(lines(draft)) - len(body) == [*draft.lines()][-1].spot.number > 1
    assert body[5] == f"说明|{text}|"
    assert len(body) == 11


def test_pdf_marks_aslant_are_asides(tmp_path: Path) -> None:
    mark = ".w {position: fixed; top: 50pt; transform: rotate(-35deg)}"
    draft = read_draft(pdf(tmp_path, "<p class='w'>仅供审核</p><p>正文。</p>", mark))
    assert {(words(line), getattr(line, "aside", "")) for line in draft.lines()} == {
        ("正文。", ""),
        ("仅供审核", "水印"),
    }


def test_pdf_text_layer_with_spaces_throughout(tmp_path: Path) -> None:
    spaced = " ".join("机关运行经费预算情况")
    assert lines(read_draft(pdf(tmp_path, f"<p>{spaced}</p>"))) == ["机关运行经费预算情况"]
    kept = "山西省财政厅 山西省教育厅关于印发办法的通知"
    assert lines(read_draft(pdf(tmp_path, f"<p>{kept}</p>"))) == [kept]


# Refused before anything opens them


def refused(path: Path) -> str:
    with pytest.raises(UnusableInputError) as caught:
        read_draft(path)
    assert [finding.place and finding.place.file for finding in caught.value.findings] == [path]
    return caught.value.findings[0].code


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


def locked_pdf() -> bytes:
    """A PDF that no empty password opens."""
    encrypt = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>".format("41" * 32)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        encrypt,
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = "<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<41> <41>] >>"
    out.write(f"xref\n0 5\n0000000000 65535 f \n{table}trailer {trailer}\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_files_that_are_no_drafts(tmp_path: Path) -> None:
    assert refused(tmp_path / "fehlt.txt") == "E102"
    assert refused(write(tmp_path, "", "leer.txt")) == "E605"
    assert refused(write(tmp_path, " \n\t\n", "blank.txt")) == "E605"
    assert refused(write(tmp_path, "x", "a.wps")) == "E601"
    (tmp_path / "big5.txt").write_bytes("預算公開說明".encode("big5"))
    assert refused(tmp_path / "big5.txt") == "E103"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04 no package", "E603"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "E601"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "E604"),
        ("a.pdf", b"<html>", "E607"),
        ("a.pdf", b"%PDF-1.7\nno objects", "E603"),
        ("a.pdf", locked_pdf(), "E604"),
    ],
)
def test_damaged_and_locked_files(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == code


def test_packages_that_are_unsafe(tmp_path: Path) -> None:
    bomb = {"word/media/a.bin": b"\0" * (4 * limits.RATIO_COUNTS_FROM)}
    assert refused(packed(tmp_path, bomb)) == "E602"
    many = {f"{number}.bin": b"" for number in range(limits.MAX_ZIP_ENTRIES + 1)}
    assert refused(packed(tmp_path, many)) == "E602"
    entity = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    assert refused(packed(tmp_path, {"word/document.xml": entity})) == "E606"
    wide = entity.decode().encode("utf-16")
    assert refused(packed(tmp_path, {"word/document.xml": wide})) == "E606"
    assert refused(packed(tmp_path, {"word/document.xml": b"<a/>"})) == "E603"


def test_limits_of_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PDF_PAGES", 2)
    limits.check_pages(tmp_path, 2)
    with pytest.raises(UnusableInputError, match="共 3 页，超过 2 页"):
        limits.check_pages(tmp_path, 3)
    monkeypatch.setattr("generator.drafts.text.source.MAX_TEXT_BYTES", 3)
    assert refused(write(tmp_path, "预算")) == "E602"


def test_scanned_pages(tmp_path: Path) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    image = f"<img src='{dot}' style='width: 90pt'>"
    assert refused(pdf(tmp_path, image)) == "E605"
    draft = read_draft(pdf(tmp_path, f"<p>正文。</p><p style='break-before: page'>{image}</p>"))
    assert [words(line) for line in outline(draft, NO_FORMAT).unreadable] == [
        "第2页没有文字，只有图片"
    ]


# Outline


def split(text: str) -> DraftOutline:
    """The outline of a text: a line with ``|`` is a row, ``-`` begins a new table."""
    blocks: list[Block] = []
    for number, line in enumerate(text.strip().split("\n"), 1):
        content, spot = line.strip(), Spot("行", number)
        if content == "-":
            blocks.append(Table())
        elif "|" in content:
            if not blocks or not isinstance(blocks[-1], Table):
                blocks.append(Table())
            table = blocks[-1]
            assert isinstance(table, Table)
            table.rows.append(Row(tuple(content.split("|")), spot))
        else:
            blocks.append(Paragraph(content, spot))
    full = tuple(block for block in blocks if not isinstance(block, Table) or block.rows)
    found = outline(Draft(Path("a.txt"), full), FORMAT)
    assert_complete(found)
    return found


def test_contents_and_headings() -> None:
    found = split("""
        阳泉市教育局
        目 录
        第一部分 概况 1
        一、本部门职责|1
        表一2024年预算收支总表......2
        — 1 —
        第一部分 概况
        一、本部门职责
        1.教育。
        二、机构设置情况
        一个科室。
        第三部分 2024年度部门预算情况说明
        九、政府采购情况
        无。
        十二、其他说明
        （一）政府购买服务指导性目录
        无
        情况说明
        市财政局：
        特此说明。
        第四部分 名词解释
        一、基本支出：指支出。
        八、机关运行经费：指经费。
    """)
    assert list(map(words, found.cover)) == ["阳泉市教育局"]
    assert len(found.contents) == 4
    assert {name: list(map(words, part)) for name, part in found.sections.items()} == {
        "职责": ["1.教育。"],
        "机构设置": ["一个科室。"],
        "九": ["无。"],
        "十二": ["（一）政府购买服务指导性目录", "无"],
        "名词解释": ["一、基本支出：指支出。", "八、机关运行经费：指经费。"],
    }
    assert list(map(words, found.letters)) == ["情况说明", "市财政局：", "特此说明。"]
    assert list(map(words, found.noise)) == ["— 1 —"]


def test_contents_without_page_numbers() -> None:
    found = split("目录\n第一部分 概况\n一、职责\n第一部分 概况\n一、职责\n教育。")
    assert len(found.contents) == 3
    assert list(map(words, found.sections["职责"])) == ["教育。"]


def test_contents_end_with_the_forms_that_have_no_number() -> None:
    found = split("""
        目录
        第一部分 概况 1
        一、本部门职责 1
        第三部分 2024年度部门预算情况说明 3
        附件 4
        青山市教育局 5
        青山市第一中学 9
        青山市实验小学 9
        青山市图书馆 12
        第一部分 概况
        一、本部门职责
        1.教育。
    """)
    assert len(found.contents) == 9
    assert list(map(words, found.sections["职责"])) == ["1.教育。"]


def test_statement_cut_by_pages() -> None:
    found = split("""
        预算公开表1
        2024年预算
        收支总表
        单位：万元
        项目|合计
        甲|1.00
        内部审核|
        -
        项目|合计
        乙|2.00
        预算公开表1
        2024年预算收支总表（续）
        项目|合计
        丙|3.00
        注：完
    """)
    statement = found.statements["表一"]
    assert statement.title == "2024年预算收支总表"
    above = ["预算公开表1", "2024年预算", "收支总表", "单位：万元"]
    assert list(map(words, statement.above)) == above
    assert list(map(words, statement.rows)) == ["项目|合计", "甲|1.00", "乙|2.00", "丙|3.00"]
    assert list(map(words, statement.below)) == ["注：完"]
    assert len(found.noise) == 5


def test_title_inside_the_table() -> None:
    found = split("表一：2024年预算收支总表||\n项目|合计|\n甲|1.00|")
    assert len(found.statements["表一"].rows) == 3


FORM = """
        市级预算部门（单位）项目支出绩效目标表
        (2024年度)
        项目名称|{0}
        主管部门及代码|067|实施单位|{1}
        {2}
"""
FOOT = "负责人：|经办人："


def test_pages_of_one_form_and_forms_of_one_name() -> None:
    pages = [("甲", "中心", "产出指标|1"), ("甲", "中心", FOOT), ("甲", "中心", FOOT)]
    pages += [("乙", "一校", "产出指标|1"), ("乙", "二校", FOOT)]
    found = split("".join(FORM.format(*page) for page in pages))
    assert [len(form.rows) for form in found.forms] == [6, 3, 3, 3]
    assert [len(form.title) for form in found.forms] == [4, 2, 2, 2]


def test_form_goes_on_below_a_repeated_head_row() -> None:
    found = split(
        FORM.format("甲", "中心", "产出指标|1") + f"— 2 —\n-\n项目名称|甲\n满意度|2\n{FOOT}"
    )
    assert [len(form.rows) for form in found.forms] == [5]
    assert list(map(words, found.noise)) == ["— 2 —", "项目名称|甲"]


def test_form_without_title_is_told_from_statement_12() -> None:
    found = split(f"""
        2024年项目支出预算表（本年预算）
        项目名称|合计|单位资金
        甲|1.00|
        项目名称|甲
        主管部门及代码|067|实施单位|中心
        {FOOT}
        流落的文字
        十一、国有资产占有使用情况
        无。
    """)
    assert len(found.statements["表十二"].rows) == 2
    assert [len(form.rows) for form in found.forms] == [3]
    assert [words(line) for part in found.other for line in part.lines] == ["流落的文字"]
    assert list(found.sections) == ["十一"]


PIECES = [
    "目录",
    "第一部分 概况",
    "一、职责 1",
    "一、职责",
    "预算公开表1",
    "2024年预算",
    "收支总表",
]
PIECES += [
    "2024年预算收支总表",
    "项目|合计",
    "-",
    "甲|1",
    "项目支出绩效目标表",
    "项目名称|甲",
    FOOT,
]
PIECES += [
    "整体支出绩效目标申报表",
    "项目支出绩效目标表索引",
    "十二、其他说明",
    "情况说明",
    "— 1 —",
]
PIECES += ["第四部分 名词解释", "内部审核", "内部审核|", "字", "结构图", "(2024年度)", "预算表12"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_every_line_has_one_place(pieces: list[str]) -> None:
    split("\n".join(pieces))


# Published texts and printed files


def shape(found: DraftOutline) -> dict[str, Any]:
    """What an outline holds, without places."""
    forms = (found.overall_form or FormDraft(), *found.forms)
    return {
        "正文": {name: list(map(words, part)) for name, part in found.sections.items()},
        "报表": {s.number: [row.cells for row in s.rows] for s in found.statements.values()},
        "注": {s.number: list(map(words, s.below)) for s in found.statements.values()},
        "绩效": [[row.cells for row in form.rows] for form in forms],
        "函": list(map(words, found.letters)),
        "标题": list(map(words, found.headings)),
        "封面": list(map(words, found.cover)),
    }


@pytest.fixture
def printed_outline(
    printed: Callable[[str], Sample], pack: Pack, tmp_path: Path
) -> Callable[[str, str], DraftOutline]:
    def get(name: str, extension: str) -> DraftOutline:
        path = tmp_path / f"a.{extension}"
        path.write_bytes(printed(name).file(extension))
        draft = read_draft(path)
        found = outline(draft, format_of(pack))
        assert_complete(found)
        assert not found.other
        return found

    return get


@pytest.mark.parametrize("name", SAMPLES)
def test_word_and_pdf_tell_the_same(
    name: str, printed_outline: Callable[[str, str], DraftOutline]
) -> None:
    from_word, from_pdf = (shape(printed_outline(name, kind)) for kind in ("docx", "pdf"))
    assert from_pdf == from_word
    assert len(from_word["报表"]) == 13


@pytest.mark.parametrize("name", SAMPLES)
def test_published_text_has_the_shape_of_the_printed_file(
    name: str, pack: Pack, printed_outline: Callable[[str, str], DraftOutline]
) -> None:
    published = outline(read_draft(FOLDER / f"{name}.txt"), format_of(pack))
    assert_complete(published)
    assert not published.other
    ours = printed_outline(name, "docx")
    assert list(published.sections) == list(ours.sections)
    assert len(published.forms) == len(ours.forms) == (6 if name == UNIT else 0)
    assert bool(published.overall_form) == bool(ours.overall_form) == (name == DEPARTMENT)
    for number, statement in published.statements.items():
        assert _amounts(statement.rows) == _amounts(ours.statements[number].rows), number


def _amounts(rows: list[Row]) -> list[list[str]]:
    return [[cell for cell in row.cells if re.fullmatch(r"[\d,]+\.\d\d", cell)] for row in rows]
