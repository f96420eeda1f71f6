"""What a PDF may hold, seen before anything takes it apart: how large its streams become.

All streams are looked at but pictures, which nobody unpacks: a stream that a page names as its
contents is none, whatever it calls itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.drafts.limits import MAX_UNPACKED_BYTES, damaged, refuse
from generator.drafts.pdf_filters import TooLargeError, inflated, unfiltered

MAX_STREAM_BYTES = 32 * 2**20
"""The instructions of a page take far less; whole Chinese fonts stay below."""
MAX_FILTERS = 8
_STREAM = re.compile(rb"(?<!end)stream(\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
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
    number: int
    dictionary: bytes
    data: bytes


def check_end(path: Path, content: bytes) -> None:
    """Refuses a PDF whose end is missing: what was cut off would be missed by nobody."""
    if content.rfind(b"%%EOF") < content.rfind(b"endobj"):
        damaged(path)


def check_streams(path: Path, content: bytes) -> None:
    """Refuses a PDF with a stream that unpacks to too much."""
    streams = list(_streams(content))
    total = 0
    try:
        drawn = _contents(content, streams)
        for stream in streams:
            if b"/Image" in stream.dictionary and stream.number not in drawn:
                continue
            total += _unpacked_size(stream)
            if total > MAX_UNPACKED_BYTES:
                raise TooLargeError
    except TooLargeError:
        refuse("E602", "内容压缩得不合常理", _SAVE_AGAIN, path)


def _streams(content: bytes) -> Iterator[_Stream]:
    for found in _STREAM.finditer(content):
        before = content[max(0, found.start() - _DICTIONARY) : found.start()]
        *_, head = [None, *_OBJECT.finditer(before)]
        dictionary = _plain(before[head.end() :] if head else before)
        end = content.find(b"endstream", found.end())
        data = content[found.end() : end if end >= 0 else len(content)]
        yield _Stream(int(head[1]) if head else 0, dictionary, data)


def _plain(dictionary: bytes) -> bytes:
    """A dictionary with the characters in its names that are written as numbers."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), dictionary)


def _contents(content: bytes, streams: list[_Stream]) -> set[int]:
    """The numbers of the objects that pages name as their contents."""
    packed = (stream for stream in streams if _OBJECT_STREAM in stream.dictionary)
    numbers: set[int] = set()
    for text in (content, *(_unpacked(stream) for stream in packed)):
        for found in _CONTENTS.finditer(text):
            numbers |= {int(reference[1]) for reference in _REFERENCE.finditer(found[1])}
    return numbers


def _unpacked(stream: _Stream) -> bytes:
    found = _FILTER.search(stream.dictionary)
    if not found:
        return inflated(stream.data, MAX_STREAM_BYTES)  # its filter may be told elsewhere
    names = [name[1].decode("latin-1") for name in _NAME.finditer(found[1])]
    if len(names) > MAX_FILTERS:
        raise TooLargeError
    return unfiltered(stream.data, names, MAX_STREAM_BYTES)


def _unpacked_size(stream: _Stream) -> int:
    size = len(_unpacked(stream))
    if size > MAX_STREAM_BYTES:
        raise TooLargeError
    return size
