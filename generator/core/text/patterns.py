"""Regular expressions that are compiled when they are first used.

The rules hold hundreds; compiling all of them takes a sixth of a small check, and most are about
what a document does not have.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Stands for a compiled expression; has all that one has."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags
        self.pattern = text

    def __getattr__(self, name: str) -> Any:
        """What the expression has, kept here: the next time it is as quick as the expression's."""
        if name == "_compiled":
            compiled: Any = re.compile(*self._source)
        elif name.startswith("__"):
            raise AttributeError(name)
        else:
            compiled = getattr(self._compiled, name)
        self.__dict__[name] = compiled
        return compiled


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that costs nothing until it is used; for the methods of a pattern.

    That it is a sound one is found at its first use: what others write is compiled at once, by
    :func:`re.compile`.
    """
    return cast("re.Pattern[str]", _LatePattern(text, flags))
