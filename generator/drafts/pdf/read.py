"""Reads a PDF draft page by page: ruled tables, and text outside them."""

from __future__ import annotations

from pathlib import Path

from generator.drafts.pdf.apart import ReadPdf, read_apart
from generator.drafts.pdf.limits import check_end, check_streams
from generator.drafts.safety.limits import check_size, refuse

_HEADER_WITHIN = 1024


def read_pdf(path: Path) -> ReadPdf:
    """What a PDF draft says; spots are pages.

    Raises:
        UnusableInputError: E102 or E601 to E605.
    """
    check_size(path)
    content = path.read_bytes()
    if b"%PDF-" not in content[:_HEADER_WITHIN]:
        refuse("E603", "内容不是 PDF", "用办公软件或阅读器重新另存", path)
    check_end(path, content)
    check_streams(path, content)
    return read_apart(path)
