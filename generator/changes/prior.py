"""Last year's amounts that the text compares with: as typed, otherwise from last year's data."""

from __future__ import annotations

from collections.abc import Mapping

from generator.changes.year import Year
from generator.core.figures import Figure, FigureBook
from generator.core.findings import Finding
from generator.load.entity_folder import LoadedDisclosure
from generator.pack.pack import YearComparison


def add_prior_figures(
    comparisons: Mapping[str, YearComparison],
    loaded: LoadedDisclosure,
    before: Year,
    figures: FigureBook,
) -> list[Finding]:
    """Adds what last year's data has at this year's addresses; W217 where a typed total differs."""
    findings = []
    for name, compared in comparisons.items():
        if compared.current not in before.figures:
            continue
        figure = before.figures[compared.current]
        if compared.prior not in figures:
            source = f"上年数据/{figure.address}"
            text = f"{figure.printed:f}"
            prior = Figure(
                compared.prior, figure.value, figure.printed, figure.unit, text, (source,)
            )
            figures.add(prior)
        elif figures[compared.prior].printed != figure.printed:
            typed = figures[compared.prior]
            message = f"“{name}”的上年预算数填写 {typed.text}，上年数据算得 {figure.printed:f}"
            remedy = "核对上年公开的数：改正填写的数，或改正上年数据；两数相同时不必填写"
            path = ("上年预算数", *typed.sources[0].split("/")[1:])
            place = loaded.source.place(path)
            subjects = (f"上年预算数/{name}",)
            findings.append(Finding("W217", message, remedy, place, subjects=subjects))
    return findings
