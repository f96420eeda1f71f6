"""What a PDF may hold, seen before anything takes it apart: how large its streams become.

All streams are looked at but pictures, which nobody unpacks: a stream that a page names as its
contents is none, whatever it calls itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from generator.drafts.pdf.filters import TooLargeError, inflated, unfiltered
from generator.drafts.safety.limits import MAX_UNPACKED_BYTES, damaged, refuse

MAX_STREAM_BYTES = 32 * 2**20
"""The instructions of a page take far less; whole Chinese fonts stay below."""
MAX_FILTERS = 8
MAX_STREAMS = 50_000
"""As many as the longest document has whose pages are made of strips of pictures."""
_MOST_OVERLAP = 4
"""Streams follow each other; those that lie within others only look like streams."""
_STREAM = re.compile(rb"(?<!end)stream(\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+\Z")
"""What is before ``obj``."""
_NUMBERS = 64
"""Bytes that the numbers of an object take, with the space between them."""
_TRIES = 8
"""Words ``obj`` before a stream of which one begins its object."""
_DICTIONARY = 4096
"""Bytes before a stream in which its dictionary begins."""
_FILTER = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+)")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d{1,10}\s+\d{1,5}\s+R)")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R")
_OBJECT_STREAM = b"/ObjStm"
_SAVE_AGAIN = "用办公软件打开后重新保存，或换一份文件"


class _Stream(NamedTuple):
    """A stream by what its dictionary says; ``filters`` is ``None`` if that names none."""

    number: int
    start: int
    end: int
    filters: tuple[str, ...] | None
    is_image: bool
    holds_objects: bool


def check_end(path: Path, content: bytes) -> None:
    """Refuses a PDF whose end is missing: what was cut off would be missed by nobody."""
    if content.rfind(b"%%EOF") < content.rfind(b"endobj"):
        damaged(path)


def check_streams(path: Path, content: bytes) -> None:
    """Refuses a PDF with a stream that unpacks to too much."""
    total = 0
    try:
        streams = list(_streams(content))
        drawn = _contents(content, streams)
        for stream in streams:
            if stream.is_image and stream.number not in drawn:
                continue
            total += _unpacked_size(content, stream)
            if total > MAX_UNPACKED_BYTES:
                raise TooLargeError
    except TooLargeError:
        refuse("E602", "内容压缩得不合常理", _SAVE_AGAIN, path)


def _streams(content: bytes) -> Iterator[_Stream]:
    """All streams, also those that begin within others: any may be what a page refers to.

    Raises:
        TooLargeError: if there are too many, or they lie within each other again and again.
    """
    end = held = 0
    for count, found in enumerate(_STREAM.finditer(content)):
        if end < found.end():
            end = content.find(b"endstream", found.end())
            end = end if end >= 0 else len(content)
        held += end - found.end()
        if count >= MAX_STREAMS or held > len(content) * _MOST_OVERLAP:
            raise TooLargeError
        yield _stream(content, found.start(), found.end(), end)


def _stream(content: bytes, head_end: int, start: int, end: int) -> _Stream:
    before = content[max(0, head_end - _DICTIONARY) : head_end]
    number, begin = _object(before)
    dictionary = _plain(before[begin:])
    found = _FILTER.search(dictionary)
    names = islice(_NAME.finditer(found[1]), MAX_FILTERS + 1) if found else ()
    filters = tuple(name[1].decode("latin-1") for name in names) if found else None
    held = b"/Image" in dictionary, _OBJECT_STREAM in dictionary
    return _Stream(number, start, end, filters, *held)


def _object(before: bytes) -> tuple[int, int]:
    """The number of the last object that begins here, and where its content does; 0, 0 if none."""
    at = len(before)
    for _ in range(_TRIES):
        at = before.rfind(b"obj", 0, at)
        if at < 0:
            break
        if head := _OBJECT.search(before, max(0, at - _NUMBERS), at):
            return int(head[1]), at + len(b"obj")
    return 0, 0


def _plain(dictionary: bytes) -> bytes:
    """A dictionary with the characters in its names that are written as numbers."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), dictionary)


def _contents(content: bytes, streams: list[_Stream]) -> set[int]:
    """The numbers of the objects that pages name as their contents."""
    packed = (_unpacked(content, stream) for stream in streams if stream.holds_objects)
    numbers: set[int] = set()
    for text in chain((content,), packed):
        for found in _CONTENTS.finditer(text):
            numbers |= {int(reference[1]) for reference in _REFERENCE.finditer(found[1])}
    return numbers


def _unpacked(content: bytes, stream: _Stream) -> bytes:
    data = content[stream.start : stream.end]
    if stream.filters is None:
        return inflated(data, MAX_STREAM_BYTES)  # its filter may be told elsewhere
    if len(stream.filters) > MAX_FILTERS:
        raise TooLargeError
    return unfiltered(data, [*stream.filters], MAX_STREAM_BYTES)


def _unpacked_size(content: bytes, stream: _Stream) -> int:
    size = len(_unpacked(content, stream))
    if size > MAX_STREAM_BYTES:
        raise TooLargeError
    return size
