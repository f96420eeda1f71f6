"""How texts of drafts are compared and put together again where a line wrapped."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.characters import ordinary

_SPACE = late_pattern(r"\s+")
_BREAKS = late_pattern(r"[\t\r\n\v\f\xa0]+")
_MARKS = str.maketrans("“”‘’＂＇", "\"\"''\"'")
_LATIN = late_pattern(r"[A-Za-z]")
_WIDE = r"[\u2014-\u2026\u3001-\u30ff\u4e00-\u9fff\uff01-\uff60]"
_SIGN = late_pattern(_WIDE)
_APART = late_pattern(rf"{_WIDE}|[!-~]+")
"""What a justified line has spaces around: a wide sign, a number."""
_BESIDE_SIGN = late_pattern(rf"(?<={_WIDE}) | (?={_WIDE})")
_FEWEST_APART = 3
"""Wide signs that make a stretched line; two may be a name set wide: 合 计."""


@memo(1 << 16)  # the same cells are looked at again and again
def squeezed(text: str) -> str:
    """Text for comparing: ordinary characters, no white space, width makes no difference."""
    return unicodedata.normalize("NFKC", ordinary(_SPACE.sub("", text)))


@memo(1 << 16)
def folded(text: str) -> str:
    """Text for comparing as :func:`squeezed`, quotes the same too."""
    return squeezed(text).translate(_MARKS)


def trimmed(text: str) -> str:
    """Text with each run of white space as it stands, but none at the ends; no line breaks."""
    return _BREAKS.sub(" ", text).strip()


def unstretched(line: str) -> str:
    """A line of running text without the spaces that a justified line has between its signs."""
    if "  " in line.strip():
        return line  # in columns
    found = []
    for apart, run in groupby(line.split(" "), lambda piece: bool(_APART.fullmatch(piece))):
        pieces = list(run)
        text = " ".join(pieces)
        stretched = apart and sum(map(bool, map(_SIGN.fullmatch, pieces))) >= _FEWEST_APART
        found.append(_BESIDE_SIGN.sub("", text) if stretched else text)
    return " ".join(found)


def rejoined(pieces: list[str]) -> str:
    """One text of the lines it was wrapped into: only between Latin letters is there a space."""
    text = ""
    for piece in pieces:
        if text and piece and _LATIN.match(text[-1]) and _LATIN.match(piece[0]):
            text += " "
        text += piece
    return text
