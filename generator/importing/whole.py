"""Imports what was given, one file or several, with the lists of amounts among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.compute.ledger.entries import Book
from generator.drafts.draft import Draft
from generator.importing.flat_list.assets import fill_assets
from generator.importing.flat_list.columns import ColumnMap
from generator.importing.flat_list.ledger import ReadList
from generator.importing.flat_list.listing import FlatList
from generator.importing.flat_list.planned_assets import fill_planned, is_planned
from generator.importing.flat_list.procurement import KINDS
from generator.importing.flat_list.run import Lists, import_lists, tell_above, without_copies
from generator.importing.reading import Doubt, ImportResult
from generator.importing.run import import_document
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

FROM_LISTS = ("收支", "基本支出经济科目", "项目", "三公经费")
_PROJECTS = "项目"
_LISTS = "清单"
_MONEY = ("收支", _PROJECTS)
_BOOKS = frozenset(book.value for book in Book)
_PROCUREMENT = "政府采购"
_HALF_STEP = 50
"""元: what an amount in 万元 with two decimals may be off."""
_ABSENT = "没有读到"
_WORDS = ("科目", "名称", "单位", "类别", "部门经济科目", "政府经济科目")
"""Keys in the sections whose values are no amounts."""


class WholeImport(Struct, frozen=True):
    """An import, what it was recognised as, and what was read of lists if there were any."""

    reading: ImportResult
    recognised: str
    lists: ReadList | None = None


def import_inputs(
    draft: Draft,
    pack: Pack,
    catalogue: Catalogue,
    notes: Sequence[str] = (),
    listed: tuple[Lists, ColumnMap] | None = None,
    assets: Sequence[tuple[Path, FlatList]] = (),
) -> WholeImport:
    """Imports a draft, and lists whose columns were confirmed.

    Args:
        draft: everything but the lists; without blocks if there is nothing else.
        pack: the pack of the place.
        catalogue: the names of subjects.
        notes: what was noticed when several files were put together.
        listed: the lists, and what their columns are used as.
        assets: lists of assets, each with its file.

    Raises:
        UnusableInputError: E764 where nothing becomes data.
    """
    whole = _import(draft, pack, catalogue, listed, only_lists=not draft.blocks and bool(assets))
    tell_above(whole.reading, [listing for _, listing in assets])
    lists = without_copies(whole.reading, assets)
    if held := [each for each in lists if not is_planned(each)]:
        fill_assets(whole.reading, held, pack.vocabulary)
    if planned := [each for each in lists if is_planned(each)]:
        fill_planned(whole.reading, planned, pack.vocabulary)
    _note(whole.reading, notes)
    return whole


def _import(
    draft: Draft,
    pack: Pack,
    catalogue: Catalogue,
    listed: tuple[Lists, ColumnMap] | None,
    *,
    only_lists: bool,
) -> WholeImport:
    if listed is None and only_lists:
        return _of_lists_alone(ImportResult(draft), pack, None)
    if listed is None:
        imported = import_document(draft, pack, catalogue)
        return WholeImport(imported.reading, str(imported.recognition))
    found: list[ReadList] = []
    procured: list[Any] = []

    def fill(reading: ImportResult) -> None:
        doubts = _leave_to_lists(reading)
        before = {name: reading.sections.pop(name, None) for name in FROM_LISTS}
        found.append(import_lists(reading, *listed, pack, catalogue))
        _keep(reading, before, doubts)
        _compare(reading, before)
        procured.append(reading.sections.get(_PROCUREMENT))

    if draft.blocks:
        imported = import_document(draft, pack, catalogue, fill)
        _compare_procurement(imported.reading, *procured)
        return WholeImport(imported.reading, str(imported.recognition), found[0])
    reading = ImportResult(draft)
    fill(reading)
    return _of_lists_alone(reading, pack, found[0])


def _of_lists_alone(reading: ImportResult, pack: Pack, lists: ReadList | None) -> WholeImport:
    reading.sections["概况"] = {"职责": ["待填"]}
    reading.doubt(("概况",), "清单里没有职责、机构设置和别的文字")
    return WholeImport(reading, f"格式：明细清单，按{pack.format}写成数据", lists)


def _note(reading: ImportResult, notes: Sequence[str]) -> None:
    for note in notes:
        reading.doubt(("核对",), note)


def _leave_to_lists(reading: ImportResult) -> list[Doubt]:
    """Takes back the doubts about statements that the lists stand for, and gives them."""
    left = [
        doubt
        for doubt in reading.doubts
        if doubt.path[0] in _BOOKS
        and (doubt.path[0] in FROM_LISTS or doubt.message.startswith(_ABSENT))
    ]
    reading.doubts = [doubt for doubt in reading.doubts if doubt not in left]
    return left


def _keep(reading: ImportResult, before: Mapping[str, Any], doubts: Sequence[Doubt]) -> None:
    """Keeps what statements gave and the lists have nothing for, with the doubts about it."""
    absent = [name for name in FROM_LISTS if name not in reading.sections]
    if not set(_MONEY) <= set(absent):  # the same money stands in one of both
        if _PROJECTS in absent:
            _tell_left_out(reading, before.get(_PROJECTS) or ())
        absent = [name for name in absent if name not in _MONEY]
    for name in absent:
        if not before.get(name):
            continue
        reading.sections[name] = before[name]
        reading.doubts += [doubt for doubt in doubts if doubt.path[0] == name]
        reading.doubt((name,), "清单里没有，用的是报表的")


def _tell_left_out(reading: ImportResult, units: Sequence[Mapping[str, Any]]) -> None:
    """Says that projects of statements are not in the data: lists have their money otherwise."""
    projects = [project for unit in units for project in unit["项目"]]
    if not projects:
        return
    total = sum(_amounts(projects), Decimal(0))
    message = (
        f"报表有 {len(projects)} 个项目，合计 {total:,.2f} 元，没有写：清单里没有项目。"
        "补上清单的“项目名称”、“支出类别”两列，或把项目的金额从“收支”移到“项目”"
    )
    reading.doubt((_LISTS,), message)  # there is no section of projects to stand in


def _compare(reading: ImportResult, before: Mapping[str, Any]) -> None:
    """Says if the statements that were given as well sum up to something else than the lists."""
    if before.get("收支") and reading.sections.get("收支") is not before["收支"]:
        printed = sum(_amounts(before["收支"]), Decimal(0))  # those of projects are among them
        own = (sum(_amounts(reading.sections.get(name)), Decimal(0)) for name in _MONEY)
        _compare_sums(reading, "收支", "支出", printed, sum(own, Decimal(0)))
    for name in FROM_LISTS:
        listed = reading.sections.get(name)
        if name == "收支" or not before.get(name) or not listed or listed is before[name]:
            continue
        sums = (sum(_amounts(each), Decimal(0)) for each in (before[name], listed))
        _compare_sums(reading, name, f"“{name}”", *sums)


def _compare_procurement(reading: ImportResult, listed: Any) -> None:
    """Says if the text has something else of procurement than the lists: its words are used."""
    told = reading.sections.get(_PROCUREMENT)
    if listed is None or told is None:
        return
    both = [content if isinstance(content, Mapping) else {} for content in (told, listed)]
    pairs = [[Decimal(each.get(kind, "0")) for each in both] for kind in KINDS]
    if all(abs(one - other) <= _HALF_STEP for one, other in pairs):
        return
    sums = [f"{sum(each, Decimal(0)):,.2f} 元" for each in zip(*pairs, strict=True)]
    message = f"文字里的政府采购合计 {sums[0]}，清单标明的 {sums[1]}，用的是文字的"
    reading.doubt((_PROCUREMENT,), message)


def _compare_sums(
    reading: ImportResult, section: str, what: str, printed: Decimal, listed: Decimal
) -> None:
    if abs(printed - listed) >= 1:
        message = f"报表的{what}合计 {printed:,.2f} 元，清单 {listed:,.2f} 元，用的是清单"
        reading.doubt((section,), message)


def _amounts(content: Any) -> Iterator[Decimal]:
    """The amounts in a section; codes and names are none."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if key in _WORDS:
                continue
            yield from _amounts(value)
    elif isinstance(content, list):
        for each in content:
            yield from _amounts(each)
    elif isinstance(content, str):
        try:
            yield Decimal(content)
        except InvalidOperation:
            return
