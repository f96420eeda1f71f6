"""Compares tables: columns by head, rows by code or name, amounts as amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from generator.compare.align import Name, Pair, align_lists, told_apart
from generator.compare.difference import Difference, DifferenceKind, PairedCell, PairedRow
from generator.compare.provenance import UNKNOWN, Provenance
from generator.compare.side import placed
from generator.compare.text.differences import Units, Wording, amount, is_meant, looks
from generator.core.findings import Location
from generator.core.likeness import likeness
from generator.drafts.words.units import PRESCRIBED, Scale
from generator.reading.blocks import PlainRow

Scales = Sequence[Scale]
"""What the amounts of each column are in."""

_ALIKE = 0.5
_OF_NAMES, _OF_AMOUNTS = 0.8, 0.2
"""What names and amounts count for, where it is to be told which row is which."""
_LESS = 0.6
"""What amounts count for alone: all of them alike make two rows the same."""
_CODE_CELLS = 3
"""A code may stand in three columns: 类, 款, 项."""
_CODES = "编码"
"""What the title of a column of codes has in it."""


class Heads(Struct, frozen=True):
    """What is known of a table's head: how many rows it has, and every text in it."""

    depth: int
    texts: frozenset[str]

    def of(self, rows: Sequence[PlainRow]) -> int:
        """How many rows at the top of a table are its head."""
        count = 0
        for row in rows:
            filled = {looks(cell) for cell in row.cells if cell.strip()}
            worded = not any(amount(cell) for cell in filled)
            if not (filled <= self.texts or (count < self.depth and worded)):
                break
            count += 1
        return min(count, self.depth) if self.depth else count


class _Grid(Struct, frozen=True):
    """A table cut into head and body; each column has a title to be told by, a name to be told."""

    head: tuple[PlainRow, ...]
    body: tuple[PlainRow, ...]
    titles: tuple[str, ...]
    names: tuple[str, ...]


class SheetComparison:
    """Compares the rows of one table."""

    def __init__(
        self,
        what: str,
        heads: Heads,
        source: Callable[[str], Provenance],
        wording: Wording,
        scales: tuple[Scales, Scales] = ((), ()),
        written: Mapping[str, Location] | None = None,
    ) -> None:
        self._what = what
        self._heads = heads
        self._source_of = source
        self._wording = wording
        self._scales = scales
        self._written = written or {}

    def rows(self, ours: Sequence[PlainRow], theirs: Sequence[PlainRow]) -> Iterator[PairedRow]:
        """The rows of both sides, paired."""
        mine, yours = self._grid(ours), self._grid(theirs)
        columns = _columns(mine, yours)
        yield from self._head(mine, yours, columns)
        words = _word_columns(mine, columns)
        names = [_key(row, [c for c, _ in words]) for row in mine.body]
        others = [_key(row, [c for _, c in words]) for row in yours.body]

        def alike(i: int, j: int) -> float:
            return _likeness(mine.body[i], yours.body[j], names[i], others[j])

        def closer(i: int, j: int) -> float:
            return likeness(_words(mine.body[i]), _words(yours.body[j]))

        keys = told_apart(names, others, alike, closer)
        for pair in align_lists(*keys, alike, _ALIKE):
            yield self._row(pair, mine, yours, columns)

    def _grid(self, rows: Sequence[PlainRow]) -> _Grid:
        depth = self._heads.of(rows)
        width = max((len(row.cells) for row in rows), default=0)
        titles = []
        for column in range(width):
            texts = [row.cells[column] for row in rows[:depth] if column < len(row.cells)]
            titles.append(next((looks(text) for text in reversed(texts) if text.strip()), ""))
        names = [_column_name(column, rows[:depth]) for column in range(width)]
        return _Grid(tuple(rows[:depth]), tuple(rows[depth:]), tuple(titles), tuple(names))

    def _head(
        self, ours: _Grid, theirs: _Grid, columns: list[tuple[int | None, int | None]]
    ) -> Iterator[PairedRow]:
        """The head row by row where both have it; columns in another order are one difference."""
        moved = [(a, b) for a, b in columns if a is not None and b is not None and a != b]
        order = None
        if moved and sorted(b for _, b in moved) == sorted(a for a, _ in moved):
            order = Difference(
                DifferenceKind.MOVED,
                f"{self._what}各栏的顺序",
                "、".join(ours.titles[a] for a, _ in moved),
                "、".join(theirs.titles[a] for a, _ in moved),
                placed(next(iter(ours.head), None)),
                placed(next(iter(theirs.head), None)),
            )
        if (
            order is None
            and len(ours.head) == len(theirs.head)
            and all(_titles_above(ours, a) == _titles_above(theirs, b) for a, b in columns)
        ):  # a cell that reaches down over rows has its title in any of them
            for row in ours.head:
                texts = [_text(row, a) for a, _ in columns]
                yield PairedRow(tuple(PairedCell(text, text) for text in texts), head=True)
            return
        for number in range(max(len(ours.head), len(theirs.head))):
            mine = ours.head[number] if number < len(ours.head) else None
            yours = theirs.head[number] if number < len(theirs.head) else None
            # a cell that spans columns stays where it is when they change places
            same = mine is not None and yours is not None and _looks(mine) == _looks(yours)
            order_ = [(a, a) for a, _ in columns] if same else columns
            cells = self._cells(mine, yours, order_, f"{self._what}表头", ours.names)
            yield PairedRow(tuple(cells), order if number == 0 else None, head=True)

    def _row(
        self,
        pair: Pair,
        ours: _Grid,
        theirs: _Grid,
        columns: list[tuple[int | None, int | None]],
    ) -> PairedRow:
        mine = ours.body[pair.ours] if pair.ours is not None else None
        yours = theirs.body[pair.theirs] if pair.theirs is not None else None
        what = f"{self._what}“{_name(mine or yours)}”行"
        if mine is None or yours is None:
            kind = DifferenceKind.MISSING if yours is None else DifferenceKind.ADDED
            difference = Difference(
                kind, what, _words(mine), _words(yours), placed(mine), placed(yours)
            )
            texts = [(_text(mine, a), _text(yours, b)) for a, b in columns]
            return PairedRow(tuple(PairedCell(a, b) for a, b in texts), difference)
        moved = None
        if pair.moved:
            moved = Difference(
                DifferenceKind.MOVED, what, _words(mine), _words(yours), mine.place, yours.place
            )
        return PairedRow(tuple(self._cells(mine, yours, columns, what, ours.names)), moved)

    def _cells(
        self,
        ours: PlainRow | None,
        theirs: PlainRow | None,
        columns: list[tuple[int | None, int | None]],
        what: str,
        titles: Sequence[str],
    ) -> Iterator[PairedCell]:
        for a, b in columns:
            mine, yours = _text(ours, a), _text(theirs, b)
            units = self._units(a, b)
            kind = self._wording.cell_kind(mine, yours, units)
            if kind is None:
                yield PairedCell(mine, yours)
                continue
            column = titles[a] if a is not None and a < len(titles) else ""
            source = self._source(ours, a)
            place = self._written.get(mine) if source is UNKNOWN else source.place
            yield PairedCell(
                mine,
                yours,
                Difference(
                    _kind(kind, mine, yours, column),
                    f"{what}“{column}”栏" if column else what,
                    mine,
                    yours,
                    place or placed(ours),
                    placed(theirs),
                    source.words,
                    units,
                    source.leaves,
                    is_count=not source.is_money,
                    in_row=place is None,
                ),
            )

    def _units(self, *columns: int | None) -> Units:
        """The units of money of a column on both sides."""
        pairs = zip(self._scales, columns, strict=True)
        ours, theirs = (
            scales[at].unit if at is not None and at < len(scales) else PRESCRIBED
            for scales, at in pairs
        )
        return ours, theirs

    def _source(self, row: PlainRow | None, column: int | None) -> Provenance:
        """What a figure was computed from."""
        if row is None or column is None or column >= len(row.addresses):
            return UNKNOWN
        return self._source_of(row.addresses[column])


def _kind(kind: DifferenceKind, ours: str, theirs: str, column: str) -> DifferenceKind:
    """In tables words are names, and so are codes and years in a head."""
    if kind is DifferenceKind.FORMAT or (kind is DifferenceKind.YEAR and _CODES not in column):
        return kind
    numbers = is_meant(ours or "0") and is_meant(theirs or "0")
    return kind if numbers and _CODES not in column else DifferenceKind.NAME


def _column_name(column: int, head: Sequence[PlainRow]) -> str:
    """What a reader calls a column: the lowest words above it, not the number in a row of such."""
    texts = [looks(row.cells[column]) for row in head if column < len(row.cells)]
    return next((text for text in reversed(texts) if text and not text.isdigit()), "")


def _titles_above(grid: _Grid, column: int | None) -> list[str]:
    """The titles in the head of a column, from top to bottom."""
    return [looks(text) for row in grid.head if (text := _text(row, column)).strip()]


def _columns(ours: _Grid, theirs: _Grid) -> list[tuple[int | None, int | None]]:
    """Which column is which: by position where heads agree or cannot be read, else by head.

    What was taken for a head may be a row like the others, or only the head was changed: columns
    have other places only if what is below says so too.
    """
    in_place: list[tuple[int | None, int | None]]
    in_place = [(column, column) for column in range(len(ours.titles))]
    same_width = len(ours.titles) == len(theirs.titles)
    if same_width and sorted(ours.titles) != sorted(theirs.titles):
        return in_place
    pairs = align_lists(
        ours.titles,
        theirs.titles,
        lambda i, j: likeness(ours.titles[i], theirs.titles[j]),
    )
    by_title = [(pair.ours, pair.theirs) for pair in pairs]
    stay = same_width and _agreeing(ours, theirs, in_place) > _agreeing(ours, theirs, by_title)
    return in_place if stay else by_title


def _agreeing(ours: _Grid, theirs: _Grid, columns: list[tuple[int | None, int | None]]) -> int:
    """How many cells below the head the columns of both sides have in common."""
    return sum(
        (_texts_below(ours, a) & _texts_below(theirs, b)).total()
        for a, b in columns
        if a is not None and b is not None
    )


def _texts_below(grid: _Grid, column: int) -> Counter[str]:
    return Counter(text for row in grid.body if (text := looks(_text(row, column))))


def _word_columns(
    grid: _Grid, columns: list[tuple[int | None, int | None]]
) -> list[tuple[int, int]]:
    """The columns, on both sides, that hold codes and names rather than amounts."""
    found = []
    for a, b in columns:
        if a is None or b is None:
            continue
        texts = [row.cells[a] for row in grid.body if a < len(row.cells) and row.cells[a].strip()]
        if texts and (a == 0 or any(amount(text) is None for text in texts)):
            found.append((a, b))
    return found


def _key(row: PlainRow, columns: Sequence[int]) -> tuple[str, ...]:
    return tuple(looks(row.cells[c]) if c < len(row.cells) else "" for c in columns)


def _amounts(row: PlainRow) -> list[str]:
    """The amounts of a row, whatever column they stand in."""
    numbers = (amount(cell) for cell in row.cells)
    return sorted(str(number.normalize()) for number in numbers if number)


def _likeness(ours: PlainRow, theirs: PlainRow, name: Name, other: Name) -> float:
    """By names first, and by amounts; a row with another code and another name is another row.

    The same cells in another order are the same row.
    """
    if sorted(_looks(ours)) == sorted(_looks(theirs)):
        return 1.0
    mine, yours = Counter(_amounts(ours)), Counter(_amounts(theirs))
    most = max(mine.total(), yours.total())
    amounts = (mine & yours).total() / most if most else 0.0
    if not (any(name) and any(other)):
        return amounts
    coded = name[0].isdigit() and other[0].isdigit()
    if coded and not any(a == b for a, b in zip(name, other, strict=True)):
        return amounts * _LESS
    names = likeness("|".join(name), "|".join(other))
    return _OF_NAMES * names + _OF_AMOUNTS * amounts if most else names


def _looks(row: PlainRow) -> list[str]:
    return [looks(cell) for cell in row.cells]


def _text(row: PlainRow | None, column: int | None) -> str:
    if row is None or column is None or column >= len(row.cells):
        return ""
    return row.cells[column]


def _name(row: PlainRow | None) -> str:
    """What a reader calls a row: code and name, or its first words."""
    filled = [cell for cell in row.cells if cell.strip()] if row else []
    codes = list(takewhile(lambda cell: looks(cell).isdigit(), filled[:_CODE_CELLS]))
    return (
        " ".join([*codes, *filled[len(codes) : len(codes) + 1]]) if codes else "".join(filled[:1])
    )


def _words(row: PlainRow | None) -> str:
    return " | ".join(cell for cell in row.cells if cell.strip()) if row else ""
