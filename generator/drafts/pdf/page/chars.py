"""The characters of a page as PDFium gives them: where they stand, and whether anyone sees them."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from generator.drafts.pdf.page.drawn import ASLANT, DOWN, UP, UPRIGHT, UPSIDE_DOWN, DrawnCharacter
from generator.drafts.pdf.page.objects import (
    Colour,
    Ground,
    Matrix,
    PageObjects,
    Rectangle,
    Setting,
    address,
    fill_colour,
    quick,
)

MOST_CHARS = 200_000
"""A page of small print has some ten thousand."""
UNKNOWN = "\ufffd"
_SLANT = 0.05
_NO_SIZE = 0.01
_LEAST_SIZE = 0.5
"""Points; nobody reads smaller type."""
_DEEPEST_DESCENT = 0.5
_DESCENT = 0.2
_SPACE = 0.25
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_SAME_COLOUR = 3
"""Steps of 255 in each part of a colour; the eye sees no less."""
_WHITE = (255, 255, 255)
_BLANK = 32
"""The code of a space; what PDFium adds has none that is greater."""
_SOFT_HYPHEN = 0xAD
_SURROGATES = range(0xD800, 0xE000)


class CharacterStyle(NamedTuple):
    """What the characters of a text object share; ``unseen`` if nothing of it is drawn."""

    turn: int
    size: float
    setting: Setting
    unseen: bool
    colour: Colour | None


class PlacedCharacter(NamedTuple):
    """A character, where its middle lies on the page, and how it is drawn."""

    char: DrawnCharacter
    x: float
    y: float
    style: CharacterStyle


@dataclass(frozen=True, slots=True)
class Frames:
    """From the page's own coordinates to those of its sheets, by the turn of the text."""

    to_sheet: tuple[Matrix, ...]
    rotation: int

    def turn(self, matrix: Matrix) -> int:
        """Which way text runs on the page as it is shown."""
        along, across = abs(matrix.a), abs(matrix.b)
        if min(along, across) > _SLANT * max(along, across):
            return ASLANT
        if along > across:
            turn = UPRIGHT if matrix.a > 0 else UPSIDE_DOWN
        else:
            turn = UP if matrix.b > 0 else DOWN
        return (turn + self.rotation) % 4


def frames(box: Rectangle, rotation: int) -> Frames:
    """The frames of a page with a visible box that is shown turned by quarters clockwise."""
    x0, y0, x1, y1 = box
    unturned = (
        Matrix(1, 0, 0, -1, -x0, y1),
        Matrix(0, 1, 1, 0, -y0, -x0),
        Matrix(-1, 0, 0, 1, x1, -y0),
        Matrix(0, -1, -1, 0, y1, x1),
    )
    return Frames(tuple(unturned[(rotation - turn) % 4] for turn in range(4)), rotation)


_RECTF = Struct("4f")
"""A rectangle as PDFium writes it: left, top, right, bottom."""
_object_of = quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
_code_of = quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_int)
_is_generated = quick(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_int)
_is_unknown = quick(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_int)
_corners = _RECTF.unpack
_measure = quick(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)


def placed_chars(text_page: Any, objects: PageObjects, to_sheets: Frames) -> list[PlacedCharacter]:
    """The characters of a page in the order of its content, white space included."""
    placed: list[PlacedCharacter] = []
    styles: dict[int, CharacterStyle] = {}
    style, line = None, None
    last_key, page = 0, address(text_page)
    box = ctypes.create_string_buffer(_RECTF.size)
    measured = ctypes.addressof(box)
    # a document has hundreds of thousands of characters: no call more than is needed
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        key = _object_of(page, index)
        if not key:
            continue  # a space or line break that PDFium adds
        code = _code_of(page, index)
        if code <= _BLANK and _is_generated(page, index) == 1:
            continue  # another one
        if key != last_key or style is None:
            line, last_key = None, key
            style = styles.get(key) or _style(text_page, index, objects.texts.get(key), to_sheets)
            styles[key] = style
        _measure(page, index, measured)
        x0, y1, x1, y0 = _corners(box)
        if not math.isfinite(x0 + y0 + x1 + y1):
            continue
        if _is_unknown(page, index) == 1:
            text = UNKNOWN
        elif code < _BLANK or code == _SOFT_HYPHEN:
            text = _control(text_page, index, code)
        else:
            text = chr(code)
        area = x0, y0, x1, y1
        if line is None or not line.goes_on(area):
            line = _line(text_page, index, Rectangle(*area), style, to_sheets)
        elif area == line.last:  # one glyph for several characters
            placed[-1] = _with_more(placed[-1], text)
            continue
        line.last = area
        placed.append(PlacedCharacter(line.char(text, area), (x0 + x1) / 2, (y0 + y1) / 2, style))
    return placed + _blanks(objects, styles, to_sheets)


def _blanks(
    objects: PageObjects, styles: Mapping[int, CharacterStyle], to_sheets: Frames
) -> list[PlacedCharacter]:
    """The text objects without width, which PDFium passes over: spaces, for the most part.

    Where they are most of the text, and their fonts are not in the file, they are characters that
    no font here has.
    """
    left_out = [text for key, text in objects.texts.items() if key not in styles and text.is_blank]
    without_font = sum(not _has_font(text.drawn) for text in left_out)
    text = UNKNOWN if without_font > len(styles) else " "
    return [_blank(text, setting, to_sheets) for setting in left_out]


def _has_font(drawn: Any) -> bool:
    font = pdfium.FPDFTextObj_GetFont(drawn)
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _blank(text: str, setting: Setting, to_sheets: Frames) -> PlacedCharacter:
    nominal = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(setting.drawn, nominal)
    matrix = setting.matrix
    size = _size(nominal.value, math.hypot(matrix.c, matrix.d))
    style = CharacterStyle(to_sheets.turn(matrix), size, setting, size < _LEAST_SIZE, None)
    left, base = to_sheets.to_sheet[max(style.turn, UPRIGHT)].point(matrix.e, matrix.f)
    bottom = base + _DESCENT * size
    right = left + _SPACE * size
    char = DrawnCharacter(text, left, right, bottom - size, bottom, size, -base, style.turn)
    return PlacedCharacter(char, matrix.e, matrix.f, style)


def _style(
    text_page: Any, index: int, setting: Setting | None, to_sheets: Frames
) -> CharacterStyle:
    drawn = pdfium.FPDFText_GetTextObject(text_page, index)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    nominal = pdfium.FPDFText_GetFontSize(text_page, index)
    size = _size(nominal, math.hypot(matrix.c, matrix.d))
    colour, is_transparent = fill_colour(drawn)
    unseen = (
        setting is None
        or size < _LEAST_SIZE
        or is_transparent
        or pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _UNSEEN_MODES
    )
    turn = to_sheets.turn(Matrix(matrix.a, matrix.b, matrix.c, matrix.d, 0, 0))
    setting = setting or Setting(0, Rectangle(0, 0, 0, 0))
    return CharacterStyle(turn, size, setting, unseen, colour)


def _size(nominal: float, scale: float) -> float:
    """A size in points that can be divided by."""
    size = abs(nominal) * scale
    return size if _NO_SIZE < size < math.inf else _NO_SIZE


def _control(text_page: Any, index: int, code: int) -> str:
    """What is read where a control character or a soft hyphen stands."""
    hyphen = pdfium.FPDFText_IsHyphen(text_page, index) == 1
    return "-" if hyphen else " " if code else UNKNOWN


_Area = tuple[float, float, float, float]


class _Line:
    """Characters of one text object at one height: all but their left and right is the same.

    They are as high as their size, wherever their font says that it reaches.
    """

    __slots__ = ("_along", "_factor", "_from", "_rest", "last")

    def __init__(
        self, matrix: Matrix, style: CharacterStyle, bottom: float, base: float, area: _Area
    ) -> None:
        self.last = area
        self._along = bool(matrix.a)
        self._factor, self._from = matrix.a or matrix.c, matrix.e
        self._rest = bottom - style.size, bottom, style.size, -base, style.turn

    def goes_on(self, area: _Area) -> bool:
        """Whether a character stands at the same height of its sheet."""
        last = self.last
        if self._along:
            return last[1] == area[1] and last[3] == area[3]
        return last[0] == area[0] and last[2] == area[2]

    def char(self, text: str, area: _Area) -> DrawnCharacter:
        """A character on its sheet."""
        begin, _, end, _ = area
        if not self._along:
            _, begin, _, end = area
        one, other = self._factor * begin + self._from, self._factor * end + self._from
        if one > other:
            one, other = other, one
        return DrawnCharacter(text, one, other, *self._rest)


def _line(
    text_page: Any, index: int, area: Rectangle, style: CharacterStyle, to_sheets: Frames
) -> _Line:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    matrix = to_sheets.to_sheet[max(style.turn, UPRIGHT)]
    _, base = matrix.point(x.value, y.value)
    *_, lowest = matrix.area(((area.x0, area.y0), (area.x1, area.y1)))
    bottom = base + min(max(lowest - base, 0.0), _DEEPEST_DESCENT * style.size)
    return _Line(matrix, style, bottom, base, area)


def _with_more(placed: PlacedCharacter, text: str) -> PlacedCharacter:
    """A character whose glyph stands for several, or that comes in two halves."""
    whole = placed.char.text + text
    if any(ord(letter) in _SURROGATES for letter in text):
        whole = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return placed._replace(char=placed.char._replace(text=whole))


# Seen or not


def unseen(placed: Sequence[PlacedCharacter], objects: PageObjects) -> set[int]:
    """The numbers of the characters that nobody sees."""
    found: set[int] = set()
    last, x0, y0, x1, y1 = None, 0.0, 0.0, 0.0, 0.0
    for number, (_, x, y, style) in enumerate(placed):
        if style is not last:
            last, (x0, y0, x1, y1) = style, style.setting.clip
        if style.unseen or not (x0 <= x <= x1 and y0 <= y <= y1):
            found.add(number)
    return found | _on_their_colour(placed, objects) | covered(placed, objects.grounds)


def _on_their_colour(placed: Sequence[PlacedCharacter], objects: PageObjects) -> set[int]:
    """Characters in the colour of what they stand on; a page is white."""
    grounds = [*objects.grounds, *objects.pictures]
    colours = {ground.colour for ground in grounds if ground.colour} | {_WHITE}
    of_texts = {id(each.style): each.style.colour for each in placed}
    alike = {
        colour
        for colour in {*of_texts.values()}
        if colour and any(_same(colour, other) for other in colours)
    }
    if not alike:
        return set()
    return {
        number
        for number, each in enumerate(placed)
        if (colour := each.style.colour) in alike
        and colour
        and _same(colour, _ground_of(each, grounds))
    }


def _ground_of(placed: PlacedCharacter, grounds: Sequence[Ground]) -> Colour | None:
    below = (
        ground
        for ground in grounds
        if ground.order < placed.style.setting.order and ground.area.holds(placed.x, placed.y)
    )
    top = max(below, key=attrgetter("order"), default=None)
    return top.colour if top else _WHITE


def _same(colour: Colour, other: Colour | None) -> bool:
    return other is not None and all(
        abs(ours - theirs) <= _SAME_COLOUR for ours, theirs in zip(colour, other, strict=True)
    )


def covered(placed: Sequence[PlacedCharacter], grounds: Sequence[Ground]) -> set[int]:
    """The numbers of the characters that something opaque was drawn over afterwards."""
    found: set[int] = set()
    opaque = [ground for ground in grounds if ground.opaque]
    levels = sorted((each.y, number) for number, each in enumerate(placed)) if opaque else []
    for ground in opaque:
        start = bisect_left(levels, (ground.area.y0, -1))
        end = bisect_right(levels, (ground.area.y1, len(placed)))
        found |= {
            number
            for _, number in levels[start:end]
            if placed[number].style.setting.order < ground.order
            and ground.area.holds(placed[number].x, placed[number].y)
        }
    return found
