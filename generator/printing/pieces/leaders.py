"""Makes each row of dots in the contents one text: to WeasyPrint every dot is a box of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

from generator.printing.pieces.justify import GRID, Box


@contextmanager
def leaders_at_once() -> Iterator[None]:
    """Makes one text of the equal characters that lead the eye along a line, as it is laid out.

    WeasyPrint looks at each box several times before it draws it.
    """
    lay_out = inline.handle_leader

    def handle_leader(context: Any, line: Box, containing_block: Box) -> None:
        lay_out(context, line, containing_block)
        _, leader = leader_index(line)
        if leader is not None:
            _join(leader)

    inline.handle_leader = handle_leader
    try:
        yield
    finally:
        inline.handle_leader = lay_out


def _join(leader: Box) -> None:
    dots = sorted(leader.children, key=lambda dot: float(dot.position_x))
    if len(dots) > 1 and len(dots[0].text) == 1:
        row = dots[0].copy()
        row.pango_layout = _RowOfDots(row, len(dots))
        row.text = row.pango_layout.text
        row.width *= len(dots)
        leader.children = (row,)


class _RowOfDots(Layout):  # type: ignore[misc]
    """The text of a row of dots as WeasyPrint draws it, each dot where it stood by itself."""

    def __init__(self, dot: Box, count: int) -> None:
        """Takes the place of a dot's text.

        Args:
            dot: the box of the first dot, laid out.
            count: how many there are.
        """
        self.__dict__.update(dot.pango_layout.__dict__)
        self.text = dot.pango_layout.text * count
        self._thousandth = dot.style["font_size"] / GRID
        self._width = dot.width / self._thousandth

    def get_first_line(self) -> tuple[Any, int | None]:
        """The line, its glyphs drawn apart so that none strays; asked for when it is drawn."""
        line, index = super().get_first_line()
        dots, at = round(self._width), 0
        run = line.runs[0] if line.length else ffi.NULL
        while run != ffi.NULL:
            glyphs = run.data.glyphs
            for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]:
                width = round(self._width * (at + 1)) - round(self._width * at)
                exact = width * self._thousandth * TO_UNITS
                # what is left over is cut off when it is written
                glyph.geometry.width = math.floor(exact) if width < dots else math.ceil(exact)
                at += 1
            run = run.next
        return line, index
