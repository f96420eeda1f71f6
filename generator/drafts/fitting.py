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

from pydantic_core import PydanticCustomError

from generator.drafts.draft import Draft
from generator.drafts.signposts import heading_text
from generator.drafts.units import without_unit
from generator.drafts.wording import folded
from generator.load.yaml_tree import Tree, read_yaml
from generator.pack.complete import STATEMENTS, statement_files
from generator.pack.expressions import expression
from generator.pack.library import SETTINGS

if TYPE_CHECKING:
    from generator.pack.choice import Choice

_LONGEST = 60
"""Characters of a title or heading, the pieces of a wrapped one put together."""
_LINES = 3
"""A long title may wrap into as many lines."""
_NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(rf"第[{_NUMERALS}]+部分[:、]?|\(?[{_NUMERALS}\d]+[)、.,]")
_BEFORE, _AFTER = rf"(附?表[{_NUMERALS}\d]+:?)?", r"(\(?续表?\d*\)?)?"
"""What may stand around the title of a statement."""
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


def best_fits(draft: Draft, choices: Sequence[Choice]) -> list[Choice]:
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
    titles = (without_unit(text) for text in single | joined if len(text) <= _LONGEST)
    return Outlined(frozenset(titles), frozenset(map(_unnumbered, single)))


def fit(outlined: Outlined, folder: Path) -> Fit:
    """How much of the pack in a folder is found; nothing of what cannot be read."""
    return Fit(
        _found(_statements(folder), outlined.titles), _found(_headings(folder), outlined.headings)
    )


def _found(patterns: Iterable[re.Pattern[str]], texts: frozenset[str]) -> tuple[int, int]:
    """How many expressions there are that match a text, and how many there are."""
    matches = [any(map(each.fullmatch, texts)) for each in patterns]
    return sum(matches), len(matches)


def _statements(folder: Path) -> Iterator[re.Pattern[str]]:
    """An expression for the title of each statement of a pack."""
    below = _read(folder / SETTINGS).get("报表", STATEMENTS)
    for file in statement_files(folder, str(below))[0]:
        wordings = [folded(title) for title in _texts(_read(file).get("标题"))]
        yield re.compile(f"{_BEFORE}(?:{_any(map(_pattern, wordings))}){_AFTER}")


def _headings(folder: Path) -> Iterator[re.Pattern[str]]:
    """An expression for each heading that a pack declares, whatever its number."""
    waiting = [_read(folder / "outline.yaml").get("部分")]
    while waiting:
        for heading in _mappings(waiting.pop()):
            waiting.append(heading.get("节"))
            wordings = [_unnumbered(folded(title)) for title in _texts(heading.get("标题"))]
            also = [text for text in _texts(heading.get("又作")) if _is_expression(text)]
            yield re.compile(_any([*map(_pattern, wordings), *also]))


def _any(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{each})" for each in patterns) or "(?!)"


def _pattern(title: str) -> str:
    """An expression for a folded title, whatever is filled in."""
    wording = re.escape(title)
    for key, pattern in _FILLED.items():
        wording = wording.replace(re.escape(f"{{{key}}}"), pattern)
    return wording


def _unnumbered(text: str) -> str:
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def _is_expression(text: str) -> bool:
    """Whether a text is an expression that comes to an end."""
    try:
        return bool(expression(text))
    except PydanticCustomError:  # told when the pack is loaded
        return False


def _texts(data: Tree) -> list[str]:
    """A text, those of a list, or those of a mapping."""
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else [data]
    return [each for each in values if isinstance(each, str)]


def _read(file: Path) -> dict[str, Tree]:
    data = read_yaml(file).data
    return data if isinstance(data, dict) else {}


def _mappings(data: Tree) -> Iterable[dict[str, Tree]]:
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else ()
