r"""Which headings the contents of the DOCX list, so that an update by the reader lists the same.

Word lists by style: headings whose line of the contents is their own text are found by it, and a
changed heading shows after an update. Where the pack lists a heading in other words (a number and
the title), a hidden TC field keeps these words. Where some headings of a style are found and
others are not, the fewer of the two have a style of their own that looks the same.

Other word processors pass over TC fields and find headings by their outline level; the switches
are such that they list these headings too, in the headings' own words. So there is no switch \u,
by which Word would find them as well, and list them twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.compose.document.tree import Element, text_of_element
from generator.core.records import replace
from generator.pack.theme import Style, Theme
from generator.printing.docx.style_names import MADE_UP, heading_level, shown_name, style_id

_LISTED, _UNLISTED = "入目录", "不自动入目录"


class Variant(NamedTuple):
    """A style of headings that looks like its base and is listed, or not, where that is not."""

    base_id: str
    base_name: str
    listed: bool

    @property
    def style_id(self) -> str:
        """The style's id."""
        return f"{self.base_id}{MADE_UP}{'Listed' if self.listed else 'Unlisted'}"

    @property
    def name(self) -> str:
        """The style's name."""
        return f"{self.base_name}（{_LISTED if self.listed else _UNLISTED}）"


class HeadingLook(NamedTuple):
    """A heading's style, and the words and level of its TC field, if it has one."""

    style_id: str
    words: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Headings:
    """How all headings of a document are listed.

    Attributes:
        instruction: the field of the contents.
        variants: styles beside those of the theme.
    """

    instruction: str
    variants: tuple[Variant, ...]
    _theme: Theme
    _ways: dict[str, _Way]

    @staticmethod
    def of(sections: Sequence[Element], theme: Theme) -> Headings:
        """Looks at the headings of all sections."""
        found = [heading for section in sections for heading in _headings(section, theme)]
        ways = _ways(found)
        highest = _highest(ways)
        ways = {key: way.settled(highest) for key, way in ways.items()}
        worded = any(h.level and not _is_found(h, ways[h.style.selector]) for h in found)
        worded = worded or any(section.get("data-toc") is not None for section in sections)
        variants = sorted({v for way in ways.values() if (v := way.variant) is not None})
        return Headings(_instruction(ways, highest, worded=worded), tuple(variants), theme, ways)

    def looks(self, section: Element) -> tuple[HeadingLook, ...]:
        """The look of each heading of a section, in order."""
        return tuple(self._look(heading) for heading in _headings(section, self._theme))

    def _look(self, heading: _Heading) -> HeadingLook:
        way = self._ways[heading.style.selector]
        is_found = _is_found(heading, way)
        identity = style_id(heading.style)
        if way.variant is not None and is_found == way.variant.listed:
            identity = way.variant.style_id
        if is_found or not heading.level:
            return HeadingLook(identity)
        return HeadingLook(identity, heading.words, heading.level)


def is_heading_block(block: Element, style: Style) -> bool:
    """Whether a paragraph is a heading, or is listed like one."""
    return style.outline is not None or block.get("data-toc") is not None


class _Heading(NamedTuple):
    style: Style
    level: int
    """That of the contents, 0 if it is not listed."""
    words: str
    own_words: bool
    """Whether the contents say what the heading says."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the headings of a style are listed.

    Attributes:
        style: the style.
        level: the level at which most of those that are listed in their own words stand.
        listed: how many these are.
        worded: how many are listed in other words.
        others: how many are listed at another level, or not at all.
        by_default: whether the style itself is listed.
    """

    style: Style
    level: int
    listed: int
    worded: int
    others: int
    by_default: bool = False

    @property
    def most(self) -> bool:
        """Whether more of the style's headings are in the contents than are not."""
        return self.listed + self.worded > self.others

    @property
    def is_built_in(self) -> bool:
        """Whether Word finds the style by its level."""
        return heading_level(self.style) == self.level

    def settled(self, highest: int) -> _Way:
        """Says whether the style itself is listed; built-in ones are down to a level only."""
        by_default = self.listed > self.worded + self.others
        if heading_level(self.style) is not None:
            by_default = self.is_built_in and self.level <= highest
        elif self.style.outline is None:
            by_default = False  # most paragraphs of the style are no headings
        return replace(self, by_default=by_default)

    @property
    def variant(self) -> Variant | None:
        """The style for the headings that are listed otherwise."""
        if self.worded + self.others if self.by_default else self.listed:
            name = shown_name(self.style)
            return Variant(style_id(self.style), name, listed=not self.by_default)
        return None

    @property
    def listed_name(self) -> str:
        """The name of the style that the field of the contents must say; empty if none."""
        variant = self.variant
        if variant is not None and variant.listed:
            return variant.name
        is_named = self.by_default and not self.is_built_in
        return shown_name(self.style) if is_named else ""


def _headings(section: Element, theme: Theme) -> Iterator[_Heading]:
    for block in section:
        if not isinstance(block.tag, str) or block.tag in ("table", "figure"):
            continue
        style = theme.style(block.tag, block.get("class"))
        if is_heading_block(block, style):
            words = block.get("data-bookmark", "")
            level = int(block.get("data-toc", "0"))
            yield _Heading(style, level, words, words.strip() == text_of_element(block).strip())


def _is_found(heading: _Heading, way: _Way) -> bool:
    """Whether a heading is listed by its style."""
    return bool(heading.level) and heading.own_words and heading.level == way.level


def _ways(headings: Sequence[_Heading]) -> dict[str, _Way]:
    by_selector: dict[str, list[_Heading]] = {}
    for heading in headings:
        by_selector.setdefault(heading.style.selector, []).append(heading)
    ways = {}
    for selector, same in by_selector.items():
        own, other = (
            Counter(each.level for each in same if each.level and each.own_words == own_words)
            for own_words in (True, False)
        )
        level, listed = next(iter((own or other).most_common(1)), (0, 0))
        listed, worded = listed if own else 0, other[level]
        others = len(same) - listed - worded
        ways[selector] = _Way(same[0].style, level, listed, worded, others)
    return ways


def _highest(ways: dict[str, _Way]) -> int:
    """The level down to which headings are found by their level; 0 if none is."""
    in_contents = {way.level for way in ways.values() if way.level and way.most}
    left_out = {
        level
        for way in ways.values()
        if (level := heading_level(way.style)) and not (way.is_built_in and way.most)
    }
    highest = 0
    for level in range(1, 10):
        if level in left_out:
            break
        if level in in_contents:
            highest = level
    return highest


def _instruction(ways: dict[str, _Way], highest: int, *, worded: bool) -> str:
    named = [(way.listed_name, way.level) for way in ways.values() if way.listed_name]
    parts = ["TOC"]
    parts += [rf'\o "1-{highest}"'] if highest else []
    listed = ",".join(f"{name},{level}" for name, level in named)
    parts += [rf'\t "{listed}"'] if named else []
    parts += [r"\f"] if worded or not (highest or named) else []
    return " ".join((*parts, r"\h", r"\z"))
