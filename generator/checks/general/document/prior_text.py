"""What sentences say of last year against what was published then."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.general.document.rules import TEXT
from generator.checks.general.sentences.changes import fitting_amounts
from generator.checks.general.sentences.claims import ClaimedAmount, ClaimedChange, Claims, Way
from generator.checks.general.sentences.figures import Interval, SentenceFigure
from generator.checks.general.sentences.passages import PassageClaims, StatedText, stated_text
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.general.text_tables.cells import Cells, FoundCell
from generator.checks.general.text_tables.subjects import Spoken, spoken_of
from generator.checks.rule import Check, Outcome, Passed, Unchecked, quoted_part
from generator.checks.text.texts import told_or_noise
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_DONE = late_pattern("执行|决算|完成|实际|调整")
_SHORTEST = 3


class _Base(Struct, frozen=True):
    """What a passage says that an amount was last year.

    Attributes:
        topic: what the amount is of.
        spoken: what it is of in tables, if that is sure.
        interval: what it was, in 元.
        figure: a figure of the passage, printed as it would be.
        words: the words that say so.
        start: where they begin.
    """

    topic: str
    spoken: Spoken | None
    interval: Interval
    figure: SentenceFigure
    words: str
    start: int


def _prior_text(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    prior = document.prior
    if prior is None:
        return
    text = stated_text(document)
    published, cells = _published(prior), Cells(read_tables(prior).understood)
    if not published and not cells.has_amounts:
        yield Unchecked(TEXT.code, "上年文件", "上年文件里没有读到金额")
        return
    outcomes = list(_compared(document, text, published, cells))
    yield from outcomes
    if not outcomes:
        why = "文字里没有读到能与上年文件比的上年数"
        yield Unchecked(TEXT.code, "上年数", why)


def _compared(
    document: ReadDocument,
    text: StatedText,
    published: Mapping[str, list[SentenceFigure]],
    cells: Cells,
) -> Iterator[Outcome]:
    """What comes of what the text says of last year, if last year's document says it too."""
    for stated in text.passages:
        for base in _bases(stated.claims, text.year, document.name):
            figures = published.get(base.topic, [])
            if any(base.interval.meets(figure.interval) for figure in figures):
                yield Passed(TEXT.code)
            elif len({figure.value for figure in figures}) == 1:
                words = f"“{base.topic}”是 {figures[0].text}"
                yield _finding(document, stated, base, words)
            elif not figures and base.spoken:
                yield from _in_tables(document, stated, base, cells.of(base.spoken))


def _in_tables(
    document: ReadDocument, stated: PassageClaims, base: _Base, cells: Sequence[FoundCell]
) -> Iterator[Outcome]:
    """What comes of an amount that last year's tables alone have."""
    filled = [(cell, interval) for cell in cells if (interval := cell.interval)]
    if any(base.interval.meets(interval) for _, interval in filled):
        yield Passed(TEXT.code)
    elif whys := [why for cell, _ in filled if (why := cell.unit_doubted(base.interval))]:
        yield Unchecked(TEXT.code, stated.passage.group, f"上年文件的{whys[0]}")
    elif filled:
        cell, _ = min(filled, key=lambda each: _distance(base, *each))
        yield _finding(document, stated, base, f"{cell.words}是 {cell.printed}")


def _distance(base: _Base, cell: FoundCell, interval: Interval) -> tuple[bool, Decimal]:
    """How far a cell is from what is said: that of the same name is meant, or else the nearest."""
    other = folded(cell.line.name) != base.topic
    return other, abs(interval.middle - base.interval.middle)


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
            words = f"{amount.name}{figure.text}"
            yield _Base(topic, _of_tables(amount), figure.interval, figure, words, figure.start)


def _of_change(claims: Claims, change: ClaimedChange, year: int, publisher: str) -> _Base | None:
    """What a change says of last year, if it is sure which amount has changed."""
    last_year = change.base_year in (0, year - 1) and change.compared
    changed = fitting_amounts(claims, change)
    if last_year and change.base >= 0:
        return _stated_base(claims, change, changed, year, publisher)
    if not last_year or len(changed) != 1 or _DONE.search(change.base_words):
        return None
    amount = claims.amounts[changed[0]]
    topic, now, spoken = _topic(amount, publisher), amount.figure, _of_tables(amount)
    if not topic or not now.is_money:
        return None
    words = claims.words(now.start, change.end)
    if change.way is Way.SAME:
        return _Base(topic, spoken, now.interval, now, words, change.start)
    if change.by is None:
        return None
    by = change.by.interval
    before = now.interval - by if change.way is Way.UP else now.interval + by
    return _Base(topic, spoken, before, now, words, change.start)


def _stated_base(
    claims: Claims, change: ClaimedChange, changed: Sequence[int], year: int, publisher: str
) -> _Base | None:
    """Last year's amount that stands beside this year's, and names no subject of its own."""
    if len(changed) != 1:
        return None
    base, now = claims.amounts[change.base], claims.amounts[changed[0]]
    topic = _topic(now, publisher)
    if base.topic or base.year != year - 1 or not topic or _DONE.search(base.subject):
        return None
    figure = base.figure
    words = f"{base.name}{figure.text}"
    return _Base(topic, _of_tables(now), figure.interval, figure, words, figure.start)


def _of_tables(amount: ClaimedAmount) -> Spoken | None:
    """What an amount is of, if tables can have nothing else that is called so."""
    spoken = spoken_of(amount)
    sure = spoken and (spoken.total or spoken.explicit or spoken.is_distinct)
    return spoken if sure else None


def _finding(document: ReadDocument, stated: PassageClaims, base: _Base, published: str) -> Outcome:
    now = base.figure
    number = f"{base.interval.middle / now.scale:,.{now.decimals}f}{now.unit}"
    finding = TEXT.finding(
        f"“{base.words}”：上年是 {number}，上年公开的{published}",
        stated.passage.place,
        group=stated.passage.group,
        subjects=(f"上年数/{base.topic}",),
        excerpt=quoted_part(stated.passage.text, base.start),
    )
    return told_or_noise(document, finding)


CHECKS: tuple[Check, ...] = (_prior_text,)
