"""Punctuation, words and brackets that stand doubled or unpaired in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, islice

from msgspec import Struct

from generator.checks.text.faults import TextFault
from generator.core.text.patterns import late_pattern
from generator.pack.checks.expressions import Expressions, patterns

_PUNCTUATION = late_pattern(r"[，。；、：！？,;][，。；、：！？,;]+")
_FULL_STOPS = late_pattern(r"[。．]{3,}|[！？]{2,}")
"""Dots for an ellipsis and emphasis: not this rule's business."""
_PERCENT = late_pattern(r"[%％]{2,}")
_WORD = late_pattern(r"(?P<word>[一-鿿]{2,12}?)(?P=word)")
_SHORTEST_WORD = 2
"""As many characters of a text with a doubled word have been there before."""
_NUMERALS = late_pattern("[一二三四五六七八九十百千万亿零〇两]+")
_PAIRS = {"（": "）", "《": "》", "“": "”", "‘": "’", "【": "】", "〔": "〕", "〈": "〉"}
_NAMES = {"（": "括号", "《": "书名号", "“": "引号", "‘": "单引号", "〈": "单书名号"}
_BRACKET = late_pattern("[()\\[\\]（）《》“”‘’【】〔〕〈〉]")
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}
_WIDE = str.maketrans("()[]", "（）〔〕")
_ITEM_NUMBER = late_pattern(
    r"(?:^|[。；;，,：:\s）])[\s]*(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-zA-Z①-⑳])$"
)
_NEAR = 12
"""Characters before a bracket among which its item number stands."""
_ENDS = "。！？"
_MOST = 50
"""Slips of a kind that are told of one text: nobody mends more in one go."""


class Slips(Struct, frozen=True):
    """Looks for slips of the pen.

    Attributes:
        doubled: words that are doubled by mistake.
        reduplications: words that are doubled by right.
    """

    doubled: Expressions
    reduplications: Expressions

    def __call__(self, text: str, *, clippable: bool) -> Iterator[TextFault]:
        """Every slip in a text; a clippable one may lack what it had beyond its end."""
        yield from islice(_punctuation(text), _MOST)
        yield from islice(_words(text, self.doubled, self.reduplications), _MOST)
        if _BRACKET.search(text):
            yield from islice(_brackets(text, clippable=clippable), _MOST)


def _punctuation(text: str) -> Iterator[TextFault]:
    for match in _PUNCTUATION.finditer(text):
        if not _FULL_STOPS.fullmatch(match[0]):
            left = "或".join(f"“{mark}”" for mark in dict.fromkeys((match[0][-1], match[0][0])))
            mend = f"只留一个标点，把“{match[0]}”改成{left}"
            yield TextFault(f"标点重复“{_around(text, match)}”", match[0], mend)
    for match in _PERCENT.finditer(text):
        yield TextFault(f"百分号重复“{_around(text, match)}”", match[0])


def _words(text: str, doubled: Expressions, reduplications: Expressions) -> Iterator[TextFault]:
    twice = (_WORD,) if len(text) - len(set(text)) >= _SHORTEST_WORD else ()
    found = [match for pattern in (*twice, *patterns(doubled)) for match in pattern.finditer(text)]
    if not found:  # as almost always
        return
    rightly = sorted(
        match.span() for pattern in patterns(reduplications) for match in pattern.finditer(text)
    )
    ends = list(accumulate((end for _, end in rightly), max))
    for match in found:
        # of the spans that begin before its end, the one that reaches farthest
        before = bisect_left(rightly, (match.end(),))
        by_right = before and ends[before - 1] > match.start()
        if not by_right and not _NUMERALS.fullmatch(match[0]):
            yield TextFault(f"字词重复“{_around(text, match)}”", match[0])


def _brackets(text: str, *, clippable: bool) -> Iterator[TextFault]:
    """Brackets without their other half; item numbers such as 1） and 一） need none."""
    waiting: list[tuple[int, str]] = []
    opened: Counter[str] = Counter()
    wide = text.translate(_WIDE)
    for match in _BRACKET.finditer(wide):
        at, mark = match.start(), match[0]
        if mark in _PAIRS:
            waiting.append((at, mark))
            opened[mark] += 1
        elif mark in _CLOSING:
            if opened[_CLOSING[mark]]:
                while waiting[-1][1] != _CLOSING[mark]:
                    opened[waiting[-1][1]] -= 1
                    yield _unpaired(text, *waiting.pop())
                opened[waiting.pop()[1]] -= 1
            elif not (mark == "）" and _ITEM_NUMBER.search(wide[max(0, at - _NEAR) : at])):
                phrase = text[max(0, at - 10) : at + 1]
                yield TextFault(f"{_name(_CLOSING[mark])}缺前一半：{phrase}", phrase)
    for at, mark in waiting:
        if not clippable or wide.rstrip().endswith(tuple(_ENDS)):
            yield _unpaired(text, at, mark)


def _unpaired(text: str, at: int, mark: str) -> TextFault:
    phrase = text[at : at + 12]
    return TextFault(f"{_name(mark)}缺后一半：{phrase}", phrase)


def _name(opening: str) -> str:
    return _NAMES.get(opening, "括号")


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 6) : match.end() + 4].strip()
