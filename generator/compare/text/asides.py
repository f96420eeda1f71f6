"""Compares what stands beside the text: running heads and feet, marks, the words of charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.compare.align import align_lists
from generator.compare.difference import Difference, DifferenceKind, PairedText, Part, TextPiece
from generator.compare.side import Side
from generator.compare.side_parts import CHARTS
from generator.compare.text.differences import Wording
from generator.core.likeness import likeness
from generator.reading.document import Passage

Asides = Mapping[str, Sequence[Passage]]

_GROUP = "页眉页脚"
_ALIKE = 0.5


def compare_asides(ours: Side, theirs: Side, wording: Wording) -> Iterator[Part]:
    """A part for each kind of aside; what stands anywhere on the other side is no difference.

    A chart that is a picture on one side has no words there, and charts that others drew say the
    same in other words. So the words of charts are compared if they are those of the same charts;
    otherwise only what is nearly the same.
    """
    for kind in dict.fromkeys((*ours.asides, *theirs.asides)):
        mine = _alone(ours.asides.get(kind, ()), theirs, wording)
        yours = _alone(theirs.asides.get(kind, ()), ours, wording)
        pairs = list(_pairs(kind, mine, yours, wording))
        if kind in CHARTS and not _same_charts(ours.asides, theirs.asides, kind, pairs):
            pairs = [pair for pair in pairs if not _one_sided(pair)]
        yield Part(kind, _GROUP, tuple(pairs))


def _same_charts(ours: Asides, theirs: Asides, kind: str, pairs: Sequence[PairedText]) -> bool:
    """Whether most words of the charts on one side stand, or nearly so, on the other."""
    alone = Counter(each.kind for pair in pairs for each in pair.found)
    return any(
        2 * alone[missing] < len(asides.get(kind, ()))
        for asides, missing in ((ours, DifferenceKind.MISSING), (theirs, DifferenceKind.ADDED))
    )


def _one_sided(pair: PairedText) -> bool:
    return any(each.kind in (DifferenceKind.MISSING, DifferenceKind.ADDED) for each in pair.found)


def _alone(passages: Sequence[Passage], other: Side, wording: Wording) -> list[Passage]:
    """What stands nowhere on the other side."""
    keys, others = wording.keys([passage.text for passage in passages], other.said)
    said = set(others)
    return [each for each, key in zip(passages, keys, strict=True) if key not in said]


def _pairs(
    kind: str, ours: Sequence[Passage], theirs: Sequence[Passage], wording: Wording
) -> Iterator[PairedText]:
    keys, others = wording.keys([our.text for our in ours], [their.text for their in theirs])

    def alike(i: int, j: int) -> float:
        return likeness(keys[i], others[j])

    for pair in align_lists(keys, others, alike, _ALIKE):
        mine = ours[pair.ours] if pair.ours is not None else None
        yours = theirs[pair.theirs] if pair.theirs is not None else None
        texts = mine.text if mine else "", yours.text if yours else ""
        if mine and yours:
            difference_kind = wording.cell_kind(*texts) or DifferenceKind.FORMAT
        else:
            difference_kind = DifferenceKind.MISSING if mine else DifferenceKind.ADDED
        places = mine.place if mine else None, yours.place if yours else None
        difference = Difference(difference_kind, kind, *texts, *places)
        yield PairedText((TextPiece(*texts),), (difference,))
