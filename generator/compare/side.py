"""One side of a comparison: a data folder or a document, split into the parts of a disclosure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from generator.compare.provenance import UNKNOWN, FigureSources, Provenance
from generator.compare.side_parts import asides, said, sections
from generator.compare.text.differences import looks
from generator.compose.compose import Composed
from generator.core.dates import read_date, usual_words
from generator.core.findings import Location
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Draft, Line, Paragraph, Row
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.outline import (
    OTHER,
    DraftOutline,
    FormDraft,
    OtherDraft,
    StatementDraft,
)
from generator.drafts.parts.recognition import recognise
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.drafts.unread import UnreadPages, unread_other, unread_pages
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import Scale, table_line
from generator.importing.amounts.printed.units import MeasuredTable, measured
from generator.importing.forms.read import import_forms
from generator.importing.reading import ImportResult
from generator.importing.table_words import kind_by_titles
from generator.model.performance import ProjectForm
from generator.pack.pack import Pack
from generator.reading.blocks import PlainRow
from generator.reading.document import Form, Mention, Origin, Passage
from generator.reading.from_data import forms_of_data
from generator.reading.locations import place_at
from generator.reading.passages import form_rows
from generator.reading.printed import PrintedDocument

_YEAR = late_pattern(r"(20\d{2})年")


def _unknown(_: str) -> Provenance:
    return UNKNOWN


class HasPlace(Protocol):
    """Whatever stands somewhere."""

    @property
    def place(self) -> Location:
        """Where it stands."""


class ComparedTable(Struct, frozen=True):
    """A statement: the lines above its rows, the rows with their heads, the lines below.

    What is not recognised is a sheet without a number; it may have no rows.
    """

    number: str
    title: str
    above: tuple[Passage, ...]
    rows: tuple[PlainRow, ...]
    below: tuple[Passage, ...]
    measure: MeasuredTable | None = None
    """In what unit its amounts are."""

    @property
    def scales(self) -> tuple[Scale, ...]:
        """What the amounts of each column are in."""
        return self.measure.scales if self.measure else ()

    @property
    def lines(self) -> tuple[HasPlace, ...]:
        """All its lines in reading order."""
        return (*self.above, *self.rows, *self.below)


class Side(Struct, frozen=True):
    """A document to be compared, its parts in reading order.

    Attributes:
        year: the budget year; 0 if it was not found.
        format: which format it is and how much was recognised, in words.
        others: what is not recognised.
        asides: what stands beside the text, by what it is.
        said: every text of the document, as it is compared.
        source: what the figure at an address was computed from, where the side is data.
        overall_written: where the texts of the overall form are written, where the side is data.
        unread: what could not be read, pages of a PDF apart.
        unread_pages: pages of a PDF that are pictures.
        remarks: tracked changes and comments in the file, in words.
    """

    file: Path
    origin: Origin
    year: int
    sections: Mapping[str, tuple[Passage, ...]]
    sheets: Mapping[str, ComparedTable]
    forms: tuple[Form, ...]
    overall: tuple[PlainRow, ...]
    format: str
    others: tuple[ComparedTable, ...] = ()
    asides: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    known: bool = True
    source: Callable[[str], Provenance] = _unknown
    overall_written: Mapping[str, Location] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    unread_pages: tuple[UnreadPages, ...] = ()
    remarks: tuple[str, ...] = ()


def placed(each: HasPlace | None) -> Location | None:
    """The place of what a side has; ``None`` of nothing."""
    return None if each is None else each.place


def side_of_data(composed: Composed, pack: Pack) -> Side:
    """What the data of an entity prints."""
    document = PrintedDocument(composed, pack, whole=True)
    parts, printed = document.parts, _Printed(document)
    return Side(
        file=document.file,
        origin=Origin.DATA,
        year=composed.disclosure.entity.year,
        sections=sections(parts, printed.place, printed.mentions),
        sheets=_sheets(parts, printed, pack),
        forms=tuple(_printed_forms(composed, parts, pack)),
        overall=_grid(parts.overall_form.rows if parts.overall_form else [], printed),
        format=f"格式：{pack.format}；由数据生成",
        others=tuple(_others(parts.other, printed)),
        asides=asides(parts, printed.place),
        said=said(parts),
        source=FigureSources(composed).of,
        overall_written=document.overall_written(),
    )


def _printed_forms(composed: Composed, parts: DraftOutline, pack: Pack) -> Iterator[Form]:
    """The forms of data, each with the words that it prints."""
    folder = composed.loaded.source.file
    forms = [
        replace(form, content=_with_date_as_read(form.content, pack))
        for form in forms_of_data(composed, pack.forms.project)
    ]
    if len(forms) != len(parts.forms):
        yield from forms
        return
    for form, draft in zip(forms, parts.forms, strict=True):
        rows, title = form_rows(draft, lambda _: Location(folder))
        yield replace(form, rows=rows, title=title)


def _with_date_as_read(form: ProjectForm, pack: Pack) -> ProjectForm:
    """A form with the date that a reader of the document has: where a pack prints days alone."""
    day = read_date(pack.settings.dated(form.stamp), pack.settings.date_pattern)
    if pack.settings.date is None or day is None:
        return form
    return form.model_copy(update={"stamp": usual_words(day)})


def side_of_draft(source: Path | Draft, pack: Pack) -> Side:
    """What a document says, which may have been read already.

    Raises:
        UnusableInputError: if the file cannot be read at all.
    """
    # what reads forms may have to solve for amounts, with libraries that data does without
    from generator.importing.as_document import forms_of_draft

    draft = source if isinstance(source, Draft) else read_draft(source)
    file = draft.file
    parts = outline(draft, format_of(pack))
    places = _Places(file)
    reading = ImportResult(draft)
    import_forms(reading, parts, pack.settings.date)
    forms = tuple(forms_of_draft(reading, parts, pack))
    read = {form.number for form in forms}
    lost = [form for number, form in enumerate(parts.forms, 1) if number not in read]
    recognition = recognise(parts, pack)
    return Side(
        file=file,
        origin=Origin.EXTRACTED if file.suffix.lower() == ".txt" else Origin.DRAFT,
        year=_year(parts),
        sections=sections(parts, places.place, places.mentions),
        sheets=_sheets(parts, places, pack),
        forms=forms,
        overall=_grid(parts.overall_form.rows if parts.overall_form else [], places),
        format=str(recognition),
        others=tuple(_others([*parts.other, *map(_unread_form, lost)], places)),
        asides=asides(parts, places.place),
        said=said(parts),
        known=recognition.known,
        unread=tuple(
            f"{places.place(line)}：{_words(line)}" for line in unread_other(parts.unreadable)
        ),
        unread_pages=unread_pages(parts.unreadable),
        remarks=tuple(_remarks(draft)),
    )


_REMARKS = {
    "修订": "处修订：没有接受的也按接受以后的文字比较",
    "批注": "条批注：批注里的话没有比较",
}


def _remarks(draft: Draft) -> Iterator[str]:
    """Says of tracked changes and comments that they are there, and what became of them."""
    for trace in draft.facts.traces:
        if (words := _REMARKS.get(trace.kind)) is not None:
            first = f"，第一处在{trace.spot}" if trace.spot else ""
            yield f"{draft.file.name} 里有 {trace.count} {words}{first}"


def _unread_form(form: FormDraft) -> OtherDraft:
    """A form that could not be read as one: compared as it stands."""
    return OtherDraft("".join(line.text for line in form.title), form.title, form.rows)


def _words(line: Line) -> str:
    return line.text if isinstance(line, Paragraph) else " ".join(line.cells)


class _Places:
    """Places in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def place(self, line: Line) -> Location:
        """Where a line stands."""
        return place_at(self.file, line.spot)

    def mentions(self, _: Line) -> tuple[Mention, ...]:
        """The figures in a paragraph, where they are known."""
        return ()

    def row(self, row: Row) -> PlainRow:
        """A row with its place."""
        return PlainRow(row.cells, self.place(row))


class _Printed(_Places):
    """Places and addresses of a composed document, which stand in its data."""

    def __init__(self, printed: PrintedDocument) -> None:
        super().__init__(printed.file)
        self._printed = printed
        self._written = printed.written()
        self._addresses = printed.addresses()

    def place(self, line: Line) -> Location:
        """Where the words of a paragraph are written, if in one place."""
        written = self._written.get(line.text) if isinstance(line, Paragraph) else None
        return written or Location(self.file)

    def mentions(self, line: Line) -> tuple[Mention, ...]:
        """The figures printed in a paragraph."""
        return self._printed.mentions(line)

    def row(self, row: Row) -> PlainRow:
        """A row with the addresses of its figures and the place of the first of them."""
        addresses = self._addresses[row.serial]
        first = next(filter(None, addresses), "")
        place = self._printed.place_of(first) if first else Location(self.file)
        return PlainRow(row.cells, place, addresses)


def _sheets(parts: DraftOutline, places: _Places, pack: Pack) -> dict[str, ComparedTable]:
    kind = kind_by_titles(parts.statements, pack.statements)
    measures = measured(parts, [statement.of(kind) for statement in pack.statements])
    return {
        number: replace(_sheet(number, draft, places), measure=measures[number])
        for number, draft in parts.statements.items()
    }


def _others(drafts: Iterable[OtherDraft], places: _Places) -> Iterator[ComparedTable]:
    return (_sheet("", draft, places) for draft in drafts)


def _sheet(number: str, draft: StatementDraft | OtherDraft, places: _Places) -> ComparedTable:
    framed = _framed(draft)
    lines: list[Line] = [*draft.above, *draft.rows[:framed]]
    above = [line for line in lines if _line_words(line)]
    return ComparedTable(
        number,
        "".join(draft.title.split()),
        tuple(Passage(number or OTHER, _line_words(line), places.place(line)) for line in above),
        _grid(draft.rows[framed:], places),
        tuple(Passage(number or OTHER, line.text, places.place(line)) for line in draft.below),
    )


def _framed(draft: StatementDraft | OtherDraft) -> int:
    """How many of a table's first rows say what stands above others: title, publisher and unit."""
    title = squeezed(draft.title)
    for count, row in enumerate(draft.rows):
        text = squeezed(_line_words(row))
        if text and text != title and not table_line(_line_words(row)).known:
            return count
    return 0


def _line_words(line: Line) -> str:
    if isinstance(line, Paragraph):
        return line.text
    return "  ".join(cell.strip() for cell in line.cells if cell.strip())


def _grid(rows: list[Row], places: _Places) -> tuple[PlainRow, ...]:
    return tuple(places.row(row) for row in rows if any(cell.strip() for cell in row.cells))


def _year(parts: DraftOutline) -> int:
    """The budget year: what the cover says, otherwise the titles of the statements."""
    texts = [line.text for line in parts.cover] + [s.title for s in parts.statements.values()]
    years = (match for text in texts if (match := _YEAR.search(looks(text))))
    return next((int(match[1]) for match in years), 0)
