"""Word drafts as a reader sees them: changes accepted, and only the body is text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from generator.drafts.draft import Paragraph
from generator.drafts.read import read_draft
from tests.test_drafts import BOX, lines, p, packed, refused, tc, tr, word, words

PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def with_part(path: Path, name: str, xml: str) -> Path:
    """Adds a part such as the comments, and says in the package what it is."""
    with zipfile.ZipFile(path) as package:
        files = {entry: package.read(entry) for entry in package.namelist()}
    files[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{xml}</w:{name}>".encode()
    override = f'<Override PartName="/word/{name}.xml" ContentType="{PARTS}.{name}+xml"/></Types>'
    relation = f'<Relationship Id="rIdX" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
    _replace(files, "[Content_Types].xml", "</Types>", override)
    relations = "word/_rels/document.xml.rels"
    _replace(files, relations, "</Relationships>", f"{relation}</Relationships>")
    return packed(path.parent, files)


def _replace(files: dict[str, bytes], name: str, old: str, new: str) -> None:
    files[name] = files[name].replace(old.encode(), new.encode())


def test_text_moved_stands_where_it_was_moved_to(tmp_path: Path) -> None:
    gone, here = (
        f"<w:moveFrom>{run('后移。')}</w:moveFrom>",
        f"<w:moveTo>{run('后移。')}</w:moveTo>",
    )
    draft = read_draft(word(tmp_path, p("甲。", gone) + p("乙。", here)))
    assert lines(draft) == ["甲。", "乙。后移。"]


def test_a_row_moved_stands_once(tmp_path: Path) -> None:
    """Word marks a row that was moved as deleted above and inserted below."""
    moved_away = tr(tc(p(f"<w:moveFrom>{run('乙')}</w:moveFrom>")), properties='<w:del w:id="1"/>')
    moved_here = tr(tc(p(f"<w:moveTo>{run('乙')}</w:moveTo>")), properties='<w:ins w:id="2"/>')
    draft = read_draft(word(tmp_path, table(moved_away, tr(tc("甲")), moved_here)))
    assert lines(draft) == ["甲", "乙"]


def test_changes_in_cells(tmp_path: Path) -> None:
    changed = p(
        f"<w:del><w:r><w:delText>1.00</w:delText></w:r></w:del><w:ins>{run('2.00')}</w:ins>"
    )
    draft = read_draft(word(tmp_path, table(tr(tc("合计"), tc(changed)))))
    assert lines(draft) == ["合计|2.00"]


def test_a_text_box_in_a_cell(tmp_path: Path) -> None:
    boxed = p("甲", BOX.format(p("框内")))
    assert lines(read_draft(word(tmp_path, table(tr(tc(boxed), tc("1")))))) == ["甲框内|1"]


def test_a_table_in_a_text_box(tmp_path: Path) -> None:
    boxed = BOX.format(table(tr(tc("甲"), tc("1"))) + p(""))
    assert lines(read_draft(word(tmp_path, p("前", boxed)))) == ["前", "甲|1"]


def test_cells_merged_both_ways(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = [
        tr(tc("块", wide + '<w:vMerge w:val="restart"/>'), tc("1")),
        tr(tc("", wide + "<w:vMerge/>"), tc("2")),
        tr(tc("左", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("3")),
        tr(tc("末"), tc("4"), properties='<w:gridBefore w:val="1"/>'),
    ]
    expected = ["块||1", "||2", "左||3", "|末|4"]
    assert lines(read_draft(word(tmp_path, table(*rows)))) == expected


def test_headings_numbered_by_their_style(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="2"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1部分 "/></w:lvl></w:abstractNum>'
        '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    )
    numbered = '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="91"/></w:numPr>'
    body = p("报表", properties=numbered) + p("") + p("情况说明", properties=numbered)
    draft = read_draft(word(tmp_path, body, numbering))
    assert lines(draft) == ["第二部分 报表", "第三部分 情况说明"]


@pytest.mark.parametrize("kind", ["comments", "footnotes", "endnotes"])
def test_notes_follow_what_refers_to_them(tmp_path: Path, kind: str) -> None:
    item = kind.removesuffix("s")
    marks = (
        '<w:commentRangeStart w:id="7"/>',
        f'<w:r><w:{item}Reference w:id="7"/></w:r>',
        '<w:commentRangeEnd w:id="7"/>',
    )
    path = word(tmp_path, p("正文", *marks, "。") + p("后文"))
    noted = with_part(path, kind, f'<w:{item} w:id="7">{p("请核对这一数字")}</w:{item}>')
    told = {"comments": [], "footnotes": ["第1脚注"], "endnotes": ["第1尾注"]}[kind]
    draft = read_draft(noted)
    assert lines(draft) == ["正文。", *["请核对这一数字"] * len(told), "后文"]
    assert [str(line.spot) for line in draft.lines()] == ["开头第1段", *told, "开头第2段"]
    assert [trace.kind for trace in draft.facts.traces] == ["批注"] * (kind == "comments")


def test_headers_are_told_from_the_body(tmp_path: Path) -> None:
    noted = with_part(word(tmp_path, p("正文。")), "header", p("内部资料"))
    with zipfile.ZipFile(noted) as package:  # the part of a header is named hdr
        files = {entry: package.read(entry) for entry in package.namelist()}
    _replace(files, "word/header.xml", "w:header", "w:hdr")
    draft = read_draft(packed(tmp_path, files))
    assert [(words(line), getattr(line, "aside", "")) for line in draft.lines()] == [
        ("正文。", ""),
        ("内部资料", "页眉"),
    ]


def test_tables_nested_a_little_are_read(tmp_path: Path) -> None:
    inner = table(tr(tc("甲"), tc("1")))
    for _ in range(20):
        inner = table(tr(tc(inner + p(""))))
    assert lines(read_draft(word(tmp_path, inner))) == ["甲|1"]


def _with_body(folder: Path, body: str) -> Path:
    with zipfile.ZipFile(word(folder, p("正文"))) as package:
        files = {entry: package.read(entry) for entry in package.namelist()}
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    return packed(folder, files | {"word/document.xml": document.encode()})


def test_absurd_xml_is_refused(tmp_path: Path) -> None:
    opened = "<w:tbl><w:tr><w:tc>"
    deep = opened * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300
    assert refused(_with_body(tmp_path, deep)) == "E603"
    noise = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(4 * 2**20))
    assert refused(_with_body(tmp_path, f'<w:p w:rsidR="{noise}"/>')) == "E603"


def test_a_spacer_of_many_columns_is_clipped(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="999999999"/>'
    (row,) = read_draft(word(tmp_path, table(tr(tc("甲", wide), tc("1"))))).lines()
    assert not isinstance(row, Paragraph)
    assert len(row.cells) == 64
