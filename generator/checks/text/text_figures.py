"""What the text of a document states: its numbers, each with the address it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field

from generator.checks.rule import Noise, Outcome, Rule, quoted_part
from generator.core.address_words import address_words
from generator.core.figures import is_derived, share_parts
from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.drafts.words.text import folded
from generator.drafts.words.units import COMMON, Unit
from generator.pack.outline import Role
from generator.pack.text_style import TextStyle
from generator.reading.document import Origin, Passage, ReadDocument
from generator.reading.sentences import Alignment, Clause, align_passages, numbers_in

HALF_CENT = Decimal("0.005")
"""万元: half of the last digit of an amount with two decimals."""


class StatedFigure(Struct, frozen=True):
    """A number of the text, with its address and its place.

    Attributes:
        unit: the unit of money that follows it.
        due: the one that the template has there.
        cell: the amount of its table in that unit, as the text prints it.
        half: half of the last digit that the text prints, in that unit.
        cell_half: half of the last digit of its table, if that is coarser; otherwise zero.
        written: where data has the number at an address; ``None`` for a draft.
    """

    address: str
    text: str
    passage: Passage
    start: int
    unit: Unit | None = None
    due: Unit | None = None
    cell: Decimal | None = None
    half: Decimal = HALF_CENT
    cell_half: Decimal = Decimal(0)
    written: Callable[[str], Location | None] = lambda _: None

    @property
    def value(self) -> Decimal:
        """Its value, in the unit that is due.

        In another unit it may be rounded otherwise, or its unit may be what is wrong with it:
        then it is the amount of its cell.
        """
        if self.cell is not None and (
            self.unit_meant or (self.converted and self._fits(self.unit))
        ):
            return self.cell
        return self.value_in(self.unit)

    @property
    def is_its_cell(self) -> bool:
        """Whether it is the amount of its cell, as exactly as both are printed."""
        return self.cell is not None and (self.value == self.cell or self._fits(self.unit))

    @property
    def converted(self) -> bool:
        """Whether it stands in another unit than the one that is due."""
        return self.unit is not self.due

    @property
    def unit_meant(self) -> Unit | None:
        """The unit in which it would be what its cell says, if that is not the unit it has."""
        if self.unit is None or not self.cell or self._fits(self.unit):
            return None
        return next(
            (unit for unit in COMMON if abs(self.value_in(unit) - self.cell) <= self._allowed),
            None,
        )

    @property
    def _allowed(self) -> Decimal:
        """How far it may be off its cell where one of them is rounded otherwise."""
        return max(self.half, self.cell_half)

    def value_in(self, unit: Unit | None) -> Decimal:
        """Its value in the unit that is due, if its number were in another unit."""
        number = Decimal(folded(self.text).replace(",", ""))
        return number * unit.yuan / self.due.yuan if unit and self.due else number

    def _fits(self, unit: Unit | None) -> bool:
        """Whether it is the amount of its cell, to the coarser of both printed steps."""
        number = Decimal(folded(self.text).replace(",", ""))
        half = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
        if unit and self.due:
            half = half * unit.yuan / self.due.yuan
        allowed = self.cell_half if unit is self.due else max(half, self._allowed)
        return abs(self.value_in(unit) - (self.cell or 0)) <= allowed

    def words(self, unit: str) -> str:
        """The number with its unit: the one given if it is in no other."""
        own = f"{self.text}{self.unit.words}" if self.unit and self.converted else ""
        return own or f"{self.text} {unit}"

    @property
    def half_step(self) -> Decimal:
        """Half of its last decimal place: how exactly it is stated."""
        exponent = self.value.as_tuple().exponent
        return Decimal(5).scaleb(int(exponent) - 1)

    @property
    def group(self) -> str:
        """How findings name the part of the document."""
        return self.passage.group

    @property
    def place(self) -> Location:
        """Where it stands, as exactly as the document can tell."""
        return self.written(self.address) or self.passage.place

    @property
    def excerpt(self) -> str:
        """The words around it."""
        return quoted_part(self.passage.text, self.start)


class TextReading(Struct, frozen=True):
    """The text of a document, read: numbers with addresses, sections aligned.

    Attributes:
        numbers: in reading order.
        alignments: by section, for a draft; data has none.
        readable: whether there was anything to align with.
    """

    numbers: tuple[StatedFigure, ...]
    alignments: Mapping[str, Alignment] = field(default_factory=dict)
    readable: bool = True

    def at(self, address: str) -> StatedFigure | None:
        """Where a figure is stated for the first time."""
        return next((number for number in self.numbers if number.address == address), None)

    def shares(self) -> Iterator[StatedFigure]:
        """The numbers that are the share of one figure in another."""
        return (number for number in self.numbers if share_parts(number.address))


def clause_finding(
    rule: Rule, alignment: Alignment, clause: Clause, message: str, subject: str
) -> Finding:
    """A finding at a clause of the draft; its subject stands below its section."""
    passage, start = alignment.draft.origin(clause.start)
    return rule.finding(
        message,
        passage.place,
        group=passage.group,
        subjects=(f"{passage.section}/{subject}",),
        excerpt=quoted_part(passage.text, start),
    )


def read_text_numbers(document: ReadDocument) -> TextReading:
    """Reads the numbers of a document's text; a draft is aligned with what its data prints."""
    # 机构设置 is free words; of its numbers only those with an address are compared
    sections = (*document.outline.all_of(Role.ORGANISATION), *document.outline.composed)
    if document.expected is None:
        addressed = any(passage.mentions for passage in document.passages)
        return TextReading(tuple(_mentioned(document, sections)), readable=addressed)
    alignments = {
        section: align_passages(document.section(section), document.expected.section(section))
        for section in sections
    }
    numbers = [
        _beside_its_cell(document, number)
        for alignment in alignments.values()
        for number in _aligned(alignment)
    ]
    return TextReading(tuple(numbers), alignments)


def nothing_to_hold_against(document: ReadDocument, what: str = "文字") -> str:
    """Why the text of a draft cannot be held against what its own data prints."""
    lacking = f"（{'；'.join(document.lacking)}）" if document.lacking else ""
    return f"文稿没有读全{lacking}，生成不出可以对照的{what}"


def _beside_its_cell(document: ReadDocument, number: StatedFigure) -> StatedFigure:
    style, address = document.style, number.address
    return replace(
        number,
        cell=printed_amount(document, address),
        half=style.half,
        cell_half=style.coarse.get(address.partition("/")[0], Decimal(0)),
    )


def addresses_spoken_of(document: ReadDocument) -> set[str]:
    """The addresses of all figures that the sentences of the pack state of this document."""
    passages = (document.expected or document).passages
    return {mention.address for passage in passages for mention in passage.mentions}


def _mentioned(document: ReadDocument, sections: Iterable[str]) -> Iterator[StatedFigure]:
    for section in sections:
        for passage in document.section(section):
            for mention in passage.mentions:
                text = passage.text[mention.start : mention.end]
                if numbers_in(folded(text)):
                    yield StatedFigure(
                        mention.address, text, passage, mention.start, written=document.written
                    )


def _aligned(alignment: Alignment) -> Iterator[StatedFigure]:
    for number, partner, address in alignment.addressed():
        passage, start = alignment.draft.origin(number.start)
        _, last = alignment.draft.origin(number.end - 1)
        text = passage.text[start : last + 1]
        yield StatedFigure(address, text, passage, start, number.unit, partner.unit)


def printed_amount(
    document: ReadDocument, address: str, style: TextStyle | None = None
) -> Decimal | None:
    """The amount of a cell as sentences print it; ``None`` if it is unknown.

    It is in the unit of the text, or as another ``style`` has it; 0 in a table without data.
    """
    if is_derived(address):
        return None
    cell = document.cells.get(address)
    if cell is not None:
        return (style or document.style).rounded(cell.amount.value) if cell.amount else None
    table = document.tables.get(address.partition("/")[0])
    return Decimal(0) if table is not None and table.no_data else None


def known(document: ReadDocument, reading: TextReading, address: str) -> Decimal | None:
    """The amount of a figure: its cell as printed, otherwise as the text states it."""
    amount = printed_amount(document, address)
    stated = reading.at(address)
    return stated.value if amount is None and stated else amount


def perhaps(document: ReadDocument, outcome: Outcome) -> Outcome:
    """A finding, or noise if the words or the number of rows may come from an extraction."""
    if isinstance(outcome, Finding) and document.origin is Origin.EXTRACTED:
        return Noise(outcome)
    return outcome


def spelled(document: ReadDocument, address: str) -> str:
    """An address in words: table, row and column."""
    for table in document.tables.values():
        for row in table.rows:
            for column, cell in row.cells.items():
                if cell.address == address:
                    return f"{table.number}{row.block}“{row.words}”行“{column}”栏"
    words = address_words(address)
    return words if address.partition("/")[0] in document.tables else f"“{words}”"
