"""Which files are workbooks by name, and what may be hidden in one; no reader is imported."""

from __future__ import annotations

from pathlib import Path

from generator.drafts.draft import WORKBOOK_SUFFIXES

HIDDEN_SHEETS, HIDDEN_ROWS, HIDDEN_COLUMNS = "隐藏的工作表", "隐藏的行", "隐藏的列"
COVERED = "合并单元格盖住的内容"
HIDDEN_KINDS = (HIDDEN_SHEETS, HIDDEN_ROWS, HIDDEN_COLUMNS, COVERED)
"""What the traces of hidden contents are called."""


def is_workbook(path: Path) -> bool:
    """Whether a file is named as a workbook."""
    return path.suffix.lower() in WORKBOOK_SUFFIXES
