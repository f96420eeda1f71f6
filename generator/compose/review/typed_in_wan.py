"""Amounts that look typed in 万元 instead of 元: ten thousand times smaller than they should be.

A small amount alone is no fault. Each suspect has a counterpart that says how large it should be:
the form of the project, the other table, last year's amount, a printed total (核对数); or it has
a fraction that no other amount has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from generator.changes.year import Year
from generator.compose.review.wan_in_data import (
    beside_economic,
    beside_forms,
    beside_other_tables,
    beside_stated,
    with_fractions,
)
from generator.compose.review.wan_last_year import (
    beside_last_year,
    beside_procurement,
    beside_totals,
)
from generator.compose.review.wan_suspects import Suspect
from generator.core.findings import Finding, Location
from generator.core.numbers.format import MoneyUnit
from generator.load.entity_folder import LoadedDisclosure
from generator.pack.pack import YearComparison

_ONE_BY_ONE = 10
"""More suspects than these in a section are told as one: there everything is in 万元."""
_SHOWN = 5


def typed_in_wan(
    loaded: LoadedDisclosure,
    year: Year,
    before: Year | None,
    comparisons: Mapping[str, YearComparison],
    units: Mapping[str, MoneyUnit],
) -> Iterator[Finding]:
    """Yields E225 for amounts that look typed in 万元.

    Args:
        loaded: the data.
        year: the year computed from it.
        before: last year, if the data refers to one.
        comparisons: what the document compares with last year.
        units: what each statement prints money in, by number.
    """
    found: dict[Location, Suspect] = {}
    for each in (
        *beside_forms(loaded),
        *beside_other_tables(year),
        *beside_economic(year, comparisons),
        *beside_stated(loaded, year, units),
        *beside_totals(loaded, year, comparisons),
        *(beside_last_year(year, before) if before else ()),
        *(beside_procurement(loaded, before) if before else ()),
        *with_fractions(year),
    ):
        found.setdefault(each.place, each)
    in_order = sorted(found.values(), key=lambda each: each.place)
    for section, group in groupby(in_order, lambda each: each.address.partition("/")[0]):
        yield from _told(section, list(group))


def _told(section: str, suspects: Sequence[Suspect]) -> Iterator[Finding]:
    if len(suspects) <= _ONE_BY_ONE:
        for suspect in suspects:
            message = f"“{section}”写 {suspect.amount:f} 元，{suspect.why}，像是按万元填的"
            remedy = _remedy(suspect.address)
            yield Finding("E225", message, remedy, suspect.place, subjects=(suspect.address,))
        return
    lines = "、".join(
        f"第 {suspect.place.line} 行 {suspect.amount:f}" for suspect in suspects[:_SHOWN]
    )
    message = f"“{section}”有 {len(suspects)} 处像是按万元填的：{lines}，等"
    first, *others = suspects
    message += f"（{first.why}）"
    also = tuple(other.place for other in others)
    addresses = tuple(suspect.address for suspect in suspects)
    remedy = _remedy(section)
    yield Finding("E225", message, remedy, first.place, subjects=addresses, also=also)


def _remedy(subject: str) -> str:
    """What to do; ``subject`` is how an acceptance names the amount, or the section of many."""
    return (
        "金额以元为单位：万元数乘以 10000 再写；确是这么少的，"
        f"在“按实公布说明”写 {{规则: E225, 对象: {subject}, 理由: …}}"
    )
