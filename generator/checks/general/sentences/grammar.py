"""Reads the claims of a passage from its tokens.

The reader goes through the tokens once. A figure is a change if a word of direction stands right
before it, a share after 占, an amount of what its clause names otherwise; a figure in a clause
that is not understood claims nothing. What follows 主要原因是 claims nothing either.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from generator.checks.general.sentences.claims import (
    ClaimedAmount,
    ClaimedChange,
    Claims,
    Completion,
    Share,
    Way,
    completions_of,
    whole_before,
)
from generator.checks.general.sentences.figures import SentenceFigure
from generator.checks.general.sentences.reader_words import (
    ENUMERATED,
    FROM,
    TOTAL,
    WAY_OF_PARTS,
    Aside,
    OpenChange,
    OpenList,
    direction_before,
    ends_lists,
    ends_reason,
    figure_follows,
    is_of_last_year,
    is_vague,
    lacks_half,
    opens_sides,
    subject_without_amount,
    turns_back,
    waits_for_direction,
    way_to,
    words_of_amount,
    year_alone,
    year_compared,
)
from generator.checks.general.sentences.tokens import DIRECTIONS, Token, TokenKind, tokens_of
from generator.checks.general.sentences.what_changed import changed_and_base
from generator.core.memo import memo

_WAYS = {TokenKind.UP: Way.UP, TokenKind.DOWN: Way.DOWN, TokenKind.SAME: Way.SAME}


@memo(1 << 12)
def read_claims(text: str, year: int = 0) -> Claims:
    """The claims of a passage.

    Args:
        text: a paragraph in ordinary characters.
        year: the year that the document is of, 0 if unknown; 上年 is the one before it.
    """
    reader = _Reader(text, year)
    for token in tokens_of(text, year):
        reader.take(token)
    reader.close_sentence()
    return reader.claims()


class _Reader(Struct):
    """The state of reading one passage."""

    text: str
    year: int
    amounts: list[ClaimedAmount] = field(default_factory=list)
    changes: list[ClaimedChange] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    limited: set[int] = field(default_factory=set)
    clause: list[Token] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    lists_aside: set[int] = field(default_factory=set)
    change: OpenChange | None = None
    last: int = -1
    """The amount stated last, by its place; -1 before the first."""
    lists_read: int = 0
    sentence: int = 0
    sentence_year: int = 0
    brackets: int = 0
    reasoning: bool = False
    reason_begins: bool = False
    """Whether the first clause of a reason is being read."""
    reasoned: int = 0
    """How many amounts the sentence had stated when a reason of it ended."""
    unclear: bool = False
    """Whether the sentence says that figures belong to subjects in some order (分别)."""
    expects_list: int = -1
    """The amount after which the sentence ended with 其中."""
    compare: Token | None = None
    """A comparison whose direction has not come yet: 与上年相比，."""

    def take(self, token: Token) -> None:
        """Takes the next token."""
        kind = token.kind
        if kind is TokenKind.STOP:
            self.close_sentence()
        elif kind is TokenKind.SEMICOLON:
            self._semicolon(token)
        elif kind is TokenKind.PAUSE:
            self._pause()
        elif kind is TokenKind.REASON:
            self._close_change()
            self.reasoning = self.reason_begins = True
            self.clause = []
        elif self.reasoning and (
            self.reason_begins or not ends_reason(self.text, self.clause, token)
        ):
            if kind is TokenKind.OPEN:
                self.brackets += 1
            elif kind is TokenKind.CLOSE:
                self._close_bracket()
            self.clause.append(token)
        else:
            self.reasoning = False
            self._take_claim(token)

    def _take_claim(self, token: Token) -> None:
        kind = token.kind
        if kind is TokenKind.LIST:
            self._open_list(token)
        elif kind is TokenKind.RESPECTIVELY:
            self.unclear = True
        elif kind in DIRECTIONS:
            self._direction(token)
        elif kind is TokenKind.FIGURE:
            self._figure(token)
        elif kind is TokenKind.CLOSE:
            self._close_bracket()
        elif kind is TokenKind.OPEN:
            self._open_bracket(token)
            return
        elif kind is TokenKind.COMPARE:
            if self.change and self.change.by and not self.change.rate and token.text == "同比":
                return  # 比上年增加5万元，同比增长3%
            self.compare = self.compare or token
            if self.change and self.change.start < token.start:
                self._close_change()
        self.clause.append(token)

    # What ends

    def _pause(self) -> None:
        if not self.reasoning:  # the year of a reason is its own
            self.sentence_year = year_alone(self.clause) or self.sentence_year
        if not waits_for_direction(self.clause, self.compare):
            self.compare = None
        self.reason_begins = False
        self._open_list_within()
        self.clause = []

    def _semicolon(self, token: Token) -> None:
        self._close_change()
        while self.lists and self._lists_words_only(self.lists[-1]):
            self.lists.pop()
        if self.reasoning and not ENUMERATED.match(self.text, token.end):
            self.reasoning, self.reasoned = False, len(self.amounts)
        self.compare = None
        self.clause = []

    def _lists_words_only(self, opened: OpenList) -> bool:
        """Whether a list has no amount yet: 人员经费5万元，主要包括：工资、奖金；公用经费3万元."""
        stated = any(amount.listed == opened.number for amount in self.amounts)
        return not stated and opened.brackets == self.brackets

    def close_sentence(self) -> None:
        """Ends the sentence: its lists, its comparison, its reason."""
        self._close_change()
        self.clause, self.lists, self.asides = [], [], []
        self.compare, self.reasoning, self.unclear = None, False, False
        self.brackets = self.reasoned = 0
        self.sentence += 1

    def _open_bracket(self, token: Token) -> None:
        """Opens brackets; those behind a figure are an aside: 400万元（人员350万元），比上年……"""
        self.brackets += 1
        figure = self.clause[-1].figure if self.clause else None
        self.clause.append(token)
        if figure is None:
            return
        owner = self.last if self.last >= 0 and self.amounts[self.last].figure is figure else -1
        state = self.clause, self.compare, self.sentence_year
        self.asides.append(Aside(self.brackets, self.last, owner, *state))
        self._begin_list(owner, aside=True)
        self.clause, self.compare = [], None

    def _close_bracket(self) -> None:
        self.brackets = max(0, self.brackets - 1)
        while self.lists and self.lists[-1].brackets > self.brackets:
            self.lists.pop()
        while self.asides and self.asides[-1].brackets > self.brackets:
            aside = self.asides.pop()
            if self.last != aside.last:
                self._close_change()  # that of an amount within
            self.last, self.sentence_year = aside.last, aside.year
            self.clause, self.compare = aside.clause, aside.compare

    # Lists

    def _open_list(self, token: Token) -> None:
        self._close_change()
        self.compare = None
        head = self.last
        if head < 0:
            return
        sides = opens_sides(self.clause)
        before = self.amounts[head].sentence != self.sentence
        if before and token.text != "其中" and not sides:
            return
        if before or sides:
            head = whole_before(self.amounts, head)
        if sides:
            self.lists = []  # 收入包括……；支出包括：the second list is none of the first
        if not (self.asides and self.asides[-1].is_of_change(head)):
            self._begin_list(head)
        self.clause = []

    def _begin_list(self, head: int, *, aside: bool = False) -> None:
        self.lists_read += 1
        self.lists.append(OpenList(head, self.brackets, self.lists_read))
        if aside:
            self.lists_aside.add(self.lists_read)

    def _open_list_within(self) -> None:
        """Opens the list of what a clause names again: 财政拨款支出预算中，一般公共预算……"""
        words = self.text[self.clause[0].start : self.clause[-1].end] if self.clause else ""
        if self.reasoning:
            return
        if WAY_OF_PARTS.fullmatch(words.strip()):
            self._begin_way_of_parts()
        if not words.endswith("中"):
            return
        topic = ClaimedAmount(self.amounts[0].figure, words[:-1]).topic if self.amounts else ""
        named = [at for at, amount in enumerate(self.amounts) if topic and amount.topic == topic]
        if len(named) == 1:
            self._begin_list(named[0])

    def _begin_way_of_parts(self) -> None:
        """Begins the list of a whole anew: 按用途划分，its parts again."""
        if self.lists and self.lists[-1].brackets == self.brackets:
            self._close_change()
            self._begin_list(self.lists.pop().head)

    @property
    def _head(self) -> int:
        return self.lists[-1].head if self.lists else -1

    # Figures

    def _figure(self, token: Token) -> None:
        figure = token.figure
        if figure is None or self.unclear or is_vague(self.text, self.clause, token):
            if self.change and figure and direction_before(self.clause):
                self.change = None  # 增加约5万元: how much is not said
            return
        if direction_before(self.clause):
            self._changed_by(figure, token)
        elif figure.is_percent:
            self._percentage(figure, token)
        elif self._changed_to(figure):
            pass
        elif self.compare and not any(t.kind in DIRECTIONS for t in self.clause):
            self._base(figure, self.compare)
        elif not any(
            t.kind in (*DIRECTIONS, TokenKind.COMPARE, TokenKind.SHARE) for t in self.clause
        ):
            self._amount(figure)

    def _base(self, figure: SentenceFigure, compare: Token) -> None:
        """比上年预算数54.60万元: the amount compared with."""
        words = self.text[compare.end : figure.start].rstrip("（( ")
        year = next((t.year for t in self.clause if t.kind is TokenKind.YEAR), 0)
        # last stays what the comparison is about
        self.amounts.append(ClaimedAmount(figure, words, year or self.year - 1, -1, self.sentence))

    def _changed_to(self, figure: SentenceFigure) -> bool:
        """Takes the second amount of 由上年的5万元降至3万元; whether the figure is one."""
        compare, at = self.compare, self._stated_base()
        if compare is None or compare.text not in FROM or at < 0:
            return False
        base = self.amounts[at]
        if not (way := way_to(self.text[base.figure.end : figure.start], base.year, self.year)):
            return False
        self._state(figure, self.text[self.clause[0].start : compare.start], self.year)
        words = self.text[compare.start : base.figure.start]
        self.change = OpenChange(way, base.year, words, True, compare.start, figure.end, stated=at)
        self.compare = None
        return True

    def _amount(self, figure: SentenceFigure) -> None:
        raw = words_of_amount(self.text, self.clause, figure)
        if WAY_OF_PARTS.match(raw):
            self._begin_way_of_parts()
        subject = raw.removeprefix("其中") if self.lists else raw
        years = [t.year for t in self.clause if t.kind is TokenKind.YEAR]
        year = years[-1] if years else self.sentence_year
        self._state(figure, subject, year)
        if re.match(r"等", self.text[figure.end :]) and self.lists:
            self.limited.add(self._head)

    def _state(self, figure: SentenceFigure, subject: str, year: int) -> None:
        """Adds an amount to those that are stated."""
        self._close_change()
        heads = [each.head for each in self.lists if each.head >= 0]
        if ends_lists(subject, (self.amounts[head].subject for head in heads)):
            self.lists = []  # the other side of the budget is no part of the first
        number = self.lists[-1].number if self.lists else 0
        self.amounts.append(ClaimedAmount(figure, subject, year, self._head, self.sentence, number))
        self.last = len(self.amounts) - 1

    def _percentage(self, figure: SentenceFigure, token: Token) -> None:
        if self.last < 0 or self.amounts[self.last].sentence != self.sentence:
            return
        kinds = [each.kind for each in self.clause]
        if TokenKind.SHARE in kinds:
            at = kinds.index(TokenKind.SHARE)
            words = self.text[self.clause[at].end : token.start].strip()
            if self.amounts[self.last].listed in self.lists_aside:
                return  # 350万元（工资300万元，占75%）: of which whole is not said
            if not words or TOTAL.fullmatch(words):
                wholes = dict.fromkeys(each.head for each in reversed(self.lists))
                others = tuple(head for head in wholes if head not in (-1, self.last))
                self.shares.append(Share(figure, self.last, others))
        elif TokenKind.COMPLETED in kinds:
            self.completions.extend(completions_of(self.amounts, self.sentence, figure))
        elif is_of_last_year(self.text, self.amounts[: self.last + 1], figure, self.year):
            self.completions.append(Completion(figure, self.last - 1, self.last))
            self.last -= 1

    # Changes

    def _direction(self, token: Token) -> None:
        way = _WAYS[token.kind]
        compared = self.compare is not None
        begun = None if compared else self.change
        if self.compare and self.compare.text in FROM:
            return  # 由上年的5万元减少到3万元: taken with the amount
        if begun and way is begun.way and lacks_half(begun, self.clause):
            return  # 增加5万元，增长3%
        if begun and begun.way is not way and way is not Way.SAME:
            if figure_follows(self.text, token) and not turns_back(begun, self.clause):
                self._close_change()
            return
        if way is Way.SAME and not compared:
            return
        self._close_change()
        if not compared and (not figure_follows(self.text, token) or self.last < self.reasoned):
            return  # 主要原因是新增3人，增加7万元；其他增加1万元: the reason goes on
        start = self.compare.start if self.compare else token.start
        base = [t for t in self.clause if t.kind is TokenKind.YEAR and t.start >= start]
        base_year = base[-1].year if base else 0
        words = self.text[start : token.start].strip("，, ")
        if self.compare and not base:
            ahead = self.text[self.compare.start : self.compare.end + 12]
            base_year = year_compared(ahead, self.year)
        stated = self._stated_base()
        subject = subject_without_amount(self.text, self.clause, self.compare, token)
        self.change = OpenChange(
            way, base_year, words, compared, start, token.end, subject=subject, stated=stated
        )
        self.compare = None

    def _stated_base(self) -> int:
        """The place of the amount that the comparison itself states; -1 if none."""
        start = self.compare.start if self.compare else len(self.text)
        after = (at for at, each in enumerate(self.amounts) if each.figure.start > start)
        return next(after, -1)

    def _changed_by(self, figure: SentenceFigure, token: Token) -> None:
        if self.change is None:
            return
        kind = next(t.kind for t in reversed(self.clause) if t.kind in DIRECTIONS)
        if _WAYS[kind] is not self.change.way:
            lacking = self.change.rate is None if figure.is_percent else self.change.by is None
            if not lacking:
                self.change = None
                return
            if self.change.way is Way.SAME and not figure.value:
                return  # 与上年持平，增长0%
            self.change.opposite = figure
            self.change.end = token.end
        elif figure.is_percent:
            self.change.rate = self.change.rate or figure
            self.change.end = token.end
        elif figure.is_money and self.change.by is None:
            self.change.by = figure
            self.change.end = token.end

    def _close_change(self) -> None:
        change, self.change = self.change, None
        if change is None or self.unclear:
            return
        heads = [each.head for each in reversed(self.lists)]
        candidates, base = changed_and_base(self.amounts, self.last, heads, change, self.sentence)
        if not change.compared and base < 0:
            return
        self.changes.append(change.claimed(candidates, base, self.sentence))

    def claims(self) -> Claims:
        """All that was read."""
        return Claims(
            self.text,
            tuple(self.amounts),
            tuple(self.changes),
            tuple(self.shares),
            tuple(self.completions),
            frozenset(self.limited),
            frozenset(self.lists_aside),
        )
