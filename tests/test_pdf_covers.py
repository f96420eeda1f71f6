"""Long titles and names that a PDF sets in two centred lines are one paragraph."""

from __future__ import annotations

import pytest

from generator.drafts.pdf.page.lines import TextLine
from generator.drafts.pdf.paragraphs import Margins, PlacedLine, begins

LEFT, RIGHT, SIZE = 60.0, 540.0, 30.0
"""Where the pages of text begin and end, and the size of the cover's letters, in points."""
COVER = Margins(90.0, 510.0, 0.0, (LEFT, RIGHT))


def line(text: str, number: int, *, x0: float | None = None) -> PlacedLine:
    """A centred line of a cover, the next below it by ``number``."""
    width = len(text) * SIZE
    start = (LEFT + RIGHT - width) / 2 if x0 is None else x0
    top = 100.0 + number * 1.6 * SIZE
    return PlacedLine(TextLine(text, start, start + width, top, top + SIZE, SIZE, SIZE), 1, 0)


@pytest.mark.parametrize(
    ("above", "below", "two"),
    [
        ("预算主管部门：示例区示例办公", "室", False),
        ("示例市示例区二〇二六年区级部门", "预算", False),  # no room for one more
        ("示例局", "室", True),
        ("示例区示例办公室预算公开", "示例局", True),
        ("示例市示例区示例办公室编制。", "附", True),
    ],
)
def test_a_centred_line_goes_on_where_it_had_no_room(above: str, below: str, two: bool) -> None:
    assert begins(line(above, 0), line(below, 1), {0: COVER}) is two


def test_a_heading_below_a_full_line_is_no_part_of_it() -> None:
    full = line("一" * 16, 0, x0=LEFT)
    assert begins(full, line("附表", 1), {0: COVER})
