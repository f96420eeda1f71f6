"""Finds what a template wrote in the file that it was written in."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import Location


def place_in_pack(written: str, folder: Path) -> Location:
    """The first place in the templates of a pack that says something; else the pack itself.

    Nothing is said nowhere.
    """
    if not written:
        return Location(folder)
    for file in sorted(folder.rglob("*.j2")):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # not read for this document either
            continue
        at = text.find(written)
        if at >= 0:
            return Location(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return Location(folder)
