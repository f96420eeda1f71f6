"""Which item of one list is which of the other: the same first, then alike, then moved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from msgspec import Struct
from rapidfuzz.distance import LCSseq

Name = tuple[str, ...]
Likeness = Callable[[int, int], float]
"""How alike two items are, 0 to 1, by their places in the two lists."""


def _just_as_close(_ours: int, _theirs: int) -> float:
    return 0.0


class Pair(Struct, frozen=True):
    """Places of what belongs together; ``None`` if a side has nothing."""

    ours: int | None
    theirs: int | None
    moved: bool = False


def align_lists(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    likeness: Likeness,
    least: float = 0.6,
) -> list[Pair]:
    """Pairs two lists, in the order of ours; what only theirs has follows what precedes it there.

    Items of the same key in the same order, as many as can be, belong together; of the others
    those of the same key, which have moved; then those that stand between the same neighbours
    and are alike at least so much.
    """
    in_order = [
        (i, j)
        for opcode in LCSseq.opcodes(ours, theirs)
        if opcode.tag == "equal"
        for i, j in zip(
            range(opcode.src_start, opcode.src_end),
            range(opcode.dest_start, opcode.dest_end),
            strict=True,
        )
    ]
    moved = _moved(in_order, ours, theirs)
    gone, come = set(moved), set(moved.values())
    pairs: list[Pair] = []
    i = j = 0
    for a, b in [*in_order, (len(ours), len(theirs))]:
        mine = [each for each in range(i, a) if each not in gone]
        yours = [each for each in range(j, b) if each not in come]
        stretch = list(_between(mine, yours, likeness, least))
        pairs += _merged(
            stretch, [Pair(each, moved[each], moved=True) for each in range(i, a) if each in gone]
        )
        if a < len(ours):
            pairs.append(Pair(a, b))
        i, j = a + 1, b + 1
    return pairs


def _moved(
    in_order: Sequence[tuple[int, int]], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> dict[int, int]:
    """Of what is not in the same order on both sides, the items of the same key."""
    mine, yours = ({pair[side] for pair in in_order} for side in (0, 1))
    waiting: dict[Hashable, list[int]] = {}
    for j, key in enumerate(theirs):
        if j not in yours:
            waiting.setdefault(key, []).append(j)
    return {
        i: waiting[key].pop(0) for i, key in enumerate(ours) if i not in mine and waiting.get(key)
    }


def _merged(stretch: Sequence[Pair], moved: Sequence[Pair]) -> Iterator[Pair]:
    """Puts what has moved where ours has it."""
    waiting = list(moved)
    for pair in stretch:
        while waiting and pair.ours is not None and (waiting[0].ours or 0) < pair.ours:
            yield waiting.pop(0)
        yield pair
    yield from waiting


def _between(
    ours: Sequence[int], theirs: Sequence[int], likeness: Likeness, least: float
) -> Iterator[Pair]:
    """The best pairing of two stretches that keeps their order."""
    worth = {
        (a, b): score
        for a, i in enumerate(ours)
        for b, j in enumerate(theirs)
        if (score := likeness(i, j)) >= least
    }
    i = j = 0
    for a, b in [*_best_chain(len(ours), len(theirs), worth), (len(ours), len(theirs))]:
        yield from (Pair(our, None) for our in ours[i:a])
        yield from (Pair(None, their) for their in theirs[j:b])
        if a < len(ours):
            yield Pair(ours[a], theirs[b])
        i, j = a + 1, b + 1


def _best_chain(
    ours: int, theirs: int, worth: dict[tuple[int, int], float]
) -> list[tuple[int, int]]:
    """The pairs, in order, whose likeness sums highest."""
    sums = {(i, theirs): 0.0 for i in range(ours + 1)}
    sums.update({(ours, j): 0.0 for j in range(theirs + 1)})
    for i in reversed(range(ours)):
        for j in reversed(range(theirs)):
            sums[i, j] = max(
                sums[i + 1, j],
                sums[i, j + 1],
                worth.get((i, j), -1.0) + sums[i + 1, j + 1],
            )
    chain = []
    i = j = 0
    while i < ours and j < theirs:
        if (i, j) in worth and sums[i, j] == worth[i, j] + sums[i + 1, j + 1]:
            chain.append((i, j))
            i, j = i + 1, j + 1
        elif sums[i, j] == sums[i + 1, j]:
            i += 1
        else:
            j += 1
    return chain


def told_apart(
    ours: Sequence[Name],
    theirs: Sequence[Name],
    likeness: Likeness,
    closer: Likeness = _just_as_close,
) -> tuple[list[tuple[Name, int]], list[tuple[Name, int]]]:
    """Keys for items of which several may share a name: those most alike get the same key.

    ``closer`` is asked of those that are just as alike.
    """
    mine, yours = _by_name(ours), _by_name(theirs)
    keys = [(name, 0) for name in ours], [(name, 0) for name in theirs]
    for name in mine.keys() & yours.keys():
        if len(mine[name]) == len(yours[name]) == 1:
            continue
        pairs = _most_alike(mine[name], yours[name], likeness, closer)
        for number, (i, j) in enumerate(pairs):
            if i is not None:
                keys[0][i] = (name, number)
            if j is not None:
                keys[1][j] = (name, number)
    return keys


def _by_name(names: Sequence[Name]) -> dict[Name, list[int]]:
    found: dict[Name, list[int]] = {}
    for number, name in enumerate(names):
        found.setdefault(name, []).append(number)
    return found


def _most_alike(
    ours: Sequence[int], theirs: Sequence[int], likeness: Likeness, closer: Likeness
) -> Iterator[tuple[int | None, int | None]]:
    """Pairs from the most alike on; of those just as alike the ones in the same order."""

    def rank(pair: tuple[int, int]) -> tuple[float, float, int, tuple[int, int]]:
        a, b = pair
        i, j = ours[a], theirs[b]
        return -likeness(i, j), -closer(i, j), abs(a - b), pair

    places = sorted(((a, b) for a in range(len(ours)) for b in range(len(theirs))), key=rank)
    free, open_ = set(range(len(ours))), set(range(len(theirs)))
    for a, b in places:
        if a in free and b in open_:
            free.remove(a)
            open_.remove(b)
            yield ours[a], theirs[b]
    yield from ((ours[a], None) for a in sorted(free))
    yield from ((None, theirs[b]) for b in sorted(open_))
