"""Parses what the templates wrote, strictly, and fills the table of contents.

A section whose text is that of one parsed before is the same section. Only a document with which
all is well is put together so; any other is parsed as a whole, to say what is wrong.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from generator.compose.document.excess import excessive, written_spans
from generator.compose.document.known_sections import of_known_sections
from generator.compose.document.markup import (
    contents_of,
    fill_contents,
    flaws_of,
    foreign_resources,
    marked_elements,
    parsed_html,
    toc_entries,
)
from generator.compose.document.tree import Element, HtmlDocument
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import in_chinese
from generator.pack.templates.source_lines import place_in_pack

_MOST_TOLD = 20
"""Findings of a kind that one document needs."""


def parse_document(html: str, pack_folder: Path) -> HtmlDocument:
    """Parses what the templates wrote, strictly, and fills the table of contents.

    A line break in a template is layout, not a space: it goes, with the
    indentation around it.

    Raises:
        UnusableInputError: E404 where the HTML is not well-formed or lacks a part.
    """
    return of_known_sections(html) or _of_one_tree(html, pack_folder)


def _of_one_tree(html: str, pack_folder: Path) -> HtmlDocument:
    root = _parsed(html, pack_folder)
    if foreign := list(foreign_resources(root)):
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
    marked = list(marked_elements(root, html))
    headings = [each for each in marked if each is not root and each.get("data-toc") is not None]
    if flaws := list(flaws_of(root, headings)):
        remedy = "补全模板 document.html.j2 里的这一部分"
        raise UnusableInputError(
            [Finding("E404", flaw, remedy, Location(pack_folder)) for flaw in flaws]
        )
    toc = tuple(toc_entries(headings))
    if (nav := contents_of(marked)) is not None:
        fill_contents(nav, toc)
    return HtmlDocument(root, toc)


def _parsed(html: str, pack_folder: Path) -> Element:
    try:
        return parsed_html(html)
    except etree.XMLSyntaxError as error:
        lines = dict(enumerate(html.split("\n"), 1))
        line = lines.get(error.lineno or 0, "").strip()[:60]
        message = f"模板写出的 HTML 不完整：{in_chinese(error.msg)}；生成的内容：{line}"
        remedy = "检查模板里这一段的标签是否成对"
        raise UnusableInputError(
            [Finding("E404", message, remedy, Location(pack_folder))]
        ) from error
