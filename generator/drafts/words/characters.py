"""Characters that look like others, or like nothing, as the ordinary ones that are meant.

PDFs converted to Word hold radicals instead of ideographs, pages copied from elsewhere hold
characters without width, input methods write full-width digits. They are the same words and
numbers to whoever reads them. Full-width punctuation is how Chinese is set and stays.
"""

from __future__ import annotations

import unicodedata
from importlib.resources import files

from generator.core.text.patterns import late_pattern

_WIDE_DIGIT = "０-９"
_WIDE_NUMBER = late_pattern(f"[{_WIDE_DIGIT}]+(?:[，．][{_WIDE_DIGIT}]+)+")
"""Separators between full-width digits are written full-width with them."""
_TO_NARROW = 0xFEE0
"""From ASCII to its full-width forms."""
_COMPATIBLE = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_UNSEEN = (
    *(range(0x09), range(0x0E, 0x1C), range(0x7F, 0x85), range(0x86, 0xA0)),  # controls
    *(range(0xAD, 0xAE), range(0x34F, 0x350), range(0x61C, 0x61D), range(0x180B, 0x1810)),
    *(range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070)),  # joiners, directions
    *(range(0xFE00, 0xFE10), range(0xFEFF, 0xFF00), range(0xFFF9, 0xFFFC)),  # variants, marks
    *(range(0xE0000, 0xE0080), range(0xE0100, 0xE01F0)),  # tags, variants
)


def _radicals() -> dict[int, str]:
    text = (files("generator.drafts.words") / "radicals.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {ord(radical): ideograph for radical, ideograph in pairs}


def _ordinary() -> dict[int, str]:
    """For every character that is not ordinary what stands for it; nothing for unseen ones."""
    letters = (*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1))
    ascii_ = (*letters, *range(ord("a"), ord("z") + 1))
    return {
        **{code + _TO_NARROW: chr(code) for code in ascii_},
        **{
            code: plain
            for codes in _COMPATIBLE
            for code in codes
            if (plain := unicodedata.normalize("NFC", chr(code))) != chr(code)
        },
        **_radicals(),
        **{code: "" for codes in _UNSEEN for code in codes},
    }


_ORDINARY = _ordinary()


def _class_of(codes: list[int]) -> str:
    """The codes as ranges of a regular expression."""
    starts = [code for code in codes if code - 1 not in _ORDINARY]
    ends = [code for code in codes if code + 1 not in _ORDINARY]
    return "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in zip(starts, ends, strict=True))


_ANY = late_pattern(f"[{_class_of(sorted(_ORDINARY))}]")
_UNSEEN_CODES = frozenset(code for code, plain in _ORDINARY.items() if not plain)


def ordinary(text: str) -> str:
    """A text in ordinary characters: as long as before, but for those that are not seen."""
    if text.isascii() and text.isprintable():
        return text
    if _ANY.search(text) is None:
        return text
    narrow = _WIDE_NUMBER.sub(lambda match: _narrowed(match[0]), text)
    return narrow.translate(_ORDINARY)


def _narrowed(number: str) -> str:
    return "".join(chr(ord(character) - _TO_NARROW) for character in number)


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing and takes no room."""
    return ord(character) in _UNSEEN_CODES
