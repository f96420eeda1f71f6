"""The pages of a piece of the document as PDF objects, ready to be joined with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.printing.fragments.objects import ObjectBlock
from generator.printing.fragments.stamp import Stamp

Glyphs = dict[int, tuple[str, int]]
"""The glyphs of a face that are needed: the text each stands for, and its width."""


class UnknownFaceError(Exception):
    """A font face of a fragment is not found again."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font face, told well enough to be found again."""

    family: str
    style: int
    weight: int


UsedFaces = Mapping[str, tuple[Face, Glyphs]]
"""Faces by the names that pages call them, with the glyphs that are needed."""


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """A page of a fragment; points from the bottom left.

    Attributes:
        number: the object of the page.
        anchors: names of places on it, with where they are.
        bookmarks: level, title, place and state (``open`` or ``closed``).
        stamp: the stream that prints its number; 0 if that is printed already.
        stamped_as: which of the stamps of its fragment does.
    """

    number: int
    anchors: tuple[tuple[str, float, float], ...]
    bookmarks: tuple[tuple[int, str, float, float, str], ...]
    stamp: int = 0
    stamped_as: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """The pages of a piece.

    Attributes:
        block: the objects.
        pages: the pages; none if a grid turned out not to be for painting.
        elements: what stands in the structure of the document.
        parents: the way back from the contents of its pages to the structure.
        targets: the anchors that its links lead to.
        faces: the fonts used, by the names that its pages call them.
        glyphs: the glyphs of each.
        stamps: how its page numbers are printed, where that is still to be done.
        missing: characters that no font has.
        tail: how much of the last page a grid takes, or the contents if they have several, as a
            part of its height; 1 for all else.
    """

    block: ObjectBlock
    pages: tuple[FragmentPage, ...]
    elements: tuple[int, ...]
    parents: int
    targets: tuple[str, ...]
    faces: Mapping[str, Face]
    glyphs: Mapping[str, Glyphs]
    stamps: tuple[Stamp, ...] = ()
    missing: tuple[str, ...] = field(default=())
    tail: float = 1.0

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""
        return self.block.weight


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedFont:
    """A face with the glyphs that a document needs: the objects, and which of them is the font."""

    block: ObjectBlock
    number: int

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""
        return self.block.weight


NOT_MADE = Fragment(ObjectBlock(0, b"", b"", b"", ()), (), (), 0, (), {}, {})
"""Stands for a grid that only WeasyPrint can print."""


def parents_leaf(owners: Mapping[int, list[int] | int]) -> tuple[bytes, list[int]]:
    """A leaf of the number tree that leads from contents to the structure, as a template.

    Args:
        owners: by the number of a page the elements that own its marked contents, in order;
            by the number of an annotation the element that owns it.
    """
    keys = sorted(owners)
    parts, references = [b"/Limits [%d %d]/Nums ["], [keys[0], keys[-1]]
    for key in keys:
        owner = owners[key]
        references.append(key)
        if isinstance(owner, int):
            parts.append(b"%d %d 0 R ")
            references.append(owner)
        else:
            parts.append(b"%d [" + b" ".join([b"%d 0 R"] * len(owner)) + b"] ")
            references.extend(owner)
    return b"<<" + b"".join(parts) + b"]>>", references


def all_glyphs(fragments: Sequence[Fragment]) -> dict[str, Glyphs]:
    """What fragments need of each face: a glyph stands for the text it first stood for."""
    together: dict[str, Glyphs] = {}
    for fragment in reversed(fragments):
        for name, glyphs in fragment.glyphs.items():
            together.setdefault(name, {}).update(glyphs)
    return together
