"""What a file carries besides its pages: changes, comments, hidden text, names, macros."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from generator.checks.rule import Noise, Passed, Unchecked
from generator.checks.rules.files import traces as file_traces
from generator.checks.text.person_names import masked_name, names_of_people
from generator.cli.main import cli
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.draft import NO_FACTS, FileFacts, Paragraph, Spot, Trace
from generator.drafts.read import read_draft
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.document import Passage, ReadDocument
from tests.conftest import UNIT, Sample
from tests.test_draft_docx import RELATIONS, with_part
from tests.test_drafts import p, packed, pdf, tc, tr, word

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
)
INSERTED = '<w:ins w:id="1" w:author="{}"><w:r><w:t>增</w:t></w:r></w:ins>'
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不公开的口径</w:t></w:r>"


@pytest.fixture(scope="module")
def clean(
    printed: Callable[[str], Sample],
    pack: Pack,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> ReadDocument:
    """The small sample, printed as Word and read again."""
    file = tmp_path_factory.mktemp("draft") / f"{UNIT}.docx"
    file.write_bytes(printed(UNIT).file("docx"))
    return presented_draft(file, pack, catalogue)


def found(document: ReadDocument, pack: Pack) -> dict[str, str]:
    """The findings about the file: code and message."""
    outcomes = [each for check in file_traces.CHECKS for each in check(document, pack)]
    assert not any(isinstance(each, Noise | Unchecked) for each in outcomes)
    return {each.code: each.message for each in outcomes if isinstance(each, Finding)}


def carrying(clean: ReadDocument, file: Path, pack: Pack) -> dict[str, str]:
    """The findings about a file, read in the place of the clean one."""
    draft = read_draft(file)
    margins = tuple(
        Passage("", line.text, clean.tables["表一"].place)
        for line in draft.lines()
        if isinstance(line, Paragraph) and line.aside in ("页眉", "页脚")
    )
    return found(replace(clean, file=file, facts=draft.facts, margins=margins), pack)


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_is_printed_carries_nothing(clean: ReadDocument, pack: Pack) -> None:
    outcomes = [each for check in file_traces.CHECKS for each in check(clean, pack)]
    assert {each.code for each in outcomes if isinstance(each, Passed)} == {
        *("E770", "E771", "E772", "W773", "W776", "W777")
    }
    assert all(isinstance(each, Passed) for each in outcomes)


@pytest.mark.parametrize("output", ["pdf", "html"])
def test_what_is_printed_otherwise_carries_nothing(
    output: str, printed: Callable[[str], Sample], clean: ReadDocument, pack: Pack, tmp_path: Path
) -> None:
    from generator.drafts.pdf.facts import pdf_facts
    from generator.drafts.pdf.source import drawn_pages, opened, page_count

    file = tmp_path / f"a.{output}"
    file.write_bytes(printed(UNIT).file(output))
    if output == "pdf":
        with opened(file) as document:
            pages = drawn_pages(file, document, range(1, page_count(file, document) + 1))
            remarks = [(page.number, page.remarks) for page in pages if page.remarks]
        facts = pdf_facts(file, (), remarks)
    else:
        facts = read_draft(file).facts
    assert found(replace(clean, facts=facts), pack) == {}


def test_tracked_changes(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    body = p("甲") + p("乙", INSERTED.format("张小明"), INSERTED.format("预算股"))
    told = carrying(clean, word(tmp_path, body), pack)
    assert told == {"E770": "有 2 处修订，第一处在开头第2段，作者：张…、预算股"}
    in_table = f"<w:tbl>{tr(tc('甲'), tc(p(INSERTED.format('审核'))))}</w:tbl>"
    facts = read_draft(word(tmp_path, in_table)).facts
    assert [(t.kind, t.count, str(t.spot)) for t in facts.traces] == [("修订", 1, "开头的表第1行")]


def test_comments_are_told(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    marked = word(tmp_path, p("甲", '<w:r><w:commentReference w:id="7"/></w:r>'))
    comment = f'<w:comment w:id="7" w:author="Li Lei">{p("请核 13912345678")}</w:comment>'
    told = carrying(clean, with_part(marked, "comments", comment), pack)
    assert told == {"E771": "有 1 处批注，作者：L… L…"}


def test_hidden_text_is_told(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    told = carrying(clean, word(tmp_path, p("甲", HIDDEN)), pack)
    assert told == {"W773": "有 1 处隐藏文字"}


@pytest.mark.parametrize(("name", "words"), [("a.docx", "在 Word 里按"), ("a.pdf", "PDF 编辑软件")])
def test_the_advice_suits_the_kind_of_file(
    name: str, words: str, clean: ReadDocument, pack: Pack
) -> None:
    facts = FileFacts((Trace("隐藏文字", 1),))
    document = replace(clean, file=Path(name), facts=facts)
    outcomes = [each for check in file_traces.CHECKS for each in check(document, pack)]
    (hidden,) = (each for each in outcomes if isinstance(each, Finding))
    assert words in hidden.remedy


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ("<dc:creator>王晓明</dc:creator>", "文件属性“作者”里疑似有人名 王…"),
        (
            "<cp:lastModifiedBy>科室 13912345678</cp:lastModifiedBy>",
            "文件属性“最后保存者”里疑似有手机号码 139…78",
        ),
        (
            "<dc:description>联系 13912345678</dc:description>",
            "文件属性“备注”里疑似有手机号码 139…78",
        ),
        (
            "<dc:creator>甲市局</dc:creator><cp:lastModifiedBy>Windows User</cp:lastModifiedBy>",
            "",
        ),
        ("<dc:title>王府井街道预算公开</dc:title>", ""),
    ],
)
def test_names_in_properties(
    properties: str, message: str, clean: ReadDocument, pack: Pack, tmp_path: Path
) -> None:
    files = files_of(word(tmp_path, p("甲")))
    files["docProps/core.xml"] = CORE.format(properties).encode()
    told = carrying(clean, packed(tmp_path, files), pack)
    assert told == ({"E772": message} if message else {})


def test_remarks_on_pages_are_counted_where_the_pages_are_read(tmp_path: Path) -> None:
    path = pdf(tmp_path, "".join("<p style='break-after: page'>甲</p>" for _ in range(3)))
    document = pypdfium2.PdfDocument(path)
    for number in (1, 1, 2):
        page = document[number]
        pypdfium2.raw.FPDFPage_CreateAnnot(page, pypdfium2.raw.FPDF_ANNOT_TEXT)
        pypdfium2.raw.FPDFPage_CreateAnnot(page, pypdfium2.raw.FPDF_ANNOT_LINK)
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(out.getvalue())
    (trace,) = read_draft(path).facts.traces
    assert (trace.kind, trace.count, trace.spot) == ("批注", 3, Spot("页", 2))


def test_the_facts_of_a_pdf_load_no_page_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<p>甲乙丙丁戊己庚辛壬癸</p><p style='break-after: page'>子丑</p>"
    path = pdf(tmp_path, page * 3)
    loaded: list[int] = []
    get_page = pypdfium2.PdfDocument.get_page

    def noting(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
        loaded.append(index)
        return get_page(document, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", noting)
    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", noting)
    draft = read_draft(path)
    said = {line.spot.number for line in draft.lines() if line.spot}
    assert said >= {1, 2, 3}
    assert {index + 1 for index in loaded}.isdisjoint(said)


def test_a_pdf_with_a_name_and_a_remark(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    path = pdf(tmp_path, "<p>甲</p>")
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    pypdfium2.raw.FPDFPage_CreateAnnot(page, pypdfium2.raw.FPDF_ANNOT_HIGHLIGHT)
    out = io.BytesIO()
    document.save(out)
    named = out.getvalue() + b""
    path.write_bytes(named)
    assert carrying(clean, path, pack) == {"E771": "有 1 处批注"}
    author = "<meta name='author' content='赵小燕'>"
    assert carrying(clean, pdf(tmp_path, f"<html><head>{author}</head><p>甲"), pack) == {
        "E772": "文件属性“作者”里疑似有人名 赵…"
    }


def test_what_is_packed_with_a_file(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    files = files_of(word(tmp_path, p("甲")))
    files["word/vbaProject.bin"] = b"x"
    told = carrying(clean, packed(tmp_path, files), pack)
    assert told == {"W776": "文件里有宏（1 个）"}
    del files["word/vbaProject.bin"]
    files["word/embeddings/Book1.xlsx"] = b"x"
    told = carrying(clean, packed(tmp_path, files), pack)
    assert told == {"W776": "文件里有嵌入文件（1 个）：Book1.xlsx"}
    del files["word/embeddings/Book1.xlsx"]
    for target, message in (
        ("file:///C:/u/bumen.dotx", {"W776": "文件里有外部模板（1 个）：bumen.dotx"}),
        ("file:///C:/u/Normal.dotm", {}),
    ):
        files["word/_rels/settings.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{RELATIONS}/attachedTemplate" Target="{target}" '
            'TargetMode="External"/></Relationships>'
        ).encode()
        assert carrying(clean, packed(tmp_path, files), pack) == message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲市教育局2023年度预算公开", {"W774": "这里写的是 2023 年，文件是 2024 年度的"}),
        ("甲市教育局2024年度预算公开", {}),
        ("比2023年，2024年", {}),
        ("印于2023年12月", {}),
        ("送审稿", {"W775": "这里印着“送审稿”"}),
        ("机关内部资料，注意保存", {}),  # the pack lists it: W746
        ("第三次讨论稿", {"W775": "这里印着“讨论稿”"}),
    ],
)
def test_headers_and_footers(
    text: str, told: dict[str, str], clean: ReadDocument, pack: Pack
) -> None:
    margins = (Passage("", text, clean.tables["表一"].place),)
    assert found(replace(clean, facts=NO_FACTS, margins=margins), pack) == told


def test_what_could_not_be_read_is_told(clean: ReadDocument, pack: Pack, tmp_path: Path) -> None:
    files = files_of(word(tmp_path, p("甲") + '<w:altChunk xmlns:r="r" r:id="x"/>'))
    (tmp_path / "b").mkdir()
    draft = read_draft(packed(tmp_path / "b", files))
    (unread,) = [line for line in draft.lines() if getattr(line, "aside", "")]
    assert getattr(unread, "text", "") == "这里嵌入了另一个文件，其中的文字没有读"
    line = Passage("", "这里嵌入了另一个文件，其中的文字没有读", clean.tables["表一"].place)
    assert list(found(replace(clean, unread=(line,)), pack)) == ["W777"]


def test_an_encoding_is_told(clean: ReadDocument, pack: Pack) -> None:
    facts = replace(NO_FACTS, encoding="GB18030")
    assert found(replace(clean, facts=facts), pack) == {
        "N778": "文件不是 UTF-8，按 GB18030 编码读出"
    }


def test_a_check_fails_over_a_comment(printed: Callable[[str], Sample], tmp_path: Path) -> None:
    whole = tmp_path / "全.docx"
    whole.write_bytes(printed(UNIT).file("docx"))
    comment = f'<w:comment w:id="7" w:author="甲">{p("请核")}</w:comment>'
    noted = shutil.move(with_part(whole, "comments", comment), tmp_path / "注.docx")
    done = CliRunner().invoke(cli, ["check", str(noted), "--only", "E771"])
    assert done.exit_code == 1
    assert "有 1 处批注" in done.stdout


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三", ["张三"]),
        ("李晓明；财务科", ["李晓明"]),
        ("经办人：赵六（2楼）", ["赵六"]),
        ("欧阳小敏", ["欧阳小敏"]),
        ("王科长", ["王科长"]),
        ("Zhang San", ["Zhang San"]),
        *(
            (text, [])
            for text in (
                *(
                    "甲市教育局",
                    "张家口市",
                    "预算股",
                    "司法局",
                    "高新区",
                    "方正",
                    "金山办公",
                    "文印室",
                ),
                *("Administrator", "Windows User", "Microsoft Office User", "admin", "PC-20230101"),
                *("python-docx", "LibreOffice 7.4", "WPS Office", "lenovo", "用户", "微软用户", ""),
            )
        ),
    ],
)
def test_names_of_people(text: str, names: list[str]) -> None:
    assert names_of_people(text) == names
    assert all(len(masked_name(name)) < len(name) + 2 for name in names)
