"""Which amount of a passage has changed, and which one it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from generator.checks.general.sentences.claims import ClaimedAmount

_KINDS = ("执行", "决算", "年初预算", "调整")


def candidates_of(
    amounts: Sequence[ClaimedAmount], last: int, heads: Sequence[int], base_year: int
) -> tuple[int, ...]:
    """The amounts that may have changed: the last one stated, then the heads of its lists.

    Args:
        amounts: what the passage has stated so far.
        last: the place of the last one; -1 before the first.
        heads: the places of the amounts whose lists are open, the innermost first.
        base_year: the year compared with; 0 if not named. Its amounts have not changed.
    """
    found = [last, *heads]
    if last >= 0 and amounts[last].head >= 0:
        found.append(amounts[last].head)
    kept = [at for at in dict.fromkeys(found) if at >= 0]
    money = [at for at in kept if amounts[at].figure.is_money]
    now = [at for at in money if not amounts[at].year or amounts[at].year != base_year]
    return tuple(now or money)


def base_of(
    amounts: Sequence[ClaimedAmount],
    here: Sequence[int],
    candidates: Sequence[int],
    base_year: int,
    base_words: str,
) -> int:
    """The amount of the base year that is stated of the same subject; -1 if none, or several.

    Args:
        amounts: what the passage has stated so far.
        here: the places of those of the same sentence.
        candidates: what may have changed.
        base_year: the year compared with; 0 if not named.
        base_words: the words for what is compared with.
    """
    if not candidates:
        return -1
    current = amounts[candidates[0]]
    year = base_year or (current.year and current.year - 1)
    if not year:
        return -1
    found = [
        at
        for at in here
        if amounts[at].year == year
        and at not in candidates
        and amounts[at].figure.is_money
        and (not amounts[at].topic or amounts[at].topic == current.topic or not current.topic)
        and _same_basis(amounts[at].subject, base_words)
    ]
    return found[0] if len(found) == 1 else -1


def _same_basis(subject: str, base_words: str) -> bool:
    """Whether a subject is of the kind compared with: a budget is no outcome."""
    asked, stated = basis_in(base_words), basis_in(subject)
    return not asked or not stated or bool(asked & stated)


def basis_in(words: str) -> frozenset[str]:
    """The kinds of amounts that words name, of those that are no plain budget: 执行, 决算."""
    return frozenset(kind for kind in _KINDS if kind in words)
