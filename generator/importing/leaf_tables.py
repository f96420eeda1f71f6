"""Reads the printed statements into cells and the leaves they may sum."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise, product

from generator.disclosure.budget import BudgetYear, Expenditure, OfficialExpenses
from generator.disclosure.vocabulary import BasicKind, Vocabulary
from generator.drafts.amounts import fault_in, read_amount
from generator.drafts.units import Scale
from generator.drafts.wording import squeezed
from generator.importing.leaf_cells import (
    CellAmount,
    Leaf,
    PrintedCell,
    UnclearAmountError,
    cell_amount,
)
from generator.importing.leaf_codes import codes_of, without_ordinal
from generator.importing.leaf_projects import AmountRow, UnitList, keys, merged, unit_rows
from generator.importing.leaf_rows import BlockRows, PartRow, Publisher
from generator.importing.leaf_subjects import FUNCTIONAL, EconomicRow, Subjects, coded_pairs
from generator.importing.reading import Reading
from generator.importing.table_units import MeasuredTable
from generator.ledger.entries import CODE_LENGTHS, Book, Condition
from generator.rounding import YUAN_PER_WAN, plain
from generator.statements.definition import CODES, StatementDefinition
from generator.statements.evaluate import condition
from generator.statements.lint import known_values

_FUNCTIONAL = frozenset({"科目类", "科目款", "科目项"})
_ECONOMIC = frozenset({"部门经济类", "部门经济科目"})
_GOVERNMENT = "政府经济科目"
_PLACE = 2
"""So many characters of the publisher's name name the place: 阳泉."""

_REVENUE_CODE = re.compile(r"\d{3,9}")


@dataclass(frozen=True, slots=True)
class ReadBlock:
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed row and what its leaves meet."""

    part: PartRow
    label: str
    condition: Condition


@dataclass(slots=True)
class Tables:
    """All statements of a document: their cells, and the leaves that any of them may sum."""

    reading: Reading
    publisher: Publisher
    subjects: Subjects
    blocks: list[ReadBlock]
    known_units: tuple[str, ...]
    vocabulary: Vocabulary
    zeros_are_nothing: bool = False
    measures: Mapping[str, MeasuredTable] = field(default_factory=dict)
    """The unit of each statement, by its number."""
    units: list[UnitList] = field(default_factory=list)
    operating_units: dict[str, None] = field(default_factory=dict)
    revenue_names: dict[tuple[Book, str], str] = field(default_factory=dict)
    _items: set[str] = field(default_factory=set)
    _pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    _placed: dict[int, list[Placed]] = field(default_factory=dict)
    _cells: dict[Book, list[PrintedCell]] = field(default_factory=dict)

    def place(self) -> None:
        """Finds out what each expanded row stands for, and with that which leaves there are."""
        projects, uncoded = [], []
        for number, block in enumerate(self.blocks):
            if block.deepest == ("项目",):
                projects.append((number, block))
            elif block.dimensions & _FUNCTIONAL and not block.is_coded:
                uncoded.append((number, block))
            elif block.dimensions:
                self._placed[number] = list(self._reader(block)(block))
        for number, block in uncoded:  # once the codes are known that other tables print
            self._placed[number] = list(self._functional_names(block))
        self._projects(projects)

    def _reader(self, block: ReadBlock) -> Callable[[ReadBlock], Iterator[Placed]]:
        """What reads the rows of a block, by what they are expanded by."""
        if block.dimensions & _FUNCTIONAL:
            return self._functional
        if block.dimensions & _ECONOMIC:
            return self._economic
        if block.dimensions == {"收入科目"}:
            return self._revenue
        return self._operating if block.dimensions == {"单位"} else self._valued

    def placed(self, number: int) -> list[Placed]:
        """The expanded rows of a block, by its number, with what they stand for."""
        return self._placed.get(number, [])

    def _functional(self, block: ReadBlock) -> Iterator[Placed]:
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

    def _subject(self, block: ReadBlock, part: PartRow, code: str, name: str) -> Placed:
        self.subjects.printed(FUNCTIONAL, code, name, part.spot)
        if len(code) == CODE_LENGTHS["科目项"]:
            self._items.add(code)
        return Placed(part, f"{code} {name}", {block.lengths[len(code)]: frozenset({code})})

    def _code_of_name(
        self, block: ReadBlock, part: PartRow, written: str, between: tuple[str, str]
    ) -> str:
        """The code of a row's name, if its own cannot be read; ``""`` if that is not clear."""
        found = self.subjects.code_by_name(part.name, between, block.lengths) or ""
        how = f"按名称读作 {found}" if found else "没有读这一行"
        message = f"{block.definition.number}“{part.name}”行的科目编码“{written}”读不出，{how}"
        self.reading.doubt((block.book.value,), message, part.spot)
        return found

    def _functional_names(self, block: ReadBlock) -> Iterator[Placed]:
        """Rows that print names alone, in the order of codes; a strange one by its place."""
        names = [without_ordinal(part.name) for part in block.rows.expanded]
        anywhere = ("", "")
        codes = [self.subjects.code_by_name(name, anywhere, block.lengths) for name in names]
        for number, part in enumerate(block.rows.expanded):
            name, code = names[number], codes[number]
            if code is None:
                before = next(filter(None, reversed(codes[:number])), "")
                after = next(filter(None, codes[number:]), "")
                code = codes[number] = self._code_between(block, before, after)
                how = f"按位置读作“{code}”" if code else "读不出是哪个科目，没有读"
                message = f"{block.definition.number}的行名“{part.name}”{how}"
                self.reading.doubt((block.book.value,), message, part.spot)
            if code:
                yield self._subject(block, part, code, name)

    def _code_between(self, block: ReadBlock, before: str, after: str) -> str | None:
        """The only code between two others that the document has."""
        every = {item[:length] for item in self._items for length in block.lengths}
        found = [code for code in every if before < code and (not after or code < after)]
        return found[0] if len(found) == 1 else None

    def _revenue(self, block: ReadBlock) -> Iterator[Placed]:
        codes = block.codes()
        for part, code in zip(block.rows.expanded, codes, strict=True):
            if _REVENUE_CODE.fullmatch(code) is None:
                message = f"{block.definition.number}的收入科目编码“{code}”读不出，没有读这一行"
                self.reading.doubt((block.book.value,), message, part.spot)
                continue
            below = {other for other in codes if other.startswith(code) and other != code}
            if not below:
                self.revenue_names[block.book, code] = part.name
            yield Placed(part, f"{code} {part.name}", {"收入科目": frozenset(below or {code})})

    def _economic(self, block: ReadBlock) -> Iterator[Placed]:
        """Rows of department subjects, each with its government subject if the place prints it."""
        parts = block.rows.expanded
        rows = [
            EconomicRow(part.name, part.content(_GOVERNMENT), code, part.spot)
            for part, code in zip(parts, block.codes(), strict=True)
        ]
        paired = _GOVERNMENT in block.dimensions
        found = coded_pairs(self.subjects, rows, paired=paired)
        for part, codes in zip(parts, found, strict=True):
            label = "/".join(text for text in part.texts if text)
            if len(codes.department) == CODE_LENGTHS["部门经济类"]:
                yield Placed(part, label, {"部门经济类": frozenset({codes.department})})
                continue
            self._pairs[codes.department, codes.government] = None
            scope = {"部门经济科目": frozenset({codes.department})}
            if paired:
                scope[_GOVERNMENT] = frozenset({codes.government})
            yield Placed(part, label, scope)

    def _valued(self, block: ReadBlock) -> Iterator[Placed]:
        """Rows that stand for the values of one dimension, such as the fund sources."""
        (dimension, *others) = (name for level in block.rows.expand for name in level)
        known = known_values(self.vocabulary).get(dimension, ()) if not others else ()
        values = {squeezed(value): value for value in known}
        for part in block.rows.expanded:
            value = values.get(squeezed(without_ordinal(part.name)))
            if value:
                yield Placed(part, value, {dimension: frozenset({value})})
                continue
            message = f"{block.definition.number}的“{part.label}”行读不出是哪一项，没有读"
            self.reading.doubt((block.book.value,), message, part.spot)
            self.reading.disuse(part.row)

    def _operating(self, block: ReadBlock) -> Iterator[Placed]:
        for part in block.rows.expanded:
            self.operating_units[part.label] = None
            yield Placed(part, part.label, {"单位": frozenset({part.label})})

    def _projects(self, blocks: list[tuple[int, ReadBlock]]) -> None:
        """Places the rows of all project statements: a project may stand in several."""
        tables = [self._unit_parts(block) for _, block in blocks]
        lists = [
            [UnitList(unit, [part.label for part in parts]) for unit, _, parts in table]
            for table in tables
        ]
        self.units, places = merged(lists)
        all_keys = {each.unit: keys(each.names) for each in self.units}
        for (number, _), table, indices in zip(blocks, tables, places, strict=True):
            placed = self._placed.setdefault(number, [])
            for (unit, header, parts), within in zip(table, indices, strict=True):
                scope = {"单位": frozenset({unit})}
                if header is not None:
                    placed.append(Placed(header, unit, scope))
                for part, index in zip(parts, within, strict=True):
                    key = frozenset({all_keys[unit][index]})
                    placed.append(Placed(part, f"{unit}/{part.label}", scope | {"项目": key}))

    def _unit_parts(self, block: ReadBlock) -> list[tuple[str, PartRow | None, list[PartRow]]]:
        parts = block.rows.expanded
        if ("单位",) not in block.rows.expand:
            return [(self.publisher.name, None, parts)] if parts else []
        rows = [
            AmountRow(part.label, tuple(_steps(text, scale) for _, text, scale in part.measured))
            for part in parts
        ]
        known = (self.publisher.name, *self.known_units, *self.operating_units)
        starts = unit_rows(rows, known, self.publisher.name[:_PLACE])
        return [
            (parts[start].label, parts[start], parts[start + 1 : end])
            for start, end in pairwise((*starts, len(parts)))
        ]

    def leaves(self, book: Book) -> list[Leaf]:
        """The leaves of a book that the document may have."""
        appropriated = self.vocabulary.appropriations
        every: dict[Book, Iterable[dict[str, str]]] = {
            Book.BUDGET: self._budget_leaves(),
            Book.ECONOMIC: (
                {
                    "部门经济类": department[:3],
                    "部门经济科目": department,
                    "政府经济科目": government,
                    "经费类型": self.vocabulary.expenditure_kind(department[:3]).value,
                }
                for department, government in self._told_pairs()
            ),
            Book.OFFICIAL_EXPENSES: (
                {"费用": item.alias or name, "资金来源": source}
                for name, item in OfficialExpenses.model_fields.items()
                for source in appropriated
            ),
            Book.OPERATING_FUNDS: (
                {"单位": unit, "资金来源": source}
                for unit, source in product(self._spenders(), appropriated)
            ),
            Book.PROJECTS: self._project_leaves(),
        }
        revenue = ({"收入科目": code} for of, code in sorted(self.revenue_names) if of is book)
        return [Leaf(dimensions) for dimensions in every.get(book, revenue)]

    def _spenders(self) -> Iterable[str]:
        """The units with 机关运行经费; the publisher alone if a table prints only its sum."""
        printed = (each for each in self.blocks if each.book is Book.OPERATING_FUNDS)
        one = all(not block.dimensions for block in printed)
        return [self.publisher.name] if one else self.operating_units

    def _told_pairs(self) -> list[tuple[str, str]]:
        """The pairs of economic subjects; without the government's if no table tells it."""
        paired = {department for department, government in self._pairs if government}
        return sorted(pair for pair in self._pairs if pair[1] or pair[0] not in paired)

    def _budget_leaves(self) -> Iterator[dict[str, str]]:
        divided = any(each.definition.asks(Book.BUDGET, "经费类型") for each in self.blocks)
        kinds = [(each, "") for each in Expenditure]
        if divided:
            kinds[:1] = [(Expenditure.BASIC, each.value) for each in BasicKind]
        for code, year, (kind, basic), source in product(
            sorted(self._items), BudgetYear, kinds, self.vocabulary.sources
        ):
            yield {
                "科目类": code[:3],
                "科目款": code[:5],
                "科目项": code,
                "支出类别": kind.value,
                "经费类型": basic,
                "资金来源": source,
                "预算年度": year.value,
            }

    def _project_leaves(self) -> Iterator[dict[str, str]]:
        sources = {
            BudgetYear.CURRENT: self.vocabulary.sources,
            BudgetYear.CARRY_OVER: self.vocabulary.appropriations,
        }
        for unit in self.units:
            for key, year in product(keys(unit.names), BudgetYear):
                for source in sources[year]:
                    yield {
                        "单位": unit.unit,
                        "项目": key,
                        "资金来源": source,
                        "预算年度": year.value,
                    }

    def cells(self, book: Book) -> list[PrintedCell]:
        """The cells that constrain a book, the rows that are not printed among them."""
        if book not in self._cells:
            found = self._cells.setdefault(book, [])
            leaves = self.leaves(book)
            for number, block in enumerate(self.blocks):
                if block.book is not book or not block.measured:
                    continue
                fixed = (Placed(part, row.title, row.condition) for row, part in block.rows.fixed)
                expanded = self.placed(number)
                for placed in (*fixed, *expanded):
                    found.extend(self._row_cells(block, placed))
                found.extend(self._absent(block, expanded, leaves))
        return self._cells[book]

    def _row_cells(self, block: ReadBlock, placed: Placed) -> Iterator[PrintedCell]:
        for column, text, scale in placed.part.measured:
            title = self.publisher.fill(column.title)
            scope = (*block.scope, placed.condition, condition(column.condition))
            cell = PrintedCell(
                block.definition.number,
                placed.label,
                title,
                text.strip(),
                None,
                scope,
                placed.part.spot,
            )
            try:
                amount = cell_amount(text, scale)
            except UnclearAmountError as error:
                self._doubt(block, cell, _not_used(error))
                continue
            if fault := fault_in(read_amount(text), scale.unit):
                wan = amount.yuan / YUAN_PER_WAN if amount else Decimal(0)
                self._doubt(block, cell, f"{fault}，读作 {plain(wan)} 万元")
            yield replace(cell, amount=self._printed(amount))

    def _printed(self, amount: CellAmount | None) -> CellAmount | None:
        """An amount as it counts: nothing, if zeros are how the document says that."""
        return None if amount and not amount.yuan and self.zeros_are_nothing else amount

    def _doubt(self, block: ReadBlock, cell: PrintedCell, message: str) -> None:
        words = f"{cell.name}“{cell.text}”{message}"
        self.reading.doubt((block.book.value,), words, cell.spot)

    def _absent(
        self, block: ReadBlock, placed: Iterable[Placed], leaves: Iterable[Leaf]
    ) -> Iterator[PrintedCell]:
        """Cells of the rows that a statement does not print: their leaves are nothing."""
        if not block.deepest:
            return
        dimensions = ("单位", "项目") if block.deepest == ("项目",) else block.deepest
        printed = {
            values
            for each in placed
            if set(dimensions) <= set(each.condition)
            for values in product(*(each.condition[name] for name in dimensions))
        }
        every = dict.fromkeys(
            tuple(leaf.dimensions[name] for name in dimensions) for leaf in leaves
        )
        for values in every:
            if values not in printed:
                pairs = zip(dimensions, values, strict=True)
                scope = (*block.scope, {name: frozenset({value}) for name, value in pairs})
                label = "/".join(values)
                yield PrintedCell(block.definition.number, label, "", "", None, scope, None)


def _is_code(text: str, block: ReadBlock) -> bool:
    return text.isdecimal() and len(text) in block.lengths


def _not_used(error: UnclearAmountError) -> str:
    """Why an amount is not used, and what its reader might do."""
    guess = f"，像是 {error.amount.guess}" if error.amount.guess else ""
    advice = "；确有冲减的，填冲减后的净额" if error.amount.negative else ""
    return f"不是能用的金额（{error.fault}{guess}），没有用；由其余各格推算{advice}"


def _steps(text: str, scale: Scale) -> int | None:
    """An amount in steps of 0.01 万元; what cannot be read counts as empty here."""
    try:
        amount = cell_amount(text, scale)
    except UnclearAmountError:
        return None
    return amount.steps if amount else None
