"""Results remembered within a process, so that a second run does what has changed.

What is remembered depends on its key alone, never on a path and a time. It is shared by runs that
know nothing of each other, so nobody may change it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Memory(Generic[K, T]):
    """Results by their keys; where there are too many, what was longest not asked for goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: dict[K, T] = {}

    def get(self, key: K) -> T | None:
        """The result of a key, or ``None``."""
        result = self._results.pop(key, None)
        if result is not None:
            self._results[key] = result
        return result

    def put(self, key: K, result: T) -> T:
        """Remembers a result and returns it."""
        self._results[key] = result
        while len(self._results) > self._most:
            self._results.pop(next(iter(self._results)), None)
        return result


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
