"""Facts that only the text tells: procurement, assets, goals, operating funds, notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec import Struct

from generator.compute.ledger.entries import Book
from generator.core.dates import dates_of
from generator.core.numbers.format import TEN_THOUSANDS
from generator.core.numbers.rounding import half_up
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import DraftOutline
from generator.importing.amounts.unrounded import unrounded, yuan_exact
from generator.importing.class_totals import ClassTotal, ClassTotals
from generator.importing.facts.changes import Ways, import_changes, told_amount
from generator.importing.facts.specimen import (
    LastYear,
    Made,
    Specimen,
    with_last_year,
    without_last_year,
)
from generator.importing.facts.told import HeldSections, ToldNumber
from generator.importing.reading import ImportResult, not_told
from generator.importing.section_text import words
from generator.model.base import NOTHING
from generator.pack.outline import Role
from generator.pack.pack import Pack

_PROCUREMENT, _ASSETS, _VEHICLES = "政府采购", "国有资产", "实有车辆"
_TOTAL = "总额"
_NONE = late_pattern("无|没有")
_SOME = late_pattern(r"[1-9]")


class GoalCounts(Struct, frozen=True):
    """What the text says of projects under goal management: their classes, and how many are public.

    ``classes``, ``managed`` and ``published`` are ``None`` if it does not say; ``classes_stated``
    is whether documents of the place do.
    """

    classes: ClassTotals | None = None
    classes_stated: bool = True
    managed: int | None = None
    published: int | None = None


def import_facts(reading: ImportResult, outline: DraftOutline, made: Made) -> GoalCounts:
    """Fills the sections that only the text tells; returns what it says of goals.

    If the pack's sentences cannot be made, nothing is read: then the comparison of the texts
    cannot be made either, and says so.
    """
    base = without_last_year(made)
    if base is None:
        return GoalCounts()
    plan = made.pack.outline
    sections = [*plan.composed, *plan.all_of(Role.OTHER_NOTES)]
    other = with_last_year(made, base, LastYear.LESS)
    same = with_last_year(made, base, LastYear.SAME)
    told = HeldSections(outline, other or base, sections)
    if other and same:
        more = partial(with_last_year, made, base, LastYear.MORE)
        import_changes(reading, told, HeldSections(outline, same, sections), Ways(other, more))
    first: dict[str, ToldNumber] = {}
    for number in told.numbers():
        first.setdefault(number.address, number)
    _procurement(reading, outline, first, base)
    _assets(reading, outline, first, base)
    _operating_funds(reading, first, made.pack)
    _reporting(reading, first)
    _own(reading, first, told, made.pack)
    _notes(reading, told, plan.of(Role.OTHER_NOTES))
    return _goals(first, made.pack, base)


def _procurement(
    reading: ImportResult, outline: DraftOutline, told: Mapping[str, ToldNumber], base: Specimen
) -> None:
    if reading.sections.get(_PROCUREMENT):
        return  # a table has it; whether the text says the same is seen when they are compared
    text = _text(outline, Role.PROCUREMENT)
    if _NONE.search(text) and not _SOME.search(re.sub(r"\d{4}年", "", text)):
        reading.sections[_PROCUREMENT] = NOTHING
        return
    names = [name for name in _asked(_PROCUREMENT, base) if name != _TOTAL]
    money = base.pack.settings.numbers.money
    printed = {
        name: told_amount(each, money)
        for name in names
        if (each := told.get(f"{_PROCUREMENT}/{name}"))
    }
    total = told.get(f"{_PROCUREMENT}/{_TOTAL}")
    sums = [(tuple(printed), told_amount(total, money))] if total else []
    amounts = unrounded(printed, sums, money)
    if amounts is None:
        spot = total.spot if total else None
        reading.doubt((_PROCUREMENT,), "各项之和与总额不符", spot)
        amounts = {name: amount * money.unit.yuan for name, amount in printed.items()}
    if amounts:  # what was not read is left out: 0 would say that there is none
        reading.sections[_PROCUREMENT] = {
            name: yuan_exact(amount) for name, amount in amounts.items()
        }
    _doubt_missing(reading, outline, Role.PROCUREMENT, [n for n in names if n not in printed])


def _assets(
    reading: ImportResult, outline: DraftOutline, told: Mapping[str, ToldNumber], base: Specimen
) -> None:
    asked = _asked(_ASSETS, base)
    kinds = [name for name in asked if name.startswith(f"{_VEHICLES}/")]
    single = [name for name in asked if name != _VEHICLES and name not in kinds]
    assets: dict[str, Any] = {
        name: f"{each.number.value:f}" for name in single if (each := told.get(f"{_ASSETS}/{name}"))
    }
    missing = [name for name in single if name not in assets]
    text = _text(outline, Role.ASSETS)
    days = base.pack.vocabulary.asset_days
    stated = [day for _, day in dates_of(text, base.pack.settings.date_pattern)]
    told_days = [f"{day.month}月{day.day}日" for day in stated if day]
    if told_days and told_days[0] in days[1:]:
        assets["截止日期"] = told_days[0]
    held = {
        kind.removeprefix(f"{_VEHICLES}/"): each.number.value
        for kind in kinds
        if (each := told.get(f"{_ASSETS}/{kind}"))
    }
    total = told.get(f"{_ASSETS}/{_VEHICLES}")
    if held or (total and not total.number.value):
        some = {kind: f"{number:f}" for kind, number in held.items() if number}
        assets[_VEHICLES] = some or NOTHING
    elif _VEHICLES in asked:
        missing.append(_VEHICLES)
    if assets:
        reading.sections[_ASSETS] = assets
    _doubt_missing(reading, outline, Role.ASSETS, missing)


def _text(outline: DraftOutline, role: Role) -> str:
    """What the paragraphs of a section say; its tables are not text."""
    return "".join(getattr(line, "text", "") for line in outline.about(role))


def _asked(section: str, base: Specimen) -> list[str]:
    """The facts of a section of the data that the pack's sentences speak of."""
    return list(
        dict.fromkeys(
            mention.address.removeprefix(f"{section}/")
            for name in base.pack.outline.composed
            for passage in base.section(name)
            for mention in passage.mentions
            if mention.address.startswith(f"{section}/")
        )
    )


def _doubt_missing(
    reading: ImportResult, outline: DraftOutline, role: Role, names: Sequence[str]
) -> None:
    lines = outline.about(role)
    for name in names:
        spot = lines[0].spot if lines else None
        reading.doubt((role.value,), not_told(role.value, name), spot)


def _operating_funds(reading: ImportResult, told: Mapping[str, ToldNumber], pack: Pack) -> None:
    """机关运行经费 of a place that states it in the text alone: one amount, the publisher's."""
    section = Book.OPERATING_FUNDS.value
    if section in reading.sections:
        return
    totals, money = pack.settings.totals.items(), pack.settings.numbers.money
    addresses = [address for address, each in totals if each.book is Book.OPERATING_FUNDS]
    for address in addresses:
        stated = told.get(address)
        if stated and (amount := told_amount(stated, money)):
            entity = reading.sections.get("单位信息", {})
            name = next(iter(entity.get("二级预算单位", ())), entity.get("名称", ""))
            message = f"原文只写了总数，都记在“{name}”；有几个单位的，分开写"
            reading.doubt((section, 0), message, stated.spot)
            amounts = {pack.vocabulary.general: yuan_exact(amount * money.unit.yuan)}
            reading.sections[section] = [{"单位": name, "金额": amounts}]
            return


def _own(
    reading: ImportResult, numbers: Mapping[str, ToldNumber], told: HeldSections, pack: Pack
) -> None:
    """The place's own facts, and what the text says of the uses of single subjects."""
    for number in pack.vocabulary.own_numbers:
        if stated := numbers.get(f"补充/{number.name}"):
            value = stated.number.value
            if number.unit == "元":
                money = pack.settings.numbers.money
                value = told_amount(stated, money) * money.unit.yuan
            own = reading.sections.setdefault("补充数字", {})
            own[number.name] = f"{value.normalize():f}"
    for path, each_text in told.texts.items():
        text = words(each_text.words, reading.draft)
        if path[0] == "补充文字":
            reading.sections.setdefault("补充文字", {})[path[1]] = text
        elif path[-1] == "用途":
            reading.sections[str(path[0])][path[1]]["用途"] = text


def _reporting(reading: ImportResult, told: Mapping[str, ToldNumber]) -> None:
    stated = told.get("绩效管理/编报单位数")
    units = reading.sections.get("单位信息", {}).get("二级预算单位", [])
    if stated and stated.number.value != len(units):
        reading.sections["绩效管理"] = {"编报整体绩效目标单位数": stated.number.text}


def _notes(reading: ImportResult, told: HeldSections, section_of_notes: str) -> None:
    """其他说明; in its section, the lines of the pack's own words are used up."""
    notes: dict[str, str] = {}
    for path, each in told.texts.items():
        if path[0] == "其他说明":
            notes[str(path[1])] = words(each.words, reading.draft)
            reading.use(*each.lines)
    if notes:
        reading.sections["其他说明"] = notes
    if alignment := told.alignments.get(section_of_notes):
        for pair in alignment.pairs:
            reading.use(told.line(section_of_notes, pair.draft.start))


def _goals(told: Mapping[str, ToldNumber], pack: Pack, base: Specimen) -> GoalCounts:
    managed, published = (told.get(f"绩效/{scope}/合计/个数") for scope in ("纳入", "公开"))
    asked = _asked("绩效", base)
    return GoalCounts(
        _class_totals(told, pack),
        any(f"纳入/{name}/个数" in asked for name in _classes(pack)),
        int(managed.number.value) if managed else None,
        int(published.number.value) if published else None,
    )


def _class_totals(told: Mapping[str, ToldNumber], pack: Pack) -> ClassTotals | None:
    if len(pack.vocabulary.project_classes.names) != len(ClassTotals._fields):
        return None
    found = [_class_total(told, name) for name in _classes(pack)]
    return ClassTotals(*(each for each in found if each)) if all(found) else None


def _classes(pack: Pack) -> list[str]:
    """The classes of projects, the usual one last."""
    classes = pack.vocabulary.project_classes
    return [*(name for name in classes.names if name != classes.usual), classes.usual]


def _in_wan(told: ToldNumber) -> Decimal:
    """An amount in 万元 as most tables print it."""
    return half_up(told_amount(told, TEN_THOUSANDS))


def _class_total(told: Mapping[str, ToldNumber], name: str) -> ClassTotal | None:
    count, amount = (told.get(f"绩效/纳入/{name}/{what}") for what in ("个数", "金额"))
    return ClassTotal(int(count.number.value), _in_wan(amount)) if count and amount else None
