"""Writes check sheets in the form that the name of a file asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.checks.run import Report
from generator.reports.sheet.content import CheckSheet, Scope, sheet_of
from generator.reports.sheet.summary import Summary, summary_of
from generator.reports.sheet.timeliness import PublicationDates

SUFFIXES = (".xlsx", ".docx", ".html")

Writer = Callable[[Sequence[CheckSheet], Summary | None], bytes]


def write_sheets(
    reports: Sequence[Report], publications: Sequence[PublicationDates], scope: Scope, file: Path
) -> bytes:
    """The check sheets of some documents, with a summary if there are several.

    Args:
        reports: one for each document.
        publications: as many, in the same order.
        scope: what the sheets list.
        file: its suffix, one of ``SUFFIXES``, says which form they have.
    """
    pairs = zip(reports, publications, strict=True)
    sheets = [sheet_of(report, publication, scope) for report, publication in pairs]
    summary = summary_of(sheets, notes=scope.show_all) if len(sheets) > 1 else None
    return _writer(file.suffix.lower())(sheets, summary)


def _writer(suffix: str) -> Writer:
    """What writes a form; each needs a library of its own."""
    if suffix == ".xlsx":
        from generator.reports.sheet.xlsx import xlsx_sheets

        return xlsx_sheets
    if suffix == ".docx":
        from generator.reports.sheet.docx import docx_sheets

        return docx_sheets
    from generator.reports.sheet.html import html_sheets

    return html_sheets
