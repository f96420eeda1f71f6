"""The text of WordprocessingML as a reader sees it, with tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree
from msgspec import Struct, field

from generator.core.text.patterns import late_pattern

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = (
    f"{_MC}{name}" for name in ("AlternateContent", "Choice", "Fallback")
)
_KNOWN_SPACE = late_pattern(
    r"http://schemas\.(microsoft\.com|openxmlformats\.org)/|urn:schemas-micro"
)
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt")}
"""What is no text, deleted, or the reading above a word (``rt``)."""
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"} | {
    f"{W}noBreakHyphen": "-"
}
_TEXT, _RUN, _FIELD, _BOX = f"{W}t", f"{W}r", f"{W}fldChar", f"{W}txbxContent"
_SHOWING = {_TEXT, _MATH_TEXT, *_SIGNS}
_OFF = {"0", "false", "off", "none"}


def flag(properties: Element, name: str) -> bool:
    """Whether an on/off property is set: it is where it stands without a value that says no."""
    element = first_child(properties, f"{W}{name}")
    return element is not None and is_switched_on(element)


def is_switched_on(element: Element) -> bool:
    """Whether an on/off property that stands there is set."""
    return element.get(f"{W}val", "1") not in _OFF


def first_child(element: Element, tag: str) -> Element | None:
    """The first child with a tag: as ``find``, which takes three times as long to read a path."""
    return next(element.iterchildren(tag), None)


def shown_children(element: Element) -> Iterator[Element]:
    """The children; of contents given in alternatives, those of one."""
    for child in element.iterchildren(tag=etree.Element):
        if child.tag == _ALTERNATE:
            chosen = _chosen(child)
            if chosen is not None:
                yield from shown_children(chosen)
        else:
            yield child


def _chosen(alternatives: Element) -> Element | None:
    """The first choice that Word understands, otherwise what stands for all of them."""
    for choice in alternatives.iterchildren(_CHOICE):
        spaces = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
        if all(not space or _KNOWN_SPACE.match(space) for space in spaces):
            return choice
    return alternatives.find(_FALLBACK)


def is_hidden(run: Element) -> bool:
    """Whether a run says of itself that it is hidden; styles and colours may hide it as well."""
    properties = run.find(f"{W}rPr")
    return properties is not None and flag(properties, "vanish")


Hides = Callable[[Element], bool]


class AcceptedText(Struct):
    """Gathers the text of a paragraph, and the text boxes anchored in it.

    ``pieces`` are the elements that show something, each with what it shows; ``hides`` tells
    of a run whether nobody sees it.
    """

    hides: Hides = is_hidden
    boxes: list[Element] = field(default_factory=list)
    pieces: list[tuple[Element, str]] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    """The fields that are open, innermost last: whether their result has begun."""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(text for _, text in self.pieces)

    def read(self, element: Element) -> AcceptedText:
        """Reads everything below an element; returns itself."""
        for child in shown_children(element):
            self._read(child)
        return self

    def _read(self, element: Element) -> None:
        tag = str(element.tag)
        if tag in _GONE or (tag == _RUN and self.hides(element)):
            for char in element.iter(_FIELD):  # fields begin and end in hidden runs as well
                self._field(char)
        elif tag == _FIELD:
            self._field(element)
        elif tag == _BOX:
            self.boxes.append(element)
        elif tag not in _SHOWING:
            self.read(element)
        elif all(self._fields):
            self.pieces.append((element, _shown(element)))

    def _field(self, char: Element) -> None:
        match char.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(False)
            case "separate" if self._fields:
                self._fields[-1] = True
            case "end" if self._fields:
                self._fields.pop()


def _shown(element: Element) -> str:
    if element.tag in (_TEXT, _MATH_TEXT):
        return element.text or ""
    return "" if element.get(f"{W}type") == "page" else _SIGNS[str(element.tag)]
