"""How alike two texts are, and which name somebody meant: one measure for the whole program.

The likeness is that of RapidFuzz's ``ratio``: twice the characters that both have in the same
order, by the length of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.core.memo import memo

MEANT = 0.6
"""From here on a name that does not exist is told to be perhaps another one."""


def likeness(one: str, other: str, *, least: float = 0.0) -> float:
    """How alike two texts are: 1 if they are the same, 0 if less than ``least``."""
    return _ratio()(one, other, score_cutoff=least * 100) / 100


@memo()
def _ratio() -> Callable[..., float]:
    from rapidfuzz.fuzz import ratio  # what only starts a command does without it

    return ratio


def nearest_names(
    word: str, names: Iterable[str], *, most: int = 1, least: float = MEANT
) -> list[str]:
    """The names that a word is most likely meant to be, the likeliest first.

    Args:
        word: what somebody wrote.
        names: what there is.
        most: how many are wanted.
        least: how alike they must be.
    """
    rated = {name: likeness(word, name) for name in names}
    near = sorted((name for name, alike in rated.items() if alike >= least), key=rated.__getitem__)
    return near[::-1][:most]
