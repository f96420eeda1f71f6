"""Joins fragments into one PDF file: its pages, bookmarks, names, structure and fonts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from pydyf import String

from generator.printing.fragments.attached import AttachedFile
from generator.printing.fragments.fragment import EmbeddedFont, Fragment
from generator.printing.fragments.objects import (
    DOCUMENT,
    FIRST,
    FONTS,
    FREE,
    PACKED,
    PAGES,
    PLAIN,
    ObjectBlock,
    PlacedBlock,
    entry,
    packed,
    place,
    written,
)

_HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass(frozen=True, slots=True, eq=False)
class PdfParticulars:
    """What a PDF says about the whole document.

    Attributes:
        block: the objects.
        info: title and author.
        metadata: the same and more as XMP.
        profile: the colour profile that its colours are meant in.
        language: its language.
    """

    block: ObjectBlock
    info: int
    metadata: int
    profile: int
    language: str

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""
        return self.block.weight


class NumberedFragment(NamedTuple):
    """A fragment with the number of its first page, and whether its pages print theirs."""

    fragment: Fragment
    start: int
    numbered: bool = True


class JoinedFile:
    """One PDF file of fragments; each is put into it as soon as it is made.

    Its bytes depend on the order in which they are put.
    """

    def __init__(self) -> None:
        self._file = _File()
        self._put: dict[int, tuple[NumberedFragment, int]] = {}

    def put(self, position: int, numbered: NumberedFragment) -> None:
        """Puts a fragment.

        Args:
            position: its place among the others.
            numbered: the fragment; it has a page at least.
        """
        fragment, start, _ = numbered
        base = self._file.add(fragment.block)
        self._put[position] = numbered, base
        for number, page in enumerate(fragment.pages, start):
            if page.stamp:
                stamp = fragment.stamps[page.stamped_as]
                self._file.write(base + page.stamp, _stream(stamp.operators(number)))

    def content(
        self,
        fonts: Mapping[str, EmbeddedFont],
        particulars: PdfParticulars,
        attached: Sequence[AttachedFile] = (),
    ) -> bytes:
        """The whole file; nothing can be put into it afterwards.

        Args:
            fonts: the fonts by the names that the pages call them.
            particulars: what the file says about the document.
            attached: files that it carries.
        """
        file = self._file
        in_order = [self._put[position] for position in sorted(self._put)]
        placed = [(numbered.fragment, base) for numbered, base in in_order]
        font_objects = {name: file.add(font.block) + font.number for name, font in fonts.items()}
        about = file.add(particulars.block)
        pages = [base + page.number for fragment, base in placed for page in fragment.pages]
        elements = [base + each for fragment, base in placed for each in fragment.elements]
        # by the numbers of objects, which grow as fragments are put
        parents = [base + numbered.fragment.parents for numbered, base in self._put.values()]
        root, tree = file.reserve(), file.reserve()
        file.put(PAGES, b"<</Type /Pages/Kids %s/Count %d>>" % (_references(pages), len(pages)))
        file.put(
            DOCUMENT,
            b"<</Type /StructElem/S /Document/K %s/P %d 0 R>>" % (_references(elements), root),
        )
        named = b"".join(b"/%s %d 0 R" % (name.encode(), at) for name, at in font_objects.items())
        file.put(FONTS, b"<<%s>>" % named)
        structure = b"<</Type /StructTreeRoot/ParentTree %d 0 R/K [%d 0 R]>>" % (tree, DOCUMENT)
        file.put(root, structure)
        file.put(tree, b"<</Kids %s>>" % _references(parents))
        catalog = [
            b"/Type /Catalog/Pages %d 0 R/StructTreeRoot %d 0 R" % (PAGES, root),
            b"/ViewerPreferences <</DisplayDocTitle true>>/MarkInfo <</Marked true>>",
            b"/Lang %s/Metadata %d 0 R"
            % (_text(particulars.language), about + particulars.metadata),
            b"/OutputIntents [%s]" % _intent(about + particulars.profile),
            _labels([numbered for numbered, _ in in_order]),
            *_named(file, placed, attached),
            *_outlines(file, placed),
        ]
        at = file.put(file.reserve(), b"<<%s>>" % b"".join(catalog))
        return file.finished(root=at, info=about + particulars.info)


PlacedFragments = Sequence[tuple[Fragment, int]]


def _stream(content: bytes) -> bytes:
    """A stream too short to be compressed."""
    return written(b"<</Length %d>>" % len(content), content)


def _text(text: str) -> bytes:
    return bytes(String(text).data)


def _references(numbers: Iterable[int]) -> bytes:
    return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)


def _destination(page: int, x: float, y: float) -> bytes:
    return b"[%d 0 R /XYZ %s %s 0]" % (page, _number(x), _number(y))


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()


def _labels(fragments: Sequence[NumberedFragment]) -> bytes:
    """What viewers call the pages: their printed numbers, and Roman ones where none is printed."""
    parts, following, at = [], (True, 0), 0
    for fragment, start, numbered in fragments:
        if (numbered, start) != following:
            parts.append(b"%d <</S /%s/St %d>>" % (at, b"D" if numbered else b"r", start))
        following = numbered, start + len(fragment.pages)
        at += len(fragment.pages)
    return b"/PageLabels <</Nums [%s]>>" % b" ".join(parts)


def _intent(profile: int) -> bytes:
    """What the colours of the file are meant in: sRGB."""
    name = b"/OutputConditionIdentifier (sRGB)/RegistryName (http://www.color.org)/Info (sRGB)"
    return b"<</Type /OutputIntent/S /GTS_PDFA1%s/DestOutputProfile %d 0 R>>" % (name, profile)


def _named(
    file: _File, placed: PlacedFragments, attached: Sequence[AttachedFile]
) -> Iterator[bytes]:
    """What is found by its name: places, and attached files, which belong to the document."""
    lists = [b"/Dests <</Names [%s]>>" % pairs for pairs in _places(placed)]
    if attached:
        numbers = {_text(each.name): _attach(file, each) for each in attached}
        pairs = b" ".join(b"%s %d 0 R" % pair for pair in sorted(numbers.items()))
        lists.append(b"/EmbeddedFiles <</Names [%s]>>" % pairs)
        yield b"/AF " + _references(numbers.values())
    if lists:
        yield b"/Names <<%s>>" % b"".join(lists)


def _attach(file: _File, attached: AttachedFile) -> int:
    """Attaches a file; returns the number of the object that names it."""
    stream = file.reserve()
    file.write(stream, attached.stream())
    return file.put(file.reserve(), attached.specification(stream))


def _places(placed: PlacedFragments) -> Iterator[bytes]:
    """The names of places; of several places with one name the first has it."""
    places: dict[str, bytes] = {}
    for fragment, base in placed:
        for page in fragment.pages:
            for name, x, y in page.anchors:
                places.setdefault(name, _destination(base + page.number, x, y))
    if places:
        pairs = sorted((_text(name), at) for name, at in places.items())
        yield b" ".join(b"%s %s" % pair for pair in pairs)


class _Outline:
    """A bookmark with those below it."""

    def __init__(self, level: int, content: bytes, *, opened: bool) -> None:
        self.level = level
        self.content = content
        self.opened = opened
        self.below: list[_Outline] = []
        self.number = 0

    @property
    def shown(self) -> int:
        """How many below it are seen when it is opened."""
        return sum(1 + (each.shown if each.opened else 0) for each in self.below)


def _outlines(file: _File, placed: PlacedFragments) -> Iterator[bytes]:
    root = _Outline(0, b"", opened=True)
    path = [root]
    for fragment, base in placed:
        for page in fragment.pages:
            for level, title, x, y, state in page.bookmarks:
                content = b"/Title %s/Dest %s" % (
                    _text(title),
                    _destination(base + page.number, x, y),
                )
                each = _Outline(level, content, opened=state != "closed")
                while path[-1].level >= level:
                    path.pop()
                path[-1].below.append(each)
                path.append(each)
    if root.below:
        _number_all(file, root)
        _put_below(file, root)
        first, last = root.below[0].number, root.below[-1].number
        file.put(root.number, b"<</Count %d/First %d 0 R/Last %d 0 R>>" % (root.shown, first, last))
        yield b"/Outlines %d 0 R" % root.number


def _number_all(file: _File, outline: _Outline) -> None:
    outline.number = file.reserve()
    for each in outline.below:
        _number_all(file, each)


def _put_below(file: _File, parent: _Outline) -> None:
    for position, each in enumerate(parent.below):
        count = each.shown if each.opened else -each.shown
        parts = [each.content, b"/Count %d/Parent %d 0 R" % (count, parent.number)]
        if position:
            parts.append(b"/Prev %d 0 R" % parent.below[position - 1].number)
        if position + 1 < len(parent.below):
            parts.append(b"/Next %d 0 R" % parent.below[position + 1].number)
        if each.below:
            ends = (each.below[0].number, each.below[-1].number)
            parts.append(b"/First %d 0 R/Last %d 0 R" % ends)
        file.put(each.number, b"<<%s>>" % b"".join(parts))
        _put_below(file, each)


class _File:
    """A file being written, with the place of every object."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._length = len(_HEADER)
        self._entries = [entry(FREE, 0, 0xFFFF)] + [b""] * (FIRST - 1)
        self._small: dict[int, bytes] = {}

    def add(self, block: ObjectBlock) -> int:
        """Adds the objects of a block; returns what is added to their numbers."""
        base = len(self._entries) - 1
        placed: PlacedBlock = place(block, base)
        self._entries.extend(placed.entries)
        for number, content in placed.streams:
            self.write(number, content)
        return base

    def write(self, number: int, content: bytes) -> None:
        """Writes an object by itself."""
        part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        self._entries[number] = entry(PLAIN, self._length)
        self._parts.append(part)
        self._length += len(part)

    def reserve(self) -> int:
        """The number for an object that is yet to be put."""
        self._entries.append(b"")
        return len(self._entries) - 1

    def put(self, number: int, content: bytes) -> int:
        """Puts a small object."""
        self._small[number] = content
        return number

    def finished(self, root: int, info: int) -> bytes:
        """The whole file, its cross-reference table written."""
        self._write_small()
        number, at = self.reserve(), self._length
        self._entries[number] = entry(PLAIN, at)
        table = zlib.compress(b"".join(self._entries), 1)  # harder is no smaller and takes longer
        about = b"/Type /XRef/W [1 4 2]/Size %d/Root %d 0 R/Info %d 0 R" % (number + 1, root, info)
        head = b"<<%s/Length %d/Filter /FlateDecode>>" % (about, len(table))
        self._parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, written(head, table)))
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(self._parts)

    def _write_small(self) -> None:
        stream = self.reserve()
        offsets = accumulate((len(each) + 1 for each in self._small.values()), initial=0)
        index = []
        for position, (number, offset) in enumerate(zip(self._small, offsets, strict=False)):
            index.append(b"%d %d" % (number, offset))
            self._entries[number] = entry(PACKED, stream, position)
        self.write(stream, packed(index, b"\n".join(self._small.values())))
