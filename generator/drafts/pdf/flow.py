"""Strings the pages of a PDF together: paragraphs and tables go on where a page breaks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.core.records import replace
from generator.drafts.draft import Block, Paragraph, Spot
from generator.drafts.parts import signposts
from generator.drafts.pdf.page.lines import TextLine, spaced_out, without_spaces
from generator.drafts.pdf.page.page import PageContent, PageTable, garbled
from generator.drafts.pdf.paragraphs import (
    Margins,
    PlacedLine,
    begins,
    margins_of_pages,
    paragraph_text,
)
from generator.drafts.pdf.tables.tables import joined_pieces, table_goes_on
from generator.drafts.pdf.tables.unruled import with_unruled
from generator.drafts.safety.limits import refuse
from generator.drafts.words.text import folded, trimmed

_EXPORT_AGAIN = "从原来的 Word 文件重新导出 PDF，或先做文字识别"


def blocks_of_pages(path: Path, contents: Sequence[PageContent]) -> list[Block]:
    """The blocks of a document with these pages.

    Raises:
        UnusableInputError: E605 if nothing of it can be read.
    """
    pages = [_evened(page) for page in with_unruled(contents)]
    if not any(page.flow for page in pages) and any(map(garbled, pages)):
        refuse("E605", "文字没有编码，读出来是乱码", _EXPORT_AGAIN, path)
    return list(_Flow(margins_of_pages(pages)).blocks(pages))


def _evened(page: PageContent) -> PageContent:
    """A page without the spaces that its text layer sets between all characters."""
    texts = [item.text for item in page.flow if isinstance(item, TextLine)]
    cells = [
        cell.text
        for item in page.flow
        if isinstance(item, PageTable)
        for row in item.rows
        for cell in row
    ]
    if not spaced_out([*texts, *cells]):
        return page
    return replace(page, flow=tuple(_close_up(item) for item in page.flow))


def _close_up(item: TextLine | PageTable) -> TextLine | PageTable:
    if isinstance(item, TextLine):
        return replace(item, text=without_spaces(item.text))
    rows = (
        tuple(replace(cell, text=without_spaces(cell.text)) for cell in row) for row in item.rows
    )
    return replace(item, rows=tuple(rows))


class _Flow:
    """Strings pages together: paragraphs and tables go on where a page breaks them."""

    def __init__(self, page_margins: Mapping[int, Margins]) -> None:
        self._margins = page_margins
        self._lines: list[PlacedLine] = []
        self._pieces: list[PageTable] = []
        self._asides: list[Paragraph] = []
        self._said: set[str] = set()
        """What lines said so far, folded: such as the titles of tables."""

    def blocks(self, pages: Sequence[PageContent]) -> Iterator[Block]:
        """The blocks in reading order; the asides of a page follow what runs over its end."""
        for number, page in enumerate(pages):
            said_again = self._title_said_again(page.flow)
            for item in page.flow:
                if item is said_again:
                    aside = trimmed(said_again.text), Spot("页", page.number), signposts.CONTINUED
                    self._asides.append(Paragraph(*aside))
                elif isinstance(item, PageTable):
                    yield from self._piece(item)
                else:
                    yield from self._line(PlacedLine(item, page.number, number))
            spot = Spot("页", page.number)
            self._asides += [Paragraph(trimmed(text), spot, kind) for kind, text in page.asides]
        yield from self._flush()

    def _title_said_again(self, flow: Sequence[TextLine | PageTable]) -> TextLine | None:
        """The line above the rest of a table that says nothing but its title again, with （续）."""
        title, rest = flow[:2] if len(flow) > 1 else (None, None)
        if not (isinstance(title, TextLine) and isinstance(rest, PageTable) and self._pieces):
            return None
        again = signposts.is_said_again(title.text) and table_goes_on(self._pieces[-1], rest)
        return title if again and signposts.without_continued(title.text) in self._said else None

    def _piece(self, grid: PageTable) -> Iterator[Block]:
        if self._lines or (self._pieces and not table_goes_on(self._pieces[-1], grid)):
            yield from self._flush()
        self._pieces.append(grid)

    def _line(self, placed: PlacedLine) -> Iterator[Block]:
        self._said.add(folded(placed.line.text))
        before = self._lines[-1] if self._lines else None
        if self._pieces or begins(before, placed, self._margins):
            yield from self._flush()
        self._lines.append(placed)

    def _flush(self) -> Iterator[Block]:
        if self._lines:
            yield Paragraph(trimmed(paragraph_text(self._lines)), Spot("页", self._lines[0].page))
        if self._pieces:
            yield from joined_pieces(self._pieces)
        yield from self._asides
        self._lines, self._pieces, self._asides = [], [], []
