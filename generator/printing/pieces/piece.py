"""Cuts a document into pieces that are laid out one after another.

Each section starts a page, so pieces can be laid out, written and kept on
their own: a long document then needs memory for one piece of work, a cell cut
by a page break costs a second layout of its piece only, grids can be painted,
and what did not change is not made again. Page numbers run on from piece to
piece; references to pages are filled in as text once all pages are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from lxml import etree

from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument
from generator.core.memo import Same
from generator.core.text.patterns import late_pattern
from generator.printing.grids.grid import link_text, may_be_grid, section_goes_on

_ELEMENTS_A_PIECE = 300
"""What holds so many is worth a layout of its own, which costs as much as some fifteen do."""
_CONTENTS = "#"
_NAMES = etree.XPath("descendant::*/@id", smart_strings=False)
_TEXT = "text"


@dataclass(frozen=True)
class Piece:
    """Consecutive sections laid out together.

    Attributes:
        document: the document they are cut from.
        sections: the sections.
        numbered: whether its pages are numbered (all but cover and contents).
    """

    document: HtmlDocument
    sections: tuple[Element, ...]
    numbered: bool

    @property
    def forms(self) -> int:
        """How many performance forms it holds."""
        return 0 if self.targets else sum("form" in _classes(section) for section in self.sections)

    @cached_property
    def elements(self) -> int:
        """How many elements it holds."""
        return sum(1 for section in self.sections for _ in section.iter())

    @property
    def refers_to_pages(self) -> bool:
        """Whether it shows on which pages other things stand."""
        return bool(self.targets) or self.holds_contents

    @property
    def holds_contents(self) -> bool:
        """Whether the table of contents stands in it."""
        return any(section.tag == "nav" for section in self.sections)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The anchors whose pages it shows."""
        if b"<a " not in self.html:  # seldom; looking at every element takes longer
            return ()
        return tuple(_target(link) for section in self.sections for link in _references(section))

    @cached_property
    def may_be_grid(self) -> bool:
        """Whether it is a section that the painter may know how to print."""
        return len(self.sections) == 1 and self.numbered and may_be_grid(self.sections[0])

    def tightened(self, step: int) -> Piece:
        """The same piece with tables that take less height, as the theme says for a step."""
        sections = tuple(deepcopy(section) for section in self.sections)
        for section in sections:
            section.tail = None
            tighten(section, step)
        return Piece(self.document, sections, self.numbered)

    @cached_property
    def texts(self) -> tuple[bytes, ...]:
        """Its sections as text, the same for equal pieces."""
        return tuple(
            etree.tostring(section, encoding="utf-8", with_tail=False) for section in self.sections
        )

    @cached_property
    def html(self) -> bytes:
        """Its sections as one text."""
        return b"".join(self.texts)

    @cached_property
    def digest(self) -> str:
        """A digest of its text."""
        return hashlib.sha256(self.html).hexdigest()

    @property
    def names_places(self) -> bool:
        """Whether anything in it can be referred to."""
        return any(_names(section) for section in self.sections)

    def tree(self, numbers: Mapping[str, int]) -> Element:
        """A document of its own: the head, the review mark if any, the sections.

        Args:
            numbers: the page numbers that it shows.
        """
        root = shell(self.document)
        root[-1].extend(deepcopy(section) for section in self.sections)
        for link in _references(root):
            link.set("data-page", str(numbers.get(_target(link), "")))
        return root


def tighten(section: Element, step: int) -> None:
    """Marks the contents or the tables of a section to be set tighter, as the theme says."""
    for each in [section] if section.tag == "nav" else section.iter("table"):
        each.set("class", f"{each.get('class', '')} tight-{step}".strip())


def anchors(section: Element) -> tuple[str, ...]:
    """The names of the places in a section; the contents have one that no link leads to."""
    if section.tag == "nav":
        return (_CONTENTS,)
    return tuple(_names(section))


def _names(section: Element) -> list[str]:
    """The names of the places in a section; many times faster than a look at each element."""
    return cast("list[str]", _NAMES(section))


def _references(root: Element) -> Iterator[Element]:
    """The links in a tree that show the page of what they lead to: in contents, and so marked."""
    for link in root.iter("a"):
        if link.get("class") == "page" or any(True for _ in link.iterancestors("nav")):
            yield link


def link_texts(root: Element) -> dict[str, str]:
    """What the links in a tree say, by the anchors they lead to."""
    texts: dict[str, str] = {}
    for link in root.iter("a"):
        texts.setdefault(_target(link), link_text(link))
    return texts


def _target(link: Element) -> str:
    return (link.get("href") or "").removeprefix("#")


def tells_pages_apart(css: str) -> bool:
    """Whether a page may look otherwise for its place in a text: a left one, an empty one.

    Every piece is laid out as if it began a document, with a right page.
    """
    return _OF_A_PLACE.search(css) is not None


_OF_A_PLACE = late_pattern(
    r"@page[^{]*:(?:first|left|right|blank|nth)|break-(?:before|after)\s*:\s*(?:left|right|recto|verso)"
)


def cut(document: HtmlDocument, *, whole_texts: bool = False) -> Iterator[Piece]:
    """Yields the pieces of a document; it is not changed.

    What may be a grid is a piece of its own.

    Args:
        document: the document.
        whole_texts: whether a text is one piece, however long; see :func:`tells_pages_apart`.
    """
    looks = [(section, _look_of(section)) for section in document.sections]
    marks = [section for section, look in looks if look.mark]
    cut_looks = [each for each in looks if not each[1].mark]
    numbered = not any(look.starts for _, look in cut_looks)
    bare = HtmlDocument.of_sections(document.frame, marks, ())
    for group in _groups(cut_looks, whole_texts=whole_texts):
        numbered |= any(look.starts for _, look in group)
        yield _piece(bare, [section for section, _ in group], numbered)


def _piece(bare: HtmlDocument, sections: list[Section], numbered: bool) -> Piece:
    """A piece; that of one section is the same as long as the section is."""

    def piece() -> Piece:
        return Piece(bare, tuple(section.element for section in sections), numbered)

    if len(sections) != 1:
        return piece()
    key = Same(bare.frame), tuple(map(Same, bare.sections)), numbered
    return sections[0].recall("piece", key, piece)


class _Look(NamedTuple):
    """What decides about the piece that a section goes into.

    Attributes:
        mark: whether it is the review mark, which stands in every piece.
        starts: whether page numbers start with it.
        goes_on: whether it goes on where the one before it ends.
        grid: whether it may be a grid, if the next does not go on.
        kind: what may share a piece: only sections of one kind do.
    """

    mark: bool
    starts: bool
    goes_on: bool
    grid: bool
    kind: str


def _look_of(section: Section) -> _Look:
    def look() -> _Look:
        element = section.element
        return _Look(
            element.tag == "div",
            "start" in _classes(element),
            section_goes_on(element),
            may_be_grid(element),
            _kind(element),
        )

    return section.recall("look", (), look)


_Group = list[tuple[Section, _Look]]


def _groups(sections: _Group, *, whole_texts: bool) -> Iterator[_Group]:
    """Sections that go into one piece: a grid; cover and contents; runs of text; of other forms."""
    group: _Group = []
    alone = False
    for at, (section, look) in enumerate(sections):
        followed = at + 1 < len(sections) and sections[at + 1][1].goes_on
        grid = look.grid and not followed
        if group and (grid or alone or _starts_piece(look, group, whole_texts=whole_texts)):
            yield group
            group = []
        group.append((section, look))
        alone = grid
    yield group


def _starts_piece(look: _Look, group: _Group, *, whole_texts: bool) -> bool:
    if look.goes_on:
        return False
    if look.kind != group[-1][1].kind:
        return True
    if look.kind == _TEXT and whole_texts:
        return False
    return sum(section.size for section, _ in group) >= _ELEMENTS_A_PIECE


def _kind(section: Element) -> str:
    """What a section is to those beside it."""
    names = _classes(section)
    if any(link.get("class") == "page" for link in section.iter("a")):
        return "references"
    if "form" in names:
        return "form"
    return "front" if section.tag == "nav" or "cover" in names else _TEXT


def _classes(section: Element) -> list[str]:
    return (section.get("class") or "").split()


def shell(document: HtmlDocument, *, said: bool = True) -> Element:
    """The document without its sections, and the review mark if any in its body.

    Args:
        document: the document.
        said: whether its head says title and author.
    """
    root = etree.Element("html", lang=document.frame.get("lang", "zh-CN"))
    head = deepcopy(document.frame.findall("head")[0])
    if not said:
        etree.strip_elements(head, "title", "meta")
    root.append(head)
    body = etree.SubElement(root, "body")
    body.extend(
        deepcopy(section.element) for section in document.sections if section.element.tag == "div"
    )
    return root
