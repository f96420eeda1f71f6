"""How texts of drafts are compared and put together again where a line wrapped."""

from __future__ import annotations

import unicodedata

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.characters import ordinary

_SPACE = late_pattern(r"\s+")
_BREAKS = late_pattern(r"[\t\r\n\v\f\xa0]+")
_MARKS = str.maketrans("“”‘’＂＇", "\"\"''\"'")
_LATIN = late_pattern(r"[A-Za-z]")


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


def rejoined(pieces: list[str]) -> str:
    """One text of the lines it was wrapped into: only between Latin letters is there a space."""
    text = ""
    for piece in pieces:
        if text and piece and _LATIN.match(text[-1]) and _LATIN.match(piece[0]):
            text += " "
        text += piece
    return text
