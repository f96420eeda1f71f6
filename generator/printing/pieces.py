"""Cuts a document into pieces that are laid out one after another.

Each section starts a page, so pieces can be laid out on their own: a long
document then needs memory for its finished pages and one piece of work, a
cell cut by a page break costs a second layout of its piece only, grids can be
painted, and progress can be told. Page numbers run on from piece to piece;
references to pages are filled in as text once all pages are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from generator.document.tree import Document, Element

_FORMS_A_PIECE = 8


@dataclass(slots=True)
class Piece:
    """Consecutive sections laid out together.

    Attributes:
        document: the document they are cut from.
        sections: the sections.
        numbered: whether its pages are numbered (all but cover and contents).
        forms: how many performance forms it holds.
    """

    document: Document
    sections: tuple[Element, ...]
    numbered: bool
    forms: int

    @property
    def refers_to_pages(self) -> bool:
        """Whether it shows on which pages other things stand."""
        return any(section.tag == "nav" or references(section) for section in self.sections)

    @property
    def names_places(self) -> bool:
        """Whether anything in it can be referred to."""
        return any(section.find(".//*[@id]") is not None for section in self.sections)

    def tree(self) -> Element:
        """A document of its own: the head, the review mark if any, the sections."""
        root = shell(self.document)
        root[-1].extend(deepcopy(section) for section in self.sections)
        return root


def references(root: Element) -> list[Element]:
    """The links in a tree that show the page of what they lead to."""
    return [*root.iterfind(".//nav//a"), *root.iterfind(".//a[@class='page']")]


def cut(document: Document, grids: Collection[Element] = ()) -> Iterator[Piece]:
    """Yields the pieces of a document, each made when it is asked for; it is not changed.

    Args:
        document: the document.
        grids: sections that are painted; each of them is a piece of its own.
    """
    numbered = not any("start" in _classes(section) for section in document.body)
    for sections in _groups(document.body, grids):
        numbered |= any("start" in _classes(section) for section in sections)
        forms = sum(1 for section in sections if _is_form(section))
        yield Piece(document, tuple(sections), numbered, forms)


def count_forms(document: Document) -> int:
    """How many performance forms a document has."""
    return sum(1 for section in document.body if _is_form(section))


def fill_references(root: Element, numbers: Mapping[str, int]) -> None:
    """Writes the page numbers that the links of a piece show."""
    for link in references(root):
        anchor = (link.get("href") or "").removeprefix("#")
        link.set("data-page", str(numbers.get(anchor, "")))


def _groups(body: Element, grids: Collection[Element]) -> Iterator[list[Element]]:
    """Sections that go into one piece: cover and contents; runs of text; batches of forms."""
    group: list[Element] = []
    for section in body:
        if section.tag == "div":  # the review mark stands in every piece
            continue
        if group and (section in grids or group[-1] in grids or _starts_piece(section, group)):
            yield group
            group = []
        group.append(section)
    yield group


def _starts_piece(section: Element, group: list[Element]) -> bool:
    if "continued" in _classes(section):
        return False
    kind, before = _kind(section), _kind(group[-1])
    return kind != before or (kind == "form" and len(group) >= _FORMS_A_PIECE)


def _kind(section: Element) -> str:
    """What may share a piece: only sections of one kind do."""
    names = _classes(section)
    if section.find(".//a[@class='page']") is not None:
        return "references"
    if _is_form(section):
        return "form"
    return "front" if section.tag == "nav" or "cover" in names else "text"


def _is_form(section: Element) -> bool:
    return "form" in _classes(section) and section.find(".//a[@class='page']") is None


def _classes(section: Element) -> list[str]:
    return (section.get("class") or "").split()


def shell(document: Document) -> Element:
    """The document without its sections, and the review mark if any in its body."""
    root = etree.Element("html", lang=document.root.get("lang", "zh-CN"))
    root.append(deepcopy(document.root.findall("head")[0]))
    body = etree.SubElement(root, "body")
    body.extend(deepcopy(mark) for mark in document.body.iterchildren("div"))
    return root
