"""Which pack a draft follows, told by the titles of statements and the headings in it.

Only an outline is compared, so that a draft costs little more with many packs than with one: its
lines are looked through once, and each pack says how much of its own it finds among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from pydantic import ValidationError

from generator.drafts.draft import Draft
from generator.drafts.parts.draft_format import DraftFormat
from generator.drafts.parts.signposts import heading_text
from generator.load.yaml.tree import Tree, read_yaml
from generator.pack.complete import STATEMENTS, statement_files
from generator.pack.library import SETTINGS
from generator.pack.outline import Outline

if TYPE_CHECKING:
    from generator.pack.choice import ChosenPack

_LONGEST = 60
"""Characters of a title or heading, the pieces of a wrapped one put together."""
_LINES = 3
"""A long title may wrap into as many lines."""


class Outlined(Struct, frozen=True):
    """What a draft says in folded lines that may be titles, and in those that may be headings."""

    titles: frozenset[str]
    headings: frozenset[str]


class Fit(Struct, frozen=True):
    """How much of a pack is found in a draft: statements and headings, found and declared."""

    statements: tuple[int, int]
    headings: tuple[int, int]

    @property
    def fits(self) -> bool:
        """Whether most of the statements or most of the headings are there."""
        return any(2 * found > declared for found, declared in (self.statements, self.headings))

    @property
    def rank(self) -> tuple[int, int]:
        """The most that is found counts, of equal numbers the least that is missing."""
        found = self.statements[0] + self.headings[0]
        return found, found - self.statements[1] - self.headings[1]


def best_fits(draft: Draft, choices: Sequence[ChosenPack]) -> list[ChosenPack]:
    """The packs that fit a draft best: none, one, or several that fit equally well."""
    outlined = outline_of(draft)
    fits = [(fit(outlined, choice.folder), choice) for choice in choices]
    most = max((each.rank for each, _ in fits if each.fits), default=None)
    return [choice for each, choice in fits if each.fits and each.rank == most]


def outline_of(draft: Draft) -> Outlined:
    """The lines of a draft that may be titles or headings; whatever they are in is one text."""
    texts = [text if len(text) <= _LONGEST else "" for text in map(heading_text, draft.lines())]
    single = {text for text in texts if text}
    joined = {
        "".join(texts[at : at + count])
        for at in range(len(texts))
        for count in range(2, _LINES + 1)
        if all(texts[at : at + count]) and "表" in texts[min(at + count, len(texts)) - 1]
    }
    titles = (text for text in single | joined if len(text) <= _LONGEST)
    return Outlined(frozenset(titles), frozenset(single))


def fit(outlined: Outlined, folder: Path) -> Fit:
    """How much of the pack in a folder is found; nothing of what cannot be read."""
    outline, titles = _outline(folder), list(_titles(folder))
    if outline is None:
        return Fit((0, 0), (0, 0))
    format_ = DraftFormat(outline, titles)
    statements = {number for text in outlined.titles if (number := format_.statement(text))}
    headings = {name for text in outlined.headings if (name := format_.heading(text))}
    declared = len({number for number, _ in titles})
    return Fit((len(statements), declared), (len(headings), len(outline.by_id)))


def _outline(folder: Path) -> Outline | None:
    try:
        return Outline.model_validate(_read(folder / "outline.yaml"))
    except ValidationError:  # told when the pack is loaded
        return None


def _titles(folder: Path) -> Iterator[tuple[str, str]]:
    """The statements of a pack, each by its file, with every title that it may have."""
    below = _read(folder / SETTINGS).get("报表", STATEMENTS)
    for file in statement_files(folder, str(below))[0]:
        yield from ((file.name, title) for title in _texts(_read(file).get("标题")))


def _texts(data: Tree) -> list[str]:
    """A text, or those of a mapping."""
    values = data.values() if isinstance(data, dict) else [data]
    return [value for value in values if isinstance(value, str)]


def _read(file: Path) -> dict[str, Tree]:
    data = read_yaml(file).data
    return data if isinstance(data, dict) else {}
