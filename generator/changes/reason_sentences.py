"""A choice of drivers as a sentence: what the pack's macros (macros/reasons.j2) are told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from msgspec import Struct

from generator.changes.drivers import Driver, NamedDrivers, printed_change, with_details
from generator.changes.moves import Move, MoveKind, State
from generator.changes.year import Year
from generator.model.change_words import USUAL_WORDS, ChangeWords
from generator.pack.pack import Pack
from generator.pack.templates.environment import sandbox, template_errors
from generator.pack.templates.shown import value_in_templates

TEMPLATE = "macros/reasons.j2"
_SHOWN = Decimal("0.2")
"""A detail is told where it is at least so much of its driver."""
_SOLE = Decimal("0.8")
"""A project with at least so much of what was carried over stands for all of it."""


class ReasonPlace(Struct, frozen=True):
    """The place that a reason is for.

    Attributes:
        name: as in 变动原因.
        before: last year's amount as printed, in the unit of the text.
        after: this year's.
    """

    name: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """This year less last year, as printed."""
        return self.after - self.before


class SentenceWriter:
    """Writes sentences with the macros of a pack; a pack without them writes none."""

    def __init__(self, pack: Pack) -> None:
        self._folder = pack.folder
        self._text = pack.settings.numbers.money
        self._ways = pack.vocabulary.change_words
        self._macros: Any = None
        if (pack.folder / TEMPLATE).is_file():
            with template_errors(pack.folder, TEMPLATE):
                environment = sandbox(pack.folder, autoescape=False)
                environment.globals.update(
                    money_unit=self._text.unit.value, less=self._ways.of_amount(grows=False)
                )
                self._macros = environment.get_template(TEMPLATE).module

    def reason(self, place: ReasonPlace, choice: NamedDrivers) -> str | None:
        """The reason of a change by its drivers."""
        along = [d for d in choice.named if (d.amount > 0) == (place.change > 0)]
        against = [d for d in choice.named if d not in along]
        sides = [self._runs(side) for side in (along, against) if side]
        return self._write("reason", self._place(place), sides, self._rest(choice))

    def unsplit(self, place: ReasonPlace, before: Year, after: Year) -> str | None:
        """The reason of a change that the books do not divide, where something can be said."""
        held = [year.disclosure.assets.vehicles for year in (before, after)]
        said = all(vehicles.root for vehicles in held)
        numbers = [sum(int(count) for _, count in each.items()) if said else 0 for each in held]
        vehicles = {"vehicles_before": numbers[0], "vehicles_after": numbers[1]}
        return self._write("unsplit", self._place(place) | vehicles)

    def _write(self, macro: str, *arguments: object) -> str | None:
        if self._macros is None:
            return None
        with template_errors(self._folder, TEMPLATE):
            return (
                str(getattr(self._macros, macro)(*map(value_in_templates, arguments))).strip()
                or None
            )

    def _place(self, place: ReasonPlace) -> dict[str, Any]:
        return {
            "name": place.name,
            "before": self._text.written(place.before),
            "after": self._text.written(place.after),
            "before_zero": not place.before,
            "after_zero": not place.after,
            "grows": place.change > 0,
        }

    def _runs(self, drivers: Sequence[Driver]) -> list[dict[str, Any]]:
        """Drivers with what befell them in common told together, in the order of their largest."""
        order = [_fate(driver) for driver in drivers]
        together = sorted(drivers, key=lambda driver: order.index(_fate(driver)))
        return [
            {"kind": kind, "state": state, "items": [self._item(driver) for driver in run]}
            for (kind, state, *_), run in groupby(together, key=_fate)
        ]

    def _item(self, driver: Driver) -> dict[str, Any]:
        move = driver.move
        details = with_details(
            driver, Decimal(0) if move.kind is MoveKind.GROUP else _SHOWN, self._text
        )
        carried = move.kind is MoveKind.CARRY_OVER
        enough = abs(driver.amount) * (_SOLE if carried else 1)
        sole = [detail for detail in details if abs(detail.amount) >= enough]
        return self._named(driver) | {
            "state": move.state,
            "details": [self._named(detail) for detail in details],
            "all": [self._named(Driver(detail, driver.amount)) for detail in move.details],
            "alike": all(detail.amount * driver.amount > 0 for detail in move.details),
            "sole": self._named(sole[0]) if sole else None,
            "count": len(move.details),
        }

    def _named(self, driver: Driver) -> dict[str, Any]:
        move = driver.move
        return {
            "name": move.name,
            "label": move_name(move),
            "former": move.former,
            "amount": self._text.written(abs(driver.amount)),
            "way": self._ways.of_amount(grows=driver.amount > 0),
        }

    def _rest(self, choice: NamedDrivers) -> dict[str, Any] | None:
        if not choice.rest:
            return None
        single = [each for move in choice.unnamed for each in _members(move)]
        told = [move for move in single if printed_change(move, self._text)] or single
        of_projects = all(move.kind is MoveKind.PROJECT for move in told)
        return {
            "amount": self._text.written(abs(choice.rest)),
            "way": self._ways.of_amount(grows=choice.rest > 0),
            "mixed": len({move.amount > 0 for move in told}) > 1,
            "count": len(told),
            "what": "项目" if of_projects else "",
        }


def _fate(driver: Driver) -> tuple[str, ...]:
    move = driver.move
    alone = "" if move.kind is MoveKind.PROJECT else f"{move.unit}/{move.name}"
    return move.kind, move.state, alone


def _members(move: Move) -> Sequence[Move]:
    return move.details if move.kind is MoveKind.GROUP else (move,)


def chart_steps(choice: NamedDrivers, ways: ChangeWords) -> list[tuple[str, Decimal]]:
    """The steps from last year's amount to this year's: name and signed amount as printed."""
    steps = [(driver_name(driver, ways), driver.amount) for driver in choice.named]
    return [*steps, ("其余", choice.rest)] if choice.rest else steps


def driver_name(driver: Driver, ways: ChangeWords = USUAL_WORDS) -> str:
    """A driver in a few words, as charts and the figures file name it."""
    move = driver.move
    if move.kind is MoveKind.GROUP:
        moved = move.state in (State.GROWN, State.SHRUNK)
        state = ways.of_amount(grows=move.state is State.GROWN) if moved else move.state
        return f"{len(move.details)}个项目{state}"
    return move_name(move)


def move_name(move: Move) -> str:
    """What moved, with its unit where that is not part of the name."""
    return f"{'' if move.name.startswith(move.unit) else move.unit}{move.name}"
