"""YAML that comes with the program, kept as it was parsed: the packs and the catalogue of subjects.

Every run reads the same two dozen files of a pack; parsing them is a tenth of a small check. They
are kept beside the program, as compiled templates are; YAML that users write is parsed each time.
"""

from __future__ import annotations

import hashlib
import marshal
from pathlib import Path
from typing import Any

import yaml

from generator.core.files.beside_program import digest_of_code, keep, store_beside
from generator.core.files.store import Store
from generator.core.memo import memo
from generator.core.resources import CATALOGUE, PACKS

_LIMIT = 4 * 1024 * 1024
"""Bytes: a dozen packs."""
_PARTS = 3


def comes_along(file: Path) -> bool:
    """Whether a file is one of those that come with the program."""
    return file.is_relative_to(PACKS) or file.is_relative_to(CATALOGUE)


def kept_parts(content: bytes) -> tuple[Any, ...] | None:
    """The data of a file with this content, and the places of its keys and values, if kept."""
    found = _beside_the_program().get(_key(content))
    try:
        parts = marshal.loads(found) if found else None  # noqa: S302 - trusted as the program is
    except (EOFError, ValueError, TypeError):
        return None
    return parts if isinstance(parts, tuple) and len(parts) == _PARTS else None


def keep_parts(content: bytes, *parts: Any) -> None:
    """Keeps what was parsed of a file with this content."""
    keep(_beside_the_program(), _key(content), marshal.dumps(parts))


def _key(content: bytes) -> str:
    return hashlib.sha256(f"{_parser()}\0".encode() + content).hexdigest()


@memo()
def _beside_the_program() -> Store:
    return store_beside(__file__, "parsed", _LIMIT)


@memo()
def _parser() -> str:
    """A digest of all that parses."""
    return digest_of_code(sorted(Path(__file__).parent.glob("*.py")), yaml.__version__)
