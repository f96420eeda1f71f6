"""What a chart shows, and how, taken from the drawing of the pack.

The drawing is what the PDF and the page show, so colours, lengths and sizes are its own; the
amounts and how they are written stand in attributes beside it (``CHART_DATA`` of the tree).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tinycss2.color3 import parse_color

from generator.compose.document.tree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_FULL = 255


class ChartKind(StrEnum):
    """The charts that there are."""

    BARS = "bars"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Paint:
    """How something is drawn: colours as six hexadecimal digits, the outline's width in points.

    An empty colour draws nothing.
    """

    fill: str
    outline: str
    width: float


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar: its label, its amount in the unit of the chart, the words beside it."""

    label: str
    amount: Decimal
    text: str
    paint: Paint


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart of horizontal bars, from the top.

    Attributes:
        kind: bars from one axis, or steps from a total to another, which come first and last.
        alternative: what it shows, in words.
        unit: of the amounts.
        pattern: how amounts are written.
        rate: how shares are written; empty where none are.
        start: the amount at which the axis starts.
        bars: what is drawn.
        axis: the line from which bars start.
        width: in points, as all lengths.
        height: of the chart.
        before: what stands before the axis.
        longest: the room of the bars.
        thickness: of a bar.
        letters: the size of the letters.
    """

    kind: ChartKind
    alternative: str
    unit: str
    pattern: str
    rate: str
    start: Decimal
    bars: tuple[DrawnBar, ...]
    axis: Paint
    width: float
    height: float
    before: float
    longest: float
    thickness: float
    letters: float


def chart_data(drawing: Element) -> ChartData | None:
    """What an SVG element shows; ``None`` of a drawing that is no chart, or of another kind."""
    bars = [each for each in drawing.iter(f"{_SVG}rect") if each.get("data-amount") is not None]
    if drawing.get("data-chart") not in set(ChartKind) or not bars:
        return None
    try:
        return _chart_data(drawing, bars)
    except (ValueError, InvalidOperation, StopIteration):
        return None  # the pack draws it in a way of its own: it stays a picture


def _chart_data(drawing: Element, bars: list[Element]) -> ChartData:
    line = next(drawing.iter(f"{_SVG}line"), None)
    letters = next(drawing.iter(f"{_SVG}text"))
    before = min(_number(bar, "x") for bar in bars)
    return ChartData(
        ChartKind(drawing.get("data-chart", "")),
        drawing.get("aria-label", ""),
        drawing.get("data-money", ""),
        drawing.get("data-pattern", "0.00"),
        drawing.get("data-rate", ""),
        _amount(drawing.get("data-start", "0")),
        tuple(_bar(bar) for bar in bars),
        _paint(line) if line is not None else Paint("", "", 0),
        _number(drawing, "width"),
        _number(drawing, "height"),
        before,
        max(_number(bar, "x") + _number(bar, "width") for bar in bars) - before,
        _number(bars[0], "height"),
        _number(letters, "font-size"),
    )


def _bar(bar: Element) -> DrawnBar:
    amount = _amount(bar.get("data-amount", ""))
    return DrawnBar(bar.get("data-label", ""), amount, bar.get("data-text", ""), _paint(bar))


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _number(element: Element, name: str) -> float:
    return float(element.get(name, "").removesuffix("pt"))


def _paint(element: Element) -> Paint:
    width = float(element.get("stroke-width", "1"))
    return Paint(_colour(element.get("fill")), _colour(element.get("stroke")), width)


def _colour(written: str | None) -> str:
    colour = parse_color(written or "")
    if colour is None or isinstance(colour, str):  # none, or that of the text
        return ""
    return "".join(f"{round(part * _FULL):02X}" for part in colour[:3])
