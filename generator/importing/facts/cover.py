"""Reads the cover as the pack prints it: who publishes, of which kind, for which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field

from generator.core.dates import read_date
from generator.core.records import replace
from generator.drafts.draft import Paragraph
from generator.drafts.parts.outline import DraftOutline
from generator.drafts.words.text import folded
from generator.drafts.words.units import table_line
from generator.importing.facts.specimen import NAME, Made, cover_of
from generator.importing.reading import Path_
from generator.importing.table_words import kind_by_titles
from generator.model.disclosure import Entity, EntityKind

_COVER = "封面"
_YEAR = "2099"
"""The year of a specimen's cover: it stands nowhere else there."""


class Cover(Struct, frozen=True):
    """What a cover says, and the free texts on it by their place in the data.

    ``kind`` is ``None`` if neither the cover nor a heading or title tells it.
    """

    name: str
    kind: EntityKind | None
    year: str
    texts: dict[Path_, str] = field(default_factory=dict)


def read_cover(outline: DraftOutline, made: Made) -> Cover | None:
    """The cover, if all of it is as the pack prints one of a department or of a unit.

    Of a cover that names neither, the headings and the titles of statements say which it is.
    """
    found = {kind: cover for kind in EntityKind if (cover := _as_printed(outline, made, kind))}
    if len(found) <= 1:
        return next(iter(found.values()), None)
    counts = {kind: _headings_as_printed(outline, cover) for kind, cover in found.items()}
    likely = [kind for kind, count in counts.items() if count == max(counts.values())]
    kind = likely[0] if len(likely) == 1 else None
    kind = kind or kind_by_titles(outline.statements, made.pack.statements)
    return found[kind] if kind else replace(found[EntityKind.DEPARTMENT], kind=None)


def _headings_as_printed(outline: DraftOutline, cover: Cover) -> int:
    """How many headings are as the pack prints them for this publisher."""
    entity = Entity(名称=cover.name, 类型=cover.kind, 年度=int(cover.year))
    printed = {
        folded(heading.filled(entity))
        for heading in outline.format.outline.walk()
        if heading.kind in (None, cover.kind)
    }
    return sum(folded(line.text) in printed for line in outline.headings)


def _as_printed(outline: DraftOutline, made: Made, kind: EntityKind) -> Cover | None:
    specimen = cover_of(made, kind, _YEAR)
    if specimen is None:
        return None
    printed = "".join(folded(passage.text) for passage in specimen.section(_COVER))
    slots = specimen.slots_in(printed)
    lines = _without_date(outline, made)
    characters = [(sign, line, at) for line, sign, at in _characters(lines)]
    text = "".join(sign for sign, _, _ in characters)
    match = re.fullmatch(_pattern(printed, [at for at, _ in slots]), text)
    if match is None or not printed:
        return None

    def words(group: str) -> str:
        run = characters[slice(*match.span(group))]
        (_, first, start), (_, last, end) = run[0], run[-1]
        texts = [line.text for line in lines[first : last + 1]]
        texts[-1] = texts[-1][: end + 1]
        return "".join([texts[0][start:], *texts[1:]]).strip()

    read = {path: words(f"t{number}") for number, (_, path) in enumerate(slots)}
    name = read.pop(NAME, "")
    return Cover(name, kind, match["year"], read) if name else None


def _without_date(outline: DraftOutline, made: Made) -> list[Paragraph]:
    """The lines of the cover but for a date as the pack prints it, if it says how."""
    pattern = made.pack.settings.date
    return [line for line in outline.cover if not (pattern and date_in_line(line.text, pattern))]


def date_in_line(text: str, pattern: str) -> date | None:
    """The day that a line is, or that follows its label: 公开日期：2026.02.10."""
    return read_date(text, pattern) or read_date(table_line(text).date, pattern)


def _characters(lines: Sequence[Paragraph]) -> list[tuple[int, str, int]]:
    """The folded characters of the cover: line, character, and where it stands in the line."""
    return [
        (number, sign, at)
        for number, line in enumerate(lines)
        for at, written in enumerate(line.text)
        for sign in folded(written)
    ]


def _pattern(printed: str, slots: list[int]) -> str:
    """The text of a cover as an expression, with a group for each free text and the year."""
    pieces, start = [], 0
    for number, at in enumerate(slots):
        pieces += [re.escape(printed[start:at]), rf"(?P<t{number}>.{{1,60}}?)"]
        start = at + 1
    pattern = "".join([*pieces, re.escape(printed[start:])])
    return pattern.replace(_YEAR, r"(?P<year>20\d\d)", 1).replace(_YEAR, r"(?P=year)")
