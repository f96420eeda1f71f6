"""Reads a draft, whatever its file type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.drafts.draft import Block, Draft, Paragraph
from generator.drafts.landmarks import with_words
from generator.drafts.limits import refuse

Reader = Callable[[Path], Iterator[Block]]


def _text(path: Path) -> Iterator[Block]:
    from generator.drafts.text import read_text

    return read_text(path)


def _docx(path: Path) -> Iterator[Block]:
    from generator.drafts.docx import read_docx

    return read_docx(path)


def _pdf(path: Path) -> Iterator[Block]:
    from generator.drafts.pdf import read_pdf

    return read_pdf(path)


def _html(path: Path) -> Iterator[Block]:
    from generator.drafts.html import read_html

    return read_html(path)


READERS: dict[str, Reader] = {
    ".txt": _text,
    ".docx": _docx,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
}


def read_draft(path: Path) -> Draft:
    """Reads a draft.

    Raises:
        UnusableInputError: if the file cannot be read, is unsafe, or holds no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(READERS)
        refuse("E601", f"不能读 {path.suffix or '没有扩展名的'} 文件", f"另存为 {known} 之一", path)
    draft = Draft(path, with_words(tuple(reader(path))))
    has_text = any(not isinstance(line, Paragraph) or not line.aside for line in draft.lines())
    if not has_text:
        refuse("E605", "文件里没有文字，可能是扫描件", "使用带文字的原件，或先做文字识别", path)
    return draft
