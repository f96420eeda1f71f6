"""Writes the objects of a PDF into a file: small ones together, compressed as one stream.

What pydyf's own writer does, for tens of thousands of objects: it compresses
as hard as it can and packs the cross-reference table number by number, which
takes longer than painting 200 pages.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pydyf

_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_ENTRY = struct.Struct(">BIH")  # type, offset or number of the object stream, position in it
_FREE, _PLAIN, _PACKED = 0, 1, 2
_MOST_PACKED = 0xFFFF  # positions in an object stream fit in two bytes


def pdf_file(pdf: pydyf.PDF) -> bytes:
    """The file of a PDF that is complete but for its writing."""
    pdf.add_object(pdf.info)
    file = _File(len(pdf.objects))
    packed = []
    for each in pdf.objects[1:]:
        if each.compressible:
            packed.append(each)
        else:
            file.add(each.number, each.data)
    for begin in range(0, len(packed), _MOST_PACKED):
        file.add_packed(packed[begin : begin + _MOST_PACKED])
    return file.finished(root=pdf.catalog.reference, info=pdf.info.reference)


class _File:
    """A file being written, with the place of every object."""

    def __init__(self, objects: int) -> None:
        self._parts = [_HEADER]
        self._length = len(_HEADER)
        self._entries = [_ENTRY.pack(_FREE, 0, 0xFFFF)] + [b""] * (objects - 1)

    def add(self, number: int, content: bytes) -> None:
        """Writes an object by itself."""
        part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        self._entries[number] = _ENTRY.pack(_PLAIN, self._length, 0)
        self._parts.append(part)
        self._length += len(part)

    def add_packed(self, objects: list[Any]) -> None:
        """Writes objects into one compressed stream."""
        stream = len(self._entries)
        self._entries.append(b"")
        contents, index, offset = [], [], 0
        for position, each in enumerate(objects):
            content = each.data
            index.append(b"%d %d" % (each.number, offset))
            contents.append(content)
            offset += len(content) + 1
            self._entries[each.number] = _ENTRY.pack(_PACKED, stream, position)
        head = b" ".join(index) + b"\n"
        extra = {"Type": "/ObjStm", "N": len(objects), "First": len(head)}
        self.add(stream, _compressed(head + b"\n".join(contents), extra))

    def finished(self, **trailer: bytes) -> bytes:
        """The whole file, its cross-reference table written."""
        number, place = len(self._entries), self._length
        self._entries.append(_ENTRY.pack(_PLAIN, place, 0))
        extra = {
            "Type": "/XRef",
            "W": pydyf.Array((1, 4, 2)),
            "Size": number + 1,
            **{name.capitalize(): reference for name, reference in trailer.items()},
        }
        table = _compressed(b"".join(self._entries), extra)
        self._parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, table))
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(self._parts)


def _compressed(content: bytes, extra: dict[str, Any]) -> bytes:
    """A compressed stream with its dictionary."""
    stream = pydyf.Stream([zlib.compress(content)], {**extra, "Filter": "/FlateDecode"})
    data: bytes = stream.data
    return data
