"""The geometry of bar and waterfall charts; the pack's template draws them.

Amounts and patterns go along, so that the DOCX can write charts that Word edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat, MoneyUnit, formatted
from generator.core.numbers.rounding import percentage

WIDTH = 430
"""Width of a chart in points: the text width of a portrait page."""

_THICKNESS = 16
_PITCH = 26
_AXIS = 170
_LONGEST = 130
_LEAST = 1.5
"""Points of the shortest bar, which has to be seen beside the axis."""
_SHORTEST = 20
"""Points of the longest bar, however long the words beside it are."""
_GAP = 6
"""Points between a bar and its amount, as the pack draws it."""
_EM = 11.0
"""Points: the size of the letters."""
_NARROW = {"%": 0.92, ".": 0.33, ",": 0.33, "-": 0.35, "+": 0.56}
_DIGIT = 0.56
_LAST_BRACKET = 0.5
"""So much of its width is ink in a closing bracket of full width; what follows it may be cut."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in points, with its label on the left and its amount on the right.

    ``amount`` is the printed one, in the unit of the chart.
    """

    label: str
    text: str
    amount: Decimal
    top: float
    length: float
    thickness: int = _THICKNESS

    @property
    def middle(self) -> float:
        """The height of the bar's middle."""
        return self.top + self.thickness / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart.

    Attributes:
        alternative: what it shows, in words.
        unit: of the amounts.
        pattern: how amounts are written.
        rate: how shares are written, in percent.
    """

    alternative: str
    bars: tuple[Bar, ...]
    width: int
    height: int
    unit: MoneyUnit
    pattern: str
    rate: str
    axis: int = _AXIS


def bar_chart(
    caption: str,
    items: Sequence[tuple[str, Decimal, str]],
    money: MoneyFormat = TEN_THOUSANDS,
    rate: str = "0.00",
    whole: Decimal | None = None,
) -> Chart:
    """Lays out bars for (label, amount, printed text); the longest fills the width.

    Args:
        caption: what the chart is called.
        items: amounts are in the unit of ``money``, whose pattern their texts are written by.
        money: how amounts are printed.
        rate: the pattern of shares in percent.
        whole: that of which the bars are shares, as it is printed; the sum of their amounts if it
            is not known.

    Bars are shorter where the words beside one would otherwise cross the edge of the page.
    """
    largest = max(amount for _, amount, _ in items)
    if whole is None:
        whole = sum((amount for _, amount, _ in items), Decimal(0))
    parts = [float(amount / largest) for _, amount, _ in items]
    texts = [
        f"{text}{money.unit}（{formatted(percentage(amount, whole), rate)}%）"
        for _, amount, text in items
    ]
    longest = _longest(parts, texts)
    bars = []
    words = []
    rows = zip(items, parts, texts, strict=True)
    for index, ((label, amount, _), part, shown) in enumerate(rows):
        length = round(part * longest, 2)
        top = (_PITCH - _THICKNESS) / 2 + index * _PITCH
        bars.append(Bar(label, shown, amount, top, max(length, _LEAST)))
        words.append(f"{label}{shown}")
    alternative = f"{caption}：{'；'.join(words)}。"
    height = _PITCH * len(items)
    return Chart(alternative, tuple(bars), WIDTH, height, money.unit, money.pattern, rate)


def _longest(parts: Sequence[float], texts: Sequence[str]) -> float:
    """How long the longest bar may be so that all texts stand on the page."""
    rooms = (
        (WIDTH - _AXIS - _GAP - _text_width(text)) / part
        for part, text in zip(parts, texts, strict=True)
        if part > 0
    )
    return max(min(_LONGEST, *rooms), _SHORTEST)


def _text_width(text: str) -> float:
    """The points that an amount and its share take, about: in the usual faces to one in fifty."""
    ems = sum(_NARROW.get(sign, _DIGIT if sign.isascii() else 1.0) for sign in text)
    return (ems - _LAST_BRACKET * text.endswith("）")) * _EM


_Bar = tuple[str, Decimal, Decimal, str, bool | None]
"""Label, start, end, printed amount, and whether it rises."""
_LABEL = 14
"""Characters of a label that fit left of the axis."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall in points: from where it starts, with its label and amount.

    ``amount`` is a total or a signed change, in the unit of the chart. ``rises`` is ``None`` for
    the two totals; the others differ in their filling as well as in their sign, so that the chart
    is read without colour.
    """

    label: str
    text: str
    amount: Decimal
    top: float
    left: float
    length: float
    end: float
    rises: bool | None
    thickness: int = _THICKNESS

    @property
    def middle(self) -> float:
        """The height of the bar's middle."""
        return self.top + self.thickness / 2


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Horizontal bars from last year's amount to this year's.

    Attributes:
        alternative: what it shows, in words.
        unit: of the amounts.
        pattern: how amounts are written.
        start: the amount at which the axis starts.
    """

    alternative: str
    steps: tuple[Step, ...]
    width: int
    height: int
    unit: MoneyUnit
    pattern: str
    start: Decimal
    axis: int = _AXIS


def waterfall_chart(
    caption: str,
    before: Decimal,
    steps: Sequence[tuple[str, Decimal]],
    after: Decimal,
    money: MoneyFormat = TEN_THOUSANDS,
) -> Waterfall:
    """Lays out the steps (label, signed amount) between two amounts, all in the unit of ``money``.

    Where the totals are large against the steps, the axis starts just below the lowest point, so
    that the steps can be told apart.
    """
    levels = [before]
    for _, amount in steps:
        levels.append(levels[-1] + amount)
    low, high = min(*levels, after), max(*levels, after)
    base = max(Decimal(0), low - (high - low))
    scale = Decimal(_LONGEST) / (high - base or Decimal(1))
    bars: list[_Bar] = [("上年预算数", base, before, money.written(before), None)]
    for (label, amount), start in zip(steps, levels, strict=False):
        end = start + amount
        shown = f"{'+' if amount > 0 else '−'}{money.written(abs(amount))}"
        bars.append((label, start, end, shown, amount > 0))
    bars.append(("本年预算数", base, after, money.written(after), None))
    words = "；".join(f"{label}{text}{money.unit}" for label, _, _, text, _ in bars)
    return Waterfall(
        f"{caption}：{words}。",
        tuple(_step(index, bar, base, scale, money.unit) for index, bar in enumerate(bars)),
        WIDTH,
        _PITCH * len(bars),
        money.unit,
        money.pattern,
        base,
    )


def _step(
    index: int,
    bar: _Bar,
    base: Decimal,
    scale: Decimal,
    unit: MoneyUnit,
) -> Step:
    label, start, end, text, rises = bar
    left = round(float((min(start, end) - base) * scale), 2)
    length = max(round(float(abs(end - start) * scale), 2), _LEAST)
    top = (_PITCH - _THICKNESS) / 2 + index * _PITCH
    short = label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"
    shown = f"{text}{unit}"
    right = _AXIS + left + length
    amount = end if rises is None else end - start
    return Step(short, shown, amount, top, _AXIS + left, length, right, rises)
