"""Reads 概况 and 情况说明 of a disclosure into words, facts and last year's amounts.

What a sentence repeats from the statements is not read here: the import
composes the imported data and compares every sentence (``retelling.py``),
and only that uses up the lines of 一 to 十一.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.disclosure.base import NOTHING
from generator.drafts.draft import Line
from generator.drafts.outline import Outline
from generator.importing.class_totals import ClassTotal, ClassTotals
from generator.importing.explanation_entity import import_entity
from generator.importing.explanation_letters import import_notes
from generator.importing.reading import Reading
from generator.importing.section_text import SectionText, words
from generator.importing.unrounded import Sum, unrounded
from generator.pack.outline import Role
from generator.rounding import YUAN_PER_WAN

_NUMBER = r"\d+(?:\.\d+)?"
_CHANGE = re.compile(
    rf"(?P<now>{_NUMBER})万元(?:，其中：[^；]*?上年结转{_NUMBER}万元)?，?"
    rf"(?:(?P<same>与上年预算数相同)|"
    rf"(?:与上年相比预算数|比上年|比\d{{4}}年(?:预算)?)(?P<way>增加|减少)(?P<by>{_NUMBER})万元"
    rf"(?:，(?:增长|下降){_NUMBER}%)?(?:，(?:主要)?原因是(?P<reason>.+?))?)?[。；，]*"
)
_REPORTING = re.compile(r"预算单位(\d+)个，其中(\d+)个单位编报")
_CLASSES = re.compile(
    rf"二级项目\d+个，共计金额{_NUMBER}万元。其中：其他运转类项目(\d+)个，涉及金额({_NUMBER})万元；"
    rf"特定目标类项目(\d+)个，涉及金额({_NUMBER})万元。"
)
_PUBLISHED = re.compile(r"公开项目绩效目标(\d+)个")
_MANAGED = re.compile(r"二级项目(\d+)个")

_VEHICLES = "公务用车购置及运行费"
_OFFICIAL_ITEMS = (
    "因公出国（境）费",
    "公务接待费",
    _VEHICLES,
    "公务用车运行维护费",
    "公务用车购置费",
)
_LEAF_ITEMS = tuple(name for name in _OFFICIAL_ITEMS if name != _VEHICLES)
_COMPARED = (
    (Role.TOTALS, "预算收入总计", "收入总计", r"；本年(?:部门|单位)预算支出总计"),
    (Role.TOTALS, "预算支出总计", "支出总计", r"\Z"),
    (
        Role.GENERAL_BUDGET,
        "一般公共预算当年支出",
        "一般公共预算当年支出",
        r"（二）|\d{4}年度[^。]*主要用于",
    ),
    (Role.OPERATING_FUNDS, "机关运行经费财政拨款预算", "机关运行经费", r"\Z"),
)
"""Section, words before the amount, key in 上年预算数 and 变动原因, and what follows."""
_WITHOUT_REASON = "一般公共预算当年支出"
"""The data has no place for its reason."""

_PROCUREMENT_TOTAL = re.compile(rf"政府采购预算总额({_NUMBER})万元")
_PROCUREMENT = {
    name: re.compile(rf"政府采购{name}预算({_NUMBER})万元") for name in ("货物", "工程", "服务")
}
_VEHICLE_KINDS = (
    "领导用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "事业单位业务用车",
    "其他公务用车",
)
_NO_PROCUREMENT = re.compile(r"(?:无|没有)(?:安排)?政府采购(?:预算|支出|项目|情况)?[。；,，]")
_NO_VEHICLE = re.compile(r"实有0辆")
_ASSETS = {
    "公务用车编制数": re.compile(r"公务用车编制(\d+)辆"),
    "办公用房建筑面积": re.compile(rf"建筑总面积({_NUMBER})平方米"),
    "50万元以上通用设备": re.compile(r"50万元（原值）以上的通用设备(\d+)台"),
    "100万元以上通用设备": re.compile(r"100万元（原值）以上的通用设备(\d+)台"),
}


@dataclass(frozen=True, slots=True)
class _Change:
    """A printed amount against last year's, in 万元; ``prior`` unknown where not stated."""

    prior: Decimal | None
    reason: str | None
    place: int


@dataclass(slots=True)
class _Changes:
    """What has been read of 上年预算数 and 变动原因."""

    reading: Reading
    prior: dict[str, Any]
    reasons: dict[str, str]

    def note(self, key: str, change: _Change, text: SectionText) -> None:
        """Takes a change over; what the data cannot hold is a doubt."""
        spot = text.spot(change.place)
        if change.prior is not None and change.prior < 0:
            message = f"{key}：本年数减去增加额是负数（{change.prior}万元）"
            self.reading.doubt(("上年预算数",), message, spot)
        elif change.prior is not None:
            self.prior[key] = f"{change.prior * YUAN_PER_WAN:.0f}"
        if change.reason is not None:
            self.reason(key, change, text)

    def reason(self, key: str, change: _Change, text: SectionText) -> None:
        """Takes the reason of a change over."""
        if change.reason and key == _WITHOUT_REASON:
            message = f"{key}的原因“{change.reason}”，数据里没有地方填"
            self.reading.doubt(("变动原因",), message, text.spot(change.place))
        elif change.reason:
            self.reasons[key] = change.reason


def import_explanation(reading: Reading, outline: Outline) -> ClassTotals | None:
    """Fills the sections of words and facts; returns the totals of the two classes of projects."""
    import_entity(reading, outline)
    _changes(reading, outline)
    _procurement(reading, outline)
    _reporting(reading, outline)
    _assets(reading, outline)
    import_notes(reading, outline)
    return _class_totals(outline)


def text_of(lines: list[Line]) -> str:
    """The sentences of a section in one piece: punctuation evened, no thousands separators."""
    return SectionText(lines).folded


def published_projects(outline: Outline) -> tuple[int, int] | None:
    """How many projects 十 says are under goal management, and how many of them are published."""
    text = text_of(outline.about(Role.PERFORMANCE))
    managed, published = _MANAGED.search(text), _PUBLISHED.search(text)
    return (int(managed[1]), int(published[1])) if managed and published else None


def _changes(reading: Reading, outline: Outline) -> None:
    changes = _Changes(reading, {}, {})
    for section, lead, key, following in _COMPARED:
        text = SectionText(outline.about(section))
        change = _change_after(reading, text, lead, following)
        if change is not None:
            changes.note(key, change, text)
    _official_expenses(SectionText(outline.about(Role.OFFICIAL_EXPENSES)), changes)
    if changes.prior:
        reading.sections["上年预算数"] = changes.prior
    if changes.reasons:
        reading.sections["变动原因"] = changes.reasons


def _change_after(reading: Reading, text: SectionText, lead: str, following: str) -> _Change | None:
    """The change stated after some words: to what follows, else to the end of the sentence."""
    for match in re.finditer(re.escape(lead), text.folded):
        start = match.end()
        for pattern in (following, "。"):
            end = re.search(pattern, text.folded[start:])
            stop = start + end.start() if end else len(text.folded)
            change = _parse(reading, text, start, stop)
            if change is not None:
                return change
    return None


def _parse(reading: Reading, text: SectionText, start: int, stop: int) -> _Change | None:
    """The change in a part of the text; its reason in the words of the draft."""
    match = _CHANGE.fullmatch(text.folded, start, stop)
    if match is None:
        return None
    now = Decimal(match["now"])
    if match["same"]:
        return _Change(now, None, start)
    if not match["way"]:
        return _Change(None, None, start)
    by = Decimal(match["by"])
    reason = words(text.original(*match.span("reason")), reading.draft) if match["reason"] else None
    return _Change(now - by if match["way"] == "增加" else now + by, reason, start)


def _official_expenses(text: SectionText, changes: _Changes) -> None:
    """“三公”经费 and its items: each item's clause reaches to the next item."""
    head = re.search(r"[“”\"]三公[“”\"]经费预算(.*?)。?其中：", text.folded)
    if head is None:
        return
    sums: list[Sum] = []
    items: dict[str, Decimal] = {}
    total = _parse(changes.reading, text, *head.span(1))
    if total is not None:
        changes.reason("三公经费", total, text)
        sums += [(_LEAF_ITEMS, total.prior)] if total.prior is not None else []
    for name, start, stop in _items(text.folded, head.end()):
        change = _parse(changes.reading, text, start, stop)
        if change is None:
            continue
        changes.reason(name, change, text)
        if change.prior is not None and name == _VEHICLES:
            sums.append((_LEAF_ITEMS[-2:], change.prior))
        elif change.prior is not None:
            items[name] = change.prior
    if items:
        changes.prior["三公经费"] = _prior_items(items, sums, text, changes.reading)


def _prior_items(
    items: dict[str, Decimal], sums: list[Sum], text: SectionText, reading: Reading
) -> dict[str, str]:
    """Last year's items in 元, as far as they are not zero; one zero where all are."""
    leaves = {name: items.get(name, Decimal(0)) for name in _LEAF_ITEMS}
    amounts = unrounded(leaves, sums)
    if amounts is None or any(amount < 0 for amount in amounts.values()):
        reading.doubt(("上年预算数", "三公经费"), "各项与合计的增减额对不上", text.spot())
        amounts = {name: max(0, int(amount * YUAN_PER_WAN)) for name, amount in leaves.items()}
    return {name: str(amount) for name, amount in amounts.items() if amount} or {
        next(iter(items)): "0"
    }


def _items(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    names = "|".join(re.escape(name) for name in _OFFICIAL_ITEMS)
    starts = list(re.compile(rf"({names})(?={_NUMBER}万元)").finditer(text, start))
    for item, following in zip(starts, [*starts[1:], None], strict=True):
        yield item[1], item.end(), following.start() if following else len(text)


def _procurement(reading: Reading, outline: Outline) -> None:
    text = SectionText(outline.about(Role.PROCUREMENT))
    if _NO_PROCUREMENT.search(text.folded):
        reading.sections["政府采购"] = NOTHING
        return
    found = {name: pattern.search(text.folded) for name, pattern in _PROCUREMENT.items()}
    printed = {name: Decimal(match[1]) for name, match in found.items() if match}
    total = _PROCUREMENT_TOTAL.search(text.folded)
    sums = [(tuple(printed), Decimal(total[1]))] if total else []
    amounts = unrounded(printed, sums)
    if amounts is None:
        reading.doubt(("政府采购",), "各项之和与总额不符", text.spot())
        amounts = {name: int(amount * YUAN_PER_WAN) for name, amount in printed.items()}
    if amounts:  # what was not read is left out: 0 would say that there is none
        reading.sections["政府采购"] = {name: str(amount) for name, amount in amounts.items()}
    for name in (name for name, match in found.items() if match is None):
        reading.doubt(("政府采购",), f"没有读到政府采购{name}预算", text.spot())


def _reporting(reading: Reading, outline: Outline) -> None:
    reporting = _REPORTING.search(text_of(outline.about(Role.PERFORMANCE)))
    units = reading.sections["单位信息"].get("二级预算单位", [])
    if reporting and int(reporting[2]) != len(units):
        reading.sections["绩效管理"] = {"编报整体绩效目标单位数": reporting[2]}


def _assets(reading: Reading, outline: Outline) -> None:
    text = SectionText(outline.about(Role.ASSETS))
    assets: dict[str, Any] = {}
    for name, pattern in _ASSETS.items():
        match = pattern.search(text.folded)
        if match is None:
            reading.doubt(("国有资产",), f"没有读到{name}", text.spot())
        else:
            assets[name] = match[1]
    told = {
        kind: match[1]
        for kind in _VEHICLE_KINDS
        if (match := re.search(rf"{kind}(\d+)辆", text.folded))
    }
    held = {kind: number for kind, number in told.items() if int(number)}
    if told or _NO_VEHICLE.search(text.folded):
        assets["实有车辆"] = held or NOTHING
    else:
        reading.doubt(("国有资产",), "没有读到实有车辆", text.spot())
    if assets:
        reading.sections["国有资产"] = assets


def _class_totals(outline: Outline) -> ClassTotals | None:
    match = _CLASSES.search(text_of(outline.about(Role.PERFORMANCE)))
    if match is None:
        return None
    return ClassTotals(
        ClassTotal(int(match[1]), Decimal(match[2])), ClassTotal(int(match[3]), Decimal(match[4]))
    )
