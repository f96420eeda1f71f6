"""Draws the rooms of generator/ and what they use: `.venv/bin/python scripts/draw_rooms.py`.

The picture (docs/rooms.svg) is made from the imports in the code and from `[tool.importlinter]` in
pyproject.toml, which gives the order of the rooms: a room uses those below it. Arrows that follow
from others are left out; beside a room stands every room that it uses. An arrow up, red and dashed,
is an import that the contract ignores.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "rooms.svg"
PACKAGE = "generator"

_ROW, _BOX_HEIGHT, _BOX_WIDTH = 66, 34, 130
_LEFT, _TOP, _WIDTH = 130, 56, 880
_LANE = 15
_STYLE = """\
  text { font: 13px sans-serif; fill: #222 }
  .name { font-weight: bold; font-size: 14px }
  .small { font-size: 11px; fill: #666 }
  .box { fill: #eef3f8; stroke: #4a6785 }
  .use { fill: none; stroke: #8aa0b5 }
  .up { fill: none; stroke: #b3261e; stroke-dasharray: 5 3 }"""


class Use(NamedTuple):
    """One room imports modules of another."""

    room: str
    used: str


def rooms() -> list[str]:
    """The rooms from the highest to the lowest, as the contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers: list[str] = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [room.strip() for layer in layers for room in layer.split(":")]


def uses() -> list[Use]:
    """Which room uses which, by the imports in the code; those within a room are left out."""
    found = {
        Use(room, used)
        for file in sorted((ROOT / PACKAGE).rglob("*.py"))
        for room in [file.relative_to(ROOT / PACKAGE).parts[0]]
        for used in _imported(file)
    }
    known = set(rooms())
    return sorted(use for use in found if use.room != use.used and known.issuperset(use))


def _imported(file: Path) -> Iterator[str]:
    """The room of every module of the program that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names = names[:1] if node.module != PACKAGE else names
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == PACKAGE and rest:
                yield rest.partition(".")[0]


def told(room: str) -> str:
    """The first sentence of what a room says of itself."""
    text = ast.get_docstring(ast.parse((ROOT / PACKAGE / room / "__init__.py").read_text("utf-8")))
    return (text or "").partition("\n")[0].partition(". ")[0].rstrip(".").replace("`", "")


def drawn(found: Sequence[Use], row: Mapping[str, int]) -> Iterator[Use]:
    """The uses that are drawn: those that do not follow from others, and all that go up."""
    down: dict[str, set[str]] = {room: set() for room in row}
    for use in found:
        if row[use.used] > row[use.room]:
            down[use.room].add(use.used)
    reached: dict[str, set[str]] = {}
    for room in sorted(row, key=row.__getitem__, reverse=True):
        reached[room] = down[room].union(*(reached[used] for used in down[room]))
    for use in found:
        beside = down[use.room] - {use.used}
        if use.used not in down[use.room] or not any(use.used in reached[each] for each in beside):
            yield use


def picture() -> str:
    """The whole picture as SVG."""
    order = rooms()
    row = {room: number for number, room in enumerate(order)}
    height = _TOP + len(order) * _ROW
    found = uses()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img">',
        "<title>The rooms of generator/ and what they use</title>",
        f"<style>\n{_STYLE}\n</style>",
        *_markers(),
        '<text x="20" y="24">A room uses rooms below it, never one above it.</text>',
        '<text x="20" y="42" class="small">Arrows that follow from others are left out.'
        " Red: upwards, to be mended.</text>",
    ]
    parts.extend(_arrow(use, row) for use in drawn(found, row))
    upwards = any(row[use.used] < row[use.room] for use in found)
    words = _LEFT + _BOX_WIDTH + (100 if upwards else 24)
    for room in order:
        used = ", ".join(each for each in order if Use(room, each) in found)
        parts.append(_box(room, row[room], words, used))
    return "\n".join([*parts, "</svg>", ""])


def _markers() -> Sequence[str]:
    shape = '<path d="M0,0 L8,4 L0,8 z" fill="{}"/>'
    head = '<marker id="{}" markerWidth="8" markerHeight="8" refX="8" refY="4" orient="auto">'
    return [
        f"{head.format(name)}{shape.format(colour)}</marker>"
        for name, colour in (("down", "#8aa0b5"), ("upwards", "#b3261e"))
    ]


def _box(room: str, row: int, words: int, used: str) -> str:
    top = _TOP + row * _ROW
    return (
        f'<g><rect class="box" x="{_LEFT}" y="{top}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}"'
        f' rx="6"/><text class="name" x="{_LEFT + 12}" y="{top + 22}">{room}/</text>'
        f'<text x="{words}" y="{top + 13}">{escape(told(room))}</text>'
        f'<text class="small" x="{words}" y="{top + 31}">{used or "—"}</text></g>'
    )


def _arrow(use: Use, row: Mapping[str, int]) -> str:
    """Down on the left, up on the right; the further, the further out. Neighbours: straight."""
    start, end = row[use.room], row[use.used]
    down = end > start
    title = f"<title>{use.room} → {use.used}</title></path>"
    if end == start + 1:
        middle = _LEFT + _BOX_WIDTH // 2
        line = f"M{middle},{_TOP + start * _ROW + _BOX_HEIGHT} L{middle},{_TOP + end * _ROW}"
        return f'<path class="use" marker-end="url(#down)" d="{line}">{title}'
    far = 20 + _LANE * abs(end - start)
    side = _LEFT if down else _LEFT + _BOX_WIDTH
    out = side - far if down else side + far
    from_y = _TOP + start * _ROW + (_BOX_HEIGHT - 8 if down else 8)
    to_y = _TOP + end * _ROW + (8 if down else _BOX_HEIGHT - 8)
    kind, marker = ("use", "down") if down else ("up", "upwards")
    curve = f"M{side},{from_y} C{out},{from_y} {out},{to_y} {side},{to_y}"
    return f'<path class="{kind}" marker-end="url(#{marker})" d="{curve}">{title}'


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
