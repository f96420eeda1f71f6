"""A comparison as reports show it: differences numbered by part, what is the same left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from generator.compare.difference import (
    FOLDED,
    Comparison,
    Difference,
    DifferenceKind,
    PairedRow,
    PairedText,
    Part,
)
from generator.compare.text.differences import Wording
from generator.core.findings import Severity
from generator.reports.diff.causes import causes_of_differences, change_of
from generator.reports.diff.stretches import Marked, abridged, in_context, of_difference, of_moved
from generator.reports.places import where

_CONTEXT = 1
"""How many rows without differences are shown before and after one that has any."""
_AROUND = 12
"""Characters shown around what differs, in a list."""
_PIECES = 6
"""How many stretches of a paragraph in another order are shown in a list."""
_NOTES = {
    DifferenceKind.MISSING: "草稿里没有",
    DifferenceKind.ADDED: "生成的文本里没有",
    DifferenceKind.MOVED: "顺序或位置不同",
}


@dataclass(frozen=True)
class NumberedDifference:
    """A difference with its number, which is the same in every report."""

    number: int
    part: str
    difference: Difference
    our_place: str
    their_place: str
    marked: Marked
    in_context: bool = False
    """Whether ``marked`` has the words around the difference too."""
    cause: int = 0
    """The number of the difference that most likely brings this one with it, or 0."""
    effects: tuple[int, ...] = ()
    """The numbers of those that this one most likely brings with it."""

    @property
    def folded(self) -> bool:
        """Whether it is only counted unless asked for."""
        return self.difference.kind in FOLDED

    @property
    def where(self) -> str:
        """The place in the document, without the part it is listed under."""
        what, title = self.difference.what, self.part
        if self.in_context:
            return ""
        number = title.split()[0]
        for start in (title, number):
            if what.startswith(start):
                return what.removeprefix(start).strip()
        return what

    @property
    def note(self) -> str:
        """What a class means where the wordings alone do not say it."""
        return _NOTES.get(self.difference.kind, "")

    @property
    def change(self) -> str:
        """By how much a number differs, theirs less ours."""
        change = change_of(self.difference)
        return "" if change is None else f"{change:+,f}"


class SkippedRows(Struct, frozen=True):
    """Rows or paragraphs between those that are shown, the same on both sides."""

    count: int


class DifferentText(Struct, frozen=True):
    """A paragraph that differs."""

    text: PairedText
    items: tuple[NumberedDifference, ...]


class DifferentTable(Struct, frozen=True):
    """A table that differs: its head, and its rows as far as they are worth showing."""

    head: tuple[PairedRow, ...]
    titles: tuple[str, ...]
    rows: tuple[PairedRow | SkippedRows, ...]
    items: tuple[NumberedDifference, ...]


Block = DifferentText | DifferentTable | SkippedRows


@dataclass(frozen=True)
class PartView:
    """A part of the document that differs."""

    title: str
    blocks: tuple[Block, ...]
    own: tuple[NumberedDifference, ...]
    items: tuple[NumberedDifference, ...]

    @cached_property
    def counts(self) -> Counter[DifferenceKind]:
        """How many differences of each class it has."""
        return Counter(item.difference.kind for item in self.items)

    @property
    def open(self) -> bool:
        """Whether any difference counts."""
        return any(not item.folded for item in self.items)

    def first(self, kind: DifferenceKind) -> NumberedDifference:
        """The first difference of a class."""
        return next(item for item in self.items if item.difference.kind is kind)


@dataclass(frozen=True)
class View:
    """What reports show of a comparison."""

    comparison: Comparison
    parts: tuple[PartView, ...]
    same: tuple[str, ...]

    @classmethod
    def of(cls, comparison: Comparison) -> View:
        """Numbers the differences that count in reading order, then those that are folded away."""
        return _Viewing(comparison).view()

    @cached_property
    def items(self) -> tuple[NumberedDifference, ...]:
        """Every difference in reading order."""
        return tuple(item for part in self.parts for item in part.items)

    @cached_property
    def counts(self) -> Counter[DifferenceKind]:
        """How many differences of each class there are."""
        return Counter(item.difference.kind for item in self.items)

    @property
    def kinds(self) -> list[DifferenceKind]:
        """The classes that occur."""
        return [kind for kind in DifferenceKind if self.counts[kind]]

    def weight(self, severity: Severity) -> int:
        """How many differences of a weight there are; those folded away do not count."""
        return sum(i.difference.severity is severity and not i.folded for i in self.items)

    @property
    def total(self) -> int:
        """How many differences count."""
        return sum(not item.folded for item in self.items)


class _Viewing:
    """Builds the view of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._wording = Wording(comparison.years)
        self._targets = Path(comparison.ours), Path(comparison.theirs)
        counted = comparison.differences()
        folded = [
            difference
            for difference in comparison.differences(folded=True)
            if difference.kind in FOLDED
        ]
        self._numbers = {each: n for n, each in enumerate([*counted, *folded], 1)}
        self._contexts = dict(_contexts(comparison, self._wording))
        self._causes = {
            effect: self._numbers[cause] for effect, cause in causes_of_differences(counted).items()
        }
        self._effects: defaultdict[int, list[int]] = defaultdict(list)
        for effect, cause in self._causes.items():
            self._effects[cause].append(self._numbers[effect])

    def view(self) -> View:
        parts = [self._part(part) for part in self._comparison.parts]
        titles = [part.title for part in self._comparison.parts]
        same = [title for title, part in zip(titles, parts, strict=True) if not part.items]
        return View(self._comparison, tuple(part for part in parts if part.items), tuple(same))

    def _part(self, part: Part) -> PartView:
        own = [part.difference] if part.difference else []
        return PartView(
            part.title,
            tuple(self._blocks(part)),
            tuple(self._items(own, part.title)),
            tuple(self._items(part.differences(), part.title)),
        )

    def _items(self, differences: Iterable[Difference], part: str) -> Iterator[NumberedDifference]:
        ours, theirs = self._targets
        for difference in differences:
            context, number = self._contexts.get(difference), self._numbers[difference]
            yield NumberedDifference(
                number,
                part,
                difference,
                where(difference.our_place, ours),
                where(difference.their_place, theirs),
                context or of_difference(difference, self._wording),
                context is not None,
                self._causes.get(difference, 0),
                tuple(sorted(self._effects.get(number, ()))),
            )

    def _blocks(self, part: Part) -> Iterator[Block]:
        for shape, group in groupby(part.content, key=_shape):
            found = list(group)
            if not any(list(each.differences()) for each in found):
                if not shape:
                    yield SkippedRows(len(found))
                continue
            if shape:
                yield self._table([each for each in found if isinstance(each, PairedRow)], part)
                continue
            for same, texts in groupby(found, key=lambda each: not list(each.differences())):
                yield from self._texts(list(texts), part.title, same=same)

    def _texts(
        self, texts: Sequence[PairedText | PairedRow], part: str, *, same: bool
    ) -> Iterator[Block]:
        if same:
            yield SkippedRows(len(texts))
            return
        for text in texts:
            if isinstance(text, PairedText):
                yield DifferentText(text, tuple(self._items(text.differences(), part)))

    def _table(self, rows: Sequence[PairedRow], part: Part) -> DifferentTable:
        head = tuple(row for row in rows if row.head)
        body = [row for row in rows if not row.head]
        differences = (each for row in rows for each in row.differences())
        columns = not head and body and len(body[0].cells) == len(part.columns)
        return DifferentTable(
            head,
            part.columns if columns else (),
            tuple(_collapsed(body)),
            tuple(self._items(differences, part.title)),
        )


def _contexts(comparison: Comparison, wording: Wording) -> Iterator[tuple[Difference, Marked]]:
    """The differences that are a stretch of a paragraph, with the words around."""
    texts = (each for part in comparison.parts for each in part.content)
    for text in texts:
        if not isinstance(text, PairedText):
            continue
        if [each.kind for each in text.found] == [DifferenceKind.MOVED]:
            moved = of_moved(text, wording)
            sides = (abridged(side, _AROUND)[:_PIECES] for side in (moved.ours, moved.theirs))
            yield text.found[0], Marked(*sides)
        elif len(text.pieces) > 1:
            numbers = [number for _, number in text.marked() if number is not None]
            yield from ((text.found[n], in_context(text, n)) for n in numbers)


def _shape(content: PairedText | PairedRow) -> int:
    """What rows of one table have in common: how many cells they have; 0 of paragraphs."""
    return 0 if isinstance(content, PairedText) else len(content.cells)


def _collapsed(rows: Sequence[PairedRow]) -> Iterator[PairedRow | SkippedRows]:
    """The rows with differences and those next to them; the rest counted."""
    different = [n for n, row in enumerate(rows) if any(True for _ in row.differences())]
    shown = {m for n in different for m in range(n - _CONTEXT, n + _CONTEXT + 1)}
    last = len(rows) - 1
    # a single row takes no more room than to say that it is left out
    shown |= {n for n in range(len(rows)) if {max(n - 1, 0), min(n + 1, last)} - {n} <= shown}
    skipped = 0
    for number, row in enumerate(rows):
        if number not in shown:
            skipped += 1
            continue
        if skipped:
            yield SkippedRows(skipped)
            skipped = 0
        yield row
    if skipped:
        yield SkippedRows(skipped)
