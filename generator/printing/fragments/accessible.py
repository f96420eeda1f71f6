"""Mends the structure that WeasyPrint writes, for readers that cannot see (PDF/UA-1).

The contents become a TOC with an entry a line; a link that WeasyPrint writes once more for its
leader and its page number becomes one; links say what they lead to, headings of forms their
project and headings the level they are read at, heads of tables what they head; the boxes of
figures are in points from the bottom of the page, not in pixels from its top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pydyf

from generator.core.text.patterns import late_pattern
from generator.printing.fragments.table_heads import tell_heads

PRINTED = 4
"""The flag of an annotation that is not hidden and is printed with its page, as PDF/A asks."""
Objects = Mapping[int, Any]
"""The objects of a PDF by their numbers."""


class HeardHeading(NamedTuple):
    """What a heading is to those who hear it.

    Attributes:
        name: what it is called; ``""`` as it reads.
        level: at which level it is read; nothing if at that of its tag.
    """

    name: str
    level: str | None = None


class HeardNames(NamedTuple):
    """What is called otherwise by those who hear it than by those who see it.

    Attributes:
        links: what links say, by the anchors they lead to.
        headings: the headings, in order.
    """

    links: Mapping[str, str]
    headings: Sequence[HeardHeading]


NOT_NAMED = HeardNames({}, ())


def mend_structure(
    objects: Objects,
    pages: Sequence[Any],
    top: Iterable[int],
    names: HeardNames,
    scale: float,
) -> set[int]:
    """Mends the structure of pages in place.

    Args:
        objects: the objects.
        pages: the dictionaries of the pages.
        top: the elements that stand in the structure of the document.
        names: what links and headings are called.
        scale: from WeasyPrint's pixels to points.

    Returns:
        The numbers of annotations that are gone, and of the objects that refer to them.
    """
    elements = [each for each in objects.values() if _is(each, "/StructElem")]
    for element in elements:
        if element["S"] == "/Figure":
            _mend_box(element, objects, scale)
        elif element["S"] == "/Table":
            tell_heads(element, objects)
    gone = {number for element in elements for number in _join_nested(element, objects)}
    for page in pages:
        if "Annots" in page:
            kept = [each for each in page["Annots"] if object_number(each) not in gone]
            page["Annots"] = pydyf.Array(kept)
    for annotation in objects.values():
        if _is(annotation, "/Annot") and "Dest" in annotation:
            target = annotation["Dest"].string
            annotation["Contents"] = pydyf.String(names.links.get(target) or target)
            annotation["F"] = PRINTED
    _tell_headings(elements, names.headings)
    for number in top:
        _mend_contents(objects[number], objects)
    return gone


def object_number(reference: Any) -> int:
    """The number of an object that is referred to."""
    return int(reference.split()[0])


def _is(each: Any, kind: str) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == kind


def _tell_headings(elements: Iterable[Any], heard: Sequence[HeardHeading]) -> None:
    """Names headings; if one is in several parts, it is not sure which is which, and none is."""
    headings = [each for each in elements if _HEADING.fullmatch(each["S"])]
    if len(headings) != len(heard):
        return
    for heading, (name, level) in zip(headings, heard, strict=True):
        if name:
            heading["Alt"] = pydyf.String(name)
        if level:
            heading["S"] = f"/H{level}"


_HEADING = late_pattern("/H[1-6]")


def _kids(element: Any, objects: Objects) -> list[Any]:
    """The objects below an element; contents of pages are none."""
    return [objects[object_number(kid)] for kid in element["K"] if isinstance(kid, bytes)]


def _mend_box(figure: Any, objects: Objects, scale: float) -> None:
    left, top, right, bottom = figure["A"]["BBox"]
    height = float(objects[object_number(figure["Pg"])]["MediaBox"][3])
    box = (left * scale, height - bottom * scale, right * scale, height - top * scale)
    figure["A"]["BBox"] = pydyf.Array(round(each, 3) for each in box)


def _join_nested(element: Any, objects: Objects) -> list[int]:
    """Makes a link within a link a part of that; returns its annotation and reference, which go."""
    if element["S"] != "/Link" or objects[object_number(element["P"])].get("S") not in _LINKS:
        return []
    references = [kid for kid in element["K"] if isinstance(kid, bytes)]
    gone = [kid for kid in references if _is(objects[object_number(kid)], "/OBJR")]
    element["K"] = pydyf.Array(kid for kid in element["K"] if kid not in gone)
    element["S"] = _PART_OF_LINK
    numbers = [object_number(kid) for kid in gone]
    return numbers + [object_number(objects[number]["Obj"]) for number in numbers]


_PART_OF_LINK = "/Span"
_LINKS = ("/Link", _PART_OF_LINK)
"""What stands around a part of a link, which may be such a part itself by now."""


def _mend_contents(element: Any, objects: Objects) -> None:
    """Makes a list of lines that are links a TOC with its entries."""
    lines = _kids(element, objects)
    if element["S"] != "/NonStruct" or not any(_holds_link(line, objects) for line in lines):
        return
    element["S"] = "/TOC"
    for line in lines:
        line["S"] = "/TOCI" if _holds_link(line, objects) else "/Caption"


def _holds_link(line: Any, objects: Objects) -> bool:
    return line.get("S") == "/P" and any(kid.get("S") == "/Link" for kid in _kids(line, objects))
