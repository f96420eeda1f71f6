"""Keeps words whole in narrow cells: a line breaks between two characters of Han text anywhere.

Heads are cut into words: words that the theme lists (不拆的词), what stands in brackets, a number
with the sign after it, and pairs of characters, as most words are. In other cells short brackets
stay whole. A line of the cover that takes two breaks behind a colon or a year. A word joiner, which
nothing shows, stands wherever a line must not break; a word that is wider than its column is broken
nevertheless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.compose.document.tree import Element
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.pack.theme import Theme
from generator.printing.columns.contents import ems

JOINER = "\u2060"
"""WORD JOINER: no line breaks beside it."""

_LONGEST = 8
"""Characters of the longest bracket that is kept whole."""
_BRACKET = rf"[（(〔][^（(〔）)〕]{{1,{_LONGEST}}}[）)〕]"
_BRACKETS = late_pattern(_BRACKET)
_TOKEN = late_pattern(
    rf"{_BRACKET}|[\d.,%]+(?:年度|[年月日个项%])?|[及和与]|(?:(?![及和与])[一-鿿])+|.", re.DOTALL
)
_HAN = late_pattern(r"[一-鿿]{2,}")
_COVER = "cover"
_PHRASES = late_pattern(r".+?(?:[：:]|(?<!\d)\d{4}年度?|$)")
_TAILS = "性化度率数额类表费款"
"""Characters that end a word of three."""


def keep_words(root: Element, theme: Theme) -> None:
    """Puts joiners into heads of tables, brackets, lines of the cover; the tree is changed.

    Args:
        root: the tree.
        theme: its theme, for the words that are not to be broken.
    """
    words = _longest_first(theme.table.words)
    for cell in root.iter("th", "td"):
        if not cell.text:
            continue
        if cell.tag == "th":
            cell.text = _joined_head(cell.text, words)
        elif len(cell) == 0 and _BRACKETS.search(cell.text):
            cell.text = _BRACKETS.sub(lambda found: JOINER.join(found[0]), cell.text)
    for section in root.iterchildren("section"):
        if _COVER in (section.get("class") or "").split():
            for line in section.iterchildren("p"):
                _keep_phrases(line, theme, words)


@memo(16)
def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _keep_phrases(line: Element, theme: Theme, words: tuple[str, ...]) -> None:
    """Keeps the phrases of a line whole if it takes two; its words, of a phrase that is longer."""
    style = theme.style("p", line.get("class"))
    room = theme.page(_COVER).text_width * 72 / 25.4 / style.size
    if not line.text or len(line) or ems(line.text) <= room:
        return
    line.text = "".join(
        JOINER.join(phrase) if ems(phrase) <= room else _joined_head(phrase, words)
        for phrase in _PHRASES.findall(line.text)
    )


@memo(2000)
def _joined_head(text: str, words: tuple[str, ...]) -> str:
    return "".join(JOINER.join(word) for word in head_words(text, words))


def head_words(text: str, words: Iterable[str]) -> Iterator[str]:
    """The words of a head, one after another.

    Args:
        text: the head.
        words: the words that are not to be broken, the longest first.
    """
    for token in _TOKEN.findall(text):
        if _HAN.fullmatch(token):
            yield from _han_words(token, words)
        else:
            yield token


def _han_words(text: str, words: Iterable[str]) -> Iterator[str]:
    """Han text as words: those that are listed, otherwise pairs, with three at the end if odd."""
    while text:
        listed = next((word for word in words if text.startswith(word)), None)
        if listed is not None:
            length = len(listed)
        elif len(text) == 3 or (len(text) > 3 and text[2] in _TAILS and len(text) != 4):  # noqa: PLR2004
            length = 3
        else:
            length = 2
        yield text[:length]
        text = text[length:]
