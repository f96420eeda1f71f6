"""A draft as its reader has it: the tables as printed, the text, the forms, places in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from pydantic import ValidationError

from generator.compute.ledger.entries import CODE_LENGTHS
from generator.compute.statements.evaluate import is_coded
from generator.core.findings import Location
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.drafts.draft import Draft, Line, Paragraph, Spot
from generator.drafts.parts.form_labels import ProjectLabels
from generator.drafts.parts.outline import DraftOutline, FormDraft, StatementDraft
from generator.drafts.unread import recognised_pages, unread_pages
from generator.drafts.words.text import folded
from generator.drafts.words.units import Scale
from generator.importing.amounts.printed.cells import UnclearAmountError, cell_amount, holds_amount
from generator.importing.amounts.printed.placing import PlacedRow, ReadBlock
from generator.importing.amounts.printed.rows import PartRow
from generator.importing.amounts.printed.units import Known, MeasuredTable
from generator.importing.forms.cells import filled_cells
from generator.importing.forms.funds import FormFunds, title_unit
from generator.importing.reading import ImportResult
from generator.importing.run import Imported, read_disclosure
from generator.importing.table_words import says_no_data
from generator.importing.verify_import import lacking_in
from generator.load.catalogue import Catalogue
from generator.model.form_names import TOTAL
from generator.model.performance import OverallForm, ProjectForm
from generator.pack.pack import Pack
from generator.reading.blocks import PlainRow
from generator.reading.document import (
    Amount,
    DocumentCell,
    DocumentRow,
    DocumentTable,
    Form,
    Measure,
    OddCell,
    Origin,
    Passage,
    ReadDocument,
    cells_by_address,
)
from generator.reading.draft_blocks import blocks_of_draft
from generator.reading.from_data import presented
from generator.reading.locations import place_at
from generator.reading.passages import form_rows, lines_beside, other_tables, overall_rows, passages


def presented_draft(file: Path | Draft, pack: Pack, catalogue: Catalogue) -> ReadDocument:
    """What can be read of a draft, which may have been read already.

    Raises:
        UnusableInputError: if the file cannot be read at all.
    """
    imported = read_disclosure(file, pack, catalogue)
    return present(imported, pack)


def present(imported: Imported, pack: Pack) -> ReadDocument:
    """An imported draft as its reader has it."""
    reading, parts = imported.reading, imported.outline
    publisher = imported.tables.printed.publisher
    tables = {number: _table(draft, imported) for number, draft in parts.statements.items()}

    def place(line: Line) -> Location:
        return place_at(reading.draft.file, line.spot)

    return ReadDocument(
        file=reading.draft.file,
        catalogue=imported.tables.printed.subjects.catalogue,
        origin=Origin.EXTRACTED if reading.draft.file.suffix.lower() == ".txt" else Origin.DRAFT,
        name=publisher.name,
        kind=publisher.kind,
        year=int(publisher.year) if publisher.year.isdigit() else 0,
        recognition=imported.recognition,
        outline=pack.outline,
        format=imported.recognition.format,
        style=pack.text_style,
        other_tables=other_tables(parts, place),
        tables=tables,
        passages=passages(parts, place),
        forms=tuple(forms_of_draft(reading, parts, pack)),
        overall=_overall(reading.sections.get("整体绩效目标表"), pack),
        find=lambda passage, *_: passage.place,
        overall_rows=overall_rows(parts, place),
        units=tuple(reading.sections.get("单位信息", {}).get("二级预算单位", ())),
        asides=lines_beside(parts, place),
        margins=tuple(_beside(reading.draft, place, "页眉", "页脚")),
        unread=tuple(_beside(reading.draft, place, "未读")),
        unread_pages=unread_pages(parts.unreadable),
        recognised_pages=recognised_pages(parts.noise),
        facts=reading.draft.facts,
        doubts=tuple(
            (doubt.message, place_at(reading.draft.file, doubt.spot)) for doubt in reading.doubts
        ),
        expected=presented(imported.printed, pack) if imported.printed else None,
        lacking=tuple(lacking_in(reading)),
        cells=cells_by_address(tables),
        blocks=blocks_of_draft(reading.draft, place),
    )


def _beside(draft: Draft, place: Callable[[Line], Location], *kinds: str) -> Iterator[Passage]:
    """The lines that the reader took for something of these kinds beside the text."""
    for line in draft.lines():
        if isinstance(line, Paragraph) and line.aside in kinds:
            yield Passage("", line.text, place(line))


# Tables


def _table(draft: StatementDraft, imported: Imported) -> DocumentTable:
    file = imported.reading.draft.file
    lines: list[Line] = [*draft.above, *draft.rows, *draft.below]
    notes = {
        imported.tables.printed.publisher.fill(block.definition.note)
        for block in imported.tables.printed.blocks
        if block.definition.number == draft.number
    }
    no_data = any(says_no_data(line.text, note) for line in draft.below for note in notes)
    rows = [
        row
        for number, block in enumerate(imported.tables.printed.blocks)
        if block.definition.number == draft.number
        for row in _rows(number, block, imported)
    ]
    return DocumentTable(
        draft.number,
        draft.title,
        tuple(rows),
        no_data,
        place_at(file, lines[0].spot if lines else None),
        tuple(_heads(draft, imported)),
        _measure(imported.tables.measures.get(draft.number)),
        unread=not rows and any(holds_amount(cell) for row in draft.rows for cell in row.cells),
    )


def _measure(table: MeasuredTable | None) -> Measure | None:
    if table is None:
        return None
    read = None if table.known is Known.UNKNOWN else table.unit.whole
    return Measure(table.stated, read, table.due)


def _heads(draft: StatementDraft, imported: Imported) -> Iterator[PlainRow]:
    """The rows above the first one that was read as a row of amounts."""
    body: set[int] = set()
    for number, block in enumerate(imported.tables.printed.blocks):
        if block.definition.number == draft.number:
            body.update(part.row.serial for _, part in block.rows.fixed)
            body.update(placed.part.row.serial for placed in imported.tables.rows.of(number))
    for row in draft.rows:
        if row.serial in body:
            return
        yield PlainRow(row.cells, place_at(imported.reading.draft.file, row.spot))


class _Identity(Struct, frozen=True):
    """What a row stands for, in the words of addresses."""

    key: str
    label: str
    dimension: str
    dimensions: Mapping[str, str]
    printed: str = ""


def _rows(number: int, block: ReadBlock, imported: Imported) -> Iterator[DocumentRow]:
    for fixed, part in block.rows.fixed:
        dimension = fixed.dimensions[-1][0] if fixed.dimensions else ""
        label = fixed.title_like(part.label) or part.label
        identity = _Identity(fixed.key, label, dimension, dict(fixed.dimensions), part.label)
        yield _row(block, imported, part, identity)
    for placed in imported.tables.rows.of(number):
        yield _row(block, imported, placed.part, _identity(block, placed))


def _row(block: ReadBlock, imported: Imported, part: PartRow, identity: _Identity) -> DocumentRow:
    file = imported.reading.draft.file
    name = block.rows.block.name or ""
    prefix = "/".join(filter(None, (block.definition.number, name, identity.key)))
    cells = {}
    words = f"{identity.key} {identity.label}" if identity.key.isdigit() else identity.label
    for (column, text, scale), stands in zip(part.measured, part.amount_spots, strict=True):
        title = imported.tables.printed.publisher.fill(column.key)
        spot = f"{block.definition.number}“{words}”行“{title}”栏"
        place = place_at(file, stands, spot)
        cells[title] = DocumentCell(
            f"{prefix}/{title}", title, _amount(text, scale), place, text.strip(), scale.unit
        )
    return DocumentRow(
        name,
        identity.key,
        identity.label,
        identity.dimension,
        identity.dimensions,
        cells,
        place_at(file, part.spot),
        identity.printed,
    )


def _amount(text: str, scale: Scale) -> Amount | None:
    try:
        amount = cell_amount(text, scale)
    except UnclearAmountError:
        return None
    if amount is None:
        return Amount(Decimal(0), text.strip(), exact=False)
    value, half = amount.yuan / YUAN_PER_WAN, amount.half_step / YUAN_PER_WAN
    return Amount(value, text.strip(), exact=False, half_step=half)


def _identity(block: ReadBlock, placed: PlacedRow) -> _Identity:
    """What an expanded row stands for, as the evaluation of data has it."""
    values = {name: next(iter(each)) for name, each in placed.condition.items()}
    dimensions: dict[str, str] = {}
    above: list[str] = []
    key = dimension = ""
    for level in block.rows.expand:
        found = [values.get(name) or _upper(name, values) for name in level]
        if not all(found):
            break
        dimensions.update(zip(level, found, strict=True))
        above.append("/".join(found))
        dimension = level[0]
        key = above[-1] if is_coded(dimension) else "/".join(above)
    return _Identity(key, placed.part.name or placed.label, dimension, dimensions)


def _upper(name: str, values: Mapping[str, str]) -> str:
    """The code of an upper level, cut from the code of a lower one."""
    length = CODE_LENGTHS.get(name, 0)
    codes = [code for code in values.values() if code[:length].isdigit() and len(code) >= length]
    return codes[0][:length] if length and codes else ""


# Forms


def forms_of_draft(reading: ImportResult, outline: DraftOutline, pack: Pack) -> Iterator[Form]:
    """The project forms of a draft that have been read."""
    contents = reading.sections.get("项目绩效目标表", ())
    labels = outline.format.forms.project
    if labels is None:
        return
    for index, (data, draft) in enumerate(zip(contents, outline.forms, strict=False)):
        try:
            content = ProjectForm.model_validate(data, context=pack.vocabulary)
        except ValidationError:
            continue  # the doubts say what is missing
        doubtful = tuple(
            doubt.path[2:]
            for doubt in reading.doubts
            if doubt.path[:2] == ("项目绩效目标表", index)
        )

        def place(
            path: tuple[str | int, ...], draft: FormDraft = draft, data: object = data
        ) -> Location:
            return place_at(reading.draft.file, _spot(draft, data, path))

        rows, title = form_rows(draft, lambda line: place_at(reading.draft.file, line.spot))
        funds = _funds(draft, labels)
        odd = tuple(_odd(funds, reading.draft.file))
        totals, half_step = _totals(funds), funds.half_step
        yield Form(
            index + 1,
            labels.form,
            content,
            totals,
            place,
            doubtful,
            rows,
            title,
            odd,
            half_step,
            funds.unit,
        )


def _funds(draft: FormDraft, labels: ProjectLabels) -> FormFunds:
    funds = FormFunds(labels, unit=title_unit(draft))
    for row in draft.rows:
        funds.read(filled_cells(row), row.spot)
    return funds


def _totals(funds: FormFunds) -> dict[str, Decimal]:
    """The totals of the halves whose amounts could all be read."""
    read = [half for half in funds.halves if not funds.unclear(half)]
    totals = {half: funds.amounts.get((half, TOTAL)) for half in read}
    return {half: amount for half, amount in totals.items() if amount is not None}


def _odd(funds: FormFunds, file: Path) -> Iterator[OddCell]:
    """The odd amounts of a form; the pages of one form repeat them."""
    for each in {(odd.half, odd.level, odd.text): odd for odd in funds.odd}.values():
        name = f"“{each.half}”的“{each.level}”"
        yield OddCell(name, each.text, funds.unit, place_at(file, each.spot, name))


def _spot(draft: FormDraft, data: object, path: tuple[str | int, ...]) -> Spot | None:
    """The row that holds the text at a path, else one that holds the last key on the way."""
    words = []
    for step in path:
        words.append(str(step))
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
    if isinstance(data, dict) and "指标" in data:
        data = data["指标"]
    if isinstance(data, str):
        words.append(data)
    for word in reversed(words):
        for found in (_is, _holds):
            for row in draft.rows:
                if any(found(folded(cell), folded(word)) for cell in row.cells):
                    return row.spot
    return draft.rows[0].spot if draft.rows else None


def _is(cell: str, word: str) -> bool:
    """Whether a cell is the word: 质量指标 rather than a sentence about it."""
    return cell == word


def _holds(cell: str, word: str) -> bool:
    return word in cell


def _overall(data: object, pack: Pack) -> OverallForm | None:
    try:
        return OverallForm.model_validate(data, context=pack.vocabulary) if data else None
    except ValidationError:
        return None
