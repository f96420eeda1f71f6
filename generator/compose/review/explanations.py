"""Looks over what the text will say: missing reasons and prior years, stated totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.changes.explain import Explanation
from generator.compose.narrative.context import Narrative
from generator.compose.review.open_work import is_to_be_filled
from generator.core.figures import UnknownFigureError
from generator.core.findings import Finding
from generator.core.numbers.format import MoneyFormat
from generator.load.entity_folder import LoadedDisclosure
from generator.load.schema_keys import keys_at
from generator.model.disclosure import Disclosure
from generator.pack.pack import YearComparison


def review(
    loaded: LoadedDisclosure, narrative: Narrative, comparisons: Mapping[str, YearComparison]
) -> Iterator[Finding]:
    """Yields W213 and W214 findings, and E303 for a stated total without a figure."""
    yield from _unknown_priors(loaded, narrative, comparisons)
    yield from _stated(loaded, narrative)


def _unknown_priors(
    loaded: LoadedDisclosure, narrative: Narrative, comparisons: Mapping[str, YearComparison]
) -> Iterator[Finding]:
    """Totals without last year's; of the parts of a total nothing more need be said."""
    for name, compared in comparisons.items():
        unknown = not narrative.knows(compared.prior)
        if unknown and narrative.figure(compared.current).value and not compared.part_of:
            yield Finding(
                "W213",
                f"没有填写“{name}”的上年预算数",
                f"{_where_to_state(compared.prior)}，{_OR_PRIOR_DATA}",
                loaded.source.place(("上年预算数",)),
            )


_OR_PRIOR_DATA = "或在最外层写“上年数据: ../上年的数据目录”"


def _where_to_state(prior: str) -> str:
    """How to write a prior year's amount, by the keys of the data; ``prior`` is its address."""
    path = _stated_at(prior)
    parts = keys_at(Disclosure, path)
    if parts:
        return (
            f"在“{'”的“'.join(path)}”下写上{'、'.join(f'“{part}: 金额”' for part in parts)}（元）"
        )
    return f"在“{'”的“'.join(path[:-1])}”下写上“{path[-1]}: 金额”（元）"


def _stated_at(prior: str) -> tuple[str, ...]:
    return ("上年预算数", *prior.split("/")[1:])


def _how_to_explain(name: str) -> str:
    """How to write a reason; a pack may compare what the data has no reason for."""
    if name in keys_at(Disclosure, ("变动原因",)):
        return f"在“变动原因”下写上“{name}: 原因”"
    return f"模板包“比较”的“{name}”写上“写原因: 否”"


def lacking_reasons(
    loaded: LoadedDisclosure, explanations: Mapping[str, Explanation], money: MoneyFormat
) -> Iterator[Finding]:
    """Yields E212 for each change that nobody explained and last year's data does not explain.

    A total and its only part that changed are one change; ``money`` is how the text prints it.
    Of an amount of last year that is still to be filled in (待填) nothing has changed yet.
    """
    for name, each in explanations.items():
        total = explanations.get(each.comparison.part_of or "")
        told = total is not None and total.place.change == each.place.change
        known = each.reason or _explained_nearby(each, explanations)
        if known or told or not each.comparison.reasoned:
            continue
        if is_to_be_filled(loaded.source, _stated_at(each.comparison.prior)):
            continue  # nobody knows yet whether it changed
        change = each.place.change
        way = "增加" if change > 0 else "减少"
        unclear = "，上年数据里也看不出原因" if loaded.prior else ""
        remedy = _how_to_explain(name)
        yield Finding(
            "E212",
            f"“{name}”比上年{way}{money.written(abs(change))}{money.unit}，没有写原因{unclear}",
            remedy if loaded.prior else f"{remedy}，{_OR_PRIOR_DATA}",
            loaded.source.place(("变动原因",)),
            subjects=(f"变动原因/{name}",),
        )


def _explained_nearby(each: Explanation, explanations: Mapping[str, Explanation]) -> bool:
    """Whether its total or its part tells the same change, or all of its parts tell theirs."""
    name, total = each.place.name, each.comparison.part_of
    parts = [other for other in explanations.values() if other.comparison.part_of == name]
    around = [other for name, other in explanations.items() if name == total] + parts
    same = any(
        other.place.change == each.place.change
        and (other.reason or (other in parts and _explained_nearby(other, explanations)))
        for other in around
    )
    return same or (bool(parts) and all(part.reason for part in parts))


def _stated(loaded: LoadedDisclosure, narrative: Narrative) -> Iterator[Finding]:
    for address, text in loaded.disclosure.stated.items():
        place = loaded.source.place(("核对数", address))
        try:
            figure = narrative.figure(address)
        except UnknownFigureError as error:
            yield Finding("E303", str(error), error.hint, place)
            continue
        if figure.text != text:
            message = f"{address} 算得 {figure.text or '空'}，核对数是 {text}"
            yield Finding("W214", message, "核对明细，或改正核对数", place)
