"""A draft as lines that faults are planted into, and what a fault is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from random import Random

from generator.core.records import replace
from generator.drafts.draft import Block, Draft, Paragraph, Row, Table


class Group(StrEnum):
    """What a fault is about; the first three are counted together as arithmetic and sentences."""

    TABLES = "报表"
    SENTENCES = "文字"
    AGAINST = "文字与报表"
    WORDING = "用语"
    DOCUMENT = "整份文件"


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, what stood there and what stands there now.

    ``beyond`` says why nothing in the document contradicts it; empty if something does.
    """

    kind: str
    group: Group
    before: str
    after: str
    beyond: str = ""

    def __str__(self) -> str:
        return f"{self.kind}｜{self.before[:90]} → {self.after[:90]}"


@dataclass(frozen=True)
class Cell:
    """A cell with an amount: the line it is in, its column, and the table of the line."""

    line: int
    column: int
    text: str
    table: int


class View:
    """A draft as lines, with what of it is a table's cell, a sentence or a heading."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines: list[Paragraph | Row] = list(draft.lines())
        self.tables: dict[int, int] = {}
        at = 0
        for number, block in enumerate(draft.blocks):
            size = len(block.rows) if isinstance(block, Table) else 1
            if isinstance(block, Table):
                self.tables.update(dict.fromkeys(range(at, at + size), number))
            at += size
        self.contents = self._contents()
        self.forms = self._forms()

    def _contents(self) -> set[int]:
        """The lines of the table of contents: those that come again as a heading."""
        start = next((n for n, t in enumerate(self.texts()) if re.fullmatch(r"目\s*[录次]", t)), -1)
        found: set[int] = set()
        for at in range(start + 1, len(self.lines)):
            text = bare(self.text(at))
            if start < 0 or not re.match(r"第.部分|[一二三四五六七八九十]+、|（.）|\d|表", text):
                break
            if not re.search(r"\d$|[.…]", self.text(at)) and at - start > 40:
                break
            if any(bare(self.text(other)) == text for other in found):
                break
            found.add(at)
        return found

    def _forms(self) -> set[int]:
        """The lines of forms and their titles: not what is planted into."""
        return {
            line
            for line, table in self.tables.items()
            if any(
                "指标" in cell
                for row in self.draft.blocks[table].rows  # type: ignore[union-attr]
                for cell in row.cells
            )
        }

    def text(self, at: int) -> str:
        """What a line says."""
        line = self.lines[at]
        return line.text if isinstance(line, Paragraph) else " ".join(filter(None, line.cells))

    def texts(self) -> list[str]:
        """What each line says."""
        return [self.text(at) for at in range(len(self.lines))]

    def sentences(self) -> list[int]:
        """The paragraphs of running text, glossary and contents apart."""
        glossary = self.section("名词解释")
        return [
            at
            for at, line in enumerate(self.lines)
            if isinstance(line, Paragraph)
            and not line.aside
            and at not in self.contents
            and at not in glossary
            and len(line.text) > 12
            and re.search("[。；;]", line.text)
        ]

    def section(self, name: str) -> set[int]:
        """A heading with a name and the lines below it, up to the next heading like it."""
        start = next(
            (
                at
                for at, text in enumerate(self.texts())
                if at not in self.contents
                and len(text) <= 24
                and name in text
                and isinstance(self.lines[at], Paragraph)
                and "。" not in text
            ),
            None,
        )
        if start is None:
            return set()
        mark = _mark(self.text(start))
        end = start + 1
        while end < len(self.lines) and not (
            isinstance(self.lines[end], Paragraph)
            and len(self.text(end)) <= 40
            and "。" not in self.text(end)
            and (mark == _mark(self.text(end)) or _mark(self.text(end)) == "部分" or not mark)
            and not (mark == "" and _mark(self.text(end)))
        ):
            end += 1
        return set(range(start, end))

    def cells(self) -> list[Cell]:
        """The cells of the statements that state an amount."""
        return [
            Cell(at, column, cell, self.tables[at])
            for at, line in enumerate(self.lines)
            if isinstance(line, Row) and at not in self.forms and at not in self.contents
            for column, cell in enumerate(line.cells)
            if AMOUNT.fullmatch(cell.strip())
        ]

    def changed(self, changes: dict[int, Paragraph | Row | list[Paragraph | Row] | None]) -> Draft:
        """The draft with some lines replaced, taken out, or doubled."""
        blocks: list[Block] = []
        at = 0
        for block in self.draft.blocks:
            if isinstance(block, Table):
                rows: list[Row] = []
                for row in block.rows:
                    rows += [r for r in _new(changes, at, row) if isinstance(r, Row)]
                    at += 1
                if rows:
                    blocks.append(Table(rows))
            else:
                blocks += [p for p in _new(changes, at, block) if isinstance(p, Paragraph)]
                at += 1
        return replace(self.draft, blocks=tuple(blocks))


AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}")
Changes = dict[int, "Paragraph | Row | list[Paragraph | Row] | None"]
Planted = tuple[Fault, Draft]
Mutator = Callable[[View, Random], "Planted | None"]


def _new(changes: Changes, at: int, line: Paragraph | Row) -> list[Paragraph | Row]:
    if at not in changes:
        return [line]
    new = changes[at]
    return [] if new is None else new if isinstance(new, list) else [new]


def bare(text: str) -> str:
    return re.sub(r"[\s.…·]+\d*$|\s", "", text)


def _mark(heading: str) -> str:
    """The kind of numbering of a heading."""
    match = re.match(r"第.(部分)|[一二三四五六七八九十]+(、)|[（(].(）)", heading)
    return next(filter(None, match.groups()), "") if match else ""


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
