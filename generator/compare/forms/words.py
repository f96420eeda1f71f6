"""Compares the words that a form prints besides what it says: its title, labels and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.compare.align import align_lists
from generator.compare.difference import Difference, DifferenceKind, PairedCell, PairedRow
from generator.compare.text.differences import Wording, amount, looks
from generator.core.findings import Location
from generator.core.likeness import likeness
from generator.core.memo import memo
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.reading.document import Form

_ALIKE = 0.4


def compare_form_words(
    title: str, ours: Form, theirs: Form, wording: Wording
) -> Iterator[PairedRow]:
    """The words of two forms that are no content; each counts once, pages repeat them."""
    if not (ours.rows and theirs.rows):
        return
    mine, yours = list(_words(ours).items()), list(_words(theirs).items())
    keys, others = wording.keys([t for t, _ in mine], [t for t, _ in yours])
    gone = [n for n, key in enumerate(keys) if key not in set(others)]
    come = [n for n, key in enumerate(others) if key not in set(keys)]

    def alike(i: int, j: int) -> float:
        return likeness(keys[gone[i]], others[come[j]])

    for pair in align_lists([keys[n] for n in gone], [others[n] for n in come], alike, _ALIKE):
        our = mine[gone[pair.ours]] if pair.ours is not None else None
        their = yours[come[pair.theirs]] if pair.theirs is not None else None
        kind = (
            DifferenceKind.NAME
            if our and their
            else DifferenceKind.MISSING
            if our
            else DifferenceKind.ADDED
        )
        texts = our[0] if our else "", their[0] if their else ""
        places = our[1] if our else None, their[1] if their else None
        yield PairedRow((PairedCell(*texts, Difference(kind, f"{title}表样", *texts, *places)),))


def _words(form: Form) -> dict[str, Location]:
    """The texts of a form that stand in none of its fields, each with its first place."""
    content = [looks(text) for _, text in form.contents.texts if text]
    whole, amounts = "\n".join(content), set(_amounts(form))
    found: dict[str, Location] = {}
    for row in (*form.title, *form.rows):
        for cell in filter(str.strip, row.cells):
            number, words = _read(cell)
            known = number in amounts if number is not None else words in whole
            if not known:
                found.setdefault(_without_date(cell, words, form), row.place)
    return found


def _without_date(cell: str, words: str, form: Form) -> str:
    """A cell, of the date in it its label alone: the date is a field, which is compared as one."""
    stamp = form.definition.stamp
    if stamp is None:
        return cell
    labels = "|".join((re.escape(looks(stamp.title)), *stamp.also))
    match = re.search(f"(?:{labels}):", words)
    return words[: match.end()] if match else cell


@memo(5000)
def _read(cell: str) -> tuple[Decimal | None, str]:
    """The amount and the words of a cell; most cells are labels, which every form repeats."""
    return amount(cell), looks(cell)


def _amounts(form: Form) -> Iterator[Decimal]:
    """The amounts that a form states, in 元 and in 万元; an empty cell says nothing."""
    yield Decimal(0)
    funds = [value for _, each in form.content.funds.items() for _, value in each.items()]
    for value in (*funds, *form.totals.values()):
        yield value
        yield value / YUAN_PER_WAN
