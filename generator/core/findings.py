"""Problems as values: what is wrong, where, and what to do about it.

Loading, building and printing return findings, all of them, instead of
stopping at the first. The codes are declared in :mod:`generator.core.codes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct


class Severity(StrEnum):
    """How grave a finding is. Errors stop a build; warnings and notes are printed."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


class Location(Struct, frozen=True, order=True):
    """A place in a file; line and column count from 1, 0 if unknown.

    ``spot`` says in words what no line number can: the page of a PDF, the cell of a table.
    ``paragraph`` counts the paragraphs and table rows of a Word file or web page, for programs.
    """

    file: Path
    line: int = 0
    column: int = 0
    spot: str = ""
    paragraph: int = 0

    def __str__(self) -> str:
        steps = (self.line, self.column) if self.column else (self.line,) if self.line else ()
        where = ":".join([str(self.file), *map(str, steps)])
        return f"{where}（{self.spot}）" if self.spot else where


class Finding(Struct, frozen=True):
    """One problem: its code, its cause, its place and the remedy, in Chinese.

    Attributes:
        group: the part of the document it belongs to, a statement, a section or a form.
        subjects: what it is about, as addresses; an acceptance names one of them.
        excerpt: the line of the file or the cell as printed, to be shown.
        also: the other places of the same cause.
        effects: what else does not hold because of it, a sentence each; the message names some.
    """

    code: str
    message: str
    remedy: str
    place: Location | None = None
    group: str = ""
    subjects: tuple[str, ...] = ()
    excerpt: str = ""
    also: tuple[Location, ...] = ()
    effects: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity, told by the first letter of the code (E, W or N)."""
        return _SEVERITIES[self.code[0]]


class UnusableInputError(Exception):
    """Raised where no output can be made; carries every finding, never only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.code} {f.message}" for f in self.findings))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(f.severity is Severity.ERROR for f in findings)
