"""Compiled templates, kept between runs where Python keeps the program's own compiled modules.

What is found here is run, so it is not kept in the cache of the user, of which nothing is ever run:
whoever may write here may write the program as well. Where nobody may (a program installed for
all), or Python was told to write no compiled code, templates are compiled anew by every process.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from pathlib import Path
from types import CodeType

import jinja2

from generator.core.files.beside_program import digest_of_code, keep, store_beside
from generator.core.files.store import Store
from generator.core.memo import memo

_LIMIT = 2 * 1024 * 1024
"""Bytes: the templates of half a dozen packs."""


class CompiledCode:
    """The code of templates by their names and texts.

    Args:
        setting: what else the code depends on.
        modules: the modules of the extensions that the templates are compiled with.
        store: where it is kept; beside the program unless another is given.
    """

    def __init__(self, setting: str, modules: tuple[str, ...], store: Store | None = None) -> None:
        self._store = _beside_the_program() if store is None else store
        self._setting = f"{setting} {_compiler(modules)}"

    def get(self, name: str, checksum: str) -> CodeType | None:
        """The code of a template, if it was kept; ``checksum`` is that of its text."""
        content = self._store.get(self._key(name, checksum))
        try:
            code = marshal.loads(content) if content else None  # noqa: S302 - see above
        except (EOFError, ValueError, TypeError):
            return None
        return code if isinstance(code, CodeType) else None

    def put(self, name: str, checksum: str, code: CodeType) -> None:
        """Keeps the code of a template."""
        keep(self._store, self._key(name, checksum), marshal.dumps(code))

    def _key(self, name: str, checksum: str) -> str:
        return hashlib.sha256(f"{self._setting}\0{name}\0{checksum}".encode()).hexdigest()


@memo()
def _beside_the_program() -> Store:
    return store_beside(__file__, "templates", _LIMIT)


@memo(10)
def _compiler(modules: tuple[str, ...]) -> str:
    """A digest of Python, Jinja and our own part of the compiler, with that of extensions."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    files = [*here, *(Path(str(sys.modules[each].__file__)) for each in modules)]
    return digest_of_code(files, jinja2.__version__)
