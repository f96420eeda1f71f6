"""Check sheets as one web page: the summary, then a sheet after the other."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reports.page import page
from generator.reports.sheet.content import HEADS, CheckSheet, Verdict
from generator.reports.sheet.summary import DOCUMENT_HEADS, FAULT_HEADS, Summary

_CLASSES = {
    Verdict.YES: "yes",
    Verdict.DOUBTFUL: "doubtful",
    Verdict.EXPLAINED: "explained",
    Verdict.NO: "no",
    Verdict.UNCHECKED: "unchecked",
    Verdict.ABSENT: "absent",
}


def html_sheets(sheets: Sequence[CheckSheet], summary: Summary | None) -> bytes:
    """The page; it holds no script, and each sheet is printed on pages of its own."""
    content: dict[str, object] = {
        "sheets": sheets,
        "summary": summary,
        "heads": HEADS,
        "document_heads": DOCUMENT_HEADS,
        "fault_heads": FAULT_HEADS,
        "classes": _CLASSES,
    }
    return page("sheet/sheet.html.j2", ("sheet/sheet.css",), None, content, {})
