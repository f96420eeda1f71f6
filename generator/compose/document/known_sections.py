"""Puts a document together from sections, each parsed once for its text."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from generator.compose.document.excess import WrittenSpans, excessive, written_spans
from generator.compose.document.markup import (
    LEVEL,
    NO_ELEMENT,
    contents_of,
    fill_contents,
    flaws_of,
    foreign_resources,
    marked_elements,
    parsed_html,
    toc_entries,
)
from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument, TocEntry
from generator.core.memo import Memory, memo
from generator.core.text.patterns import late_pattern


class _Known(NamedTuple):
    """A section that was parsed, with nothing wrong in it.

    Attributes:
        entries: what of it stands in the table of contents.
        spans: the spans that it writes.
        contents: whether it holds the table of contents.
    """

    section: Section
    entries: tuple[TocEntry, ...]
    spans: WrittenSpans
    contents: bool


class _Frame(NamedTuple):
    """A document without its sections.

    Attributes:
        root: its tree, with an empty body.
        children: what stands in its body; nothing in the place of each section.
        spans: the spans that it writes.
    """

    root: Element
    children: tuple[Section | None, ...]
    spans: WrittenSpans


_KNOWN = Memory[tuple[str, int], _Known](__name__, most=6_000_000)
"""By their texts, and the number of their first heading in the contents; weighed by characters, so
that three long documents fit."""
_PLACE = "<section/>"
_SECTION_TAGS = late_pattern(r"<(/?)(?:section|nav)(?=[\s/>])[^<>]*>")


def of_known_sections(html: str) -> HtmlDocument | None:
    """The document, put together from sections; ``None`` if anything may be wrong with it."""
    if (texts := _cut(html)) is None or (frame := _frame(_PLACE.join(texts.around))) is None:
        return None
    if frame.children.count(None) != len(texts.sections):
        return None
    of_sections = iter(texts.sections)
    sections: list[Section] = []
    toc: list[TocEntry] = []
    spans, contents = frame.spans, None
    for child in frame.children:
        if child is not None:
            sections.append(child)
            continue
        known = _known(next(of_sections), len(toc) + 1)
        if known is None:
            return None
        if known.contents and contents is None:
            contents = len(sections)
        sections.append(known.section)
        toc += known.entries
        spans = spans.along_with(known.spans)
    if not spans.surely_fine:
        return None
    if contents is not None:
        sections[contents] = _with_contents(sections[contents], tuple(toc))
    return HtmlDocument.of_sections(frame.root, sections, tuple(toc))


def forget_sections() -> None:
    """Forgets all: who builds one document after another does not meet a section again."""
    _KNOWN.forget()


class _Texts(NamedTuple):
    """The texts of a document's sections, and what stands around them."""

    sections: list[str]
    around: list[str]


def _cut(html: str) -> _Texts | None:
    """Cuts the text of a document; ``None`` if it holds what is no element.

    Since < stands in no attribute, every tag is seen. Where a tag ends may be mistaken; then what
    is cut is not well-formed.
    """
    if NO_ELEMENT.search(html):
        return None
    texts = _Texts([], [])
    depth = start = end = 0
    for tag in _SECTION_TAGS.finditer(html):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        if tag[1] or tag[0].endswith("/>"):
            depth -= 1
            if depth == 0:
                texts.around.append(html[end:start])
                end = tag.end()
                texts.sections.append(html[start:end])
            elif depth < 0:
                return None
    texts.around.append(html[end:])
    return texts if depth == 0 else None


@memo(16)
def _frame(html: str) -> _Frame | None:
    """What stands around the sections; ``None`` if it is more than usual, or anything is wrong."""
    if "data-toc" in html:
        return None
    try:
        root = parsed_html(html)
    except etree.XMLSyntaxError:
        return None
    spans = written_spans(html)
    if any(foreign_resources(root)) or any(excessive(root, spans)) or any(flaws_of(root, ())):
        return None
    body, *more = root.findall("body")
    if more or body.text or any(child.tail for child in body) or body.nsmap:
        return None
    if len(list(root.iter("section"))) != len(body.findall("section")):
        return None
    children = [None if child.tag == "section" else Section.copied(child) for child in body]
    del body[:]
    return _Frame(root, tuple(children), spans)


def _known(html: str, first: int) -> _Known | None:
    """A section, parsed if its text is new; ``None`` if anything is wrong with it.

    Args:
        html: its text.
        first: the number that its first heading has among those in the contents.
    """
    known = _KNOWN.get((html, first))
    if known is None:
        known = _read(f"<html><body>{html}</body></html>", first)
        if known is not None:
            _KNOWN.put((html, first), known, len(html))
    return known


def _read(html: str, first: int) -> _Known | None:
    try:
        root = parsed_html(html)
    except etree.XMLSyntaxError:
        return None
    spans = written_spans(html)
    body = root[0]
    if len(root) != 1 or len(body) != 1 or body.text or body[0].tail:
        return None
    marked = list(marked_elements(root, html))
    headings = [each for each in marked if each.get("data-toc") is not None]
    if any(not LEVEL.fullmatch(each.get("data-toc", "")) for each in headings):
        return None
    if any(foreign_resources(root)) or any(excessive(root, spans)):
        return None
    entries = tuple(toc_entries(headings, first))
    return _Known(Section(body), entries, spans, contents_of(marked) is not None)


def _with_contents(section: Section, toc: tuple[TocEntry, ...]) -> Section:
    """The section with the table of contents filled."""

    def fill(body: Element) -> None:
        nav = contents_of(body.iter("nav"))
        if nav is not None:
            fill_contents(nav, toc)

    return section.recall("contents", toc, lambda: section.changed(fill))
