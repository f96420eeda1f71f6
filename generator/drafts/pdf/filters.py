"""Undoes the filters of a stream of a PDF, as far as a limit: to learn how large it becomes."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable

_PIECE = 2**16
_WHITE = re.compile(rb"[\0\t\n\f\r ]+")
_END = 128
"""A run length that ends the data."""
_CLEAR, _LAST, _FIRST = 256, 257, 258
_WIDEST = 12
"""Bits of a code of LZW."""


class TooLargeError(Exception):
    """A stream becomes larger than it may."""


def unfiltered(data: bytes, filters: list[str], limit: int) -> bytes:
    """The data behind filters, up to the first that is unknown or damaged.

    Raises:
        TooLargeError: if any step makes more than ``limit`` bytes.
    """
    for name in filters:
        undo = _FILTERS.get(name)
        if undo is None:  # a picture's, or none at all
            break
        try:
            data = undo(data, limit)
        except (ValueError, zlib.error, IndexError):
            break
        if len(data) > limit:
            raise TooLargeError
    return data


def inflated(data: bytes, limit: int) -> bytes:
    """Inflated data, as much as there is before it is damaged; a little more than the limit."""
    unpacking = zlib.decompressobj()
    made: list[bytes] = []
    size = at = 0
    try:
        while size <= limit and not unpacking.eof:
            waiting = unpacking.unconsumed_tail + data[at : at + _PIECE]
            at += _PIECE
            if not waiting:
                break
            made.append(unpacking.decompress(waiting, _PIECE * 16))
            size += len(made[-1])
    except zlib.error:
        pass
    return b"".join(made)


def _hex(data: bytes, _: int) -> bytes:
    digits = _WHITE.sub(b"", data.split(b">", 1)[0])
    return binascii.unhexlify(digits + b"0" * (len(digits) % 2))


def _base85(data: bytes, limit: int) -> bytes:
    text = _WHITE.sub(b"", data.split(b"~>", 1)[0]).removeprefix(b"<~")
    if len(text) + 3 * text.count(b"z") > 2 * limit:
        raise TooLargeError
    return base64.a85decode(text)


def _run_lengths(data: bytes, limit: int) -> bytes:
    made: list[bytes] = []
    size = at = 0
    while at < len(data) and data[at] != _END and size <= limit:
        length = data[at]
        if length < _END:
            made.append(data[at + 1 : at + 2 + length])
            at += 2 + length
        else:
            made.append(data[at + 1 : at + 2] * (257 - length))
            at += 2
        size += len(made[-1])
    return b"".join(made)


def _lzw(data: bytes, limit: int) -> bytes:
    single = [bytes([value]) for value in range(256)] + [b"", b""]
    table, before = list(single), b""
    made: list[bytes] = []
    bits = held = size = 0
    for value in data:
        held, bits = held << 8 | value, bits + 8
        width = min(max(9, (len(table) + 1).bit_length()), _WIDEST)
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == _LAST or size > limit:
            break
        if code == _CLEAR:
            table, before = list(single), b""
            continue
        piece = table[code] if code < len(table) else before + before[:1]
        if before:
            table.append(before + piece[:1])
        before = piece
        made.append(piece)
        size += len(piece)
    return b"".join(made)


_FILTERS: dict[str, Callable[[bytes, int], bytes]] = {
    "FlateDecode": inflated,
    "Fl": inflated,
    "ASCIIHexDecode": _hex,
    "AHx": _hex,
    "ASCII85Decode": _base85,
    "A85": _base85,
    "RunLengthDecode": _run_lengths,
    "RL": _run_lengths,
    "LZWDecode": _lzw,
    "LZW": _lzw,
}
