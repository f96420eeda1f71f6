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

from lxml import etree

from generator.compose.document.tree import Element, HtmlDocument
from generator.printing.grids.grid import link_text, may_be_grid, section_goes_on

_ELEMENTS_A_PIECE = 300
"""What holds so many is worth a layout of its own, which costs as much as some fifteen do."""
_CONTENTS = "#"


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
        return sum(map(_elements, self.sections))

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
        return any(section.find(".//*[@id]") is not None for section in self.sections)

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
    return tuple(element.get("id", "") for element in section.iterfind(".//*[@id]"))


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


def cut(document: HtmlDocument) -> Iterator[Piece]:
    """Yields the pieces of a document; it is not changed.

    What may be a grid is a piece of its own.
    """
    numbered = not any("start" in _classes(section) for section in document.body)
    for sections in _groups(document.body):
        numbered |= any("start" in _classes(section) for section in sections)
        yield Piece(document, tuple(sections), numbered)


def _groups(body: Element) -> Iterator[list[Element]]:
    """Sections that go into one piece: a grid; cover and contents; runs of text; of other forms."""
    group: list[Element] = []
    alone = False
    for section in body:
        if section.tag == "div":  # the review mark stands in every piece
            continue
        grid = may_be_grid(section)
        if group and (grid or alone or _starts_piece(section, group)):
            yield group
            group = []
        group.append(section)
        alone = grid
    yield group


def _starts_piece(section: Element, group: list[Element]) -> bool:
    if section_goes_on(section):
        return False
    kind, before = _kind(section), _kind(group[-1])
    return kind != before or sum(map(_elements, group)) >= _ELEMENTS_A_PIECE


def _elements(section: Element) -> int:
    return sum(1 for _ in section.iter())


def _kind(section: Element) -> str:
    """What may share a piece: only sections of one kind do."""
    names = _classes(section)
    if any(link.get("class") == "page" for link in section.iter("a")):
        return "references"
    if "form" in names:
        return "form"
    return "front" if section.tag == "nav" or "cover" in names else "text"


def _classes(section: Element) -> list[str]:
    return (section.get("class") or "").split()


def shell(document: HtmlDocument, *, said: bool = True) -> Element:
    """The document without its sections, and the review mark if any in its body.

    Args:
        document: the document.
        said: whether its head says title and author.
    """
    root = etree.Element("html", lang=document.root.get("lang", "zh-CN"))
    head = deepcopy(document.root.findall("head")[0])
    if not said:
        etree.strip_elements(head, "title", "meta")
    root.append(head)
    body = etree.SubElement(root, "body")
    body.extend(deepcopy(mark) for mark in document.body.iterchildren("div"))
    return root
