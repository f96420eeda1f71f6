"""Says in words what a figure was computed from, and where that is written."""

from __future__ import annotations

from msgspec import Struct

from generator.compose.compose import Composed
from generator.core.address_words import address_words
from generator.core.findings import Location
from generator.core.numbers.format import MoneyUnit
from generator.load.yaml.tree import Tree
from generator.reading.provenance import place_of_figure

_SHOWN = 3
"""How many of the amounts that make up a figure are named."""
_NAMES = ("科目", "名称", "单位", "项目名称")
"""The keys that tell one entry of a list from the others."""


class Provenance(Struct, frozen=True):
    """What a figure was computed from.

    Attributes:
        words: the amounts or figures that it was computed from.
        leaves: the addresses of all its leaves.
        place: where its only leaf is written, or what holds all of them; ``None`` if not known.
        is_money: whether it is an amount of money, and not a count or a rate.
    """

    words: str = ""
    leaves: frozenset[str] = frozenset()
    place: Location | None = None
    is_money: bool = True


UNKNOWN = Provenance()
_MONEY = frozenset(unit.value for unit in MoneyUnit)


class FigureSources:
    """Knows the leaves and figures of a composed data folder."""

    def __init__(self, composed: Composed) -> None:
        self._figures = {figure.address: figure for figure in composed.figures}
        self._source = composed.loaded.source

    def of(self, address: str) -> Provenance:
        """What the figure at an address was computed from, as far as that is known."""
        words = self._told(address)
        if not words:
            return UNKNOWN
        leaves, is_money = self._leaves(address), self._figures[address].unit in _MONEY
        return Provenance(words, leaves, self._place(address, leaves), is_money)

    def _place(self, address: str, leaves: frozenset[str]) -> Location | None:
        if len(leaves) > 1:
            return place_of_figure(self._figures[address], self._source)
        (leaf,) = leaves
        path = _path(leaf)
        return self._source.place(tuple(path)) if isinstance(self._words(path)[1], str) else None

    def _leaves(self, address: str) -> frozenset[str]:
        """The leaves of a figure; it is one itself if it has no other sources."""
        figure = self._figures.get(address)
        others = set(figure.sources) - {address} if figure is not None else ()
        if not others:
            return frozenset({address})
        return frozenset().union(*map(self._leaves, others))

    def _told(self, address: str) -> str:
        figure = self._figures.get(address)
        if figure is None or not figure.sources:
            return ""
        shown = "；".join(self._named(source) for source in figure.sources[:_SHOWN])
        more = len(figure.sources) > _SHOWN
        return f"{shown} 等 {len(figure.sources)} 项" if more else shown

    def _named(self, address: str) -> str:
        """An amount entered with its words and place, or another figure with its number."""
        figure = self._figures.get(address)
        if figure is not None:
            return f"{address_words(address)}（{figure.text}）"
        path = _path(address)
        words, value = self._words(path)
        place = self._source.place(tuple(path))
        amount = f" {value}" if isinstance(value, str) else ""
        return f"{words}{amount}{_written(place)}"

    def _words(self, path: list[str | int]) -> tuple[str, Tree]:
        """The steps to a value as a clerk says them, and the value."""
        words: list[str] = []
        node: Tree = self._source.data
        for step in path:
            inner: Tree = None
            if isinstance(node, list) and isinstance(step, int) and step < len(node):
                inner = node[step]
                words.append(f"第{step + 1}条{_name(inner)}")
            else:
                inner = node.get(str(step)) if isinstance(node, dict) else None
                words.append(str(step))
            node = inner
        return " ".join(words), node


def _path(address: str) -> list[str | int]:
    """The path in the data that the address of a leaf stands for."""
    return [int(step) - 1 if step.isdigit() else step for step in address.split("/")]


def _name(entry: Tree) -> str:
    """The name of an entry of a list, in quotes."""
    if not isinstance(entry, dict):
        return ""
    name = next((entry[key] for key in _NAMES if isinstance(entry.get(key), str)), None)
    return f"“{name}”" if name else ""


def _written(place: Location) -> str:
    return f"（{place.file.name}:{place.line}）" if place.line else ""
