"""The tables of a draft that are understood, and those that are not."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.checks.general.tables.understood.misprinted import with_codes_mended
from generator.checks.general.tables.understood.table import UnderstoodTable, title_of, understand
from generator.core.memo import Same, memo
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.signposts import CONTENTS_LINE
from generator.drafts.words.amount_columns import is_amount
from generator.drafts.words.text import folded
from generator.reading.blocks import Block, TableBlock
from generator.reading.document import ReadDocument

_OWN_RULES = late_pattern(r"绩效|目录|索引")
_FORM = late_pattern(r"项目名称|(实施期|年度)?资金总额:?|绩效目标|主管部门及代码|一级指标")
_FEWEST_AMOUNTS = 2


class ReadTables(Struct, frozen=True, eq=False):
    """The tables of amounts of a draft, in reading order."""

    understood: tuple[UnderstoodTable, ...]
    others: tuple[TableBlock, ...]
    """Those with amounts whose heads say nothing that is known; forms have their own rules."""


def read_tables(document: ReadDocument) -> ReadTables:
    """Understands the tables of a draft."""
    return _read(Same(document.blocks))


@memo(8)  # a document, last year's and those of its units
def _read(document: Same[tuple[Block, ...]]) -> ReadTables:
    understood: list[UnderstoodTable] = []
    others: list[TableBlock] = []
    for block in _tables(document.it):
        table = understand(block)
        if table is not None:
            sides = (replace(side, lines=with_codes_mended(side.lines)) for side in table.sides)
            understood.append(replace(table, sides=tuple(sides)))
        elif _holds_amounts(block):
            others.append(block)
    return ReadTables(tuple(understood), tuple(others))


def _tables(blocks: tuple[Block, ...]) -> Iterator[TableBlock]:
    for block in blocks:
        if isinstance(block, TableBlock) and not _has_own_rules(block):
            yield block


def _has_own_rules(block: TableBlock) -> bool:
    """Whether a table is a form of 绩效目标 or the contents, which other rules are about."""
    above = "".join(caption.text for caption in block.captions[-3:])
    first = [text for row in block.rows[:6] for cell in row.cells if (text := folded(cell))]
    forms = sum(bool(_FORM.match(text)) for text in first)
    entries = sum(bool(CONTENTS_LINE.fullmatch(text)) for text in first)
    return bool(_OWN_RULES.search(above)) or forms > 1 or entries > len(first) // 2


def _holds_amounts(block: TableBlock) -> bool:
    amounts = (cell for row in block.rows for cell in row.cells if is_amount(folded(cell)))
    return sum(1 for _ in zip(range(_FEWEST_AMOUNTS), amounts, strict=False)) == _FEWEST_AMOUNTS


def name_of_table(block: TableBlock) -> str:
    """What a table that is not understood is called."""
    return title_of([caption.text for caption in block.captions]) or "没有标题的表"
