"""Problems as values: what is wrong, where, and what to do about it.

Loading, building and printing return findings, all of them, instead of
stopping at the first. The codes are declared in :mod:`generator.codes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.codes import CODES


class Severity(StrEnum):
    """How grave a finding is. Errors stop a build; warnings are printed."""

    ERROR = "错误"
    WARNING = "警告"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1, 0 where unknown."""

    file: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else str(self.file)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: its code, its cause, its place and the remedy, in Chinese."""

    code: str
    message: str
    remedy: str
    place: Place | None = None

    @property
    def severity(self) -> Severity:
        """The severity, told by the first letter of the code (E or W)."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    @property
    def title(self) -> str:
        """The short name of the code."""
        return CODES[self.code].title


class UnusableInputError(Exception):
    """Raised where no output can be made; carries every finding, never only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{f.code} {f.message}" for f in self.findings))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(f.severity is Severity.ERROR for f in findings)
