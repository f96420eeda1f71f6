"""What a page may consist of: elements that only show something, with harmless attributes.

Known elements are let through, all others refused: a list of what loads something would never be
complete. Elements are those of the tree that is written, so no way of writing them hides any.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from generator.compose.document.tree import Element
from generator.core.memo import memo
from generator.printing.html.css import checked_css, may_load
from generator.printing.html.urls import Target, target

_HTML = frozenset(
    """
    html head meta title style body section nav header footer main article aside address div
    span p h1 h2 h3 h4 h5 h6 hr br wbr pre blockquote ol ul li dl dt dd figure figcaption img
    table caption colgroup col thead tbody tfoot tr td th a b strong i em u s small sub sup mark
    abbr cite code kbd samp var q data time dfn bdi bdo ruby rb rt rp ins del details summary
    """.split()  # noqa: SIM905 - more readable
)
_SVG = frozenset(
    """
    svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
    textPath image a linearGradient radialGradient stop pattern clipPath mask marker switch
    filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA
    feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feTile
    """.split()  # noqa: SIM905
)
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_ADDRESSES = frozenset(
    """
    href src srcset imagesrcset srcdoc data poster background action formaction ping manifest
    archive codebase usemap lowsrc dynsrc base
    """.split()  # noqa: SIM905
)
_PLAIN = frozenset({"class", "id", "colspan", "rowspan", "value", "data-figure"})
_ALLOWED = {Target.PLACE, Target.PICTURE}
_OF_LINKS = {Target.PLACE, Target.FILE, Target.LINK}


class Refusal(NamedTuple):
    """What a page may not have: how a template writes it, and why not, in Chinese."""

    written: str
    cause: str


class _Tag(NamedTuple):
    """What is to be known of an element by its tag."""

    name: str
    is_svg: bool
    known: bool


@memo(500)
def _tag(tag: str) -> _Tag:
    name = etree.QName(tag)
    is_svg = name.namespace == _SVG_NAMESPACE
    known = name.localname in _SVG if is_svg else not name.namespace and name.localname in _HTML
    return _Tag(name.localname, is_svg, known)


@memo(500)
def _attribute(key: str) -> str:
    """The name of an attribute, in whatever namespace, as browsers take it."""
    return etree.QName(key).localname.lower()


Picture = Callable[[str], str | None]
"""Gives the address that holds a picture of the pack, or nothing if there is none."""


class PageCheck:
    """Looks through a page and puts the pack's pictures into it.

    Attributes:
        refusals: what it may not have.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.refusals: dict[Refusal, None] = {}

    def page(self, root: Element) -> None:
        """Checks all elements of a page; addresses of pictures change."""
        for element in root.iter(etree.Element):
            tag = _tag(str(element.tag))
            if not tag.known:
                self._refuse(f"<{tag.name}", f"网页里不能有 <{tag.name}>")
                continue
            if element.attrib:
                self._attributes(element, tag)
            if tag.name == "style":
                self._style(element)

    def stylesheet(self, css: str) -> str:
        """Checks the stylesheet of a page; returns it with pictures in it."""
        if "</" in css:  # would end the element that it is written into
            self._refuse("</", "样式里不能有“</”")
        return checked_css(css, self._loaded)

    def _refuse(self, written: str, cause: str) -> None:
        self.refusals[Refusal(written, cause)] = None

    def _attributes(self, element: Element, tag: _Tag) -> None:
        for key in element.keys():  # noqa: SIM118 - an element's children are not its keys
            if key in _PLAIN:  # almost all
                continue
            name, value = _attribute(str(key)), element.get(key, "")
            if name in _ADDRESSES:
                instead = self._address(value, tag.name, name)
                if instead is not None:
                    element.set(key, instead)
            elif name == "style" or tag.is_svg:
                if may_load(value):
                    element.set(key, checked_css(value, self._loaded))
            elif name == "http-equiv":
                self._refuse(str(key), f"网页里不能有 {name}")
            if name.startswith("on"):
                self._refuse(str(key), f"网页里不能有脚本：<{tag.name}> 的 {name}")

    def _address(self, url: str, tag: str, name: str) -> str | None:
        if name == "href" and tag == "a":
            if target(url) not in _OF_LINKS:
                self._refuse(url, f"网页里的链接不能指向：{url}")
            return None
        if (tag, name) in _SHOWING:
            return self._loaded(url)
        if name != "href" or target(url) is not Target.PLACE:
            self._refuse(url, _outside(url))
        return None

    def _loaded(self, url: str) -> str | None:
        """What stands for an address that a browser would load."""
        if target(url) in _ALLOWED:
            return None
        instead = self._picture(url) if target(url) is Target.FILE else None
        if instead is None:
            self._refuse(url, _outside(url))
        return instead

    def _style(self, element: Element) -> None:
        css = element.text or ""
        if len(element) or "<" in css:
            self._refuse("<style", "网页里的 <style> 不能有“<”")
        element.text = checked_css(css, self._loaded)


_SHOWING = {("img", "src"), ("image", "href")}
"""Where a picture is shown."""


def _outside(url: str) -> str:
    return f"模板引用了模板包以外的资源：{url}"
