"""Counts how often something is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest


def count_calls(
    patch: pytest.MonkeyPatch, times: Counter[str], owner: Any, name: str, called: str = ""
) -> None:
    """Lets each call of a function be counted before it is made.

    Args:
        patch: takes that back after the test.
        times: the counter.
        owner: the module or class that has the function.
        name: the name of the function there.
        called: what it is counted as; its own name if nothing is said.
    """
    plain: Callable[..., Any] = getattr(owner, name)

    @wraps(plain)
    def counting(*arguments: Any, **options: Any) -> Any:
        times[called or name] += 1
        return plain(*arguments, **options)

    patch.setattr(owner, name, counting)
