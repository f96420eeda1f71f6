"""How large a value is, and how large the result of an operation will be, before it is made."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from jinja2.runtime import Undefined

from generator.core.text.patterns import late_pattern
from generator.pack.templates.budget import (
    LARGEST_BITS,
    LONGEST_TEXT,
    MOST_ITEMS,
    BudgetError,
    RenderingBudget,
)
from generator.pack.templates.shown import CONTAINERS, LISTS, MAPPINGS, NUMBERS

_USUAL_NUMBER = 30
_MOST_PLACES = 1_000
"""Digits of a decimal number before or behind its point."""
_FIELD = late_pattern(
    r"%(?:\([^()]{0,100}\)|(\())?[-#0 +]*(\*|[0-9]+)?(?:\.(\*|[0-9]+)?)?[hlL]?.?", re.DOTALL
)
"""A field to be filled in, as Python reads it; no name in it holds brackets, or is very long."""
_WIDEST = 1000
"""Characters to which a number or a text may be filled up."""


def printed_length(value: Any) -> int:
    """How many characters a value takes when it is printed.

    Raises:
        TypeError: if it is neither text nor number: a list, a record, a macro.
    """
    if isinstance(value, str):
        return len(value)
    if value is None or isinstance(value, NUMBERS):
        number(value)
        more = value.bit_length() // 3 if type(value) is int else 0  # as long as in octal
        return _USUAL_NUMBER + more
    if isinstance(value, Undefined):
        return len(str(value))  # nothing after an ``if`` without ``else``; otherwise it raises
    raise TypeError("neither text nor number")


def weight(value: Any) -> tuple[int, int]:
    """How many items and characters a list or mapping holds, what is in it included.

    Raises:
        BudgetError: if it is too large; a list in a list counts as often as it is met.
    """
    items = characters = 0
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            characters += len(each)
        elif isinstance(each, MAPPINGS):
            items += 2 * len(each)
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, LISTS):
            items += len(each)
            waiting += each
        if items > MOST_ITEMS or characters > LONGEST_TEXT:
            raise BudgetError(f"a list of more than {MOST_ITEMS} items")
    return items, characters


def hold(budget: RenderingBudget, value: Any, times: int = 1) -> Any:
    """Takes from the budget what a new list costs; returns the value."""
    if isinstance(value, CONTAINERS):
        items, characters = weight(value)
        if max(items * times, 0) > MOST_ITEMS or characters * times > LONGEST_TEXT:
            raise BudgetError(f"a list of more than {MOST_ITEMS} items")
        budget.step(1 + items * max(times, 1))
    return value


def filled_width(width: Any) -> int:
    """A width to which something is filled up.

    Raises:
        BudgetError: if no text is that wide.
    """
    if not isinstance(width, int) or abs(width) > _WIDEST:
        raise BudgetError(f"a width of more than {_WIDEST}")
    return width


def replaced(text: str, old: Any, new: Any) -> int:
    """How long a text will be after a replacement."""
    return len(text) + text.count(str(old)) * printed_length(new)


def joined_length(separator: Any, items: list[Any]) -> int:
    """How long items will be when they are joined."""
    return sum(map(printed_length, items)) + printed_length(separator) * len(items)


def text_to_split(text: Any) -> Any:
    """A text that is to be taken apart, if it is not too long for that."""
    if isinstance(text, str) and len(text) > MOST_ITEMS:
        raise BudgetError(f"more than {MOST_ITEMS} pieces")
    return text


def number(value: Any) -> Any:
    """A number, if it is not too large; a decimal one that is short may be a long whole number."""
    if type(value) is int:
        _bits(value.bit_length())
    elif type(value) is Decimal and value.is_finite() and abs(value.adjusted()) > _MOST_PLACES:
        raise BudgetError("a number of more than a thousand digits")
    return value


def operate(budget: RenderingBudget, sign: str, left: Any, right: Any) -> Any:
    """Does ``+ * ** %`` where the result is of a size that a template may make.

    Raises:
        BudgetError: if it is not.
    """
    budget.step()
    return _OPERATIONS[sign](budget, left, right)


def _add(budget: RenderingBudget, left: Any, right: Any) -> Any:
    if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
        return number(left + right)  # type: ignore[operator]
    if isinstance(left, str) and isinstance(right, str):
        budget.write(len(left) + len(right))
    return hold(budget, left + right)


def _times(budget: RenderingBudget, left: Any, right: Any) -> Any:
    if isinstance(left, int) and not isinstance(right, NUMBERS):
        left, right = right, left
    if isinstance(right, int) and isinstance(left, str):
        budget.write(len(left) * max(right, 0))
    elif isinstance(right, int) and isinstance(left, list | tuple):
        hold(budget, left, right)
    elif isinstance(left, int) and isinstance(right, int):
        _bits(left.bit_length() + right.bit_length())
    return number(left * right)


def _power(_: RenderingBudget, base: Any, exponent: Any) -> Any:
    if isinstance(base, int) and isinstance(exponent, int):
        _bits(base.bit_length() * abs(exponent))
    elif isinstance(base, Decimal) or isinstance(exponent, Decimal):
        _bits(abs(int(number(exponent))))
    return number(base**exponent)


def _bits(bits: int) -> None:
    if bits > LARGEST_BITS:
        raise BudgetError("a number of more than a thousand digits")


def _modulo(budget: RenderingBudget, left: Any, right: Any) -> Any:
    if not isinstance(left, str):
        return left % right
    for odd_name, width, precision in _FIELD.findall(left):
        if odd_name:
            raise BudgetError("a field whose name is odd")
        for each in (width, precision):
            if each:
                filled_width(
                    int(each) if each.isdigit() and len(each) <= len(str(_WIDEST)) else None
                )
    values = right if isinstance(right, tuple) else (right,)
    if isinstance(right, Mapping):
        values = tuple(right.values())
    longest = max(map(printed_length, values), default=0)
    fields = left.count("%")
    budget.write(min(len(left) + fields * (longest + _WIDEST), LONGEST_TEXT + 1))
    return left % right


_OPERATIONS: dict[str, Callable[[RenderingBudget, Any, Any], Any]] = {
    "+": _add,
    "*": _times,
    "**": _power,
    "%": _modulo,
    "-": lambda _, left, right: operator.sub(left, right),
}
