"""PDF objects that do not know yet where in a file they will stand."""

from __future__ import annotations

import re
import struct
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pydyf

from generator.core.memo import Memory

PAGES, DOCUMENT, FONTS = 1, 2, 3
"""Objects of the file that fragments refer to: its pages, the root of its structure, its fonts."""
FIRST = 4

_NUMBERS = "I"
_MENTION = re.compile(rb"\((?:[^\\()]|\\.)*\)|%|\b(\d+) 0 (?:([RK])|I(\d+))\b", re.DOTALL)
_ENTRY = struct.Struct(">BIH")  # type, offset or number of the object stream, position in it
FREE, PLAIN, PACKED = 0, 1, 2


class Loose(NamedTuple):
    """An object as a template: ``%d`` stands for the number of each object it refers to."""

    template: bytes
    references: Sequence[int]


def loosen(content: bytes, fixed: Mapping[int, int]) -> Loose:
    """An object of a PDF as a template.

    Args:
        content: the object; ``7 0 R`` refers to object 7, ``7 0 K`` is the number 7 as a key,
            ``7 0 I5`` the string ``(7-5)``, a name that no other object of the file has.
        fixed: objects that are the file's own, by their numbers in that PDF.
    """
    references: list[int] = []

    def replace(match: re.Match[bytes]) -> bytes:
        if match[1] is None:  # a string, or a sign that a template would misread
            return match[0].replace(b"%", b"%%").replace(b"\n", rb"\n")
        number = int(match[1])
        if number in fixed:
            return b"%d 0 R" % fixed[number]
        references.append(number)
        if match[3] is not None:
            return b"(%%d-%s)" % match[3]
        return b"%d 0 R" if match[2] == b"R" else b"%d"

    return Loose(_MENTION.sub(replace, content), references)


class LooseObject(NamedTuple):
    """An object as a template, with its number; of a stream also the content."""

    number: int
    loose: Loose
    content: bytes | None


def loosened(objects: Iterable[Any], fixed: Mapping[int, int]) -> Iterator[LooseObject]:
    """Objects of pydyf as templates.

    Args:
        objects: the objects.
        fixed: as for :func:`loosen`.
    """
    for each in objects:
        if isinstance(each, pydyf.Stream):
            head, content = _parts(each)
            yield LooseObject(each.number, loosen(head, fixed), content)
        else:
            yield LooseObject(each.number, loosen(each.data, fixed), None)


@dataclass(frozen=True, slots=True)
class LooseStream:
    """A stream: the template of its dictionary, and its content."""

    number: int
    template: bytes
    references: tuple[int, ...]
    content: bytes


@dataclass(frozen=True, slots=True, eq=False)
class ObjectBlock:
    """Objects with the numbers 1 to ``count`` of their own.

    Attributes:
        numbers: of those that are no streams, as bytes of an array.
        template: these, one after another on a line each.
        references: what their ``%d`` stand for, as bytes of an array.
    """

    count: int
    numbers: bytes
    template: bytes
    references: bytes
    streams: tuple[LooseStream, ...]

    @property
    def taken(self) -> int:
        """How many numbers of a file it takes: one more for what its small objects are put in."""
        return self.count + 1

    @property
    def weight(self) -> int:
        """How many bytes it has, about."""
        small = len(self.template) + len(self.references)
        return small + sum(len(stream.content) for stream in self.streams)


class ObjectCollector:
    """Collects the objects of a block."""

    def __init__(self) -> None:
        self._count = 0
        self._small: dict[int, Loose] = {}
        self._streams: list[LooseStream] = []

    def reserve(self) -> int:
        """The number for an object that is yet to be put."""
        self._count += 1
        return self._count

    def put(self, number: int, template: bytes, references: Sequence[int] = ()) -> None:
        """Puts an object; each ``%d`` in its template stands for one of the references."""
        self._small[number] = Loose(template, references)

    def add(self, template: bytes, references: Sequence[int] = ()) -> int:
        """Puts an object under the next number."""
        number = self.reserve()
        self.put(number, template, references)
        return number

    def put_stream(self, number: int, stream: Loose, content: bytes) -> None:
        """Puts a stream: the template of its dictionary, and its content."""
        references = tuple(stream.references)
        self._streams.append(LooseStream(number, stream.template, references, content))

    def put_content(self, number: int, operators: bytes) -> None:
        """Puts what is painted on a page."""
        content = zlib.compress(operators)
        head = b"<</Length %d/Filter /FlateDecode>>" % len(content)
        self.put_stream(number, Loose(head, ()), content)

    def take(self, objects: Iterable[LooseObject], number: Callable[[int], int]) -> None:
        """Puts objects that have other numbers elsewhere.

        Args:
            objects: the objects.
            number: the number here for a number there.
        """
        for old, (template, references), content in objects:
            new = [number(each) for each in references]
            if content is None:
                self.put(number(old), template, new)
            else:
                self.put_stream(number(old), Loose(template, new), content)

    def block(self) -> ObjectBlock:
        """The block of all objects put."""
        numbers = sorted(self._small)
        small = [self._small[number] for number in numbers]
        return ObjectBlock(
            self._count,
            array(_NUMBERS, numbers).tobytes(),
            b"\n".join(each.template.replace(b"\n", b" ") for each in small),
            array(_NUMBERS, [number for each in small for number in each.references]).tobytes(),
            tuple(self._streams),
        )


def _parts(stream: pydyf.Stream) -> tuple[bytes, bytes]:
    """The dictionary of a stream, and its content."""
    head, _, rest = stream.data.partition(b"\nstream\n")
    return head, rest.removesuffix(b"\nendstream")


class PlacedBlock(NamedTuple):
    """A block in its place.

    Attributes:
        entries: of its numbers in the cross-reference table; those of streams are still empty.
        streams: its streams by number, ready to be written.
    """

    entries: tuple[bytes, ...]
    streams: tuple[tuple[int, bytes], ...]

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""
        content = sum([len(stream) for _, stream in self.streams])
        return content + _ENTRY_WEIGHT * len(self.entries)


_ENTRY_WEIGHT = 50  # bytes of an entry as an object of Python
_PLACED = Memory[tuple[ObjectBlock, int], PlacedBlock](__name__, most=60_000_000)
"""Weighed by bytes, some four long documents; in a process that stays, most blocks stay in their
places too."""


def place(block: ObjectBlock, base: int) -> PlacedBlock:
    """Gives the objects of a block the numbers after ``base``."""
    return _PLACED.recall(
        (block, base), lambda: _placed(block, base), lambda placed: block.weight + placed.weight
    )


def _placed(block: ObjectBlock, base: int) -> PlacedBlock:
    numbers = array(_NUMBERS)
    numbers.frombytes(block.numbers)
    references = array(_NUMBERS)
    references.frombytes(block.references)
    small = block.template % tuple([base + number for number in references])
    packed_as = base + block.taken
    entries = [b""] * block.taken
    index, offset = [], 0
    for position, (number, content) in enumerate(zip(numbers, small.split(b"\n"), strict=True)):
        index.append(b"%d %d" % (base + number, offset))
        offset += len(content) + 1
        entries[number - 1] = _ENTRY.pack(PACKED, packed_as, position)
    streams = [
        (base + stream.number, written(_filled(stream, base), stream.content))
        for stream in block.streams
    ]
    streams.append((packed_as, packed(index, small)))
    return PlacedBlock(tuple(entries), tuple(streams))


def _filled(stream: LooseStream, base: int) -> bytes:
    return stream.template % tuple([base + number for number in stream.references])


def written(head: bytes, content: bytes) -> bytes:
    """A stream as it stands in a file."""
    return b"%s\nstream\n%s\nendstream" % (head, content)


def packed(index: Sequence[bytes], objects: bytes) -> bytes:
    """A stream of small objects, one on a line.

    Args:
        index: of each its number and where it begins.
        objects: the objects.
    """
    head = b" ".join(index) + b"\n"
    content = zlib.compress(head + objects)
    about = b"/Type /ObjStm/N %d/First %d" % (len(index), len(head))
    return written(b"<<%s/Length %d/Filter /FlateDecode>>" % (about, len(content)), content)


def entry(kind: int, place_: int, position: int = 0) -> bytes:
    """An entry of the cross-reference table."""
    return _ENTRY.pack(kind, place_, position)
