"""Results remembered within a process, so that a second run does what has changed.

What is remembered depends on its key alone, never on a path and a time. It is shared by runs that
know nothing of each other, so nobody may change it. Whatever remembers is listed here: see
:func:`memories` and :func:`forget_all`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import _lru_cache_wrapper, lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_KNOWN: WeakKeyDictionary[_lru_cache_wrapper[Any] | Memory[Any, Any], str] = WeakKeyDictionary()
"""Everything that remembers, with its name."""


def memo(most: int | None = None) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Lets a function remember what it gave for its last ``most`` arguments, or for all."""

    def remembering(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        remembered = lru_cache(maxsize=most)(function)
        _KNOWN[remembered] = f"{function.__module__}.{function.__qualname__}"
        return remembered

    return remembering


def memories() -> dict[str, int]:
    """How much everything that remembers holds at present, by its name."""
    held: dict[str, int] = {}
    for memory, name in list(_KNOWN.items()):
        size = memory.size if isinstance(memory, Memory) else memory.cache_info().currsize
        held[name] = held.get(name, 0) + size
    return dict(sorted(held.items()))


def forget_all() -> None:
    """Forgets everything, as if the process had just begun."""
    for memory in list(_KNOWN):
        if isinstance(memory, Memory):
            memory.forget()
        else:
            memory.cache_clear()


def _one(_: object) -> int:
    return 1


class Memory(Generic[K, T]):
    """Results by their keys, up to a total weight; what was longest not asked for goes first.

    Args:
        name: what it is called in the list of memories.
        most: the weight.
    """

    def __init__(self, name: str, most: int) -> None:
        _KNOWN[self] = name
        self._most = most
        self._weight = 0
        self._results: dict[K, tuple[T, int]] = {}
        self._lock = Lock()

    @property
    def size(self) -> int:
        """How many results it holds."""
        return len(self._results)

    def forget(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._results.clear()
            self._weight = 0

    def get(self, key: K) -> T | None:
        """The result of a key, or ``None``."""
        with self._lock:
            found = self._results.pop(key, None)
            if found is None:
                return None
            self._results[key] = found
            return found[0]

    def recall(self, key: K, make: Callable[[], T], weigh: Callable[[T], int] = _one) -> T:
        """The result of a key, made where it is not remembered."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found, weigh(found))
        return found

    def put(self, key: K, result: T, weight: int = 1) -> T:
        """Remembers a result, unless it alone is too heavy, and returns it."""
        with self._lock:
            self._drop(key)
            if weight <= self._most:
                self._results[key] = result, weight
                self._weight += weight
            while self._weight > self._most:
                self._drop(next(iter(self._results)))
        return result

    def _drop(self, key: K) -> None:
        found = self._results.pop(key, None)
        if found is not None:
            self._weight -= found[1]


class Same(Generic[T]):
    """An object as a key: equal only to itself, and alive as long as the key is.

    For objects that are never changed once made, but have no hash or a slow one, such as the blocks
    of a document. Equality would not do for them: 1.0 and 1.00 are equal and print differently.
    """

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it
