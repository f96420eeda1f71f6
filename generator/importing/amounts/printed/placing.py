"""What the rows of printed statements stand for: subjects, units, projects, values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.compute.ledger.entries import CODE_LENGTHS, Book, Condition
from generator.compute.statements.definition import CODES, StatementDefinition
from generator.compute.statements.evaluate import condition
from generator.compute.statements.lint import known_values
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import Scale
from generator.importing.amounts.printed.cells import (
    UnclearAmountError,
    cell_amount,
)
from generator.importing.amounts.printed.codes import codes_of, without_ordinal
from generator.importing.amounts.printed.projects import (
    AmountRow,
    UnitList,
    keys,
    merged_lists,
    unit_rows,
)
from generator.importing.amounts.printed.rows import BlockRows, PartRow, Publisher
from generator.importing.amounts.printed.subjects import (
    FUNCTIONAL,
    EconomicRow,
    Subjects,
    coded_pairs,
)
from generator.importing.reading import ImportResult
from generator.model.vocabulary import Vocabulary

_FUNCTIONAL = frozenset({"科目类", "科目款", "科目项"})
_ECONOMIC = frozenset({"部门经济类", "部门经济科目"})
_GOVERNMENT = "政府经济科目"
_PLACE = 2
"""So many characters of the publisher's name name the place: 某某 of 某某市教育局."""

_REVENUE_CODE = late_pattern(r"\d{3,9}")


class ReadBlock(Struct, frozen=True):
    """A block of a statement with its rows."""

    definition: StatementDefinition
    rows: BlockRows
    measured: bool = True
    """Whether it is known in what unit its amounts are."""

    @property
    def book(self) -> Book:
        """The book whose leaves the block sums."""
        return self.rows.block.book or self.definition.book

    @property
    def scope(self) -> tuple[Condition, ...]:
        """What a leaf must meet to count in the block at all."""
        return condition(self.definition.condition), condition(self.rows.block.condition)

    @property
    def deepest(self) -> tuple[str, ...]:
        """The dimensions whose values tell the block's last rows apart."""
        return self.rows.expand[-1] if self.rows.expand else ()

    @property
    def dimensions(self) -> frozenset[str]:
        """All dimensions that the block is expanded by."""
        return frozenset(name for level in self.rows.expand for name in level)

    @property
    def lengths(self) -> Mapping[int, str]:
        """The dimension whose codes have so many digits."""
        return {CODE_LENGTHS[name]: name for name in self.dimensions if name in CODE_LENGTHS}

    @property
    def is_coded(self) -> bool:
        """Whether its rows print the codes of their subjects."""
        return any(column.content in CODES for column in self.rows.block.leaves())

    def codes(self) -> list[str]:
        """What its expanded rows have in the columns of codes."""
        return codes_of((part.columns, part.cells) for part in self.rows.expanded)


class PlacedRow(Struct, frozen=True):
    """A printed row and what its leaves meet."""

    part: PartRow
    label: str
    condition: Condition


class PrintedStatements(Struct, frozen=True):
    """What a document prints in its statements, as it was read: what placing its rows starts from.

    Attributes:
        known_units: names of units that other parts of the document tell.
    """

    reading: ImportResult
    publisher: Publisher
    subjects: Subjects
    blocks: Sequence[ReadBlock]
    known_units: tuple[str, ...]
    vocabulary: Vocabulary


class PlacedRows(Struct, frozen=True):
    """What each row of the statements stands for, and of what all rows together tell.

    Attributes:
        units: the units with their projects.
        operating_units: the units that a table of 机关运行经费 names.
        revenue_names: the names of subjects of revenue, by book and code.
        items: the functional items (项) that any row stands for.
        pairs: the economic subjects of rows: the department's, and the government's or ``""``.
    """

    units: list[UnitList]
    operating_units: dict[str, None]
    revenue_names: dict[tuple[Book, str], str]
    items: set[str]
    pairs: dict[tuple[str, str], None]
    _of_block: dict[int, list[PlacedRow]]

    def of(self, number: int) -> list[PlacedRow]:
        """The expanded rows of a block, by its number, with what they stand for."""
        return self._of_block.get(number, [])


def placed_rows(printed: PrintedStatements) -> PlacedRows:
    """Finds out what each expanded row stands for; doubts what cannot be told."""
    placing = _Placing(printed)
    placing.place()
    return PlacedRows(
        placing.units,
        placing.operating_units,
        placing.revenue_names,
        placing.items,
        placing.pairs,
        placing.rows,
    )


class _Placing:
    """The placing of rows under way: later tables are read by what earlier ones have told."""

    def __init__(self, printed: PrintedStatements) -> None:
        self._printed = printed
        self._reading, self._subjects = printed.reading, printed.subjects
        self.units: list[UnitList] = []
        self.operating_units: dict[str, None] = {}
        self.revenue_names: dict[tuple[Book, str], str] = {}
        self.items: set[str] = set()
        self.pairs: dict[tuple[str, str], None] = {}
        self.rows: dict[int, list[PlacedRow]] = {}

    def place(self) -> None:
        """Reads all blocks, those first that others are read by."""
        projects, uncoded = [], []
        for number, block in enumerate(self._printed.blocks):
            if block.deepest == ("项目",):
                projects.append((number, block))
            elif block.dimensions & _FUNCTIONAL and not block.is_coded:
                uncoded.append((number, block))
            elif block.dimensions:
                self.rows[number] = list(self._reader(block)(block))
        for number, block in uncoded:  # once the codes are known that other tables print
            self.rows[number] = list(self._functional_names(block))
        self._projects(projects)

    def _reader(self, block: ReadBlock) -> Callable[[ReadBlock], Iterator[PlacedRow]]:
        """What reads the rows of a block, by what they are expanded by."""
        if block.dimensions & _FUNCTIONAL:
            return self._functional
        if block.dimensions & _ECONOMIC:
            return self._economic
        if block.dimensions == {"收入科目"}:
            return self._revenue
        return self._operating if block.dimensions == {"单位"} else self._valued

    def _functional(self, block: ReadBlock) -> Iterator[PlacedRow]:
        codes = block.codes()
        before = ""
        for number, part in enumerate(block.rows.expanded):
            code = codes[number]
            if not _is_code(code, block):
                after = next((each for each in codes[number:] if _is_code(each, block)), "")
                code = self._code_of_name(block, part, code, (before, after))
            if code:
                before = code
                yield self._subject(block, part, code, part.name)

    def _subject(self, block: ReadBlock, part: PartRow, code: str, name: str) -> PlacedRow:
        self._subjects.printed(FUNCTIONAL, code, name, part.spot)
        if len(code) == CODE_LENGTHS["科目项"]:
            self.items.add(code)
        return PlacedRow(part, f"{code} {name}", {block.lengths[len(code)]: frozenset({code})})

    def _code_of_name(
        self, block: ReadBlock, part: PartRow, written: str, between: tuple[str, str]
    ) -> str:
        """The code of a row's name, if its own cannot be read; ``""`` if that is not clear."""
        found = self._subjects.code_by_name(part.name, between, block.lengths) or ""
        how = f"按名称读作 {found}" if found else "没有读这一行"
        message = f"{block.definition.number}“{part.name}”行的科目编码“{written}”读不出，{how}"
        self._reading.doubt((block.book.value,), message, part.spot)
        return found

    def _functional_names(self, block: ReadBlock) -> Iterator[PlacedRow]:
        """Rows that print names alone, in the order of codes; a strange one by its place."""
        names = [without_ordinal(part.name) for part in block.rows.expanded]
        anywhere = ("", "")
        codes = [self._subjects.code_by_name(name, anywhere, block.lengths) for name in names]
        for number, part in enumerate(block.rows.expanded):
            name, code = names[number], codes[number]
            if code is None:
                before = next(filter(None, reversed(codes[:number])), "")
                after = next(filter(None, codes[number:]), "")
                code = codes[number] = self._code_between(block, before, after)
                how = f"按位置读作“{code}”" if code else "读不出是哪个科目，没有读"
                message = f"{block.definition.number}的行名“{part.name}”{how}"
                self._reading.doubt((block.book.value,), message, part.spot)
            if code:
                yield self._subject(block, part, code, name)

    def _code_between(self, block: ReadBlock, before: str, after: str) -> str | None:
        """The only code between two others that the document has."""
        every = {item[:length] for item in self.items for length in block.lengths}
        found = [code for code in every if before < code and (not after or code < after)]
        return found[0] if len(found) == 1 else None

    def _revenue(self, block: ReadBlock) -> Iterator[PlacedRow]:
        codes = block.codes()
        for part, code in zip(block.rows.expanded, codes, strict=True):
            if _REVENUE_CODE.fullmatch(code) is None:
                message = f"{block.definition.number}的收入科目编码“{code}”读不出，没有读这一行"
                self._reading.doubt((block.book.value,), message, part.spot)
                continue
            below = {other for other in codes if other.startswith(code) and other != code}
            if not below:
                self.revenue_names[block.book, code] = part.name
            yield PlacedRow(part, f"{code} {part.name}", {"收入科目": frozenset(below or {code})})

    def _economic(self, block: ReadBlock) -> Iterator[PlacedRow]:
        """Rows of department subjects, each with its government subject if the place prints it."""
        parts = block.rows.expanded
        rows = [
            EconomicRow(part.name, part.content(_GOVERNMENT), code, part.spot)
            for part, code in zip(parts, block.codes(), strict=True)
        ]
        paired = _GOVERNMENT in block.dimensions
        found = coded_pairs(self._subjects, rows, paired=paired)
        for part, codes in zip(parts, found, strict=True):
            label = "/".join(text for text in part.texts if text)
            if len(codes.department) == CODE_LENGTHS["部门经济类"]:
                yield PlacedRow(part, label, {"部门经济类": frozenset({codes.department})})
                continue
            self.pairs[codes.department, codes.government] = None
            scope = {"部门经济科目": frozenset({codes.department})}
            if paired:
                scope[_GOVERNMENT] = frozenset({codes.government})
            yield PlacedRow(part, label, scope)

    def _valued(self, block: ReadBlock) -> Iterator[PlacedRow]:
        """Rows that stand for the values of one dimension, such as the fund sources."""
        (dimension, *others) = (name for level in block.rows.expand for name in level)
        known = known_values(self._printed.vocabulary).get(dimension, ()) if not others else ()
        values = {squeezed(value): value for value in known}
        for part in block.rows.expanded:
            value = values.get(squeezed(without_ordinal(part.name)))
            if value:
                yield PlacedRow(part, value, {dimension: frozenset({value})})
                continue
            message = f"{block.definition.number}的“{part.label}”行读不出是哪一项，没有读"
            self._reading.doubt((block.book.value,), message, part.spot)
            self._reading.disuse(part.row)

    def _operating(self, block: ReadBlock) -> Iterator[PlacedRow]:
        for part in block.rows.expanded:
            self.operating_units[part.label] = None
            yield PlacedRow(part, part.label, {"单位": frozenset({part.label})})

    def _projects(self, blocks: list[tuple[int, ReadBlock]]) -> None:
        """Places the rows of all project statements: a project may stand in several."""
        tables = [self._unit_parts(block) for _, block in blocks]
        lists = [
            [UnitList(unit, [part.label for part in parts]) for unit, _, parts in table]
            for table in tables
        ]
        self.units, places = merged_lists(lists)
        all_keys = {each.unit: keys(each.names) for each in self.units}
        for (number, _), table, indices in zip(blocks, tables, places, strict=True):
            placed = self.rows.setdefault(number, [])
            for (unit, header, parts), within in zip(table, indices, strict=True):
                scope = {"单位": frozenset({unit})}
                if header is not None:
                    placed.append(PlacedRow(header, unit, scope))
                for part, index in zip(parts, within, strict=True):
                    key = frozenset({all_keys[unit][index]})
                    placed.append(PlacedRow(part, f"{unit}/{part.label}", scope | {"项目": key}))

    def _unit_parts(self, block: ReadBlock) -> list[tuple[str, PartRow | None, list[PartRow]]]:
        parts = block.rows.expanded
        if ("单位",) not in block.rows.expand:
            return [(self._printed.publisher.name, None, parts)] if parts else []
        rows = [
            AmountRow(part.label, tuple(_steps(text, scale) for _, text, scale in part.measured))
            for part in parts
        ]
        known = (self._printed.publisher.name, *self._printed.known_units, *self.operating_units)
        starts = unit_rows(rows, known, self._printed.publisher.name[:_PLACE])
        return [
            (parts[start].label, parts[start], parts[start + 1 : end])
            for start, end in pairwise((*starts, len(parts)))
        ]


def _is_code(text: str, block: ReadBlock) -> bool:
    return text.isdecimal() and len(text) in block.lengths


def _steps(text: str, scale: Scale) -> int | None:
    """An amount in steps of 0.01 万元; what cannot be read counts as empty here."""
    try:
        amount = cell_amount(text, scale)
    except UnclearAmountError:
        return None
    return amount.steps if amount else None
