"""Faults in sentences, and of their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

from generator.core.records import replace
from generator.drafts.draft import Paragraph
from tests.general_faults.view import Fault, Group, Mutator, Planted, View, number
from tests.mutations import NO_REFERENCE, other_digit, within_rounding

Beyond = Callable[[View, str, "re.Match[str]"], str]
"""Why nothing in the document contradicts a fault, by the text and what is replaced in it."""


def _findable(*_: object) -> str:
    return ""


def _replaced(
    name: str,
    group: Group,
    pattern: str,
    new: Callable[[re.Match[str], Random], str],
    beyond: Beyond = _findable,
) -> tuple[str, Mutator]:
    """A fault that is other words for those that a pattern finds in the text."""

    def plant(view: View, random: Random) -> Planted | None:
        found = [
            (at, match) for at in view.sentences() for match in re.finditer(pattern, view.text(at))
        ]
        if not found:
            return None
        at, match = random.choice(found)
        line = view.lines[at]
        assert isinstance(line, Paragraph)
        words = new(match, random)
        if words == match[0]:
            return None
        text = line.text[: match.start()] + words + line.text[match.end() :]
        around = line.text[max(0, match.start() - 30) : match.end() + 30]
        fault = Fault(name, group, around, words, beyond(view, line.text, match))
        return fault, view.changed({at: replace(line, text=text)})

    return name, plant


_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_MONEY = r"(?P<n>\d[\d,]*(?:\.\d+)?)(?=万元)"


def _year_before(match: re.Match[str], _: Random) -> str:
    return match["a"] + str(int(match["y"]) + 1)


def _other_amount(match: re.Match[str], random: Random) -> str:
    """Another number: the difference is more than rounding explains."""
    text = match["n"]
    for _ in range(20):
        after = other_digit(text, random)
        if not within_rounding(text, after):
            break
    return match[0].replace(text, after, 1)


def _known(view: View) -> set[Decimal]:
    """The amounts of the tables, in their own unit and in ten thousands of it."""
    known = {number(cell.text) for cell in view.cells()}
    return known | {(value / 10_000).quantize(Decimal("0.01")) for value in known}


def _in_no_table(view: View, _: str, match: re.Match[str]) -> str:
    return "" if number(match["n"]) in _known(view) else NO_REFERENCE


def _said_once(_: View, text: str, match: re.Match[str]) -> str:
    """A change that no other amount, nor the sum of the changes of parts, contradicts."""
    return "" if "三公" in text or re.search("执行数", text[: match.start()]) else NO_REFERENCE


def _in_section(names: str, name: str) -> tuple[str, Mutator]:
    """An amount beside some words."""
    return _replaced(
        name,
        Group.AGAINST,
        rf"(?:{names})[^，。；、：]{{0,12}}?{_MONEY}",
        _other_amount,
        _in_no_table,
    )


def _first_amount(view: View, random: Random) -> Planted | None:
    """An amount of the text that stands in a table as well, with the thing beside it named."""
    known = _known(view)
    found = [
        (at, match)
        for at in view.sentences()
        for match in re.finditer(_MONEY, view.text(at))
        if number(match["n"]) in known and number(match["n"])
    ]
    if not found:
        return None
    at, match = random.choice(found)
    line = view.lines[at]
    assert isinstance(line, Paragraph)
    words = _other_amount(match, random)
    text = line.text[: match.start()] + words + line.text[match.end() :]
    around = line.text[max(0, match.start() - 30) : match.end() + 10]
    fault = Fault("文字金额与报表不符", Group.AGAINST, around, words)
    return fault, view.changed({at: replace(line, text=text)})


def _doubled_paragraph(view: View, random: Random) -> Planted | None:
    at = random.choice(view.sentences())
    line = view.lines[at]
    return Fault("整段重复", Group.WORDING, view.text(at), "两遍"), view.changed({at: [line, line]})


def _no_stop(view: View, random: Random) -> Planted | None:
    found = [at for at in view.sentences() if view.text(at).endswith("。")]
    if not found:
        return None
    at = random.choice(found)
    line = view.lines[at]
    assert isinstance(line, Paragraph)
    fault = Fault("段末缺句号", Group.WORDING, line.text[-30:], line.text[-10:-1])
    return fault, view.changed({at: replace(line, text=line.text[:-1])})


def _other_kind(view: View, random: Random) -> Planted | None:
    text = "".join(view.text(at) for at in view.sentences())
    own = "本部门" if text.count("本部门") >= text.count("本单位") else "本单位"
    other = "本单位" if own == "本部门" else "本部门"
    return _replaced("部门、单位写混", Group.WORDING, own, lambda *_: other)[1](view, random)


IN_SENTENCES: tuple[tuple[str, Mutator], ...] = (
    _replaced(
        "增减率算错",
        Group.SENTENCES,
        r"(?:增长|下降|增加|减少)(?P<n>\d+(?:\.\d+)?)(?=[%％])",
        _other_amount,
    ),
    _replaced("占比算错", Group.SENTENCES, r"占(?P<n>\d+(?:\.\d+)?)(?=[%％])", _other_amount),
    _replaced(
        "增减方向写反",
        Group.SENTENCES,
        r"(?<=[年数算])(增加|减少)(?=\d[\d,.]*万元[，,](?:增长|下降))|(?<=万元[，,])(增长|下降)(?=\d)",
        lambda m, _: _OPPOSITE[m[0]],
    ),
    _replaced(
        "有增减写成持平",
        Group.SENTENCES,
        r"比(上年|\d{4}年(预算)?)(增加|减少)\d[\d,.]*万元(?:[，,](增长|下降)[\d.]+[%％])?",
        lambda m, _: f"与{m[1]}持平",
        _said_once,
    ),
    _replaced(
        "增减额写错",
        Group.SENTENCES,
        rf"(?:增加|减少){_MONEY}(?=万元[，,](?:增长|下降))",
        _other_amount,
    ),
    _replaced(
        "分项之和不等于总数",
        Group.SENTENCES,
        rf"(?<=其中：)(?:[^，。；、：\d]{{2,14}}){_MONEY}(?=万元[，、；。])",
        _other_amount,
    ),
    _replaced("比较的年份写错", Group.SENTENCES, r"(?P<a>[比与])(?P<y>20\d\d)(?=年)", _year_before),
    _replaced(
        "“三公”分项与合计不符",
        Group.SENTENCES,
        rf"(?:因公出国（境）费|公务接待费|公务用车购置费|公务用车运行(?:维护)?费){_MONEY}",
        _other_amount,
    ),
)
AGAINST_TABLES: tuple[tuple[str, Mutator], ...] = (
    ("文字金额与报表不符", _first_amount),
    _in_section("收入总计|支出总计|收入预算|支出预算", "文字总数与报表不符"),
    _in_section("机关运行经费[^，。；]{0,10}", "机关运行经费与报表不符"),
    _in_section("“三公”经费预算(?:数为)?", "“三公”总数与报表不符"),
)
OF_WORDING: tuple[tuple[str, Mutator], ...] = (
    _replaced("原因空着", Group.WORDING, r"(?<=主要原因是)[^。；]+(?=[。；])", lambda *_: ""),
    _replaced(
        "选择没有删去",
        Group.WORDING,
        r"(增加|减少)(?=\d)",
        lambda m, _: f"{m[0]}（{_OPPOSITE[m[0]]}）",
    ),
    _replaced("留有占位符", Group.WORDING, _MONEY, lambda *_: "XX"),
    ("部门、单位写混", _other_kind),
    _replaced("旧科目名称", Group.WORDING, "卫生健康支出", lambda *_: "医疗卫生与计划生育支出"),
    _replaced("句号重复", Group.WORDING, "。", lambda *_: "。。"),
    ("段末缺句号", _no_stop),
    _replaced("引号不成对", Group.WORDING, "”", lambda *_: ""),
    _replaced("括号不成对", Group.WORDING, "）", lambda *_: ""),
    _replaced("叠字叠词", Group.WORDING, "预算|安排|项目", lambda m, _: m[0] * 2),
    ("整段重复", _doubled_paragraph),
)
