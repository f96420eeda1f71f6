"""Finds a section again that lost its heading and stands at the end of the one before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.compare.side import Side
from generator.compare.text.differences import Wording
from generator.core.records import replace
from generator.reading.document import Passage

_MOST = 0.5
"""So much of a section must stand in another one to be that section."""


def with_sections_of(side: Side, other: Side, names: Collection[str], wording: Wording) -> Side:
    """A side with the sections that it has under another heading and the other side has apart.

    ``names`` are those of the sections that are compared.
    """
    sections = dict(side.sections)
    for name in [each for each in names if each in other.sections and each not in sections]:
        for holder, passages in sections.items():
            if holder in names and holder in other.sections:
                own = _keys(other.sections[holder], wording)
                start = _start(passages, other.sections[name], own, wording)
                if start is not None:
                    sections[holder], sections[name] = passages[:start], passages[start:]
                    break
    return replace(side, sections=sections)


def _keys(passages: Sequence[Passage], wording: Wording) -> list[str]:
    return wording.keys([passage.text for passage in passages], [])[0]


def _start(
    passages: Sequence[Passage], wanted: Sequence[Passage], own: Sequence[str], wording: Wording
) -> int | None:
    """Where a section begins within the passages of another one, whose ``own`` come first."""
    keys, lost = _keys(passages, wording), _keys(wanted, wording)
    found = [number for number, key in enumerate(keys) if key in lost and key not in own]
    if len(found) < _MOST * len(lost):
        return None
    start = found[0]
    # what precedes it may be its first lines, changed
    ahead = lost.index(keys[start])
    while ahead and start > 1 and keys[start - 1] not in own:
        start, ahead = start - 1, ahead - 1
    return start
