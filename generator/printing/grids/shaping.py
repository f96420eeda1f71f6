"""Texts as lines of glyphs: Pango shapes and breaks them, each distinct text once.

Pango is the one that WeasyPrint has loaded, set up by WeasyPrint's own layout
object, and the fonts are WeasyPrint's: both go into one PDF with one subset of
each face. Lengths are CSS pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, split_first_line

from generator.printing.fragments.faces import Faces, face_of
from generator.printing.fragments.fragment import Face, Glyphs
from generator.printing.grids.known_css import expect, rgb

_SHAPING = (
    *("font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
    *("letter_spacing", "word_spacing", "direction"),
)
_READ = (
    *_SHAPING,
    *("color", "line_height", "overflow_wrap", "white_space", "word_break", "tab_size"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone"),
    "text_decoration_line",
)
"""What WeasyPrint reads of a style to set and break text."""
_GLYPH = struct.Struct("=Iiii4x")  # PangoGlyphInfo: glyph, width, x offset, y offset; attributes


_MOST_TEXTS = 20_000
"""So many lines of texts take some 60 MB; a document of 200 forms has a third of them."""
_GlyphInfo = tuple[int, int, int, int]
_NO_GLYPH, _UNKNOWN = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG
"""The number of a glyph that shows nothing, and what is added to the number of a character that
no font has: no other glyph has a number as high."""


class SettingStyle:
    """How text is set. Styles that set text alike are equal.

    Attributes:
        properties: what WeasyPrint reads of a style, by name.
        colour: its colour as red, green and blue.
        line_height: the height of a line, or nothing if the font decides.
        size: the size of the font.
    """

    def __init__(self, style: Mapping[str, Any]) -> None:
        """Reads a style.

        Args:
            style: a style of WeasyPrint's, or the properties of another.
        """
        self.properties = {name: style[name] for name in _READ}
        self.colour = rgb(style["color"])
        self.line_height = _line_height(style)
        self.size: float = style["font_size"]
        shaping = tuple(str(style[name]) for name in _SHAPING)
        self._key = (shaping, self.colour, self.line_height)
        self._hash = hash(self._key)

    def __reduce__(self) -> tuple[type[SettingStyle], tuple[Mapping[str, Any]]]:
        """Made anew where it is kept or sent: texts have another hash in every process."""
        return SettingStyle, (self.properties,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SettingStyle) and self._key == other._key

    def __hash__(self) -> int:
        return self._hash


def colour(style: SettingStyle) -> str:
    """The operator that sets the colour of a text."""
    return " ".join(f"{each:g}" for each in style.colour) + " rg"


def _line_height(style: Any) -> float | None:
    """The height of a line, or nothing if the font decides."""
    height = style["line_height"]
    if height == "normal":
        return None
    if isinstance(height, int | float):  # times the size of the font
        return float(height * style["font_size"])
    return float(height.value)


class _StyleOfText(dict[str, Any]):
    """A style as WeasyPrint asks for it."""

    def __init__(self, style: SettingStyle, fonts: Any) -> None:
        super().__init__(style.properties)
        self.font_config = fonts


class Chunk(NamedTuple):
    """Glyphs of one font.

    Attributes:
        font: the name of the font.
        face: its face.
        set_font: the operator that sets it, in its size.
        glyphs: the glyphs, as the operand of the operator TJ.
        meanings: by the number of each glyph the text it stands for, and its width.
        missing: the characters that the font lacks.
    """

    font: str
    face: Face
    set_font: str
    glyphs: str
    meanings: Mapping[int, tuple[str, int]]
    missing: tuple[str, ...]

    @property
    def operators(self) -> str:
        """What shows the glyphs, the font set before."""
        return f"{self.set_font} [{self.glyphs}] TJ"


class ShapedLine(NamedTuple):
    """A line of text.

    Attributes:
        chunks: what is shown, font by font.
        width: from its beginning to its end, spaces at the end left out.
        baseline: from the top of the line to its baseline.
        height: from the top of the line to its bottom.
    """

    chunks: tuple[Chunk, ...]
    width: float
    baseline: float
    height: float


_Known = dict[tuple[str, float | None], tuple[ShapedLine, ...]]
"""Texts that were shaped, by what they say and how wide they may be."""


class Shaper:
    """Shapes texts and remembers what it shaped.

    Attributes:
        shaped: how many texts were shaped: counted, because it must not grow with repetition.
    """

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.shaped = 0
        self._known: dict[SettingStyle, _Known] = {}
        self._layouts: dict[SettingStyle, Any] = {}
        self._fonts: dict[tuple[Font, float], _SetFont] = {}
        self._extents = ffi.new("PangoRectangle *")

    def lines(self, style: SettingStyle, text: str, width: float | None) -> tuple[ShapedLine, ...]:
        """The lines of a text no wider than ``width``, as WeasyPrint breaks them."""
        return self.setting(style)(text, width)

    def tidy(self) -> None:
        """Forgets texts if there are very many: a process that stays prints many documents."""
        if sum(map(len, self._known.values())) > _MOST_TEXTS:
            for known in self._known.values():
                known.clear()

    def setting(self, style: SettingStyle) -> Callable[[str, float | None], tuple[ShapedLine, ...]]:
        """What gives the lines of texts of one style: many cells have the same."""
        known = self._known.setdefault(style, {})

        def lines(text: str, width: float | None) -> tuple[ShapedLine, ...]:
            if width is not None and len(text) * style.size <= width:  # as good as any width
                whole = known.get((text, None)) or lines(text, None)
                if len(whole) == 1 and whole[0].width <= width:
                    return whole
            found = known.get((text, width))
            if found is None:
                found = known[text, width] = tuple(self._break(style, text, width))
                self.shaped += 1
            return found

        return lines

    def _break(self, style: SettingStyle, text: str, width: float | None) -> Iterator[ShapedLine]:
        """Pango breaks a paragraph at once; where WeasyPrint may differ, it is asked."""
        broken = self._shape(style, text, width)
        if len(broken) == 1 and (width is None or broken[0].width <= width):
            yield broken[0]
        elif width is None or (" " not in text and all(line.width <= width for line in broken)):
            yield from broken
        else:
            for line in _as_weasyprint_breaks(self._style(style), text, width):
                yield from self._shape(style, line, None)

    def _shape(self, style: SettingStyle, text: str, width: float | None) -> list[ShapedLine]:
        layout = self._layout(style).layout
        pango.pango_layout_set_width(layout, -1 if width is None else int(width * TO_UNITS))
        encoded = text.encode()
        pango.pango_layout_set_text(layout, encoded, len(encoded))
        lines: list[ShapedLine] = []
        while (line := pango.pango_layout_get_line_readonly(layout, len(lines))) != ffi.NULL:
            lines.append(self._line(line, encoded, style))
        return lines

    def _line(self, line: Any, text: bytes, style: SettingStyle) -> ShapedLine:
        """A line; where the line height is given, it stands in the middle of it."""
        pango.pango_layout_line_get_extents(line, ffi.NULL, self._extents)
        width = self._extents.width * FROM_UNITS
        ascent = -self._extents.y * FROM_UNITS
        height = self._extents.height * FROM_UNITS
        chunks = tuple(self._chunks(line, text))
        if style.line_height is None:
            return ShapedLine(chunks, width, ascent, height)
        return ShapedLine(
            chunks, width, (style.line_height - height) / 2 + ascent, style.line_height
        )

    def _layout(self, style: SettingStyle) -> Any:
        layout = self._layouts.get(style)
        if layout is None:
            layout = self._layouts[style] = Layout(self._style(style))
        return layout

    def _style(self, style: SettingStyle) -> _StyleOfText:
        return _StyleOfText(style, self._faces.fonts)

    def _chunks(self, line: Any, text: bytes) -> Iterator[Chunk]:
        run = line.runs[0] if line.length else ffi.NULL
        while run != ffi.NULL:
            yield self._font(run.data.item.analysis.font).chunk(run.data, text, self._extents)
            run = run.next

    def _font(self, pango_font: Any) -> _SetFont:
        font, size = self._faces.font(pango_font)
        known = self._fonts.get((font, size))
        if known is None:
            expect(not (font.bitmap or font.png or font.svg or font.colr), "a font of pictures")
            known = self._fonts[font, size] = _SetFont(font, size)
        return known


def add_glyphs(
    chunks: Iterable[Chunk], faces: dict[str, Face], glyphs: dict[str, Glyphs]
) -> dict[str, None]:
    """Adds what chunks show to faces and the glyphs of each; returns what no font has."""
    missing: dict[str, None] = {}
    shown: dict[str, Glyphs] = {}
    for chunk in reversed([*chunks]):  # a glyph stands for what it first stood for
        shown.setdefault(chunk.font, {}).update(chunk.meanings)
        faces.setdefault(chunk.font, chunk.face)
        if chunk.missing:
            missing = dict.fromkeys(chunk.missing) | missing
    for font, known in shown.items():
        known.update(glyphs.get(font, {}))
        glyphs[font] = known
    return missing


def _as_weasyprint_breaks(style: _StyleOfText, text: str, width: float) -> Iterator[str]:
    """The lines as WeasyPrint breaks them: slowly, with its rules for spaces and long words."""
    rest = text.encode()
    while rest:
        _, length, resume_at, *_ = split_first_line(rest.decode(), style, None, width, 0)
        yield rest[:length].decode().rstrip(" ")
        rest = rest[resume_at:] if resume_at else b""


class _SetFont:
    """A font in a size, and how its glyphs are shown: most stand in thousands of texts."""

    def __init__(self, font: Font, size: float) -> None:
        self._font = font
        self._size = size
        self._face = face_of(font)
        self._operator = f"/{font.hash} {size} Tf"
        self._shown: dict[_GlyphInfo, str] = {}

    def chunk(self, run: Any, text: bytes, extents: Any) -> Chunk:
        """The glyphs of a run of a text."""
        glyphs, item = run.glyphs, run.item
        count = glyphs.num_glyphs
        infos = [*_GLYPH.iter_unpack(ffi.buffer(glyphs.glyphs, count * _GLYPH.size))]
        for info in set(infos).difference(self._shown):
            self._shown[info] = self._operand(info, run, extents)
        numbers = [info[0] for info in infos]
        texts = _texts(text[item.offset : item.offset + item.length], glyphs.log_clusters, count)
        stand_for = dict(zip(reversed(numbers), reversed(texts), strict=True))  # the first counts
        shown = "".join(["<", *[self._shown[info] for info in infos], ">"]).replace("<>", "")
        widths = self._font.widths
        meanings = {at: (said, widths[at]) for at, said in stand_for.items() if at < _NO_GLYPH}
        return Chunk(
            self._font.hash,
            self._face,
            self._operator,
            shown,
            meanings,
            tuple(chr(glyph - _UNKNOWN) for glyph in numbers if glyph >= _UNKNOWN),
        )

    def _operand(self, info: _GlyphInfo, run: Any, extents: Any) -> str:
        """What shows a glyph, with what to move where its own width is not what Pango gave it.

        The font remembers the width of each glyph.
        """
        glyph, width, x_offset, y_offset = info
        expect(not y_offset, "a raised glyph")
        size, widths = self._size, self._font.widths
        if glyph == _NO_GLYPH:
            return f">{-width / size}<"
        if glyph >= _UNKNOWN:
            return ""
        own_width = widths.get(glyph)
        if own_width is None:
            own_width = widths[glyph] = _own_width(run, glyph, size, extents)
        offset = x_offset / size
        before = f">{-offset}<" if offset else ""
        kerning = int(own_width + offset - width * (1000 * FROM_UNITS / size))
        return f"{before}{glyph:04x}" + (f">{kerning}<" if kerning else "")


def _texts(text: bytes, clusters: Any, count: int) -> Sequence[str]:
    """What each glyph stands for: from where its cluster begins to where the next one does."""
    begins = ffi.unpack(clusters, count)
    whole = text.decode()
    if len(whole) == count == len(set(begins)) and begins == sorted(begins):  # a glyph each
        return whole
    return [text[begin:end].decode() for begin, end in pairwise([*begins, len(text)])]


def _own_width(run: Any, glyph: int, size: float, extents: Any) -> int:
    pango.pango_font_get_glyph_extents(run.item.analysis.font, glyph, ffi.NULL, extents)
    width: int = round(extents.width * 1000 * FROM_UNITS / size)
    return width
