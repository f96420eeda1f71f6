"""What WeasyPrint writes on the pages of a kind of grid before the table stands there.

The review mark, what all grids of one kind say alike above their tables, and the
structure of both are the same on all of them: WeasyPrint writes them once, on the
two pages of the specimen. What each says in its own words is left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pydyf

from generator.printing.fragments.accessible import HeardHeading, HeardNames
from generator.printing.fragments.faces import Faces, face_of, glyphs_of
from generator.printing.fragments.fragment import Face, FragmentPage, Glyphs
from generator.printing.fragments.harvest import WrittenPages
from generator.printing.fragments.objects import Loose, LooseObject, loosen, loosened
from generator.printing.grids.known_css import expect
from generator.printing.grids.own_lines import OwnLine, OwnLines, placed_lines
from generator.printing.grids.shaping import Shaper

_NO_TEXT = b"\nBT\nET\n"
_BOXES = ("MediaBox", "TrimBox", "BleedBox")


class Element(NamedTuple):
    """An element of the structure, by its number in the specimen."""

    number: int
    loose: Loose


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A page before the table is put on it.

    Attributes:
        number: its number in the specimen.
        height: in points.
        boxes: its size, as a part of its dictionary.
        operators: what is painted on it, cut where lines in a grid's own words go.
        own_lines: these lines.
        elements: its structure.
        top: those of them that stand in the structure of the document.
        owners: the owners of its marked contents.
        places: its anchors and bookmarks, under the names of slots.
    """

    number: int
    height: float
    boxes: bytes
    operators: Sequence[bytes]
    own_lines: Sequence[OwnLine]
    elements: Sequence[Element]
    top: Sequence[int]
    owners: Sequence[int]
    places: FragmentPage


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The pages of a kind of grid.

    Attributes:
        first: the page with the headings.
        going_on: the page after it.
        table: the element of the table, and the one it stands in, by their numbers.
        resources: what the pages use, by its number; further objects belong to it.
        objects: these.
        faces: the fonts of the headings.
        glyphs: the glyphs of each.
    """

    first: LetterPage
    going_on: LetterPage
    table: tuple[int, int]
    resources: int
    objects: Sequence[LooseObject]
    faces: Mapping[str, Face]
    glyphs: Mapping[str, Glyphs]

    def own_lines(self, words: Sequence[str], shaper: Shaper) -> OwnLines:
        """The lines that a grid says in its own words.

        Raises:
            UnknownStyleError: if one would not stand as on the specimen.
        """
        first, going_on = (
            placed_lines(page.own_lines, words, shaper) for page in (self.first, self.going_on)
        )
        return OwnLines(first, going_on)


def read_letterhead(
    layout: Any,
    pages: Sequence[Any],
    faces: Faces,
    headings: Sequence[str],
    own_lines: Sequence[Sequence[OwnLine]],
) -> Letterhead:
    """The letterhead of two pages of a specimen; the pages are not for use afterwards.

    Args:
        layout: the layout they come from.
        pages: the two pages.
        faces: the fonts to share.
        headings: the names of its headings, as slots (see :attr:`GridKind.heading_slots`).
        own_lines: on each page the lines in a grid's own words, which show nothing.

    Raises:
        UnknownStyleError: if it is not sure where these lines are painted.
    """
    written = WrittenPages(
        layout, pages, faces, HeardNames({}, [HeardHeading(each) for each in headings])
    )
    by_number = {each.number: each for each in written.objects}
    contents = [by_number[_number(page["Contents"])] for page in written.pages]
    elements = [each for each in written.objects if _is_element(each)]
    (table,) = [element for element in elements if element["S"] == "/Table" and not element["K"]]
    first, going_on = (
        _letter_page(
            written,
            position,
            _cut(content, len(lines)),
            lines,
            [element for element in elements if element is not table],
        )
        for position, (content, lines) in enumerate(zip(contents, own_lines, strict=True))
    )
    # links of the specimen's cells: the table is painted with its own, and these name our folder
    links = [each for each in written.objects if _is_link(each)]
    apart = {each.number for each in (*written.pages, *contents, *elements, *links)}
    fonts = written.fonts.used
    return Letterhead(
        first,
        going_on,
        (table.number, _number(table["P"])),
        _number(written.pages[0]["Resources"]),
        [*loosened((each for each in written.objects if each.number not in apart), written.fixed)],
        {font.hash: face_of(font) for font in fonts},
        glyphs_of(fonts),
    )


def _letter_page(
    written: WrittenPages,
    position: int,
    operators: Sequence[bytes],
    own_lines: Sequence[OwnLine],
    elements: Sequence[Any],
) -> LetterPage:
    page = written.pages[position]
    here = [element for element in elements if element["Pg"] == page.reference]
    numbers = {each.number for each in here}
    boxes = b"".join(b"/%s %s" % (name.encode(), page[name].data) for name in _BOXES)
    return LetterPage(
        page.number,
        float(page["MediaBox"][3]),
        boxes,
        operators,
        own_lines,
        [Element(each.number, loosen(each.data, written.fixed)) for each in here],
        [number for number in written.elements if number in numbers],
        written.owners[position],
        written.places[position],
    )


def _cut(content: pydyf.Stream, lines: int) -> Sequence[bytes]:
    """What is painted on a page, cut at so many lines that show nothing."""
    operators = b"\n".join(pydyf._to_bytes(each) for each in content.stream)
    parts = operators.split(_NO_TEXT) if lines else [operators]
    expect(len(parts) == lines + 1, "a line that shows nothing")
    return parts


def _is_element(each: Any) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"


def _is_link(each: Any) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Annot"


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
