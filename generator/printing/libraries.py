"""Imports WeasyPrint without what takes it long and is seldom needed, or the same every time."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_SELDOM = {
    "fontTools.subset": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Modules that WeasyPrint uses for variable fonts, for WOFF files, or where HarfBuzz cannot
subset a font, with the functions that it takes from each by name."""


@contextmanager
def lean_import() -> Iterator[None]:
    """Makes the first import of WeasyPrint in this process take less.

    WeasyPrint tries several names for each library, the full one (``libpango-1.0.so.0``) last. For
    each that fails ctypes asks ldconfig, the compiler and the linker: a fifth of a second in all,
    to find what Linux loads by the full name anyway. It imports a hundred modules of fontTools
    for a few seldom calls: these are imported at the call. And it parses its declarations of C:
    these are kept as cffi compiles them.
    """
    if "weasyprint" in sys.modules:
        yield
        return
    import cffi

    from generator.printing.declarations import CompiledDeclarations

    search = ctypes.util.find_library
    parsing = cffi.FFI
    cffi.FFI = CompiledDeclarations
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    later = {name: _Later(name) for name in _SELDOM if name not in sys.modules}
    sys.modules.update(later)
    try:
        yield
    finally:
        ctypes.util.find_library = search
        cffi.FFI = parsing
        for name, module in later.items():
            if sys.modules.get(name) is module:  # whoever imports it from now on wants it all
                del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module until anything of it is used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        for function in _SELDOM[name]:
            setattr(self, function, _called_later(name, function))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # as the import system asks
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def _called_later(module: str, name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(import_module(module), name)(*arguments, **options)

    return call


def _nowhere(name: str) -> None:  # noqa: ARG001 - as ctypes calls it
    return None
