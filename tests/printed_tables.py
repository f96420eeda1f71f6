"""Data printed as tables, and what is read of them again, for any pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.compute.ledger.posting import post
from generator.compute.statements.evaluate import Evaluator
from generator.compute.statements.table import BlockRow, HeadCell, Statement
from generator.core.figures import FigureBook
from generator.drafts.draft import Draft, Paragraph, Row, Spot, Table
from generator.drafts.parts.outline import DraftOutline, StatementDraft
from generator.importing.class_totals import ClassTotals
from generator.importing.reading import ImportResult
from generator.importing.statements import classify, import_statements
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import LoadedDisclosure
from generator.load.names import Names
from generator.load.yaml.tree import SourceTree
from generator.model.disclosure import Disclosure
from generator.pack.pack import Pack
from tests.formats import NO_FORMAT

Cells = tuple[str, ...]
Tree = dict[str, Any]


def statements_of(data: Tree, pack: Pack, catalogue: Catalogue) -> dict[str, Statement]:
    """What a disclosure with such sections prints in its tables."""
    disclosure = Disclosure.model_validate(
        {"概况": {"职责": ["一"]}} | data, context=pack.vocabulary
    )
    loaded = LoadedDisclosure(
        disclosure, SourceTree(Path()), Names(catalogue, disclosure), pack.vocabulary
    )
    evaluator = Evaluator(post(loaded), loaded.names, disclosure.entity, FigureBook())
    empty = disclosure.publication.empty_statements
    return {
        each.number: evaluator.evaluate(each, declared_empty=each.number in empty)
        for each in pack.statements
    }


def _head(rows: tuple[tuple[HeadCell, ...], ...]) -> Iterator[Cells]:
    """Head rows as a grid: a merged cell holds its text once."""
    grid: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in grid:
                column += 1
            for down in range(cell.rowspan):
                for right in range(cell.colspan):
                    grid[number + down, column + right] = "" if down or right else cell.text
    width = 1 + max(column for _, column in grid)
    for number in range(len(rows)):
        yield tuple(grid.get((number, column), "") for column in range(width))


def _body(parts: tuple[BlockRow, ...]) -> Cells:
    texts: list[str] = []
    for cell in (cell for part in parts for cell in part.cells):
        texts += [cell.figure.text if cell.figure else cell.text, *[""] * (cell.colspan - 1)]
    return tuple(texts)


def grids(statements: Mapping[str, Statement]) -> dict[str, list[Cells]]:
    return {number: [_body(parts) for parts in each.rows] for number, each in statements.items()}


def outline_of(statements: Mapping[str, Statement], entity: Mapping[str, str]) -> DraftOutline:
    """The tables as a reader gives them."""
    lines = iter(range(1, 100_000))
    drafts = {}
    for number, each in statements.items():
        heads = [*_head(each.head), *(_body(parts) for parts in each.rows)]
        meta = f"{entity['类型']}名称：{entity['名称']}　　单位：{each.unit}"
        drafts[number] = StatementDraft(
            number,
            each.title,
            [Paragraph(text, Spot("行", next(lines))) for text in (each.title, meta)],
            [Row(cells, Spot("行", next(lines))) for cells in heads],
            [Paragraph(each.note, Spot("行", next(lines)))] if each.no_data else [],
        )
    blocks: list[Paragraph | Table] = []
    for draft in drafts.values():
        blocks += [*draft.above, Table(draft.rows), *draft.below]
    return DraftOutline(Draft(Path("x.txt"), tuple(blocks)), NO_FORMAT, statements=drafts)


def change(outline: DraftOutline, number: str, label: str, old: str, new: str) -> None:
    """Misreads a cell: the first that holds ``old`` in the row with a label."""
    rows = outline.statements[number].rows
    at = next(i for i, row in enumerate(rows) if label in row.cells and old in row.cells)
    cells = list(rows[at].cells)
    cells[cells.index(old)] = new
    rows[at] = Row(tuple(cells), rows[at].spot)


class Importer:
    """Prints data, lets a test damage the print, imports it."""

    def __init__(self, pack: Pack, catalogue: Catalogue) -> None:
        self.pack, self.catalogue = pack, catalogue

    def print(self, data: Tree) -> dict[str, Statement]:
        return statements_of(data, self.pack, self.catalogue)

    def outline(self, data: Tree) -> DraftOutline:
        return outline_of(self.print(data), data["单位信息"])

    def read(self, outline: DraftOutline, totals: ClassTotals | None = None) -> ImportResult:
        reading = ImportResult(outline.draft)
        import_statements(reading, outline, self.pack, self.catalogue)
        classify(reading, totals, self.pack.vocabulary.project_classes)
        return reading

    def again(self, data: Tree) -> Tree:
        """What comes back of data that went through print."""
        return {"单位信息": data["单位信息"], **self.read(self.outline(data)).sections}


def messages(reading: ImportResult) -> list[str]:
    """The doubts but for those that every import has."""
    general = ("元级明细", "“类别”按", "没有读到两类项目")
    return [each.message for each in reading.doubts if not each.message.startswith(general)]
