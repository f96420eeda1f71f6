"""The numbers that a browser sets before the items of a list: they stand nowhere in the text."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.drafts.safety.limits import bounded_number

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 10_000


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


_TYPES: dict[str, Callable[[int], str]] = {
    "a": _letter,
    "A": lambda number: _letter(number).upper(),
    "i": _roman,
    "I": lambda number: _roman(number).upper(),
}


class ListNumbers:
    """Counts the items of a list; what is no numbered list has none."""

    def __init__(self, element: etree._Element) -> None:
        self._shown = _TYPES.get(element.get("type", ""), str) if element.tag == "ol" else None
        self._next = _start(element.get("start"), 1)

    def of(self, child: etree._Element) -> str:
        """The number before a child, or ``""``; to be asked in order."""
        if self._shown is None or child.tag != "li":
            return ""
        number = _start(child.get("value"), self._next)
        self._next = number + 1
        return self._shown(number) + "."


def _start(written: str | None, otherwise: int) -> int:
    number = bounded_number(written, otherwise, _MOST)
    return number if number < _MOST else otherwise
