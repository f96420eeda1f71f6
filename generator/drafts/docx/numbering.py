"""The numbers that Word sets before paragraphs: they stand nowhere in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from msgspec import Struct

from generator.core.numbers.numerals import chinese_numeral
from generator.drafts.docx.text import Element, W
from generator.drafts.safety.limits import bounded_number

_LEVELS = 9
_MOST_BASES = 20
"""Styles rest on styles; a circle of them would not end."""
_MOST_COUNTED = 9_999
"""Greater numbers are printed as digits."""
_MOST = 2**31 - 1
_LONGEST_TEXT = 100
"""Characters of the text of a level; a damaged list could swell every paragraph."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _counting(number: int) -> str:
    return str(number) if number > _MOST_COUNTED else chinese_numeral(number)


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _counting,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "bullet": lambda _: "",
    "none": lambda _: "",
}
"""Others are printed as plain digits."""


class _Level(Struct, frozen=True):
    text: str
    form: str
    start: int

    @classmethod
    def of(cls, level: Element) -> _Level:
        return cls(
            _value(level, "lvlText")[:_LONGEST_TEXT],
            _value(level, "numFmt") or "decimal",
            bounded_number(_value(level, "start"), 1, _MOST),
        )


class Numbering:
    """Counts the numbered paragraphs of a body, in order."""

    def __init__(self, definitions: Element | None, styles: Element | None) -> None:
        self._lists = _lists(definitions) if definitions is not None else {}
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for style in (styles if styles is not None else ())
            if style.tag == f"{W}style"
        }
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def number(self, paragraph: Element) -> str:
        """The number before a paragraph, or ``""``."""
        key, depth = self._place(paragraph.find(f"{W}pPr"))
        levels = self._lists.get(key)
        if levels is None or depth not in levels or depth >= _LEVELS:
            return ""
        counts = self._counts[key]
        level = levels[depth]
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.form == "bullet":
            return ""
        text = level.text
        for at, each in levels.items():
            shown = _FORMATS.get(each.form, str)(counts[at] or each.start)
            text = text.replace(f"%{at + 1}", shown)
        return text

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or those of its style or a base of it."""
        style = _value(properties, "pStyle") if properties is not None else ""
        for _ in range(_MOST_BASES):
            own = properties.find(f"{W}numPr") if properties is not None else None
            if own is not None and _value(own, "numId"):
                return _value(own, "numId"), bounded_number(_value(own, "ilvl"), 0, _LEVELS)
            found = self._styles.get(style)
            if found is None:
                break
            properties, style = found.find(f"{W}pPr"), _value(found, "basedOn")
        return "", 0


def _lists(definitions: Element) -> Mapping[str, dict[int, _Level]]:
    abstract = {
        each.get(f"{W}abstractNumId", ""): {
            depth: _Level.of(level)
            for level in each.iterchildren(f"{W}lvl")
            if (depth := bounded_number(level.get(f"{W}ilvl"), 0, _LEVELS)) < _LEVELS
        }
        for each in definitions.iterchildren(f"{W}abstractNum")
    }
    return {
        each.get(f"{W}numId", ""): abstract.get(_value(each, "abstractNumId"), {})
        for each in definitions.iterchildren(f"{W}num")
    }


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""
