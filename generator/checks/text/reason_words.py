"""Judges the words of a reason: whether they say something, and in which direction."""

from __future__ import annotations

import re
from enum import StrEnum

from generator.checks.general.wording.common_words import EMPTY_REASONS
from generator.checks.text.changes import StatedChange
from generator.core.text.patterns import late_pattern
from generator.model.change_words import USUAL_WORDS, ChangeWords, any_of
from generator.pack.checks.expressions import Expressions
from generator.pack.checks.phrases import ReasonPhrases

_CLAUSE = late_pattern(r"[，,、；;]")
_MOVES = "增加|减少|增长|下降|上升|降低|增多|提高|调增|调减"
_DEGREES = (
    r"(?:比|较)?(?:上年|去年|往年|预算|年初)?(?:预算数?)?(?:相应|有所|略有|随之|也|同比|大幅|小幅)?"
)
_CONSEQUENCE = late_pattern("相应|随之")
"""A clause that says what followed, not why: 资金相应增加."""
_CAUSES = late_pattern("引起|导致|由于|造成|因|新增|落实|厉行|压减|从严")


class ReasonFlaw(StrEnum):
    """What is wrong with the words of a reason."""

    EMPTY = "没有说明任何原因"
    RESTATED = "只是重复了增减的结果，没有说明原因"
    CONTRARY = "说的是相反的变动"


def flaw_of(
    change: StatedChange, phrases: ReasonPhrases, words: ChangeWords = USUAL_WORDS
) -> ReasonFlaw | None:
    """What is wrong with the reason of a change; it must have one."""
    reason = (change.reason or "").strip("。；;")
    clauses = [clause for clause in _CLAUSE.split(reason) if clause]
    empty = [_matches((*EMPTY_REASONS, *phrases.empty), clause) for clause in clauses]
    restated = [_restates(clause, change.item, phrases.money, words) for clause in clauses]
    if all(map(any, zip(empty, restated, strict=True))):
        return ReasonFlaw.RESTATED if any(restated) else ReasonFlaw.EMPTY
    return ReasonFlaw.CONTRARY if _is_contrary(reason, change.grows, phrases) else None


def _matches(expressions: Expressions, text: str) -> bool:
    return any(re.fullmatch(expression, text) for expression in expressions)


def _occurs(expressions: Expressions, text: str) -> bool:
    return any(re.search(expression, text) for expression in expressions)


def _restates(clause: str, item: str, money: Expressions, words: ChangeWords) -> bool:
    """Whether a clause says no more than that some money, or the item itself, moved."""
    bare = re.sub(r"[“”\"]|等$|的原因$|所致$", "", clause)
    moves = f"{_MOVES}|{words.up}|{words.down}"
    match = re.fullmatch(
        rf"(?P<what>.+?)(?:数|额)?{_DEGREES}(?:{moves}|(?:小于|大于|低于|高于)预算数?)", bare
    )
    if match is None or _CAUSES.search(bare):
        return False
    what = re.sub(r"的$", "", match["what"])
    of_money = any(re.search(f"(?:{word})(?:数|额)?$", what) for word in money)
    return of_money or what in re.sub(r"[“”\"]", "", item)


def _is_contrary(reason: str, grows: bool, phrases: ReasonPhrases) -> bool:
    """Whether a reason names only what would have moved the amount the other way."""
    with_it = phrases.growth if grows else phrases.decline
    against = phrases.decline if grows else phrases.growth
    undecided = _occurs(phrases.either, reason) or re.search(r"\d{4}年", reason)
    if undecided:
        return False
    clauses = _CLAUSE.split(reason)
    causes = "，".join(clause for clause in clauses if not _CONSEQUENCE.search(clause)) or reason
    return _occurs(against, causes) and not _occurs(with_it, causes)


def has_figures_both_ways(reason: str, words: ChangeWords = USUAL_WORDS) -> bool:
    """Whether a reason sets increases off against decreases: then each may exceed the net."""
    more, less = (rf"(?:{any_of(said)})(?=\d)" for said in (words.more, words.less))
    return bool(re.search(f"增|加|升|{more}", reason) and re.search(f"减|降|{less}", reason))
