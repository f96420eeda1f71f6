"""The file itself: parts packed so that bytes repeat, a long part in remembered blocks."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.core.memo import Memory

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.package import OpcPackage

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_WINDOW = 32768  # bytes that deflate looks back
_RAW = -zlib.MAX_WBITS  # as a ZIP archive wants it: no header, no checksum
_LEVEL = 6  # 9 takes three times as long and saves a tenth

_BLOCKS = Memory[tuple[bytes, bytes], bytes](__name__, most=15_000_000)
"""Weighed by bytes, their sources counted."""


def pack_archive(parts: Mapping[str, bytes | Iterator[bytes]]) -> bytes:
    """Packs parts in name order with a fixed date.

    Args:
        parts: content by name, of a long part the blocks it consists of. A block that
            follows the same block as before is not compressed again.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", compresslevel=_LEVEL) as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            content = parts[name]
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                archive.writestr(info, content)
            else:
                _write_blocks(archive, info, content)
    return result.getvalue()


def contents_of_parts(document: Document | OpcPackage) -> dict[str, bytes]:
    """The content of each part of a document or package of python-docx, by name."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save(document: Document) -> bytes:
    """Saves a document of python-docx so that bytes repeat."""
    return pack_archive(contents_of_parts(document))


def _write_blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, blocks: Iterator[bytes]) -> None:
    with archive.open(info, "w") as entry:
        # were there no such attribute any more, all would be compressed anew, and still be right
        entry._compressor = _BlockCompressor()  # type: ignore[attr-defined]
        for block in blocks:
            entry.write(block)


class _BlockCompressor:
    """Compresses like ``zlib.compressobj``, but a block depends on the one before it only."""

    def __init__(self) -> None:
        self._before = b""

    def compress(self, block: bytes) -> bytes:
        before, self._before = self._before, block
        return _BLOCKS.recall(
            (before, block),
            lambda: _deflated(before, block),
            lambda packed: len(before) + len(block) + len(packed),
        )

    def flush(self) -> bytes:
        return zlib.compressobj(_LEVEL, wbits=_RAW).flush()


def _deflated(before: bytes, block: bytes) -> bytes:
    """A block as a piece of a stream in which another stands before it."""
    # the dictionary is what the reader will have read last, so references into it hold
    compressor = zlib.compressobj(_LEVEL, wbits=_RAW, zdict=before[-_WINDOW:])
    return compressor.compress(block) + compressor.flush(zlib.Z_SYNC_FLUSH)
