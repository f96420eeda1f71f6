"""Paragraph styles of the DOCX, written from the pack's theme."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from generator.pack.theme import Align, Font, Style, Theme
from generator.printing.docx.markup import NAMESPACES, twips

_BUILT_IN = {
    "p": ("Normal", "Normal"),
    "h1": ("Heading1", "heading 1"),
    "h2": ("Heading2", "heading 2"),
    "h3": ("Heading3", "heading 3"),
    "h4": ("Heading4", "heading 4"),
    "p.toc-1": ("TOC1", "toc 1"),
    "p.toc-2": ("TOC2", "toc 2"),
    "p.toc-3": ("TOC3", "toc 3"),
    "figcaption": ("Caption", "caption"),
}
"""Selectors that are styles every word processor knows: id and name."""

JUSTIFICATION = {
    Align.LEFT: "left",
    Align.RIGHT: "right",
    Align.CENTER: "center",
    Align.JUSTIFY: "both",
}


def style_id(style: Style) -> str:
    """The style's id in the document."""
    if style.selector in _BUILT_IN:
        return _BUILT_IN[style.selector][0]
    return "".join(part.capitalize() for part in style.selector.replace(".", " ").split())


def styles_xml(theme: Theme) -> str:
    """The content of styles.xml: document defaults and one style for each of the theme."""
    body = theme.style("p")
    fonts = font_properties(theme.fonts[body.font])
    styles = "".join(_styles(theme))
    return (
        f"<w:styles {NAMESPACES}>"
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="{round(body.size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{styles}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        "</w:style>"
        "</w:styles>"
    )


def font_properties(font: Font) -> str:
    """The fonts of a run, Latin and East Asian alike."""
    name, latin = quoteattr(font.docx), quoteattr(font.latin or font.docx)
    return (
        f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={name} w:cs={latin} "
        'w:hint="eastAsia"/>'
    )


def font_table_xml(theme: Theme) -> str:
    """The content of fontTable.xml: what may stand in for a font that is not installed."""
    entries = "".join(
        f"<w:font w:name={quoteattr(font.docx)}><w:altName w:val={quoteattr(font.substitutes)}/>"
        '<w:charset w:val="86"/></w:font>'
        for font in {font.docx: font for font in theme.fonts.values()}.values()
    )
    return f"<w:fonts {NAMESPACES}>{entries}</w:fonts>"


def _styles(theme: Theme) -> Iterator[str]:
    for style in theme.styles:
        identity = style_id(style)
        name = _BUILT_IN.get(style.selector, ("", style.selector))[1]
        default = ' w:default="1"' if identity == "Normal" else ""
        based = "" if identity == "Normal" else f'<w:basedOn w:val="{_base(style)}"/>'
        bold = "<w:b/>" if style.bold else '<w:b w:val="0"/>'
        half_points = round(style.size * 2)
        yield (
            f'<w:style w:type="paragraph"{default} w:styleId="{identity}">'
            f"<w:name w:val={quoteattr(name)}/>{based}<w:qFormat/>"
            f"<w:pPr>{_paragraph(style, theme.letter_spacing(style))}</w:pPr>"
            f"<w:rPr>{font_properties(theme.fonts[style.font])}{bold}"
            f'<w:spacing w:val="{math.floor(theme.letter_spacing(style) * 20)}"/>'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
        )


def _base(style: Style) -> str:
    """Headings of a special look still are headings of their level."""
    tag, _, special = style.selector.rpartition(" ")[2].partition(".")
    if special and tag in _BUILT_IN and tag != "p":
        return _BUILT_IN[tag][0]
    return "Normal"


def _paragraph(style: Style, spacing: float) -> str:
    line = twips(style.line or style.size * 1.3)
    keep = "<w:keepNext/><w:keepLines/>" if style.outline else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    # w:autoSpace off: no extra space between Han characters and figures, as in the PDF
    return (
        f'{keep}<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind w:left="{twips(style.indent_left * style.size)}" '
        f'w:right="{twips(style.indent_right * style.size)}" '
        f'w:firstLine="{twips(style.first_line * (style.size + spacing))}"/>'
        f'<w:jc w:val="{JUSTIFICATION[style.align]}"/>{outline}'
    )
