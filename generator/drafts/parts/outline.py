"""Splits a draft into the parts of a disclosure: tables, sections, forms, and everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from generator.drafts.draft import Draft, Line, Paragraph, Row
from generator.drafts.parts.draft_format import DraftFormat
from generator.pack.outline import Role

OTHER = "其他内容"
"""What parts are called that are not recognised."""


class StatementDraft(Struct):
    """A statement: the lines above it, its rows (heads included), lines below it."""

    number: str
    title: str
    above: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    below: list[Paragraph] = field(default_factory=list)


class FormDraft(Struct):
    """One performance form: its title lines and its rows; two pages of one form are one form."""

    title: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class OtherDraft(Struct):
    """Content that is not recognised, under the heading above it; one table at most.

    ``title`` is that heading as it stands, ``""`` if there is none; the line itself is the
    first of ``above``, or the first of ``rows`` where it stands in the table.
    """

    title: str
    above: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    below: list[Paragraph] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """All lines in reading order."""
        return [*self.above, *self.rows, *self.below]


class DraftOutline(Struct):
    """The parts of a disclosure, each with its lines in reading order.

    ``sections`` holds the text by the names that the pack gives parts and sections.
    ``other`` is what is not recognised; ``asides`` are running heads and feet, notes and the words
    of charts, which stand beside the text; ``unreadable`` stand for pages without text. ``noise``
    is no content: page numbers, review marks, repeated heads of tables and the like.
    """

    draft: Draft
    format: DraftFormat
    cover: list[Paragraph] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)
    sections: dict[str, list[Line]] = field(default_factory=dict)
    statements: dict[str, StatementDraft] = field(default_factory=dict)
    overall_form: FormDraft | None = None
    forms: list[FormDraft] = field(default_factory=list)
    letters: list[Paragraph] = field(default_factory=list)
    headings: list[Paragraph] = field(default_factory=list)
    other: list[OtherDraft] = field(default_factory=list)
    asides: list[Paragraph] = field(default_factory=list)
    unreadable: list[Line] = field(default_factory=list)
    noise: list[Line] = field(default_factory=list)

    def about(self, role: Role) -> list[Line]:
        """The lines of the part or section with a role; none if the format has none such."""
        return self.sections.get(self.format.outline.of(role), [])

    def parts(self) -> Iterator[tuple[str, Sequence[Line]]]:
        """Every part with its lines, by the name that passages have: each line is in one of them.

        Headings, asides and what is no content belong to no section and are named ``""``.
        """
        yield "封面", self.cover
        yield "目录", self.contents
        yield from self.sections.items()
        yield "附件", self.letters
        for number, statement in self.statements.items():
            yield number, [*statement.above, *statement.rows, *statement.below]
        if self.overall_form:
            yield "整体绩效目标表", [*self.overall_form.title, *self.overall_form.rows]
        for form in self.forms:
            yield "绩效目标表", [*form.title, *form.rows]
        for other in self.other:
            yield OTHER, other.lines
        for lines in (self.headings, self.asides, self.unreadable, self.noise):
            yield "", lines
