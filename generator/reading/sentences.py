"""Aligns the sentences of a draft with those its own data prints: numbers get addresses.

Sentences are cut into clauses at punctuation; the clauses of both texts are aligned by likeness,
then the characters within each pair of clauses. A number stands where its partner stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from generator.core.likeness import likeness
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.drafts.words.units import UNIT, Unit, unit_of
from generator.reading.document import Mention, Passage

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_NUMBER = late_pattern(NUMBER)
_MEASURED = late_pattern(rf"(?:{NUMBER})(?P<unit>{UNIT})?")
_BREAK = late_pattern(r"[;。:,\n]|(?<=[\d百千万亿]元)、")
_MARKS = late_pattern(r"[,;:。.、\n\"'()]")
_LEAST_LIKENESS = 0.6
"""Below it (of 100) two clauses are not the same sentence in other words."""
_SHORT = 5
"""A clause with fewer characters besides its numbers (占5%, 其中) belongs to the one before."""
_LIST_ITEMS = 3
_NUMBER_MARK = 0xE000  # private use: no text has it


class FoldedText(Struct, frozen=True):
    """Paragraphs in one folded text; ``origins`` leads from each character back to them."""

    passages: tuple[Passage, ...]
    text: str
    origins: tuple[tuple[int, int], ...]

    def origin(self, at: int) -> tuple[Passage, int]:
        """The passage of a character, and where it stands there."""
        index, offset = self.origins[min(at, len(self.origins) - 1)]
        return self.passages[index], offset

    def paragraph(self, at: int) -> int:
        """Which of the passages holds a character."""
        return self.origins[min(at, len(self.origins) - 1)][0]

    def words(self, start: int, end: int) -> str:
        """A part of the text as it was written."""
        pieces = []
        for index, passage in enumerate(self.passages):
            offsets = [at for each, at in self.origins[start:end] if each == index]
            if offsets:
                pieces.append(passage.text[offsets[0] : offsets[-1] + 1])
        return "".join(pieces).strip()


class Number(Struct, frozen=True):
    """A number in a folded text."""

    start: int
    end: int
    text: str
    unit: Unit | None = None
    """The unit of money that follows it."""

    @property
    def value(self) -> Decimal:
        """Its value, whatever separators it is written with."""
        return Decimal(self.text.replace(",", ""))

    @property
    def amount(self) -> tuple[Decimal, bool]:
        """What two numbers have in common that state the same: the value, in 元 for money."""
        return self.value * (self.unit.yuan if self.unit else 1), self.unit is not None


class Clause(Struct, frozen=True):
    """What stands between two marks of punctuation, the closing one included."""

    text: str
    start: int
    numbers: tuple[Number, ...]

    @property
    def end(self) -> int:
        """Where the next clause begins."""
        return self.start + len(self.text)

    @property
    def items(self) -> frozenset[str]:
        """The names of a list without numbers, ``A、B、C等``; empty for any other clause."""
        names = re.sub(r"等?[;。:,\n]*$", "", self.text).split("、")
        is_list = not self.numbers and len(names) >= _LIST_ITEMS
        return frozenset(filter(None, names)) if is_list else frozenset()

    @property
    def skeleton(self) -> str:
        """What the likeness of clauses is measured on: any number is like any other."""
        return _skeleton(self.text, self.items)

    @property
    def bare(self) -> str:
        """Its words without numbers and marks: a name for it that survives new figures."""
        return _MARKS.sub("", _NUMBER.sub("", self.text))

    def joined(self, other: Clause) -> Clause:
        """This clause and the following one as one."""
        return Clause(self.text + other.text, self.start, self.numbers + other.numbers)


class ClausePair(Struct, frozen=True):
    """A clause of the draft with the clause it says the same as; partners are numbers of both."""

    draft: Clause
    expected: Clause
    partners: tuple[tuple[Number, Number], ...]


class Gap(Struct, frozen=True):
    """Clauses between two pairs that have no partner, on either side or on both."""

    draft: tuple[Clause, ...]
    expected: tuple[Clause, ...]


class Alignment(Struct, frozen=True):
    """A section of the draft against the section its own data prints."""

    draft: FoldedText
    expected: FoldedText
    pairs: tuple[ClausePair, ...]
    gaps: tuple[Gap, ...]

    def addressed(self) -> Iterator[tuple[Number, Number, str]]:
        """The numbers of the draft with their partners and the address of these."""
        for pair in self.pairs:
            for ours, theirs in pair.partners:
                mention = self.mention(theirs)
                if mention is not None:
                    yield ours, theirs, mention.address

    def mention(self, number: Number) -> Mention | None:
        """The figure that a number of the expected text is."""
        passage, at = self.expected.origin(number.start)
        return next((each for each in passage.mentions if each.start <= at < each.end), None)


def fold(passages: Iterable[Passage]) -> FoldedText:
    """Paragraphs as one folded text, a line break after each."""
    kept = tuple(passages)
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    for index, passage in enumerate(kept):
        for at, character in enumerate(passage.text):
            for each in _folded_character(character):
                characters.append(each)
                origins.append((index, at))
        characters.append("\n")
        origins.append((index, len(passage.text)))
    return FoldedText(kept, "".join(characters), tuple(origins))


@memo()
def _folded_character(character: str) -> str:
    return folded(character)


def numbers_in(text: str, start: int = 0) -> list[Number]:
    """Every number of a text; ``start`` is where the text itself begins."""
    found = []
    for match in _MEASURED.finditer(text):
        words = match["unit"] or ""
        first, last = start + match.start(), start + match.end() - len(words)
        number = match[0].removesuffix(words)
        found.append(Number(first, last, number, unit_of(words) if words else None))
    return found


@memo(4096)
def _skeleton(text: str, items: frozenset[str]) -> str:
    if items:
        return "、".join(sorted(items))
    return _MARKS.sub("", _NUMBER.sub(chr(_NUMBER_MARK), text))


def clauses(text: str) -> list[Clause]:
    """Cuts a folded text at its punctuation; short clauses stay with the one before."""
    numbers = numbers_in(text)
    inside = {at for number in numbers for at in range(number.start, number.end)}
    ends = [m.end() for m in _BREAK.finditer(text) if m.start() not in inside]
    found: list[Clause] = []
    start = 0
    for end in ends:
        within = tuple(each for each in numbers if start <= each.start < end)
        clause = Clause(text[start:end], start, within)
        start = end
        if found and found[-1].text[-1] in ",:" and len(clause.bare) < _SHORT:
            found[-1] = found[-1].joined(clause)
        elif clause.skeleton:
            found.append(clause)
    return found


def align_passages(draft: Iterable[Passage], expected: Iterable[Passage]) -> Alignment:
    """Aligns a section of a draft with what its own data prints."""
    return _aligned(tuple(draft), tuple(expected))


@memo(64)
def _aligned(draft: tuple[Passage, ...], expected: tuple[Passage, ...]) -> Alignment:
    """Several rules ask for the same sections."""
    ours, theirs = fold(draft), fold(expected)
    pairs, gaps = _paired(clauses(ours.text), clauses(theirs.text))
    return Alignment(ours, theirs, tuple(pairs), tuple(gaps))


_MOVES = ((1, 1), (1, 2), (2, 1))
"""How many clauses of each side are one pair: a comma more or less changes nothing."""


def _paired(ours: Sequence[Clause], theirs: Sequence[Clause]) -> tuple[list[ClausePair], list[Gap]]:
    """The alignment of clauses with the greatest likeness altogether."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for i in range(len(ours), -1, -1):
        for j in range(len(theirs), -1, -1):
            best[i, j] = max(_steps(ours, theirs, i, j, best), default=(0.0, 0, 0))
    pairs: list[ClausePair] = []
    gaps: list[Gap] = []
    left: list[Clause] = []
    right: list[Clause] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        _, down, across = best[i, j]
        if down and across:
            gaps += [Gap(tuple(left), tuple(right))] if left or right else []
            left, right = [], []
            pairs.append(_pair(_whole(ours[i : i + down]), _whole(theirs[j : j + across])))
        else:
            left += ours[i : i + down]
            right += theirs[j : j + across]
        i, j = i + down, j + across
    gaps += [Gap(tuple(left), tuple(right))] if left or right else []
    return pairs, gaps


def _steps(
    ours: Sequence[Clause],
    theirs: Sequence[Clause],
    i: int,
    j: int,
    best: dict[tuple[int, int], tuple[float, int, int]],
) -> Iterator[tuple[float, int, int]]:
    """What can be done at a place: leave a clause out on either side, or pair some."""
    if i < len(ours):
        yield best[i + 1, j][0], 1, 0
    if j < len(theirs):
        yield best[i, j + 1][0], 0, 1
    for down, across in _MOVES:
        if i + down <= len(ours) and j + across <= len(theirs):
            gain = _likeness(_whole(ours[i : i + down]), _whole(theirs[j : j + across]))
            if gain:
                # two pairs are better than one of joined clauses, where both fit
                loss = 0.1 if down + across > len(_MOVES[0]) else 0.0
                yield best[i + down, j + across][0] + gain - loss, down, across


def _whole(parts: Sequence[Clause]) -> Clause:
    return parts[0] if len(parts) == 1 else parts[0].joined(parts[1])


def _likeness(ours: Clause, theirs: Clause) -> float:
    """How alike two clauses are, 0 if too little; the same numbers and length count for it."""
    alike = likeness(ours.skeleton, theirs.skeleton, least=_LEAST_LIKENESS)
    if not alike or bool(ours.numbers) != bool(theirs.numbers):
        return 0.0
    same = {number.amount for number in ours.numbers} & {number.amount for number in theirs.numbers}
    length = min(len(theirs.skeleton), 20) / 20
    return alike * (0.5 + length / 2) + 0.05 * len(same)


def _pair(ours: Clause, theirs: Clause) -> ClausePair:
    """Pairs the numbers of two clauses, character by character; equal values attract each other."""
    amounts = {n.amount: None for n in (*ours.numbers, *theirs.numbers)}
    marks = {amount: chr(_NUMBER_MARK + 1 + at) for at, amount in enumerate(amounts)}
    one, two = _marked(ours, marks), _marked(theirs, marks)
    left, right = iter(ours.numbers), iter(theirs.numbers)
    mine = {at: next(left) for at, character in enumerate(one) if _is_mark(character)}
    yours = {at: next(right) for at, character in enumerate(two) if _is_mark(character)}
    partners = [
        (mine[a], yours[b])
        for a, b in _opposite(one, two)
        if a in mine and b in yours and _agrees(one, two, a, b)
    ]
    return ClausePair(ours, theirs, tuple(partners))


def _marked(clause: Clause, marks: Mapping[tuple[Decimal, bool], str]) -> str:
    """A clause with a mark for each amount, whatever unit it stands in."""
    numbers = iter(clause.numbers)
    return _MEASURED.sub(
        lambda match: marks[next(numbers).amount] + ("元" if match["unit"] else ""), clause.text
    )


def _is_mark(character: str) -> bool:
    return _NUMBER_MARK <= ord(character) < _NUMBER_MARK + 0x1800


def _opposite(one: str, two: str) -> Iterator[tuple[int, int]]:
    """Which characters of two texts stand opposite each other."""
    for code in Levenshtein.opcodes(one, two):
        if code.tag in ("equal", "replace"):
            yield from zip(
                range(code.src_start, code.src_end),
                range(code.dest_start, code.dest_end),
                strict=True,
            )


def _agrees(one: str, two: str, a: int, b: int) -> bool:
    """Whether what follows a number is the same on both sides: 元, %, 个 …"""
    after = one[a + 1 : a + 2], two[b + 1 : b + 2]
    return after[0] == after[1] or all(_MARKS.fullmatch(each or "\n") for each in after)
