"""A data folder as its reader has it: what it prints, with places in the YAML."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal

from generator.compose.compose import Composed
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.table import BlockRow, Statement
from generator.core.findings import Location
from generator.core.memo import Memory, Same, memo
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.load.yaml.tree import SourceTree
from generator.model.form_names import TOTAL
from generator.pack.forms import ProjectFormDefinition
from generator.pack.pack import Pack
from generator.reading.document import (
    Amount,
    DocumentCell,
    DocumentRow,
    DocumentTable,
    Form,
    Origin,
    Passage,
    ReadDocument,
    cells_by_address,
)
from generator.reading.printed import PrintedDocument
from generator.reading.provenance import place_of_address, place_of_figure


def presented_data(composed: Composed, pack: Pack) -> ReadDocument:
    """What the data of one entity and year prints."""
    return presented(PrintedDocument(composed, pack, whole=False), pack)


def presented(printed: PrintedDocument, pack: Pack) -> ReadDocument:
    """What data prints that has been read as a draft is."""
    composed = printed.composed
    entity = composed.disclosure.entity
    source = composed.loaded.source
    definitions = {each.number: each for each in pack.statements}
    tables = {
        number: _known_table(statement, definitions[number], composed)
        for number, statement in composed.statements.items()
    }

    def find(passage: Passage, phrase: str, key: str) -> Location:
        return source.find(phrase, key, passage.text) or passage.place

    return ReadDocument(
        file=source.file,
        origin=Origin.DATA,
        catalogue=composed.loaded.names.catalogue,
        name=entity.name,
        kind=entity.kind,
        year=entity.year,
        outline=pack.outline,
        tables=tables,
        passages=printed.passages(),
        forms=tuple(forms_of_data(composed, pack.forms.project)),
        overall=composed.disclosure.overall_form,
        overall_rows=printed.overall_rows(),
        find=find,
        written=lambda address: place_of_address(address, composed.figures, source),
        units=entity.subordinate_units,
        unpublished=tuple(
            (project.unit, project.project.name)
            for project in composed.disclosure.keyed_projects()
            if not project.project.goals_published
        ),
        cells=cells_by_address(tables),
        format=pack.format,
        style=pack.text_style,
    )


_TABLES = Memory[Hashable, DocumentTable](__name__, most=20_000)
"""By their statements, and by where the data is written that these show; weighed by rows."""


def _known_table(
    statement: Statement, definition: StatementDefinition, composed: Composed
) -> DocumentTable:
    source = composed.loaded.source
    declared = tuple(composed.disclosure.publication.empty_statements)
    shown = _sections_of(Same(statement), Same(definition))
    places = tuple(source.written(section) for section in (*shown, "公开方式"))
    return _TABLES.recall(
        (Same(statement), Same(definition), declared, source.file, places),
        lambda: _table(statement, definition, source, declared),
        lambda table: len(table.rows),
    )


@memo(200)
def _sections_of(
    statement: Same[Statement], definition: Same[StatementDefinition]
) -> tuple[str, ...]:
    """The sections of the data that a statement is looked for in."""
    figures = (cell.figure for parts in statement.it.rows for part in parts for cell in part.cells)
    sources = (source for figure in figures if figure is not None for source in figure.sources)
    named = dict.fromkeys(source.partition("/")[0] for source in sources)
    return (*_books(definition.it), *named)


def _books(definition: StatementDefinition) -> tuple[str, ...]:
    """The sections of the data that the books of a statement are made of."""
    books = (block.book or definition.book for block in definition.blocks)
    return tuple(dict.fromkeys(book.value for book in books))


def _table(
    statement: Statement,
    definition: StatementDefinition,
    source: SourceTree,
    declared: Sequence[str],
) -> DocumentTable:
    rows = [
        _row(statement, block, part, source)
        for parts in statement.rows
        for block, part in zip(statement.block_names, parts, strict=True)
        if part.key
    ]
    sections = _books(definition)
    is_declared = statement.number in declared
    return DocumentTable(
        statement.number,
        statement.title,
        tuple(rows),
        statement.no_data,
        _declaration(source, declared.index(statement.number))
        if is_declared
        else _place_of_sections(source, sections),
        sections=sections,
        unfilled=tuple(section for section in sections if not source.knows((section,))),
        declared_empty=is_declared,
    )


def _declaration(source: SourceTree, index: int) -> Location:
    """Where a statement is declared to be without data."""
    return source.place(("公开方式", "无数据表", index))


def _place_of_sections(source: SourceTree, sections: Iterable[str]) -> Location:
    """The first section that is written; the folder if none is."""
    written = (
        source.place((section,), key=True) for section in sections if source.knows((section,))
    )
    return next(written, Location(source.file))


def _row(statement: Statement, block: str, part: BlockRow, source: SourceTree) -> DocumentRow:
    prefix = "/".join(filter(None, (statement.number, block, part.key)))
    cells = {}
    words = f"{part.key} {part.label}" if part.key.isdigit() else part.label or part.key
    for figure in (cell.figure for cell in part.cells if cell.figure is not None):
        column = figure.address.removeprefix(f"{prefix}/")
        spot = f"{statement.number}“{words}”行“{column}”栏"
        amount = Amount(figure.value / YUAN_PER_WAN, figure.text, exact=True)
        cells[column] = DocumentCell(
            figure.address, column, amount, place_of_figure(figure, source, spot)
        )
    place = next((cell.place for cell in cells.values()), Location(source.file))
    return DocumentRow(block, part.key, part.label, part.dimension, dict(part.bound), cells, place)


def forms_of_data(composed: Composed, definition: ProjectFormDefinition | None) -> Iterator[Form]:
    """The project forms of a data folder; none if its pack has none such."""
    if definition is None:
        return
    source = composed.loaded.source
    figures = composed.figures
    for index, form in enumerate(composed.disclosure.forms):
        totals: dict[str, Decimal] = {
            half: figures[f"绩效目标表/{index + 1}/{half}/{TOTAL}"].value
            for half in (definition.halves if definition.funds else ())
        }

        def place(path: tuple[str | int, ...], index: int = index) -> Location:
            return source.place(("项目绩效目标表", index, *path))

        yield Form(index + 1, definition, form, totals, place)
