"""Splits a draft into the parts of a disclosure: tables, sections, forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.drafts.draft import Draft, Line, Paragraph, Row


@dataclass(slots=True)
class StatementDraft:
    """One of the 13 statements: the lines above it, its rows (heads included), lines below it."""

    number: str
    title: str
    above: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    below: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class FormDraft:
    """One performance form: its title lines and its rows; two pages of one form are one form."""

    title: list[Paragraph] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The parts of a disclosure, each with its lines in reading order.

    ``sections`` holds 概况 as 职责 and 机构设置, 情况说明 as 一 to 十二, and 名词解释.
    ``noise`` are page numbers, review marks, repeated running heads and the like;
    ``loose`` is what belongs to no part that is known here.
    """

    draft: Draft
    cover: list[Paragraph] = field(default_factory=list)
    contents: list[Line] = field(default_factory=list)
    sections: dict[str, list[Line]] = field(default_factory=dict)
    statements: dict[str, StatementDraft] = field(default_factory=dict)
    overall_form: FormDraft | None = None
    forms: list[FormDraft] = field(default_factory=list)
    letters: list[Paragraph] = field(default_factory=list)
    headings: list[Paragraph] = field(default_factory=list)
    noise: list[Line] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)
