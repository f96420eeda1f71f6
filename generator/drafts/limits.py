"""What a draft may be: checked before anything opens it, because drafts come from anywhere."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from generator.findings import Finding, Place, UnusableInputError

MAX_FILE_BYTES = 100 * 2**20
MAX_TEXT_BYTES = 20 * 2**20
MAX_ZIP_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 500 * 2**20
MAX_RATIO = 200
"""A Word file of nothing but spaces reaches about 100; bombs reach 1000 and more."""
RATIO_COUNTS_FROM = 2**20
MAX_PDF_PAGES = 2_000
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN = "用办公软件打开后重新保存，或换一份文件"
_DIVIDE = "去掉大图片，或分成几个文件"
_UNLOCK = "取消打开密码后另存一份"


def refuse(code: str, message: str, remedy: str, path: Path) -> NoReturn:
    """Raises the one finding for which a draft cannot be read."""
    raise UnusableInputError([Finding(code, message, remedy, Place(path))])


def damaged(path: Path, what: str = "文件不完整，打不开") -> NoReturn:
    """Refuses a damaged file."""
    refuse("E603", what, _SAVE_AGAIN, path)


def encrypted(path: Path) -> NoReturn:
    """Refuses a file with a password."""
    refuse("E604", "文件设了打开密码", _UNLOCK, path)


def check_size(path: Path, limit: int = MAX_FILE_BYTES) -> None:
    """Refuses a file that cannot be read, is empty or too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        refuse("E102", "文件不存在或打不开", "检查路径和权限", path)
    if not size:
        refuse("E605", "文件是空的", "换一份文件", path)
    if size > limit:
        refuse("E602", f"文件超过 {limit >> 20} MB", _DIVIDE, path)


def check_package(path: Path) -> None:
    """Refuses a DOCX whose ZIP package is none, is encrypted, or unpacks to too much."""
    head = path.read_bytes()[:8]
    if head.startswith(_OLE):
        _refuse_ole(path)
    try:
        with zipfile.ZipFile(path) as package:
            _check_entries(path, package.infolist())
            _check_declarations(path, package)
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
        refuse("E602", f"压缩包里有 {len(entries)} 个文件", _SAVE_AGAIN, path)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        refuse("E602", f"解压后超过 {MAX_UNPACKED_BYTES >> 20} MB", _DIVIDE, path)
    for entry in entries:
        large = entry.file_size > RATIO_COUNTS_FROM
        if large and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            refuse("E602", f"“{entry.filename}”压缩得不合常理", _SAVE_AGAIN, path)


def _check_declarations(path: Path, package: zipfile.ZipFile) -> None:
    """Refuses document types: Word writes none, and entities are declared in them."""
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            content = package.read(entry).replace(b"\0", b"")  # UTF-16 as well
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                refuse("E606", f"“{entry.filename}”声明了 XML 实体", _SAVE_AGAIN, path)


def check_pages(path: Path, pages: int) -> None:
    """Refuses a PDF with no pages or too many."""
    if not pages:
        damaged(path, "文件里没有页面")
    if pages > MAX_PDF_PAGES:
        refuse("E602", f"共 {pages} 页，超过 {MAX_PDF_PAGES} 页", _DIVIDE, path)
