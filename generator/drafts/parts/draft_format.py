"""How the documents of a place look to a reader of drafts: the pack's titles and headings.

All expressions read folded text (:func:`generator.drafts.words.text.folded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.compute.statements.definition import titles_of
from generator.core.dates import USUAL_DATE
from generator.core.memo import Same, memo
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.form_labels import form_labels
from generator.drafts.parts.signposts import TEXTS
from generator.drafts.words.numbering import NUMERALS
from generator.drafts.words.text import folded
from generator.drafts.words.units import without_unit
from generator.pack.forms import NO_FORMS, Forms
from generator.pack.outline import ORDINAL, Heading, Outline, unnumbered
from generator.pack.pack import Pack

_LONGEST = 40
"""The most characters of a heading whose wording the pack leaves open."""
_PLACEHOLDERS = {"年度": r"\d{4}", "类型": "(部门|单位)", "名称": ".*"}
_OPTIONAL_YEAR = r"(?:\d{4}年度?)?"
_CONTINUED = r"(\(?续表?\d*\)?)?"


class DraftFormat:
    """What tells the parts of one place's documents apart.

    Attributes:
        outline: the parts and sections of the pack.
        forms: the labels of its performance forms.
        date: how it prints dates.
    """

    def __init__(
        self,
        outline: Outline,
        titles: Iterable[tuple[str, str]],
        forms: Forms = NO_FORMS,
        date: str = USUAL_DATE,
    ) -> None:
        self.outline = outline
        self.date = date
        self.forms = form_labels(forms)
        self._titles = [(number, _title_pattern(title)) for number, title in titles]
        self._parts = [
            (part.id, _heading_pattern(part, numbered=part.leads_on)) for part in outline.parts
        ]
        self._sections = [
            (heading.id, _heading_pattern(heading, numbered=False))
            for part in outline.parts
            for heading in part.below()
        ]
        self.statement = memo(TEXTS)(self._statement)
        """The number of the statement that a title opens, or ``""``."""
        self.part = memo(TEXTS)(self._part)
        """The name of the part that a heading opens, or ``""``."""
        self.sections = memo(TEXTS)(self._sections_of)
        """The names of the sections whose heading a text can be."""

    def section(self, text: str) -> str:
        """The name of the section that a heading opens, or ``""``."""
        return next(iter(self.sections(text)), "")

    def heading(self, text: str) -> str:
        """The name of the part or section that a heading opens, or ``""``."""
        return self.part(text) or self.section(text)

    def _statement(self, text: str) -> str:
        bare = without_unit(text)  # a title may end with the unit of its table
        found = (number for number, title in self._titles if title.fullmatch(bare))
        return next(found, "")

    def _part(self, text: str) -> str:
        return next(_matching(text, self._parts), "")

    def _sections_of(self, text: str) -> tuple[str, ...]:
        return tuple(_matching(text, self._sections))


def format_of(pack: Pack) -> DraftFormat:
    """The format of a pack's documents."""
    return _format_of(Same(pack))


@memo(16)
def _format_of(pack: Same[Pack]) -> DraftFormat:
    titles = tuple(titles_of(pack.it.statements))
    return _format(pack.it.outline, titles, pack.it.forms, pack.it.settings.date_pattern)


@memo(16)
def _format(
    outline: Outline, titles: tuple[tuple[str, str], ...], forms: Forms, date: str
) -> DraftFormat:
    return DraftFormat(outline, titles, forms, date)


def _matching(text: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[str]:
    if "。" not in text:
        yield from (name for name, pattern in patterns if pattern.fullmatch(text))


def _heading_pattern(heading: Heading, *, numbered: bool) -> re.Pattern[str]:
    """A heading, whatever its number, which it may have lost if it need not be numbered."""
    titles = [folded(title) for title in heading.titles]
    wordings = [_open(unnumbered(title)) for title in titles]
    wordings += [rf"(?=.{{1,{_LONGEST}}}$)(?:{wording})" for wording in heading.also]
    found = {_ordinal(match[0]) for title in titles if (match := ORDINAL.match(title))}
    ordinals = "|".join(sorted(found))
    number = f"(?:{ordinals}){'' if numbered else '?'}" if ordinals else ""
    return late_pattern(f"{number}(?:{'|'.join(wordings)})")


def _ordinal(ordinal: str) -> str:
    """Any number of the kind that a folded title begins with: 第几部分, 第几节, (一), 一、."""
    if ordinal.startswith("第"):
        level = "节" if "节" in ordinal else "(?:部分|[章篇])"
        return rf"第[{NUMERALS}\d]+{level}[:、]?"
    return rf"\([{NUMERALS}\d]+\)" if ordinal.startswith("(") else rf"[{NUMERALS}\d]+[、.,]"


def _title_pattern(title: str) -> re.Pattern[str]:
    """A title, with any year; where the pack prints none before it, one may stand there."""
    wording = re.sub(r"^\\d\{4\}|^\d{4}", r"\\d{4}", _open(folded(title)))
    if not wording.startswith(r"\d{4}"):
        wording = _OPTIONAL_YEAR + wording
    return late_pattern(rf"(附?表[{NUMERALS}\d]+:?)?{wording}{_CONTINUED}")


def _open(title: str) -> str:
    """A folded title as an expression, whatever year, kind and name it has."""
    wording = re.escape(title)
    for placeholder, pattern in _PLACEHOLDERS.items():
        wording = wording.replace(re.escape(f"{{{placeholder}}}"), pattern)
    return wording
