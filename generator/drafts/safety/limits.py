"""What a draft may be: checked before anything opens it, because drafts come from anywhere."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from generator.core.findings import Finding, Location, UnusableInputError

MAX_FILE_BYTES = 100 * 2**20
MAX_TEXT_BYTES = 20 * 2**20
MAX_ZIP_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 500 * 2**20
MAX_XML_BYTES = 120 * 2**20
"""Of all XML parts of a package together; a document of a thousand pages takes half of it."""
MAX_TREE_BYTES = 700 * 2**20
"""What the trees of a document may take in memory, see :func:`tree_bytes`."""
MAX_CELLS = 2_000_000
"""Of all tables of a document together, those counted that a merged cell covers."""
MAX_LINES = 300_000
"""Of a text."""
MAX_RATIO = 200
"""A Word file of nothing but spaces reaches about 100; bombs reach 1000 and more."""
RATIO_COUNTS_FROM = 2**20
MAX_PDF_PAGES = 2_000
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
SAVE_AGAIN = "用办公软件打开后重新保存，或换一份文件"
_ELEMENT_BYTES, _ATTRIBUTE_BYTES = 200, 240
"""What lxml and its users take for an element, or its end and text, and for an attribute."""
_DIVIDE = "去掉大图片，或分成几个文件"
_UNLOCK = "取消打开密码后另存一份"


class TooMuchError(Exception):
    """A draft would swell beyond a limit while it is read; its text says which."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy


class CellBudget:
    """Counts the cells of the tables of a document while they are built."""

    def __init__(self) -> None:
        self._cells = 0

    def take(self, cells: int) -> None:
        """Counts more cells.

        Raises:
            TooMuchError: if there are too many.
        """
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise TooMuchError(f"的表格超过 {MAX_CELLS // 10_000} 万格", "去掉多余的合并单元格")


def refuse(code: str, message: str, remedy: str, path: Path) -> NoReturn:
    """Raises the one finding for which a draft cannot be read."""
    raise UnusableInputError([Finding(code, message, remedy, Location(path))])


def damaged(path: Path, what: str = "文件不完整，打不开") -> NoReturn:
    """Refuses a damaged file."""
    refuse("E603", what, SAVE_AGAIN, path)


def encrypted(path: Path) -> NoReturn:
    """Refuses a file with a password."""
    refuse("E604", "文件设了打开密码", _UNLOCK, path)


def check_size(path: Path, limit: int = MAX_FILE_BYTES) -> None:
    """Refuses a file that cannot be read, is empty or too large."""
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            refuse("E102", "这是管道或设备，不是文件", "换一份文件", path)
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        refuse("E102", "文件不存在或打不开", "检查路径和权限", path)
    size = found.st_size
    if not size:
        refuse("E605", "文件是空的", "换一份文件", path)
    if size > limit:
        refuse("E602", f"文件超过 {limit >> 20} MB", _DIVIDE, path)


def check_package(path: Path, *, in_trees: bool = True) -> None:
    """Refuses a file of Office whose ZIP package is none, is encrypted, or unpacks to too much.

    Args:
        path: the file.
        in_trees: whether all of its XML will be in memory as trees at once.
    """
    with path.open("rb") as file:
        old = file.read(len(_OLE)) == _OLE
    if old:
        _refuse_ole(path)
    try:
        with zipfile.ZipFile(path) as package:
            _check_entries(path, package.infolist())
            _check_declarations(path, package, in_trees=in_trees)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        damaged(path)


def _refuse_ole(path: Path) -> NoReturn:
    """Word encrypts a DOCX by wrapping it in the old format, which .doc files have as well."""
    if _ENCRYPTED_PACKAGE in path.read_bytes():
        encrypted(path)
    refuse("E601", "这是旧格式的 .doc 文件", "用办公软件另存为 .docx", path)


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        encrypted(path)
    if len(entries) > MAX_ZIP_ENTRIES:
        refuse("E602", f"压缩包里有 {len(entries)} 个文件", SAVE_AGAIN, path)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        refuse("E602", f"解压后超过 {MAX_UNPACKED_BYTES >> 20} MB", _DIVIDE, path)
    for entry in entries:
        large = entry.file_size > RATIO_COUNTS_FROM
        if large and entry.file_size > MAX_RATIO * entry.compress_size:
            refuse("E602", f"“{entry.filename}”压缩得不合常理", SAVE_AGAIN, path)


def _check_declarations(path: Path, package: zipfile.ZipFile, *, in_trees: bool) -> None:
    """Refuses document types: Office writes none, and entities are declared in them.

    Refuses XML that would not fit into memory as well.
    """
    entries = [each for each in package.infolist() if each.filename.endswith((".xml", ".rels"))]
    if sum(entry.file_size for entry in entries) > MAX_XML_BYTES:
        refuse("E602", f"文字部分解压后超过 {MAX_XML_BYTES >> 20} MB", _DIVIDE, path)
    taken = 0
    for entry in entries:
        content = package.read(entry)
        if b"\0" in content:
            content = content.replace(b"\0", b"")  # UTF-16
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            refuse("E606", f"“{entry.filename}”声明了 XML 实体", SAVE_AGAIN, path)
        taken += tree_bytes(content)
        if in_trees and taken > MAX_TREE_BYTES:
            refuse("E602", f"“{entry.filename}”里的标记多得不合常理", _DIVIDE, path)


def tree_bytes(markup: bytes) -> int:
    """About as much as the tree of XML or HTML takes in memory, rather more than less."""
    return len(markup) + _ELEMENT_BYTES * markup.count(b"<") + _ATTRIBUTE_BYTES * markup.count(b"=")


def bounded_number(written: str | None, otherwise: int, most: int) -> int:
    """The whole number that an attribute holds, at most ``most``; ``otherwise`` if it is none.

    Python itself refuses numbers of thousands of digits.
    """
    digits = (written or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return otherwise
    digits = digits.lstrip("0") or "0"
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def check_pages(path: Path, pages: int) -> None:
    """Refuses a PDF with no pages or too many."""
    if not pages:
        damaged(path, "文件里没有页面")
    if pages > MAX_PDF_PAGES:
        refuse("E602", f"共 {pages} 页，超过 {MAX_PDF_PAGES} 页", _DIVIDE, path)
