"""What a PDF holds besides what its pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from generator.drafts.draft import Block, FileFacts, Paragraph, Row, Spot, Trace
from generator.drafts.parts import signposts
from generator.drafts.safety.file_set import mark_of_attached, set_mark_of

_PROPERTIES = {"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词"}
"""The programs that made the file are Creator and Producer: they are no names of people."""
_SHOWN = 3
"""Names of files that are told."""
_LONGEST_MARK = 20
"""So many characters may a page number and a mark have that stand alone on a page."""


def pdf_facts(path: Path, blocks: Sequence[Block], remarks: Sequence[tuple[int, int]]) -> FileFacts:
    """The facts of a PDF that has been read.

    Args:
        path: the file.
        blocks: what was read from it.
        remarks: the pages with remarks of reviewers, and how many.

    Raises:
        PdfiumError: if it cannot be opened after all.
    """
    with pypdfium2.PdfDocument(path) as document:
        texts = document.get_metadata_dict(skip_empty=True)
        properties = [(_PROPERTIES[key], text) for key, text in texts.items() if key in _PROPERTIES]
        files = _attached(document, set_mark_of(path))
        traces = [trace for trace in (_remarks(remarks), _hidden(blocks), files) if trace.count]
        blank = tuple(_blank(document, blocks))
    return FileFacts(tuple(traces), tuple(properties), blank_pages=blank)


def _hidden(blocks: Iterable[Block]) -> Trace:
    """The text that nobody sees on the pages."""
    found = [b for b in blocks if isinstance(b, Paragraph) and b.aside == signposts.HIDDEN]
    first = found[0] if found else None
    spot, excerpt = (first.spot, first.text) if first else (None, "")
    return Trace("隐藏文字", len(found), spot, excerpt)


def _remarks(remarks: Sequence[tuple[int, int]]) -> Trace:
    """The remarks of reviewers on all pages."""
    first = Spot("页", remarks[0][0]) if remarks else None
    return Trace("批注", sum(count for _, count in remarks), first)


def _attached(document: pypdfium2.PdfDocument, mark: str) -> Trace:
    """The files that a PDF carries, but for those that the same build wrote and put there.

    Args:
        document: the PDF.
        mark: the mark of the build that wrote it; ``""`` if another program did.
    """
    names = []
    for number in range(document.count_attachments()):
        attached = document.get_attachment(number)
        name = attached.get_name()
        if not mark or mark_of_attached(name, bytes(attached.get_data())) != mark:
            names.append(name)
    return Trace("嵌入文件", len(names), excerpt="、".join(names[:_SHOWN]))


def _blank(document: pypdfium2.PdfDocument, blocks: Iterable[Block]) -> Iterator[int]:
    """The pages on which nothing was read but marks of pages, and nothing is drawn."""
    said: set[int] = set()
    for block in blocks:
        lines: Iterable[Paragraph | Row] = (block,) if isinstance(block, Paragraph) else block.rows
        said.update(line.spot.number for line in lines if not signposts.is_mark_of_page(line))
    if not said:
        return
    for number in range(min(said) + 1, len(document) + 1):
        if number not in said and not _is_drawn_on(document, number):
            yield number


def _is_drawn_on(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether a page shows pictures or drawings, or text beyond a line of its margin."""
    page = document[number - 1]
    try:
        text = page.get_textpage().get_text_bounded().split()
        return any(each.type != pdfium.FPDF_PAGEOBJ_TEXT for each in page.get_objects()) or (
            len("".join(text)) > _LONGEST_MARK
        )
    finally:
        page.close()
