"""The sandbox in which a pack's templates run, and what is reported of their mistakes."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.complaints import in_chinese
from generator.findings import Finding, Place, UnusableInputError


def sandbox(folder: Path, *, autoescape: bool) -> ImmutableSandboxedEnvironment:
    """An environment in which templates of a pack cannot change data or leave its folder."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
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
