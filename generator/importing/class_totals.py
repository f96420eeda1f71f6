"""What the text states of the two kinds of projects under goal management (纳入)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class ClassTotal(NamedTuple):
    """How many projects of one kind there are, and their money in 万元 as printed."""

    projects: int
    amount: Decimal


class ClassTotals(NamedTuple):
    """The two classes of projects, the usual one last."""

    operation: ClassTotal
    target: ClassTotal
