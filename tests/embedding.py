"""Fonts for tests that print many short documents: embedding takes half the time of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from generator.printing.fragments.faces import Faces
from generator.printing.fragments.fragment import EmbeddedFont, Face, Glyphs

Embedded = dict[object, EmbeddedFont]
"""By font, face and glyphs: all that embedding depends on while the fonts stay the same."""


@contextmanager
def fonts_embedded_once(embedded: Embedded) -> Iterator[None]:
    """The same glyphs of a font are embedded once, by whatever document they are needed."""
    embed = Faces.embed

    def once(faces: Faces, name: str, face: Face, glyphs: Glyphs) -> EmbeddedFont:
        key = name, face, tuple(sorted(glyphs.items()))
        if key not in embedded:
            embedded[key] = embed(faces, name, face, glyphs)
        return embedded[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Faces, "embed", once)
        yield
