"""Compares running text: paragraphs by likeness, then word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from generator.compare.align import align_lists
from generator.compare.difference import Difference, DifferenceKind, PairedText, TextPiece
from generator.compare.provenance import UNKNOWN, Provenance
from generator.compare.side import placed
from generator.compare.text.differences import Wording
from generator.core.likeness import likeness
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.reading.document import Passage

_ALIKE = 0.55
_AROUND = 8
"""Characters of context that show where in a sentence a difference stands."""
_LINES = 4
"""Into so many lines a paragraph may be broken."""
_SURELY = 0.7
"""How like a paragraph the lines must be that are put together for it."""
_OF_AMOUNTS = (DifferenceKind.AMOUNT, DifferenceKind.YEAR)
_ITEMS = late_pattern(r"[、,;:。]|等(?=[;。])")
"""What stands between the items of a list, as texts are compared."""


def compare_texts(
    what: str,
    ours: Sequence[Passage],
    theirs: Sequence[Passage],
    wording: Wording,
    source: Callable[[str], Provenance] = lambda _: UNKNOWN,
) -> Iterator[PairedText]:
    """The paragraphs of a section on both sides, each cut where they differ.

    ``source`` says what the figure at an address was computed from.
    """
    ours, theirs = _like_lines(ours, theirs, wording)
    mine, yours = wording.keys([each.text for each in ours], [each.text for each in theirs])

    def alike(i: int, j: int) -> float:
        return max(likeness(mine[i], yours[j]), _unordered(mine[i], yours[j]))

    for pair in align_lists(mine, yours, alike, _ALIKE):
        our = ours[pair.ours] if pair.ours is not None else None
        their = theirs[pair.theirs] if pair.theirs is not None else None
        if our is None or their is None:
            yield _lone(what, our, their)
        else:
            paired = compare_pair(what, our, their, wording, moved=pair.moved)
            yield _with_sources(paired, our, source)


def _like_lines(
    ours: Sequence[Passage], theirs: Sequence[Passage], wording: Wording
) -> tuple[list[Passage], list[Passage]]:
    """Puts lines together that are one paragraph on the other side: where a line ends is looks."""
    mine, yours = wording.keys([our.text for our in ours], [their.text for their in theirs])
    return _rejoined(ours, mine, set(yours)), _rejoined(theirs, yours, set(mine))


def _rejoined(
    passages: Sequence[Passage], keys: Sequence[str], others: Collection[str]
) -> list[Passage]:
    joined: list[Passage] = []
    at = 0
    while at < len(passages):
        count = 1 if keys[at] in others else _lines(keys[at : at + _LINES], others)
        text = "\n".join(passage.text for passage in passages[at : at + count])
        joined.append(replace(passages[at], text=text))
        at += count
    return joined


def _lines(keys: Sequence[str], others: Collection[str]) -> int:
    """How many of the lines make one paragraph of the other side, or come nearest to one."""
    runs = {n: "".join(keys[:n]) for n in range(1, len(keys) + 1)}
    whole = next((n for n, text in runs.items() if text in others), 0)
    if whole:
        return whole
    alone = next((n for n, key in enumerate(keys) if key in others), len(keys))
    near = {  # a line that has its own partner is no part of another paragraph
        n: max((_unordered(text, other) for other in others), default=0.0)
        for n, text in runs.items()
        if n <= alone
    }
    best = max(near, key=lambda n: (near[n], -n))
    return best if near[best] >= _SURELY else 1


def _unordered(text: str, other: str) -> float:
    """How alike two texts are, the items of a list in any order."""
    sorted_items = (",".join(sorted(_ITEMS.split(each))) for each in (text, other))
    return likeness(*sorted_items)


def _lone(what: str, ours: Passage | None, theirs: Passage | None) -> PairedText:
    """A paragraph that one side lacks."""
    mine, yours = (each.text if each else "" for each in (ours, theirs))
    kind = DifferenceKind.MISSING if theirs is None else DifferenceKind.ADDED
    difference = Difference(kind, what, mine, yours, placed(ours), placed(theirs))
    return PairedText((TextPiece(mine, yours),), (difference,))


def compare_pair(
    what: str, ours: Passage, theirs: Passage, wording: Wording, *, moved: bool = False
) -> PairedText:
    """Two paragraphs that belong together, cut where they differ."""
    cut = wording.pieces(ours.text, theirs.text)
    if moved or _reordered(*wording.keys([ours.text], [theirs.text])):
        difference = Difference(
            DifferenceKind.MOVED, what, ours.text, theirs.text, ours.place, theirs.place
        )
        return PairedText(cut, (difference,))
    found = [
        Difference(
            kind,
            f"{what}{_around(cut, number)}",
            piece.ours,
            piece.theirs,
            ours.place,
            theirs.place,
        )
        for number, piece in enumerate(cut)
        if (kind := wording.piece_kind(piece)) is not None
    ]
    return PairedText(cut, tuple(found))


def _with_sources(
    paired: PairedText, ours: Passage, source: Callable[[str], Provenance]
) -> PairedText:
    """The same with what each differing number of ours was computed from."""
    if not ours.mentions:
        return paired
    found = list(paired.found)
    for number, start, end in paired.spans():
        if found[number].kind not in _OF_AMOUNTS:
            continue
        sources = [
            source(mention.address)
            for mention in ours.mentions
            if mention.start < end and start < mention.end
        ]
        words = dict.fromkeys(each.words for each in sources if each.words)
        leaves = frozenset[str]().union(*(each.leaves for each in sources))
        found[number] = replace(found[number], source="；".join(words), leaves=leaves)
    return replace(paired, found=tuple(found))


def _reordered(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both say the same things in another order: the items of a list."""
    items = [Counter(_ITEMS.split(text)) for text in (*ours, *theirs)]
    return ours != theirs and items[0] == items[1]


def _around(cut: Sequence[TextPiece], number: int) -> str:
    """The words before and after a stretch, as ours has them."""
    before = cut[number - 1].ours[-_AROUND:] if number else ""
    after = cut[number + 1].ours[:_AROUND] if number + 1 < len(cut) else ""
    return f"“{before}…{after}”" if before or after else ""
