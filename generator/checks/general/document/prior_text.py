"""What sentences say of last year against what was published then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.asks import the_year_before
from generator.checks.general.sentences.changes import fitting
from generator.checks.general.sentences.claims import ClaimedAmount, ClaimedChange, Claims, Way
from generator.checks.general.sentences.figures import Interval, SentenceFigure
from generator.checks.general.sentences.passages import PassageClaims, StatedText, stated_text
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, shown
from generator.checks.text.texts import told
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

TEXT = Rule(
    "W991",
    "文字中的上年数与上年公开的不同",
    "给出上年文件（--prior）时，文字写明的上年预算数，或由本年数和增减额推出的上年数，"
    "与上年文字里同一事项的金额相同；写执行数、决算数的不比，上年文字里同一说法有几个数的不比。",
    "上年数与一年前公布的不同，增减变动也就错了。",
    "按上年公开的文本改；口径调整过的，在正文说明",
    "预算公开检查惯例：上年数应与上年公开的文本一致",
    asks=(the_year_before,),
)
RULES = (TEXT,)

_DONE = re.compile("执行|决算|完成|实际|调整")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Base:
    """What a passage says that an amount was last year."""

    topic: str
    interval: Interval
    words: str
    start: int


def _prior_text(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    prior = document.prior
    if prior is None:
        return
    text = stated_text(document)
    published = _published(prior)
    if not published:
        yield Unchecked(TEXT.code, "上年文件", "上年文件的文字里没有读到金额")
        return
    outcomes = list(_compared(document, text, published))
    yield from outcomes
    if not outcomes:
        why = "文字里没有读到能与上年文件比的上年数"
        yield Unchecked(TEXT.code, "上年数", why)


def _compared(
    document: ReadDocument, text: StatedText, published: Mapping[str, list[SentenceFigure]]
) -> Iterator[Outcome]:
    """What comes of what the text says of last year, if last year's text says the same."""
    for stated in text.passages:
        for base in _bases(stated.claims, text.year, document.name):
            figures = published.get(base.topic, [])
            if any(base.interval.meets(figure.interval) for figure in figures):
                yield Passed(TEXT.code)
            elif len({figure.value for figure in figures}) == 1:
                yield _finding(document, stated, base, figures[0])


def _published(prior: ReadDocument) -> Mapping[str, list[SentenceFigure]]:
    """The amounts of last year's text by what they are of."""
    found: defaultdict[str, list[SentenceFigure]] = defaultdict(list)
    text = stated_text(prior)
    for _, amount in text.amounts():
        topic = _topic(amount, prior.name)
        if topic and amount.figure.is_money and amount.year in (0, text.year):
            found[topic].append(amount.figure)
    return found


def _topic(amount: ClaimedAmount, publisher: str) -> str:
    """What an amount is of, without the publisher's name; empty if that says too little."""
    words = folded(amount.topic).replace(folded(publisher), "") if publisher else amount.topic
    words = re.sub(r"[^\w]|^(本部门|本单位|我单位|预算)", "", folded(words))
    return words if len(words) >= _SHORTEST and not _DONE.search(words) else ""


def _bases(claims: Claims, year: int, publisher: str) -> Iterator[_Base]:
    for change in claims.changes:
        base = _of_change(claims, change, year, publisher)
        if base is not None:
            yield base
    for amount in claims.amounts:
        topic = _topic(amount, publisher)
        if amount.year == year - 1 and topic and amount.figure.is_money:
            figure = amount.figure
            yield _Base(topic, figure.interval, f"{amount.name}{figure.text}", figure.start)


def _of_change(claims: Claims, change: ClaimedChange, year: int, publisher: str) -> _Base | None:
    """What a change says of last year, if it is sure which amount has changed."""
    last_year = change.base_year in (0, year - 1) and change.compared
    changed = fitting(claims, change)
    if last_year and change.base >= 0:
        return _stated_base(claims, change, year, publisher)
    if not last_year or len(changed) != 1 or _DONE.search(change.base_words):
        return None
    amount = claims.amounts[changed[0]]
    topic, now = _topic(amount, publisher), amount.figure
    if not topic or not now.is_money:
        return None
    words = claims.words(now.start, change.end)
    if change.way is Way.SAME:
        return _Base(topic, now.interval, words, change.start)
    if change.by is None:
        return None
    by = change.by.interval
    before = now.interval - by if change.way is Way.UP else now.interval + by
    return _Base(topic, before, words, change.start)


def _stated_base(claims: Claims, change: ClaimedChange, year: int, publisher: str) -> _Base | None:
    """Last year's amount that stands beside this year's, and names no subject of its own."""
    base, now = claims.amounts[change.base], claims.amounts[change.candidates[0]]
    topic = _topic(now, publisher)
    if base.topic or base.year != year - 1 or not topic or _DONE.search(base.subject):
        return None
    figure = base.figure
    return _Base(topic, figure.interval, f"{base.name}{figure.text}", figure.start)


def _finding(
    document: ReadDocument, stated: PassageClaims, base: _Base, figure: SentenceFigure
) -> Outcome:
    middle = (base.interval.low + base.interval.high) / 2 / figure.scale
    number = f"{middle:,.{figure.decimals}f}{figure.unit}"
    finding = TEXT.finding(
        f"“{base.words}”：上年是 {number}，上年公开的“{base.topic}”是 {figure.text}",
        stated.passage.place,
        group=stated.passage.group,
        subjects=(f"上年数/{base.topic}",),
        excerpt=shown(stated.passage.text, base.start),
    )
    return told(document, finding)


CHECKS: tuple[Check, ...] = (_prior_text,)
