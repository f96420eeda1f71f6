"""Reads a PDF in a process of its own: see :mod:`generator.drafts.safety.apart`."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.safety import apart

_PROCESS = "generator.drafts.pdf.process"
_BROKEN = "文件不完整，打不开"
_SIMPLIFY = "从原来的文件重新导出 PDF，或分成几个文件"


class ReadPdf(Struct, frozen=True):
    """What was read of a PDF; ``remarks`` are pages with remarks of reviewers, and how many."""

    blocks: tuple[Block, ...]
    remarks: tuple[tuple[int, int], ...]


def read_apart(path: Path) -> ReadPdf:
    """Reads a PDF.

    Raises:
        UnusableInputError: E602 to E605.
    """
    task = "blocks", str(path.absolute())
    said = apart.answer_about(path, _PROCESS, *task, broken=_BROKEN, way_out=_SIMPLIFY)
    remarks = tuple((number, count) for number, count in said["remarks"])
    return ReadPdf(tuple(map(_block, said["blocks"])), remarks)


def started_pdf_process(*task: str) -> subprocess.Popen[bytes]:
    """A process for a task of :mod:`generator.drafts.pdf.process`."""
    return apart.started_process(_PROCESS, *task)


def _block(said: Any) -> Block:
    if isinstance(said, dict):
        text, number, aside = said["text"], said["page"], said["aside"]
        return Paragraph(text, Spot("页", number), aside)
    return Table([Row(tuple(cells), Spot("页", number)) for cells, number in said])
