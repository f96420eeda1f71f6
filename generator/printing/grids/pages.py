"""What is painted on a page of a grid: rules and texts, as operators of a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from generator.printing.grids.own_lines import PlacedOwnLine
from generator.printing.grids.rows import PlacedCell
from generator.printing.grids.shaping import SettingStyle, ShapedLine, colour
from generator.printing.grids.sheet import RuleStyle


def operators(cells: Sequence[PlacedCell], rule: RuleStyle, marks: int, scale: float) -> bytes:
    """What paints the table on its page.

    Args:
        cells: the cells on the page; each learns the number of its marked content.
        rule: how rules are drawn.
        marks: how many marked contents the page has already.
        scale: from CSS pixels to points.
    """
    parts = [f"q {scale} 0 0 {scale} 0 0 cm", *_rules(cells, rule), "BT"]
    parts += _texts(cells, marks)
    return "\n".join([*parts, "ET", "Q"]).encode()


def _rules(cells: Sequence[PlacedCell], rule: RuleStyle) -> Iterator[str]:
    """The rules as long strokes, each a path of its own; ends reach over the crossing rule."""
    yield "/Artifact BMC q"
    yield f"{_numbers(rule.colour)} RG {rule.width:.4f} w 2 J"
    across: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    down: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    for cell in cells:  # those side by side begin and end in the very same places
        reaches, stands = (cell.left, cell.right), (cell.top, cell.bottom)
        across[cell.top].append(reaches)
        across[cell.bottom].append(reaches)
        down[cell.left].append(stands)
        down[cell.right].append(stands)
    for y, parts in across.items():
        yield from (f"{a:.3f} {y:.3f} m {b:.3f} {y:.3f} l S" for a, b in _joined(parts))
    for x, parts in down.items():
        yield from (f"{x:.3f} {a:.3f} m {x:.3f} {b:.3f} l S" for a, b in _joined(parts))
    yield "Q EMC"


_TOUCHING = 0.01


def _joined(parts: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Strokes that touch or lie on each other, made one."""
    parts.sort()
    begin, end = parts[0]
    for next_begin, next_end in parts[1:]:
        if next_begin > end + _TOUCHING:
            yield begin, end
            begin, end = next_begin, next_end
        elif next_end > end:
            end = next_end
    yield begin, end


def _texts(cells: Iterable[PlacedCell], marks: int) -> Iterator[str]:
    """The texts of cells, each marked as the content of its cell, repeated heads as artifacts."""
    style: SettingStyle | None = None
    font = ""
    for placed in cells:
        if not placed.lines:
            continue
        if placed.repeated:
            yield "/Artifact BMC"
        else:
            placed.mark = marks
            yield f"/{placed.cell.kind.tag.upper()} <</MCID {marks}>> BDC"
            marks += 1
        text = placed.style.text
        if text is not style and text != style:
            style = text
            yield colour(style)
        for line, x, y in lines_in_place(placed):
            yield _position(x, y)
            for chunk in line.chunks:
                if chunk.set_font != font:
                    font = chunk.set_font
                    yield font
                yield f"[{chunk.glyphs}] TJ"
        yield "EMC"


def lines_in_place(placed: PlacedCell) -> Iterator[tuple[ShapedLine, float, float]]:
    """The lines of a cell, each with where its baseline begins; set in the middle of its height."""
    style = placed.style
    left = placed.left + style.left
    room = placed.right - style.right - left
    top = placed.top + style.above + (placed.bottom - placed.top - placed.needed) / 2
    for line in placed.lines:
        x = left
        if style.align != "left":
            spare = max(room - line.width, 0)
            x += spare if style.align == "right" else spare / 2
        yield line, x, top + line.baseline
        top += line.height


def own_text(placed: PlacedOwnLine) -> bytes:
    """What paints a line where it stands, as exactly as WeasyPrint would; its colour set before."""
    parts = ["BT", f"1 0 0 -1 {placed.x:.6f} {placed.y:.6f} Tm"]
    parts += [chunk.operators for chunk in placed.line.chunks]
    return "\n".join([*parts, "ET"]).encode()


def _position(x: float, y: float) -> str:
    return f"1 0 0 -1 {x:.3f} {y:.3f} Tm"


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:g}" for number in numbers)
