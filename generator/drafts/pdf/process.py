"""The process that reads a PDF: see :mod:`generator.drafts.pdf.apart`."""

from __future__ import annotations

import json
import os
import pickle
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any

from generator.core.findings import UnusableInputError
from generator.core.process import available_cores, collect_rarely
from generator.drafts.draft import Block, Paragraph
from generator.drafts.pdf.apart import started_pdf_process
from generator.drafts.pdf.flow import blocks_of_pages
from generator.drafts.pdf.page.page import PageContent, read_page
from generator.drafts.pdf.source import drawn_pages, opened, page_count
from generator.drafts.safety.watchdog import (
    DAMAGED,
    OUT_OF_MEMORY,
    Watchdog,
    limit_memory,
)

MANY_PAGES = 60
"""From here on it pays to start a second process."""


def main() -> None:
    """Does what the arguments of the process say."""
    limit_memory()
    collect_rarely()
    task, path, *numbers = sys.argv[1:]
    try:
        file = Path(path)
        dog = Watchdog(file.stat().st_size)
        if task == "blocks":
            answer = json.dumps(_answer(file, dog)).encode()
        else:
            answer = pickle.dumps(_every(file, dog, *map(int, numbers)))
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BaseException as error:
        os._exit(OUT_OF_MEMORY if _is_of_memory(error) else DAMAGED)
    os._exit(0)


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether the first of the errors that led to each other is a lack of memory."""
    return isinstance(error, MemoryError) or (
        error is not None and _is_of_memory(error.__cause__ or error.__context__)
    )


def _answer(path: Path, dog: Watchdog) -> dict[str, Any]:
    try:
        contents = _contents(path, dog)
        blocks = [_said(each) for each in blocks_of_pages(path, contents)]
    except UnusableInputError as error:
        (finding,) = error.findings
        return {"refused": [finding.code, finding.message, finding.remedy]}
    return {"blocks": blocks, "remarks": [[c.number, c.remarks] for c in contents if c.remarks]}


def _contents(path: Path, dog: Watchdog) -> list[PageContent]:
    """The contents of all pages; every other page is read in another process if there are many."""
    with opened(path) as document:
        count = page_count(path, document)
    if count < MANY_PAGES or available_cores() == 1:
        return _every(path, dog, 1, 1)
    with started_pdf_process("pages", str(path), "2", "2") as helper:
        try:
            odd = _every(path, dog, 1, 2)
            said, _ = helper.communicate()
        finally:
            helper.kill()
    even = _every(path, dog, 2, 2) if helper.returncode else pickle.loads(said)  # noqa: S301
    return sorted([*odd, *even], key=attrgetter("number"))


def _every(path: Path, dog: Watchdog, first: int, step: int) -> list[PageContent]:
    """The contents of every so manieth page."""
    contents: list[PageContent] = []
    with opened(path) as document:
        numbers = range(first, page_count(path, document) + 1, step)
        for page in drawn_pages(path, document, numbers):
            contents += read_page(page)
            dog.page_done()
    return contents


def _said(block: Block) -> Any:
    if isinstance(block, Paragraph):
        return {"text": block.text, "page": block.spot.number, "aside": block.aside}
    return [[row.cells, row.spot.number] for row in block.rows]
