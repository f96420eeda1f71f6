"""Which item of one list is which of the other: the same first, then alike, then moved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Likeness = Callable[[int, int], float]
"""How alike two items are, 0 to 1, by their places in the two lists."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Places of what belongs together; ``None`` where a side has nothing."""

    ours: int | None
    theirs: int | None
    moved: bool = False


def align(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    likeness: Likeness,
    least: float = 0.6,
) -> list[Pair]:
    """Pairs two lists, in the order of ours; what only theirs has follows what precedes it there.

    Items of the same key in the same order belong together; between them those that are alike
    at least so much; of the rest those of the same key, which have moved.
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += [Pair(i, j) for i, j in zip(range(a, b), range(c, d), strict=True)]
        else:
            pairs += _between(range(a, b), range(c, d), likeness, least)
    return _moved(pairs, ours, theirs)


def _between(ours: range, theirs: range, likeness: Likeness, least: float) -> Iterator[Pair]:
    """The best pairing of two stretches that keeps their order."""
    worth = {(i, j): score for i in ours for j in theirs if (score := likeness(i, j)) >= least}
    best = _best_chain(ours, theirs, worth)
    i, j = ours.start, theirs.start
    for a, b in [*best, (ours.stop, theirs.stop)]:
        yield from (Pair(each, None) for each in range(i, a))
        yield from (Pair(None, each) for each in range(j, b))
        if a < ours.stop:
            yield Pair(a, b)
        i, j = a + 1, b + 1


def _best_chain(
    ours: range, theirs: range, worth: dict[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The pairs, in order, whose likeness sums highest."""
    sums = {(i, theirs.stop): 0.0 for i in range(ours.start, ours.stop + 1)}
    sums.update({(ours.stop, j): 0.0 for j in range(theirs.start, theirs.stop + 1)})
    for i in reversed(ours):
        for j in reversed(theirs):
            sums[i, j] = max(
                sums[i + 1, j],
                sums[i, j + 1],
                worth.get((i, j), -1.0) + sums[i + 1, j + 1],
            )
    chain = []
    i, j = ours.start, theirs.start
    while i < ours.stop and j < theirs.stop:
        if (i, j) in worth and sums[i, j] == worth[i, j] + sums[i + 1, j + 1]:
            chain.append((i, j))
            i, j = i + 1, j + 1
        elif sums[i, j] == sums[i + 1, j]:
            i += 1
        else:
            j += 1
    return chain


def _moved(pairs: list[Pair], ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[Pair]:
    """Joins what one side lacks in one place and has, under the same key, in another."""
    waiting: dict[Hashable, list[int]] = {}
    for pair in pairs:
        if pair.ours is None and pair.theirs is not None:
            waiting.setdefault(theirs[pair.theirs], []).append(pair.theirs)
    joined: dict[int, int] = {}
    for pair in pairs:
        if pair.theirs is None and pair.ours is not None and waiting.get(ours[pair.ours]):
            joined[pair.ours] = waiting[ours[pair.ours]].pop(0)
    taken = set(joined.values())
    return [
        Pair(pair.ours, joined[pair.ours], moved=True)
        if pair.ours is not None and pair.theirs is None and pair.ours in joined
        else pair
        for pair in pairs
        if pair.ours is not None or pair.theirs not in taken
    ]
