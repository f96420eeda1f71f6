"""Tells where a performance form begins and whether a head only continues the form before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.parts import signposts
from generator.drafts.parts.form_labels import FormLabels, ProjectLabels, label_named
from generator.drafts.parts.outline import FormDraft
from generator.drafts.parts.signposts import filled_texts
from generator.model.form_names import PROJECT

_NAME_ROW = 2
"""Cells of the first row of a form: the label and the project."""

Texts = Sequence[Sequence[str]]


def names_project(row: Row, labels: ProjectLabels) -> bool:
    """Whether a row is the first of a form; a statement of projects begins so, too, but goes on."""
    texts = filled_texts(row)
    first = bool(texts) and bool(labels.project.fullmatch(texts[0]))
    return labels.named_first and first and len(texts) <= _NAME_ROW


def form_goes_on(following: Texts, labels: ProjectLabels) -> bool:
    """Whether the rows below a first row are those of a form: they have labels of its texts."""
    return any(
        label_named(labels.texts, text) not in ("", PROJECT) for row in following for text in row
    )


def is_next_page(form: FormDraft, row: Row, following: Texts, labels: ProjectLabels) -> bool:
    """Whether a first row continues a form: the same project and unit, and no foot so far."""
    rows = [filled_texts(each) for each in form.rows]
    if not rows or any(labels.foot.fullmatch(text) for each in rows for text in each):
        return False
    page = [filled_texts(row), *following]
    same_unit = _unit(page, labels) in ("", _unit(rows, labels))
    return same_unit and _project(rows, labels) == _project(page, labels)


def add(form: FormDraft, line: Line) -> None:
    """Adds a title line or a row."""
    if isinstance(line, Paragraph):
        form.title.append(line)
    else:
        form.rows.append(line)


def belongs(form: FormDraft, line: Line, labels: FormLabels) -> bool:
    """Whether a line is part of an open form; below its rows only titles of further pages are."""
    text = signposts.heading_text(line)
    titles = [signposts.YEAR_LINE]
    titles += [each.title for each in (labels.project, labels.overall) if each]
    return isinstance(line, Row) or not form.rows or any(t.fullmatch(text) for t in titles)


def _project(rows: Iterable[Sequence[str]], labels: ProjectLabels) -> str:
    """The project that rows name: all that is left of a row that begins so, else the next cell."""
    for row in rows:
        for at, text in enumerate(row):
            if labels.project.fullmatch(text):
                return "".join(row[at + 1 :] if at == 0 else row[at + 1 : at + 2])
    return ""


def _unit(rows: Iterable[Sequence[str]], labels: ProjectLabels) -> str:
    pairs = (pair for row in rows for pair in pairwise(row))
    return next((text for label, text in pairs if labels.unit.fullmatch(label)), "")
