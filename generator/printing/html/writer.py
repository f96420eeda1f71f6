"""Writes the document as one web page that loads nothing and runs no script but its own."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from lxml import etree

from generator.compose.document.tree import HtmlDocument, page_text
from generator.core.figures import FigureBook
from generator.core.findings import Finding, UnusableInputError
from generator.pack.templates.source_lines import place_in_pack
from generator.printing.html.elements import PageCheck, Refusal
from generator.printing.html.layout import make_page, tell_values
from generator.printing.html.pictures import picture_of_pack
from generator.printing.html.trace import PageTrace, units_json

_WEB = Path(__file__).parent / "web"
_SCRIPTS = ("words", "figures", "panel", "search", "xlsx", "tables", "contents", "start")
"""Parts of the page's script in their order."""


def write_html(
    document: HtmlDocument,
    stylesheet: str,
    folder: Path,
    figures: FigureBook | None = None,
    trace: PageTrace | None = None,
) -> bytes:
    """The document as a web page, with its stylesheet and the pictures of its pack.

    Args:
        document: the document; it is not changed.
        stylesheet: the pack's CSS; that of the page follows it.
        folder: the pack's folder.
        figures: all figures, for the values in the page.
        trace: what the numbers were computed from; without it the page has no script.

    Raises:
        UnusableInputError: E403 for each thing that would load something or run.
    """
    root = deepcopy(document.root)
    check = PageCheck(lambda url: picture_of_pack(url, folder))
    stylesheet = check.stylesheet(stylesheet)
    check.page(root)
    if check.refusals:
        raise UnusableInputError(_findings(check.refusals, folder))
    if figures is not None:
        tell_values(root, figures)
    make_page(root)
    stylesheet = f"{stylesheet}\n{_part('page.css')}"
    if trace is None:
        return page_text(root, stylesheet).encode()
    script = _script()
    body = root.findall("body")[0]
    attributes = {"type": "application/json", "id": "trace", "data-units": units_json()}
    told = etree.SubElement(body, "script", attributes)
    told.text = trace.json()
    etree.SubElement(body, "script").text = script
    return page_text(root, stylesheet, script).encode()


def _script() -> str:
    """The page's own script."""
    parts = "".join(_part(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _part(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")


def _findings(refusals: Iterable[Refusal], folder: Path) -> list[Finding]:
    remedy = "网页不载入、不运行任何东西：删去它；图片放进模板包，用相对路径引用"
    return [
        Finding("E403", refusal.cause, remedy, place_in_pack(refusal.written, folder))
        for refusal in refusals
    ]
