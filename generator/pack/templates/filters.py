"""The filters and tests that templates have: those of Jinja that are safe, measured.

Left out are ``attr`` (reaches round the list of what is shown), ``random`` (the same input prints
the same), and what no document needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import Environment, pass_environment, pass_eval_context
from jinja2 import filters as jinja_filters
from jinja2 import tests as jinja_tests
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Undefined, markup_join, str_join

from generator.pack.templates.budget import BudgetError, RenderingBudget
from generator.pack.templates.measures import (
    filled_width,
    hold,
    joined_length,
    number,
    operate,
    printed_length,
    replaced,
    text_to_split,
)
from generator.pack.templates.shown import names

FILTERS: Any = jinja_filters.FILTERS
TESTS: Any = jinja_tests.TESTS
LOOP, LIST, JOIN, CUT = "(loop)", "(list)", "(join)", "(cut)"
"""Filters that the compiler puts in; no template can name them."""
_SHORT = 1000
"""A list of so many items may be run through before the budget is asked again."""
PASS = "jinja_pass_arg"  # noqa: S105 - how Jinja marks what a filter is passed first


def filters(budget: RenderingBudget) -> dict[str, Callable[..., Any]]:
    """The filters of an environment, drawing upon its budget."""
    given: dict[str, Callable[..., Any]] = {name: _text(name, budget) for name in _TEXTS}
    given |= {name: _listed(name, budget) for name in _LISTS}
    given |= {name: FILTERS[name] for name in _AS_THEY_ARE}
    return given | _own(budget)


def tests() -> dict[str, Callable[..., Any]]:
    """The tests of an environment."""
    return {name: TESTS[name] for name in _TESTS}


_TEXTS = {
    "capitalize": 1,
    "e": 5,
    "escape": 5,
    "forceescape": 5,
    "lower": 3,
    "safe": 1,
    "string": 1,
    "striptags": 1,
    "title": 3,
    "trim": 1,
    "truncate": 1,
    "upper": 3,
    "urlencode": 12,
}
"""Filters that take a text, and how many times longer it may become."""
_LISTS = names(
    "batch dictsort groupby items list map max min reject rejectattr reverse select "
    "selectattr slice sort unique"
)
_AS_THEY_ARE = ("abs", "count", "d", "default", "first", "float", "last", "length")
_TESTS = names(
    "!= < <= == > >= boolean defined divisibleby eq equalto escaped even false "
    "float ge gt in integer iterable le lessthan lower lt mapping ne none number "
    "odd sameas sequence string true undefined upper greaterthan"
)


def _text(name: str, budget: RenderingBudget) -> Callable[..., Any]:
    plain, times, at = FILTERS[name], _TEXTS[name], int(hasattr(FILTERS[name], PASS))

    @wraps(plain)
    def measured(*arguments: Any, **options: Any) -> Any:
        for each in (*arguments[at + 1 :], *options.values()):
            printed_length(each)
        text = arguments[at]
        budget.write(
            times * printed_length(text_to_split(text) if name in ("title", "striptags") else text)
        )
        return plain(*arguments, **options)

    return measured


def _listed(name: str, budget: RenderingBudget) -> Callable[..., Any]:
    plain, at = FILTERS[name], int(hasattr(FILTERS[name], PASS))

    @wraps(plain)
    def measured(*arguments: Any, **options: Any) -> Any:
        text_to_split(arguments[at])
        if name in ("batch", "slice"):
            filled_width(
                options.get("linecount", options.get("slices", (*arguments, None)[at + 1]))
            )
        return hold(budget, plain(*arguments, **options))

    return measured


def _own(budget: RenderingBudget) -> dict[str, Callable[..., Any]]:
    """Filters whose result has to be measured in a way of its own."""

    @pass_eval_context
    def join(context: EvalContext, value: Any, d: Any = "", attribute: Any = None) -> Any:
        if attribute is not None:
            value = map(make_attrgetter(context.environment, attribute), value)
        items = list(_counted(budget, value))
        budget.write(joined_length(d, items))
        return FILTERS["join"](context, items, d)

    @pass_eval_context
    def replace(context: EvalContext, s: Any, old: Any, new: Any, count: Any = None) -> Any:
        printed_length(s)
        budget.write(replaced(str(s), old, new))
        return FILTERS["replace"](context, s, old, new, count)

    @pass_environment
    def total(
        environment: Environment, iterable: Any, attribute: Any = None, start: Any = 0
    ) -> Any:
        if attribute is not None:
            iterable = map(make_attrgetter(environment, attribute), iterable)
        for item in _counted(budget, iterable):
            start = operate(budget, "+", start, item)
        return start

    def indent(s: Any, width: Any = 4, first: bool = False, blank: bool = False) -> Any:
        printed_length(s)
        each = printed_length(width) if isinstance(width, str) else filled_width(width)
        budget.write(len(str(s)) + (str(s).count("\n") + 1) * each)
        return FILTERS["indent"](s, width, first, blank)

    def center(value: Any, width: int = 80) -> Any:
        budget.write(printed_length(value) + filled_width(width))
        return FILTERS["center"](value, width)

    def form(value: Any, *arguments: Any, **options: Any) -> Any:
        return operate(budget, "%", str(value), options or arguments)

    return {
        "center": center,
        "format": form,
        "indent": indent,
        "int": lambda value, default=0, base=10: number(
            FILTERS["int"](number(value), default, base)
        ),
        "join": join,
        "replace": replace,
        "round": lambda value, precision=0, method="common": number(
            FILTERS["round"](number(value), _digits(precision), method)
        ),
        "sum": total,
        LOOP: lambda iterable: _counted(budget, iterable),
        LIST: lambda value: hold(budget, value),
        JOIN: _concatenated(budget),
        CUT: lambda value: _cut(budget, value),
    }


def _cut(budget: RenderingBudget, value: Any) -> Any:
    """A piece of a text or list: it is one more."""
    if isinstance(value, str):
        budget.write(len(value))
    return hold(budget, value)


def _digits(precision: Any) -> int:
    if not isinstance(precision, int) or abs(precision) > 20:  # noqa: PLR2004 - of any amount
        raise BudgetError("a width of more than 20")
    return precision


def _concatenated(budget: RenderingBudget) -> Callable[..., Any]:
    """What ``a ~ b`` does."""

    @pass_eval_context
    def concatenate(context: EvalContext, parts: list[Any]) -> Any:
        budget.write(joined_length("", parts))
        return markup_join(parts) if context.autoescape else str_join(parts)

    return concatenate


def _counted(budget: RenderingBudget, iterable: Any) -> Iterable[Any]:
    """What is run through, each item a step."""
    if isinstance(iterable, Undefined):
        return iter(iterable)  # raises what is to be said of it
    if hasattr(iterable, "__len__") and len(iterable) <= _SHORT:
        budget.step(1 + len(iterable))
        return iterable  # type: ignore[no-any-return]
    return _stepping(budget, iterable)


def _stepping(budget: RenderingBudget, iterable: Iterable[Any]) -> Iterable[Any]:
    for item in iterable:
        budget.step()
        yield item
