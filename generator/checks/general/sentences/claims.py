"""What a passage claims: amounts of subjects, changes against another year, shares of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct, field

from generator.checks.general.sentences.figures import SentenceFigure
from generator.core.text.patterns import late_pattern

_YEAR = late_pattern(r"20\d\d\s*年度?|上一?年度?|[本当今去]年度?")
_KIND = (
    r"(?:年初|预算|执行|决算|安排|数|总|合计|共计|计|共|为|是|的|财政拨款|调整后?|实际|批复"
    r"|[\s，,、：:])"
)
_ONLY_KIND = late_pattern(f"{_KIND}*")
_KIND_AT_END = late_pattern(r"(?:预算|安排|数|合计|共计|共|为|是|[\s，,、：:])+$")


class Way(Enum):
    """The direction of a change; the value is how the text may say it."""

    UP = "增加"
    DOWN = "减少"
    SAME = "持平"


class ClaimedAmount(Struct, frozen=True):
    """An amount or count that a passage states.

    Attributes:
        subject: the words before it in its clause, the year included.
        year: the year it is of; 0 if the passage names none.
        head: the amount of which it is listed as a part, by its place in the claims; -1 if none.
        sentence: the number of the sentence in the passage.
        listed: the number of the list that it is in: one amount may head several.
    """

    figure: SentenceFigure
    subject: str
    year: int = 0
    head: int = -1
    sentence: int = 0
    listed: int = 0

    @property
    def topic(self) -> str:
        """Its subject without year and words of kind: empty for 2025年预算安排."""
        bare = _YEAR.sub("", self.subject)
        return "" if _ONLY_KIND.fullmatch(bare) else _KIND_AT_END.sub("", bare)

    @property
    def name(self) -> str:
        """Its subject as findings name it."""
        return self.subject.strip("，,、：: ") or "金额"


def whole_before(amounts: Sequence[ClaimedAmount], at: int) -> int:
    """The whole that the sentence of an amount is about, by place: 其中 goes on with that."""
    sentence = amounts[at].sentence
    while amounts[at].head >= 0:
        at = amounts[at].head
    several = sum(amount.sentence == sentence for amount in amounts) > 1
    first = next(n for n, each in enumerate(amounts) if each.sentence == sentence)
    return first if several and amounts[first].head < 0 else at


class ClaimedChange(Struct, frozen=True):
    """A change that a passage states.

    Attributes:
        candidates: the amounts that may be what has changed, the likeliest first, by their
            places in the claims.
        base_year: the year compared with; 0 if not named.
        base_words: the words for what is compared with: 2023年预算执行数.
        start, end: where its words stand, from the comparison to the last figure.
    """

    way: Way
    candidates: tuple[int, ...]
    base_year: int
    base_words: str
    compared: bool
    by: SentenceFigure | None
    rate: SentenceFigure | None
    start: int
    end: int
    sentence: int
    base: int = -1
    opposite: SentenceFigure | None = None
    """Its amount or rate, if that is told with a word of the other direction."""


class Share(Struct, frozen=True):
    """A percentage that an amount is of a whole; both by their places in the claims."""

    rate: SentenceFigure
    part: int
    wholes: tuple[int, ...]


class Completion(Struct, frozen=True):
    """A percentage of a budget that was carried out: 完成预算的 98.5%."""

    rate: SentenceFigure
    done: int
    budget: int


def completions_of(
    amounts: Sequence[ClaimedAmount], sentence: int, rate: SentenceFigure
) -> Iterator[Completion]:
    """What a rate of 完成预算 is of, if its sentence states one budget and one outcome."""
    here = [at for at, amount in enumerate(amounts) if amount.sentence == sentence]
    budgets = [at for at in here if "预算" in amounts[at].subject]
    done = [at for at in here if re.search("决算|执行|支出|完成", amounts[at].subject)]
    done = [at for at in done if at not in budgets]
    if len(budgets) == 1 and len(done) == 1:
        yield Completion(rate, done[0], budgets[0])


class Claims(Struct, frozen=True):
    """All that a passage claims, as far as it was understood.

    ``limited`` are the lists, by the place of their head, that say not to be complete (等),
    ``asides`` those, by number, that stand in brackets behind their head without 其中.
    """

    text: str
    amounts: tuple[ClaimedAmount, ...] = ()
    changes: tuple[ClaimedChange, ...] = ()
    shares: tuple[Share, ...] = ()
    completions: tuple[Completion, ...] = ()
    limited: frozenset[int] = field(default=frozenset())
    asides: frozenset[int] = field(default=frozenset())

    def lists_of(self, head: int) -> list[list[int]]:
        """The lists of parts of an amount, each as places of amounts."""
        found: dict[int, list[int]] = {}
        for at, amount in enumerate(self.amounts):
            if amount.head == head:
                found.setdefault(amount.listed, []).append(at)
        return list(found.values())

    def changes_before(self, at: int) -> bool:
        """Whether a change is told of before a place."""
        return any(change.start < at for change in self.changes)

    def words(self, start: int, end: int) -> str:
        """A part of the text, as findings quote it."""
        return self.text[start:end].strip("，,、；;。： \n")
