"""How wide characters are in the fonts of the theme: measured by Pango, as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.core.memo import memo
from generator.pack.theme import Font
from generator.printing.kept import KeptPieces, key_digest
from generator.printing.libraries import lean_import

_REGULAR, _BOLD = 400, 700
_SIZE = 1000  # CSS pixels: large, so that widths are exact
_DIGITS = "0123456789"
_HALF = 0.5  # what a digit takes in the fonts of word processors, all but exactly


@dataclass(frozen=True, slots=True)
class Advances:
    """The widths of some characters of a face, as parts of its size."""

    of: dict[str, float]

    @property
    def weight(self) -> int:
        """How many bytes it takes, about."""
        return 100 * len(self.of)

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        return size * sum([self.of[character] for character in text])

    @property
    def digit(self) -> float:
        """The width of the widest digit."""
        return max(self.of[digit] for digit in _DIGITS)


def advances(font: Font, texts: Iterable[str], kept: KeptPieces, *, bold: bool) -> Advances:
    """What the characters of some texts take in a font: in the PDF, and about so in the DOCX.

    Args:
        font: the font.
        texts: the texts.
        kept: what was measured before; what is measured now is added.
        bold: whether they are printed in bold.
    """
    characters = "".join(sorted(set(_DIGITS).union(*texts)))
    key = key_digest(
        kept.setting, "advances", font.families, font.latin or "", f"{bold}", characters
    )
    found = kept.find(key, Advances)
    if found is None:
        weight = _BOLD if bold else _REGULAR
        families = ",".join(font.families)
        measured = {character: _measured(families, weight, character) for character in characters}
        found = Advances({each: max(at, _in_docx(each, font)) for each, at in measured.items()})
        kept.add(key, found)
        kept.save()
    return found


def _in_docx(character: str, font: Font) -> float:
    """What a character takes at least in a word processor, whose fonts are not at hand."""
    return _HALF if character in _DIGITS or (font.latin is None and character.isascii()) else 0


@memo()
def _font_map() -> Any:
    """Never freed: when Python ends, what it is made of may be gone before it."""
    from weasyprint.text.ffi import pangoft2

    return pangoft2.pango_ft2_font_map_new()


@memo()
def _measured(families: str, weight: int, text: str) -> float:
    """How wide a text is, as a part of its size."""
    with lean_import():
        from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, families.encode())
    pango.pango_font_description_set_weight(description, weight)
    pango.pango_font_description_set_absolute_size(description, _SIZE * TO_UNITS)
    context = ffi.gc(pango.pango_font_map_create_context(_font_map()), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_font_description(layout, description)
    encoded = text.encode()
    pango.pango_layout_set_text(layout, encoded, len(encoded))
    extents = ffi.new("PangoRectangle *")
    line = pango.pango_layout_get_line_readonly(layout, 0)
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    width: float = extents.width * FROM_UNITS / _SIZE
    return width
