"""The remarks that reviewers set on a page of a PDF."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

_REMARKS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_INK,
    }
)
"""What reviewers set on a page. Links and fields are none; a stamp may be the office's seal."""


def count_remarks(page: Any) -> int:
    """How many remarks stand on a page."""
    return sum(_subtype(page, at) in _REMARKS for at in range(pdfium.FPDFPage_GetAnnotCount(page)))


def _subtype(page: Any, at: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return 0
    try:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)
