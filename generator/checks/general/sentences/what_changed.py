"""Which amount of a passage has changed, and which one it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.general.sentences.claims import ClaimedAmount
from generator.checks.general.sentences.reader_words import OpenChange

_KINDS = ("执行", "决算", "年初预算", "调整")
_SHORTEST_TOPIC = 3
"""A shorter topic may end many others: 支出, 收入."""


def changed_and_base(
    amounts: Sequence[ClaimedAmount],
    last: int,
    heads: Sequence[int],
    change: OpenChange,
    sentence: int,
) -> tuple[tuple[int, ...], int]:
    """What may have changed, the likeliest first, and what it is compared with; -1 if not stated.

    Args:
        amounts: what the passage has stated so far.
        last: the place of the last one; -1 before the first.
        heads: the places of the amounts whose lists are open, the innermost first.
        change: what is told of the change.
        sentence: the number of its sentence.
    """
    found, base = _told_last(amounts, last, heads, change, sentence)
    if not change.subject:
        return found, base
    topic = ClaimedAmount(amounts[0].figure, change.subject).topic if amounts else ""
    named = (at for at in found if amounts[at].topic and _one_topic(amounts[at].topic, topic))
    kept = tuple(named)
    return kept, base if kept else -1


def _told_last(
    amounts: Sequence[ClaimedAmount],
    last: int,
    heads: Sequence[int],
    change: OpenChange,
    sentence: int,
) -> tuple[tuple[int, ...], int]:
    """The same, whatever the clause of the change names."""
    now, bases = _before_its_base(amounts, last, change)
    if now >= 0:
        stated = change.stated if change.stated >= 0 else bases[0] if len(bases) == 1 else -1
        return (now,), stated
    candidates = candidates_of(amounts, last, heads, change.base_year)
    if change.stated >= 0:
        base = amounts[change.stated]
        alike = [at for at in candidates if _one_topic(amounts[at].topic, base.topic)]
        alike.sort(key=lambda at: amounts[at].topic != base.topic)
        if alike and amounts[alike[0]].sentence == sentence:
            if base.topic and amounts[alike[0]].topic:
                return (alike[0],), change.stated
            others = (at for at in candidates if at != alike[0])
            return (alike[0], *others), change.stated
    here = [at for at, each in enumerate(amounts) if each.sentence == sentence]
    return candidates, base_of(amounts, here, candidates, change.base_year, change.base_words)


def _before_its_base(
    amounts: Sequence[ClaimedAmount], last: int, change: OpenChange
) -> tuple[int, Sequence[int]]:
    """This year's amount if those of former years stand after it: 2025年10万元，2024年8万元，增加.

    Together with those that it may be compared with; -1 if the last one is this year's.
    """
    run = list(_of_one_subject(amounts, last))
    now = max(run, key=lambda at: amounts[at].year, default=last)
    year = amounts[now].year - 1 if run else 0
    if now == last or change.base_year not in (0, year):
        return -1, ()
    bases = [at for at in run if amounts[at].year == year]
    return now, [at for at in bases if _same_basis(amounts[at].subject, change.base_words)]


def _of_one_subject(amounts: Sequence[ClaimedAmount], last: int) -> Iterator[int]:
    """The amounts of one subject and of several years that end with the last one."""
    topic = ""
    for at in range(last, -1, -1):
        each = amounts[at]
        beside = (each.sentence, each.head) == (amounts[last].sentence, amounts[last].head)
        if not (beside and each.year and each.figure.is_money) or topic not in ("", each.topic):
            return
        topic = each.topic
        yield at


def _one_topic(one: str, other: str) -> bool:
    """Whether two topics are one, perhaps with the publisher's name before it."""
    shorter, longer = sorted((one, other), key=len)
    ends = len(shorter) >= _SHORTEST_TOPIC and longer.endswith(shorter)
    return not shorter or shorter == longer or ends


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
        and _may_be_one(current.topic, amounts[at].topic or _topic_beside(amounts, here, at))
        and _same_basis(amounts[at].subject, base_words)
    ]
    return found[0] if len(found) == 1 else -1


def _may_be_one(one: str, other: str) -> bool:
    """Whether two topics are the same, as far as both are told."""
    return not one or not other or one == other


def _topic_beside(amounts: Sequence[ClaimedAmount], here: Sequence[int], at: int) -> str:
    """What the amount before another in its sentence is of, or after it if that is the first."""
    before = [place for place in here if place < at]
    after = [place for place in here if place > at]
    return next((amounts[place].topic for place in [*before[-1:], *after][:1]), "")


def _same_basis(subject: str, base_words: str) -> bool:
    """Whether a subject is of the kind compared with: a budget is no outcome."""
    asked, stated = basis_in(base_words), basis_in(subject)
    return not asked or not stated or bool(asked & stated)


def basis_in(words: str) -> frozenset[str]:
    """The kinds of amounts that words name, of those that are no plain budget: 执行, 决算."""
    return frozenset(kind for kind in _KINDS if kind in words)
