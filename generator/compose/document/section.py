"""A section of a document in a tree of its own, which nobody changes.

Most of what is made of a document is made of its sections, one by one: they are measured, marked,
read and printed. From one build to the next hardly any of them differ. So a section is the same
object as long as its text is the same, and what was made of it is remembered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from typing import Any, TypeVar

from lxml import etree

Element = etree._Element
T = TypeVar("T")


class Section:
    """A child of a document's body: a section, the contents, the review mark.

    Attributes:
        body: a body that holds nothing else.
    """

    __slots__ = ("_made", "body")

    def __init__(self, body: Element) -> None:
        self.body = body
        self._made: dict[str, tuple[Hashable, Any]] = {}

    @classmethod
    def copied(cls, child: Element) -> Section:
        """A copy of a child of a body."""
        body = etree.SubElement(etree.Element("html"), "body")
        body.append(deepcopy(child))
        return cls(body)

    @classmethod
    def of_text(cls, text: bytes) -> Section:
        """A section as it is written."""
        return cls(etree.fromstring(b"<html><body>" + text + b"</body></html>")[0])

    @property
    def element(self) -> Element:
        """The child itself."""
        return self.body[0]

    @property
    def size(self) -> int:
        """How many elements it has."""
        return self.recall("size", (), lambda: sum(1 for _ in self.element.iter()))

    def changed(self, change: Callable[[Element], object]) -> Section:
        """A copy whose body was changed."""
        body: Element = deepcopy(self.body.getparent())[0]  # type: ignore[index]
        change(body)
        return Section(body)

    def recall(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of it under a name, made anew if the key is not that of the last time.

        Args:
            name: what is made.
            key: all that it depends on besides the section.
            make: makes it; the section is not changed.
        """
        made = self._made.get(name)
        if made is None or made[0] != key:
            made = self._made[name] = key, make()
        result: T = made[1]
        return result
