"""Compares what is not recognised: parts by their headings, texts by likeness, tables by rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compare.align import align_lists, told_apart
from generator.compare.difference import Difference, DifferenceKind, PairedRow, PairedText, Part
from generator.compare.side import ComparedTable, Side, placed
from generator.compare.tables.sheets import Heads, SheetComparison
from generator.compare.text.differences import Wording, amount
from generator.compare.text.paragraphs import compare_texts
from generator.core.likeness import likeness
from generator.core.records import replace
from generator.drafts.parts.outline import OTHER
from generator.reading.blocks import PlainRow

_ALIKE = 0.6
_SAME_TITLE = 0.75
_HEAD_ROWS = 4
"""A head has no more rows."""


def compare_others(ours: Side, theirs: Side, wording: Wording) -> Iterator[Part]:
    """The parts that are not recognised on both sides, paired; a lone one is one difference."""
    mine, yours = ours.others, theirs.others
    titles = wording.keys([each.title for each in mine], [your.title for your in yours])
    texts = wording.keys(map(_text, mine), map(_text, yours))

    def contents(i: int, j: int) -> float:
        return likeness(texts[0][i], texts[1][j])

    def alike(i: int, j: int) -> float:
        return max(contents(i, j), likeness(titles[0][i], titles[1][j]))

    keys = told_apart([(t,) for t in titles[0]], [(t,) for t in titles[1]], contents)
    for pair in align_lists(*keys, alike, _ALIKE):
        our = mine[pair.ours] if pair.ours is not None else None
        their = yours[pair.theirs] if pair.theirs is not None else None
        if our is None or their is None:
            yield _lone(our, their)
            continue
        moved = _whole(DifferenceKind.MOVED, our, their) if pair.moved else None
        yield Part(_named(our), OTHER, tuple(_contents(our, their, ours, wording)), moved)


def _contents(
    ours: ComparedTable, theirs: ComparedTable, side: Side, wording: Wording
) -> Iterator[PairedText | PairedRow]:
    what = f"“{ours.title or theirs.title}”" if ours.title or theirs.title else OTHER
    yield from compare_texts(what, ours.above, theirs.above, wording, side.source)
    heads = Heads(max(_head_depth(ours.rows), _head_depth(theirs.rows)), frozenset())
    yield from SheetComparison(what, heads, side.source, wording).rows(ours.rows, theirs.rows)
    yield from compare_texts(what, ours.below, theirs.below, wording, side.source)


def _head_depth(rows: Sequence[PlainRow]) -> int:
    """How many rows stand above the first one with an amount; of a table of words the first."""
    worded = 0
    for row in rows:
        if any(amount(cell) for cell in row.cells if cell.strip()):
            return min(worded, _HEAD_ROWS)
        worded += 1
    return min(worded, 1)


def _lone(ours: ComparedTable | None, theirs: ComparedTable | None) -> Part:
    kind = DifferenceKind.MISSING if theirs is None else DifferenceKind.ADDED
    part = ours or theirs
    return Part(_named(part) if part else OTHER, OTHER, (), _whole(kind, ours, theirs))


def _whole(
    kind: DifferenceKind, ours: ComparedTable | None, theirs: ComparedTable | None
) -> Difference:
    """A part that one side lacks or has elsewhere, with all it says."""
    part = ours or theirs
    return Difference(
        kind,
        _named(part) if part else OTHER,
        _words(ours),
        _words(theirs),
        placed(next(iter(ours.lines), None)) if ours else None,
        placed(next(iter(theirs.lines), None)) if theirs else None,
    )


def _named(part: ComparedTable) -> str:
    return f"{OTHER} {part.title}".strip()


def _words(part: ComparedTable | None) -> str:
    return "\n".join(_line_words(part)) if part else ""


def _text(part: ComparedTable) -> str:
    return "".join(_line_words(part))


def _line_words(part: ComparedTable) -> Iterator[str]:
    yield from (each.text for each in part.above)
    yield from (" ".join(filter(None, row.cells)) for row in part.rows)
    yield from (each.text for each in part.below)


# Parts that one side has recognised


def with_renamed(side: Side, other: Side, wording: Wording) -> Side:
    """A side with the statements and sections that only a slip in their headings hides."""
    sheets, sections, others = dict(side.sheets), dict(side.sections), list(side.others)
    for number, wanted in other.sheets.items():
        if number not in sheets and (found := _like(wanted.title, others, wording, tables=True)):
            others.remove(found)
            sheets[number] = replace(found, number=number)
    for name, passages in other.sections.items():
        heading = next((passage.text for passage in passages if passage.heading), "")
        if name in sections or not heading:
            continue
        if found := _like(heading, others, wording, tables=False):
            others.remove(found)
            sections[name] = found.above
    return replace(side, sheets=sheets, sections=sections, others=tuple(others))


def _like(
    title: str, parts: Sequence[ComparedTable], wording: Wording, *, tables: bool
) -> ComparedTable | None:
    """The part whose heading is most like a title, if it is much like it."""
    best, most = None, _SAME_TITLE
    for part in parts:
        (mine,), (yours,) = wording.keys([title], [part.title])
        score = likeness(mine, yours)
        if bool(part.rows) == tables and score >= most:
            best, most = part, score
    return best
