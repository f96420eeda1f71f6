"""Which files of the same name beside a file were written by another build.

All files of one build carry the same mark (:mod:`generator.printing.set_mark`). Files that other
programs made carry none, and nothing is said of them.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

_MARK = rb"([0-9a-f]{32})"
_IN_PDF = re.compile(rb"<</ID \[<" + _MARK + rb"> <\1>\]")
_IN_HTML = re.compile(rb'<meta name="disclosure-set" content="' + _MARK + rb'">')
_IN_FIGURES = re.compile('"文件组": "'.encode() + _MARK + rb'"')
_IN_PROPERTIES = re.compile(rb"<dc:identifier>" + _MARK + rb"</dc:identifier>")
_IN_WORKBOOK = re.compile(rb'name="disclosure-set"><vt:lpwstr>' + _MARK + rb"</vt:lpwstr>")
_PROPERTIES = "docProps/core.xml"
_OF_WORKBOOK = "docProps/custom.xml"
_NEAR = 4096
"""Bytes at the beginning of a file, or of the last part of a PDF, that hold its mark."""
_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*$")
_END = 64
_MOST_PROPERTIES = 2**16
_SUFFIXES = (".pdf", ".docx", ".html", ".figures.json")


def set_mark_of(path: Path) -> str:
    """The mark of the build that wrote a file; ``""`` if it has none, or cannot be read."""
    try:
        with path.open("rb") as file:
            return _mark_in(file, path.suffix.lower())
    except _UNREADABLE:
        return ""


def mark_of_attached(name: str, content: bytes) -> str:
    """The mark of the build that wrote a file which a PDF carries; ``""`` as above."""
    try:
        return _mark_in(io.BytesIO(content), posixpath.splitext(name)[1].lower())
    except _UNREADABLE:
        return ""


_UNREADABLE = (
    *(OSError, KeyError, ValueError, RuntimeError, EOFError),
    *(zlib.error, zipfile.BadZipFile),
)


def _mark_in(file: BinaryIO, suffix: str) -> str:
    match suffix:
        case ".pdf":
            found = _IN_PDF.search(_last_part(file))
        case ".docx":
            found = _IN_PROPERTIES.search(_part(file, _PROPERTIES))
        case ".xlsx":
            found = _IN_WORKBOOK.search(_part(file, _OF_WORKBOOK))
        case ".html":
            found = _IN_HTML.search(file.read(_NEAR))
        case ".json":
            found = _IN_FIGURES.search(file.read(_NEAR))
        case _:
            return ""
    return found[1].decode() if found else ""


def _part(file: BinaryIO, name: str) -> bytes:
    """The beginning of a part of a package."""
    with zipfile.ZipFile(file) as package, package.open(name) as part:
        return part.read(_MOST_PROPERTIES)


def _last_part(pdf: BinaryIO) -> bytes:
    """The beginning of the part that a PDF names at its end, with what the file says of itself."""
    pdf.seek(0, os.SEEK_END)
    pdf.seek(max(0, pdf.tell() - _END))
    start = _START.search(pdf.read(_END))
    pdf.seek(int(start[1]) if start else 0)
    return pdf.read(_NEAR)


def strangers(path: Path) -> tuple[str, ...]:
    """The names of the files beside one, with the same name, that another build wrote."""
    mark = set_mark_of(path)
    if not mark:
        return ()
    beside = (path.with_name(f"{path.stem}{suffix}") for suffix in _SUFFIXES)
    marks = {each.name: set_mark_of(each) for each in beside if each != path and each.is_file()}
    return tuple(name for name, other in marks.items() if other not in ("", mark))
