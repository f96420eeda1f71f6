"""The text of an outline as passages in reading order, each with its section and place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.drafts.draft import Line, Paragraph, Table
from generator.drafts.outline import Outline
from generator.findings import Place
from generator.presented.document import Mention, Passage, PlainRow

Placing = Callable[[Line], Place]
Mentions = Callable[[Line], tuple[Mention, ...]]


def passages(
    outline: Outline, place: Placing, mentions: Mentions = lambda _: ()
) -> tuple[Passage, ...]:
    """The headings and paragraphs of a document; rows of tables are not among them."""
    sections = _sections(outline)
    headings = {id(line) for line in outline.headings}
    skipped = {id(line) for line in outline.noise}
    found = []
    section = ""
    for line in outline.draft.lines():
        if not isinstance(line, Paragraph) or id(line) in skipped:
            continue
        section = sections.get(id(line), "")
        heading = id(line) in headings
        found.append(Passage(section, line.text, place(line), heading, mentions(line)))
    return tuple(found)


def asides(outline: Outline, place: Placing) -> tuple[Passage, ...]:
    """The lines that are no content: page numbers, marks, repeated heads."""
    return tuple(
        Passage("", line.text, place(line)) for line in outline.noise if isinstance(line, Paragraph)
    )


def grids(outline: Outline, place: Placing) -> Iterator[tuple[PlainRow, ...]]:
    """The rows of tables within the text, or of no known part, table by table."""
    lines = (*outline.loose, *(line for part in outline.sections.values() for line in part))
    loose = {id(line) for line in lines}
    for block in outline.draft.blocks:
        if isinstance(block, Table) and any(id(row) in loose for row in block.rows):
            yield tuple(PlainRow(row.cells, place(row)) for row in block.rows if id(row) in loose)


def overall_rows(outline: Outline, place: Placing) -> tuple[PlainRow, ...]:
    """The rows of the overall performance form."""
    form = outline.overall_form
    return tuple(PlainRow(row.cells, place(row)) for row in form.rows) if form else ()


def _sections(outline: Outline) -> dict[int, str]:
    """For each line, by identity, the section it stands in."""
    named: dict[int, str] = {}
    for section, lines in _parts(outline):
        named.update((id(line), section) for line in lines)
    return named


def _parts(outline: Outline) -> Iterator[tuple[str, Iterable[Line]]]:
    yield "封面", outline.cover
    yield "目录", outline.contents
    yield from outline.sections.items()
    yield "附件", outline.letters
    for number, statement in outline.statements.items():
        yield number, [*statement.above, *statement.below]
    yield "绩效目标表", [line for form in outline.forms for line in form.title]
