"""Looks over what the text will say: missing reasons and prior years, stated totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.findings import Finding
from generator.load.entity_folder import LoadedDisclosure
from generator.narrative.context import Narrative, UnknownFigureError
from generator.pack.pack import Comparison


def review(
    loaded: LoadedDisclosure, narrative: Narrative, comparisons: Mapping[str, Comparison]
) -> Iterator[Finding]:
    """Yields W212, W213 and W214 findings, and E303 for a stated total without a figure."""
    yield from _changes(loaded, narrative, comparisons)
    yield from _stated(loaded, narrative)


def _changes(
    loaded: LoadedDisclosure, narrative: Narrative, comparisons: Mapping[str, Comparison]
) -> Iterator[Finding]:
    reasons = dict(loaded.disclosure.reasons.items())
    for name, compared in comparisons.items():
        change = narrative.change(compared.current, compared.prior)
        if change is None and narrative.figure(compared.current).value:
            place = loaded.source.place(("上年预算数",))
            yield Finding(
                "W213",
                f"没有填写“{name}”的上年预算数",
                f"在“上年预算数”里补上“{name}”（元）",
                place,
            )
        elif change is not None and not change.unchanged and reasons.get(name) is None:
            message = f"“{name}”比上年{change.direction}{change.amount.text}万元，没有写原因"
            place = loaded.source.place(("变动原因",))
            yield Finding("W212", message, f"在“变动原因”里写上“{name}”", place)


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
