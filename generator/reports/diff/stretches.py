"""Two wordings as stretches that are the same and stretches that differ, ready to be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from generator.compare.difference import Difference, DifferenceKind, PairedText
from generator.compare.text.differences import Wording, amount
from generator.reports.excerpts import harmless_excerpt


class ShownStretch(Struct, frozen=True):
    """A stretch of one side; ``difference`` where the other side has something else there.

    A stretch without text that has a difference is the spot where words are lacking.
    """

    text: str
    difference: Difference | None = None


class Marked(Struct, frozen=True):
    """Both sides of a text, cut into stretches."""

    ours: tuple[ShownStretch, ...]
    theirs: tuple[ShownStretch, ...]


def of_difference(difference: Difference, wording: Wording) -> Marked:
    """Both wordings of a difference; numbers, and what one side lacks, are marked whole."""
    ours, theirs = harmless_excerpt(difference.ours), harmless_excerpt(difference.theirs)
    whole = difference.kind in (DifferenceKind.MISSING, DifferenceKind.ADDED, DifferenceKind.MOVED)
    if whole or None not in (amount(ours), amount(theirs)) or not (ours and theirs):
        return Marked(_one(ours, difference), _one(theirs, difference))
    if difference.kind is DifferenceKind.FORMAT:
        return _by_character(ours, theirs, difference)
    pieces = [(piece.ours, piece.theirs, not piece.same) for piece in wording.pieces(ours, theirs)]
    return _cut((a, b, difference if differs else None) for a, b, differs in pieces)


def of_text(text: PairedText) -> Marked:
    """A paragraph, each stretch with its difference."""
    pieces = [(piece, number) for piece, number in text.marked()]
    whole = [harmless_excerpt("".join(side)) for side in _sides(text)]
    found: list[tuple[str, str, Difference | None]] = []
    a = b = 0
    for piece, number in pieces:
        ours = whole[0][a : a + len(piece.ours)]
        theirs = whole[1][b : b + len(piece.theirs)]
        a, b = a + len(ours), b + len(theirs)
        found.append((ours, theirs, None if number is None else text.found[number]))
    return _cut(found)


def of_moved(text: PairedText, wording: Wording) -> Marked:
    """A paragraph that says the same in another order, or in another place."""
    (difference,) = text.found
    return _cut(
        (
            harmless_excerpt(piece.ours),
            harmless_excerpt(piece.theirs),
            None if wording.same(piece.ours, piece.theirs) else difference,
        )
        for piece in text.pieces
    )


def in_context(text: PairedText, number: int, around: int = 12) -> Marked:
    """One difference of a paragraph with the words before and after it."""
    whole = of_text(text)
    difference = text.found[number]
    return Marked(
        _window(whole.ours, difference, around), _window(whole.theirs, difference, around)
    )


def _window(
    stretches: Sequence[ShownStretch], difference: Difference, around: int
) -> tuple[ShownStretch, ...]:
    at = next(n for n, each in enumerate(stretches) if each.difference is difference)
    before = "".join(stretch.text for stretch in stretches[:at])
    after = "".join(stretch.text for stretch in stretches[at + 1 :])
    before = f"…{before[-around:]}" if len(before) > around else before
    after = f"{after[:around]}…" if len(after) > around else after
    return (ShownStretch(before), stretches[at], ShownStretch(after))


def abridged(stretches: Sequence[ShownStretch], around: int = 60) -> tuple[ShownStretch, ...]:
    """The same with long stretches that do not differ cut to what stands near a difference."""
    last = len(stretches) - 1
    return tuple(
        each if each.difference else ShownStretch(_near(each.text, around, number, last))
        for number, each in enumerate(stretches)
    )


def _near(text: str, around: int, number: int, last: int) -> str:
    """The ends of a text, or the end that has a neighbour."""
    if len(text) <= 2 * around + 1:
        return text
    before = text[:around] if number else ""
    after = text[-around:] if number < last else ""
    return f"{before}…{after}" if before or after else f"{text[:around]}…"


def _sides(text: PairedText) -> tuple[Iterator[str], Iterator[str]]:
    return (piece.ours for piece in text.pieces), (piece.theirs for piece in text.pieces)


def _one(text: str, difference: Difference) -> tuple[ShownStretch, ...]:
    return (ShownStretch(text, difference),) if text else ()


def _by_character(ours: str, theirs: str, difference: Difference) -> Marked:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return _cut(
        (ours[a:b], theirs[c:d], None if tag == "equal" else difference)
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _cut(found: Iterable[tuple[str, str, Difference | None]]) -> Marked:
    found = list(found)
    return Marked(
        tuple(
            ShownStretch(ours, difference) for ours, _, difference in found if ours or difference
        ),
        tuple(
            ShownStretch(theirs, difference)
            for _, theirs, difference in found
            if theirs or difference
        ),
    )
