"""Which pack a draft follows, told by the titles of statements and the headings in it.

Only an outline is compared, so that a draft costs little more with many packs than with one: its
lines are looked through once, and each pack says how much of its own it finds among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.drafts.draft import Draft
from generator.drafts.signposts import Titles, heading_text
from generator.drafts.wording import folded
from generator.load.yaml_tree import Tree, read_yaml
from generator.pack.complete import STATEMENTS, statement_files
from generator.pack.library import SETTINGS

if TYPE_CHECKING:
    from generator.pack.choice import Choice

_LONGEST = 60
"""Characters of a title or heading, the pieces of a wrapped one put together."""
_LINES = 3
"""A long title may wrap into as many lines."""
_NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(rf"第[{_NUMERALS}]+部分[:、]?|\(?[{_NUMERALS}\d]+[)、.,]")
_FILLED = {"年度": r"\d{4}", "类型": "(部门|单位)", "名称": ".*"}


@dataclass(frozen=True, slots=True)
class Outlined:
    """What a draft says in titles and headings: folded texts, and headings without numbers."""

    titles: frozenset[str]
    headings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
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


def best_fit(draft: Draft, choices: Sequence[Choice]) -> Choice:
    """The pack that fits a draft best; the first if none does, or if several fit equally well."""
    outlined = outline_of(draft)
    fits = [(fit(outlined, choice.folder), choice) for choice in choices]
    most = max((each.rank for each, _ in fits if each.fits), default=None)
    best = [choice for each, choice in fits if each.fits and each.rank == most]
    return best[0] if len(best) == 1 else choices[0]


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
    titles = single | {text for text in joined if len(text) <= _LONGEST}
    return Outlined(frozenset(titles), frozenset(map(_unnumbered, single)))


def fit(outlined: Outlined, folder: Path) -> Fit:
    """How much of the pack in a folder is found; nothing of what cannot be read."""
    known = Titles(_titles(folder))
    numbers = {number for text in outlined.titles if (number := known.number(text))}
    patterns = list(_headings(folder))
    found = sum(any(map(each.fullmatch, outlined.headings)) for each in patterns)
    return Fit((len(numbers), len(list(_titles(folder)))), (found, len(patterns)))


def _titles(folder: Path) -> Iterator[tuple[str, str]]:
    """Number and title of each statement of a pack."""
    settings = _read(folder / SETTINGS).get("报表", STATEMENTS)
    for file in statement_files(folder, str(settings))[0]:
        statement = _read(file)
        number, title = statement.get("表号"), statement.get("标题")
        if isinstance(number, str) and isinstance(title, str):
            yield number, title


def _headings(folder: Path) -> Iterator[re.Pattern[str]]:
    """An expression for each heading that a pack declares, whatever its number."""
    waiting = [_read(folder / "outline.yaml").get("部分")]
    while waiting:
        for heading in _mappings(waiting.pop()):
            waiting.append(heading.get("节"))
            title, also = heading.get("标题"), heading.get("又作")
            titles = title.values() if isinstance(title, dict) else [title]
            wordings = [_wording(each) for each in titles if isinstance(each, str)]
            wordings += [each for each in also or () if isinstance(each, str)]
            yield re.compile("|".join(f"(?:{each})" for each in wordings))


def _wording(title: str) -> str:
    wording = re.escape(_unnumbered(folded(title)))
    for key, pattern in _FILLED.items():
        wording = wording.replace(re.escape(f"{{{key}}}"), pattern)
    return wording


def _unnumbered(text: str) -> str:
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def _read(file: Path) -> dict[str, Tree]:
    data = read_yaml(file).data
    return data if isinstance(data, dict) else {}


def _mappings(data: Tree) -> Iterable[dict[str, Tree]]:
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else ()
