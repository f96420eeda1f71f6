"""Captions that say 续表: what stands below them goes on with the table above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, Paragraph, Row, Table
from generator.drafts.parts import signposts
from generator.drafts.words.amount_columns import is_amount
from generator.drafts.words.numbering import NUMERALS
from generator.drafts.words.text import folded
from generator.drafts.words.units import table_line

_NUMBER = rf"(?:[{NUMERALS}]+|\d+(?:[-—–.]\d+)*)"
_GOES_ON = late_pattern(
    rf"[(\[【]?(?:续(?:[上前]?(?:附?表|页))?{_NUMBER}?|续?[接承][上前](?:页|表)"
    rf"|附?表{_NUMBER}[(\[]?续表?[)\]]?|续附?表{_NUMBER})[)\]】]?:?"
)
"""续表, （续）, 续表5, 续上表, 续附表3, 表3续 and （接上页）, folded, alone in a line."""
_MOST_ABOVE = 5


def with_continued(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, captions of further pieces of tables marked as a title said again.

    Only where the piece has the columns of the table above: its head again, or amounts at once.
    """
    head: Row | None = None
    above: list[Paragraph] = []
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        if head is not None and _goes_on(between, above) and _has_columns(block, head):
            yield from (replace(line, aside=line.aside or signposts.CONTINUED) for line in between)
        else:
            yield from between
            if between or head is None or not _has_columns(block, head):
                head = block.rows[0] if block.rows else None
                above = between[-_MOST_ABOVE:]
        between = []
        yield block
    yield from between


def _goes_on(between: Sequence[Paragraph], above: Sequence[Paragraph]) -> bool:
    """Whether the lines between two tables say 续表, and else what stands above the first."""
    lines = [line.text for line in between if not line.aside]
    others = [text for text in lines if not _GOES_ON.fullmatch(folded(text))]
    said = {folded(line.text) for line in above}
    units = {table_line(line.text).unit for line in above}
    return len(others) < len(lines) and all(
        folded(text) in said or ((line := table_line(text)).known and line.unit in units)
        for text in others
    )


def _has_columns(table: Table, head: Row) -> bool:
    """Whether a table has the head of another once more, or none and as many columns."""
    if not table.rows or len(table.rows[0].cells) != len(head.cells):
        return False
    first = table.rows[0].cells
    return first == head.cells or any(is_amount(folded(cell)) for cell in first)
