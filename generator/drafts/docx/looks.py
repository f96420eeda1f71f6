"""Which runs of a Word file nobody sees: hidden, in the colour of what is behind, or tiny.

A run looks as it says itself, else as its character style, its paragraph's style, or the
defaults say. What is behind it is the nearest shading; if that is not known (a styled table, a
text box, a picture behind the text), the run counts as seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.drafts.docx.notes import parts_of_kind
from generator.drafts.docx.text import Element, W, first_child, is_switched_on
from generator.drafts.safety.limits import bounded_number

if TYPE_CHECKING:
    from docx.document import Document

_PARAGRAPH, _OF_PARAGRAPH, _OF_RUN, _VALUE = f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}val"
_RUN_STYLE, _PARAGRAPH_STYLE, _TABLE_STYLE = f"{W}rStyle", f"{W}pStyle", f"{W}tblStyle"
_BASE = f"{W}basedOn"
_TINY = 4
"""Half points: nobody reads letters of 2 points."""
_MOST_HALF_POINTS = 4000
_DEEPEST = 20
"""Styles based on one another."""
_WHITE = (255, 255, 255)
_NEAR = 10
"""Of 255, in each of red, green and blue: colours that are no farther apart look the same."""
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_HIDDEN, _COLOR, _SIZE = f"{W}vanish", f"{W}color", f"{W}sz"
_HIGHLIGHT, _SHADING = f"{W}highlight", f"{W}shd"
_LOOKS = frozenset({_HIDDEN, _COLOR, _SIZE, _HIGHLIGHT, _SHADING})
_PRINTED = ("header", "footer", "footnotes", "endnotes")
"""The parts besides the body whose runs are read."""
_HIGHLIGHTS = {"white": _WHITE, "none": None}

Color = tuple[int, ...]
_UNKNOWN: Color = ()
"""A colour that is not stated in full, or differs from place to place."""


class RunLook(Struct, frozen=True):
    """How a run looks, as far as it or a style says: ``None`` for what is not said.

    ``behind`` is the shading of the run itself, ``ground`` that of its paragraph.
    """

    hidden: bool | None = None
    color: Color | None = None
    half_points: int | None = None
    behind: Color | None = None
    ground: Color | None = None

    def over(self, other: RunLook) -> RunLook:
        """This look, completed by another one."""
        return RunLook(
            other.hidden if self.hidden is None else self.hidden,
            other.color if self.color is None else self.color,
            other.half_points if self.half_points is None else self.half_points,
            other.behind if self.behind is None else self.behind,
            other.ground if self.ground is None else self.ground,
        )


class RunLooks:
    """The styles of a Word file, and what they and the runs themselves say of the runs' looks."""

    def __init__(self, document: Document) -> None:
        styles = next((root for _, root in parts_of_kind(document, "styles")), None)
        found = [] if styles is None else list(styles.iterchildren(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._looks: dict[tuple[str, str], RunLook] = {}
        self._ordinary = next((_id(each) for each in found if _is_ordinary(each)), "")
        defaults = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = _look(defaults)
        self._plain_page = not _has_ground(document.element)
        self._styles_show = not any(map(_is_unseen, self._of_all(styles)))
        self._colors_show = not self._plain_page or not _blend(document, styles)

    def hides(self, run: Element) -> bool:
        """Whether nobody sees a run."""
        own = first_child(run, _OF_RUN)
        if self._styles_show and self._colors_show and (own is None or not _says_unseen(own)):
            return False  # as almost always, and nothing else need be asked
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        properties = None if paragraph is None else first_child(paragraph, _OF_PARAGRAPH)
        look = self._of_styles(_value(own, _RUN_STYLE), _value(properties, _PARAGRAPH_STYLE))
        if own is not None and next(own.iterchildren(*_LOOKS), None) is not None:
            look = _look(own).over(look)
        if _is_unseen(look):
            return True
        if not look.color or not self._plain_page:
            return False
        behind = self._behind(paragraph, look) if look.behind is None else look.behind
        return _alike(look.color, behind)

    def _of_all(self, styles: Element | None) -> Iterator[RunLook]:
        """What each style says by itself, and the defaults."""
        properties = () if styles is None else styles.iter(_OF_RUN)
        return chain([self._defaults], map(_look, properties))

    def _of_styles(self, of_run: str, of_paragraph: str) -> RunLook:
        """What the styles of a run and its paragraph say, and the defaults."""
        names = of_run, of_paragraph or self._ordinary
        if names not in self._looks:
            looks = [RunLook(), *(self._of_style(name) for name in names), self._defaults]
            self._looks[names] = reduce(RunLook.over, looks)
        return self._looks[names]

    def _of_style(self, name: str) -> RunLook:
        look, style = RunLook(), self._styles.get(name)
        for _ in range(_DEEPEST):
            if style is None:
                break
            ground = _fill(style.find(f"{W}pPr/{W}shd"))
            look = look.over(_look(style.find(f"{W}rPr"))).over(RunLook(ground=ground))
            style = self._styles.get(_value(style, _BASE))
        return look

    def _behind(self, paragraph: Element | None, look: RunLook) -> Color:
        """The colour behind a run that has no shading of its own."""
        if paragraph is None:
            return _UNKNOWN
        fill = _fill(paragraph.find(f"{W}pPr/{W}shd"))
        fill = look.ground if fill is None else fill
        for around in paragraph.iterancestors():
            if fill is not None:
                break
            if around.tag == f"{W}tc":
                fill = _fill(around.find(f"{W}tcPr/{W}shd"))
            elif around.tag == f"{W}tbl":
                styled = self._shades(_value(around.find(f"{W}tblPr"), _TABLE_STYLE))
                fill = _UNKNOWN if styled else _fill(around.find(f"{W}tblPr/{W}shd"))
            elif around.tag == f"{W}txbxContent":
                fill = _UNKNOWN
        return _WHITE if fill is None else fill

    def _shades(self, name: str) -> bool:
        """Whether a style of tables may set cells on a ground."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return False
            if any(_fill(each) is not None for each in style.iter(f"{W}shd")):
                return True
            name = _value(style, _BASE)
        return True


def _is_unseen(look: RunLook) -> bool:
    """Whether a look by itself lets nobody see a run: hidden, or tiny."""
    return bool(look.hidden) or (look.half_points is not None and look.half_points <= _TINY)


def _says_unseen(properties: Element) -> bool:
    """Whether the properties of a run say whether it is hidden, or how large it is."""
    return next(properties.iterchildren(_HIDDEN, _SIZE), None) is not None


def _blend(document: Document, styles: Element | None) -> bool:
    """Whether any colour of text in a file is like any ground: only then can it be unseen."""
    colors: set[Color] = set()
    grounds: set[Color] = {_WHITE}
    roots = [] if styles is None else [styles]
    for name in _PRINTED:
        roots += [root for _, root in parts_of_kind(document, name)]
    for root in (document.element, *roots):
        for element in root.iter(_COLOR, _SHADING, _HIGHLIGHT):
            if element.tag == _COLOR:
                colors.add(_color(element, "val") or _UNKNOWN)
            elif element.tag == _SHADING:
                grounds.add(_fill(element) or _UNKNOWN)
            else:
                grounds.add(_highlight(element) or _UNKNOWN)
    return any(_alike(color, ground) for color in colors for ground in grounds)


def _look(properties: Element | None) -> RunLook:
    """What the properties of a run or of a style say."""
    if properties is None:
        return RunLook()
    vanish, size = properties.find(f"{W}vanish"), properties.find(f"{W}sz")
    highlight = properties.find(f"{W}highlight")
    behind = _fill(properties.find(f"{W}shd"))
    if highlight is not None:
        marked = _highlight(highlight)
        behind = behind if marked is None else marked
    return RunLook(
        None if vanish is None else is_switched_on(vanish),
        _color(properties.find(f"{W}color"), "val"),
        None if size is None else bounded_number(size.get(f"{W}val"), 0, _MOST_HALF_POINTS) or None,
        behind,
    )


def _highlight(element: Element) -> Color | None:
    """The colour of a highlight; ``None`` if it is none."""
    return _HIGHLIGHTS.get(element.get(_VALUE, ""), _UNKNOWN)


def _color(element: Element | None, name: str) -> Color | None:
    """The colour that an element states; ``None`` for none, and for one that suits any ground."""
    text = "" if element is None else element.get(f"{W}{name}", "")
    if element is None or text in ("", "auto"):
        return None
    try:
        return tuple(bytes.fromhex(text))
    except ValueError:
        return _UNKNOWN


def _fill(shading: Element | None) -> Color | None:
    """The colour of a shading; ``None`` if there is none."""
    if shading is None:
        return None
    if shading.get(f"{W}val", "clear") not in ("clear", "nil"):
        return _UNKNOWN  # a pattern of two colours
    if shading.get(f"{W}themeFill") and not shading.get(f"{W}fill"):
        return _UNKNOWN
    return _color(shading, "fill")


def _alike(color: Color, ground: Color) -> bool:
    pairs = list(zip(color, ground, strict=False))
    complete = len(color) == len(ground) == len(_WHITE)
    return complete and all(abs(one - other) <= _NEAR for one, other in pairs)


def _has_ground(document: Element) -> bool:
    """Whether pages have a colour, or pictures behind the text, which runs may be seen on."""
    colored = document.find(f"{W}background") is not None
    return colored or any(each.get("behindDoc") in ("1", "true") for each in document.iter(_ANCHOR))


def _is_ordinary(style: Element) -> bool:
    """Whether a style is that of paragraphs that name none."""
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _id(style: Element) -> str:
    return style.get(f"{W}styleId", "")


def _value(element: Element | None, name: str) -> str:
    found = None if element is None else first_child(element, name)
    return "" if found is None else found.get(_VALUE, "")
