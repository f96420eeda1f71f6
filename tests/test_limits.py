"""Where reading a draft stops: the largest that is read, and the smallest that is refused."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.drafts.safety import limits
from generator.drafts.safety.limits import CellBudget, TooMuchError, bounded, check_size, tree_bytes


def _refused(check: Callable[[], None]) -> str:
    with pytest.raises(UnusableInputError) as raised:
        check()
    (finding,) = raised.value.findings
    return f"{finding.code} {finding.message}"


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_bytes(b"12345")
    check_size(file, limit=5)
    assert _refused(lambda: check_size(file, limit=4)) == "E602 文件超过 0 MB"
    file.write_bytes(b"1")
    check_size(file)
    file.write_bytes(b"")
    assert _refused(lambda: check_size(file)) == "E605 文件是空的"
    assert _refused(lambda: check_size(tmp_path / "无.txt")) == "E102 文件不存在或打不开"


def test_a_limit_is_told_in_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "稿.txt"
    file.write_bytes(b"1" * (3 * 2**20 + 1))
    assert _refused(lambda: check_size(file, limit=3 * 2**20)) == "E602 文件超过 3 MB"


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    told = _refused(lambda: check_size(tmp_path / "管道"))
    assert told == "E102 这是管道或设备，不是文件"


def test_cells_are_counted_through_the_whole_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 20_000)
    cells = CellBudget()
    cells.take(10_000)
    cells.take(10_000)
    with pytest.raises(TooMuchError, match="的表格超过 2 万格"):
        cells.take(1)


def _package(file: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("_", "."), content)
    return file


def test_a_package_has_so_many_entries_and_unpacks_to_so_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _package(tmp_path / "稿.docx", a_xml=b"<a/>", b_bin=b"12345678")
    for limit, most in (("MAX_ZIP_ENTRIES", 2), ("MAX_UNPACKED_BYTES", 12), ("MAX_XML_BYTES", 4)):
        monkeypatch.setattr(limits, limit, most)
        limits.check_package(file)
        monkeypatch.setattr(limits, limit, most - 1)
        assert _refused(lambda: limits.check_package(file)).startswith("E602")
        monkeypatch.undo()


def test_sizes_of_packages_are_told_in_megabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = random.Random(1).randbytes(4 * 2**20 + 1)  # noqa: S311 -- does not shrink
    file = _package(tmp_path / "稿.docx", a_xml=content)
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 4 * 2**20)
    assert _refused(lambda: limits.check_package(file)) == "E602 解压后超过 4 MB"
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_XML_BYTES", 4 * 2**20)
    assert _refused(lambda: limits.check_package(file)) == "E602 文字部分解压后超过 4 MB"


def test_an_entry_packed_beyond_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _package(tmp_path / "稿.docx", a_bin=b"0" * 2**20)
    with zipfile.ZipFile(file) as package:
        (entry,) = package.infolist()
    ratio = entry.file_size // entry.compress_size
    limits.check_package(file)  # smaller ones are not looked at
    monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 2**20 - 1)
    assert _refused(lambda: limits.check_package(file)) == "E602 “a.bin”压缩得不合常理"
    monkeypatch.setattr(limits, "MAX_RATIO", ratio + 1)
    limits.check_package(file)
    monkeypatch.setattr(limits, "MAX_RATIO", entry.file_size / entry.compress_size)
    limits.check_package(file)  # just as much as the limit


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ["<!DOCTYPE a>", '<!ENTITY a "b">'])
def test_declarations_are_refused_in_any_encoding(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    file = _package(tmp_path / "稿.docx", a_xml=declared.encode(encoding))
    assert _refused(lambda: limits.check_package(file)) == "E606 “a.xml”声明了 XML 实体"


def test_the_tree_in_memory_is_counted_over_all_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"a_xml": b"<a b='c'/>", "b_xml": b"<d/>"}
    file = _package(tmp_path / "稿.docx", **parts)
    assert tree_bytes(b"<a b='c'/>") == 10 + 200 + 240
    assert tree_bytes(b"<a b='c' d='e'/>") == 16 + 200 + 2 * 240
    assert tree_bytes(b"<a><b/></a>") == 11 + 3 * 200
    together = sum(map(tree_bytes, parts.values()))
    monkeypatch.setattr(limits, "MAX_TREE_BYTES", together)
    limits.check_package(file)
    monkeypatch.setattr(limits, "MAX_TREE_BYTES", together - 1)
    assert _refused(lambda: limits.check_package(file)) == "E602 “b.xml”里的标记多得不合常理"


def test_a_file_in_the_old_format_or_with_a_password_says_so(tmp_path: Path) -> None:
    old = tmp_path / "稿.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0 and more")
    assert _refused(lambda: limits.check_package(old)) == "E601 这是旧格式的 .doc 文件"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert _refused(lambda: limits.check_package(old)) == "E604 文件设了打开密码"
    old.write_bytes(b"PK and nothing else")
    assert _refused(lambda: limits.check_package(old)).startswith("E603")


def test_one_entry_with_a_password_is_enough(tmp_path: Path) -> None:
    """Bit 0 of an entry's flags in the central directory says that it is encrypted (APPNOTE)."""
    file = _package(tmp_path / "稿.docx", a_xml=b"<a/>", b_xml=b"<b/>")
    content = bytearray(file.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert _refused(lambda: limits.check_package(file)) == "E604 文件设了打开密码"


def test_an_entry_packed_to_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a damaged or forged directory may say."""
    monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 0)
    entry = zipfile.ZipInfo("a.bin")
    entry.file_size, entry.compress_size = 1, 0
    told = _refused(lambda: limits._check_entries(tmp_path, [entry]))
    assert told == "E602 “a.bin”压缩得不合常理"


def test_the_limits_are_those_that_the_page_promises() -> None:
    page = (Path(__file__).parent.parent / "docs" / "security.md").read_text(encoding="utf-8")
    mb = 2**20
    for what, most in (
        ("一个文件", f"{limits.MAX_FILE_BYTES / mb:g} MB"),
        (
            "一个文本文件、网页",
            f"{limits.MAX_TEXT_BYTES / mb:g} MB；文本 {limits.MAX_LINES / 10_000:g} 万行",
        ),
        (
            "压缩包：文件／解压后／其中的 XML",
            f"{limits.MAX_ZIP_ENTRIES} 个／{limits.MAX_UNPACKED_BYTES / mb:g} MB"
            f"／{limits.MAX_XML_BYTES / mb:g} MB",
        ),
        (
            "压缩包里的一个文件，解压后比压缩着大",
            f"{limits.MAX_RATIO:g} 倍（不超过 {limits.RATIO_COUNTS_FROM / mb:g} MB 的不问）",
        ),
        ("XML、网页的树在内存里，估计", f"{limits.MAX_TREE_BYTES / mb:g} MB"),
        ("所有表格的格子，合并的也算", f"{limits.MAX_CELLS / 10_000:g} 万格"),
        ("一份 PDF", f"{limits.MAX_PDF_PAGES} 页"),
    ):
        assert f"| {what} | {most} | E602 |" in page


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3), (" 3 ", 3), ("007", 7), ("0", 0), ("99", 99), ("100", 100), ("101", 100),
        ("1000", 100), ("9" * 5000, 100), ("0" * 5000 + "5", 5),
        (None, 1), ("", 1), ("-3", 1), ("3.5", 1), ("三", 1), ("３", 1),
    ],
)  # fmt: skip
def test_a_number_in_an_attribute_is_bounded(written: str | None, number: int) -> None:
    assert bounded(written, otherwise=1, most=100) == number


def test_a_number_of_as_many_digits_as_the_most_may_be_less() -> None:
    assert bounded("249", otherwise=1, most=250) == 249
    assert bounded("251", otherwise=1, most=250) == 250


def test_a_pdf_has_at_least_a_page_and_not_too_many(tmp_path: Path) -> None:
    limits.check_pages(tmp_path, 1)
    limits.check_pages(tmp_path, 2000)
    assert _refused(lambda: limits.check_pages(tmp_path, 0)) == "E603 文件里没有页面"
    told = _refused(lambda: limits.check_pages(tmp_path, 2001))
    assert told == "E602 共 2001 页，超过 2000 页"
