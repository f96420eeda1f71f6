"""The rendered document as a tree that both printers walk.

Vocabulary: ``section`` (cover, part, statement, form; ``landscape`` turns the
page), ``nav.toc``, ``h1``–``h4``, ``p``, ``table`` with ``colgroup``,
``thead`` and spans, ``figure`` with an inline SVG, ``data`` for figures, ``b``. An SVG with
``data-chart`` is a chart: its ``rect`` elements carry labels and amounts (``CHART_DATA``).
A heading with ``data-toc`` stands in the table of contents at that level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import takewhile
from operator import is_

from lxml import etree

from generator.compose.document.section import Section
from generator.core.web.scripts import source_hash

Element = etree._Element
CHART_DATA = (
    *("data-chart", "data-money", "data-pattern", "data-rate", "data-start"),
    *("data-label", "data-amount", "data-text"),
)
"""Attributes of a chart and of its bars, for the DOCX to write a chart that Word edits."""
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the table of contents."""

    level: int
    text: str
    anchor: str


class HtmlDocument:
    """The parsed document with its table of contents filled in: as one tree, and as sections.

    It is made of either, and the other is a copy of that, made when it is asked for; or of texts,
    which are parsed when they are asked for. Sections are never changed, nor is a tree once its
    sections were asked for.
    """

    _texts: tuple[bytes, Sequence[bytes]] | None = None
    """The frame and the sections, if they come from another process."""

    def __init__(self, root: Element, toc: tuple[TocEntry, ...]) -> None:
        """A document of one tree."""
        self.root = root
        self.toc = toc

    @classmethod
    def of_sections(
        cls, frame: Element, sections: Iterable[Section], toc: tuple[TocEntry, ...]
    ) -> HtmlDocument:
        """A document of sections.

        Args:
            frame: the document with an empty body; it is not changed.
            sections: what stands in the body.
            toc: the table of contents.
        """
        document = cls.__new__(cls)
        document.frame = frame
        document.sections = tuple(sections)
        document.toc = toc
        return document

    @classmethod
    def of_texts(
        cls, frame: bytes, sections: Sequence[bytes], toc: tuple[TocEntry, ...]
    ) -> HtmlDocument:
        """A document of the texts of its frame and of its sections."""
        document = cls.__new__(cls)
        document._texts = frame, sections
        document.toc = toc
        return document

    def __reduce__(self) -> tuple[Callable[..., HtmlDocument], tuple[object, ...]]:
        """It goes to another process as text."""
        sections = [etree.tostring(each.element, encoding="utf-8") for each in self.sections]
        frame = etree.tostring(self.frame, encoding="utf-8")
        return HtmlDocument.of_texts, (frame, sections, self.toc)

    @cached_property
    def root(self) -> Element:
        """The tree of the document."""
        root = deepcopy(self.frame)
        _body_of(root).extend(deepcopy(section.element) for section in self.sections)
        return root

    @cached_property
    def frame(self) -> Element:
        """The tree with an empty body."""
        if self._texts is not None:
            return etree.fromstring(self._texts[0])
        frame = deepcopy(self.root)
        del _body_of(frame)[:]
        return frame

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """What stands in the body."""
        if self._texts is not None:
            return tuple(map(Section.of_text, self._texts[1]))
        return tuple(map(Section.copied, self.body))

    def with_sections(self, sections: Iterable[Section]) -> HtmlDocument:
        """The document with other sections, itself if they are the same."""
        others = tuple(sections)
        same = len(others) == len(self.sections) and all(map(is_, others, self.sections))
        return self if same else HtmlDocument.of_sections(self.frame, others, self.toc)

    @property
    def size(self) -> int:
        """How many elements it has."""
        return sum(1 for _ in self.frame.iter()) + sum(section.size for section in self.sections)

    @property
    def title(self) -> str:
        """The document's title."""
        return self.frame.findtext("head/title", "")

    @property
    def body(self) -> Element:
        """The body element."""
        return _body_of(self.root)

    def html(self, stylesheet: str = "") -> str:
        """The document as HTML text, as a page of its own where a stylesheet is given."""
        return page_text(deepcopy(self.root), stylesheet) if stylesheet else html_text(self.root)


def _body_of(root: Element) -> Element:
    return root.findall("body")[0]


_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; {script}"
    "base-uri 'none'; form-action 'none'"
)
"""What a browser may do with a page: show it, with the styles and pictures that stand in it."""


def page_text(root: Element, stylesheet: str, script: str = "") -> str:
    """A tree as a page of its own, with its stylesheet and a policy; the tree is changed.

    Args:
        root: the tree.
        stylesheet: its CSS.
        script: the only script of the page that may run; the policy names it by its hash.
    """
    # a comment that ends early in the eyes of a browser would show what it hides
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    head = root.findall("head")[0]
    policy = etree.Element(
        "meta", {"http-equiv": "Content-Security-Policy", "content": _policy(script)}
    )
    head.insert(1 if len(head) and head[0].get("charset") else 0, policy)
    etree.SubElement(head, "style").text = f"\n{stylesheet}\n"
    return html_text(root)


def _policy(script: str) -> str:
    if not script:
        return _POLICY.format(script="")
    return _POLICY.format(script=f"script-src {source_hash(script)}; ")


def html_text(root: Element) -> str:
    """A tree as HTML text."""
    text = etree.tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{text}\n"


def text_of_element(element: Element) -> str:
    """The text of an element without the text inside pictures."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not child.tag.startswith(_SVG):
            parts.append(text_of_element(child))
        parts.append(child.tail or "")
    return "".join(parts)


HEADINGS = ("h1", "h2", "h3", "h4")


def spoken_name(heading: Element) -> str:
    """What a heading is called in full for those who go from heading to heading.

    Forms are all called alike: each is called by its project too. ``""`` if its text says all.
    """
    name, text = heading.get("data-bookmark", ""), text_of_element(heading)
    if not name or not text or name == text:
        return ""
    return name if text in name else f"{name}　{text}"


Ranks = tuple[int, ...]
"""The ranks of a heading and of those that it stands under, the highest first."""


def heading_levels(root: Element, above: Ranks = ()) -> Iterator[tuple[Element, int]]:
    """Every heading and the level that it is read at: one below what it stands under.

    Its tag says what it looks like, and h4 may follow h2; but whoever goes from heading to heading
    takes a level left out for a heading missed (PDF/UA-1, 7.4.2; WCAG 1.3.1).

    Args:
        root: the tree.
        above: the heading that stands before it.
    """
    for heading in root.iter(*HEADINGS):
        above = _under(above, heading)
        yield heading, len(above)


def last_heading(section: Section, above: Ranks) -> Ranks:
    """The last heading of a section, or the one before it."""
    headings = section.recall("headings", (), lambda: tuple(section.body.iter(*HEADINGS)))
    return reduce(_under, headings, above)


def _under(above: Ranks, heading: Element) -> Ranks:
    rank = HEADINGS.index(str(heading.tag))
    return *takewhile(lambda each: each < rank, above), rank
