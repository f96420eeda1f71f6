"""What a file is by its content, whatever its name says; and the way out if it cannot be read."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.safety.limits import MAX_ZIP_ENTRIES, encrypted, refuse

_HEAD = 4096
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_AS_DOCX = "用 WPS 或 Word 打开，“另存为”选 .docx，再读这份 .docx"
_UNPACK = "先解压，再读里面的 .docx 或 .pdf"
_AS_SHEET = "用 WPS 或 Excel 打开，“另存为”选 .xlsx，再读这份 .xlsx"
_RECOGNISE = "找带文字的原件（.docx 或 .pdf）；只有图片的，先做文字识别"


class FileKind(Struct, frozen=True):
    """A kind of file: what people call it, and how to get a file of it that can be read.

    ``suffixes`` are the names under which it is read; none if it cannot be read.
    """

    name: str
    way_out: str = ""
    suffixes: tuple[str, ...] = ()


WORD = FileKind("Word 文件", suffixes=(".docx", ".docm", ".dotx", ".dotm"))
PDF = FileKind("PDF", suffixes=(".pdf",))
PAGE = FileKind("网页（HTML）", suffixes=(".html", ".htm"))
OFD = FileKind("OFD 版式文件", "用 OFD 阅读器的“导出”或“转换”存成 PDF，再读这份 PDF")
OLD_WORD = FileKind("旧格式的 .doc 文件", _AS_DOCX)
WPS = FileKind("WPS 文字的文件（.wps）", _AS_DOCX)
SHEET = FileKind("Excel 工作簿", suffixes=(".xlsx", ".xlsm"))
OLD_SHEET = FileKind("旧格式的 Excel 工作簿", suffixes=(".xls",))
OPEN_SHEET = FileKind("OpenDocument 表格", suffixes=(".ods",))
BINARY_SHEET = FileKind("二进制的 Excel 工作簿（.xlsb）", _AS_SHEET)
WPS_SHEET = FileKind("WPS 表格的文件（.et）", _AS_SHEET)
XML_SHEET = FileKind("XML 表格", _AS_SHEET)
SLIDES = FileKind("演示文稿", "把内容放进 Word 文件（.docx）再读")
OPEN_TEXT = FileKind("OpenDocument 文字文件（.odt）", _AS_DOCX)
RICH_TEXT = FileKind("RTF 文件", _AS_DOCX)
WORD_XML = FileKind("Word 的 XML 文件", _AS_DOCX)
ARCHIVE_PAGE = FileKind(
    "单个文件网页（MHTML）", "用浏览器或 Word 打开，另存为 .docx，或存成“仅 HTML”的网页（.html）"
)
PICTURE = FileKind("图片", _RECOGNISE)
ARCHIVE = FileKind("压缩包", _UNPACK)
OTHER_OLE = FileKind("旧格式的办公文件", _AS_DOCX)

_STARTS = {
    b"{\\rtf": RICH_TEXT,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"BM": PICTURE,
    b"II*\0": PICTURE,
    b"MM\0*": PICTURE,
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
}
_STREAMS = {"Workbook": OLD_SHEET, "Book": OLD_SHEET, "PowerPoint Document": SLIDES}
_DECLARED = {
    "opendocument.text": OPEN_TEXT,
    "opendocument.spreadsheet": OPEN_SHEET,
    "opendocument.presentation": SLIDES,
}
_FOLDERS = {"word/": WORD, "xl/": SHEET, "ppt/": SLIDES}
_BY_SUFFIX = {
    ".wps": WPS,
    ".wpt": WPS,
    ".et": WPS_SHEET,
    ".xls": OLD_SHEET,
    ".doc": OLD_WORD,
    ".dot": OLD_WORD,
    ".ppt": SLIDES,
}
_PAGE = late_pattern(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I
)
_WORD_XML = late_pattern(r"<(w:wordDocument|pkg:package)\b")
_SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_MULTIPART = re.compile(rb"^mime-version:.*multipart/related", re.IGNORECASE | re.DOTALL)
_TABLES = (".xls", ".xlsx", ".csv")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_kind(path: Path, known: Callable[[str], bool], shown: str) -> None:
    """Refuses a file whose content is not what its name says, or is nothing that is read.

    Args:
        path: the file; one that cannot be opened is left to whoever reads it.
        known: whether there is a reader for a suffix.
        shown: the suffixes that are read, in words.

    Raises:
        UnusableInputError: E601, E604 or E607.
    """
    suffix = path.suffix.lower()
    kind = _kind_of(path)
    if kind is None:
        if not known(suffix):
            refuse("E601", f"不能读{_named(path.suffix)}文件", f"另存为 {shown} 之一", path)
    elif suffix not in kind.suffixes:
        contrary = f"扩展名是 {path.suffix or '空的'}，内容却是"
        foreign = f"不能读{_named(path.suffix)}文件：内容是"
        words = contrary if known(suffix) or kind.suffixes else foreign
        code = "E607" if kind.suffixes else "E601"
        way_out = kind.way_out or f"把扩展名改为 {kind.suffixes[0]} 再读"
        if suffix in _TABLES and ".html" in kind.suffixes:  # as systems export their lists
            way_out = f"用 Excel 打开，另存为 .xlsx 再读；是一篇文稿的，{way_out}"
        refuse(code, words + _spaced(kind.name), way_out, path)


def _named(suffix: str) -> str:
    return f" {suffix} " if suffix else "没有扩展名的"


def _spaced(name: str) -> str:
    return f" {name}" if name[0].isascii() else name


def _kind_of(path: Path) -> FileKind | None:
    """What a file is; ``None`` if its content does not tell, as that of a text."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(_ZIP):
        return _kind_of_zip(path)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return PICTURE
    started = (kind for start, kind in _STARTS.items() if head.startswith(start))
    return next(started, None) or _kind_of_text(head)


def _kind_of_text(head: bytes) -> FileKind | None:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff")
    if _MULTIPART.match(head) or (text.startswith("From:") and b"multipart/related" in head):
        return ARCHIVE_PAGE
    if text.lstrip().startswith("<?xml") and _WORD_XML.search(text):
        return WORD_XML
    if text.lstrip().startswith("<?xml") and _SHEET_XML in text:
        return XML_SHEET
    return PAGE if _PAGE.match(text) else None


def _kind_of_ole(path: Path) -> FileKind:
    """The kind of a file in the old format of Office, which wraps encrypted new ones as well."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        encrypted(path)
    for stream, kind in _STREAMS.items():
        if f"{stream}\0".encode("utf-16-le") in content:
            return _BY_SUFFIX.get(path.suffix.lower(), kind)
    return _BY_SUFFIX.get(path.suffix.lower(), OLD_WORD)


def _kind_of_zip(path: Path) -> FileKind | None:
    """The kind of a package; a damaged one is left to its reader, which says so."""
    try:
        with zipfile.ZipFile(path) as package:
            names = [entry.filename.replace("\\", "/").lstrip("/") for entry in package.infolist()]
            if len(names) > MAX_ZIP_ENTRIES:
                return None
            declared = _declared(package)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, RuntimeError, EOFError):
        return None
    lower = {name.lower() for name in names}
    if "ofd.xml" in lower:
        return OFD
    opened = (kind for words, kind in _DECLARED.items() if words in declared)
    folders = (
        kind for folder, kind in _FOLDERS.items() if any(name.startswith(folder) for name in lower)
    )
    if "xl/workbook.bin" in lower:
        return BINARY_SHEET
    other = WORD if "[content_types].xml" in lower else ARCHIVE
    return next(opened, None) or next(folders, other)


def _declared(package: zipfile.ZipFile) -> str:
    """What an OpenDocument package says it is."""
    try:
        with package.open("mimetype") as file:
            return file.read(100).decode("ascii", "ignore")
    except KeyError:
        return ""
