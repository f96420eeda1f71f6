"""What the tests of the codes share: the register of reproducers, and reading what was told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

_REPORT = re.compile(
    r"^(?:错误|警告|提示) (?P<code>[EWN]\d{3})(?:  (?P<place>.*))?\n"
    r"    原因：(?P<message>.*)\n"
    r"    办法：(?P<remedy>.*)$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Report:
    """A finding as the command shows it; the file of the place by its name alone."""

    code: str
    place: str | None
    message: str
    remedy: str

    @property
    def in_chinese(self) -> bool:
        """Whether cause and remedy are Chinese, with no English of a library in the cause."""
        chinese = all(re.search("[一-鿿]", text) for text in (self.message, self.remedy))
        return chinese and not re.search("[A-Za-z]+ [a-z]+ [a-z]+", self.message)


def reports_in(text: str) -> list[Report]:
    """The findings in what the command printed."""
    return [
        Report(
            match["code"],
            Path(match["place"]).name if match["place"] else None,
            match["message"],
            match["remedy"],
        )
        for match in _REPORT.finditer(text)
    ]


S = TypeVar("S")
P = TypeVar("P", bound="str | None")


@dataclass(frozen=True)
class Case(Generic[S]):
    """A reproducer and words that its cause or remedy must contain."""

    reproduce: Callable[[S], str | None]
    says: str


class Registry(Generic[S]):
    """Reproducers by code; used as a decorator. ``S`` is the sandbox that they break."""

    def __init__(self) -> None:
        self.cases: defaultdict[str, list[Case[S]]] = defaultdict(list)

    def __call__(
        self, code: str, *, says: str = ""
    ) -> Callable[[Callable[[S], P]], Callable[[S], P]]:
        def register(reproducer: Callable[[S], P]) -> Callable[[S], P]:
            self.cases[code].append(Case(reproducer, says))
            return reproducer

        return register
