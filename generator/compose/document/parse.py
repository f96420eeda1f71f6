"""Parses what the templates wrote, strictly, and fills the table of contents.

A section whose text is that of one parsed before is the same section. Only a document with which
all is well is put together so; any other is parsed as a whole, to say what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from generator.compose.document.excess import WrittenSpans, excessive, written_spans
from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument, TocEntry, text_of_element
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.memo import Memory, memo
from generator.core.system_errors import in_chinese
from generator.core.text.patterns import late_pattern
from generator.pack.templates.source_lines import place_in_pack

_LINE_BREAK = late_pattern(r"(?<!\s)\s*\n\s*")
_LOADING = tuple(
    f"{{*}}{name}"
    for name in ("img", "image", "use", "link", "script", "iframe", "object", "embed", "source")
)
_LEVEL = late_pattern("[1-9]")
_MOST_TOLD = 20
"""Findings of a kind that one document needs."""


def parse_document(html: str, pack_folder: Path) -> HtmlDocument:
    """Parses what the templates wrote, strictly, and fills the table of contents.

    A line break in a template is layout, not a space: it goes, with the
    indentation around it.

    Raises:
        UnusableInputError: E404 where the HTML is not well-formed or lacks a part.
    """
    return _of_sections(html) or _of_one_tree(html, pack_folder)


def _of_one_tree(html: str, pack_folder: Path) -> HtmlDocument:
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
    if excesses := list(excessive(root, written_spans(html))):
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
    if (nav := _contents(marked)) is not None:
        _fill_toc(nav, toc)
    return HtmlDocument(root, toc)


def _parsed(html: str, pack_folder: Path | None = None) -> Element:
    """The tree of a document without its line breaks.

    They are taken out of the text where that is sure to do the same, otherwise out of the tree.

    Raises:
        UnusableInputError: E404 where it is not well-formed.
        XMLSyntaxError: the same if nobody says whose templates wrote it.
    """
    text = _without_line_breaks(html)
    try:
        root = etree.fromstring((html if text is None else text).encode(), _parser())
    except etree.XMLSyntaxError:
        if pack_folder is None:
            raise
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
        if not _LEVEL.fullmatch(level):
            yield f"目录级次 data-toc 应当是 1 到 9，现在是“{level}”"


def _entries(headings: Iterable[Element], first: int = 1) -> Iterator[TocEntry]:
    for number, heading in enumerate(headings, first):
        anchor = heading.get("id") or f"s{number}"
        heading.set("id", anchor)
        text = heading.get("data-toc-text") or text_of_element(heading)
        heading.set("data-bookmark", text)
        yield TocEntry(int(heading.get("data-toc", "1")), text, anchor)


def _contents(marked: Iterable[Element]) -> Element | None:
    """What holds the table of contents."""
    return next((e for e in marked if e.tag == "nav" and e.get("class") == "toc"), None)


def _fill_toc(nav: Element, toc: tuple[TocEntry, ...]) -> None:
    for entry in toc:
        line = etree.SubElement(nav, "p", {"class": f"toc-{entry.level}"})
        etree.SubElement(line, "a", {"href": f"#{entry.anchor}"}).text = entry.text


# Sections


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


def _of_sections(html: str) -> HtmlDocument | None:
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


class _Texts(NamedTuple):
    """The texts of a document's sections, and what stands around them."""

    sections: list[str]
    around: list[str]


def _cut(html: str) -> _Texts | None:
    """Cuts the text of a document; ``None`` if it holds what is no element.

    Since < stands in no attribute, every tag is seen. Where a tag ends may be mistaken; then what
    is cut is not well-formed.
    """
    if _NO_ELEMENT.search(html):
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
        root = _parsed(html)
    except etree.XMLSyntaxError:
        return None
    spans = written_spans(html)
    if any(_foreign_resources(root)) or any(excessive(root, spans)) or any(_flaws(root, ())):
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
        root = _parsed(html)
    except etree.XMLSyntaxError:
        return None
    spans = written_spans(html)
    body = root[0]
    if len(root) != 1 or len(body) != 1 or body.text or body[0].tail:
        return None
    marked = list(_marked(root, html))
    headings = [each for each in marked if each.get("data-toc") is not None]
    if any(not _LEVEL.fullmatch(each.get("data-toc", "")) for each in headings):
        return None
    if any(_foreign_resources(root)) or any(excessive(root, spans)):
        return None
    entries = tuple(_entries(headings, first))
    return _Known(Section(body), entries, spans, _contents(marked) is not None)


def _with_contents(section: Section, toc: tuple[TocEntry, ...]) -> Section:
    """The section with the table of contents filled."""

    def fill(body: Element) -> None:
        nav = _contents(body.iter("nav"))
        if nav is not None:
            _fill_toc(nav, toc)

    return section.recall("contents", toc, lambda: section.changed(fill))
