"""What specimens showed, kept beside the program: how grids look in a pack, whatever they say.

Every process learned it anew of the same few pages of every pack. It depends on the program, the
fonts, the stylesheet and what all pages share. Nothing of what a document says is in it: a kind of
grids whose headings are not all samples is learned anew.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

from generator.core.files.beside_program import keep, store_beside
from generator.core.files.store import Store
from generator.core.memo import memo
from generator.printing.kept import key_digest

if TYPE_CHECKING:
    from generator.printing.grids.grid import PaintedCellKind
    from generator.printing.grids.sheet import GridPage

_LIMIT = 8 * 1024 * 1024
"""Bytes: the kinds of grids of a few dozen packs."""


class KeptSpecimen(NamedTuple):
    """What a specimen showed.

    Attributes:
        sheet: what the pages of its kind look like.
        tried: the kinds of cells that were on it.
        slots: the number of the kind whose slots stand on the sheet.
    """

    sheet: GridPage
    tried: frozenset[PaintedCellKind]
    slots: int


class KeptSpecimens:
    """The specimens of documents of one look; new ones are kept when all went well with them.

    Args:
        look: a digest of all that they depend on besides the kind of grid; empty if that is not
            certain: then nothing is kept, or found.
    """

    def __init__(self, look: str) -> None:
        self._look = look
        self._new: dict[str, KeptSpecimen] = {}

    def find(self, kind: bytes) -> KeptSpecimen | None:
        """The specimen of a kind of grid, by its section without rows."""
        content = _beside_the_program().get(self._key(kind)) if self._look else None
        try:
            found = pickle.loads(content) if content else None  # noqa: S301 - trusted as the program
        except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, TypeError):
            return None
        return found if isinstance(found, KeptSpecimen) else None

    def add(self, kind: bytes, specimen: KeptSpecimen) -> None:
        """Adds a specimen."""
        if self._look:
            self._new[self._key(kind)] = specimen

    def save(self) -> None:
        """Keeps what was added."""
        for key, specimen in self._new.items():
            keep(_beside_the_program(), key, pickle.dumps(specimen))
        self._new.clear()

    def forget(self) -> None:
        """Drops what was added: what the layout complained of must be told again."""
        self._new.clear()

    def _key(self, kind: bytes) -> str:
        return key_digest(self._look, "specimen", kind)


@memo()
def _beside_the_program() -> Store:
    return store_beside(__file__, "specimens", _LIMIT)
