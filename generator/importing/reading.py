"""What an import has read so far: sections of the data format, doubts, and lines used up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.drafts.draft import Draft, Line, Spot

Path_ = tuple[str | int, ...]


class Doubt(Struct, frozen=True):
    """Something not read with certainty: where it goes in the data and where it was read.

    ``path`` leads to the value in :attr:`ImportResult.sections`; the YAML writer puts
    ``# 待核`` there with the message and the spot.
    """

    path: Path_
    message: str
    spot: Spot | None = None


class ImportResult(Struct):
    """The result of an import in the making.

    ``sections`` holds the data format: top-level Chinese keys, below them dicts,
    lists and strings; amounts in 元 as strings.
    """

    draft: Draft
    sections: dict[str, Any] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)
    """Lines that say nothing of their own: page numbers, marks, contents, repeated heads."""
    _used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, sections: Mapping[str, Any]) -> ImportResult:
        """Sections that were read from nowhere."""
        return cls(Draft(Path(), ()), dict(sections))

    def use(self, *lines: Line) -> None:
        """Marks lines as read: they are in the data, or rightly left out (heads, page numbers)."""
        self._used.update(line.serial for line in lines)

    def disuse(self, *lines: Line) -> None:
        """Marks lines as not read after all."""
        self._used.difference_update(line.serial for line in lines)

    def doubt(self, path: Iterable[str | int], message: str, spot: Spot | None = None) -> None:
        """Notes that a value is not certain."""
        self.doubts.append(Doubt(tuple(path), message, spot))

    def unread(self) -> list[Line]:
        """The lines that nothing has used, in reading order: they are reported, never dropped."""
        return [
            line for line in self.draft.lines() if line.serial not in self._used and _filled(line)
        ]


def not_told(section: str, item: str) -> str:
    """What is said of an item of a section that the text does not tell; a list may tell it."""
    return f"没有读到{section}的{item}"


def _filled(line: Line) -> bool:
    return bool(line.text.strip()) if hasattr(line, "text") else any(c.strip() for c in line.cells)
