"""Tells where a performance form begins and whether a head only continues the form before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from generator.drafts import signposts
from generator.drafts.draft import Line, Paragraph, Row
from generator.drafts.outline import FormDraft
from generator.drafts.signposts import filled_cells

_NAME_ROW = 2
"""Cells of the first row of a form: the label and the project."""

Texts = Sequence[Sequence[str]]


def names_project(row: Row) -> bool:
    """Whether a row is the first of a form; a statement of projects begins so, too, but goes on."""
    texts = filled_cells(row)
    first = bool(texts) and bool(signposts.PROJECT_NAME.fullmatch(texts[0]))
    return first and len(texts) <= _NAME_ROW


def names_department(following: Texts) -> bool:
    """Whether the rows below a first row are those of a form: they name who answers for it."""
    return any(signposts.DEPARTMENT.fullmatch(text) for row in following for text in row)


def is_next_page(form: FormDraft, row: Row, following: Texts) -> bool:
    """Whether a first row continues a form: the same project and unit, and no foot so far."""
    rows = [filled_cells(each) for each in form.rows]
    if not rows or any(signposts.SIGNATURES.fullmatch(text) for each in rows for text in each):
        return False
    same_unit = _unit(following) in ("", _unit(rows))
    return same_unit and _project(rows) == _project([filled_cells(row)])


def add(form: FormDraft, line: Line) -> None:
    """Adds a title line or a row."""
    if isinstance(line, Paragraph):
        form.title.append(line)
    else:
        form.rows.append(line)


def belongs(form: FormDraft, line: Line) -> bool:
    """Whether a line is part of an open form; below its rows only titles of further pages are."""
    text = signposts.heading_text(line)
    titles = (signposts.YEAR_LINE, signposts.OVERALL_FORM, signposts.PROJECT_FORM)
    return isinstance(line, Row) or not form.rows or any(t.fullmatch(text) for t in titles)


def _project(rows: Iterable[Sequence[str]]) -> str:
    named = (row for row in rows if row and signposts.PROJECT_NAME.fullmatch(row[0]))
    return "".join(next(named, ())[1:])


def _unit(rows: Iterable[Sequence[str]]) -> str:
    pairs = (pair for row in rows for pair in pairwise(row))
    return next((text for label, text in pairs if signposts.UNIT.fullmatch(label)), "")
