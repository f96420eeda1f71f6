"""Reads a Word draft: the body in order, with every change to it accepted.

Paragraphs come as a reader sees them: field codes, hidden text and deletions are
left out; text boxes follow the paragraph that anchors them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.drafts.docx_headers import header_lines
from generator.drafts.docx_numbering import Numbering
from generator.drafts.docx_table import table_rows
from generator.drafts.docx_text import AcceptedText, Element, W, children, flag
from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.limits import check_package, check_size, damaged
from generator.drafts.wording import trimmed

if TYPE_CHECKING:
    from docx.document import Document

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins")} | {
    f"{W}moveTo"
}


@dataclass(frozen=True, slots=True)
class WordDraft:
    """An opened Word draft: its blocks, and the paragraph or row that each spot counts."""

    document: Document
    blocks: tuple[Block, ...]
    elements: Mapping[int, Element]


def read_docx(path: Path) -> Iterator[Block]:
    """The blocks of a Word draft; spots count the paragraphs and rows of the body.

    Raises:
        UnusableInputError: E601 to E606.
    """
    return iter(open_docx(path).blocks)


def open_docx(path: Path) -> WordDraft:
    """A Word draft with its blocks and with the elements they were read from.

    Raises:
        UnusableInputError: E601 to E606.
    """
    check_size(path)
    check_package(path)
    document, body, numbering = _open(path)
    walk = _Body(numbering)
    blocks = (*walk.blocks(body), *header_lines(document))
    return WordDraft(document, blocks, walk.elements)


def _open(path: Path) -> tuple[Document, Element, Numbering]:
    import docx

    try:
        document = docx.Document(str(path))
        parts = {part.reltype.rsplit("/")[-1]: part for part in document.part.rels.values()}
        definitions, styles = (_root(parts.get(name)) for name in ("numbering", "styles"))
        numbering = Numbering(definitions, styles)
        body = document.element.body
    except Exception:  # a damaged package can make the library raise anything
        damaged(path, "不是完整的 Word 文件")
    if body is None:
        damaged(path, "不是完整的 Word 文件")
    return document, body, numbering


def _root(relation: Any) -> Element | None:
    return None if relation is None else relation.target_part.element


class _Body:
    """Walks the body and counts paragraphs and rows."""

    def __init__(self, numbering: Numbering) -> None:
        self.elements: dict[int, Element] = {}
        """The paragraphs and rows counted so far, by number."""
        self._numbering = numbering
        self._carried = ""
        """Text of paragraphs whose mark was deleted: they run on into the next."""

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of the body, or of a wrapper or text box in it."""
        for child in children(container):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _spot(self, element: Element) -> Spot:
        number = len(self.elements) + 1
        self.elements[number] = element
        return Spot("段", number)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        spot = self._spot(paragraph)
        read = AcceptedText().read(paragraph)
        number = self._numbering.number(paragraph) if read.text.strip() else ""
        text = self._carried + number + read.text
        self._carried = text if _runs_on(paragraph) else ""
        if text.strip() and not self._carried:
            yield Paragraph(trimmed(text), spot)
        for box in read.boxes:
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        rows = []
        for grid_row in table_rows(table):
            rows.append(Row(grid_row.cells, self._spot(grid_row.element)))
            if grid_row.nested:  # a frame around tables: they follow as tables of their own
                yield from _filled(rows)
                rows = []
                for inner in grid_row.nested:
                    yield from self._table(inner)
        yield from _filled(rows)


def _filled(rows: list[Row]) -> Iterator[Table]:
    kept = [row for row in rows if any(row.cells)]
    if kept:
        yield Table(kept)


def _runs_on(paragraph: Element) -> bool:
    """Whether the mark at the end of a paragraph was deleted, so that the next one follows on."""
    mark, following = paragraph.find(f"{W}pPr/{W}rPr"), paragraph.getnext()
    deleted = mark is not None and flag(mark, "del")
    return deleted and following is not None and following.tag == f"{W}p"
