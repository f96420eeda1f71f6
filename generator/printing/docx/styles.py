"""The styles of the DOCX, written from the pack's theme: every look has one, with a name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from generator.pack.theme import Align, Font, Style, Theme
from generator.printing.docx.cells import CellLook
from generator.printing.docx.headings import Variant
from generator.printing.docx.markup import NAMESPACES, mm_twips, quoted_attribute, twips
from generator.printing.docx.style_names import (
    FIGURE,
    FOOTER,
    HEADER,
    PLAIN_TABLE,
    SECTION_END,
    TABLE_STYLE,
    is_built_in,
    style_id,
    style_name,
)

_TABLE_STYLE_NAME = "公开表格"
_JUSTIFICATION = {
    Align.LEFT: "left",
    Align.RIGHT: "right",
    Align.CENTER: "center",
    Align.JUSTIFY: "both",
}
_CONTENTS = "p.toc-"
_CUSTOM = ' w:customStyle="1"'


def styles_xml(theme: Theme, cells: Iterable[CellLook], variants: Iterable[Variant]) -> str:
    """The content of styles.xml.

    Args:
        theme: gives a style for each of its own.
        cells: looks of cells that differ from their style.
        variants: styles of headings that the contents treat in another way than their own.
    """
    body = theme.style("p")
    styles = "".join(
        (
            *(_style_xml(theme, style) for style in theme.styles),
            *map(_cell_xml, sorted(set(cells), key=lambda look: look.style_id)),
            *map(_variant_xml, variants),
            *_printer_styles(theme),
        )
    )
    return (
        f"<w:styles {NAMESPACES}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font_properties(theme.fonts[body.font])}"
        f"{_size(body.size)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f"{styles}"
        "</w:styles>"
    )


def font_properties(font: Font) -> str:
    """The fonts of a run, Latin and East Asian alike."""
    name, latin = quoted_attribute(font.docx), quoted_attribute(font.latin or font.docx)
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii={latin} w:hAnsi={latin} '
        f"w:eastAsia={name} w:cs={latin}/>"
    )


def font_table_xml(theme: Theme) -> str:
    """The content of fontTable.xml: what may stand in for a font that is not installed."""
    entries = "".join(
        f"<w:font w:name={quoted_attribute(font.docx)}>"
        f"<w:altName w:val={quoted_attribute(_comma_separated(font.substitutes))}/>"
        '<w:charset w:val="86"/></w:font>'
        for font in {font.docx: font for font in theme.fonts.values()}.values()
    )
    return f"<w:fonts {NAMESPACES}>{entries}</w:fonts>"


def _comma_separated(substitutes: str) -> str:
    """A list of fonts as ECMA-376 wants it (17.8.3.1)."""
    return ",".join(name.strip() for name in substitutes.split(";") if name.strip())


def _style_xml(theme: Theme, style: Style) -> str:
    identity = style_id(style)
    is_normal = identity == "Normal"
    kind = ' w:default="1"' if is_normal else "" if is_built_in(style) else _CUSTOM
    based = "" if is_normal else f'<w:basedOn w:val="{_base(style)}"/>'
    following = '<w:next w:val="Normal"/>' if style.outline else ""
    bold = "<w:b/>" if style.bold else '<w:b w:val="0"/>'
    spacing = theme.letter_spacing(style)
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{identity}">'
        f"<w:name w:val={quoted_attribute(style_name(style))}/>{based}{following}<w:qFormat/>"
        f"<w:pPr>{_paragraph(theme, style)}</w:pPr>"
        f"<w:rPr>{font_properties(theme.fonts[style.font])}{bold}"
        f'<w:spacing w:val="{math.floor(spacing * 20)}"/>{_size(style.size)}</w:rPr></w:style>'
    )


def _base(style: Style) -> str:
    """Headings of a special look still are headings of their level."""
    tag, _, special = style.selector.rpartition(" ")[2].partition(".")
    if special and tag in ("h1", "h2", "h3", "h4"):
        return f"Heading{tag[1]}"
    return "Normal"


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _paragraph(theme: Theme, style: Style) -> str:
    spacing = theme.letter_spacing(style)
    line = twips(style.line or style.size * 1.3)
    keep = "<w:keepNext/><w:keepLines/>" if style.outline else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    tabs = ""
    if style.selector.startswith(_CONTENTS):
        width = mm_twips(theme.page("toc").text_width)
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    # w:autoSpace off: no extra space between Han characters and figures, as in the PDF
    return (
        f'{keep}{tabs}<w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" '
        f'w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind w:left="{twips(style.indent_left * style.size)}" '
        f'w:right="{twips(style.indent_right * style.size)}" '
        f'w:firstLine="{twips(style.first_line * (style.size + spacing))}"/>'
        f'<w:jc w:val="{_JUSTIFICATION[style.align]}"/>{outline}'
    )


def _cell_xml(look: CellLook) -> str:
    indented = f'<w:ind w:left="{look.left}" w:firstLine="0"/>' if look.left else ""
    aligned = f'<w:jc w:val="{_JUSTIFICATION[look.align]}"/>' if look.align else ""
    bold = "<w:rPr><w:b/></w:rPr>" if look.bold else ""
    return (
        f'<w:style w:type="paragraph"{_CUSTOM} w:styleId="{look.style_id}">'
        f"<w:name w:val={quoted_attribute(look.name)}/>"
        f'<w:basedOn w:val="{look.base_id}"/><w:qFormat/>'
        f"<w:pPr>{indented}{aligned}</w:pPr>{bold}</w:style>"
    )


def _variant_xml(variant: Variant) -> str:
    return (
        f'<w:style w:type="paragraph"{_CUSTOM} w:styleId="{variant.style_id}">'
        f"<w:name w:val={quoted_attribute(variant.name)}/>"
        f'<w:basedOn w:val="{variant.base_id}"/><w:next w:val="Normal"/><w:qFormat/></w:style>'
    )


def _printer_styles(theme: Theme) -> Iterator[str]:
    """The styles of tables, pictures, margins and ends of sections."""
    yield (
        f'<w:style w:type="table" w:default="1" w:styleId="{PLAIN_TABLE}">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        "<w:unhideWhenUsed/>"
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    yield (
        f'<w:style w:type="table"{_CUSTOM} w:styleId="{TABLE_STYLE}">'
        f'<w:name w:val="{_TABLE_STYLE_NAME}"/><w:basedOn w:val="{PLAIN_TABLE}"/><w:qFormat/>'
        f"<w:tblPr>{_table_properties(theme)}</w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )
    plain = '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'
    look = theme.page_number
    runs = f"<w:rPr>{font_properties(theme.fonts[look.font])}{_size(look.size)}</w:rPr>"
    yield _own(FOOTER, "footer", f'{plain}<w:jc w:val="center"/>', runs)
    yield _own(HEADER, "header", plain)
    picture = (
        '<w:keepNext/><w:spacing w:before="200" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLine="0"/><w:jc w:val="center"/>'
    )
    yield _own(FIGURE, "图", picture)
    tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    yield _own(SECTION_END, "分节", tiny)


def _own(identity: str, name: str, paragraph: str, runs: str = "") -> str:
    custom = "" if name.isascii() else _CUSTOM
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr>{runs}</w:style>'
    )


def _table_properties(theme: Theme) -> str:
    """Rules and padding of tables."""
    rule = f'w:val="single" w:sz="{round(theme.table.rule * 8)}" w:space="0" w:color="000000"'
    borders = "".join(
        f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = theme.table.padding
    vertical, horizontal = twips(padding.vertical), twips(padding.horizontal)
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (
            ("top", vertical),
            ("left", horizontal),
            ("bottom", vertical),
            ("right", horizontal),
        )
    )
    return (
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
    )
