"""Compares what was published with what was printed, and says where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from tests.drafts import in_fixed_order, normal
from tests.readers import Grid, Item, Rows, run_together

_SENTENCE = re.compile(r"[^。;]*[。;]?")


def comparable(items: Iterable[Item]) -> list[Item]:
    """Texts and tables evened out by the rules for drafts."""
    return [
        in_fixed_order(normal(item))
        if isinstance(item, str)
        else Grid([[normal(cell) for cell in row] for row in item.rows])
        for item in items
    ]


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def cut(items: Iterable[Item], headings: Sequence[str]) -> list[list[Item]]:
    """Cuts texts and tables at headings that follow each other; what precedes the first is first.

    Every part but the first begins with its heading.
    """
    parts: list[list[Item]] = [[]]
    wanted = list(headings)
    for item in items:
        rest = item
        while wanted and isinstance(rest, str) and wanted[0] in rest:
            heading = wanted.pop(0)
            before, _, after = rest.partition(heading)
            parts[-1].append(before)
            parts.append([])
            rest = after
            parts[-1].append(heading)
        parts[-1].append(rest)
    assert not wanted, f"标题没有依次出现：{wanted[0]}"
    return [run_together(part) for part in parts]


def text_differences(place: str, published: str, printed: str) -> list[str]:
    """The sentences that are not the same, in order, in both texts."""
    ours, theirs = sentences(printed), sentences(published)
    return [
        f"{place}：公布「{''.join(theirs[a:b])}」，印出「{''.join(ours[c:d])}」"
        for kind, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def row_differences(place: str, published: Rows, printed: Rows) -> list[str]:
    """The cells that are not the same, in row and column, in both tables.

    Tables of the same height are compared row by row, others by what rows they share.
    """
    pairs: list[tuple[int, list[str] | None, list[str] | None]] = []
    if len(published) == len(printed):
        pairs += zip(range(len(published)), published, printed, strict=True)
    else:
        theirs, ours = [tuple(row) for row in published], [tuple(row) for row in printed]
        for kind, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
            if kind != "equal":
                both = zip_longest(published[a:b], printed[c:d])
                pairs += [(a + at, row, other) for at, (row, other) in enumerate(both)]
    return [
        difference
        for number, row, other in pairs
        if row != other
        for difference in _cell_differences(f"{place}第{number + 1}行", row, other)
    ]


def _cell_differences(
    place: str, published: Sequence[str] | None, printed: Sequence[str] | None
) -> list[str]:
    if published is None or printed is None:
        where, row = ("公布", published) if printed is None else ("印出", printed)
        return [f"{place}只{where}：{'|'.join(row or ())}"]
    label = next((cell for cell in published if cell), "")
    if len(published) != len(printed):
        return [f"{place}（{label}）：公布 {len(published)} 格 {published}，印出 {printed}"]
    return [
        f"{place}（{label}）第{column}列：公布「{theirs}」，印出「{ours}」"
        for column, (theirs, ours) in enumerate(zip(published, printed, strict=True), 1)
        if theirs != ours
    ]
