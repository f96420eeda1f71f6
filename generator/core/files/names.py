"""Names of files made from names of people's: safe on every system, and to be seen whole."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from generator.core.text.patterns import late_pattern

LONGEST = 200
"""Bytes of a name without its extension; 255 is what file systems allow for all of it."""

_SEPARATING = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_RESERVED = late_pattern(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE
)
"""Names of devices on Windows, with any extension."""
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Characters that are letters or marks by their category and show nothing."""
_VARIANTS = late_pattern("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def file_name(stem: str) -> str:
    """A name that stays inside its folder whatever the entity is called.

    What cannot be seen goes: control characters, bidi signs, characters without width. What
    separates paths or is forbidden on Windows becomes ``_``. It begins with no hyphen and no dot,
    which commands and systems would take for something else. A name that is too long ends in a
    digest of the whole, so that two of them stay different.
    """
    seen = "".join(_shown(each) for each in unicodedata.normalize("NFC", stem))
    name = " ".join(_VARIANTS.sub("", seen).translate(_SEPARATING).split(" "))
    name = name.lstrip("-. ~").rstrip(". ") or "_"
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\v\f":
        return " "
    return "" if category.startswith("C") or character in _BLANK else character


def _shortened(name: str) -> str:
    content = name.encode()
    if len(content) <= LONGEST:
        return name
    digest = hashlib.sha256(content).hexdigest()[:8]
    kept = content[: LONGEST - len(digest) - 1].decode(errors="ignore")
    return f"{kept.rstrip('. ')}_{digest}"
