"""The geometry of bar charts; the pack's template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.rounding import percentage

WIDTH = 430
"""Width of a chart in points: the text width of a portrait page."""

_THICKNESS = 16
_PITCH = 26
_AXIS = 170
_LONGEST = 130


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in points, with its label on the left and its amount on the right."""

    label: str
    text: str
    top: float
    length: float
    thickness: int = _THICKNESS

    @property
    def middle(self) -> float:
        """The height of the bar's middle."""
        return self.top + self.thickness / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart; ``alternative`` says in words what it shows."""

    alternative: str
    bars: tuple[Bar, ...]
    width: int
    height: int
    axis: int = _AXIS


def bar_chart(caption: str, items: Sequence[tuple[str, Decimal, str]]) -> Chart:
    """Lays out bars for (label, amount in 万元, printed text); the longest fills the width."""
    largest = max(amount for _, amount, _ in items)
    whole = sum((amount for _, amount, _ in items), Decimal(0))
    bars = []
    words = []
    for index, (label, amount, text) in enumerate(items):
        shown = f"{text}万元（{percentage(amount, whole):.2f}%）"
        length = round(float(amount / largest) * _LONGEST, 2)
        top = (_PITCH - _THICKNESS) / 2 + index * _PITCH
        bars.append(Bar(label, shown, top, max(length, 0.5)))
        words.append(f"{label}{shown}")
    return Chart(f"{caption}：{'；'.join(words)}。", tuple(bars), WIDTH, _PITCH * len(items))
