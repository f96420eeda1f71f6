"""One side of a comparison: a data folder or a document, split into the parts of a disclosure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.compare.sources import Sources
from generator.compare.wording import looks
from generator.drafts.draft import Draft, Line, Paragraph, Row
from generator.drafts.html import Element, html_blocks, html_grid
from generator.drafts.outline import Outline
from generator.drafts.read import read_draft
from generator.drafts.split import outline
from generator.drafts.unread import UnreadPages, unread_pages
from generator.findings import Place
from generator.importing.forms import import_forms
from generator.importing.reading import Reading
from generator.pack.pack import Pack
from generator.presented.document import Form, Mention, Origin, Passage
from generator.presented.from_data import forms_of_data, mentions_in, place_of
from generator.presented.from_draft import forms_of_draft, place_at
from generator.presented.passages import passages
from generator.publish import Composed

_YEAR = re.compile(r"(20\d{2})年")


def _unknown(_: str) -> str:
    return ""


class HasPlace(Protocol):
    """Whatever stands somewhere."""

    @property
    def place(self) -> Place:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A table row as grid cells; ``addresses`` are those of its figures where they are known."""

    cells: tuple[str, ...]
    place: Place
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement: the lines above its rows, the rows with their heads, the lines below."""

    number: str
    title: str
    above: tuple[Passage, ...]
    rows: tuple[GridRow, ...]
    below: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A document to be compared, its parts in reading order.

    ``source`` says what the figure at an address was computed from, where the side is data;
    ``unread`` are lines that belong nowhere, ``unread_pages`` pages of a PDF that are pictures.
    """

    file: Path
    origin: Origin
    year: int
    sections: Mapping[str, tuple[Passage, ...]]
    sheets: Mapping[str, Sheet]
    forms: tuple[Form, ...]
    overall: tuple[GridRow, ...]
    source: Callable[[str], str] = _unknown
    unread: tuple[str, ...] = ()
    unread_pages: tuple[UnreadPages, ...] = ()


def placed(each: HasPlace | None) -> Place | None:
    """The place of what a side has; ``None`` of nothing."""
    return None if each is None else each.place


def side_of_data(composed: Composed, pack: Pack) -> Side:
    """What the data of an entity prints."""
    folder = composed.loaded.source.file
    printed = _Printed(composed)
    draft = Draft(folder, printed.blocks)
    parts = outline(draft, _titles(pack))
    return Side(
        file=folder,
        origin=Origin.DATA,
        year=composed.disclosure.entity.year,
        sections=_sections(parts, printed),
        sheets=_sheets(parts, printed),
        forms=tuple(forms_of_data(composed)),
        overall=_grid(parts.overall_form.rows if parts.overall_form else [], printed),
        source=Sources(composed).of,
    )


def side_of_draft(file: Path, pack: Pack) -> Side:
    """What a document says.

    Raises:
        UnusableInputError: where the file cannot be read at all.
    """
    draft = read_draft(file)
    parts = outline(draft, _titles(pack))
    places = _Places(file)
    reading = Reading(draft)
    import_forms(reading, parts)
    return Side(
        file=file,
        origin=Origin.EXTRACTED if file.suffix == ".txt" else Origin.DRAFT,
        year=_year(parts),
        sections=_sections(parts, places),
        sheets=_sheets(parts, places),
        forms=tuple(forms_of_draft(reading, parts)),
        overall=_grid(parts.overall_form.rows if parts.overall_form else [], places),
        unread=tuple(
            f"{places.place(line)}：{doubt.message}"
            for doubt in reading.doubts
            for line in parts.draft.lines()
            if line.spot == doubt.spot and "没有读进数据" in doubt.message
        ),
        unread_pages=unread_pages(parts.loose),
    )


class _Places:
    """Places in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def place(self, line: Line) -> Place:
        """Where a line stands."""
        return place_at(self.file, line.spot)

    def mentions(self, _: Line) -> tuple[Mention, ...]:
        """The figures in a paragraph, where they are known."""
        return ()

    def row(self, row: Row) -> GridRow:
        """A row with its place."""
        return GridRow(row.cells, self.place(row))


class _Printed(_Places):
    """Places and addresses of a composed document, which stand in its data."""

    def __init__(self, composed: Composed) -> None:
        super().__init__(composed.loaded.source.file)
        self._composed = composed
        self._written = dict(composed.loaded.source.texts())
        self._cells: dict[int, tuple[Element | None, ...]] = {}
        found = list(html_blocks(composed.document.body))
        self._elements = {id(block): element for block, element in found}
        self.blocks = tuple(block for block, _ in found)
        for block, element in found:
            if not isinstance(block, Paragraph):
                grid = html_grid(element)
                self._cells.update(
                    (id(row), cells) for row, cells in zip(block.rows, grid, strict=True)
                )

    def place(self, line: Line) -> Place:
        """Where the words of a paragraph are written, if in one place."""
        written = self._written.get(line.text) if isinstance(line, Paragraph) else None
        return written or Place(self.file)

    def mentions(self, line: Line) -> tuple[Mention, ...]:
        """The figures printed in a paragraph."""
        element = self._elements.get(id(line))
        return () if element is None else tuple(mentions_in(element))

    def row(self, row: Row) -> GridRow:
        """A row with the addresses of its figures and the place of the first of them."""
        addresses = tuple(_address(cell) for cell in self._cells[id(row)])
        first = next((address for address in addresses if address), "")
        if not first:
            return GridRow(row.cells, Place(self.file), addresses)
        figure = self._composed.figures[first]
        return GridRow(row.cells, place_of(figure, self._composed.loaded.source), addresses)


def _address(cell: Element | None) -> str:
    found = None if cell is None else next(cell.iter("data"), None)
    return "" if found is None else found.get("data-figure", "")


def _titles(pack: Pack) -> list[tuple[str, str]]:
    return [(each.number, each.title) for each in pack.statements]


def _sections(parts: Outline, places: _Places) -> dict[str, tuple[Passage, ...]]:
    """The text by section, in reading order; what stands around statements is with them."""
    found: dict[str, list[Passage]] = {}
    for passage in passages(parts, places.place, places.mentions):
        if passage.section not in parts.statements:
            found.setdefault(passage.section, []).append(passage)
    return {section: tuple(texts) for section, texts in found.items()}


def _sheets(parts: Outline, places: _Places) -> dict[str, Sheet]:
    return {
        number: Sheet(
            number,
            "".join(draft.title.split()),
            tuple(Passage(number, line.text, places.place(line)) for line in draft.above),
            _grid(draft.rows, places),
            tuple(Passage(number, line.text, places.place(line)) for line in draft.below),
        )
        for number, draft in parts.statements.items()
    }


def _grid(rows: list[Row], places: _Places) -> tuple[GridRow, ...]:
    return tuple(places.row(row) for row in rows if any(cell.strip() for cell in row.cells))


def _year(parts: Outline) -> int:
    """The budget year: what the cover says, otherwise the titles of the statements."""
    texts = [line.text for line in parts.cover] + [s.title for s in parts.statements.values()]
    years = (match for text in texts if (match := _YEAR.search(looks(text))))
    return next((int(match[1]) for match in years), 0)
