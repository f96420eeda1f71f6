"""Well-formed HTML as a tree: without line breaks, and what its table of contents needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml import etree

from generator.compose.document.tree import Element, TocEntry, text_of_element
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

_LINE_BREAK = late_pattern(r"(?<!\s)\s*\n\s*")
_LOADING = tuple(
    f"{{*}}{name}"
    for name in ("img", "image", "use", "link", "script", "iframe", "object", "embed", "source")
)
LEVEL = late_pattern("[1-9]")


def parsed_html(html: str) -> Element:
    """The tree of a document without its line breaks.

    They are taken out of the text where that is sure to do the same, otherwise out of the tree.

    Raises:
        XMLSyntaxError: if it is not well-formed, with the line as it is written.
    """
    text = _without_line_breaks(html)
    try:
        root = etree.fromstring((html if text is None else text).encode(), _parser())
    except etree.XMLSyntaxError:
        root = etree.fromstring(html.encode(), _parser())
        text = None
    if text is None or "\n" in text:
        for element in root.iter(etree.Element):
            element.text = _LINE_BREAK.sub("", element.text) if element.text else None
            element.tail = _LINE_BREAK.sub("", element.tail) if element.tail else None
    return root


@memo()
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _without_line_breaks(html: str) -> str | None:
    """A document's text without the line breaks in its texts; ``None`` if that is not sure.

    Whatever reaches from > to the next < without another of them is text, since < stands in no
    attribute: the > ends a tag, or is written in that text. Comments and the like are not looked
    into, nor characters written by their number, except quotation marks.
    """
    if NO_ELEMENT.search(html) or _BY_NUMBER.search(html):
        return None
    html = _BETWEEN_TAGS.sub("><", html)
    if "\n" in html:
        html = _BROKEN_TEXT.sub(lambda text: _LINE_BREAK.sub("", text[0]), html)
    return html


NO_ELEMENT = late_pattern("<[!?]")
_BETWEEN_TAGS = late_pattern(r">(?=[^\S\n]*+\n)\s*+<")
_BROKEN_TEXT = late_pattern(r">[^<>\n]*\n[^<>]*<")
_BY_NUMBER = late_pattern(r"&#(?!3[49];)")


def marked_elements(root: Element, html: str) -> Iterator[Element]:
    """Every element that may be an entry of the contents or hold them, in one pass.

    What tags have the attribute is seen in the text, unless declarations could bring it.
    """
    if "<!DOCTYPE" in html:
        return root.iter("*")
    tags = {"nav"}
    before, at = 0, html.find("data-toc")
    while at >= 0:
        start = html.rfind("<", before, at) + 1
        tag = _TAG.match(html, start) if start else None  # else still in the tag before
        tags |= {f"{{*}}{tag[1]}"} if tag else set()
        before, at = at, html.find("data-toc", at + 1)
    return root.iter(*tags)


_TAG = late_pattern(r"(?:[^\s<>/:]*:)?([^\s<>/:]+)")


def foreign_resources(root: Element) -> Iterator[str]:
    """What would be loaded from outside the pack when the document is shown."""
    for element in root.iter(*_LOADING):
        for name, value in element.attrib.items():
            if etree.QName(name).localname in ("src", "href", "data") and (
                urlsplit(str(value)).scheme not in ("", "data") or str(value).startswith("//")
            ):
                yield str(value)


def toc_entries(headings: Iterable[Element], first: int = 1) -> Iterator[TocEntry]:
    """The table of contents; each heading gets an anchor, if it has none, and a bookmark.

    Args:
        headings: the headings in the contents, which are changed.
        first: the number of the first of them.
    """
    for number, heading in enumerate(headings, first):
        anchor = heading.get("id") or f"s{number}"
        heading.set("id", anchor)
        text = heading.get("data-toc-text") or text_of_element(heading)
        heading.set("data-bookmark", text)
        yield TocEntry(int(heading.get("data-toc", "1")), text, anchor)


def contents_of(marked: Iterable[Element]) -> Element | None:
    """What holds the table of contents."""
    return next((e for e in marked if e.tag == "nav" and e.get("class") == "toc"), None)


def fill_contents(nav: Element, toc: tuple[TocEntry, ...]) -> None:
    """Writes the table of contents."""
    for entry in toc:
        line = etree.SubElement(nav, "p", {"class": f"toc-{entry.level}"})
        etree.SubElement(line, "a", {"href": f"#{entry.anchor}"}).text = entry.text


def flaws_of(root: Element, headings: Iterable[Element]) -> Iterator[str]:
    """What a document lacks, and what is wrong with its headings, in Chinese."""
    if root.find("body") is None:
        yield "模板写出的文档没有 <body>"
    if not root.findtext("head/title", "").strip():
        yield "模板写出的文档没有 <title>，输出文件名由它而来"
    for heading in headings:
        level = heading.get("data-toc", "")
        if not LEVEL.fullmatch(level):
            yield f"目录级次 data-toc 应当是 1 到 9，现在是“{level}”"
