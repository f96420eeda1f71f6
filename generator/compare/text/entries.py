"""Tells an entry that the contents lack from one whose heading the document lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compare.difference import DifferenceKind, PairedText
from generator.compare.side import Side
from generator.compare.text.differences import Wording
from generator.core.text.patterns import late_pattern

_NUMBER = late_pattern(r"^表[一二三四五六七八九十]+")


def without_lost_headings(
    entries: Iterable[PairedText], ours: Side, theirs: Side, wording: Wording
) -> Iterator[PairedText]:
    """The entries of the contents, but those that went with their headings.

    That a section or statement is missing is one difference; that the contents do not list it
    then is no other one.
    """
    for entry in entries:
        kinds = [each.kind for each in entry.found]
        if kinds == [DifferenceKind.MISSING] and not _has(theirs, entry.found[0].ours, wording):
            continue
        if kinds == [DifferenceKind.ADDED] and not _has(ours, entry.found[0].theirs, wording):
            continue
        yield entry


def _has(side: Side, entry: str, wording: Wording) -> bool:
    """Whether the heading of an entry stands in a document."""
    titles = (sheet.title for sheet in side.sheets.values())
    keys, others = wording.keys([entry, _NUMBER.sub("", entry)], [*side.said, *titles])
    return bool(set(keys) & set(others))
