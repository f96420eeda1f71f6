"""Reads 概况 and 情况说明 of a disclosure into words, facts and last year's amounts.

What a sentence repeats from the statements is not read here: the import
composes the imported data and compares every sentence (``compare.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.drafts.draft import Line, Row
from generator.drafts.outline import Outline
from generator.importing.class_totals import ClassTotal, ClassTotals
from generator.importing.form_text import even
from generator.importing.reading import Reading
from generator.rounding import YUAN_PER_WAN

_NUMBER = r"(\d+(?:\.\d+)?)"
_CHANGE = re.compile(
    rf"^(?P<now>{_NUMBER})万元，?(?:(?P<same>与上年预算数相同)|"
    rf"(?:与上年相比预算数|比上年|比\d{{4}}年(?:预算)?)(?P<way>增加|减少)(?P<by>{_NUMBER})万元"
    rf"(?:，(?:增长|下降){_NUMBER}%)?(?:，(?:主要)?原因是(?P<reason>.+?))?)?[。；，]*$"
)
_TITLE = re.compile(r"^(\d{4})年度(部门|单位)预算公开$")
_UNITS = re.compile(r"部门预算由(.+)等\d+个二级预算单位的预算组成。$")
_REPORTING = re.compile(r"预算单位(\d+)个，其中(\d+)个单位编报")
_CLASSES = re.compile(
    rf"二级项目\d+个，共计金额{_NUMBER}万元。其中：其他运转类项目(\d+)个，涉及金额{_NUMBER}万元；"
    rf"特定目标类项目(\d+)个，涉及金额{_NUMBER}万元。"
)
_PUBLISHED = re.compile(r"公开项目绩效目标(\d+)个")
_MANAGED = re.compile(r"二级项目(\d+)个")
_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")

_OFFICIAL_ITEMS = (
    "因公出国（境）费",
    "公务接待费",
    "公务用车购置及运行费",
    "公务用车运行维护费",
    "公务用车购置费",
)
_LEAF_ITEMS = frozenset(_OFFICIAL_ITEMS) - {"公务用车购置及运行费"}
_COMPARED = (
    ("一", "预算收入总计", "收入总计"),
    ("一", "预算支出总计", "支出总计"),
    ("五", "一般公共预算当年支出", "一般公共预算当年支出"),
    ("八", "机关运行经费财政拨款预算", "机关运行经费"),
)
"""Section, words before the amount, and the key in 上年预算数 and 变动原因."""

_PROCUREMENT = {
    name: re.compile(rf"政府采购{name}预算{_NUMBER}万元") for name in ("货物", "工程", "服务")
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
_ASSETS = {
    "公务用车编制数": re.compile(r"公务用车编制(\d+)辆"),
    "办公用房建筑面积": re.compile(rf"建筑总面积{_NUMBER}平方米"),
    "50万元以上通用设备": re.compile(r"50万元（原值）以上的通用设备(\d+)台"),
    "100万元以上通用设备": re.compile(r"100万元（原值）以上的通用设备(\d+)台"),
}


@dataclass(frozen=True, slots=True)
class _Change:
    """A printed amount against last year's: amounts in 万元; ``prior`` unknown where not stated."""

    prior: Decimal | None
    reason: str | None


def import_explanation(reading: Reading, outline: Outline) -> ClassTotals | None:
    """Fills the sections of words and facts; returns the totals of the two classes of projects."""
    for lines in outline.sections.values():
        reading.use(*lines)
    reading.use(*outline.letters)
    _entity(reading, outline)
    _changes(reading, outline)
    _procurement(reading, outline)
    _assets(reading, outline)
    _notes(reading, outline)
    return _class_totals(outline)


def text_of(lines: list[Line]) -> str:
    """The sentences of a section in one piece: punctuation evened, no thousands separators."""
    text = "".join(even(_line_text(line)) for line in lines)
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", text).replace(" ", "")


def published_projects(outline: Outline) -> tuple[int, int] | None:
    """How many projects 十 says are under goal management, and how many of them are published."""
    text = text_of(outline.sections.get("十", []))
    managed, published = _MANAGED.search(text), _PUBLISHED.search(text)
    return (int(managed[1]), int(published[1])) if managed and published else None


def _line_text(line: Line) -> str:
    return " ".join(line.cells) if isinstance(line, Row) else line.text


def _texts(lines: list[Line]) -> list[str]:
    return [text for line in lines if (text := even(_line_text(line)))]


def _entity(reading: Reading, outline: Outline) -> None:
    cover = [even(line.text) for line in outline.cover]
    title = next((match for line in cover if (match := _TITLE.match(line))), None)
    entity: dict[str, Any] = {"名称": cover[0] if cover else ""}
    if title is None:
        spot = outline.cover[0].spot if outline.cover else None
        reading.doubt(("单位信息",), "封面上没有读到“年度部门/单位预算公开”", spot)
    else:
        entity |= {"类型": title[2], "年度": title[1]}
    overview: dict[str, Any] = {"职责": _texts(outline.sections.get("职责", []))}
    organisation = _texts(outline.sections.get("机构设置", []))
    units = _UNITS.search(organisation[0]) if len(organisation) == 1 else None
    if units is not None:
        entity["二级预算单位"] = units[1].split("、")
    elif organisation:
        overview["机构设置"] = organisation
    reading.sections["单位信息"] = entity
    reading.sections["概况"] = overview


def _changes(reading: Reading, outline: Outline) -> None:
    prior: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for section, words, key in _COMPARED:
        text = text_of(outline.sections.get(section, []))
        change = _change_after(text, words)
        if change is not None:
            _note(prior, reasons, key, change)
    _official_expenses(text_of(outline.sections.get("七", [])), prior, reasons)
    if prior:
        reading.sections["上年预算数"] = prior
    if reasons:
        reading.sections["变动原因"] = reasons


def _change_after(text: str, words: str) -> _Change | None:
    """Reads the change stated after some words, up to the end of the clause."""
    for match in re.finditer(re.escape(words), text):
        clause = re.split(r"；本年|。；|。", text[match.end() :], maxsplit=1)[0]
        # 本年收入…，上年结转… stand between amount and change
        clause = re.sub(rf"^({_NUMBER}万元)，其中：[^；]*?上年结转{_NUMBER}万元", r"\1", clause)
        change = _parse(clause)
        if change is not None:
            return change
    return None


def _parse(clause: str) -> _Change | None:
    match = _CHANGE.match(clause)
    if match is None:
        return None
    now = Decimal(match["now"])
    if match["same"]:
        return _Change(now, None)
    if not match["way"]:
        return _Change(None, None)
    by = Decimal(match["by"])
    return _Change(now - by if match["way"] == "增加" else now + by, match["reason"])


def _note(prior: dict[str, Any], reasons: dict[str, str], key: str, change: _Change) -> None:
    if change.prior is not None:
        prior[key] = f"{change.prior * YUAN_PER_WAN:.0f}"
    if change.reason is not None:
        reasons[key] = change.reason


def _official_expenses(text: str, prior: dict[str, Any], reasons: dict[str, str]) -> None:
    """“三公”经费 and its items: each item's clause reaches to the next item."""
    head = re.search(r"“三公”经费预算(.*?)。?其中：", text)
    if head is None:
        return
    total = _parse(head[1])
    if total is not None and total.reason is not None:
        reasons["三公经费"] = total.reason
    items: dict[str, str] = {}
    for name, clause in _items(text[head.end() :]):
        change = _parse(clause)
        if change is None:
            continue
        if change.reason is not None:
            reasons[name] = change.reason
        if change.prior is not None and name in _LEAF_ITEMS:
            items[name] = f"{change.prior * YUAN_PER_WAN:.0f}"
    if items:
        prior["三公经费"] = {name: amount for name, amount in items.items() if amount != "0"}
        if not prior["三公经费"]:
            prior["三公经费"] = {next(iter(items)): "0"}


def _items(text: str) -> Iterator[tuple[str, str]]:
    names = "|".join(re.escape(name) for name in _OFFICIAL_ITEMS)
    starts = list(re.finditer(rf"({names})(?={_NUMBER}万元)", text))
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        yield start[1], text[start.end() : following.start() if following else len(text)]


def _procurement(reading: Reading, outline: Outline) -> None:
    text = text_of(outline.sections.get("九", []))
    found = {name: pattern.search(text) for name, pattern in _PROCUREMENT.items()}
    reading.sections["政府采购"] = {
        name: f"{Decimal(match[1]) * YUAN_PER_WAN:.0f}" for name, match in found.items() if match
    }
    for name in (name for name, match in found.items() if match is None):
        reading.doubt(("政府采购",), f"没有读到政府采购{name}预算")
    reporting = _REPORTING.search(text_of(outline.sections.get("十", [])))
    if reporting and reporting[1] != reporting[2]:
        reading.sections["绩效管理"] = {"编报整体绩效目标单位数": reporting[2]}


def _assets(reading: Reading, outline: Outline) -> None:
    text = text_of(outline.sections.get("十一", []))
    assets: dict[str, Any] = {}
    for name, pattern in _ASSETS.items():
        match = pattern.search(text)
        if match is None:
            reading.doubt(("国有资产",), f"没有读到{name}")
        else:
            assets[name] = match[1]
    held = {
        kind: match[1]
        for kind in _VEHICLE_KINDS
        if (match := re.search(rf"{kind}(\d+)辆", text)) and match[1] != "0"
    }
    if held:
        assets["实有车辆"] = held
    reading.sections["国有资产"] = assets


def _notes(reading: Reading, outline: Outline) -> None:
    """十二、其他说明: a paragraph under each heading; what follows is an untitled statement."""
    texts = _texts(outline.sections.get("十二", []))
    headings = [i for i, text in enumerate(texts) if re.match(r"（[一二]）", text)]
    notes: dict[str, str] = {}
    rest: list[str] = []
    for key, start, end in zip(
        ("政府购买服务指导性目录", "其他"), headings, [*headings[1:], len(texts)], strict=False
    ):
        paragraphs = texts[start + 1 : end]
        notes |= {key: paragraphs[0]} if paragraphs else {}
        rest += paragraphs[1:]
    reading.sections["其他说明"] = notes
    letters: list[dict[str, Any]] = [{"正文": rest}] if rest else []
    letters += _letter([even(line.text) for line in outline.letters])
    if letters:
        reading.sections["附件"] = letters


def _letter(texts: list[str]) -> list[dict[str, Any]]:
    if not texts:
        return []
    letter: dict[str, Any] = {"标题": texts.pop(0)}
    if texts and texts[0].endswith("："):
        letter["主送"] = texts.pop(0).removesuffix("：")
    ending: dict[str, Any] = {}
    if len(texts) > 1 and _DATE.match(texts[-1]):
        ending["日期"] = texts.pop()
        ending = {"落款": texts.pop()} | ending
    return [letter | {"正文": texts} | ending]


def _class_totals(outline: Outline) -> ClassTotals | None:
    match = _CLASSES.search(text_of(outline.sections.get("十", [])))
    if match is None:
        return None
    return ClassTotals(
        ClassTotal(int(match[2]), Decimal(match[3])), ClassTotal(int(match[4]), Decimal(match[5]))
    )
