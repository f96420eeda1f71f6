"""Lays an indicator tree out as table rows with the spans of merged cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.pack.templates.shown import readable_in_templates

I = TypeVar("I")  # noqa: E741


@readable_in_templates("first", "first_span", "second", "second_span", "indicator")
@dataclass(frozen=True, slots=True)
class IndicatorRow(Generic[I]):
    """One row; a span of 0 means the cell above reaches down over this row."""

    first: str
    first_span: int
    second: str
    second_span: int
    indicator: I


def indicator_rows(
    tree: Mapping[str, Mapping[str, Sequence[I]]], blank: I
) -> list[IndicatorRow[I]]:
    """Returns the rows of a tree; a second-level indicator without any gets one blank row."""
    rows: list[IndicatorRow[I]] = []
    for first, seconds in tree.items():
        height = sum(max(1, len(indicators)) for indicators in seconds.values())
        for position, (second, indicators) in enumerate(seconds.items()):
            for number, indicator in enumerate(indicators or (blank,)):
                starts = position == 0 and number == 0
                rows.append(
                    IndicatorRow(
                        first,
                        height if starts else 0,
                        second,
                        max(1, len(indicators)) if number == 0 else 0,
                        indicator,
                    )
                )
    return rows
