"""The environment in which templates of a pack run, and what is reported of their mistakes."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.ext import Extension
from jinja2.loaders import split_template_path

from generator.core.files.plain import leads_out, read_plain
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.memo import Memory
from generator.core.system_errors import in_chinese, system_cause
from generator.pack.templates.compiled import CompiledCode
from generator.pack.templates.sandbox import Sandbox

_LARGEST = 256 * 1024
"""Bytes of one template: compiled, each takes some hundred in memory."""


class _OutsideError(Exception):
    """A template that is not among the pack's own files."""


class _PackLoader(BaseLoader):
    """Finds templates among the pack's own plain files; no link leads out of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - as Jinja calls it
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        if ".." in template.split("/"):
            raise _OutsideError(template)
        file = self._folder.joinpath(*split_template_path(template))
        if not os.path.lexists(file):
            raise TemplateNotFound(template, f"'{template}' not found in search path")
        if leads_out(file, self._folder):
            raise _OutsideError(template)
        return read_plain(file, _LARGEST).decode(), str(file), lambda: True


class _CompiledTemplates(BytecodeCache):
    """What templates were compiled to, by their names and their text; nothing else is kept.

    So a changed file is compiled anew, one that is the same in the copy of a pack is not, and no
    variable of a template outlives its rendering. Between runs it is kept beside the program, as
    Python keeps the program itself (see :mod:`generator.pack.templates.compiled`).
    """

    def __init__(self, *, autoescape: bool, extensions: tuple[type[Extension], ...]) -> None:
        self._options = (autoescape, extensions)
        modules = tuple(each.__module__ for each in extensions)
        self._compiled = CompiledCode(f"{autoescape} {modules}", modules)

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The template as it was compiled, standing in the file that it is read from now."""
        bucket = super().get_bucket(environment, name, None, source)
        if bucket.code is not None and filename is not None:
            bucket.code = _standing_in(filename, bucket.code)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        key = (self._options, bucket.key, bucket.checksum)
        bucket.code = _COMPILED.get(key)
        if bucket.code is None:
            bucket.code = self._compiled.get(bucket.key, bucket.checksum)
            if bucket.code is not None:
                _COMPILED.put(key, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _COMPILED.put((self._options, bucket.key, bucket.checksum), bucket.code)
            self._compiled.put(bucket.key, bucket.checksum, bucket.code)


def _standing_in(file: str, code: CodeType) -> CodeType:
    """Code as if it had been compiled from another file: what goes wrong is told of that one."""
    if code.co_filename == file:
        return code
    inner = [_standing_in(file, it) if isinstance(it, CodeType) else it for it in code.co_consts]
    return code.replace(co_filename=file, co_consts=tuple(inner))


_COMPILED = Memory[Hashable, CodeType](__name__, most=200)


def sandbox(
    folder: Path, *, autoescape: bool, extensions: tuple[type[Extension], ...] = ()
) -> Sandbox:
    """An environment for one rendering of templates of a pack.

    Nothing is computed while a template is compiled: a filter depends on more than its text.
    """
    return Sandbox(
        loader=_PackLoader(folder),
        bytecode_cache=_CompiledTemplates(autoescape=autoescape, extensions=extensions),
        extensions=extensions,
        autoescape=autoescape,
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@contextmanager
def template_errors(folder: Path, template: str) -> Iterator[None]:
    """Turns whatever goes wrong in a template into E302 with the template's file and line.

    Raises:
        UnusableInputError: with the finding; E403 if a link leads out of the pack.
    """
    try:
        yield
    except UnusableInputError:
        raise
    except _OutsideError as error:
        message = f"模板引用了模板包以外的资源：{error}"
        remedy = "把文件放进模板包，不要用链接"
        place = template_place(error, folder)
        raise UnusableInputError([Finding("E403", message, remedy, place)]) from error
    except TemplateSyntaxError as error:
        place = Location(Path(error.filename or folder / template), error.lineno, 1)
        message = f"模板写法有误：{in_chinese(error.message or '')}"
        raise UnusableInputError([Finding("E302", message, "改正这一行的写法", place)]) from error
    except Exception as error:  # templates can bring about any, an exhausted memory as well
        place = template_place(error, folder)
        message = f"模板执行出错：{_cause(error)}"
        remedy = "检查这一行用到的变量和过滤器"
        raise UnusableInputError([Finding("E302", message, remedy, place)]) from error


_LONGEST = 200
"""Characters of a complaint that are told; it may quote what a template wrote."""


def _cause(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "内存不够"
    if isinstance(error, OSError) and not isinstance(error, TemplateNotFound):
        return f"读不出模板文件 {error.filename}：{system_cause(error)}"
    return in_chinese(str(error)[:_LONGEST] or type(error).__name__)


def template_place(error: BaseException, folder: Path) -> Location:
    """The innermost template line of a traceback; Jinja rewrites them to template files."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(folder) and frame.lineno:
            return Location(file, frame.lineno, 1)
    return Location(folder)
