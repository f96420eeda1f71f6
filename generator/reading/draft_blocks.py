"""The blocks of a draft as its reader sees them: tables whole again, with the lines above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from generator.core.findings import Location
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Draft, Line, Paragraph, Row, Table
from generator.drafts.parts import signposts
from generator.drafts.words.amount_columns import is_amount
from generator.drafts.words.text import folded
from generator.reading.blocks import Block, PlainRow, TableBlock, TextBlock

Placing = Callable[[Line], Location]

_MOST_CAPTIONS = 5
_LONGEST_CAPTION = 60
_NO_CAPTION = late_pattern(r"注[:0-9]|.*[。;]")
_TITLE = late_pattern(r"[^,;。]{3,60}表")
_HEAD = late_pattern(r"项目$|收入|支出|科目(编码|名称|代码)|合计|单位名称|项目名称|序号")
"""What stands in the first row of a head."""
_LABEL = late_pattern(r".*([编代]码|电话|年度)")
"""What stands in a form before a whole number that is no amount."""
_YEAR = late_pattern(r"20\d\d")


def blocks_of_draft(draft: Draft, place: Placing) -> tuple[Block, ...]:
    """Every paragraph and every table of a draft in reading order."""
    numbers = signposts.page_numbers(draft.lines())
    blocks: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            blocks.append(_text(block, place, is_number=block.serial in numbers))
        elif block.rows:
            _add_table(blocks, block, place)
    return tuple(blocks)


def _text(paragraph: Paragraph, place: Placing, *, is_number: bool) -> TextBlock:
    noise = is_number or signposts.is_noise_line(paragraph)
    return TextBlock(paragraph.text, place(paragraph), paragraph.aside or "页码" * noise)


def _add_table(blocks: list[Block], table: Table, place: Placing) -> None:
    """Adds a table; the rest of the one before it becomes part of that."""
    rows = [PlainRow(row.cells, place(row)) for row in table.rows if not _is_drawn(row)]
    if not rows:
        return
    between = list(takewhile(lambda block: isinstance(block, TextBlock), reversed(blocks)))
    at = len(blocks) - len(between) - 1
    lines = [line for line in reversed(between) if isinstance(line, TextBlock) and not line.aside]
    before = blocks[at] if at >= 0 else None
    if isinstance(before, TableBlock):
        rest = _rest_of(before, rows, lines)
        if rest is not None:
            blocks[at] = replace(before, rows=(*before.rows, *rest))
            blocks[at + 1 :] = [_repeats(block) for block in blocks[at + 1 :]]
            return
    blocks.append(TableBlock(tuple(rows), tuple(_captions(lines)), rows[0].place))


def _repeats(block: Block) -> Block:
    """What stood between two pieces of a table: no caption of the table that follows."""
    if isinstance(block, TextBlock) and not block.aside:
        return replace(block, aside="续表")
    return block


def _is_drawn(row: Row) -> bool:
    """Whether a row is a drawn line, not one of cells."""
    return signposts.is_noise_line(row)


def _rest_of(
    table: TableBlock, rows: Sequence[PlainRow], lines: Sequence[TextBlock]
) -> Sequence[PlainRow] | None:
    """What a piece adds to the table before it; ``None`` if it is a table of its own.

    A page break leaves nothing in between, or prints the title once more; the head comes again
    or does not.
    """
    above = {folded(line.text) for line in table.captions}
    repeats_captions = lines and all(_is_again(line, above) for line in lines)
    if _width(rows) != _width(table.rows) or (lines and not repeats_captions):
        return None
    head = _repeated(table.rows, rows)
    if not head and (lines or _begins_anew(rows)):
        return None
    if repeats_captions and head < _head_rows(table.rows):
        return None  # such as forms, which all have the same title
    return rows[head:]


def _width(rows: Iterable[PlainRow]) -> int:
    return max(len(row.cells) for row in rows)


def _is_again(line: TextBlock, above: Iterable[str]) -> bool:
    text = folded(line.text)
    known = list(above)
    if text in known:
        return True
    return any(signposts.same_title(text, other) for other in known)


def _repeated(table: Sequence[PlainRow], rows: Sequence[PlainRow]) -> int:
    """How many rows at the top of a piece repeat the head of the table."""
    pairs = zip(table, rows, strict=False)
    head = takewhile(lambda pair: _folded(pair[0]) == _folded(pair[1]), pairs)
    return min(sum(1 for _ in head), _head_rows(table))


def _folded(row: PlainRow) -> list[str]:
    return [folded(cell) for cell in row.cells]


def _head_rows(rows: Sequence[PlainRow]) -> int:
    """How many rows stand above the first one with an amount."""
    head = takewhile(lambda row: not _has_amount(row), rows)
    return sum(1 for _ in head)


def _has_amount(row: PlainRow) -> bool:
    texts = [folded(cell) for cell in row.cells]
    amounts = list(filter(is_amount, texts))
    return bool(amounts) and not _are_years(amounts) and not any(map(_LABEL.fullmatch, texts))


def _are_years(numbers: Sequence[str]) -> bool:
    """Whether numbers are bare years side by side in a head: 2025, 2026; one may be an amount."""
    years = sorted({int(number) for number in numbers if _YEAR.fullmatch(number)})
    one_by_one = all(later - year == 1 for year, later in pairwise(years))
    return len(years) > 1 and one_by_one and all(map(_YEAR.fullmatch, numbers))


def _begins_anew(rows: Sequence[PlainRow]) -> bool:
    """Whether a piece begins with a title or a head: then it is another table."""
    first = [text for cell in rows[0].cells if (text := folded(cell))]
    if len(first) == 1:
        return bool(_TITLE.fullmatch(first[0]))
    heads = [text for text in first if _HEAD.search(text)]
    return len(first) > 1 and heads == first and not any(map(is_amount, first))


def _captions(lines: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """The short lines right above a table, in reading order."""
    near = lines[-_MOST_CAPTIONS:]
    run = list(takewhile(_may_be_caption, reversed(near)))
    yield from reversed(run)


def _may_be_caption(line: TextBlock) -> bool:
    text = folded(line.text)
    return len(text) <= _LONGEST_CAPTION and not _NO_CAPTION.match(text)
