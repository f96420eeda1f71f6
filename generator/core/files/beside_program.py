"""What is made of the program's own files, kept where Python keeps its compiled modules.

Whoever may write there may write the program as well, so what is found there is trusted as the
program is. Nothing that users write is kept there.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from generator.core.files.store import Store


def store_beside(module: str, name: str, limit: int) -> Store:
    """A store among the compiled modules.

    Args:
        module: the file of the module beside which it is.
        name: its folder.
        limit: in bytes.
    """
    return Store(Path(cache_from_source(module)).parent / name, limit)


def keep(store: Store, key: str, content: bytes) -> None:
    """Keeps something in such a store, unless Python was told to write no compiled code."""
    if not sys.dont_write_bytecode:
        store.put(key, content)
        store.tidy()


def digest_of_code(files: Iterable[Path], *versions: str) -> str:
    """A digest of Python, of some modules and of the versions of what they use."""
    whole = hashlib.sha256(MAGIC_NUMBER + "\0".join(versions).encode())
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
