"""The text of an outline as passages in reading order, each with its section and place."""

from __future__ import annotations

from collections.abc import Callable

from generator.core.findings import Location
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.parts import signposts
from generator.drafts.parts.outline import DraftOutline, FormDraft
from generator.reading.blocks import PlainRow
from generator.reading.document import Mention, OtherTable, Passage

Placing = Callable[[Line], Location]
Mentions = Callable[[Line], tuple[Mention, ...]]
_CONTENTS = "目录"


def passages(
    outline: DraftOutline, place: Placing, mentions: Mentions = lambda _: ()
) -> tuple[Passage, ...]:
    """The headings and paragraphs of a document.

    Of rows only those that frame such text, and entries of contents that are set as a table.
    """
    sections, plan = _sections(outline), outline.format.outline
    headings = {line.serial for line in outline.headings}
    beside = (line for line in outline.asides if not signposts.is_note_line(line))
    skipped = {line.serial for line in (*outline.noise, *outline.unreadable, *beside)}
    found = []
    for line in outline.draft.lines():
        if line.serial in skipped:
            continue
        section = sections[line.serial]
        if isinstance(line, Row):
            entry = section == _CONTENTS and not signposts.is_of_index(line)
            if section in outline.sections or entry:
                text = " ".join(filter(None, line.cells))
                found.append(Passage(section, text, place(line), group=plan.group(section)))
            continue
        section = section or line.aside
        heading, group = line.serial in headings, plan.group(section) or "正文"
        found.append(Passage(section, line.text, place(line), heading, mentions(line), group))
    return tuple(found)


def lines_beside(outline: DraftOutline, place: Placing) -> tuple[Passage, ...]:
    """The lines beside the text, each with what it is: page numbers, marks, running heads."""
    return tuple(
        Passage(line.aside, line.text, place(line))
        for line in (*outline.noise, *outline.asides)
        if isinstance(line, Paragraph) and not signposts.is_note_line(line)
    )


def form_rows(form: FormDraft, place: Placing) -> tuple[tuple[PlainRow, ...], tuple[PlainRow, ...]]:
    """The rows of a form, and the lines of its title, as they stand there."""
    rows = tuple(PlainRow(row.cells, place(row)) for row in form.rows)
    return rows, tuple(PlainRow((line.text,), place(line)) for line in form.title)


def other_tables(outline: DraftOutline, place: Placing) -> tuple[OtherTable, ...]:
    """The tables that are not recognised."""
    return tuple(
        OtherTable(
            part.title,
            tuple(PlainRow(row.cells, place(row)) for row in part.rows),
            place(part.lines[0]),
        )
        for part in outline.other
        if part.rows
    )


def overall_rows(outline: DraftOutline, place: Placing) -> tuple[PlainRow, ...]:
    """The rows of the overall performance form."""
    form = outline.overall_form
    return tuple(PlainRow(row.cells, place(row)) for row in form.rows) if form else ()


def _sections(outline: DraftOutline) -> dict[int, str]:
    """For each line, by identity, the section it stands in."""
    return {line.serial: section for section, lines in outline.parts() for line in lines}
