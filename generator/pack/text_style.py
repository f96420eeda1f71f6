"""How the text of a pack prints money and dates and says changes: what its readers must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct, field

from generator.compute.statements.definition import StatementDefinition
from generator.core.dates import USUAL_DATE
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.model.change_words import USUAL_WORDS, ChangeWords


class TextStyle(Struct, frozen=True):
    """The money, the dates and the words of the text.

    Attributes:
        money: the unit, and how finely amounts are printed.
        words: what is said of more and less.
        coarse: of statements that print less finely than the text, by number, half of their
            last digit in the unit of the text: so far may a sentence be off their cells.
        date: the pattern of dates.
    """

    money: MoneyFormat = TEN_THOUSANDS
    words: ChangeWords = USUAL_WORDS
    coarse: Mapping[str, Decimal] = field(default_factory=dict)
    date: str = USUAL_DATE

    @property
    def unit(self) -> str:
        """The unit of amounts as the text names it: 万元."""
        return self.money.unit.value

    @property
    def half(self) -> Decimal:
        """Half of the last digit that the text prints, in its unit."""
        return self.money.step / 2

    def half_of(self, address: str) -> Decimal:
        """Half of the last digit of the coarser: the text or the table of an address."""
        return max(self.half, self.coarse.get(address.partition("/")[0], Decimal(0)))

    def from_wan(self, amount: Decimal) -> Decimal:
        """An amount of 万元 in the unit of the text, not rounded."""
        return amount * YUAN_PER_WAN / self.money.unit.yuan

    def rounded(self, wan: Decimal) -> Decimal:
        """An amount of 万元 as the text prints it."""
        return self.money.rounded(wan * YUAN_PER_WAN)


USUAL_STYLE = TextStyle()
"""万元 with two decimals, 增加 and 减少."""


def text_style(
    money: MoneyFormat,
    words: ChangeWords,
    statements: Iterable[StatementDefinition],
    date: str,
) -> TextStyle:
    """The style of a text beside the statements of its pack."""
    coarse = {
        statement.number: statement.money.grain / 2 / money.unit.yuan
        for statement in statements
        if statement.money.grain > money.grain
    }
    return TextStyle(money, words, coarse, date)
