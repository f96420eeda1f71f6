"""The fonts that fragments share: every face is read once and embedded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import fonts as weasyprint_fonts
from weasyprint.pdf.fonts import Font, build_fonts_dictionary
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_hb_object_data, get_pango_font_key

from generator.printing.fragments.fragment import EmbeddedFont, Face, Glyphs, UnknownFaceError
from generator.printing.fragments.objects import ObjectCollector, loosened

_SIZE = 1000  # CSS pixels: large, so that ascent and descent are exact
_OWN = 3  # objects that pydyf begins a PDF with


class FontSheet(dict[int, Font]):
    """The fonts that WeasyPrint uses for one fragment; it embeds none of them."""

    def values(self) -> Any:
        """Nothing: this is what WeasyPrint embeds."""
        return ()

    @property
    def used(self) -> list[Font]:
        """The fonts with the glyphs used."""
        return [font for font in dict.values(self) if font.to_unicode or font.missing]


@contextmanager
def files_left_unread() -> Iterator[None]:
    """Fonts that are met meanwhile leave their files unread: 25 MB that only embedding needs."""
    read = weasyprint_fonts.get_hb_object_data
    weasyprint_fonts.get_hb_object_data = lambda _: b""
    try:
        yield
    finally:
        weasyprint_fonts.get_hb_object_data = read


class Faces:
    """The faces met so far, in the form in which WeasyPrint writes them.

    Attributes:
        fonts: the fonts that WeasyPrint finds them among.
    """

    def __init__(self, fonts: Any) -> None:
        self.fonts = fonts
        self._known: dict[int, Font] = {}

    def font(self, pango_font: Any) -> tuple[Font, float]:
        """The face of a font, and its size in CSS pixels."""
        key, description, size = get_pango_font_key(pango_font)
        font = self._known.get(key)
        if font is None:
            with files_left_unread():
                font = self._known[key] = Font(pango_font, description, size)
        return font, size

    def sheet(self) -> FontSheet:
        """The faces for a fragment, without the glyphs that others use."""
        return FontSheet((key, _unused(font)) for key, font in self._known.items())

    def learn(self, sheet: FontSheet) -> None:
        """Keeps the faces that a fragment met first."""
        for key, font in sheet.items():
            if key not in self._known:
                self._known[key] = _unused(font)

    def embed(self, name: str, face: Face, glyphs: Glyphs) -> EmbeddedFont:
        """Embeds what is needed of a face.

        Raises:
            UnknownFaceError: if the face is neither found again under its name nor known.
        """
        font = self._load(face)
        if font is None or font.hash != name:  # such as one face of a variable font
            font = next((_unused(each) for each in self._known.values() if each.hash == name), None)
        if font is None:
            raise UnknownFaceError(name)
        font.file_content = get_hb_object_data(font.hb_face)
        for glyph in sorted(glyphs):
            font.to_unicode[glyph], font.widths[glyph] = glyphs[glyph]
        pdf = pydyf.PDF()
        dictionary = build_fonts_dictionary(pdf, {0: font}, True, True, DEFAULT_OPTIONS)
        (reference,) = dictionary.values()
        objects = ObjectCollector()
        numbers = {each.number: objects.reserve() for each in pdf.objects[_OWN:]}
        objects.take(loosened(pdf.objects[_OWN:], {}), numbers.__getitem__)
        return EmbeddedFont(objects.block(), numbers[int(reference.split()[0])])

    def _load(self, face: Face) -> Font | None:
        description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        pango.pango_font_description_set_family(description, face.family.encode())
        pango.pango_font_description_set_style(description, face.style)
        pango.pango_font_description_set_weight(description, face.weight)
        pango.pango_font_description_set_absolute_size(description, _SIZE * TO_UNITS)
        context = ffi.gc(
            pango.pango_font_map_create_context(self.fonts.font_map), gobject.g_object_unref
        )
        pango_font = pango.pango_font_map_load_font(self.fonts.font_map, context, description)
        if pango_font == ffi.NULL:
            return None
        # ours to give back: a font held for ever holds its map, and every font file mapped by it
        pango_font = ffi.gc(pango_font, gobject.g_object_unref)
        _, own_description, size = get_pango_font_key(pango_font)
        with files_left_unread():
            font = Font(pango_font, own_description, size)
        font.pango_font = pango_font  # alive as long as what was read off it
        return font


def _unused(font: Font) -> Font:
    copied = copy(font)
    copied.widths, copied.to_unicode, copied.missing = {}, {}, {}
    return copied


def face_of(font: Font) -> Face:
    """How a font is found again."""
    return Face(font.family, int(font.style), int(font.weight))


def glyphs_of(fonts: Iterable[Font]) -> dict[str, Glyphs]:
    """The glyphs used of each font, by the name of the font."""
    return {
        font.hash: {glyph: (text, font.widths[glyph]) for glyph, text in font.to_unicode.items()}
        for font in fonts
    }


def missing_in(fonts: Iterable[Font]) -> tuple[str, ...]:
    """The characters that none of the fonts has."""
    return tuple(sorted({chr(point) for font in fonts for point in font.missing}))
