"""What the styles of the DOCX are called: built-in ones where there is one, else in Chinese."""

from __future__ import annotations

from generator.pack.theme import Style

_BUILT_IN = {
    "p": ("Normal", "Normal"),
    **{f"h{level}": (f"Heading{level}", f"heading {level}") for level in range(1, 7)},
    **{f"p.toc-{level}": (f"TOC{level}", f"toc {level}") for level in range(1, 10)},
    "p.toc-title": ("TOCHeading", "TOC Heading"),
    "p.cover-title": ("Title", "Title"),
    "figcaption": ("Caption", "caption"),
}
"""Selectors that are styles every word processor knows, and shows in its own language: id, name."""

FIGURE, FOOTER, HEADER, SECTION_END = "Figure", "Footer", "Header", "SectionEnd"
"""Ids of styles for what the printer adds itself."""
TABLE_STYLE, PLAIN_TABLE = "DisclosureTable", "TableNormal"
"""Ids of the style of all tables, and of what it is based on."""
MADE_UP = "_"
"""Stands in the id of every style made from another one; no selector can have it."""

_TAKEN = {FIGURE, FOOTER, HEADER, SECTION_END, TABLE_STYLE, PLAIN_TABLE}
_TAKEN |= {identity for identity, _ in _BUILT_IN.values()}

_NAMES = {
    "h1.annex": "附件标题",
    "h2.statement": "报表标题",
    "h2.form": "绩效表标题",
    "h2.unit": "附件单位",
    "p.cover-entity": "封面单位",
    "p.label": "报表编号",
    "p.meta": "报表单位行",
    "p.note": "报表说明",
    "p.form-year": "绩效表年度",
    "p.letter-title": "函件标题",
    "p.letter-to": "主送",
    "p.letter-sign": "落款",
    "th": "表头",
    "th.field": "绩效表栏目",
    "td": "表格正文",
    "table.form td": "绩效表正文",
}
"""Names of the usual selectors, unless the theme says another."""


def style_id(style: Style) -> str:
    """The style's id in the document, which no other style has."""
    if style.selector in _BUILT_IN:
        return _BUILT_IN[style.selector][0]
    identity = "".join(part.capitalize() for part in style.selector.replace(".", " ").split())
    return f"{identity}{MADE_UP}" if identity in _TAKEN else identity


def is_built_in(style: Style) -> bool:
    """Whether word processors know the style."""
    return style.selector in _BUILT_IN


def style_name(style: Style) -> str:
    """The style's name as the file says it; word processors translate built-in ones."""
    if style.selector in _BUILT_IN:
        return _BUILT_IN[style.selector][1]
    return style.name or _NAMES.get(style.selector, style.selector)


def shown_name(style: Style) -> str:
    """The style's name as a Chinese word processor shows it."""
    name = style_name(style)
    return "正文" if name == "Normal" else name.replace("heading ", "标题 ")


def heading_level(style: Style) -> int | None:
    """The level of a built-in heading, which contents collect by themselves."""
    identity = _BUILT_IN.get(style.selector, ("", ""))[0]
    return int(identity.removeprefix("Heading")) if identity.startswith("Heading") else None
