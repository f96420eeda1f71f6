"""The words around the tables of a pack: titles that tell who publishes, and notes of no data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.compute.statements.definition import StatementDefinition
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import StatementDraft
from generator.drafts.words.text import folded
from generator.drafts.words.units import without_unit
from generator.model.disclosure import EntityKind

_NUMBER = r"(附?表[一二三四五六七八九十\d]+:?)?"
_NO_DATA = late_pattern(r"[^。;]{0,60}本表(无数据|没有数据|为空表?)。?")
_NOTE = late_pattern(r"^注:|。$")


def kind_by_titles(
    drafts: Mapping[str, StatementDraft], definitions: Iterable[StatementDefinition]
) -> EntityKind | None:
    """Whose titles the tables have, if those of departments and of units differ."""
    told = dict.fromkeys(EntityKind, 0)
    for definition in definitions:
        draft = drafts.get(definition.number)
        matching = [kind for kind in EntityKind if draft and _has_title(draft, definition, kind)]
        for kind in matching if len(matching) == 1 else ():
            told[kind] += 1
    first, second = sorted(told, key=lambda kind: told[kind], reverse=True)
    return first if told[first] > told[second] else None


def _has_title(draft: StatementDraft, definition: StatementDefinition, kind: EntityKind) -> bool:
    pattern = re.escape(folded(definition.title_of(kind)))
    for placeholder, words in (("年度", r"\d{4}"), ("类型", kind.value), ("名称", ".*")):
        pattern = pattern.replace(re.escape(f"{{{placeholder}}}"), words)
    return re.fullmatch(_NUMBER + pattern, folded(without_unit(draft.title))) is not None


def says_no_data(text: str, note: str) -> bool:
    """Whether a line below a table says that it holds no data.

    Args:
        text: the line.
        note: what the pack prints below such a table, its placeholders filled.
    """
    words = folded(text)
    return bool(_NO_DATA.fullmatch(words)) or _NOTE.sub("", words) == _NOTE.sub("", folded(note))
