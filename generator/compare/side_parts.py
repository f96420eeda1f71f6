"""What a side says outside its statements and forms: sections, contents, other parts, asides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from generator.compare.wording import looks
from generator.drafts import signposts
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.outline import OTHER, Outline
from generator.drafts.wording import folded
from generator.findings import Place
from generator.presented.document import Passage
from generator.presented.passages import Mentions, passages

CONTENTS, HEADINGS = "目录", "标题"
"""Sections of their own: the entries of the contents, and the headings of the chapters."""
OVERALL_SECTION = "整体绩效目标表"
CHARTS = ("图题", "图")
"""Asides that come with pictures: their titles, and the words in them."""
_PAGE = re.compile(r"[\s.·…⋯．﹒_-]*(?<!\d)\d{1,3}\s*$")
_LEADERS = re.compile(r"[\s.·…⋯．﹒_]*$")

Placing = Callable[[Line], Place]


def sections(
    outline: Outline, place: Placing, mentions: Mentions
) -> dict[str, tuple[Passage, ...]]:
    """The text by section, in reading order, each heading with the section it opens."""
    apart = {*outline.statements, CONTENTS, OTHER, "绩效目标表", ""}
    found: dict[str, list[Passage]] = {CONTENTS: list(_contents(outline, place))}
    for passage in passages(outline, place, mentions):
        section = _opened(passage.text) if passage.heading else passage.section
        if section not in apart:
            found.setdefault(section, []).append(passage)
    return {section: tuple(texts) for section, texts in found.items() if texts}


def _opened(heading: str) -> str:
    text = folded(heading)
    chapter = signposts.chapter(text)
    if chapter:
        return chapter if chapter == signposts.GLOSSARY else HEADINGS
    return signposts.section(text)


def _contents(outline: Outline, place: Placing) -> Iterator[Passage]:
    """The entries of the contents without page numbers, which are the layout's."""
    for line in outline.contents:
        if signposts.CONTENTS.fullmatch(signposts.heading_text(line)):
            continue
        text = _without_page(line)
        if text:
            yield Passage(CONTENTS, text, place(line))


def _without_page(line: Line) -> str:
    if isinstance(line, Paragraph):
        return _LEADERS.sub("", _PAGE.sub("", line.text))
    cells = [cell for cell in line.cells if cell.strip()]
    if len(cells) > 1 and cells[-1].strip().isdigit():
        cells.pop()
    return " ".join(_LEADERS.sub("", cell) for cell in cells)


def asides(outline: Outline, place: Placing) -> Mapping[str, tuple[Passage, ...]]:
    """What stands beside the text, by what it is; what every page repeats stands there once."""
    found: dict[str, dict[str, Passage]] = {}
    for line in outline.asides:
        if not signposts.is_note(line):
            kind = line.aside or CHARTS[0]
            passage = Passage(kind, line.text, place(line))
            found.setdefault(kind, {}).setdefault(looks(line.text), passage)
    return {kind: tuple(texts.values()) for kind, texts in found.items()}


def said(outline: Outline) -> frozenset[str]:
    """Everything that stands in a paragraph or cell of a document, as it is compared."""
    texts = (
        text
        for line in outline.draft.lines()
        for text in (line.cells if isinstance(line, Row) else (line.text,))
    )
    return frozenset(map(looks, texts))
