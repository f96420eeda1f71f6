"""Leaves that no printed cell tells apart: one of them stands for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.importing.amounts.printed.cells import Leaf, LeafIndex, PrintedCell


class Alike(Struct, frozen=True):
    """Leaves that every cell sums together or not at all, the one that stands for them first."""

    leaves: tuple[Leaf, ...]

    @property
    def chosen(self) -> Leaf:
        """The leaf that stands for the others."""
        return self.leaves[0]

    def untold(self) -> Iterator[tuple[str, str]]:
        """The dimensions that the tables do not tell, with the value that is taken."""
        for name, value in self.chosen.dimensions.items():
            if any(leaf.dimensions[name] != value for leaf in self.leaves):
                yield name, value


def alike_leaves(leaves: Sequence[Leaf], cells: Iterable[PrintedCell], usual: str) -> list[Alike]:
    """The leaves in groups that the cells do not tell apart, in order.

    Args:
        leaves: the leaves of a book.
        cells: its printed cells.
        usual: the fund source that stands for others.
    """
    index = LeafIndex(leaves)
    sums: list[list[int]] = [[] for _ in leaves]
    for number, cell in enumerate(cells):
        for place in index.meeting(cell.conditions):
            sums[place].append(number)
    groups: dict[tuple[int, ...], list[Leaf]] = {}
    for leaf, numbers in zip(index.leaves, sums, strict=True):
        groups.setdefault(tuple(numbers), []).append(leaf)
    for members in groups.values():
        members.sort(key=lambda leaf: leaf.dimensions.get("资金来源") != usual)
    return [Alike(tuple(members)) for members in groups.values()]


def untold(
    groups: Iterable[Alike], amounts: Iterable[Decimal]
) -> dict[tuple[str, str], list[Leaf]]:
    """What no table tells of leaves with amounts: dimensions and values taken, with the leaves."""
    found: dict[tuple[str, str], list[Leaf]] = {}
    for group, amount in zip(groups, amounts, strict=True):
        for each in group.untold() if amount else ():
            found.setdefault(each, []).append(group.chosen)
    return found
