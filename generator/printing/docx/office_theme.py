"""The theme part of the DOCX: what Word offers for shapes and charts that somebody adds."""

from __future__ import annotations

from generator.pack.theme import Font, Theme
from generator.printing.docx.markup import quoted_attribute

_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1D2F42",
    "lt2": "EEF2F6",
    "accent1": "3B5C7E",
    "accent2": "8FA9C4",
    "accent3": "5F7D5A",
    "accent4": "A9762F",
    "accent5": "8A4B4B",
    "accent6": "6B6B6B",
    "hlink": "1D2F42",
    "folHlink": "6B6B6B",
}
"""Black and white, the colours of the charts, and quiet ones beside them."""
_HEADING, _TEXT = "h1", "p"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_LOOKS = 3
"""How many fills, lines and effects a theme has at least."""


def office_theme_xml(theme: Theme) -> str:
    """The content of theme1.xml, with the fonts of headings and of the text."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS.items()
    )
    fonts = "".join(
        f"<a:{name}>{_fonts(theme.fonts[theme.style(tag).font])}</a:{name}>"
        for name, tag in (("majorFont", _HEADING), ("minorFont", _TEXT))
    )
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in (6350, 12700, 19050))
    return (
        f'<a:theme {_DRAWING} name="公开文本"><a:themeElements>'
        f'<a:clrScheme name="公开文本">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公开文本">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="公开文本"><a:fillStyleLst>{_FILL * _LOOKS}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * _LOOKS}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * _LOOKS}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _fonts(font: Font) -> str:
    latin, asian = quoted_attribute(font.latin or font.docx), quoted_attribute(font.docx)
    return f'<a:latin typeface={latin}/><a:ea typeface={asian}/><a:cs typeface=""/>'
