"""What data prints, split into the parts of a disclosure as a draft is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.compose.compose import Composed
from generator.compose.document.tree import HtmlDocument, text_of_element
from generator.core.findings import Location
from generator.drafts.draft import Block, Draft, Line, Row, Table
from generator.drafts.html.read import Element, GridCells, html_blocks, html_table
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.parts.split import outline
from generator.drafts.safety.limits import CellBudget
from generator.drafts.words.characters import ordinary
from generator.pack.pack import Pack
from generator.reading.blocks import PlainRow
from generator.reading.document import Mention, Passage
from generator.reading.passages import overall_rows, passages
from generator.reading.provenance import place_of_figure

_OPENING_ROWS = 2
"""So many rows tell what a table is: the first row of a form names the project, the next the
department."""


class PrintedDocument:
    """A composed document, read as if it were a draft: its parts, and where they come from.

    Whoever knows the tables from the data asks for their first rows alone: enough to know what the
    paragraphs around them belong to.

    Args:
        composed: the document.
        pack: the pack it was composed with.
        whole: whether all rows of its tables are read.
    """

    def __init__(self, composed: Composed, pack: Pack, *, whole: bool) -> None:
        self.composed = composed
        self._source = composed.loaded.source
        self._format = format_of(pack)
        self.file = self._source.file
        self._cells: dict[int, GridCells] = {}
        self._elements: dict[int, Element] = {}
        blocks: list[Block] = []
        for read in _read_sections(composed.document, None if whole else _OPENING_ROWS):
            self._cells.update(read.cells)
            self._elements.update((block.serial, element) for block, element in read.blocks)
            blocks += [block for block, _ in read.blocks]
        self.parts = self._split(blocks)

    def _split(self, blocks: Iterable[Block]) -> DraftOutline:
        return outline(Draft(self.file, tuple(blocks)), self._format)

    def passages(self) -> tuple[Passage, ...]:
        """The contents and the text, each figure with its address."""
        return passages(self.parts, self.folder, self.mentions)

    def sections(self) -> Mapping[str, Sequence[Line]]:
        """The lines of each section of the text; tables that stand in one are read whole."""
        lines = (line for section in self.parts.sections.values() for line in section)
        inside = {line.serial for line in lines if isinstance(line, Row)}
        if not inside:
            return self.parts.sections
        blocks = (
            html_table(self._elements[block.serial])
            if isinstance(block, Table) and any(row.serial in inside for row in block.rows)
            else block
            for block in self.parts.draft.blocks
        )
        return self._split(blocks).sections

    def overall_rows(self) -> tuple[PlainRow, ...]:
        """The rows of the overall form, whose budget figures stand nowhere in its data."""
        form = self.parts.overall_form
        if form is None:
            return ()
        rows = {row.serial for row in form.rows}
        whole: list[Block] = list(form.title)
        for block in self.parts.draft.blocks:
            if isinstance(block, Table) and any(row.serial in rows for row in block.rows):
                whole.append(html_table(self._elements[block.serial]))
        return overall_rows(self._split(whole), self.folder)

    def folder(self, _: Line) -> Location:
        """The data folder: most of what is printed is written in no one place of it."""
        return Location(self.file)

    def mentions(self, line: Line) -> tuple[Mention, ...]:
        """The figures printed in a paragraph."""
        element = self._elements.get(line.serial)
        return () if element is None else tuple(mentions_in(element))

    def addresses(self) -> dict[int, tuple[str, ...]]:
        """By the serial of each row, the address of the figure in each of its cells, or ``""``."""
        return {serial: tuple(map(_address, cells)) for serial, cells in self._cells.items()}

    def place_of(self, address: str) -> Location:
        """Where the figure at an address is written."""
        return place_of_figure(self.composed.figures[address], self._source)

    def written(self) -> dict[str, Location]:
        """Where each text of the data is written, by the text in ordinary characters."""
        return {ordinary(text): place for text, place in self._source.texts()}

    def overall_written(self) -> dict[str, Location]:
        """Where each text of the overall form is written, of those that stand there once."""
        texts = [(ordinary(text), place) for text, place in self._source.texts("整体绩效目标表")]
        count = Counter(text for text, _ in texts)
        return {text: place for text, place in texts if count[text] == 1}


class _ReadBlocks(NamedTuple):
    """What is read of a section, or of a whole document.

    Attributes:
        blocks: its blocks, each with its element.
        cells: the cells of each row, by its serial.
        last: the number of its last paragraph or row.
    """

    blocks: Sequence[tuple[Block, Element]]
    cells: Mapping[int, GridCells]
    last: int


def _read_sections(document: HtmlDocument, most: int | None) -> Iterator[_ReadBlocks]:
    """The sections one after another; a document with text between them as a whole.

    Raises:
        TooMuchError: if merged cells swell tables.
    """
    if not _is_of_sections(document):
        yield _read(document.body, most, 0)
        return
    budget, last = CellBudget(), 0
    for section in document.sections:
        reading = partial(_read, section.body, most, last)
        read = section.recall(f"blocks of {most} rows", last, reading)
        budget.take(sum(map(len, read.cells.values())))
        last = read.last
        yield read


def _is_of_sections(document: HtmlDocument) -> bool:
    """Whether whatever stands in a body begins a paragraph of its own."""
    return not (document.frame.findtext("body") or "").strip() and all(
        section.element.tag in ("section", "nav", "div") and not section.element.tail
        for section in document.sections
    )


def _read(body: Element, most: int | None, before: int) -> _ReadBlocks:
    cells: dict[int, GridCells] = {}
    blocks = tuple(html_blocks(body, most, cells, before))
    last = max((_last(block) for block, _ in blocks), default=before)
    return _ReadBlocks(blocks, cells, last)


def _last(block: Block) -> int:
    """The number of a block's last line; an entry of the contents bears that of what follows."""
    if isinstance(block, Table):
        return block.rows[-1].spot.number
    return block.spot.number - (block.aside == "目录")


def printed_passages(composed: Composed, pack: Pack) -> tuple[Passage, ...]:
    """The text that data prints, each figure with its address."""
    return PrintedDocument(composed, pack, whole=False).passages()


def _address(cell: Element | None) -> str:
    found = None if cell is None else next(cell.iter("data"), None)
    return "" if found is None else found.get("data-figure", "")


def mentions_in(element: Element) -> Iterator[Mention]:
    """The figures of a paragraph; its text is as :func:`html_blocks` trims it.

    One with line breaks may have been read as several: where its figures stand is not told.
    """
    if next(element.iter("br"), None) is not None:
        return
    start = len(ordinary(element.text or "")) - _leading_space(element)
    for child in element:
        text = ordinary(text_of_element(child))
        address = child.get("data-figure")
        if address is not None:
            yield Mention(start, start + len(text), address)
        start += len(text) + len(ordinary(child.tail or ""))


def _leading_space(element: Element) -> int:
    text = ordinary(text_of_element(element))
    return len(text) - len(text.lstrip())
