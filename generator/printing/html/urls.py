"""What an address leads to, as browsers read it: forgiving, and so with care."""

from __future__ import annotations

import re
from enum import Enum, auto

from generator.core.text.patterns import late_pattern

_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))  # anywhere in an address
_AROUND = "".join(map(chr, range(0x21)))  # control characters and blanks before and after it
_SCHEME = late_pattern(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
_LINKS = frozenset({"http", "https", "mailto", "tel"})


class Target(Enum):
    """What an address leads to."""

    PLACE = auto()
    """A place in the page itself."""
    PICTURE = auto()
    """A picture that the address holds (``data:image/…``)."""
    FILE = auto()
    """A file by a relative path: in a template, one of the pack."""
    LINK = auto()
    """Somewhere else, by a scheme that a reader may follow."""
    OUTSIDE = auto()
    """Somewhere else that nothing may lead to: another host, the disk, a script."""


def cleaned(url: str) -> str:
    """An address without what browsers drop, its backslashes as they take them."""
    return url.translate(_DROPPED).strip(_AROUND).replace("\\", "/")


def target(url: str) -> Target:
    """What an address leads to."""
    url = cleaned(url)
    if not url or url.startswith("#"):
        return Target.PLACE
    if url.startswith("/"):
        return Target.OUTSIDE
    by_scheme = _SCHEME.fullmatch(url)
    if by_scheme is None:
        return Target.FILE
    scheme, rest = by_scheme[1].lower(), by_scheme[2].lower()
    if scheme == "data" and rest.startswith("image/"):
        return Target.PICTURE
    return Target.LINK if scheme in _LINKS else Target.OUTSIDE
