"""Reads the performance forms of a draft into 项目绩效目标表 and 整体绩效目标表."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.core.dates import read_date, usual_words
from generator.drafts.draft import Row
from generator.drafts.parts.form_labels import ProjectLabels, label_named
from generator.drafts.parts.outline import DraftOutline, FormDraft
from generator.importing.forms.cells import filled_cells, is_exact
from generator.importing.forms.funds import FormFunds, title_unit
from generator.importing.forms.indicators import IndicatorTable, Unsure
from generator.importing.forms.overall import import_overall_form
from generator.importing.forms.rows import TableLabels
from generator.importing.forms.system import IndicatorSystem
from generator.importing.forms.upper import UpperPart
from generator.importing.reading import ImportResult
from generator.model.form_names import INDICATORS

SECTION = "项目绩效目标表"


def import_forms(reading: ImportResult, outline: DraftOutline, pattern: str | None = None) -> None:
    """Fills the sections of the performance forms; each form keeps its place in the list.

    ``pattern`` is how the pack prints dates, if it says so; then the data has them in usual words.
    """
    labels = outline.format.forms
    if outline.overall_form and labels.overall:
        import_overall_form(reading, outline.overall_form, labels.overall)
    forms: list[dict[str, Any]] = []
    for number, form in enumerate(outline.forms):
        if labels.project is None:
            break
        data, unsure = _ProjectForm(reading, form, labels.project).read()
        forms.append(_dated(data, labels.project, pattern))
        for each in unsure:
            spot = each.spot or (form.rows[0].spot if form.rows else None)
            reading.doubt((SECTION, number, *each.path), each.message, spot)
    if forms:
        reading.sections[SECTION] = forms


def _dated(data: dict[str, Any], labels: ProjectLabels, pattern: str | None) -> dict[str, Any]:
    """A form with its date in the words of the data, if it is one as the pack prints dates."""
    key = labels.form.stamp.key if labels.form.stamp else None
    text = data.get(key or "")
    day = read_date(text, pattern) if pattern and isinstance(text, str) else None
    return data | {key: usual_words(day)} if day and key else data


class _ProjectForm:
    """Reads one form."""

    def __init__(self, reading: ImportResult, form: FormDraft, labels: ProjectLabels) -> None:
        self.reading, self.form, self.labels = reading, form, labels
        exact = is_exact(reading.draft)
        self.upper = UpperPart(labels, FormFunds(labels, unit=title_unit(form)), exact)
        self.table = _table(labels, exact=exact)

    def read(self) -> tuple[dict[str, Any], list[Unsure]]:
        """The data of the form; the rows that were read are marked as used."""
        unread = list(self._rows())
        entries = dict(self.upper.data())
        unsure = [*self.upper.doubts()]
        if self.table:
            tree, doubts = self.table.data()
            if tree:
                entries[INDICATORS] = tree
            unsure += [Unsure((INDICATORS, *d.path), d.message, d.spot) for d in doubts]
        stamp = self.labels.form.stamp
        if self.upper.stamp and stamp and stamp.key:
            entries[stamp.key] = self.upper.stamp
        ordered = {key: entries[key] for key in self.labels.form.names.fields if key in entries}
        return ordered, [*unsure, *self._missing(), *unread]

    def _rows(self) -> Iterator[Unsure]:
        """Reads the rows; yields those that could not be read."""
        upper, table = self.upper, self.table
        self.reading.use(*self.form.title)
        below = False
        for row in self.form.rows:
            if table and table.read_head(row):
                below = True
            elif table and below and not self._leaves_table(row):
                table.read(row)
            elif upper.read(row, filled_cells(row)):
                below = False
            elif table and table.layout and upper.stamp is None:  # below a repeated head
                below = True
                table.read(row)
            else:
                text = "|".join(cell.text for cell in filled_cells(row))
                yield Unsure((), f"这一行没有读进数据：{text}", row.spot)
                continue
            self.reading.use(row)

    def _leaves_table(self, row: Row) -> bool:
        """Whether a row is no longer of the indicators: the foot, or the upper part of a page."""
        cells = filled_cells(row)
        if any(self.labels.signatures.match(cell.key) for cell in cells):
            return True
        first = cells[0].key if cells else ""
        below = any(label.fullmatch(first) for label in self.labels.below_indicators)
        return below or bool(label_named(self.labels.texts, first))

    def _missing(self) -> Iterator[Unsure]:
        """Whole parts that a form has and that were not found."""
        if self.table and not self.table.readings:
            yield Unsure((INDICATORS,), "绩效指标没有读到")
        stamp = self.labels.form.stamp
        if stamp and stamp.key and self.upper.stamp is None:
            yield Unsure((stamp.key,), f"{stamp.key}没有读到")


def _table(labels: ProjectLabels, *, exact: bool) -> IndicatorTable | None:
    """What reads the indicators; ``None`` if the form has none."""
    form = labels.form
    if form.indicators is None:
        return None
    system = IndicatorSystem.of(form.indicators)
    table = TableLabels(labels.indicators, system, form.both_halves)
    return IndicatorTable(table, exact=exact, year_only=not form.both_halves)
