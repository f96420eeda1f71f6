"""The project expenditure of the year, as the table of projects prints it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from generator.checks.text.text_figures import printed_amount
from generator.pack.checks.key_figures import Places
from generator.reading.document import Amount, ReadDocument


class AmountOfTheYear(Struct, frozen=True):
    """An amount in the unit of the text, and how far a sentence may be off it by rounding."""

    amount: Decimal
    slack: Decimal


def projects_of_the_year(
    document: ReadDocument, places: Places, total: str
) -> AmountOfTheYear | None:
    """The project expenditure of the year as printed; ``None`` if it was not read.

    What is carried over is taken off: each of the printed amounts is rounded by itself.
    """
    row, _, _ = total.rpartition("/")
    style = document.style
    carried = [_amount(document, f"{row}/{column}") for column in places.carried_columns]
    whole = printed_amount(document, total)
    known = [amount for amount in carried if amount is not None]
    if whole is None or len(known) < len(carried):
        return None
    counted = [amount for amount in known if amount.value]
    if not counted:
        return AmountOfTheYear(whole, style.coarse.get(total.partition("/")[0], Decimal(0)))
    cells = [cell for cell in (_amount(document, total), *counted) if cell is not None]
    left = cells[0].value - sum((cell.value for cell in counted), Decimal(0))
    slack = sum((cell.half_step for cell in cells if not cell.exact), Decimal(0))
    return AmountOfTheYear(style.from_wan(left), style.from_wan(slack) + style.half)


def _amount(document: ReadDocument, address: str) -> Amount | None:
    """The amount of a cell, nothing in a table without data; ``None`` if it is unknown."""
    cell = document.cells.get(address)
    if cell is not None:
        return cell.amount
    table = document.tables.get(address.partition("/")[0])
    return Amount(Decimal(0), "", exact=True) if table is not None and table.no_data else None
