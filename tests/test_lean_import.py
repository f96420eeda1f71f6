"""What a start of printing does not import, and that it is there once it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_BEGIN = """
import json, sys
from generator.printing.libraries import lean_import
with lean_import():
    import weasyprint
    from weasyprint.pdf import fonts
of_fonts = [name for name in sys.modules if name.startswith("fontTools")]
"""


def _told(more: str, first: str = "") -> Any:
    """What a fresh process says after it has imported WeasyPrint, and nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", first + _BEGIN + more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_what_is_seldom_used_of_fonttools_is_not_imported() -> None:
    names, modules = _told("print(json.dumps([of_fonts, len(sys.modules)]))")
    assert "fontTools.ttLib" in names
    assert not {"fontTools.subset", "fontTools.varLib.instancer"} & set(names)
    assert len(names) <= 40
    assert modules <= 370


def test_whoever_imports_it_later_has_all_of_it() -> None:
    found = _told(
        "import fontTools.subset\n"
        "from fontTools.ttLib import woff2\n"
        "print(json.dumps([fontTools.subset.__name__, callable(woff2.decompress)]))"
    )
    assert found == ["fontTools.subset", True]


def test_weasyprint_finds_what_it_needs_at_the_call() -> None:
    found = _told(
        "options = fonts.subset.Options(retain_gids=True)\n"
        "print(json.dumps([type(options).__module__, options.retain_gids]))"
    )
    assert found == ["fontTools.subset", True]


def test_a_variable_font_is_set_to_its_weight_at_the_call() -> None:
    font = """
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
builder = FontBuilder(1000, isTTF=True)
builder.setupGlyphOrder([".notdef"])
builder.setupCharacterMap({})
builder.setupGlyf({".notdef": Glyph()})
builder.setupHorizontalMetrics({".notdef": (500, 0)})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
builder.setupGvar({".notdef": []})
static = fonts.instantiateVariableFont(builder.font, {"wght": 700}, static=True)
print(json.dumps(["fvar" in static]))
"""
    assert _told(font) == [False]


_SHAPED = """
from weasyprint.text.ffi import ffi, pango
rectangle = ffi.new("PangoRectangle *", {"x": 1024, "width": 2048})
units = pango.pango_units_from_double(2.5)
try:
    pango.no_such_function
except AttributeError:
    seen = [type(ffi).__name__, rectangle.width, units, "pycparser" in sys.modules]
    print(json.dumps(seen))
"""


def test_declarations_are_parsed_once_and_serve_every_process() -> None:
    _told(_SHAPED)  # they are kept by now
    assert _told(_SHAPED) == ["CompiledDeclarations", 2048, 2560, False]


def test_where_nothing_can_be_kept_they_are_parsed() -> None:
    nowhere = "import sys; sys.dont_write_bytecode = True; sys.pycache_prefix = '/dev/null'\n"
    assert _told(_SHAPED, nowhere) == ["CompiledDeclarations", 2048, 2560, True]
