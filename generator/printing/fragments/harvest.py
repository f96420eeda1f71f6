"""A fragment from pages that WeasyPrint has laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import generate_pdf

from generator.printing.fragments.accessible import (
    NOT_NAMED,
    HeardNames,
    mend_structure,
    object_number,
)
from generator.printing.fragments.faces import (
    Faces,
    FontSheet,
    face_of,
    files_left_unread,
    glyphs_of,
    missing_in,
)
from generator.printing.fragments.fragment import Fragment, FragmentPage, parents_leaf
from generator.printing.fragments.objects import (
    DOCUMENT,
    FONTS,
    PAGES,
    ObjectCollector,
    loosened,
)

VARIANT = "pdf/ua-1"
POINTS = 0.75  # a CSS pixel


class WrittenPages:
    """Pages as WeasyPrint writes them: what is theirs, and what every PDF has once.

    Attributes:
        pages: the dictionaries of the pages.
        elements: what stands in the structure of the document, by number.
        owners: for each page the elements that own its marked contents, by number.
        annotations: the annotations with a place in the structure, and their elements.
        fixed: the numbers of the objects that a file has once, with their numbers there.
        objects: what belongs to the pages.
        fonts: the fonts, with the glyphs used.
        places: the pages' anchors and bookmarks.
        targets: the anchors that links lead to.
    """

    def __init__(
        self,
        layout: Any,
        pages: Sequence[Any],
        faces: Faces,
        names: HeardNames = NOT_NAMED,
    ) -> None:
        """Writes pages.

        Args:
            layout: the layout they come from.
            pages: the pages; they are not for use afterwards.
            faces: the fonts to share.
            names: what links and headings are called.
        """
        self.places = [FragmentPage(0, _anchors(page), _bookmarks(page)) for page in pages]
        self.targets = tuple(dict.fromkeys(_targets(pages)))
        self.fonts = faces.sheet()
        self._pdf = _generated(layout, pages, self.fonts)
        faces.learn(self.fonts)
        by_number = {each.number: each for each in self._pdf.objects}

        def follow(reference: Any) -> Any:
            return by_number[object_number(reference)]

        self.pages = [by_number[number] for number in self._pdf.pages["Kids"][::3]]
        root = follow(self._pdf.catalog["StructTreeRoot"])
        document, tree = follow(root["K"][0]), follow(root["ParentTree"])
        self.elements = [object_number(kid) for kid in document["K"]]
        gone = mend_structure(by_number, self.pages, self.elements, names, POINTS)
        self.owners, annotations = self._parents(tree["Nums"], by_number)
        self.annotations = [pair for pair in annotations if pair[0].number not in gone]
        fonts = follow(follow(self.pages[0]["Resources"])["Font"])
        own = {self._pdf.pages.number: PAGES, document.number: DOCUMENT, fonts.number: FONTS}
        self.fixed = own
        dropped = {0, *gone, self._pdf.catalog.number, root.number, tree.number, *own}
        dropped.add(object_number(self._pdf.catalog["Metadata"]))
        self.objects = [each for each in self._pdf.objects if each.number not in dropped]

    def _parents(
        self, tree: Sequence[Any], by_number: Any
    ) -> tuple[list[list[int]], list[tuple[Any, int]]]:
        pages = len(self.pages)
        values = tree[1::2]
        owners = [[object_number(owner) for owner in value] for value in values[:pages]]
        keyed = {
            each["StructParent"]: each
            for each in by_number.values()
            if isinstance(each, pydyf.Dictionary) and "StructParent" in each
        }
        annotations = [
            (keyed[key], object_number(owner))
            for key, owner in zip(tree[2 * pages :: 2], values[pages:], strict=True)
        ]
        return owners, annotations


def weasyprint_fragment(
    layout: Any,
    pages: Sequence[Any],
    faces: Faces,
    names: HeardNames,
    *,
    tail: float,
    stamped: Mapping[int, int] = MappingProxyType({}),
) -> Fragment:
    """The fragment of pages that WeasyPrint has laid out; they are not for use afterwards.

    Args:
        layout: the layout they come from.
        pages: the pages.
        faces: the fonts to share.
        names: what links and headings are called.
        tail: see :class:`Fragment`.
        stamped: by their positions those whose numbers are printed later, and by which of the
            stamps; these are the caller's to add.
    """
    written = WrittenPages(layout, pages, faces, names)
    objects = ObjectCollector()
    numbers = {each.number: objects.reserve() for each in written.objects}
    stamps = {position: objects.reserve() for position in sorted(stamped)}
    unused = max(numbers) + 1
    for position, page in enumerate(written.pages):
        page["StructParents"] = as_key(page)
        if position in stamps:
            stream = unused + position
            numbers[stream] = stamps[position]
            page["Contents"] = pydyf.Array([page["Contents"], b"%d 0 R" % stream])
    owners: dict[int, list[int] | int] = {
        numbers[page.number]: [numbers[owner] for owner in owning]
        for page, owning in zip(written.pages, written.owners, strict=True)
    }
    for annotation, owner in written.annotations:
        annotation["StructParent"] = as_key(annotation)
        owners[numbers[annotation.number]] = numbers[owner]
    objects.take(loosened(written.objects, written.fixed), numbers.__getitem__)
    parents = objects.add(*parents_leaf(owners))
    fonts = written.fonts.used
    return Fragment(
        objects.block(),
        tuple(
            FragmentPage(
                numbers[page.number],
                place.anchors,
                place.bookmarks,
                stamps.get(position, 0),
                stamped.get(position, 0),
            )
            for position, (page, place) in enumerate(
                zip(written.pages, written.places, strict=True)
            )
        ),
        tuple(numbers[element] for element in written.elements),
        parents,
        written.targets,
        {font.hash: face_of(font) for font in fonts},
        glyphs_of(fonts),
        missing=missing_in(fonts),
        tail=tail,
    )


def as_key(each: Any) -> bytes:
    """The number of an object as a key in the tree of parents (see :func:`loosen`)."""
    return b"%d 0 K" % each.number


def _generated(layout: Any, pages: Sequence[Any], fonts: FontSheet) -> pydyf.PDF:
    """A PDF of pages; links may lead to what stands elsewhere."""
    for page in pages:
        page.bookmarks = []
    elsewhere = set(_targets(pages)) - {anchor for page in pages for anchor in page.anchors}
    pages[-1].anchors = pages[-1].anchors | dict.fromkeys(elsewhere, (0, 0, 0, 0))
    whole = layout.copy(pages)
    whole.fonts = fonts
    with files_left_unread():  # embedding is done once, for all fragments
        return generate_pdf(whole, None, 1, **DEFAULT_OPTIONS | {"pdf_variant": VARIANT})


def _targets(pages: Iterable[Any]) -> Iterator[str]:
    for page in pages:
        yield from (target for kind, target, *_ in page.links if kind == "internal")


def _anchors(page: Any) -> tuple[tuple[str, float, float], ...]:
    return tuple((name, *_points(page, x, y)) for name, (x, y, *_) in page.anchors.items())


def _bookmarks(page: Any) -> tuple[tuple[int, str, float, float, str], ...]:
    return tuple(
        (level, title, *_points(page, x, y), state)
        for level, title, (x, y), state in page.bookmarks
    )


def _points(page: Any, x: float, y: float) -> tuple[float, float]:
    return x * POINTS, (page.height - y) * POINTS
