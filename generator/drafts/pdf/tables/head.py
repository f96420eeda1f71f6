"""The head of a table without rules: its columns, and which of them each heading spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from generator.drafts.pdf.page.words import PlacedText, Word, text_of_words

Span = tuple[float, float]

_ROUGHLY = 4.0


class ColumnHead(PlacedText, frozen=True):
    """A cell of the head: its text, where that stands, and where the head ends below."""

    end: float

    @property
    def begins(self) -> float:
        """Where its cell begins above, if it reaches down to the end of the head."""
        return 2 * self.level - self.end


def headings(words: Iterable[Word], leading: float, end: float) -> list[ColumnHead]:
    """The cells of a head: words above each other, no farther apart than lines of a cell."""
    cells: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top):
        cell = next((each for each in cells if _is_next_line(each[-1], word, leading)), None)
        if cell is None:
            cells.append([word])
        else:
            cell.append(word)
    return [
        ColumnHead(
            text_of_words(cell),
            min(word.x0 for word in cell),
            max(word.x1 for word in cell),
            cell[0].top,
            cell[-1].bottom,
            end,
        )
        for cell in cells
    ]


def _is_next_line(above: Word, word: Word, leading: float) -> bool:
    """Whether a word goes on below another: lines of one heading are set about one middle."""
    near = above.level < word.top and word.top - above.bottom <= leading
    return near and abs(above.middle - word.middle) < word.size


def lowest_headings(cells: Sequence[ColumnHead], body: Sequence[Span]) -> list[ColumnHead]:
    """The headings that stand right above the body, each over a column.

    Headings stand in the middle of their cells: one whose cell would begin above
    the head, were it to reach down to its end, spans others that stand below it.
    """
    padding = cells[0].end - max(cell.bottom for cell in cells)
    top = min(cell.top for cell in cells) - padding - _ROUGHLY
    lowest = [
        cell
        for cell in cells
        if cell.begins > top and not any(_is_above(cell, other, body) for other in cells)
    ]
    return [
        cell
        for cell in lowest
        if any(_overlap((cell.x0, cell.x1), span) for span in body)
        or not _stands_between(cell, lowest)
    ]


def _is_above(cell: ColumnHead, other: ColumnHead, body: Sequence[Span]) -> bool:
    """Whether another heading stands below one, over the same words."""
    ours, theirs = (cell.x0, cell.x1), (other.x0, other.x1)
    over_same = any(_overlap(ours, span) and _overlap(theirs, span) for span in body)
    lower = other.top > cell.level and other.level > cell.bottom
    return lower and (over_same or _overlap(ours, theirs))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _stands_between(cell: ColumnHead, others: Sequence[ColumnHead]) -> bool:
    """Whether the headings on both sides begin below it: then it spans their columns."""
    left = max((other for other in others if other.x1 <= cell.x0), key=_right, default=None)
    right = min((other for other in others if other.x0 >= cell.x1), key=_left, default=None)
    return all(each is not None and each.begins > cell.level for each in (left, right))


def _left(cell: ColumnHead) -> float:
    return cell.x0


def _right(cell: ColumnHead) -> float:
    return cell.x1


def column_spans(spans_of_body: Sequence[Span], lowest: Sequence[ColumnHead]) -> list[Span]:
    """What the columns cover from left to right: their words, and their headings.

    Where a column is wide its amounts, on the right, stand clear of its heading, and
    so do names, on the left: such a heading is that of the column beside it without one.
    """
    over = [(cell.x0, cell.x1) for cell in lowest]
    found = united([*spans_of_body, *over])
    for at in range(len(found) - 1, 0, -1):
        pair = found[at - 1], found[at]
        in_body = [any(_overlap(span, each) for each in spans_of_body) for span in pair]
        headed = [any(_overlap(span, each) for each in over) for span in pair]
        if in_body != headed and sorted(in_body) == sorted(headed) == [False, True]:
            found[at - 1 : at + 1] = [(pair[0][0], pair[1][1])]
    return found


def united(covered: Iterable[Span]) -> list[Span]:
    """Spans, those that overlap made one."""
    found: list[Span] = []
    for x0, x1 in sorted(covered):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def column_at(found: Sequence[Span], cell: ColumnHead | Word) -> int:
    """The column that something stands in."""
    return min(range(len(found)), key=lambda n: _distance(found[n], cell))


def _distance(span: Span, cell: ColumnHead | Word) -> tuple[float, float]:
    outside = max(span[0] - cell.middle, cell.middle - span[1], 0.0)
    return outside, abs((span[0] + span[1]) / 2 - cell.middle)


def head_rows(
    cells: Sequence[ColumnHead], lowest: Sequence[ColumnHead], found: Sequence[Span]
) -> list[dict[int, str]]:
    """The rows of a head: text by column, in the first row and column that a heading spans."""
    upper = [cell for cell in cells if cell not in lowest]
    leaf_of = {column_at(found, leaf): leaf for leaf in lowest}
    spanned = _spanned(upper, leaf_of, found)
    placed: list[tuple[int, int, str]] = []
    for cell in cells:
        reach = spanned.get(cell) or range(column_at(found, cell), column_at(found, cell) + 1)
        above = [
            other
            for other, columns in spanned.items()
            if other is not cell
            and other.bottom <= cell.level
            and other.level < cell.level - 1
            and set(columns) & set(reach)
        ]
        placed.append((len(_steps(above)), reach[0], cell.text))
    rows: list[dict[int, str]] = [{} for _ in range(max(row for row, _, _ in placed) + 1)]
    for row, column, text in placed:
        rows[row][column] = rows[row].get(column, "") + text
    return rows


def _steps(above: Iterable[ColumnHead]) -> list[float]:
    """How many rows headings make that stand above another."""
    found: list[float] = []
    for cell in sorted(above, key=lambda cell: cell.level):
        if not found or cell.level - found[-1] > (cell.bottom - cell.top) / 2:
            found.append(cell.level)
    return found


def _spanned(
    upper: Sequence[ColumnHead], leaf_of: dict[int, ColumnHead], found: Sequence[Span]
) -> dict[ColumnHead, range]:
    """The columns that each upper heading spans."""
    result: dict[ColumnHead, range] = {}
    for level in _levels(upper):
        height = max(cell.level for cell in level)
        open_columns = [n for n, leaf in sorted(leaf_of.items()) if leaf.begins > height]
        for run in _runs(open_columns):
            over = [cell for cell in level if column_at(found, cell) in run]
            result |= dict(zip(over, _shared_out(run, over, found), strict=False))
    return result


def _levels(upper: Sequence[ColumnHead]) -> list[list[ColumnHead]]:
    levels: list[list[ColumnHead]] = []
    for cell in sorted(upper, key=lambda cell: cell.level):
        if levels and cell.level - levels[-1][-1].level < (cell.bottom - cell.top) / 2:
            levels[-1].append(cell)
        else:
            levels.append([cell])
    return [sorted(level, key=_left) for level in levels]


def _runs(numbers: Sequence[int]) -> list[range]:
    runs: list[range] = []
    for number in numbers:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return runs


def _shared_out(run: range, over: Sequence[ColumnHead], found: Sequence[Span]) -> list[range]:
    """Shares columns out between headings, each nearest to its middle; ``[]`` if too few."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {run.start: (0.0, ())}
    for number, cell in enumerate(over, 1):
        last = number == len(over)
        ends = (run.stop,) if last else range(run.start + number, run.stop)
        best = {
            end: min(
                (cost + abs(_middle(range(start, end), found) - cell.middle), (*starts, start))
                for start, (cost, starts) in best.items()
                if start < end
            )
            for end in ends
            if any(start < end for start in best)
        }
    _, starts = best.get(run.stop, (0.0, ()))
    return [range(*pair) for pair in pairwise((*starts, run.stop))] if starts else []


def _middle(columns: range, found: Sequence[Span]) -> float:
    left, right = columns[0], columns[-1]
    x0 = (found[left - 1][1] + found[left][0]) / 2 if left else found[left][0]
    last = right + 1 == len(found)
    x1 = found[right][1] if last else (found[right][1] + found[right + 1][0]) / 2
    return (x0 + x1) / 2
