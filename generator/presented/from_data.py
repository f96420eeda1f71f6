"""A data folder as its reader has it: what it prints, with places in the YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from generator.disclosure.form_names import TOTAL
from generator.document.tree import text_of
from generator.drafts.characters import ordinary
from generator.drafts.draft import Block, Draft, Line
from generator.drafts.draft import Table as TableBlock
from generator.drafts.draft_format import format_of
from generator.drafts.html import Element, html_blocks, html_table
from generator.drafts.outline import Outline
from generator.drafts.split import outline
from generator.figures import Figure
from generator.findings import Place
from generator.load.yaml_tree import SourceTree
from generator.pack.forms import ProjectFormDefinition
from generator.pack.pack import Pack
from generator.presented.blocks import PlainRow
from generator.presented.document import (
    Amount,
    Cell,
    Form,
    Mention,
    Origin,
    Passage,
    Presented,
    Row,
    Table,
    cells_by_address,
)
from generator.presented.passages import overall_rows, passages
from generator.publish import Composed
from generator.rounding import YUAN_PER_WAN
from generator.statements.definition import StatementDefinition
from generator.statements.table import BlockRow, Statement


def presented_data(composed: Composed, pack: Pack) -> Presented:
    """What the data of one entity and year prints."""
    entity = composed.disclosure.entity
    source = composed.loaded.source
    definitions = {each.number: each for each in pack.statements}
    tables = {
        number: _table(statement, composed, definitions[number])
        for number, statement in composed.statements.items()
    }
    printed = _PrintedText(composed, pack)

    def find(passage: Passage, phrase: str) -> Place:
        return source.find(phrase) or passage.place

    return Presented(
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
        units=entity.subordinate_units,
        unpublished=tuple(
            (each.unit, each.project.name)
            for each in composed.disclosure.keyed_projects()
            if not each.project.goals_published
        ),
        cells=cells_by_address(tables),
        format=pack.format,
    )


def _table(statement: Statement, composed: Composed, definition: StatementDefinition) -> Table:
    source = composed.loaded.source
    rows = [
        _row(statement, block, part, source)
        for parts in statement.rows
        for block, part in zip(statement.block_names, parts, strict=True)
        if part.key
    ]
    books = [block.book or definition.book for block in definition.blocks]
    sections = tuple(dict.fromkeys(book.value for book in books))
    declared = composed.disclosure.publication.empty_statements
    is_declared = statement.number in declared
    return Table(
        statement.number,
        statement.title,
        tuple(rows),
        statement.no_data,
        _declaration(source, declared.index(statement.number))
        if is_declared
        else _place_of_sections(source, sections),
        sections=sections,
        unfilled=tuple(each for each in sections if not source.knows((each,))),
        declared_empty=is_declared,
    )


def _declaration(source: SourceTree, index: int) -> Place:
    """Where a statement is declared to be without data."""
    return source.place(("公开方式", "无数据表", index))


def _place_of_sections(source: SourceTree, sections: Iterable[str]) -> Place:
    """The first section that is written; the folder if none is."""
    written = (source.place((each,), key=True) for each in sections if source.knows((each,)))
    return next(written, Place(source.file))


def _row(statement: Statement, block: str, part: BlockRow, source: SourceTree) -> Row:
    prefix = "/".join(filter(None, (statement.number, block, part.key)))
    cells = {}
    words = f"{part.key} {part.label}" if part.key.isdigit() else part.label or part.key
    for figure in (cell.figure for cell in part.cells if cell.figure is not None):
        column = figure.address.removeprefix(f"{prefix}/")
        spot = f"{statement.number}“{words}”行“{column}”栏"
        amount = Amount(figure.value / YUAN_PER_WAN, figure.text, exact=True)
        cells[column] = Cell(figure.address, column, amount, place_of(figure, source, spot))
    place = next((cell.place for cell in cells.values()), Place(source.file))
    return Row(block, part.key, part.label, part.dimension, dict(part.bound), cells, place)


def place_of(figure: Figure, source: SourceTree, spot: str = "") -> Place:
    """Where a figure is written: its leaf, or what holds all of its leaves, or their first section.

    The folder for a figure that has none. Leaves are in the order of the data, so the first and
    the last of them tell what holds them all.
    """
    paths = [_path(address) for address in figure.sources[:1] + figure.sources[1:][-1:]]
    if len(paths) > 1:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(*paths, strict=False))
        common = tuple(step for step, _ in same)
        place = source.place(common or paths[0][:1], key=True)
    else:
        place = source.place(paths[0] if paths else ())
    return Place(place.file, place.line, place.column, spot)


@lru_cache(maxsize=1 << 14)
def _path(address: str) -> tuple[str | int, ...]:
    """The path in the data that the address of a leaf stands for."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in address.split("/"))


_OPENING_ROWS = 2
"""So many rows tell what a table is: the first row of a form names the project, the next the
department."""


def printed_passages(composed: Composed, pack: Pack) -> tuple[Passage, ...]:
    """The text that data prints, each figure with its address."""
    return _PrintedText(composed, pack).passages()


class _PrintedText:
    """The composed document, split like a draft.

    What tables hold is known from the data, so only their first rows are read: enough to know
    what the paragraphs around them belong to.
    """

    def __init__(self, composed: Composed, pack: Pack) -> None:
        self.folder = composed.loaded.source.file
        self.format = format_of(pack)
        blocks = list(html_blocks(composed.document.body, _OPENING_ROWS))
        self.elements = {id(block): element for block, element in blocks}
        self.outline = self._split(block for block, _ in blocks)

    def _split(self, blocks: Iterable[Block]) -> Outline:
        return outline(Draft(self.folder, tuple(blocks)), self.format)

    def overall_rows(self) -> tuple[PlainRow, ...]:
        """The rows of the overall form, whose budget figures stand nowhere in its data."""
        form = self.outline.overall_form
        if form is None:
            return ()
        rows = {id(row) for row in form.rows}
        whole: list[Block] = list(form.title)
        for block in self.outline.draft.blocks:
            if isinstance(block, TableBlock) and any(id(row) in rows for row in block.rows):
                whole.append(html_table(self.elements[id(block)]))
        return overall_rows(self._split(whole), self.place)

    def place(self, _: Line) -> Place:
        """Printed text has no place of its own; ``find`` knows where its words come from."""
        return Place(self.folder)

    def passages(self) -> tuple[Passage, ...]:
        """The contents and the text, each figure with its address."""
        return passages(self.outline, self.place, self._mentions)

    def _mentions(self, line: Line) -> tuple[Mention, ...]:
        return tuple(mentions_in(self.elements[id(line)]))


def mentions_in(element: Element) -> Iterator[Mention]:
    """The figures of a paragraph; its text is as :func:`html_blocks` trims it.

    One with line breaks may have been read as several: where its figures stand is not told.
    """
    if next(element.iter("br"), None) is not None:
        return
    start = len(ordinary(element.text or "")) - _leading_space(element)
    for child in element:
        text = ordinary(text_of(child))
        address = child.get("data-figure")
        if address is not None:
            yield Mention(start, start + len(text), address)
        start += len(text) + len(ordinary(child.tail or ""))


def _leading_space(element: Element) -> int:
    text = ordinary(text_of(element))
    return len(text) - len(text.lstrip())


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

        def place(path: tuple[str | int, ...], index: int = index) -> Place:
            return source.place(("项目绩效目标表", index, *path))

        yield Form(index + 1, definition, form, totals, place)
