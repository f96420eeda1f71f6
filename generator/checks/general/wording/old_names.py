"""Names of subjects in sentences that 政府收支分类科目 had once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.checks.general.tables.former_names import FORMER

_AS_SUBJECT = r"(?=支出|\s*[（(][类款项]|\s*[-—－”\"’」]|\s*$)"
"""What follows a name that stands for a subject: 行政事业单位离退休（款）, not …离退休人员."""
_LONG = 8
"""Shorter names are words of prose too: then nothing stands before them."""


class OldName(Struct, frozen=True):
    """A name that is no more: what it is called now, and in which year's catalogue that began."""

    old: str
    present: str
    since: int

    def stands_in(self, text: str) -> bool:
        """Whether a text names the subject so."""
        before = "" if len(self.old) >= _LONG else r"(?<![一-鿿])"
        after = "" if self.old.endswith("支出") and not before else _AS_SUBJECT
        return re.search(before + re.escape(self.old) + after, text) is not None


OLD_NAMES = tuple(OldName(old, new.name, new.since) for old, new in FORMER.items())


def old_names_in(text: str, year: int) -> Iterator[OldName]:
    """The names in a text that are no more in a year's catalogue."""
    for name in OLD_NAMES:
        if name.since <= year and name.old in text and name.stands_in(text):
            yield name
