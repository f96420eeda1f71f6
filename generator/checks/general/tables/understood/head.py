"""The head of a table as a tree: which words span which columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from generator.core.text.patterns import late_pattern
from generator.drafts.words.amount_columns import counts_columns, is_amount
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import folded

_MOST_ROWS = 6
_BODY = late_pattern(
    r"([一二三四五六七八九十]+、|[①-⑩]|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]).*|\d{3,}"
)
_TOTAL = late_pattern(r".{0,12}[合总小共]计")

Rows = Sequence[Sequence[str]]


class Node(Struct, eq=False):
    """Words of a head and what stands below them; a leaf stands over one column."""

    text: str
    first: int
    last: int
    children: list[Node] = field(default_factory=list)

    def leaves(self) -> Iterator[Node]:
        """The nodes right above the columns."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def head_depth(rows: Rows) -> int:
    """How many rows the head has, its row of column numbers included."""
    for depth, row in enumerate(rows[: _MOST_ROWS + 1]):
        if depth and counts_columns(row):
            return depth + 1
        if depth and _begins_body(row):
            return depth
    return min(1, len(rows)) if len(rows) <= 1 else 0


def _begins_body(row: Sequence[str]) -> bool:
    texts = [text for cell in row if (text := folded(cell))]
    if not texts:
        return False
    if any(map(is_amount, texts)) or _BODY.fullmatch(texts[0]):
        return True
    if all(read_amount(text).notation is Notation.PLAIN for text in texts):
        return True
    return len(texts) == 1 and (bool(_TOTAL.fullmatch(texts[0])) or bool(folded(row[0])))


def head_tree(head: Rows, width: int) -> Node:
    """The head as a tree below a root without words.

    A merged cell holds its text once: a blank cell belongs to the words on its left if both
    stand below the same words, and otherwise to those above it.
    """
    root = Node("", 0, width - 1)
    above = [root] * width
    for row in head:
        if counts_columns(row):
            continue
        level = list(above)
        for at in range(width):
            text = folded(row[at]) if at < len(row) else ""
            left = level[at - 1] if at else None
            if text:
                level[at] = Node(text, at, at)
                above[at].children.append(level[at])
            elif left is not None and above[at] is above[at - 1] and left is not above[at]:
                left.last = at
                level[at] = left
        above = level
    return root
