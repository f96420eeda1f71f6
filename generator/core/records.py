"""Changes records: most are structs of msgspec, those that templates see are dataclasses.

``dataclasses.replace`` takes no struct and ``msgspec.structs.replace`` no dataclass, and mypy does
not tell one from the other: so nobody else uses either.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def replace(record: T, /, **changes: Any) -> T:
    """A record like another, with some fields changed.

    Raises:
        TypeError: if there is no such field.
    """
    if isinstance(record, msgspec.Struct):
        return msgspec.structs.replace(record, **changes)
    return dataclasses.replace(record, **changes)  # type: ignore[type-var]
