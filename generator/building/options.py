"""What ``disclosure build`` is asked for."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

FORMATS = ("pdf", "docx", "html", "xlsx")
"""The values of :class:`generator.compose.compose.Format`, for whoever must not import so much."""
USUAL_FORMATS = ("pdf", "docx", "html")
"""What is written unless formats are named: the text. The workbook has the statements only."""


class BuildOptions(Struct, frozen=True):
    """The options of a build, the same for every folder.

    Attributes:
        output: the folder to write to.
        formats: extensions, each one of :data:`FORMATS`.
        pack: name or folder of the pack, as typed; ``None`` for the one that the data names.
        draft: whether it is for review (送审稿): marked on each page, in files of its own.
        allow_personal_data: whether numbers that may be personal are printed all the same.
        cache: whether anything may be kept for later runs, or taken from earlier ones.
    """

    output: Path
    formats: tuple[str, ...] = USUAL_FORMATS
    pack: str | None = None
    draft: bool = False
    allow_personal_data: bool = False
    cache: bool = True
