"""Measures how many planted mistakes a comparison finds, and whether it names any that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from generator.compare.compare import compare_sides
from generator.compare.difference import FOLDED, Comparison, PairedRow, PairedText
from generator.compare.side import Side, side_of_data, side_of_draft
from generator.compare.side_parts import CHARTS
from generator.compose.compose import compose
from generator.compose.document.render import render_stylesheet
from generator.compose.document.tree import HtmlDocument
from generator.drafts.draft import Paragraph
from generator.drafts.html.read import html_blocks
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.docx.writer import write_docx
from generator.printing.pdf import print_pdf
from tests.diff_mutations import Error, Planted, Seen, plant
from tests.mutations import Page

FORMATS = ("docx", "html", "pdf", "txt")


@dataclass(frozen=True)
class Trial:
    """A draft with mistakes, compared with the data it was printed from."""

    fmt: str
    planted: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    false: tuple[Seen, ...]
    """Differences that no planted mistake explains."""


class Subject:
    """An entity whose drafts are compared with its data."""

    def __init__(self, folder: Path, pack: Pack, catalogue: Catalogue, work: Path) -> None:
        self.pack, self.work = pack, work
        self.composed = compose(folder, pack, catalogue)
        self.stylesheet = render_stylesheet(pack)

    @cached_property
    def data(self) -> Side:
        """What the data prints."""
        return side_of_data(self.composed, self.pack)

    def trial(self, fmt: str, count: int, seed: int) -> Trial:
        """Plants so many mistakes and looks for them; the same ones in every format."""
        page = Page(self.composed.document, self.composed.disclosure)
        planted = plant(page, count, Random(f"{seed} {count}"))  # noqa: S311
        comparison = self.compared(page.document, fmt)
        return judged(fmt, planted, comparison)

    def compared(self, document: HtmlDocument, fmt: str) -> Comparison:
        """A document, written in a format and read again, against the data."""
        file = self.work / f"草稿.{fmt}"
        file.write_bytes(self._written(document, fmt))
        return compare_sides(self.data, side_of_draft(file, self.pack), self.pack)

    def _written(self, document: HtmlDocument, fmt: str) -> bytes:
        if fmt == "txt":
            return text_draft(document).encode()
        if fmt == "html":
            return document.html(self.stylesheet).encode()
        if fmt == "docx":
            return write_docx(document, self.pack, _page_numbers(document))
        return print_pdf(document, self.stylesheet, self.pack.folder).content


def _page_numbers(document: HtmlDocument) -> dict[str, int]:
    """Any pages: the contents only look like contents with numbers."""
    ids = (element.get("id") for element in document.body.iter())
    return {each: 9 for each in ids if each}


def text_draft(document: HtmlDocument) -> str:
    """A document as the text a program takes out of it: a line each, tabs between cells."""
    lines = []
    for block, _ in html_blocks(document.body):
        if isinstance(block, Paragraph) and block.aside == "图":
            continue  # words in a picture
        if isinstance(block, Paragraph):
            lines.append(f"{_line(block.text)}\n")
        else:
            rows = ("\t".join(map(_line, row.cells)) for row in block.rows)
            lines.append("\n".join([*rows, ""]))
    return "\n".join(lines)


def _line(text: str) -> str:
    return "".join(text.split("\n"))


def judged(fmt: str, planted: Iterable[Planted], comparison: Comparison) -> Trial:
    """Holds the differences of a comparison against the mistakes that were planted."""
    each = tuple(planted)
    seen = list(_seen(comparison))
    false = [
        one
        for one in seen
        if one.difference.kind not in FOLDED
        and one.difference.what not in CHARTS  # they go with the section that was left out
        and not any(p.explains(one) for p in each)
    ]
    missed = [one for one in each if not one.found(seen)]
    return Trial(fmt, each, tuple(missed), tuple(false))


def _seen(comparison: Comparison) -> Iterator[Seen]:
    for part in comparison.parts:
        if part.difference is not None:
            yield Seen(part.difference, "", "")
        for line in part.content:
            for difference in line.differences():
                yield Seen(difference, *_both(line))


def _both(line: PairedText | PairedRow) -> tuple[str, str]:
    cells = line.pieces if isinstance(line, PairedText) else line.cells
    return "".join(each.ours for each in cells), "".join(each.theirs for each in cells)


def rates(trials: Iterable[Trial]) -> Mapping[tuple[Error, str], tuple[int, int]]:
    """Found and planted mistakes by kind and format."""
    counted: dict[tuple[Error, str], tuple[int, int]] = {}
    for trial in trials:
        for planted in trial.planted:
            key = planted.error, trial.fmt
            found, count = counted.get(key, (0, 0))
            counted[key] = found + (planted not in trial.missed), count + 1
    return counted
