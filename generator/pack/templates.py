"""The sandbox in which a pack's templates run, and what is reported of their mistakes."""

from __future__ import annotations

import traceback
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.complaints import in_chinese
from generator.findings import Finding, Place, UnusableInputError
from generator.remembered import Memory


class _Sandbox(ImmutableSandboxedEnvironment):
    """The immutable sandbox; whether an attribute of a type is safe, it finds out once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: set[tuple[type, str]] = set()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if (type(obj), attribute) in self._safe:
            try:
                value = getattr(obj, attribute)
            except AttributeError:  # of this object only; maybe it has such an item
                return super().getattr(obj, attribute)
            if not isinstance(value, _METHODS) or value.__name__ not in _FORMATS:
                return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        safe = super().is_safe_attribute(obj, attr, value)  # looks at the type alone
        if safe:
            self._safe.add((type(obj), attr))
        return safe


_METHODS = (MethodType, BuiltinMethodType)
_FORMATS = ("format", "format_map")
"""Methods that the sandbox wraps where they are those of a text."""


class _CompiledTemplates(BytecodeCache):
    """What templates were compiled to, by their names and their text; nothing else is kept.

    So a changed file is compiled anew, and no variable of a template outlives its rendering.
    """

    def __init__(self, options: Hashable) -> None:
        self._options = options

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get((self._options, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _COMPILED.put((self._options, bucket.key, bucket.checksum), bucket.code)


_COMPILED = Memory[Hashable, CodeType](most=200)


def sandbox(
    folder: Path, *, autoescape: bool, extensions: tuple[type[Extension], ...] = ()
) -> ImmutableSandboxedEnvironment:
    """An environment in which templates of a pack cannot change data or leave its folder."""
    return _Sandbox(
        loader=FileSystemLoader(folder),
        bytecode_cache=_CompiledTemplates((autoescape, extensions)),
        extensions=extensions,
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@contextmanager
def template_errors(folder: Path, template: str) -> Iterator[None]:
    """Turns what goes wrong in a template into E302 with the template's file and line.

    Raises:
        UnusableInputError: with the finding.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        place = Place(Path(error.filename or folder / template), error.lineno, 1)
        message = f"模板写法有误：{in_chinese(error.message or '')}"
        raise UnusableInputError([Finding("E302", message, "改正这一行的写法", place)]) from error
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        place = template_place(error, folder)
        message = f"模板执行出错：{in_chinese(str(error) or type(error).__name__)}"
        remedy = "检查这一行用到的变量和过滤器"
        raise UnusableInputError([Finding("E302", message, remedy, place)]) from error


def template_place(error: BaseException, folder: Path) -> Place:
    """The innermost template line of a traceback; Jinja rewrites them to template files."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(folder) and frame.lineno:
            return Place(file, frame.lineno, 1)
    return Place(folder)
