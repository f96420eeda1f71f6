"""Places as readers of a report, and programs, find them."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import Finding, Location
from generator.reports.excerpts import harmless_excerpt

_WHOLE = "全文"
"""The place of what concerns no part of a document more than another."""


def where(place: Location | None, target: Path) -> str:
    """A place, its file told from the target on; nothing if it only repeats the target."""
    if place is None or (place.file == target and not place.line):
        return harmless_excerpt(place.spot) if place else ""
    inside = place.file.is_relative_to(target) and place.file != target
    file = place.file.relative_to(target) if inside else Path(place.file.name)
    return harmless_excerpt(str(Location(file, place.line, place.column, place.spot)))


def place_of_finding(finding: Finding, target: Path) -> str:
    """Where a finding is, which every one has: a place, a part of the document, or all of it."""
    return where(finding.place, target) or harmless_excerpt(finding.group) or _WHOLE


def target_name(target: Path | str) -> str:
    """What was looked at, as a report that travels calls it: never the folders of a computer."""
    path = Path(target)
    return harmless_excerpt(path.name if path.is_absolute() or ".." in path.parts else str(target))


def place_json(place: Location | None) -> dict[str, object] | None:
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
