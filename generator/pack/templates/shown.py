"""What templates may see: plain, frozen values with the declared fields, and nothing else.

Templates are written by others. A model of the data has methods that read files and unpickle, so
no template is ever handed one: :func:`value_in_templates` turns models and dataclasses into records
that hold their fields and nothing that can be called. Of everything else that a template may meet,
this module lists the attributes and the methods; what is not listed does not exist for a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, NoReturn

from jinja2.filters import _GroupTuple
from jinja2.runtime import LoopContext
from jinja2.utils import Cycler
from markupsafe import Markup
from pydantic import RootModel

from generator.compute.statements.table import HeadCell, Statement, StatementCell
from generator.core.figures import Figure
from generator.core.memo import Same, memo
from generator.model.base import Model
from generator.model.performance import ProjectForm

NUMBERS = (int, float, Decimal)
LISTS = (list, tuple)
MAPPINGS = (dict, MappingProxyType)
CONTAINERS = (*LISTS, *MAPPINGS)


class Record:
    """A value with named fields: nothing can be called on it, and nothing set."""

    __slots__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(name)


def values(record: Record) -> Iterable[object]:
    """The values of a record's fields, in the order of declaration."""
    return [getattr(record, name) for name in type(record).__slots__]


def names(listed: str) -> frozenset[str]:
    """Names that are written one after another."""
    return frozenset(listed.split())


FIELDS: dict[type, frozenset[str]] = {
    LoopContext: names(
        "index index0 revindex revindex0 first last length depth depth0 previtem nextitem"
    ),
    Cycler: frozenset({"current"}),
    _GroupTuple: frozenset({"grouper", "list"}),
}
"""The attributes a template may read, by type; records come in as their types are made."""

METHODS: dict[type, frozenset[str]] = {
    str: names(
        "capitalize casefold count endswith find index isalnum isalpha isascii "
        "isdecimal isdigit islower isnumeric isspace istitle isupper join lower lstrip "
        "partition removeprefix removesuffix replace rfind rindex rpartition rsplit "
        "rstrip split splitlines startswith strip swapcase title upper"
    ),
    tuple: frozenset({"count", "index"}),
    list: frozenset({"count", "index"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    MappingProxyType: frozenset({"get", "items", "keys", "values"}),
    LoopContext: frozenset({"changed", "cycle"}),
    Cycler: frozenset({"next", "reset"}),
}
"""The methods a template may call, by type; of a type derived from one of these as well."""


def readable_in_templates(*read: str, calls: Iterable[str] = ()) -> Callable[[type], type]:
    """Declares a class that is handed to templates as it is: what they may read and call."""

    def declare(kind: type) -> type:
        FIELDS[kind] = frozenset(read)
        METHODS[kind] = frozenset(calls)
        _PLAIN.add(kind)
        return kind

    return declare


_PLAIN: set[type] = {type(None), bool, int, str, float, Decimal, Markup}
"""Types whose values are handed over as they are."""
for _kind in (Figure, StatementCell, HeadCell):  # frozen, without methods, and there are many
    readable_in_templates(*(field.name for field in fields(_kind)))(_kind)


def may_read(kind: type, name: str) -> bool:
    """Whether templates may have an attribute of a type: a field, or a method to be called."""
    return name in FIELDS.get(kind, ()) or may_call(kind, name)


def may_call(kind: type, name: str) -> bool:
    """Whether templates may call a method of a type."""
    return any(name in METHODS.get(each, ()) for each in kind.__mro__)


def value_in_templates(value: Any) -> Any:
    """A value as templates get it: text, numbers, records, tuples, read-only mappings.

    Raises:
        TypeError: of a kind of which it is not known what templates may see.
    """
    kind = type(value)
    if kind in _PLAIN or isinstance(value, Record):
        return value
    if kind in _REMEMBERED:
        return _remembered(Same(value))
    convert: Callable[[Any], Any] = _converter(Same(kind))
    return convert(value)


_REMEMBERED = frozenset({ProjectForm, Statement})
"""What a document is long of; the same objects come again when only something else changed."""


@memo(1500)
def _remembered(value: Same[Any]) -> Record:
    made: Record = _converter(Same(type(value.it)))(value.it)
    return made


@memo()
def _converter(of: Same[Any]) -> Callable[[Any], Any]:
    kind = of.it
    if issubclass(kind, Enum):
        return lambda member: member.value
    if issubclass(kind, list | tuple):
        return lambda items: tuple([value_in_templates(item) for item in items])
    if issubclass(kind, Mapping | MappingProxyType):
        return lambda items: MappingProxyType(
            {value_in_templates(k): value_in_templates(v) for k, v in items.items()}
        )
    if issubclass(kind, RootModel):
        return lambda model: value_in_templates(model.root)
    if issubclass(kind, Model) or is_dataclass(kind):
        return _recorder(kind)
    raise TypeError(f"not for templates: {kind.__name__}")


def _recorder(kind: type) -> Callable[[Any], Record]:
    made = record_type(kind)
    setters = [(name, vars(made)[name].__set__) for name in made.__slots__]

    def record(value: Any) -> Record:
        new: Record = object.__new__(made)
        for name, put in setters:
            field = getattr(value, name)
            put(new, field if type(field) in _PLAIN else value_in_templates(field))
        return new

    return record


@memo()
def record_type(kind: Any) -> type[Record]:
    """The type of the records made of a model or dataclass: its fields and its properties."""
    own = list(kind.model_fields) if issubclass(kind, Model) else [f.name for f in fields(kind)]
    for each in kind.__mro__:
        if each.__module__.startswith("generator."):
            own += [name for name, member in vars(each).items() if isinstance(member, property)]
    shown_names = tuple(dict.fromkeys(name for name in own if not name.startswith("_")))
    made = type(kind.__name__, (Record,), {"__slots__": shown_names})
    FIELDS[made] = frozenset(shown_names)
    return made
