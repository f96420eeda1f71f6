"""Explains every compared figure: its moves, what of them is named, and the reason in words.

A reason that a person wrote stands. Otherwise one is written from last year's data, where there
is any and the books of both years divide the change.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.changes.drivers import NamedDrivers, choose
from generator.changes.matching import pair
from generator.changes.moves import Move, MoveKind, Years, moves
from generator.changes.reason_sentences import ReasonPlace, SentenceWriter
from generator.changes.year import Year
from generator.core.figures import FigureBook
from generator.core.findings import Finding
from generator.load.entity_folder import LoadedDisclosure
from generator.pack.pack import Pack, YearComparison


class Reason(Struct, frozen=True):
    """Why a figure changed, in words, and whether a machine wrote them."""

    text: str
    automatic: bool


class Explanation(Struct, frozen=True):
    """A compared figure that changed.

    Attributes:
        moves: what the change consists of, in 元; empty without last year's data.
        choice: which of them are named, and in what amounts.
        reason: ``None`` if no one wrote one and the books do not tell.
    """

    place: ReasonPlace
    comparison: YearComparison
    moves: tuple[Move, ...] = ()
    choice: NamedDrivers | None = None
    reason: Reason | None = None


def explanations_of(
    loaded: LoadedDisclosure, after: Year, before: Year | None, pack: Pack
) -> tuple[dict[str, Explanation], list[Finding]]:
    """The explanation of every compared figure that prints another amount than last year."""
    years, doubts = paired(loaded, before, after) if before is not None else (None, [])
    explained: dict[str, Explanation] = {}
    for name, comparison in pack.settings.comparisons.items():
        place = _compared(name, comparison, after.figures)
        if place is not None and place.change:
            explained[name] = _explained(place, comparison, years, after.figures, pack)
    reasons = _reasons(explained, after, years, pack)
    return {
        name: Explanation(each.place, each.comparison, each.moves, each.choice, reasons.get(name))
        for name, each in explained.items()
    }, doubts


def _compared(name: str, comparison: YearComparison, figures: FigureBook) -> ReasonPlace | None:
    if comparison.prior not in figures or comparison.current not in figures:
        return None
    before, after = figures[comparison.prior], figures[comparison.current]
    return ReasonPlace(name, before.printed, after.printed)


def paired(loaded: LoadedDisclosure, before: Year, after: Year) -> tuple[Years, list[Finding]]:
    """Both years with what is the same in them, and an N218 for each doubtful pair."""
    pairing = pair(
        before.disclosure.keyed_projects(),
        after.disclosure.keyed_projects(),
        lambda project: loaded.source.place((*project.path, "名称")),
        single_unit=not after.is_department,
    )
    findings = [
        Finding(
            "N218",
            f"上年的“{doubt.before}”与本年的“{doubt.after}”名称相近，当作同一个",
            "核对；不是同一个的，在本年项目里写“上年名称: 无”",
            doubt.place or loaded.source.place(("项目",)),
            subjects=(f"项目/{doubt.after}",),
        )
        for doubt in pairing.doubts
    ]
    return Years(before, after, pairing), findings


def _explained(
    place: ReasonPlace,
    comparison: YearComparison,
    years: Years | None,
    figures: FigureBook,
    pack: Pack,
) -> Explanation:
    if years is None:
        return Explanation(place, comparison)
    change = figures[comparison.current].value - figures[comparison.prior].value
    found = moves(comparison, years, change)
    choice = choose(found, place.change, pack.settings.reasons, pack.settings.numbers.money)
    return Explanation(place, comparison, found, choice)


def _reasons(
    explained: Mapping[str, Explanation], after: Year, years: Years | None, pack: Pack
) -> dict[str, Reason]:
    """The reasons by name: a person's first, then what the moves tell."""
    stated = dict(after.disclosure.reasons.items())
    wording = SentenceWriter(pack)
    reasons = {name: Reason(text, automatic=False) for name, text in stated.items() if text}
    for name, each in explained.items():
        if name in reasons or years is None or not each.comparison.reasoned:
            continue
        others = {key: other for key, other in explained.items() if not stated.get(key)}
        text = _written(each, others, wording, years)
        if text:
            reasons[name] = Reason(text, automatic=True)
    return reasons


def _written(
    explained: Explanation, others: Mapping[str, Explanation], wording: SentenceWriter, years: Years
) -> str | None:
    """What the machine can say of a change.

    A total of which a single part moved has that part's reason: to name the part would only
    repeat the change.
    """
    only = explained.moves[0] if len(explained.moves) == 1 else None
    if only is None or only.kind not in _RESTATING:
        choice = explained.choice
        return wording.reason(explained.place, choice) if choice else None
    if only.kind is MoveKind.EXPENSE and only.name != explained.place.name:
        part = others.get(only.name)
        return _written(part, others, wording, years) if part is not None else None
    return wording.unsplit(explained.place, years.before, years.after)


_RESTATING = frozenset({MoveKind.EXPENSE, MoveKind.PART, MoveKind.UNIT, MoveKind.REST})
"""Moves that are the change itself where they are the only ones."""
