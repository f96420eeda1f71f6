"""How two texts differ: amounts as amounts, words one by one, mere looks apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from msgspec import Struct

from generator.compare.difference import DifferenceKind, TextPiece
from generator.core.memo import memo
from generator.core.numbers.rounding import plain_number
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amounts import PLAIN, Notation, read_amount
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import PRESCRIBED, UNIT, Unit, unit_of

_TOKEN = late_pattern(r"\d+(?:,\d{3})*(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_NUMBER = late_pattern(r"\d[\d,]*(?:\.\d+)?%?")
_QUOTES = str.maketrans("“”‘’＂＇〔〕【】", "\"\"''\"'[][]")
_SENTENCES = late_pattern(r"[^。；！？\n]+[。；！？\n]*|[。；！？\n]+")
_SENTENCE = late_pattern(r"[^。;!?]{5,}[。;!?]|[。;!?][^。;!?]{5,}")
"""A whole sentence, in a text as it is compared; a full stop may be that of its neighbour."""
_MAGNITUDES = frozenset("万亿千百%‰")
_IN_TEXT = late_pattern(rf"(?P<number>{PLAIN})(?P<unit>{UNIT})(?![/每])")
_MEASURED = late_pattern(rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:%|{UNIT})?|[A-Za-z]+|\s+|.", re.DOTALL)
_YEAR = late_pattern(r"(?<!\d)20\d{2}(?!\d)")


def looks(text: str) -> str:
    """A text without what only concerns its looks: spaces, width of characters, quotes."""
    return squeezed(text).translate(_QUOTES)


Units = tuple[Unit, Unit]
"""The units of money of two cells, ours and theirs."""
_DUE: Units = (PRESCRIBED, PRESCRIBED)


def amount(text: str, unit: Unit = PRESCRIBED) -> Decimal | None:
    """The number a cell states, in the unit of its column; ``None`` for words.

    An empty cell is zero. A number that is only guessed, and one in brackets, is none.
    """
    found = read_amount(text)
    if found.notation is Notation.NOTHING:
        return Decimal(0)
    words = looks(text)
    if found.value is None or words.startswith("(") or not _NUMBER.search(words):
        return None
    return found.value if found.unit is None else found.value * found.unit.yuan / unit.yuan


def same_amount(ours: str, theirs: str, units: Units = _DUE) -> bool:
    """Whether two cells state the same amount: in two units, the same to the coarser step."""
    (mine, yours), (unit, other) = map(amount, (ours, theirs), units), units
    if mine is None or yours is None:
        return False
    difference = abs(mine * unit.yuan - yours * other.yuan)
    if unit is other:
        return not difference
    coarser = max(read_amount(ours).step_in_yuan(unit), read_amount(theirs).step_in_yuan(other))
    return difference <= coarser / 2


def is_meant(text: str) -> bool:
    """Whether a text is meant for an amount, however it is written."""
    return read_amount(text).notation in (Notation.PLAIN, Notation.ODD)


class Wording(Struct, frozen=True):
    """How the words of two sides are held against each other.

    ``years`` are the budget years of both sides where one year is compared with another: then
    the year, and the years around it, are the same word on both sides, and other amounts are
    what another year brings with it.
    """

    years: tuple[int, int] | None = None

    def keys(self, ours: Iterable[str], theirs: Iterable[str]) -> tuple[list[str], list[str]]:
        """The texts of both sides as they are compared."""
        mine, yours = self.years or (0, 0)
        return [_plain(text, mine) for text in ours], [_plain(text, yours) for text in theirs]

    def same(self, ours: str, theirs: str) -> bool:
        """Whether two texts differ at most in looks."""
        (mine,), (yours,) = self.keys([ours], [theirs])
        return mine == yours

    def cell_kind(self, ours: str, theirs: str, units: Units = _DUE) -> DifferenceKind | None:
        """The class of difference between two cells; ``None`` if they are the same."""
        one_unit = units[0] is units[1]
        if ours == theirs and (one_unit or not amount(ours)):
            return None
        meant = is_meant(ours) and is_meant(theirs)
        # a number with a blank in it states none for certain
        one_unsure = meant and (amount(ours) is None) != (amount(theirs) is None)
        looks_same = (one_unit or amount(ours) is None) and self.same(ours, theirs)
        if same_amount(ours, theirs, units) or (looks_same and not one_unsure):
            return self._looks_kind(ours, theirs)
        numbers = amount(ours) is not None and amount(theirs) is not None
        if numbers or meant or self._other_number(ours, theirs):
            return self._amount_kind
        return DifferenceKind.TEXT

    def pieces(self, ours: str, theirs: str) -> tuple[TextPiece, ...]:
        """Both texts cut into what is the same and what differs, whole numbers kept whole."""
        cuts: list[TextPiece] = []
        # the same sentences first, then those that say the same with other numbers
        for piece in self._cut(_SENTENCES.findall(ours), _SENTENCES.findall(theirs)):
            if self.same(piece.ours, piece.theirs):
                cuts.append(piece)
                continue
            for mine, yours in self._stretches(piece):
                token = _TOKEN if _units_in(mine) == _units_in(yours) else _MEASURED
                cuts += self._cut(token.findall(mine), token.findall(yours))
        return tuple(self._joined(cuts))

    def _stretches(self, piece: TextPiece) -> Iterator[tuple[str, str]]:
        """A stretch cut into sentences that differ in numbers alone, and what is between."""
        ours, theirs = _SENTENCES.findall(piece.ours), _SENTENCES.findall(piece.theirs)
        keys = self.keys(map(_without_numbers, ours), map(_without_numbers, theirs))
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            if tag == "equal":
                yield from zip(ours[a:b], theirs[c:d], strict=True)
            else:
                yield "".join(ours[a:b]), "".join(theirs[c:d])

    def _cut(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[TextPiece]:
        """Both texts where their parts agree and where not."""
        matcher = SequenceMatcher(None, *self.keys(ours, theirs), autojunk=False)
        for _, a, b, c, d in matcher.get_opcodes():
            yield TextPiece("".join(ours[a:b]), "".join(theirs[c:d]))

    def piece_kind(self, piece: TextPiece) -> DifferenceKind | None:
        """The class of difference in a stretch of text."""
        if piece.same:
            return None
        if self.same(piece.ours, piece.theirs) or (
            is_meant(piece.ours) and same_amount(piece.ours, piece.theirs)
        ):
            return self._looks_kind(piece.ours, piece.theirs)
        mine, yours = self.keys([piece.ours], [piece.theirs])
        lone = not (piece.ours and piece.theirs)
        if lone and _SENTENCE.search(mine[0] or yours[0]):
            return DifferenceKind.MISSING if piece.ours else DifferenceKind.ADDED
        if _is_magnitude(mine[0] + yours[0]):
            return DifferenceKind.AMOUNT
        numbers = [_NUMBER.findall(text[0]) for text in (mine, yours)]
        return self._amount_kind if numbers[0] != numbers[1] else DifferenceKind.TEXT

    @property
    def _amount_kind(self) -> DifferenceKind:
        return DifferenceKind.YEAR if self.years else DifferenceKind.AMOUNT

    def _other_number(self, ours: str, theirs: str) -> bool:
        """Whether the same words stand around other numbers: 500元/人 and 600元/人."""
        (mine,), (yours,) = self.keys([ours], [theirs])
        return mine != yours and _NUMBER.sub("0", mine) == _NUMBER.sub("0", yours)

    def _looks_kind(self, ours: str, theirs: str) -> DifferenceKind:
        """What it is that makes two texts different that say the same: looks, or the year."""
        same = amount(ours) is not None or _plain(ours, 0) == _plain(theirs, 0)
        return DifferenceKind.FORMAT if same else DifferenceKind.YEAR

    def _joined(self, found: Iterable[TextPiece]) -> Iterator[TextPiece]:
        """Runs of equal stretches, and of differing ones, as one stretch each."""
        last: TextPiece | None = None
        for piece in found:
            if last is not None and self._alike(last) == self._alike(piece):
                last = TextPiece(last.ours + piece.ours, last.theirs + piece.theirs)
                continue
            if last is not None:
                yield last
            last = piece
        if last is not None:
            yield last

    def _alike(self, piece: TextPiece) -> bool:
        return self.same(piece.ours, piece.theirs)


def _units_in(text: str) -> list[str]:
    """The units of money in a text, in order."""
    return [match["unit"] for match in _IN_TEXT.finditer(looks(text))]


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("0", text)


def _is_magnitude(words: str) -> bool:
    """Whether words only say how large a number is, as 万元 and 元 do."""
    return bool(_MAGNITUDES & set(words)) and set(words) <= {*_MAGNITUDES, "元"}


def _in_prescribed_unit(match: re.Match[str]) -> str:
    """An amount of a text in 万元: in which unit it stands is looks."""
    unit = unit_of(match["unit"])
    wan = Decimal(match["number"].replace(",", "")) * unit.yuan / PRESCRIBED.yuan
    return f"{plain_number(wan)}{PRESCRIBED.words}"


@memo(5000)
def _plain(text: str, year: int) -> str:
    """A text as it is compared: looks and thousands separators apart, years told from this one.

    Remembered: most of what one side says, the other says too.
    """
    words = _IN_TEXT.sub(_in_prescribed_unit, looks(text))
    words = re.sub(r"(?<=\d),(?=\d{3})", "", words)
    if not year:
        return words
    return _YEAR.sub(lambda match: f"〔{int(match[0]) - year:+d}〕", words)
