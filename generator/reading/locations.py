"""Where something stands in a draft, as findings tell it."""

from __future__ import annotations

from pathlib import Path

from generator.core.findings import Location
from generator.drafts.draft import Spot


def place_at(file: Path, spot: Spot | None, words: str = "") -> Location:
    """A place in a draft: the line of a text, otherwise page or paragraph in words.

    A cell of a table that only a program could count its way to is told by its words alone.
    """
    if spot is None:
        return Location(file, spot=words)
    if spot.kind == "行":
        return Location(file, spot.number, spot=words)
    if spot.kind == "段":
        return Location(file, spot=words or str(spot), paragraph=spot.number)
    return Location(file, spot=" ".join(filter(None, (str(spot), words))))
