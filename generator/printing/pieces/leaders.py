"""Draws each row of dots in the contents as one text: WeasyPrint draws every dot by itself."""

from __future__ import annotations

import math
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

from generator.printing.pieces.justify import GRID, Box


def join_leaders(box: Box) -> None:
    """Makes one text of the equal characters that lead the eye along a line.

    Args:
        box: a page that is laid out, or a box on it; it is changed.
    """
    for child in getattr(box, "children", ()):
        if getattr(child, "is_leader", False):
            _join(child)
        else:
            join_leaders(child)


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
