"""Where a line of a Word file or web page stands, in the words of somebody who has it open.

Such files have no pages and lines of their own: a reader finds a place by the heading above it
and by counting paragraphs, or by the title of a table and by counting its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, FileFacts, Paragraph, Row, Spot, Table
from generator.drafts.parts import signposts
from generator.drafts.words.numbering import NUMERALS, PART
from generator.drafts.words.text import folded

_COUNTED = "段"
"""The kind of spots that only programs can count."""
_LONGEST, _SHOWN = 40, 24
_MOST_ABOVE = 4
"""Lines above a table that may belong to it: a label, a title in two lines, the unit."""
_HEADING = late_pattern(
    rf"({PART}|[{NUMERALS}]+、|\([{NUMERALS}]+\)|附件).*"
    r"|[^,。;:]*(职责|职能|机构设置|说明|解释|情况)"
)
"""A numbered heading, or one that says so by how it ends."""
_NOTE = late_pattern(r"注[:,0-9]")
_NO_TITLE = late_pattern(r".*单位:.{0,8}|.*(编制|填报)(单位|日期):.*|\(?\d{4}\)?年?度?\)?")


def with_words(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a draft, spots that only programs can count with words for people."""
    walk = _Walk()
    return tuple(
        walk.take(block, blocks[at + 1 : at + 1 + _MOST_ABOVE]) for at, block in enumerate(blocks)
    )


def facts_with_words(facts: FileFacts, blocks: Sequence[Block]) -> FileFacts:
    """The facts of a draft whose blocks have words, with the words of where they stand.

    What is not shown may stand in a paragraph of its own: then it is the one before it.
    """
    lines = [
        line for block in blocks for line in (block.rows if isinstance(block, Table) else [block])
    ]
    words = {line.spot.number: line.spot.words for line in lines if line.spot.kind == _COUNTED}

    def worded(spot: Spot) -> Spot:
        before = max((number for number in words if number <= spot.number), default=0)
        return replace(spot, words=words.get(before, ""))

    traces = (
        replace(trace, spot=worded(trace.spot))
        if trace.spot is not None and trace.spot.kind == _COUNTED
        else trace
        for trace in facts.traces
    )
    return replace(facts, traces=tuple(traces))


class _Walk:
    """Goes through the blocks of a draft and remembers what the last heading and title were."""

    def __init__(self) -> None:
        self._under = ""
        self._paragraphs = 0
        self._title = ""
        self._noted = 0
        self._rows = 0
        self._titles: Counter[str] = Counter()
        self._after_table = False

    def take(self, block: Block, following: Sequence[Block]) -> Block:
        """A block with words for its spots."""
        if isinstance(block, Table):
            return Table([self._row(row) for row in self._opened(block).rows])
        if block.aside or block.spot.kind != _COUNTED:
            return block
        self._after_table = False
        return replace(block, spot=replace(block.spot, words=self._paragraph(block, following)))

    def _paragraph(self, paragraph: Paragraph, following: Sequence[Block]) -> str:
        text = folded(paragraph.text)
        if _is_heading(text):
            self._under, self._paragraphs, self._title = paragraph.text, 0, ""
            return f"标题{_quoted(paragraph.text)}"
        run = _before_table(paragraph, following)
        if run:
            title = next((each.text for each in run if _is_title(folded(each.text))), self._title)
            if title != self._title or run[0].text == title:
                self._title, self._noted = title, 0
            return f"{_quoted(title or paragraph.text)}表的上方"
        if self._title:
            self._noted += 1
            return f"{_quoted(self._title)}表的下方第{self._noted}段"
        self._paragraphs += 1
        where = f"{_quoted(self._under)}下" if self._under else "开头"
        return f"{where}第{self._paragraphs}段"

    def _opened(self, table: Table) -> Table:
        """Begins to count the rows of a table; one right after another goes on with it."""
        if not self._after_table:
            self._rows = 0
            self._titles[self._title] += 1
        self._after_table = True
        return table

    def _row(self, row: Row) -> Row:
        self._rows += 1
        if row.spot.kind != _COUNTED:
            return row
        if self._title:
            count = self._titles[self._title]
            which = f"{_quoted(self._title)}" + (f"（第{count}张）" if count > 1 else "")
        else:
            which = f"{_quoted(self._under)}下的表" if self._under else "开头的表"
        spot = Spot(row.spot.kind, row.spot.number, f"{which}第{self._rows}行")
        return Row(row.cells, spot, row.cell_spots)


def _is_heading(text: str) -> bool:
    if len(text) > _LONGEST or text.endswith(("。", ";", ",", ":")):
        return False
    if signposts.CONTENTS.fullmatch(text):
        return True
    return bool(_HEADING.fullmatch(text)) and not signposts.CONTENTS_LINE.fullmatch(text)


def _before_table(paragraph: Paragraph, following: Sequence[Block]) -> list[Paragraph]:
    """A short line and the short lines after it, if nothing else stands before the next table.

    Empty for a line that belongs to what is above: a label begins what belongs to the table.
    """
    run: list[Paragraph] = []
    for block in (paragraph, *following):
        if isinstance(block, Table):
            return run
        text = folded(block.text)
        starts = bool(run) and (signposts.LABEL.fullmatch(text) or _is_heading(text))
        if starts or len(text) > _LONGEST or "。" in text or _NOTE.match(text):
            return []
        run.append(block)
    return []


def _is_title(text: str) -> bool:
    label = signposts.LABEL.fullmatch(text) or _NO_TITLE.fullmatch(text)
    return bool(text) and not label


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}”"
