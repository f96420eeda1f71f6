"""Figures: every number printed, with its address, value and what it was computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.core.likeness import nearest_names


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number.

    Attributes:
        address: where it belongs, e.g. ``表二/205/一般公共预算``.
        value: exact value, in ``unit``.
        printed: the value as rounded for print; for money of statements and of the text, in the
            unit of the text (文字单位 of pack.yaml).
        unit: 元, %, 个, 辆, 平方米 …
        text: the printed text without unit.
        sources: addresses of the leaves or figures it was computed from.
        known: whether the data says it; what it does not say is printed as 待填, never as 0.
    """

    address: str
    value: Decimal
    printed: Decimal
    unit: str
    text: str
    sources: tuple[str, ...]
    known: bool = True


UNKNOWN = "待填"


def unknown(address: str, unit: str) -> Figure:
    """A figure that the document prints and the data does not say."""
    return Figure(address, Decimal(0), Decimal(0), unit, UNKNOWN, (), known=False)


def share_address(part: str, whole: str) -> str:
    """The address of the share of one figure in another."""
    return f"{part} ÷ {whole}"


def change_address(current: str, prior: str) -> str:
    """The address of the change of a figure against last year's."""
    return f"{current} − {prior}"


def growth_address(current: str, prior: str) -> str:
    """The address of the rate of a change."""
    return f"({change_address(current, prior)}) ÷ {prior}"


def is_derived(address: str) -> bool:
    """Whether an address is that of a share, a change or a rate, made of other figures."""
    return " − " in address or " ÷ " in address


def share_parts(address: str) -> tuple[str, str] | None:
    """Part and whole of the address of a share; ``None`` of any other, rates included."""
    part, sign, whole = address.partition(" ÷ ")
    return (part, whole) if sign and not part.startswith("(") else None


def change_parts(address: str) -> tuple[str, str] | None:
    """Current and prior address of a change; ``None`` of any other, rates included."""
    current, sign, prior = address.partition(" − ")
    return (current, prior) if sign and not current.startswith("(") else None


_LONGEST = 200
"""Characters of an address that are told and compared; a template may make one of millions."""


class UnknownFigureError(LookupError):
    """An address was asked for that no statement and no fact has."""

    def __init__(self, address: str, known: Iterable[str]) -> None:
        self.address = address
        asked = str(address)[:_LONGEST]
        near = nearest_names(asked, known, most=3, least=0.5)
        self.hint = f"是不是 {' 或 '.join(near)}？" if near else "地址写作 表号/栏/行/列"
        super().__init__(f"没有数字“{asked}”")


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
        if present is not figure and present.value != figure.value:
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
