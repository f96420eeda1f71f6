"""Sections that a disclosure asks for and an import has not found: told, not left to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.load.section_files import FORMS
from generator.load.yaml.changes import is_blank
from generator.load.yaml.marks import FILL
from generator.model.disclosure import EntityKind
from generator.model.vocabulary import SaidSection, Vocabulary

_ALWAYS = ("概况", "收支", "三公经费", "国有资产")


def absent_sections(sections: Mapping[str, Any], words: Vocabulary) -> list[str]:
    """The names of the sections that are asked for and have nothing in them, in their order.

    Args:
        sections: what was read, in the data format.
        words: what the place's text speaks of, and which forms it has.
    """
    return [name for name in _asked(sections, words) if _is_nothing(sections.get(name))]


def _asked(sections: Mapping[str, Any], words: Vocabulary) -> Iterator[str]:
    yield from _ALWAYS
    if words.prior_amounts and is_blank(sections.get("上年数据")):
        yield "上年预算数"
    if SaidSection.PROCUREMENT in words.to_be_said:
        yield SaidSection.PROCUREMENT.value
    if SaidSection.SERVICES in words.to_be_said:
        yield "其他说明"
    if sections.get("项目") and words.forms.project is not None:
        yield FORMS
    entity = sections.get("单位信息") or {}
    if words.forms.overall is not None and entity.get("类型") == EntityKind.DEPARTMENT:
        yield "整体绩效目标表"


def _is_nothing(content: Any) -> bool:
    if isinstance(content, Mapping):
        return all(map(_is_nothing, content.values()))
    if isinstance(content, list):
        return all(map(_is_nothing, content))
    return is_blank(content) or content == FILL
