"""Texts for office files, which are XML: without what XML and Excel refuse."""

from __future__ import annotations

import unicodedata

_REFUSED = ("Cc", "Cs", "Cn")
"""Categories of control characters, surrogates and noncharacters."""


def xml_text(text: str) -> str:
    """A text without the characters that no office file may hold; line breaks stay."""
    return "".join(
        each for each in text if each == "\n" or unicodedata.category(each) not in _REFUSED
    )
