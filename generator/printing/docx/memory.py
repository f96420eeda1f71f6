"""What was made before from equal content: a process that prints again makes only what is new.

Nothing of it changes what is printed: a value is a function of its key. What the last
document did not use is forgotten, so that a memory holds about one document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Values by the content they are made from."""

    def __init__(self) -> None:
        self._before: dict[Key, Value] = {}
        self._now: dict[Key, Value] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._now or key in self._before

    def recall(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made if neither this document nor the last one had it."""
        value = self._now.get(key)
        if value is None:
            value = self._before.get(key)
        if value is None:
            value = make()
        self._now[key] = value
        return value

    def end_document(self) -> None:
        """Forgets what only earlier documents used."""
        self._before, self._now = self._now, {}
