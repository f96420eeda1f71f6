"""How two texts differ: amounts as amounts, words one by one, mere looks apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from generator.compare.difference import Kind, Piece
from generator.drafts.wording import squeezed

_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_QUOTES = str.maketrans("“”‘’＂＇〔〕【】", "\"\"''\"'[][]")
_NOTHING = frozenset({"", "-", "—", "——"})
_SENTENCES = re.compile(r"[^。；！？\n]+[。；！？\n]*|[。；！？\n]+")
_SENTENCE = re.compile(r"[^。;!?]{5,}[。;!?]|[。;!?][^。;!?]{5,}")
"""A whole sentence, in a text as it is compared; a full stop may be that of its neighbour."""
_MAGNITUDES = frozenset("万亿千百%‰")
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")


def looks(text: str) -> str:
    """A text without what only concerns its looks: spaces, width of characters, quotes."""
    return squeezed(text).translate(_QUOTES)


def amount(text: str) -> Decimal | None:
    """The number a cell holds, an empty cell being zero; ``None`` for words."""
    plain = looks(text)
    if plain in _NOTHING:
        return Decimal(0)
    return Decimal(plain.replace(",", "")) if _AMOUNT.fullmatch(plain) else None


@dataclass(frozen=True, slots=True)
class Wording:
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

    def cell_kind(self, ours: str, theirs: str) -> Kind | None:
        """The class of difference between two cells; ``None`` where they are the same."""
        if ours == theirs:
            return None
        mine, yours = amount(ours), amount(theirs)
        if self.same(ours, theirs) or (mine is not None and mine == yours):
            return self._looks_kind(ours, theirs)
        numbers = mine is not None and yours is not None
        return self._amount_kind if numbers or self._other_number(ours, theirs) else Kind.TEXT

    def pieces(self, ours: str, theirs: str) -> tuple[Piece, ...]:
        """Both texts cut into what is the same and what differs, whole numbers kept whole."""
        cuts: list[Piece] = []
        # the same sentences first, then those that say the same with other numbers
        for piece in self._cut(_SENTENCES.findall(ours), _SENTENCES.findall(theirs)):
            if self.same(piece.ours, piece.theirs):
                cuts.append(piece)
                continue
            for mine, yours in self._stretches(piece):
                cuts += self._cut(_TOKEN.findall(mine), _TOKEN.findall(yours))
        return tuple(self._joined(cuts))

    def _stretches(self, piece: Piece) -> Iterator[tuple[str, str]]:
        """A stretch cut into sentences that differ in numbers alone, and what is between."""
        ours, theirs = _SENTENCES.findall(piece.ours), _SENTENCES.findall(piece.theirs)
        keys = self.keys(map(_without_numbers, ours), map(_without_numbers, theirs))
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            if tag == "equal":
                yield from zip(ours[a:b], theirs[c:d], strict=True)
            else:
                yield "".join(ours[a:b]), "".join(theirs[c:d])

    def _cut(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Piece]:
        """Both texts where their parts agree and where not."""
        matcher = SequenceMatcher(None, *self.keys(ours, theirs), autojunk=False)
        for _, a, b, c, d in matcher.get_opcodes():
            yield Piece("".join(ours[a:b]), "".join(theirs[c:d]))

    def piece_kind(self, piece: Piece) -> Kind | None:
        """The class of difference in a stretch of text."""
        if piece.same:
            return None
        if self.same(piece.ours, piece.theirs):
            return self._looks_kind(piece.ours, piece.theirs)
        mine, yours = self.keys([piece.ours], [piece.theirs])
        lone = not (piece.ours and piece.theirs)
        if lone and _SENTENCE.search(mine[0] or yours[0]):
            return Kind.MISSING if piece.ours else Kind.ADDED
        if _is_magnitude(mine[0] + yours[0]):
            return Kind.AMOUNT
        numbers = [_NUMBER.findall(text[0]) for text in (mine, yours)]
        return self._amount_kind if numbers[0] != numbers[1] else Kind.TEXT

    @property
    def _amount_kind(self) -> Kind:
        return Kind.YEAR if self.years else Kind.AMOUNT

    def _other_number(self, ours: str, theirs: str) -> bool:
        """Whether the same words stand around other numbers: 500元/人 and 600元/人."""
        (mine,), (yours,) = self.keys([ours], [theirs])
        return mine != yours and _NUMBER.sub("0", mine) == _NUMBER.sub("0", yours)

    def _looks_kind(self, ours: str, theirs: str) -> Kind:
        """What it is that makes two texts different that say the same: looks, or the year."""
        same = amount(ours) is not None or _plain(ours, 0) == _plain(theirs, 0)
        return Kind.FORMAT if same else Kind.YEAR

    def _joined(self, found: Iterable[Piece]) -> Iterator[Piece]:
        """Runs of equal stretches, and of differing ones, as one stretch each."""
        last: Piece | None = None
        for piece in found:
            if last is not None and self._alike(last) == self._alike(piece):
                last = Piece(last.ours + piece.ours, last.theirs + piece.theirs)
                continue
            if last is not None:
                yield last
            last = piece
        if last is not None:
            yield last

    def _alike(self, piece: Piece) -> bool:
        return self.same(piece.ours, piece.theirs)


def _without_numbers(text: str) -> str:
    return _NUMBER.sub("0", text)


def _is_magnitude(words: str) -> bool:
    """Whether words only say how large a number is, as 万元 and 元 do."""
    return bool(_MAGNITUDES & set(words)) and set(words) <= {*_MAGNITUDES, "元"}


def _plain(text: str, year: int) -> str:
    """A text as it is compared: looks and thousands separators apart, years told from this one."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", looks(text))
    if not year:
        return plain
    return _YEAR.sub(lambda match: f"〔{int(match[0]) - year:+d}〕", plain)
