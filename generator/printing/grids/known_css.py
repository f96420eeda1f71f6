"""What of the CSS the painter knows; whatever else a rule says leaves a grid to WeasyPrint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tinycss2

from generator.core.text.patterns import late_pattern

Box = Any
"""A box or page of WeasyPrint's, which ships no types."""

SIDES = ("top", "right", "bottom", "left")

SAME = 1e-3  # pixels: what adding up widths may be off

_MARGINS = {f"margin_{side}" for side in SIDES}
_BORDERS = {f"border_{side}_{what}" for side in SIDES for what in ("color", "style", "width")}
_TEXT = {
    *("font_family", "font_size", "font_weight", "font_style", "font_stretch"),
    *("font_variant_caps", "line_height", "color", "lang", "link", "anchor"),
    *("text_align_all", "text_align_last", "text_indent", "white_space", "overflow_wrap"),
    *("text_decoration_line", "text_decoration_color", "text_decoration_style"),
    "text_decoration_thickness",
}
_BLOCK = {
    *("display", "page", "break_before", "break_after", "color_scheme"),
    *("bookmark_level", "bookmark_label", "bookmark_state", "string_set"),
} | _MARGINS
_HEADING = {"hyphens", "letter_spacing", "orphans", "widows", "break_inside"}
_MARGIN = {"content", "vertical_align", "letter_spacing"} | {f"padding_{side}" for side in SIDES}
_TABLE = {"display", "border_spacing", "border_collapse", "box_sizing", "width", "table_layout"}
_ROWS = {"display", "vertical_align"}
_CELL = _ROWS | {f"padding_{side}" for side in SIDES} | _MARGINS  # cells have no margins
_KNOWN: Mapping[str, set[str]] = {
    **dict.fromkeys(("html", "body", "section"), _BLOCK | _TEXT),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "p"), _BLOCK | _TEXT | _HEADING),
    "table": _TABLE | _BORDERS | _TEXT,
    **dict.fromkeys(("thead", "tbody"), _ROWS | _BORDERS | _TEXT),
    "tr": _ROWS | {"break_inside"} | _BORDERS | _TEXT,
    **dict.fromkeys(("td", "th"), _CELL | _BORDERS | _TEXT),
    "data": _TEXT,
    "span": _TEXT | {"float"},
    "a": _TEXT | {"content"},
}
_BY_MORE_THAN_CLASS = late_pattern(r"[+~\[]|:(?!:?(before|after)\b)")


class UnknownStyleError(Exception):
    """The CSS or a text needs something that only WeasyPrint can lay out."""


def expect(known: bool, what: str) -> None:
    """Leaves the grid to WeasyPrint unless something is as the painter knows it."""
    if not known:
        raise UnknownStyleError(what)


def expect_known(box: Box) -> None:
    """No rule may say anything about a box that is not known here."""
    _expect_of(box, _KNOWN.get(box.element_tag.split(":")[0], set()), box.element_tag)


def expect_known_margin(box: Box) -> None:
    """No rule may say anything about what stands in the margin of a page that is not known here."""
    _expect_of(box, _MARGIN | _TEXT, box.at_keyword)


def _expect_of(box: Box, known: set[str], name: str) -> None:
    unknown = set(getattr(box.style, "cascaded", {})) - known
    expect(not unknown, f"{name}: {', '.join(sorted(unknown))}")


def expect_no_border(box: Box) -> None:
    """Rules are drawn by cells alone."""
    styles = {box.style[f"border_{side}_style"] for side in SIDES}
    expect(styles <= {"none"}, f"{box.element_tag}: border")


def expect_plain(style: Any) -> None:
    """Text is shown as it is, and nothing with it."""
    expect(style["text_decoration_line"] == "none", "text-decoration")
    expect(style["text_transform"] == "none", "text-transform")
    expect(style["white_space"] in ("normal", "nowrap"), "white-space")
    expect(style["direction"] == "ltr", "direction")


def text_align(style: Any, justified: str = "") -> str:
    """How a line is aligned: ``left``, ``center`` or ``right``; ``justified`` lines as said."""
    said = style["text_align_all"]
    align = {"start": "left", "end": "right", "justify": justified}.get(said, said)
    expect(align in ("left", "center", "right"), "text-align")
    return str(align)


def rgb(colour: Any) -> tuple[float, ...]:
    """Red, green and blue of an opaque colour."""
    expect(colour.space == "srgb" and colour.alpha == 1, str(colour))
    return tuple(colour.coordinates)


def goes_by_elements_and_classes(css: str) -> bool:
    """Whether all rules for print depend on elements and classes alone.

    A specimen stands elsewhere than the cells it stands for, and its page is
    not the page they go to.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return all(_is_plain(rule) for rule in rules)


def _is_plain(rule: Any) -> bool:
    selector = tinycss2.serialize(getattr(rule, "prelude", None) or []).strip()
    if rule.type == "qualified-rule":
        return not _BY_MORE_THAN_CLASS.search(selector)
    if rule.type == "at-rule" and rule.lower_at_keyword == "page":
        return ":" not in selector
    if rule.type == "at-rule" and rule.lower_at_keyword == "media":
        return bool(selector == "screen")
    return rule.type == "at-rule" and rule.lower_at_keyword in ("font-face", "charset")
