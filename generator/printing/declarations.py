"""WeasyPrint's C declarations in cffi's compiled form, kept beside the program.

WeasyPrint states them as text, and every process that prints parsed it anew.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

import cffi

from generator.core.files.beside_program import keep, store_beside
from generator.core.memo import memo

_FFI = cffi.FFI
_NAME = "declarations"
_LIMIT = 1024 * 1024
"""Bytes: those of some forty versions of WeasyPrint."""


class CompiledDeclarations:
    """Stands for an ``FFI`` of cffi from before anything is declared to it.

    What it offers then is what a module made by ``FFI.emit_python_code`` offers (cffi's
    documentation calls that "out-of-line, ABI level").
    """

    def cdef(self, declarations: str) -> None:
        """Declares functions and types of C; not for use a second time."""
        ffi = _compiled(declarations)
        vars(self).update(
            {name: getattr(ffi, name) for name in dir(ffi) if not name.startswith("__")}
        )


@memo()
def _compiled(declarations: str) -> Any:
    """The ``ffi`` of the module that cffi makes of declarations."""
    store = store_beside(__file__, _NAME, _LIMIT)
    known = "\0".join([cffi.__version__, declarations])
    key = hashlib.sha256(known.encode()).hexdigest()
    source = store.get(key)
    if source is None:
        ffi = _FFI()
        ffi.cdef(declarations)
        ffi.set_source(_NAME, None, compiler_verbose=0)
        module = io.StringIO()
        ffi.emit_python_code(module)
        source = module.getvalue().encode()
        keep(store, key, source)
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - trusted as the program
    return names["ffi"]
