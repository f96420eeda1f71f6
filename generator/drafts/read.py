"""Reads a draft, whatever its file type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.core.records import replace
from generator.drafts.continued import with_continued
from generator.drafts.draft import (
    NO_FACTS,
    WORKBOOK_SUFFIXES,
    Block,
    Draft,
    FileFacts,
    Paragraph,
    Row,
    Table,
)
from generator.drafts.landmarks import facts_with_words, with_words
from generator.drafts.safety.file_set import strangers
from generator.drafts.safety.guard import guarded_reading
from generator.drafts.safety.kinds import check_kind
from generator.drafts.safety.limits import check_size, refuse
from generator.drafts.words.amounts import closed_up

if TYPE_CHECKING:
    from generator.drafts.workbook.sheet import Workbook


class _Read(Struct, frozen=True):
    """What a reader gives: the blocks in reading order, and what is known of the file."""

    blocks: Iterable[Block]
    facts: FileFacts = NO_FACTS


Reader = Callable[[Path], _Read]


def _text(path: Path) -> _Read:
    from generator.drafts.text.read import read_text

    blocks, facts = read_text(path)
    return _Read(map(_closed_up, blocks), facts)


def _docx(path: Path) -> _Read:
    from generator.drafts.docx.read import open_docx

    word = open_docx(path)
    return _Read(word.blocks, word.facts)


def _pdf(path: Path) -> _Read:
    from generator.drafts.pdf.facts import pdf_facts
    from generator.drafts.pdf.read import read_pdf

    read = read_pdf(path)
    blocks = tuple(map(_closed_up, read.blocks))
    return _Read(blocks, pdf_facts(path, blocks, read.remarks))


def _closed_up(block: Block) -> Block:
    """A block from a page's layout: the blanks in the numbers of its tables are nobody's."""
    if isinstance(block, Paragraph):
        return block
    return Table([_closed_row(row) for row in block.rows])


def _closed_row(row: Row) -> Row:
    cells = tuple(map(closed_up, row.cells))
    return row if cells == row.cells else replace(row, cells=cells)


def _html(path: Path) -> _Read:
    from generator.drafts.html.read import read_html

    return _Read(read_html(path))


def _workbook(path: Path) -> _Read:
    from generator.drafts.workbook.read import read_workbook

    return _Read(*read_workbook(path))


READERS: dict[str, Reader] = {
    ".txt": _text,
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
    ".docm": _docx,
    ".dotx": _docx,
    ".dotm": _docx,
    **dict.fromkeys(WORKBOOK_SUFFIXES, _workbook),
}
_SHOWN = ".txt、.docx、.pdf、.html、.htm、.xlsx、.xls、.ods、.csv"


def read_draft(path: Path) -> Draft:
    """Reads a draft.

    Raises:
        UnusableInputError: if the file cannot be read, is unsafe, or holds no text.
    """
    with guarded_reading(path):
        check_readable(path)
        read = READERS[path.suffix.lower()](path)
        draft = _draft(path, read)
    if not has_text(draft):
        refuse("E605", "文件里没有文字，可能是扫描件", "使用带文字的原件，或先做文字识别", path)
    return draft


def has_text(draft: Draft) -> bool:
    """Whether a draft holds anything that its reader shows as text or table."""
    return any(not isinstance(line, Paragraph) or not line.aside for line in draft.lines())


def open_book(path: Path) -> Workbook:
    """Opens a workbook with its sheets as they are, to be read by its cells.

    Raises:
        UnusableInputError: if the file cannot be read, or is unsafe.
    """
    from generator.drafts.workbook.read import open_workbook

    with guarded_reading(path):
        check_readable(path)
        return open_workbook(path)


def read_book(path: Path, workbook: Workbook, without: Collection[str]) -> Draft:
    """Reads an opened workbook as a draft, but for some of its sheets; it may be empty."""
    from generator.drafts.workbook.read import workbook_blocks

    with guarded_reading(path):
        kept = tuple(sheet for sheet in workbook.sheets if sheet.name not in without)
        return _draft(path, _Read(*workbook_blocks(replace(workbook, sheets=kept))))


def check_readable(path: Path) -> None:
    """Refuses a file that is too large, or whose content or name is none that is read.

    Raises:
        UnusableInputError: E102, E601, E602, E604, E605 or E607.
    """
    check_size(path)
    check_kind(path, READERS.__contains__, _SHOWN)


def _draft(path: Path, read: _Read) -> Draft:
    filled = [block for block in read.blocks if _is_filled(block)]
    blocks = with_words(tuple(with_continued(filled)))
    facts = replace(facts_with_words(read.facts, blocks), strangers=strangers(path))
    return Draft(path, blocks, facts)


def _is_filled(block: Block) -> bool:
    """Whether a block shows anything: a paragraph may be of characters that are not seen."""
    return not isinstance(block, Paragraph) or bool(block.text)
