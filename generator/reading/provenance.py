"""Where a figure is written in the data."""

from __future__ import annotations

from itertools import takewhile

from generator.core.figures import Figure, FigureBook
from generator.core.findings import Location
from generator.core.memo import memo
from generator.load.yaml.tree import SourceTree


def place_of_figure(figure: Figure, source: SourceTree, spot: str = "") -> Location:
    """Where a figure is written: its leaf, or what holds all of its leaves, or their first section.

    The folder for a figure that has none. Leaves are in the order of the data, so the first and
    the last of them tell what holds them all.
    """
    paths = [_path(address) for address in figure.sources[:1] + figure.sources[1:][-1:]]
    if len(paths) > 1:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(*paths, strict=False))
        common = tuple(step for step, _ in same)
        place = source.place(common or paths[0][:1], key=True)
    else:
        place = source.place(paths[0] if paths else ())
    return Location(place.file, place.line, place.column, spot)


def place_of_address(address: str, figures: FigureBook, source: SourceTree) -> Location:
    """Where the figure at an address is written; one without leaves is what is written there.

    Also that of anything else whose address is its path in the data.
    """
    if address in figures and figures[address].sources:
        return place_of_figure(figures[address], source)
    return source.place(_path(address))


@memo(1 << 14)
def _path(address: str) -> tuple[str | int, ...]:
    """The path in the data that the address of a leaf stands for."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in address.split("/"))
