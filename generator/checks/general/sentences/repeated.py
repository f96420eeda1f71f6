"""One thing, one amount: what a passage or a section states twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.general.sentences.claims import ClaimedAmount, Claims
from generator.checks.general.sentences.passages import PassageClaims
from generator.core.text.patterns import late_pattern

_SPACE = late_pattern(r"[\s“”\"‘’，,、：:（）()]")
_MEANS = late_pattern("支出|收入|经费|拨款|预算|费$|金额|总额")
_OF_ANOTHER = late_pattern(
    "涉及|其中|其余|另|该|此|上述|每|平均|追加|结转|剩余|已|项目(?:预算|支出)?$"
)
_SHORTEST = 5
"""A subject in fewer characters (项目支出) is of whatever is spoken of."""
_BUDGET = late_pattern("预算|安排")
_NOT_BUDGET = late_pattern("执行|决算|结转|追加|调整|收入|财政拨款|其中")


class Twice(Struct, frozen=True):
    """One thing with two amounts: where each stands."""

    first: tuple[PassageClaims, ClaimedAmount]
    second: tuple[PassageClaims, ClaimedAmount]
    name: str


def twice_in_passage(stated: PassageClaims, year: int) -> Iterator[tuple[bool, Twice]]:
    """The item that opens a passage against the amount of the year that is stated later.

    “行政运行（项）”53.84万元，主要用于…… 2024年预算安排53.84万元: both are the item's.
    """
    claims = stated.claims
    if not year or not claims.amounts:
        return
    first = claims.amounts[0]
    opens = first.topic and first.figure.is_money and first.year in (0, year) and first.head < 0
    if not opens or claims.changes_before(claims.amounts[0].figure.start):
        return
    for amount in _without_topic(claims, year):
        same = amount.figure.agrees(first.figure)
        yield same, Twice((stated, first), (stated, amount), first.name)


def _without_topic(claims: Claims, year: int) -> Iterator[ClaimedAmount]:
    """Amounts of the year whose words name no subject: they are of what the passage is about."""
    if any(each.topic and each.head < 0 and each.figure.is_money for each in claims.amounts[1:]):
        return  # the passage goes on to something else
    for amount in claims.amounts[1:]:
        if (
            amount.year == year
            and not amount.topic
            and amount.head < 0
            and amount.figure.is_money
            and _BUDGET.search(amount.subject)
            and not _NOT_BUDGET.search(amount.subject)
        ):
            yield amount


def twice_in_section(section: Sequence[PassageClaims], year: int) -> Iterator[tuple[bool, Twice]]:
    """The same words for an amount, twice in one section."""
    seen: dict[tuple[str, int], tuple[PassageClaims, ClaimedAmount]] = {}
    for stated in section:
        for amount in stated.claims.amounts:
            key = _key(amount, year)
            if key is None:
                continue
            before = seen.setdefault(key, (stated, amount))
            if before[1] is not amount:
                same = before[1].figure.agrees(amount.figure)
                yield same, Twice(before, (stated, amount), amount.name)


def _key(amount: ClaimedAmount, year: int) -> tuple[str, int] | None:
    """What an amount is of, for comparing; ``None`` if its words alone do not say."""
    subject = _SPACE.sub("", amount.topic)
    if not amount.figure.is_money or amount.head >= 0 or len(subject) < _SHORTEST:
        return None
    if not _MEANS.search(subject) or _OF_ANOTHER.search(subject):
        return None
    return subject, amount.year or year
