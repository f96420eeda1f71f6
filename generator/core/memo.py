"""Results remembered within a process, so that a second run does what has changed.

What is remembered depends on its key alone, never on a path and a time. It is shared by runs that
know nothing of each other, so nobody may change it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def _one(_: object) -> int:
    return 1


class Memory(Generic[K, T]):
    """Results by their keys, up to a total weight; what was longest not asked for goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._results: dict[K, tuple[T, int]] = {}
        self._lock = Lock()

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

    For objects that are never changed once made, but have no hash or a slow one. Equality would
    not do for them: 1.0 and 1.00 are equal and print differently.
    """

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it
