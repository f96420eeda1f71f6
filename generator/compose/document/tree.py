"""The rendered document as a tree that both printers walk.

Vocabulary: ``section`` (cover, part, statement, form; ``landscape`` turns the
page), ``nav.toc``, ``h1``–``h4``, ``p``, ``table`` with ``colgroup``,
``thead`` and spans, ``figure`` with an inline SVG, ``data`` for figures, ``b``. An SVG with
``data-chart`` is a chart: its ``rect`` elements carry labels and amounts (``CHART_DATA``).
A heading with ``data-toc`` stands in the table of contents at that level.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

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


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The parsed document with its table of contents filled in."""

    root: Element
    toc: tuple[TocEntry, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return self.root.findtext("head/title", "")

    @property
    def body(self) -> Element:
        """The body element."""
        return self.root.findall("body")[0]

    def html(self, stylesheet: str = "") -> str:
        """The document as HTML text, as a page of its own where a stylesheet is given."""
        return page_text(deepcopy(self.root), stylesheet) if stylesheet else html_text(self.root)


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


def heading_levels(root: Element) -> Iterator[tuple[Element, int]]:
    """Every heading and the level that it is read at: one below what it stands under.

    Its tag says what it looks like, and h4 may follow h2; but whoever goes from heading to heading
    takes a level left out for a heading missed (PDF/UA-1, 7.4.2; WCAG 1.3.1).
    """
    above: list[int] = []
    for heading in root.iter(*HEADINGS):
        rank = HEADINGS.index(str(heading.tag))
        while above and above[-1] >= rank:
            above.pop()
        above.append(rank)
        yield heading, len(above)
