"""Reads the performance forms of a draft into 项目绩效目标表 and 整体绩效目标表."""

from __future__ import annotations

from typing import Any

from generator.drafts.draft import Row
from generator.drafts.outline import FormDraft, Outline
from generator.importing.form_cells import filled_cells, is_exact
from generator.importing.form_funds import Funds, title_unit
from generator.importing.form_indicators import IndicatorTable, Unsure
from generator.importing.form_labels import FIELDS, SIGNATURES, TEXTS, named
from generator.importing.form_overall import import_overall_form
from generator.importing.form_upper import UpperPart
from generator.importing.reading import Reading

SECTION = "项目绩效目标表"


def import_forms(reading: Reading, outline: Outline) -> None:
    """Fills the sections of the performance forms; each form keeps its place in the list."""
    if outline.overall_form:
        import_overall_form(reading, outline.overall_form)
    forms: list[dict[str, Any]] = []
    for number, form in enumerate(outline.forms):
        data, unsure = _project_form(reading, form)
        forms.append(data)
        for each in unsure:
            spot = each.spot or (form.rows[0].spot if form.rows else None)
            reading.doubt((SECTION, number, *each.path), each.message, spot)
    if forms:
        reading.sections[SECTION] = forms


def _project_form(reading: Reading, form: FormDraft) -> tuple[dict[str, Any], list[Unsure]]:
    """The data of one form; the rows that were read are marked as used."""
    exact = is_exact(reading.draft)
    upper = UpperPart(exact, funds=Funds(unit=title_unit(form)))
    table = IndicatorTable(exact=exact)
    unread: list[Unsure] = []
    reading.use(*form.title)
    below = False
    for row in form.rows:
        if table.read_head(row):
            below = True
        elif below and not _leaves_table(row):
            table.read(row)
        elif upper.read(row, filled_cells(row)):
            below = False
        elif table.layout and upper.stamp is None:  # on with the table below a repeated head
            below = True
            table.read(row)
        else:
            text = "|".join(cell.text for cell in filled_cells(row))
            unread.append(Unsure((), f"这一行没有读进数据：{text}", row.spot))
            continue
        reading.use(row)
    tree, unsure = table.data()
    data = dict(upper.data())
    if tree:
        data["绩效指标"] = tree
    if upper.stamp:
        data["填报日期"] = upper.stamp
    nested = [Unsure(("绩效指标", *each.path), each.message, each.spot) for each in unsure]
    return data, [*upper.doubts(), *nested, *_missing(upper, table), *unread]


def _missing(upper: UpperPart, table: IndicatorTable) -> list[Unsure]:
    """Whole parts that a form has and that were not found."""
    found = []
    if not table.readings:
        found.append(Unsure(("绩效指标",), "绩效指标没有读到"))
    if upper.stamp is None:
        found.append(Unsure(("填报日期",), "填报日期没有读到"))
    return found


def _leaves_table(row: Row) -> bool:
    """Whether a row is no longer of the indicators: the foot, or the upper part of a new page."""
    cells = filled_cells(row)
    if any(SIGNATURES.match(cell.key) for cell in cells):
        return True
    return bool(cells) and bool(named(FIELDS, cells[0].key) or named(TEXTS, cells[0].key))
