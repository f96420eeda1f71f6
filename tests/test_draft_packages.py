"""Files that Word opens are read, others are called what they are, hostile ones refused."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.drafts import read as reading
from generator.drafts.draft import Paragraph
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.drafts.safety import limits
from tests.formats import NO_FORMAT
from tests.spoilt_drafts import KINDS, made, spoilt
from tests.test_check_file import files_of
from tests.test_draft_docx import RELATIONS, SPACES, table, with_part
from tests.test_drafts import BOX, lines, p, packed, tc, tr, word

MAIN = b"wordprocessingml.document.main+xml"
RELATED = "word/_rels/document.xml.rels"
OLE = b"\xd0\xcf\x11\xe0"
PNG = b"\x89PNG\r\n\x1a\n"


def refusal(path: Path) -> tuple[str, str]:
    """The code of the one finding, and its words."""
    with pytest.raises(UnusableInputError) as caught:
        read_draft(path)
    (finding,) = caught.value.findings
    return finding.code, f"{finding.message}。{finding.remedy}"


def related(files: dict[str, bytes], relation: str) -> dict[str, bytes]:
    """A package with one more relationship of its document."""
    more = f"{relation}</Relationships>".encode()
    return files | {RELATED: files[RELATED].replace(b"</Relationships>", more)}


# What Word opens


@pytest.mark.parametrize(
    "kind",
    [
        b"wordprocessingml.template.main+xml",
        b"ms-word.document.macroEnabled.main+xml",
        b"ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_macros(kind: bytes, tmp_path: Path) -> None:
    files = files_of(word(tmp_path, p("职责")))
    full = b"openxmlformats-officedocument." + MAIN
    kind = kind if kind.startswith(b"ms") else b"openxmlformats-officedocument." + kind
    types = files["[Content_Types].xml"].replace(full, kind)
    assert types != files["[Content_Types].xml"]
    macros = f'<Relationship Id="m" Type="{RELATIONS}/vbaProject" Target="vbaProject.bin"/>'
    more = {"[Content_Types].xml": types, "word/vbaProject.bin": b"x"}
    path = packed(tmp_path, related(files | more, macros))
    assert lines(read_draft(path)) == ["职责"]
    assert lines(read_draft(path.rename(tmp_path / "a.dotm"))) == ["职责"]


@pytest.mark.parametrize(
    "target",
    ["../NULL", "missing.xml", "/word/none.bin", "NULL", "file:///C:/x.png", "%00", "#x", ""],
)
def test_relationships_to_nowhere(target: str, tmp_path: Path) -> None:
    relations = "".join(
        f'<Relationship Id="x{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, kind in enumerate(("image", "header", "footnotes", "comments"))
    )
    files = related(files_of(word(tmp_path, p("职责"))), relations)
    assert lines(read_draft(packed(tmp_path, files))) == ["职责"]


def test_parts_elsewhere_and_in_other_letters(tmp_path: Path) -> None:
    files = files_of(word(tmp_path, p("职责")))
    outside = '<Relationship Id="h" Type="{}/header" Target="http://x.invalid/h" TargetMode="{}"/>'
    files = related(files, outside.format(RELATIONS, "External"))
    files[RELATED] = files[RELATED].replace(b'"styles.xml"', b'"/word/STYLES.xml"')
    assert lines(read_draft(packed(tmp_path, files))) == ["职责"]


def test_the_strict_variant(tmp_path: Path) -> None:
    merged = tc("甲", '<w:gridSpan w:val="2"/>')
    files = files_of(word(tmp_path, p("职责") + table(tr(merged), tr(tc("乙"), tc("1")))))
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        .replace(b"relationships/extended-properties", b"relationships/extendedProperties")
        for name, content in files.items()
    }
    assert strict != files
    assert lines(read_draft(packed(tmp_path, strict))) == ["职责", "甲|", "乙|1"]


def test_alternatives_are_read_once(tmp_path: Path) -> None:
    def alternatives(space: str) -> str:
        choice = f'<mc:Choice xmlns:q="{space}" Requires="q"><w:t>新</w:t></mc:Choice>'
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        fallback = "<mc:Fallback><w:t>旧</w:t></mc:Fallback>"
        both = f"<mc:AlternateContent {mc}>{choice}{fallback}</mc:AlternateContent>"
        return f"<w:p><w:r>{both}</w:r></w:p>"

    known = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    files = files_of(word(tmp_path, p("甲")))
    body = "<w:body>" + alternatives(known) + alternatives("urn:unknown")
    name = "word/document.xml"
    files[name] = files[name].replace(b"<w:body>", body.encode())
    assert lines(read_draft(packed(tmp_path, files))) == ["新", "旧", "甲"]


def test_what_word_shows_besides_runs(tmp_path: Path) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    math = f"<m:oMath {space}><m:r><m:t>3.5</m:t></m:r></m:oMath>"
    base = "<w:rubyBase><w:r><w:t>阳</w:t></w:r></w:rubyBase>"
    sound = "<w:rt><w:r><w:t>yang</w:t></w:r></w:rt>"
    reading_above = f"<w:r><w:ruby>{sound}{base}</w:ruby></w:r>"
    body = p("增长", math, "%") + p(reading_above, "泉") + p("甲", "<w:r><w:object/></w:r>")
    body += '<w:altChunk xmlns:r="r" r:id="x"/>'
    draft = read_draft(word(tmp_path, body))
    assert lines(draft) == [
        *("增长3.5%", "阳泉", "甲"),
        "这里嵌入了别的程序的对象，其中的文字没有读",
        "这里嵌入了另一个文件，其中的文字没有读",
    ]
    unread = [line for line in draft.lines() if isinstance(line, Paragraph) and line.aside]
    assert outline(draft, NO_FORMAT).unreadable == unread


def test_headers_footers_and_notes(tmp_path: Path) -> None:
    body = p("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    body += table(tr(tc(p("乙", '<w:r><w:footnoteReference w:id="3"/></w:r>')), tc("1"))) + p("尾")
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    notes = note.format(2, p("注一")) + note.format(3, p("注二"))
    files = files_of(with_part(word(tmp_path, body), "footnotes", notes))
    boxed = p(BOX.format(p("框内"))).replace("<wp:", "<w:").replace("</wp:", "</w:")
    for name, content in (
        ("header", p("甲市局2031年") + table(tr(tc("左"), tc("右"))) + boxed),
        ("footer", p("第 ", "1", " 页") + p("内部")),
    ):
        space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        root = "hdr" if name == "header" else "ftr"
        files[f"word/{name}9.xml"] = f"<w:{root} {SPACES} {space}>{content}</w:{root}>".encode()
        relation = f'<Relationship Id="{name}9" Type="{RELATIONS}/{name}" Target="{name}9.xml"/>'
        files = related(files, relation)
    draft = read_draft(packed(tmp_path, files))
    told = [
        (
            line.text if isinstance(line, Paragraph) else "|".join(line.cells),
            f"第{line.spot.number}{line.spot.kind}",
        )
        for line in draft.lines()
    ]
    assert told[:5] == [
        *(
            ("甲", "第1段"),
            ("注一", "第1脚注"),
            ("乙|1", "第2段"),
            ("注二", "第2脚注"),
            ("尾", "第3段"),
        ),
    ]
    asides = {line.text: line.aside for line in draft.lines() if isinstance(line, Paragraph)}
    assert asides["甲市局2031年"] == asides["左 右"] == "页眉"
    assert asides["内部"] == "页脚"
    assert asides["第 1 页"] == "页码"


def test_breaks_in_word(tmp_path: Path) -> None:
    br = "<w:r><w:br/></w:r>"
    styled = '<w:pStyle w:val="1"/>'
    body = p("一、职责", br, "负责教育。") + p("第一部分", br, "概况")
    body += p("甲市局", br, "预算公开", properties=styled) + table(tr(tc(p("机关", br, "经费"))))
    assert lines(read_draft(word(tmp_path, body))) == [
        *("一、职责", "负责教育。", "第一部分 概况", "甲市局 预算公开", "机关经费"),
    ]


# What a file is


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        (
            "a.docx",
            b"\xef\xbb\xbf <!DOCTYPE html><html>",
            "E607",
            "网页（HTML）。把扩展名改为 .html",
        ),
        ("a.doc", b"<html xmlns:o='x'><body>", "E607", "网页（HTML）"),
        ("a.txt", "<?xml version='1.0'?><html>".encode("utf-16"), "E607", "改为 .html"),
        ("a.docx", b"%PDF-1.4", "E607", "改为 .pdf"),
        ("a.pdf", zipped(word__document_xml=b"<a/>"), "E607", "内容却是Word"),
        ("a", b"%PDF-1.4", "E607", "扩展名是 空的"),
        ("a.ofd", zipped(OFD_xml=b"<a/>"), "E601", "内容是 OFD 版式文件。用 OFD 阅读器"),
        ("a.docx", zipped(OFD_xml=b"<a/>"), "E601", "OFD 版式文件"),
        ("a.docx", zipped(xl__workbook_xml=b"<a/>"), "E607", "Excel 工作簿。把扩展名改为 .xlsx"),
        ("a.xlsx", zipped(xl__workbook_bin=b"x"), "E601", ".xlsb"),
        ("a.xls", zipped(xl__workbook_xml=b"<a/>"), "E607", "改为 .xlsx"),
        ("a.docx", zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "E601", ".odt"),
        ("a.docx", zipped(甲_docx=b"x"), "E601", "压缩包。先解压"),
        ("a.docx", b"Rar!\x1a\x07", "E601", "压缩包"),
        ("a.docx", b"{\\rtf1\\ansi", "E601", "RTF 文件"),
        ("a.txt", PNG, "E601", "图片"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "E601", "图片"),
        ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "E601", "MHTML"),
        ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "E601", "旧格式的 .doc 文件。用 WPS"),
        ("a.wps", OLE + "WordDocument".encode("utf-16-le"), "E601", "WPS 文字"),
        ("a.et", OLE + "Workbook\0".encode("utf-16-le"), "E601", "WPS 表格"),
        ("a.docx", OLE + "Workbook\0".encode("utf-16-le"), "E607", "改为 .xls "),
        (
            "a.xls",
            b"<?xml version='1.0'?><W xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
            "E601",
            "XML 表格",
        ),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "E604", "打开密码"),
        ("a.docx", b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>", "E601", "Word 的 XML"),
        ("a.docx", b"", "E605", "空的"),
        ("a.docx", "只有文字".encode(), "E603", "不完整"),
        ("a.json", b"{}", "E601", "不能读 .json 文件。另存为"),
    ],
)
def test_a_file_is_called_what_it_is(
    name: str, content: bytes, code: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    told = refusal(tmp_path / name)
    assert told[0] == code
    assert says in told[1].replace("却是 Word", "却是Word")


# Hostile ones


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "x", "٣", "1e9", "1" + "0" * 16])
def test_absurd_numbers(number: str, tmp_path: Path) -> None:
    levels = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="%1、{"长" * 9000}"/></w:lvl><w:lvl w:ilvl="{number}"/>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'
        '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="91"/></w:numPr>'
    span = f'<w:gridSpan w:val="{number}"/>'
    body = p("甲", properties=listed.format(number)) + p("乙", properties=listed.format(0))
    read = lines(read_draft(word(tmp_path, body + table(tr(tc("丙", span))), numbering)))
    assert read[0].endswith("甲")
    assert read[1].endswith("乙")
    assert len(read[1]) < 200
    assert read[2].rstrip("|") == "丙"
    page = tmp_path / "a.html"
    page.write_text(
        f"<ol start={number}><li value={number}>甲</ol><table><tr><td colspan={number} "
        f"rowspan={number}>乙</table>"
    )
    assert [line.strip("|") for line in lines(read_draft(page))][1:] == ["乙"]


@pytest.mark.parametrize(
    "empty", ["<table></table>", "<table><tr></table>", "<table><tr hidden><td>1</table>"]
)
def test_tables_without_cells(empty: str, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<p>正文</p>{empty}")
    draft = read_draft(page)
    assert lines(draft)[0] == "正文"
    outline(draft, NO_FORMAT)


def test_tables_that_swell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 500)
    before = '<w:gridBefore w:val="60"/>'
    path = word(tmp_path, table(*[tr(tc("x"), properties=before)] * 20))
    assert refusal(path) == ("E602", "“word/document.xml”的表格超过 0 万格。去掉多余的合并单元格")
    padded = table(tr(*[tc("x")] * 40), *[tr(tc("x"))] * 20)
    assert refusal(word(tmp_path, padded))[0] == "E602"
    (tmp_path / "a.txt").write_text("\t" * 600 + "x")
    assert refusal(tmp_path / "a.txt")[0] == "E602"


def test_trees_that_swell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TREE_BYTES", 2**20)
    path = word(tmp_path, p("x") * 900)
    assert refusal(path)[0] == "E602"
    monkeypatch.setattr("generator.drafts.html.source.MAX_TREE_BYTES", 2**20)
    (tmp_path / "a.html").write_text("<p>x" + "<b>" * 9_000)
    assert refusal(tmp_path / "a.html")[0] == "E602"
    monkeypatch.setattr("generator.drafts.text.source.MAX_LINES", 10)
    (tmp_path / "a.txt").write_text("x\n" * 20)
    assert refusal(tmp_path / "a.txt")[0] == "E602"


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (MemoryError(), "E602", "“甲.xml”太大，内存不够"),
        (RecursionError(), "E602", "“甲.xml”嵌套的层数不合常理"),
        (KeyError("x"), "E603", "“甲.xml”读不出来（KeyError）"),
        (limits.TooMuchError("太多"), "E602", "“甲.xml”太多"),
    ],
)
def test_no_error_of_a_reader_gets_through(
    error: Exception, code: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Path) -> reading._Read:
        error.__notes__ = ["甲.xml"]
        raise error

    monkeypatch.setitem(reading.READERS, ".txt", failing)
    (tmp_path / "a.txt").write_text("x")
    told = refusal(tmp_path / "a.txt")
    assert told[0] == code
    assert says in told[1]


def test_a_broken_part_is_named(tmp_path: Path) -> None:
    files = files_of(with_part(word(tmp_path, p("甲")), "footnotes", "")) | {
        "word/footnotes.xml": b"<w:footnotes"
    }
    assert refusal(packed(tmp_path, files))[1].startswith("“word/footnotes.xml”读不出来")


@pytest.mark.parametrize("kind", KINDS[:3])
def test_spoilt_drafts_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    """What ``scripts/fuzz_drafts.py`` does by the thousand."""
    path = tmp_path / f"a.{kind}"
    wholes = made(kind)
    for number in range(25):
        chance = random.Random(f"{kind}{number}")  # noqa: S311 - no secret
        path.write_bytes(spoilt(kind, chance.choice(wholes), chance))
        try:
            outline(read_draft(path), NO_FORMAT)
        except UnusableInputError as error:
            assert all(each.code[:2] in ("E6", "E1") for each in error.findings)
