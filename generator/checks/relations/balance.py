"""Finds income and expenditure that do not balance, in texts and tables of any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded

_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_STATED = late_pattern(
    rf"(?P<side>收入|支出)总计(?:预算)?[为是:]?(?P<number>{_NUMBER})(?![\d.,]*\d)(?P<unit>[千万亿]?元)?"
)
_OTHER_YEAR = late_pattern(r"(上年|去年)[^,。;]{0,8}$")
_SENTENCES = late_pattern(r"[^。]+")
_AMOUNT = late_pattern(_NUMBER)
_COUNTS = frozenset({"行次", "栏次", "序号"})
"""What heads a column of numbers that are no amounts."""
_INCOME, _EXPENDITURE = "收入总计", "支出总计"


class StatedAmount(Struct, frozen=True):
    """An amount as it stands, its unit in 元 where one is said."""

    text: str
    number: Decimal
    unit: Decimal | None = None

    def equals(self, other: StatedAmount) -> bool:
        """Whether two amounts can be the same; a unit that one lacks is that of the other."""
        mine = self.unit or other.unit or Decimal(1)
        theirs = other.unit or mine
        room = (_last_digit(self) * mine + _last_digit(other) * theirs) / 2
        gap = abs(self.number * mine - other.number * theirs)
        return gap == 0 if mine == theirs else gap <= room


def unbalanced_text(text: str) -> Iterator[tuple[StatedAmount, StatedAmount]]:
    """The pairs of 收入总计 and 支出总计 in a text, sentence by sentence, that differ."""
    for sentence in _SENTENCES.findall(folded(text)):
        sides: dict[str, list[StatedAmount]] = {"收入": [], "支出": []}
        for match in _STATED.finditer(sentence):
            if _OTHER_YEAR.search(sentence[: match.start()]):
                continue
            number = Decimal(match["number"].replace(",", ""))
            unit = _UNITS[match["unit"]] if match["unit"] else None
            amount = f"{match['number']}{match['unit'] or ''}"
            sides[match["side"]].append(StatedAmount(amount, number, unit))
        if len(sides["收入"]) == len(sides["支出"]):
            pairs = zip(sides["收入"], sides["支出"], strict=True)
            yield from (pair for pair in pairs if not pair[0].equals(pair[1]))


def unbalanced_table(
    rows: Sequence[Sequence[str]],
) -> Iterator[tuple[int, StatedAmount, StatedAmount]]:
    """The row of 收入总计 and both amounts where those of a table differ.

    Of several amounts beside a label, one that is also beside the other label is enough.
    """
    counts = {c for row in rows for c, cell in enumerate(row) if folded(cell) in _COUNTS}
    found = {
        label: [
            (number, column)
            for number, row in enumerate(rows)
            for column, cell in enumerate(row)
            if folded(cell) == label
        ]
        for label in (_INCOME, _EXPENDITURE)
    }
    for number, column in found[_INCOME]:
        own_row = [each for each in found[_EXPENDITURE] if each[0] == number]
        partners = own_row or found[_EXPENDITURE]
        if len(partners) != 1 or (not own_row and len(found[_INCOME]) > 1):
            continue
        income = _beside(rows[number], column, counts)
        expenditure = _beside(rows[partners[0][0]], partners[0][1], counts)
        balanced = any(mine.equals(yours) for mine in income for yours in expenditure)
        if income and expenditure and not balanced:
            yield number, income[0], expenditure[0]


def _beside(row: Sequence[str], column: int, counts: set[int]) -> list[StatedAmount]:
    """The amounts to the right of a label, up to the next words."""
    found = []
    for at in range(column + 1, len(row)):
        text = folded(row[at])
        if text and not _AMOUNT.fullmatch(text):
            break
        if text and at not in counts:
            found.append(StatedAmount(row[at].strip(), Decimal(text.replace(",", ""))))
    return found


def _last_digit(stated: StatedAmount) -> Decimal:
    exponent = stated.number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
