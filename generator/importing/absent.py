"""Sections that a disclosure asks for and an import has not found: told, not left to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.compose.review.unsaid import ASSETS, asked
from generator.compute.ledger.entries import Book
from generator.load.section_files import FORMS
from generator.load.yaml.changes import is_blank, value_at
from generator.load.yaml.marks import FILL
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack

_ALWAYS = ("概况", "收支", "三公经费")
_BASIC = (("当年预算", "基本支出"), ("当年预算", "人员经费"))
_Path = tuple[str, ...]


def absent_sections(sections: Mapping[str, Any], pack: Pack) -> list[str]:
    """The names of the sections that are asked for and have nothing in them, in their order.

    Args:
        sections: what was read, in the data format.
        pack: what the place's text speaks of, and which forms and statements it has.
    """
    paths = _asked(sections, pack)
    return ["/".join(path) for path in paths if _is_nothing(value_at(sections, path))]


def _asked(sections: Mapping[str, Any], pack: Pack) -> Iterator[_Path]:
    words = pack.vocabulary
    said = asked(words)
    yield from ((name,) for name in _ALWAYS)
    if _prints(pack, Book.ECONOMIC) and _has_basic(sections.get("收支"), words.general):
        yield (Book.ECONOMIC.value,)
    yield from (path for path in said if path == ASSETS)
    if words.prior_amounts and is_blank(sections.get("上年数据")):
        yield ("上年预算数",)
    yield from (path for path in said if path != ASSETS)
    if sections.get("项目") and words.forms.project is not None:
        yield (FORMS,)
    entity = sections.get("单位信息") or {}
    if words.forms.overall is not None and entity.get("类型") == EntityKind.DEPARTMENT:
        yield ("整体绩效目标表",)


def _prints(pack: Pack, book: Book) -> bool:
    return any(
        (block.book or statement.book) is book
        for statement in pack.statements
        for block in statement.blocks
    )


def _has_basic(subjects: Any, general: str) -> bool:
    """Whether there is basic expenditure whose economic subjects are printed."""
    found = (value_at(line, path) for line in subjects or () for path in _BASIC)
    return any(isinstance(amounts, Mapping) and general in amounts for amounts in found)


def _is_nothing(content: Any) -> bool:
    if isinstance(content, Mapping):
        return all(map(_is_nothing, content.values()))
    if isinstance(content, list):
        return all(map(_is_nothing, content))
    return is_blank(content) or content == FILL
