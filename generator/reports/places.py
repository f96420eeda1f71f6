"""Places as readers of a report, and programs, find them."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import Place
from generator.reports.excerpts import harmless


def where(place: Place | None, target: Path) -> str:
    """A place, its file told from the target on; nothing where it only repeats the target."""
    if place is None or (place.file == target and not place.line):
        return harmless(place.spot) if place else ""
    inside = place.file.is_relative_to(target) and place.file != target
    file = place.file.relative_to(target) if inside else Path(place.file.name)
    return harmless(str(Place(file, place.line, place.column, place.spot)))


def place_json(place: Place | None) -> dict[str, object] | None:
    """A place for programs; line and column count from 1 and are null where unknown."""
    if place is None:
        return None
    return {
        "file": str(place.file),
        "line": place.line or None,
        "column": place.column or None,
        "spot": place.spot,
        "paragraph": place.paragraph or None,
    }
