"""Every code with its name and explanation, whether a rule's or one of loading and printing.

Codes of a pack mean what the pack says: its rules are given as ``own``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from generator.checks.installed import brought_rules
from generator.checks.pack_rules import PackRule
from generator.checks.rule import Rule
from generator.checks.rule_examples import EXAMPLES as RULE_EXAMPLES
from generator.checks.rules import RULES
from generator.core.codes import CODES, by_number
from generator.core.examples import EXAMPLES, Example
from generator.core.likeness import nearest_names

_CHAPTERS = (
    (100, "读取"),
    (200, "数据"),
    (300, "模板包"),
    (400, "打印"),
    (500, "输出"),
    (600, "草稿"),
    (723, "检查：文字与报表"),
    (734, "检查：项目绩效目标表"),
    (739, "检查：变动原因"),
    (741, "检查：结构和文字"),
    (751, "检查：按实公布说明"),
    (760, "检查：格式和其他内容"),
    (900, "检查：任何文稿"),
)
"""The number with which each chapter of codes begins."""
Rules = Mapping[str, Rule]
NONE: Rules = MappingProxyType({})
"""The rules of no pack."""


class Chapter(Struct, frozen=True):
    """Codes that belong together, in the order of their numbers."""

    title: str
    codes: tuple[str, ...]


def all_codes() -> list[str]:
    """Every code but those of packs, by number; rules of installed distributions come last."""
    return [*own_codes(), *by_number(brought_rules())]


def own_codes() -> list[str]:
    """Every code of this program, by number."""
    return by_number({*CODES, *RULES})


def short_name(code: str, own: Rules = NONE) -> str:
    """The short name of a code."""
    if code in CODES:
        return CODES[code].title
    rule = _rule(code, own)
    return rule.name if rule else ""


def _rule(code: str, own: Rules) -> Rule | None:
    return own.get(code) or RULES.get(code) or brought_rules().get(code)


def explanation(code: str, own: Rules = NONE) -> list[tuple[str, str]]:
    """What a code means, as headings with texts; codes that are no rules have one text only."""
    rule = _rule(code, own)
    if rule is None:
        return [("", CODES[code].explanation)]
    return [
        ("检查什么", rule.checks),
        ("为什么", rule.why),
        ("怎么改", rule.remedy),
        ("依据", rule.source),
    ]


def example(code: str, own: Rules = NONE) -> Example | None:
    """A small example of what is wrong and how it is right."""
    rule = own.get(code)
    if isinstance(rule, PackRule):
        return rule.example
    return EXAMPLES.get(code) or RULE_EXAMPLES.get(code)


def chapters() -> Iterator[Chapter]:
    """The codes of this program, grouped by what they are about."""
    ends = [start for start, _ in _CHAPTERS[1:]] + [1000]
    for (start, title), end in zip(_CHAPTERS, ends, strict=True):
        codes = tuple(code for code in own_codes() if start <= int(code[1:]) < end)
        if codes:
            yield Chapter(title, codes)


def nearest_codes(written: str, own: Rules = NONE) -> list[str]:
    """The codes that may have been meant: the same number, or one that is written much alike."""
    codes = by_number({*all_codes(), *own})
    same = [code for code in codes if code[1:] == written[1:]]
    return same or nearest_names(written, codes, most=3)
