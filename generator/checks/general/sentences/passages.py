"""The passages of a draft with their claims, in sections, and the year of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.general.sentences.claims import ClaimedAmount, Claims
from generator.checks.general.sentences.grammar import read_claims
from generator.checks.text.headings import is_heading_passage
from generator.core.memo import Same, memo
from generator.core.text.patterns import late_pattern
from generator.reading.document import Passage, ReadDocument

_TITLE_YEAR = late_pattern(r"(?<!\d)(20\d\d)\s*年(?!\s*\d{1,2}\s*月)")
_TITLE_WORDS = late_pattern("预算|决算|公开")
_SIDE = frozenset({"目录", "页码", "水印", "图", "页眉", "页脚"})
_LONGEST_TITLE = 40
_LEAST = 8
"""A passage with fewer characters states nothing about money."""


class PassageClaims(Struct, frozen=True):
    """A passage with what it claims; ``section`` counts the headings before it."""

    passage: Passage
    claims: Claims
    section: int


class StatedText(Struct, frozen=True):
    """The running text of a draft, as far as it speaks of amounts.

    Attributes:
        year: the year of the document; 0 if it does not show.
        final: whether it is a final account (决算), which compares with its own year's budget.
    """

    passages: tuple[PassageClaims, ...]
    year: int
    final: bool = False

    def sections(self) -> Iterator[list[PassageClaims]]:
        """The passages between two headings, together."""
        together: list[PassageClaims] = []
        for stated in self.passages:
            if together and together[-1].section != stated.section:
                yield together
                together = []
            together.append(stated)
        if together:
            yield together

    def amounts(self) -> Iterator[tuple[PassageClaims, ClaimedAmount]]:
        """Every amount that is stated, with its passage."""
        for stated in self.passages:
            for amount in stated.claims.amounts:
                yield stated, amount


def stated_text(document: ReadDocument) -> StatedText:
    """The text of a document with its claims."""
    return _stated_text(Same(document.passages), document.year)


@memo(8)  # several rules ask for the same text
def _stated_text(passages: Same[tuple[Passage, ...]], year: int) -> StatedText:
    return with_claims(passages.it, year)


def with_claims(passages: Sequence[Passage], year: int = 0) -> StatedText:
    """Passages with their claims.

    Args:
        passages: headings and paragraphs in reading order.
        year: the year of their document, 0 if the titles must tell.
    """
    texts = [passage for passage in passages if passage.section not in _SIDE]
    year = year or year_of_titles(texts)
    found: list[PassageClaims] = []
    section = 0
    for passage in texts:
        if is_heading_passage(passage):
            section += 1
        elif len(passage.text) >= _LEAST:
            found.append(PassageClaims(passage, read_claims(passage.text, year), section))
    titles = [passage.text for passage in texts if len(passage.text) <= _LONGEST_TITLE]
    budget = sum("预算" in title for title in titles)
    return StatedText(tuple(found), year, sum("决算" in title for title in titles) > budget)


def year_of_titles(passages: Sequence[Passage]) -> int:
    """The year that most titles of budgets name; 0 if none does or two do as often."""
    years = Counter(
        int(year)
        for passage in passages
        if is_heading_passage(passage) and _TITLE_WORDS.search(passage.text)
        for year in _TITLE_YEAR.findall(passage.text)
    )
    best = years.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return 0
    return best[0][0]
