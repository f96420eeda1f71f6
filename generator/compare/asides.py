"""Compares what stands beside the text: running heads and feet, marks, the words of charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from generator.compare.align import align
from generator.compare.difference import Difference, Kind, PairedText, Part, Piece
from generator.compare.side import Side
from generator.compare.side_parts import CHARTS
from generator.compare.wording import Wording
from generator.presented.document import Passage

_GROUP = "页眉页脚"
_ALIKE = 0.5


def compare_asides(ours: Side, theirs: Side, wording: Wording) -> Iterator[Part]:
    """A part for each kind of aside; what stands anywhere on the other side is no difference.

    Charts are not compared: a picture on one side has no words. Where both sides have words of
    charts, those that are nearly the same are compared.
    """
    for kind in dict.fromkeys((*ours.asides, *theirs.asides)):
        mine = _alone(ours.asides.get(kind, ()), theirs, wording)
        yours = _alone(theirs.asides.get(kind, ()), ours, wording)
        yield Part(kind, _GROUP, tuple(_pairs(kind, mine, yours, wording)))


def _alone(passages: Sequence[Passage], other: Side, wording: Wording) -> list[Passage]:
    """What stands nowhere on the other side."""
    keys, others = wording.keys([each.text for each in passages], other.said)
    said = set(others)
    return [each for each, key in zip(passages, keys, strict=True) if key not in said]


def _pairs(
    kind: str, ours: Sequence[Passage], theirs: Sequence[Passage], wording: Wording
) -> Iterator[PairedText]:
    keys, others = wording.keys([each.text for each in ours], [each.text for each in theirs])

    def likeness(i: int, j: int) -> float:
        return fuzz.ratio(keys[i], others[j]) / 100

    for pair in align(keys, others, likeness, _ALIKE):
        mine = ours[pair.ours] if pair.ours is not None else None
        yours = theirs[pair.theirs] if pair.theirs is not None else None
        if kind in CHARTS and (mine is None or yours is None):
            continue
        difference_kind = Kind.TEXT if mine and yours else Kind.MISSING if mine else Kind.ADDED
        texts = mine.text if mine else "", yours.text if yours else ""
        places = mine.place if mine else None, yours.place if yours else None
        difference = Difference(difference_kind, kind, *texts, *places)
        yield PairedText((Piece(*texts),), (difference,))
