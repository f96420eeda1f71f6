"""The lines of files that findings point at, ready to be shown to people."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from msgspec import Struct, field

from generator.core.files.plain import read_plain
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.load.personal_data import masked

_READABLE = {".yaml", ".yml", ".txt"}
_LARGEST = 64 * 1024 * 1024
"""Bytes of a file of which lines are shown."""
_WIDTH = 60
"""How many characters of a line are shown."""
_BEFORE = 12
"""How many of them stand before the place, where the line is longer."""

_END = late_pattern(r"\s#")
_END_IN_FLOW = late_pattern(r"[,}\]]|\s#")


class Excerpt(Struct, frozen=True):
    """A line of a file.

    Attributes:
        at: the index in ``text`` of what is meant, -1 for the whole line.
        end: where it ends, at the end of the text at the latest.
    """

    line: int
    text: str
    at: int
    end: int


class FileLines(Struct):
    """Reads each file once."""

    _lines: dict[Path, list[str]] = field(default_factory=dict)

    def excerpt(self, place: Location | None) -> Excerpt | None:
        """The line at a place; ``None`` if there is no line, or the file is no text."""
        if place is None or not place.line or place.file.suffix.lower() not in _READABLE:
            return None
        lines = self._read(place.file)
        if place.line > len(lines):
            return None
        line = lines[place.line - 1].rstrip()
        at = min(place.column - 1, len(line))
        start = max(0, at - _BEFORE) if len(line) > _WIDTH else 0
        text = "…" * (start > 0) + line[start : start + _WIDTH]
        text += "…" * (start + _WIDTH < len(line))
        shift = (start > 0) - start
        end = len(harmless_excerpt(text[: max(0, _end_of_value(line, max(at, 0)) + shift)]))
        at = len(harmless_excerpt(text[: at + shift])) if at >= 0 else -1
        return Excerpt(place.line, harmless_excerpt(text), at, end)

    def _read(self, file: Path) -> list[str]:
        if file not in self._lines:
            try:
                text = read_plain(file, _LARGEST).decode("utf-8-sig", errors="replace")
            except OSError:  # gone since it was loaded
                text = ""
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._lines[file] = text.split("\n")
        return self._lines[file]


def _end_of_value(line: str, at: int) -> int:
    """Where what stands at an index of a line of YAML ends; in plain text, the line."""
    if line[at : at + 1] in ('"', "'"):
        closing = line.find(line[at], at + 1)
        return closing + 1 if closing > 0 else len(line)
    before = line[:at]
    in_flow = sum(map(before.count, "{[")) > sum(map(before.count, "}]"))
    found = (_END_IN_FLOW if in_flow else _END).search(line, at)
    return len(line[: found.start()].rstrip()) if found else len(line)


def harmless_excerpt(text: str) -> str:
    """A text for showing: control characters made visible, personal numbers shortened.

    A draft may hold escape sequences, and a report must not spread what should be deleted.
    """
    shown = "".join(
        "�" if unicodedata.category(each).startswith("C") and each != "\n" else each
        for each in text.replace("\t", " ")
    )
    return masked(shown)
