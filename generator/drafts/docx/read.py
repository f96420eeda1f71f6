"""Reads a Word draft: the body in order, with every change to it accepted.

Paragraphs come as a reader sees them: field codes, hidden text and deletions are
left out; text boxes and notes follow the paragraph that anchors them. Headers, footers and
watermarks come last, each once, and say what they are.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.docx.charts import CHART, Charts, charts_of, lines_of
from generator.drafts.docx.facts import file_facts
from generator.drafts.docx.looks import RunLooks
from generator.drafts.docx.notes import (
    Notes,
    headers_and_footers,
    is_page_number,
    parts_of_kind,
    watermarks,
)
from generator.drafts.docx.numbering import Numbering
from generator.drafts.docx.package import open_document, read_parts
from generator.drafts.docx.table import table_rows
from generator.drafts.docx.text import AcceptedText, Element, W, flag, shown_children
from generator.drafts.draft import Block, FileFacts, Paragraph, Row, Spot, Table
from generator.drafts.lines import kept_lines
from generator.drafts.safety.guard import part
from generator.drafts.safety.limits import (
    CellBudget,
    TooMuchError,
    check_package,
    check_size,
    damaged,
)

if TYPE_CHECKING:
    from docx.document import Document

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins")} | {
    f"{W}moveTo"
}
_ELSEWHERE = {f"{W}altChunk": "另一个文件", f"{W}subDoc": "子文档"}
"""What the body only refers to."""
_HEADING = late_pattern(r"(heading|title)?\s*[1-9]?", re.IGNORECASE)
"""Word in Chinese calls the styles of headings 1, 2 and so on."""
_LEVELS = frozenset("012345678")


class WordDraft(Struct, frozen=True):
    """An opened Word draft: its blocks, the paragraph or row that each spot counts, its facts."""

    document: Document
    blocks: tuple[Block, ...]
    elements: Mapping[int, Element]
    facts: FileFacts


def open_docx(path: Path) -> WordDraft:
    """A Word draft with its blocks and with the elements they were read from.

    Raises:
        UnusableInputError: E601 to E606.
        TooMuchError: if its tables would swell.
    """
    check_size(path)
    check_package(path)
    parts, document = _open(path)
    with part(str(document.part.partname).lstrip("/")):
        looks = RunLooks(document)
        charts = charts_of(document)
        walk = _Walk(_numbering(document), Notes(document), looks, charts=charts)
        body = tuple(walk.blocks(document.element.body))
    blocks = (*body, *_margin_lines(document, looks))
    facts = file_facts(parts, document, walk.elements, looks)
    return WordDraft(document, blocks, walk.elements, facts)


def _open(path: Path) -> tuple[Mapping[str, bytes], Document]:
    try:
        parts = read_parts(path)
        document = open_document(parts)
        body = document.element.body
    except (MemoryError, RecursionError, TooMuchError):
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError):
        damaged(path)
    except Exception as error:  # a damaged package can make the library raise anything
        where = "".join(f"，“{name}”读不出来" for name in getattr(error, "__notes__", ())[:1])
        damaged(path, f"不是完整的 Word 文件{where}")
    if body is None:
        damaged(path, "不是完整的 Word 文件")
    return parts, document


def _numbering(document: Document) -> Numbering:
    roots = (next(parts_of_kind(document, name), None) for name in ("numbering", "styles"))
    definitions, styles = (None if found is None else found[1] for found in roots)
    return Numbering(definitions, styles)


class _Walk:
    """Walks the body and counts paragraphs and rows; with a spot given, everything is there."""

    def __init__(
        self,
        numbering: Numbering,
        notes: Notes,
        looks: RunLooks,
        spot: Spot | None = None,
        charts: Charts = MappingProxyType({}),
    ) -> None:
        self.elements: dict[int, Element] = {}
        """The paragraphs and rows counted so far, by number."""
        self._numbering = numbering
        self._notes = notes
        self._looks = looks
        self._charts = charts
        self._drawn: set[Element] = set()
        """The charts read so far."""
        self._fixed = spot
        self._budget = CellBudget()
        self._carried = ""
        """Text of paragraphs whose mark was deleted: they run on into the next."""

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of the body, or of a wrapper or text box in it."""
        for child in shown_children(container):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)
            elif child.tag in _ELSEWHERE:
                yield self._unread(child, _ELSEWHERE[str(child.tag)])

    def _spot(self, element: Element) -> Spot:
        if self._fixed is not None:
            return self._fixed
        number = len(self.elements) + 1
        self.elements[number] = element
        return Spot("段", number)

    def _unread(self, element: Element, what: str) -> Paragraph:
        return Paragraph(f"这里嵌入了{what}，其中的文字没有读", self._spot(element), "未读")

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        spot = self._spot(paragraph)
        read = AcceptedText(self._looks.hides).read(paragraph)
        number = self._numbering.number(paragraph) if read.text.strip() else ""
        text = self._carried + number + read.text
        self._carried = text if _runs_on(paragraph) else ""
        if not self._carried:
            for count, line in enumerate(kept_lines(text, joined=_is_heading(paragraph))):
                yield Paragraph(line, self._spot(paragraph) if count else spot)
        for box in read.boxes:
            yield from self.blocks(box)
        yield from self._anchored_in(paragraph, spot)

    def _table(self, table: Element) -> Iterator[Block]:
        rows = []
        for grid_row in table_rows(table, self._budget, self._looks.hides):
            rows.append(Row(grid_row.cells, self._spot(grid_row.element)))
            if grid_row.nested:  # a frame around tables: they follow as tables of their own
                yield from _filled(rows)
                rows = []
                for inner in grid_row.nested:
                    yield from self._table(inner)
        yield from _filled(rows)
        yield from self._anchored_in(table, rows[-1].spot if rows else self._spot(table))

    def _anchored_in(self, element: Element, spot: Spot) -> Iterator[Block]:
        """The charts and notes of a paragraph or table; objects of other programs stay unread."""
        for drawn in element.iter(CHART):
            if drawn in self._drawn:  # in a text box, or in a table within this one
                continue
            self._drawn.add(drawn)
            lines = lines_of(drawn, self._charts)
            if lines is None:
                yield self._unread(element, "打不开的图")
            for line in lines or ():
                yield Paragraph(line, spot, "图")
        if next(element.iter(f"{W}object"), None) is not None:
            yield self._unread(element, "别的程序的对象")
        for kind, number, note in self._notes.of(element):
            walk = _Walk(Numbering(None, None), Notes(), self._looks, Spot(kind, number))
            yield from walk.blocks(note)


def _margin_lines(document: Document, looks: RunLooks) -> Iterator[Paragraph]:
    """The lines of headers and footers, and watermarks, each once: they are no running text."""
    lines: dict[tuple[str, str], str] = {}
    for kind, name, root in headers_and_footers(document):
        with part(name.lstrip("/")):
            lines.update(((kind, text), "水印") for text in watermarks(root))
            walk = _Walk(Numbering(None, None), Notes(), looks, Spot(kind, 1))
            for text in map(_words, _lines(walk.blocks, root)):
                lines.setdefault((kind, text), "页码" if is_page_number(text) else kind)
    counts = dict.fromkeys(lines.values(), 0)
    for (kind, text), aside in lines.items():
        if text:
            counts[aside] += 1
            yield Paragraph(text, Spot(kind, counts[aside]), aside)


def _lines(read: Callable[[Element], Iterator[Block]], root: Element) -> Iterator[Paragraph | Row]:
    for block in read(root):
        if isinstance(block, Table):
            yield from block.rows
        else:
            yield block


def _words(line: Paragraph | Row) -> str:
    return line.text if isinstance(line, Paragraph) else " ".join(filter(None, line.cells))


def _filled(rows: list[Row]) -> Iterator[Table]:
    kept = [row for row in rows if any(row.cells)]
    if kept:
        yield Table(kept)


def _is_heading(paragraph: Element) -> bool:
    """Whether the paragraph is set as a heading, which may be broken for its looks."""
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    styled = style is not None and _HEADING.fullmatch(style.get(f"{W}val", ""))
    return bool(styled) or (level is not None and level.get(f"{W}val", "") in _LEVELS)


def _runs_on(paragraph: Element) -> bool:
    """Whether the mark at the end of a paragraph was deleted, so that the next one follows on."""
    mark, following = paragraph.find(f"{W}pPr/{W}rPr"), paragraph.getnext()
    deleted = mark is not None and flag(mark, "del")
    return deleted and following is not None and following.tag == f"{W}p"
