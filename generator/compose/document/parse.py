"""Parses what the templates wrote, strictly: one tree, its table of contents filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from generator.compose.document.excess import excessive
from generator.compose.document.tree import Element, HtmlDocument, TocEntry, text_of_element
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import in_chinese
from generator.core.text.patterns import late_pattern
from generator.pack.templates.source_lines import place_in_pack

_LINE_BREAK = late_pattern(r"(?<!\s)\s*\n\s*")
_LOADING = tuple(
    f"{{*}}{name}"
    for name in ("img", "image", "use", "link", "script", "iframe", "object", "embed", "source")
)
_MOST_TOLD = 20
"""Findings of a kind that one document needs."""


def parse_document(html: str, pack_folder: Path) -> HtmlDocument:
    """Parses what the templates wrote, strictly, and fills the table of contents.

    A line break in a template is layout, not a space: it goes, with the
    indentation around it.

    Raises:
        UnusableInputError: E404 where the HTML is not well-formed or lacks a part.
    """
    root = _parsed(html, pack_folder)
    if foreign := list(_foreign_resources(root)):
        remedy = "把文件放进模板包，用相对路径引用"
        raise UnusableInputError(
            [
                Finding(
                    "E403",
                    f"模板引用了模板包以外的资源：{url}",
                    remedy,
                    place_in_pack(url, pack_folder),
                )
                for url in foreign
            ]
        )
    if excesses := list(excessive(html, root)):
        remedy = "改正模板里的这一处"
        raise UnusableInputError(
            [
                Finding("E404", cause, remedy, place_in_pack(written, pack_folder))
                for written, cause in excesses[:_MOST_TOLD]
            ]
        )
    marked = list(_marked(root, html))
    headings = [each for each in marked if each is not root and each.get("data-toc") is not None]
    if flaws := list(_flaws(root, headings)):
        remedy = "补全模板 document.html.j2 里的这一部分"
        raise UnusableInputError(
            [Finding("E404", flaw, remedy, Location(pack_folder)) for flaw in flaws]
        )
    toc = tuple(_entries(headings))
    _fill_toc(marked, toc)
    return HtmlDocument(root, toc)


def _parsed(html: str, pack_folder: Path) -> Element:
    """The tree of a document without its line breaks.

    They are taken out of the text where that is sure to do the same, otherwise out of the tree.
    """
    text = _without_line_breaks(html)
    try:
        root = etree.fromstring((html if text is None else text).encode(), _parser())
    except etree.XMLSyntaxError:
        root = _told(html, pack_folder)
        text = None
    if text is None or "\n" in text:
        for element in root.iter(etree.Element):
            element.text = _LINE_BREAK.sub("", element.text) if element.text else None
            element.tail = _LINE_BREAK.sub("", element.tail) if element.tail else None
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _told(html: str, pack_folder: Path) -> Element:
    """Parses what the templates wrote as it is, for a message that shows the line.

    Raises:
        UnusableInputError: E404 where it is not well-formed.
    """
    try:
        return etree.fromstring(html.encode(), _parser())
    except etree.XMLSyntaxError as error:
        lines = dict(enumerate(html.split("\n"), 1))
        line = lines.get(error.lineno or 0, "").strip()[:60]
        message = f"模板写出的 HTML 不完整：{in_chinese(error.msg)}；生成的内容：{line}"
        remedy = "检查模板里这一段的标签是否成对"
        raise UnusableInputError(
            [Finding("E404", message, remedy, Location(pack_folder))]
        ) from error


def _without_line_breaks(html: str) -> str | None:
    """A document's text without the line breaks in its texts; ``None`` if that is not sure.

    Whatever reaches from > to the next < without another of them is text, since < stands in no
    attribute: the > ends a tag, or is written in that text. Comments and the like are not looked
    into, nor characters written by their number, except quotation marks.
    """
    if _NO_ELEMENT.search(html) or _BY_NUMBER.search(html):
        return None
    html = _BETWEEN_TAGS.sub("><", html)
    if "\n" in html:
        html = _BROKEN_TEXT.sub(lambda text: _LINE_BREAK.sub("", text[0]), html)
    return html


_NO_ELEMENT = late_pattern("<[!?]")
_BETWEEN_TAGS = late_pattern(r">(?=[^\S\n]*+\n)\s*+<")
_BROKEN_TEXT = late_pattern(r">[^<>\n]*\n[^<>]*<")
_BY_NUMBER = late_pattern(r"&#(?!3[49];)")


def _marked(root: Element, html: str) -> Iterator[Element]:
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


def _foreign_resources(root: Element) -> Iterator[str]:
    """What would be loaded from outside the pack when the document is shown."""
    for element in root.iter(*_LOADING):
        for name, value in element.attrib.items():
            if etree.QName(name).localname in ("src", "href", "data") and (
                urlsplit(str(value)).scheme not in ("", "data") or str(value).startswith("//")
            ):
                yield str(value)


def _flaws(root: Element, headings: Iterable[Element]) -> Iterator[str]:
    if root.find("body") is None:
        yield "模板写出的文档没有 <body>"
    if not root.findtext("head/title", "").strip():
        yield "模板写出的文档没有 <title>，输出文件名由它而来"
    for heading in headings:
        level = heading.get("data-toc", "")
        if not re.fullmatch("[1-9]", level):
            yield f"目录级次 data-toc 应当是 1 到 9，现在是“{level}”"


def _entries(headings: Iterable[Element]) -> Iterator[TocEntry]:
    for number, heading in enumerate(headings, 1):
        anchor = heading.get("id") or f"s{number}"
        heading.set("id", anchor)
        text = heading.get("data-toc-text") or text_of_element(heading)
        heading.set("data-bookmark", text)
        yield TocEntry(int(heading.get("data-toc", "1")), text, anchor)


def _fill_toc(marked: Iterable[Element], toc: tuple[TocEntry, ...]) -> None:
    nav = next((e for e in marked if e.tag == "nav" and e.get("class") == "toc"), None)
    if nav is None:
        return
    for entry in toc:
        line = etree.SubElement(nav, "p", {"class": f"toc-{entry.level}"})
        etree.SubElement(line, "a", {"href": f"#{entry.anchor}"}).text = entry.text
