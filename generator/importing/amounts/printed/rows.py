"""Splits the rows of a printed statement into head, fixed rows and expanded rows by block."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct, field

from generator.compute.ledger.entries import Condition
from generator.compute.statements.definition import (
    CODES,
    RowRule,
    StatementBlock,
    StatementColumn,
    StatementDefinition,
)
from generator.compute.statements.evaluate import condition
from generator.compute.statements.head import statement_head
from generator.core.likeness import likeness
from generator.core.numbers.numerals import chinese_numeral
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Row, Spot
from generator.drafts.parts.outline import StatementDraft
from generator.drafts.words.amount_columns import counts_columns
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import Scale, table_line, without_unit
from generator.importing.amounts.printed.cells import holds_amount
from generator.importing.reading import ImportResult
from generator.model.disclosure import EntityKind

_SIMILAR = 0.6


_NOTHING = late_pattern(r"[\s—–―－-]*")


class Publisher(Struct, frozen=True):
    """What titles and rules need to know of who publishes; ``kind`` is ``None`` if not found."""

    name: str
    kind: EntityKind | None
    year: str

    def fill(self, text: str) -> str:
        """Fills the placeholders of titles."""
        for key, value in (("年度", self.year), ("名称", self.name), ("类型", self.kind or "")):
            text = text.replace(f"{{{key}}}", value)
        return text


class PartRow(Struct, frozen=True):
    """The part of a printed row that belongs to one block."""

    row: Row
    cells: tuple[str, ...]
    columns: tuple[StatementColumn, ...]
    scales: tuple[Scale, ...]
    """What the amounts of each column are in."""
    start: int = 0
    """Which cell of the row is the first of this part."""

    @property
    def spot(self) -> Spot:
        """Where the row stands."""
        return self.row.spot

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells of the text columns, codes in ordinary digits."""
        pairs = zip(self.columns, self.cells, strict=True)
        return tuple(
            _ordinary(text.strip()) for column, text in pairs if column.content is not None
        )

    @property
    def amounts(self) -> tuple[tuple[StatementColumn, str], ...]:
        """The amount columns and their cells."""
        pairs = zip(self.columns, self.cells, strict=True)
        return tuple((column, text) for column, text in pairs if column.content is None)

    @property
    def measured(self) -> tuple[tuple[StatementColumn, str, Scale], ...]:
        """The amount columns, their cells and their scales."""
        triples = zip(self.columns, self.cells, self.scales, strict=True)
        return tuple(triple for triple in triples if triple[0].content is None)

    @property
    def amount_spots(self) -> tuple[Spot, ...]:
        """Where the cells of the amount columns stand."""
        columns = (at for at, column in enumerate(self.columns) if column.content is None)
        return tuple(self.row.spot_of(self.start + at) for at in columns)

    @property
    def label(self) -> str:
        """The first text of the row."""
        return next((text for text in self.texts if text), "")

    @property
    def is_blank(self) -> bool:
        """Whether no cell of it holds anything but a stroke that says so."""
        return all(_NOTHING.fullmatch(cell) for cell in self.cells)

    @property
    def is_coded(self) -> bool:
        """Whether it has columns for the code of its subject."""
        return any(column.content in CODES for column in self.columns)

    @property
    def name(self) -> str:
        """The text of the first column that holds no code."""
        pairs = zip(self.columns, self.cells, strict=True)
        names = (text for column, text in pairs if column.content not in (None, *CODES))
        return next((text.strip() for text in names if text.strip()), "")

    def content(self, name: str) -> str:
        """The text of the column with such a content, ``""`` if there is none."""
        pairs = zip(self.columns, self.cells, strict=True)
        return next((text.strip() for column, text in pairs if column.content == name), "")


class FixedRow(Struct, frozen=True):
    """A row that the definition names: its title and others that it may have, key in addresses."""

    title: str
    condition: Condition
    key: str
    dimensions: tuple[tuple[str, str], ...] = ()
    other_titles: tuple[str, ...] = ()

    def title_like(self, label: str) -> str:
        """Its title; another one that it may have, if that is what is printed."""
        printed = squeezed(label)
        return next(
            (title for title in self.other_titles if squeezed(title) == printed), self.title
        )


class BlockRows(Struct):
    """A block's rows: those the definition names, and those expanded, in order."""

    block: StatementBlock
    expand: tuple[tuple[str, ...], ...] = ()
    fixed: list[tuple[FixedRow, PartRow]] = field(default_factory=list)
    expanded: list[PartRow] = field(default_factory=list)


class RowReader(Struct, frozen=True):
    """Reads the rows of statements; what it cannot place it leaves unread, with a doubt."""

    reading: ImportResult
    publisher: Publisher
    classes: tuple[tuple[str, str], ...]

    def read(
        self, definition: StatementDefinition, draft: StatementDraft, scales: Sequence[Scale]
    ) -> list[BlockRows]:
        """The rows of each block; ``scales`` are what the amounts of each column are in."""
        columns = [tuple(block.leaves()) for block in definition.blocks]
        rows = list(self._body(definition, draft, sum(len(column) for column in columns)))
        blocks, start = [], 0
        for block, leaves in zip(definition.blocks, columns, strict=True):
            end = start + len(leaves)
            within = tuple(scales[start:end])
            parts = [PartRow(row, cells[start:end], leaves, within, start) for row, cells in rows]
            blocks.append(self._block(definition, block, parts))
            start = end
        return blocks

    def _moved_column(
        self, definition: StatementDefinition, draft: StatementDraft, width: int
    ) -> str:
        """The last column of a pack, if a draft has it further right; otherwise ``""``.

        Then it has columns that the pack does not have, and none can be told by its place.
        """
        last = [leaf for block in definition.blocks for leaf in block.leaves()][-1]
        title = squeezed(self.publisher.fill(last.title))
        depth = len(statement_head(definition, self.publisher.fill)) + 1  # a line above the head
        heads = [list(map(squeezed, row.cells)) for row in draft.rows[:depth]]
        in_place = any(title in cells[width - 1 : width] for cells in heads)
        return title if not in_place and any(title in cells[width:] for cells in heads) else ""

    def _body(
        self, definition: StatementDefinition, draft: StatementDraft, width: int
    ) -> Iterator[tuple[Row, tuple[str, ...]]]:
        """The rows below the head with as many cells as there are columns."""
        head = _Head.of(definition, self.publisher)
        moved = self._moved_column(definition, draft, width)
        for number, row in enumerate(draft.rows):
            if head.holds(number, row):
                self.reading.use(row)
                continue
            cells = (*row.cells, *[""] * (width - len(row.cells)))
            if moved and len(cells) > width:
                message = f"{definition.number}的“{moved}”栏前面多出模板包没有的栏，这一行没有读"
                self.reading.doubt((definition.book.value,), message, row.spot)
                continue
            if any(cell.strip() for cell in cells[width:]):
                message = (
                    f"{definition.number}这一行有 {len(row.cells)} 格，表头有 {width} 栏，没有读"
                )
                self.reading.doubt((definition.book.value,), message, row.spot)
                continue
            self.reading.use(row)
            yield row, cells[:width]

    def _block(
        self, definition: StatementDefinition, block: StatementBlock, parts: list[PartRow]
    ) -> BlockRows:
        rules = [rule for rule in (*block.rows, *block.totals) if self._applies(rule)]
        own = [at for at, rule in enumerate(rules) if rule.expand and not rule.all_classes]
        rows = BlockRows(block, rules[own[0]].expand if own else ())
        if own:
            first = [row for rule in rules[: own[0]] for row in self._fixed(rule)]
            last = [row for rule in rules[own[0] :] for row in self._fixed(rule)]
            rest = self._leading(definition, first, parts, rows)
            rest = self._trailing(definition, last, rest, rows)
            rows.expanded = [part for part in rest if not part.is_blank]
        else:
            named = [row for rule in rules for row in self._fixed(rule)]
            self._aligned(definition, named, parts, rows)
        return rows

    def _applies(self, rule: RowRule) -> bool:
        """Whether a rule is for such a publisher, as far as that is known."""
        return rule.kind is None or rule.kind is self.publisher.kind

    def _fixed(self, rule: RowRule) -> Iterator[FixedRow]:
        if rule.all_classes:
            for number, (code, name) in enumerate(self.classes, 1):
                title = (rule.title or "{名称}").replace("{序}", chinese_numeral(number))
                dimension = rule.expand[0][0]
                yield FixedRow(
                    title.replace("{名称}", name),
                    {dimension: frozenset({code})},
                    code,
                    ((dimension, code),),
                )
        elif not rule.expand and not rule.blank:
            title = self.publisher.fill(rule.title or "")
            others = tuple(map(self.publisher.fill, rule.other_titles))
            key = rule.name or title
            yield FixedRow(title, condition(rule.condition), key, other_titles=others)

    def _leading(
        self,
        definition: StatementDefinition,
        named: list[FixedRow],
        parts: list[PartRow],
        rows: BlockRows,
    ) -> list[PartRow]:
        """Takes the named rows off the top; returns the others."""
        rest = list(parts)
        for fixed in named:
            if rest and (not fixed.title or _is_titled(rest[0], fixed)):
                self._place(definition, fixed, rest.pop(0), rows)
        return rest

    def _trailing(
        self,
        definition: StatementDefinition,
        named: list[FixedRow],
        parts: list[PartRow],
        rows: BlockRows,
    ) -> list[PartRow]:
        """Takes the named rows off the bottom; returns the others."""
        rest, taken = list(parts), []
        for fixed in reversed(named):
            while fixed.title and rest and rest[-1].is_blank:
                rest.pop()
            if rest and (not fixed.title or _is_titled(rest[-1], fixed)):
                taken.append((fixed, rest.pop()))
        for fixed, part in reversed(taken):
            self._place(definition, fixed, part, rows)
        return rest

    def _aligned(
        self,
        definition: StatementDefinition,
        named: list[FixedRow],
        parts: list[PartRow],
        rows: BlockRows,
    ) -> None:
        """Places the rows by title, and by position where as many titles as rows are left."""
        filled = [part for part in parts if not part.is_blank]
        if not filled and not any(fixed.title for fixed in named):
            filled = parts[:1]  # a row without a title and without amounts
        labels = {squeezed(part.label) for part in filled}
        titles = [_printed_title(fixed, labels) for fixed in named]
        matched = _matched(titles, [squeezed(part.label) for part in filled])
        for part, index in zip(filled, matched, strict=True):
            if index is None:
                message = (
                    f"{definition.number}里没有“{part.label}”这一行，没有读：{'|'.join(part.cells)}"
                )
                self.reading.doubt((definition.book.value,), message, part.spot)
                continue
            self._place(definition, named[index], part, rows)

    def _place(
        self, definition: StatementDefinition, fixed: FixedRow, part: PartRow, rows: BlockRows
    ) -> None:
        rows.fixed.append((fixed, part))
        if fixed.title and squeezed(fixed.title_like(part.label)) != squeezed(part.label):
            message = f"{definition.number}的行名“{part.label}”按位置读作“{fixed.title}”"
            self.reading.doubt((definition.book.value,), message, part.spot)


class _Head(Struct, frozen=True):
    """The head of a table as its definition has it: tells the rows that are none of its body."""

    texts: frozenset[str]
    depth: int
    titles: frozenset[str]
    """The names of rows, which may stand in the head as well: 合计."""
    has_names: bool
    """Whether rows have names; without any, one that is blank is a row too."""

    @classmethod
    def of(cls, definition: StatementDefinition, publisher: Publisher) -> _Head:
        """The head of a statement of a publisher."""
        rows = statement_head(definition, publisher.fill)
        rules = [rule for block in definition.blocks for rule in (*block.rows, *block.totals)]
        columns = [leaf for block in definition.blocks for leaf in block.leaves()]
        return cls(
            frozenset(squeezed(cell.text) for row in rows for cell in row),
            len(rows),
            frozenset(squeezed(rule.title or "") for rule in rules),
            any(column.content for column in columns),
        )

    def holds(self, number: int, row: Row) -> bool:
        """Whether the row of a number belongs to the head, or says nothing of the table."""
        texts = {without_unit(cell) for cell in row.cells} - {""}
        if not texts:
            return self.has_names
        if _is_line(row) or (number <= self.depth and self._counts_columns(row, texts)):
            return True
        empty = not any(map(holds_amount, row.cells))
        like_head = number < self.depth and empty and bool(texts & self.texts)
        is_head = (texts <= self.texts or like_head) and not texts <= self.titles
        return is_head or (number == 0 and empty)

    def _counts_columns(self, row: Row, texts: set[str]) -> bool:
        """Whether a row only holds the numbers of the columns, which its pack need not print."""
        others = texts - (self.texts - self.titles) - {"栏次"}
        return "1" in texts and counts_columns(row.cells) and all(map(str.isdecimal, others))


def _ordinary(text: str) -> str:
    """A code in ordinary digits; words as they stand."""
    folded = squeezed(text)
    return folded if folded.isdecimal() else text.strip()


def _is_line(row: Row) -> bool:
    """Whether a row says no more than a line above the table, name and unit, or nothing."""
    return all(table_line(cell).known for cell in row.cells if cell.strip())


def _alike(one: str, other: str) -> bool:
    return likeness(squeezed(one), squeezed(other)) >= _SIMILAR


def _is_titled(part: PartRow, fixed: FixedRow) -> bool:
    return _alike(fixed.title_like(part.label), part.label)


def _printed_title(fixed: FixedRow, labels: Container[str]) -> str:
    """The title of a row as it is printed somewhere; the usual one if none is."""
    titles = map(squeezed, (fixed.title, *fixed.other_titles))
    return next((title for title in titles if title in labels), squeezed(fixed.title))


def _matched(wanted: Sequence[str], found: Sequence[str]) -> list[int | None]:
    """For each text found the index of the one wanted; both stand in the same order."""
    places: list[int | None] = [None] * len(found)
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        if end - start == last - first:
            places[first:last] = range(start, end)
    return places
