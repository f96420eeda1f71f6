"""Writes the document as one web page that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from generator.compose.document.tree import Document, page_text
from generator.core.findings import Finding, UnusableInputError
from generator.pack.templates.source_lines import place_in_pack
from generator.printing.html.elements import PageCheck, Refusal
from generator.printing.html.pictures import picture_of_pack


def write_html(document: Document, stylesheet: str, folder: Path) -> bytes:
    """The document as a web page, with its stylesheet and the pictures of its pack.

    Args:
        document: the document; it is not changed.
        stylesheet: the pack's CSS.
        folder: the pack's folder.

    Raises:
        UnusableInputError: E403 for each thing that would load something or run.
    """
    root = deepcopy(document.root)
    check = PageCheck(lambda url: picture_of_pack(url, folder))
    stylesheet = check.stylesheet(stylesheet)
    check.page(root)
    if check.refusals:
        raise UnusableInputError(_findings(check.refusals, folder))
    return page_text(root, stylesheet).encode()


def _findings(refusals: Iterable[Refusal], folder: Path) -> list[Finding]:
    remedy = "网页不载入、不运行任何东西：删去它；图片放进模板包，用相对路径引用"
    return [
        Finding("E403", refusal.cause, remedy, place_in_pack(refusal.written, folder))
        for refusal in refusals
    ]
