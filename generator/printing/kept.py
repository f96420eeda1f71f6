"""What printing made before (pieces of PDFs, pictures): kept in the process, or between runs.

Everything is found by a digest of all it depends on, so what is found is as
good as made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from generator.core.memo import Memory

if TYPE_CHECKING:
    from generator.printing.pieces.second_printer import SecondPrinter

T = TypeVar("T")
E = TypeVar("E", bound="KeptPiece")

_MOST = 60_000_000
"""How many bytes a process keeps, about: some four long documents."""


class KeptPiece(Protocol):
    """What is kept."""

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""


class Keeper(Protocol):
    """Keeps bytes between runs."""

    def get(self, key: str) -> bytes | None:
        """What was kept under a key."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps bytes under a key."""


class KeptPieces:
    """Entries by digest; new ones are only kept when :meth:`save` says that all went well.

    Attributes:
        setting: tells this program, its libraries and the fonts from others, in whatever way;
            it matters where entries outlive the process.
        second: a process that makes entries while this one makes others, if there is one.
    """

    def __init__(
        self,
        keeper: Keeper | None = None,
        setting: str = "",
        second: SecondPrinter | None = None,
    ) -> None:
        self.setting = setting
        self.second = second
        self._keeper = keeper
        self._known = Memory[str, KeptPiece](__name__, most=_MOST)
        self._new: dict[str, KeptPiece] = {}
        self._workshops: dict[str, Any] = {}

    def find(self, key: str, kind: type[E]) -> E | None:
        """An entry of a kind, wherever it is kept."""
        entry = self._new.get(key) or self._known.get(key)
        if isinstance(entry, kind):
            return entry
        loaded = self._load(key, kind)
        if loaded is not None:
            self._known.put(key, loaded, loaded.weight)
        return loaded

    def add(self, key: str, entry: KeptPiece) -> None:
        """Adds an entry, for this run first of all."""
        self._new[key] = entry

    def save(self) -> None:
        """Keeps what was added."""
        for key, entry in self._new.items():
            if self._keeper is not None:
                self._keeper.put(key, msgspec.msgpack.encode(entry))
            self._known.put(key, entry, entry.weight)
        self._new.clear()

    def forget(self) -> None:
        """Drops what was added, and the workshops: something went wrong with them."""
        self._new.clear()
        self._workshops.clear()

    def has_workshop(self, key: str) -> bool:
        """Whether what makes new entries of a look stands ready."""
        return key in self._workshops

    def workshop(self, key: str, make: Callable[[], T]) -> T:
        """What makes new entries of one look; made when it is needed, the last one is kept."""
        if key not in self._workshops:
            self._workshops = {key: make()}
        workshop: T = self._workshops[key]
        return workshop

    def _load(self, key: str, kind: type[E]) -> E | None:
        content = self._keeper.get(key) if self._keeper is not None else None
        if content is None:
            return None
        try:
            return msgspec.msgpack.decode(content, type=kind)
        except msgspec.MsgspecError:
            return None  # of another kind: it is made anew and replaced


def key_digest(*parts: bytes | str | Iterable[str]) -> str:
    """The key for what is made from several parts."""
    whole = hashlib.sha256()
    for part in parts:
        if isinstance(part, bytes):
            content = part
        elif isinstance(part, str):
            content = part.encode()
        else:
            content = "\0".join(part).encode()
        whole.update(b"%d " % len(content))
        whole.update(content)
    return whole.hexdigest()
