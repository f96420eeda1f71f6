"""Parts of a document that are written once for what they show: ``{% kept %} … {% endkept %}``.

A part shows the variables it names and the figures it asks for, nothing else. Where all of them
are as they were, its text is; so a template may put the tag around whatever is long and often
the same. Inside it are no includes, imports or blocks, whose variables cannot be seen here; where
a variable is something that cannot be compared (a macro, the loop around it, an iterator), or
more is asked than figures by their addresses, the part is written anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Undefined
from markupsafe import Markup

from generator.compose.narrative.context import Narrative
from generator.compute.statements.table import Statement
from generator.core.figures import Figure, UnknownFigureError
from generator.core.memo import Memory, Same, memo
from generator.model.performance import ProjectForm
from generator.pack.templates.shown import (
    Record,
    names,
    readable_in_templates,
    record_type,
    value_in_templates,
    values,
)


def _asked(name: str) -> Callable[..., Any]:
    """A question that the narrative answers; no part that asks it is kept."""

    def ask(self: Questions, *arguments: Any, **options: Any) -> Any:
        self._noted = [None] * len(self._noted)
        return value_in_templates(getattr(self._narrative, name)(*arguments, **options))

    ask.__name__ = name
    return ask


_ASKED = names("knows share change by_part rows nonzero distinct amounts chart waterfall")


@readable_in_templates(calls=("figure", *_ASKED))
class Questions:
    """The narrative as templates see it; it notes which figures a part asks for."""

    def __init__(self, narrative: Narrative) -> None:
        self._narrative = narrative
        self._noted: list[dict[str, Figure] | None] = []

    def figure(self, address: str) -> Figure:
        """The figure at an address, as :meth:`Narrative.figure` gives it."""
        figure = self._narrative.figure(address)
        for noted in self._noted:
            if noted is not None:
                noted[address] = figure
        return figure

    def noted(self, write: Callable[[], str]) -> tuple[str, dict[str, Figure] | None]:
        """What a part writes, and the figures it asked for; ``None`` if it asked for more."""
        self._noted.append({})
        try:
            return write(), self._noted[-1]
        finally:
            self._noted.pop()

    def still(self, figures: dict[str, Figure]) -> bool:
        """Whether these figures are as they were; asks for them, as the part would."""
        try:
            for address, figure in figures.items():
                now = self._narrative.figure(address)
                if now is not figure and _shown(now) != _shown(figure):
                    return False
        except UnknownFigureError:
            return False
        for noted in self._noted:
            if noted is not None:
                noted.update(figures)
        return True


for _name in _ASKED:
    setattr(Questions, _name, _asked(_name))


def _shown(figure: Figure) -> tuple[object, ...]:
    numbers = str(figure.value), str(figure.printed)
    return (figure.address, *numbers, figure.unit, figure.text, figure.sources)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    figures: dict[str, Figure]


_PARTS = Memory[Hashable, _Part](__name__, most=6_000_000)
"""By what they name; weighed by characters, so that three long documents fit: the keys hold
statements."""


class KeptParts(Extension):
    """The tag.

    The environment is extended by ``shown_pack``: a key of what its globals and filters show.
    """

    tags = {"kept"}  # noqa: RUF012 -- as Jinja declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """Turns the tag into a call with everything that the part names."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        part = nodes.Template(body, lineno=line)
        part.set_environment(self.environment)
        if next(part.find_all(_HIDING), None) is not None:
            parser.fail("kept part hides what it shows", line)
        names = [
            nodes.Pair(nodes.Const(name), nodes.Name(name, "load"))
            for name in _named(part, self.environment)
        ]
        identity = nodes.Const(sha256(repr(body).encode()).hexdigest())
        call = self.call_method("_write", [identity, nodes.Dict(names)])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _write(self, identity: str, named: dict[str, Any], caller: Callable[[], str]) -> str:
        try:
            key = (
                identity,
                self.environment.autoescape,
                self.environment.shown_pack,  # type: ignore[attr-defined]
                tuple([self._value(name, value) for name, value in named.items()]),
            )
        except _IncomparableError:
            return caller()
        questions = next((each for each in named.values() if isinstance(each, Questions)), None)
        part = _PARTS.get(key)
        if part is not None and (questions is None or questions.still(part.figures)):
            return part.text
        text, figures = (caller(), {}) if questions is None else questions.noted(caller)
        if figures is not None:
            _PARTS.put(key, _Part(text, figures), len(text))
        return text

    def _value(self, name: str, value: object) -> Hashable:
        if name in self.environment.globals and value is self.environment.globals[name]:
            return "global"
        return exact_key(value)


_HIDING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)


def _named(part: nodes.Template, environment: Environment) -> list[str]:
    """The variables that a part takes from outside."""
    names = _Names(environment)
    names.visit(part)
    return sorted(names.found)


class _Names(CodeGenerator):
    """Compiles a part for nothing but the names it has to look up (as jinja2.meta does)."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment, "<names>", "<names>")
        self.found: set[str] = set()

    def write(self, x: str) -> None:
        pass

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        loads = frame.symbols.loads.values()
        self.found |= {str(name) for action, name in loads if action == "resolve"}


class _IncomparableError(Exception):
    """A value of which nothing can be said but that it is itself."""


def exact_key(value: object) -> Hashable:
    """A value as a key: equal keys are the same to whoever prints them, 1.0 and 1.00 are not.

    Raises:
        _IncomparableError: if it cannot be told what a value shows.
    """
    kind: Any = type(value)
    return (kind, value) if kind in _PLAIN else (kind, _key_of(kind)(value))


@memo(1000)
def _key_of(kind: type) -> Callable[[Any], Hashable]:
    """What makes a key of values of a type."""
    if kind is record_type(Statement):
        return Same
    if kind is record_type(ProjectForm):
        return _Form
    for kinds, key in _KEYS:
        if issubclass(kind, kinds):
            return key
    raise _IncomparableError


class _Form:
    """A form as a key: what is written in it is asked only of two that are called alike.

    In most runs no two are, so that no form has to be gone through.
    """

    __slots__ = ("_called", "_form")

    def __init__(self, form: Record) -> None:
        self._form = form
        self._called = exact_key(form.project)  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash(self._called)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Form) or self._called != other._called:
            return False
        same = self._form is other._form
        return same or _content(Same(self._form)) == _content(Same(other._form))


@memo(1500)
def _content(form: Same[Record]) -> str:
    return sha256(repr(_values(form.it)).encode("utf-8", "surrogatepass")).hexdigest()


def _values(record: Record) -> tuple[Hashable, ...]:
    return tuple(map(exact_key, values(record)))


_PLAIN = frozenset({type(None), bool, int, str, Markup})
_KEYS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Hashable]], ...] = (
    (Record, _values),
    (Figure, lambda figure: tuple(map(exact_key, _shown(figure)))),
    ((Questions, Undefined), lambda _: None),
    ((tuple, list), lambda items: tuple(map(exact_key, items))),
    (
        (dict, MappingProxyType),
        lambda items: tuple((exact_key(key), exact_key(each)) for key, each in items.items()),
    ),
    ((Decimal, float), str),
    (Enum, lambda member: member.name),
)
