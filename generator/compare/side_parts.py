"""What a side says outside its statements and forms: sections, contents, other parts, asides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.compare.text.differences import looks
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.parts import signposts
from generator.drafts.parts.draft_format import DraftFormat
from generator.drafts.parts.outline import OTHER, DraftOutline
from generator.drafts.parts.signposts import heading_text
from generator.drafts.words.text import folded
from generator.reading.document import Passage
from generator.reading.passages import Mentions, passages

CONTENTS, INDEX, HEADINGS = "目录", "绩效目标表索引", "标题"
"""Sections of their own: contents, the index of the forms, and headings without a text."""
OVERALL_SECTION = "整体绩效目标表"
CHARTS = ("图题", "图")
"""Asides that come with pictures: their titles, and the words in them."""
_PAGE = late_pattern(r"[\s.·…⋯．﹒_-]*(?<!\d)\d{1,3}\s*$")
_LEADERS = late_pattern(r"[\s.·…⋯．﹒_]*$")

Placing = Callable[[Line], Location]


def sections(
    outline: DraftOutline, place: Placing, mentions: Mentions
) -> dict[str, tuple[Passage, ...]]:
    """The text by section, in reading order, each heading with the section it opens."""
    apart = {*outline.statements, CONTENTS, OTHER, "绩效目标表", ""}
    found: dict[str, list[Passage]] = {CONTENTS: [], INDEX: []}
    head: tuple[str, ...] | None = None
    for line in outline.contents:
        section = INDEX if signposts.is_of_index(line) else CONTENTS
        if section == INDEX and isinstance(line, Row):
            if head == line.cells:
                continue  # every page of the index repeats its head
            head = head or line.cells
        if text := _entry(line):
            found[section].append(Passage(section, text, place(line)))
    for passage in passages(outline, place, mentions):
        section = _opened(passage.text, outline.format) if passage.heading else passage.section
        if section not in apart:
            found.setdefault(section, []).append(passage)
    return {section: tuple(texts) for section, texts in found.items() if texts}


def _opened(heading: str, format_: DraftFormat) -> str:
    text = folded(heading)
    part = format_.part(text)
    if part:
        return HEADINGS if format_.outline.by_id[part].leads_on else part
    return format_.section(text)


def _entry(line: Line) -> str:
    """An entry of the contents without its page number, which is the layout's."""
    if signposts.CONTENTS.fullmatch(heading_text(line)):
        return ""
    if isinstance(line, Paragraph):
        return _LEADERS.sub("", _PAGE.sub("", line.text))
    cells = [cell.strip() for cell in line.cells]
    if len(cells) > 1 and cells[-1].isdigit():  # data has an empty cell there, and amounts before
        cells.pop()
    return " ".join(_LEADERS.sub("", cell) for cell in cells if cell)


def asides(outline: DraftOutline, place: Placing) -> Mapping[str, tuple[Passage, ...]]:
    """What stands beside the text, by what it is; what every page repeats stands there once."""
    found: dict[str, dict[str, Passage]] = {}
    for line in outline.asides:
        if not signposts.is_note_line(line):
            kind = line.aside or CHARTS[0]
            passage = Passage(kind, line.text, place(line))
            found.setdefault(kind, {}).setdefault(looks(line.text), passage)
    return {kind: tuple(texts.values()) for kind, texts in found.items()}


def said(outline: DraftOutline) -> frozenset[str]:
    """Everything that stands in a paragraph or cell of a document, as it is compared."""
    texts = (
        text
        for line in outline.draft.lines()
        for text in (line.cells if isinstance(line, Row) else (line.text,))
    )
    return frozenset(map(looks, texts))
