"""The codes of ``disclosure import``, each brought about by a draft or a target folder.

A reproducer spoils the sandbox and returns the name of the file or folder its code must be
reported at.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx.oxml.ns import nsdecls

from generator.cli.main import cli
from generator.drafts.safety import limits
from generator.load.yaml.files import COLUMNS_FILE
from tests.conftest import UNIT
from tests.drafts import FOLDER
from tests.pdf_pages import document
from tests.reproducers import Case, Registry, reports_in
from tests.test_drafts import locked_pdf, p, packed, pdf, word

OLE = b"\xd0\xcf\x11\xe0"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
ENTITY = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'


@dataclass
class Sandbox:
    """A draft that can be imported, and a target folder that is not there yet."""

    folder: Path
    draft: Path
    output: Path
    monkeypatch: pytest.MonkeyPatch

    def use(self, draft: Path) -> str:
        """Makes a file the draft; returns the place of its findings."""
        self.draft = draft
        return draft.name

    def write(self, name: str, content: bytes) -> str:
        """Writes the draft; returns the place of its findings."""
        (self.folder / name).write_bytes(content)
        return self.use(self.folder / name)

    def files(self) -> dict[Path, bytes | None]:
        """All files with their content, and all folders."""
        return {
            path: path.read_bytes() if path.is_file() else None for path in self.folder.rglob("*")
        }


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    draft = shutil.copy(FOLDER / f"{UNIT}.txt", tmp_path / "公开稿.txt")
    return Sandbox(tmp_path, Path(draft), tmp_path / "读入", monkeypatch)


reproduces: Registry[Sandbox] = Registry()


@reproduces("E503", says="换一个新目录")
def a_target_folder_with_a_file(sandbox: Sandbox) -> str:
    sandbox.output.mkdir()
    (sandbox.output / "项目.yaml").write_text("项目: []\n", encoding="utf-8")
    return sandbox.output.name


@reproduces("E503", says="换一个新目录")
def a_file_for_a_target_folder(sandbox: Sandbox) -> str:
    sandbox.output.write_text("项目: []\n", encoding="utf-8")
    return sandbox.output.name


@reproduces("E601", says="不能读 .wps 文件")
def a_draft_of_another_program(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.wps", OLE)


@reproduces("E601", says="没有扩展名")
def a_draft_without_an_extension(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿", "第一部分 概况".encode())


@reproduces("E601", says="旧格式的 .doc 文件")
def an_old_word_file_renamed(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.docx", OLE + "WordDocument".encode("utf-16-le"))


@reproduces("E602", says="文件超过 20 MB")
def a_text_too_large(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.txt", b" " * (limits.MAX_TEXT_BYTES + 1))


@reproduces("E602", says="压缩得不合常理")
def a_package_that_swells(sandbox: Sandbox) -> str:
    swelling = b"\0" * (4 * limits.RATIO_COUNTS_FROM)
    return sandbox.use(packed(sandbox.folder, {"word/media/a.bin": swelling}))


@reproduces("E602", says="解压后超过 1 MB")
def a_package_too_large_unpacked(sandbox: Sandbox) -> str:
    sandbox.monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 2**20)
    files = {f"word/media/{number}.bin": b"\0" * 2**19 for number in range(3)}
    return sandbox.use(packed(sandbox.folder, files))


@reproduces("E602", says="压缩包里有 5001 个文件")
def a_package_of_too_many_files(sandbox: Sandbox) -> str:
    many = {f"{number}.bin": b"" for number in range(limits.MAX_ZIP_ENTRIES + 1)}
    return sandbox.use(packed(sandbox.folder, many))


@reproduces("E602", says="共 2001 页，超过 2000 页")
def a_pdf_of_too_many_pages(sandbox: Sandbox) -> str:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count 2001 >>" % (b"3 0 R " * 2001),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    }
    return sandbox.write("a.pdf", document(objects))


@reproduces("E603", says="打不开")
def a_word_file_cut_short(sandbox: Sandbox) -> str:
    whole = word(sandbox.folder, p("第一部分 概况")).read_bytes()
    return sandbox.write("a.docx", whole[: len(whole) // 2])


@reproduces("E603", says="不是完整的 Word 文件")
def a_package_that_is_no_word_file(sandbox: Sandbox) -> str:
    return sandbox.use(packed(sandbox.folder, {"word/document.xml": b"<a/>"}))


@reproduces("E603", says="不是完整的 Word 文件")
def a_word_file_without_a_body(sandbox: Sandbox) -> str:
    with zipfile.ZipFile(word(sandbox.folder, p("第一部分 概况"))) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    files["word/document.xml"] = f"<w:document {nsdecls('w')}/>".encode()
    return sandbox.use(packed(sandbox.folder, files))


@reproduces("E607", says="内容却是网页")
def a_web_page_called_pdf(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.pdf", b"<html>")


@reproduces("E603", says="重新保存")
def a_pdf_without_objects(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.pdf", b"%PDF-1.7\nno objects")


@reproduces("E604", says="取消打开密码")
def a_word_file_with_a_password(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.docx", OLE + "EncryptedPackage".encode("utf-16-le"))


@reproduces("E604", says="取消打开密码")
def a_pdf_with_a_password(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.pdf", locked_pdf())


@reproduces("E605", says="文件是空的")
def a_draft_of_no_bytes(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.docx", b"")


@reproduces("E605", says="文件里没有文字")
def a_text_of_blank_lines(sandbox: Sandbox) -> str:
    return sandbox.write("公开稿.txt", b" \n\t\n")


@reproduces("E605", says="扫描件")
def a_scan(sandbox: Sandbox) -> str:
    return sandbox.use(pdf(sandbox.folder, f"<img src='{PIXEL}' style='width: 90pt'>"))


@reproduces("E606", says="“word/document.xml”声明了 XML 实体")
def a_declared_entity(sandbox: Sandbox) -> str:
    return sandbox.use(packed(sandbox.folder, {"word/document.xml": ENTITY.encode()}))


@reproduces("E606", says="“word/document.xml”声明了 XML 实体")
def a_declared_entity_in_utf_16(sandbox: Sandbox) -> str:
    return sandbox.use(packed(sandbox.folder, {"word/document.xml": ENTITY.encode("utf-16")}))


@reproduces("E764", says="13 张表认出 0 张")
def a_document_that_is_no_disclosure(sandbox: Sandbox) -> str:
    return sandbox.write("合同.txt", "采购合同\n甲方：某局\n总价 10.00 万元。\n".encode())


_LIST = "功能科目,部门经济科目,项目名称,金额\n2010501,30101,工资,5.50\n"


@reproduces("E609", says="4 列还没有确认")
def a_list_whose_columns_nobody_has_looked_at(sandbox: Sandbox) -> str:
    sandbox.write("清单.csv", _LIST.encode())
    return COLUMNS_FILE


@reproduces("E608", says="“列”不是列对照的写法")
def columns_that_are_not_written_as_columns(sandbox: Sandbox) -> str:
    sandbox.write("清单.csv", _LIST.encode())
    sandbox.output.mkdir()
    (sandbox.output / COLUMNS_FILE).write_text("列: 甲\n", encoding="utf-8")
    return COLUMNS_FILE


def _cases() -> Iterator[object]:
    for code, cases in reproduces.cases.items():
        for case in cases:
            yield pytest.param(code, case, id=f"{code}-{case.reproduce.__name__}")


@pytest.mark.parametrize(("code", "case"), list(_cases()))
def test_an_import_is_refused_in_chinese_and_writes_nothing(
    code: str, case: Case[Sandbox], sandbox: Sandbox
) -> None:
    place = case.reproduce(sandbox)
    before = sandbox.files()
    done = CliRunner().invoke(cli, ["import", str(sandbox.draft), "-o", str(sandbox.output)])

    assert isinstance(done.exception, SystemExit), "an exception came through"
    assert done.exit_code == 2
    reports = reports_in(done.stderr)
    assert [(report.code, report.place) for report in reports] == [(code, place)]
    assert case.says in f"{reports[0].message}\n{reports[0].remedy}"
    assert reports[0].in_chinese
    asked = {sandbox.output, sandbox.output / COLUMNS_FILE} if code == "E609" else set()
    after = {path: content for path, content in sandbox.files().items() if path not in asked}
    assert after == before, "something was written"
