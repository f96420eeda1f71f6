"""Every text of a document, wherever it stands, as the checks of wording read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from generator.checks.rule import Noise, Outcome, Rule, quoted_part
from generator.core.findings import Finding, Location
from generator.core.text.patterns import late_pattern
from generator.drafts.parts.outline import OTHER
from generator.drafts.words.text import squeezed
from generator.load.personal_data import masked
from generator.load.yaml.changes import path_text
from generator.pack.outline import Role
from generator.reading.blocks import PlainRow
from generator.reading.document import (
    DocumentRow,
    Form,
    Origin,
    Passage,
    ReadDocument,
)

OVERALL_FORM = "整体绩效目标表"
_KEPT_BY_OTHERS = (Role.DUTIES, Role.ORGANISATION)
"""Texts that books of others hold, which cut them."""
_HAN = late_pattern("[一-鿿]|\\d{7}")
"""What says something besides an amount: words, or a number that may be somebody's."""


class DocumentText(Struct, frozen=True):
    """A text with what a finding about it needs.

    Attributes:
        clippable: whether it may have been cut where the books keep it or the cell ended.
        place: where a phrase of it stands.
    """

    text: str
    group: str
    subject: str
    clippable: bool
    place: Callable[[str], Location]

    def finding(self, rule: Rule, message: str, phrase: str = "", remedy: str = "") -> Finding:
        """A finding about a phrase of this text."""
        at = max(self.text.find(phrase), 0)
        return rule.finding(
            message,
            self.place(phrase or self.text),
            group=self.group,
            subjects=(self.subject,),
            excerpt=masked(quoted_part(self.text, at)),
            remedy=remedy,
        )


def passage_text(document: ReadDocument, passage: Passage) -> DocumentText:
    """A passage as a text."""
    return DocumentText(
        passage.text,
        passage.group,
        passage.subject,
        passage.section in document.outline.all_of(*_KEPT_BY_OTHERS),
        partial(document.place_of, passage),
    )


def texts(document: ReadDocument) -> Iterator[DocumentText]:
    """The passages (contents apart: they repeat the headings) and the texts of all forms."""
    yield from running_texts(document)
    for form in document.forms:
        yield from (form_text(form, path, text) for path, text in form.contents.texts if text)


def running_texts(document: ReadDocument) -> Iterator[DocumentText]:
    """The passages, contents apart, and the cells of the overall form."""
    for passage in document.passages:
        if passage.section != "目录":
            yield passage_text(document, passage)
    for row in document.overall_rows:
        yield from _row_texts(document, row)


def other_cells(document: ReadDocument) -> Iterator[DocumentText]:
    """The words in tables that are not recognised."""
    for table in document.other_tables:
        for row in table.rows:
            place = partial(_place_of_row, row)
            for text in filter(_HAN.search, row.cells):
                subject = f"{OTHER}/{table.title}"
                yield DocumentText(text, OTHER, subject, clippable=True, place=place)


def labels(document: ReadDocument) -> Iterator[DocumentText]:
    """The names in the rows of the statements: subjects, units, projects."""
    for table in document.tables.values():
        for row in table.rows:
            subject = "/".join(filter(None, (table.number, row.block, row.key)))
            place = partial(_place_of_row, row)
            yield DocumentText(row.label, table.number, subject, clippable=True, place=place)


def _place_of_row(row: DocumentRow | PlainRow, _: str) -> Location:
    return row.place


def _row_texts(document: ReadDocument, row: PlainRow) -> Iterator[DocumentText]:
    for text in filter(None, row.cells):
        passage = Passage(OVERALL_FORM, text, row.place)
        find = partial(document.place_of, passage)
        yield DocumentText(text, OVERALL_FORM, OVERALL_FORM, clippable=True, place=find)


def form_text(form: Form, path: tuple[str | int, ...], text: str) -> DocumentText:
    """The text at a path of a form."""
    subject = path_text(("绩效目标表", form.name, *path))
    place = partial(_place_in_form, form, path)
    return DocumentText(text, form.group, subject, clippable=True, place=place)


def label_cells(document: ReadDocument) -> Iterator[DocumentText]:
    """The cells of a draft's forms that are no content: labels, and what was added to them."""
    for form in document.forms:
        known = {squeezed(text) for _, text in form.contents.texts} if form.rows else set()
        for row in form.rows:
            for cell in dict.fromkeys(filter(None, row.cells)):
                if squeezed(cell) not in known:
                    place = partial(_place_of_row, row)
                    subject = f"绩效目标表/{form.name}"
                    yield DocumentText(cell, form.group, subject, clippable=True, place=place)


def _place_in_form(form: Form, path: tuple[str | int, ...], _: str) -> Location:
    return form.place(path)


def told_or_noise(document: ReadDocument, finding: Finding) -> Outcome:
    """A finding, or noise if the text was extracted and may have been misread."""
    return Noise(finding) if document.origin is Origin.EXTRACTED else finding
