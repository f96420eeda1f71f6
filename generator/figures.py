"""Figures: every number printed, with its address, value and what it was computed from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number.

    Attributes:
        address: where it belongs, e.g. ``表二/205/一般公共预算``.
        value: exact value, in ``unit``.
        printed: the value as rounded for print, in 万元 for money of statements.
        unit: 元, %, 个, 辆, 平方米 …
        text: the printed text without unit.
        sources: addresses of the leaves or figures it was computed from.
    """

    address: str
    value: Decimal
    printed: Decimal
    unit: str
    text: str
    sources: tuple[str, ...]


class FigureClashError(ValueError):
    """Two different figures claim one address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"两个不同的数字用了同一个地址“{address}”")


class FigureBook:
    """All figures of a document by address."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, figure: Figure) -> Figure:
        """Adds a figure; the same address always stands for the same figure."""
        present = self._figures.setdefault(figure.address, figure)
        if present.value != figure.value:
            raise FigureClashError(figure.address)
        return present

    def __getitem__(self, address: str) -> Figure:
        return self._figures[address]

    def __contains__(self, address: str) -> bool:
        return address in self._figures

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    def addresses(self) -> list[str]:
        """Every address, in the order of the document."""
        return list(self._figures)
