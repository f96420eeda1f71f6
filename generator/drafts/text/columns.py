"""Finds the columns of a table that was laid out with spaces, and puts its lines on a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from msgspec import Struct, field

from generator.core.text.patterns import late_pattern
from generator.drafts.lines import BEGINS
from generator.drafts.text.pieces import LinePiece, is_total_line, line_pieces
from generator.drafts.text.wraps import BodyLine, with_whole_names
from generator.drafts.words.text import rejoined

_CODE = late_pattern(r"\d{3,7}")
_NUMBERED = late_pattern(r"[一二三四五六七八九十]+、|[①-⑳]|\d+[、.]\D|（[一二三四五六七八九十]+）")
_LONGEST_HEAD = 10
"""Lines; a table that has no body until then is a form: its fields stand where they fit."""
_MOST_COLUMNS = 40
"""Of a table that is put on a grid; no page has room for more."""
_COUNTED = 2
"""Digits of the numbers that a row below the head gives the columns."""
_FEW_TITLES = 2
"""So few titles in the first of several lines stand above several columns each."""
_OFF_CENTRE = 2
"""Characters: titles of one column stand above each other within so much."""
_COST_OF_A_COLUMN = 12
"""Characters that a title may stand away from its column before it has one of its own."""


class _Band(Struct):
    """A column: what its texts cover, the titles above it, and whether it holds amounts."""

    start: int
    end: int
    titles: list[str] = field(default_factory=list)
    amounts: bool = False

    def take(self, piece: LinePiece) -> None:
        self.start, self.end = min(self.start, piece.start), max(self.end, piece.end)
        self.amounts |= piece.is_amount

    def distance(self, piece: LinePiece) -> float:
        """How far a piece is from where this column has its texts: left, right or centred."""
        centre = abs((self.start + self.end) / 2 - piece.centre)
        return min(abs(self.start - piece.start), abs(self.end - piece.end), centre)


def grid(lines: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """The lines of a table as rows of cells, each with the line that it begins in."""
    rows = [line_pieces(line) for line in lines]
    first = _head_length(rows)
    if first > _LONGEST_HEAD:
        return [(at, tuple(piece.text for piece in row)) for at, row in enumerate(rows)]
    body = rows[first:]
    bands = _bands([row for row in body if not _is_count(row)] or body)
    if max(len(bands), *map(len, rows)) > _MOST_COLUMNS:
        return [(at, tuple(piece.text for piece in row)) for at, row in enumerate(rows)]
    titles, spanning = _titles([line_pieces(line, narrow=True) for line in lines[:first]], bands)
    columns = _matched(bands, titles)
    found = [(at, tuple(cells)) for at, cells in _spanning_rows(spanning, columns)]
    if titles:
        found.append((max(first - 1, 0), tuple("".join(column.titles) for column in columns)))
    return found + _body(body, first, columns)


def _head_length(rows: Sequence[Sequence[LinePiece]]) -> int:
    """How many lines at the top of a table are its head.

    The body begins with the first code, amount or numbered name; or, after the line of most
    titles, with a name that is set farther to the left than they are.
    """
    most = max(range(len(rows)), key=lambda at: (len(rows[at]), -at), default=0)
    left = min((row[0].start for row in rows if row), default=0)
    for at, row in enumerate(rows):
        set_left = at > most and row[0].start == left < rows[most][0].start
        if _is_body(row) or (set_left and not _are_titles(row, rows[most])):
            return at
    return len(rows)


def _are_titles(row: Sequence[LinePiece], titles: Sequence[LinePiece]) -> bool:
    """Whether a line has the titles of the columns for which the line of most titles has none."""
    beside = len(row) > 1 and row[-1].end < titles[0].start
    return beside and not any(piece.is_amount for piece in row)


def _is_body(row: Sequence[LinePiece]) -> bool:
    """Whether a line is below the head: it has a code, an amount or a number, or sums up."""
    if any("." in piece.text and piece.is_amount for piece in row):
        return True
    texts = [piece.text for piece in row]
    counted = all(text.isdigit() and len(text) <= _COUNTED for text in texts)
    begins = _CODE.fullmatch(texts[0]) or _NUMBERED.match(texts[0])
    return counted or bool(begins) or is_total_line(row)


def _is_count(row: Sequence[LinePiece]) -> bool:
    """Whether a line numbers the columns, which is set in their middle, unlike what they hold."""
    return len(row) > 1 and [piece.text for piece in row] == [*map(str, range(1, len(row) + 1))]


# Columns


def _bands(rows: Iterable[Sequence[LinePiece]]) -> list[_Band]:
    """The columns of the body: what overlaps in different lines is one."""
    bands: list[_Band] = []
    for row in rows:
        for piece in row[is_total_line(row) :]:
            over = [band for band in bands if band.start < piece.end and piece.start < band.end]
            if not over:
                bands.append(_Band(piece.start, piece.end, amounts=piece.is_amount))
            elif len(over) == 1 or not any(band.amounts for band in over):
                for band in over:  # of several, each grows into the next
                    band.take(piece)
    return sorted(_merged(bands), key=lambda band: band.start)


def _merged(bands: list[_Band]) -> Iterator[_Band]:
    """Columns that grew into each other while others were added are one."""
    last: _Band | None = None
    for band in sorted(bands, key=lambda band: band.start):
        if last is not None and band.start < last.end:
            last.end = max(last.end, band.end)
            continue
        if last is not None:
            yield last
        last = band
    if last is not None:
        yield last


def _titles(
    head: list[list[LinePiece]], bands: Sequence[_Band]
) -> tuple[list[_Band], list[tuple[int, LinePiece]]]:
    """The titles of single columns, and those that stand above several, with their lines."""
    if not head:
        return [], []
    leaf = max(range(len(head)), key=lambda at: (len(head[at]), at))
    titles = [_Band(piece.start, piece.end, [piece.text]) for piece in head[leaf]]
    lower: list[_Band] = []
    """Titles below the line of most titles."""
    spanning = []
    order = [*range(leaf + 1, len(head)), *reversed(range(leaf))]
    for at in order:
        top = at == 0 and len(head[0]) <= min(_FEW_TITLES, len(head[leaf]) - 1)
        for piece in head[at]:
            own = next((t for t in titles if _same_column(t, piece)), None)
            if own is not None and at < leaf and len(piece.text) < len(own.titles[0]):
                own = None  # the first line of a wrapped title is no shorter than the next
            free = all(t.end <= piece.start or piece.end <= t.start for t in titles)
            if top:
                spanning.append((at, piece))
            elif own is not None:
                own.titles.insert(len(own.titles) if at > leaf else 0, piece.text)
            elif free and (at >= leaf or not _is_above_several(piece, titles, lower, bands)):
                titles.append(_Band(piece.start, piece.end, [piece.text]))
                lower += titles[-1:] if at > leaf else []
            else:
                spanning.append((at, piece))
    return sorted(titles, key=lambda title: title.start), spanning


def _is_above_several(
    piece: LinePiece, titles: Sequence[_Band], lower: Sequence[_Band], bands: Sequence[_Band]
) -> bool:
    """Whether a title that touches no other one stands above several columns, not above its own.

    It has none if those on both sides come from below the line of most titles, or if it is in
    the middle of some of the others and nothing stands below it alone.
    """
    if _between(piece, sorted(lower, key=lambda title: title.start)):
        return True
    own = (band for band in bands if not any(_overlap(band, title) for title in titles))
    middles = ((a.start + b.end) / 2 for a, b in combinations(titles, 2) if a.end <= piece.start)
    in_middle = any(abs(middle - piece.centre) <= _OFF_CENTRE for middle in middles)
    return in_middle and not any(_overlap(band, piece) for band in own)


def _overlap(one: LinePiece | _Band, other: LinePiece | _Band) -> bool:
    return one.start < other.end and other.start < one.end


def _between(piece: LinePiece, titles: Sequence[_Band]) -> bool:
    return any(a.end <= piece.start and piece.end <= b.start for a, b in pairwise(titles))


def _same_column(title: _Band, piece: LinePiece) -> bool:
    return abs((title.start + title.end) / 2 - piece.centre) <= _OFF_CENTRE


def _matched(bands: list[_Band], titles: list[_Band]) -> list[_Band]:
    """Columns and titles from left to right, each title with its column if there is one."""
    best: dict[tuple[int, int], tuple[float, list[_Band]]] = {(0, 0): (0.0, [])}

    def offer(key: tuple[int, int], cost: float, columns: list[_Band]) -> None:
        if key not in best or cost < best[key][0]:
            best[key] = (cost, columns)

    for i in range(len(bands) + 1):
        for j in range(len(titles) + 1):
            if (i, j) not in best:
                continue
            cost, columns = best[i, j]
            if i < len(bands):
                offer((i + 1, j), cost + _COST_OF_A_COLUMN, [*columns, bands[i]])
            if j < len(titles):
                offer((i, j + 1), cost + _COST_OF_A_COLUMN, [*columns, titles[j]])
            if i < len(bands) and j < len(titles):
                title, band = titles[j], bands[i]
                distance = band.distance(LinePiece(title.start, title.end, ""))
                both = _Band(band.start, band.end, title.titles)
                offer((i + 1, j + 1), cost + distance, [*columns, both])
    return best[len(bands), len(titles)][1]


# Rows


def _spanning_rows(
    spanning: list[tuple[int, LinePiece]], columns: list[_Band]
) -> Iterator[tuple[int, list[str]]]:
    """The lines of titles above several columns, each at the first of its columns."""
    for at in sorted({at for at, _ in spanning}):
        cells = [""] * len(columns)
        free = 0
        for _, piece in (each for each in spanning if each[0] == at):
            place, last = _below(piece, columns, free)
            cells[place] += piece.text
            free = last + 1
        yield at, cells


def _below(piece: LinePiece, columns: list[_Band], free: int) -> tuple[int, int]:
    """The first and last of the columns, two or more from a free one on, below a title's middle."""
    spans = [(a, b) for a in range(free, len(columns)) for b in range(a + 1, len(columns))]
    over = [
        (a, b) for a, b in spans if columns[a].start <= piece.start and piece.end <= columns[b].end
    ]

    def off_centre(span: tuple[int, int]) -> float:
        return abs((columns[span[0]].start + columns[span[1]].end) / 2 - piece.centre)

    last = len(columns) - 1
    return min(over or spans or [(min(free, last), last)], key=off_centre)


def _body(
    rows: Sequence[Sequence[LinePiece]], first: int, columns: list[_Band]
) -> list[tuple[int, tuple[str, ...]]]:
    found: list[tuple[int, list[str]]] = []
    full: dict[int, bool] = {}
    lines = [
        BodyLine(at, tuple(row), tuple(_places(row, columns))) for at, row in enumerate(rows, first)
    ]
    for line in with_whole_names(lines):
        row, places = line.texts, line.places
        if (
            found
            and len(row) == 1
            and full.get(places[0])
            and not (row[0].is_amount or is_total_line(row) or BEGINS.match(row[0].text))
        ):
            cells = found[-1][1]
            cells[places[0]] = rejoined([cells[places[0]], row[0].text])
        else:
            cells = [""] * len(columns)
            for piece, place in zip(row, places, strict=True):
                cells[place] = f"{cells[place]} {piece.text}".strip()
            found.append((line.number, cells))
        full = {
            place: piece.end >= columns[place].end and not piece.is_amount
            for piece, place in zip(row, places, strict=True)
        }
    return [(at, tuple(cells)) for at, cells in found]


def _places(row: Sequence[LinePiece], columns: list[_Band]) -> list[int]:
    """The column of each piece, near it and from left to right; no two amounts share one."""
    if not columns:
        return [0] * len(row)
    if _is_count(row) and len(row) == len(columns):
        return [*range(len(row))]
    if is_total_line(row):
        return [0, *_places(row[1:], columns)]
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    """For each column, how far off all pieces so far are if the last one is in it, and where."""
    for at, piece in enumerate(row):
        apart = at > 0 and piece.is_amount and row[at - 1].is_amount
        best = [*_placed(piece, columns, best, apart=apart)]
    return min(best)[1]


def _placed(
    piece: LinePiece, columns: list[_Band], before: list[tuple[float, list[int]]], *, apart: bool
) -> Iterator[tuple[float, list[int]]]:
    """The best ways to place a piece in each column after those before it."""
    for place, column in enumerate(columns):
        ways = [way for way in before if not way[1] or way[1][-1] + apart <= place]
        if ways:
            cost, places = min(ways)
            yield cost + column.distance(piece), [*places, place]
