"""Builds one folder: composed, checked and printed in memory, then written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.cache.store import Store
from generator.cache.trees import UntraceableError, fonts, program
from generator.checks.rules import RULES
from generator.checks.run import run
from generator.checks.selection import Selection
from generator.cli.build_options import BuildOptions
from generator.cli.build_outcome import Built, Outcome, Product, count_errors
from generator.cli.build_sources import (
    Sources,
    Trees,
    certain,
    sources_of_data,
    sources_of_tools,
    traced,
)
from generator.cli.inputs import open_catalogue, open_pack
from generator.findings import Finding, UnusableInputError, has_errors
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.presented.from_data import presented_data
from generator.printing.fonts import font_findings
from generator.printing.kept import KeptPieces
from generator.publish import Composed, Format, compose, print_formats
from generator.reports.groups import unchecked_rules, unchecked_words

Show = Callable[[str, str], None]
"""Is told what is built, and the step that begins."""

_SHOWN = 20
"""How many findings of the checks are shown of one folder; ``disclosure check`` shows them all."""

_SHOWN_PARTS = 3
"""Parts of the document that are named of what could not be checked."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every folder is built with.

    Attributes:
        findings: warnings of the fonts, the same for every folder.
        sources: digests of pack and catalogue from before they were loaded, where they matter.
        kept: the pieces of PDFs made before.
    """

    pack: Pack
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    sources: Trees | None
    kept: KeptPieces


def prepare(options: BuildOptions, store: Store) -> Tools:
    """Loads pack and catalogue and checks the fonts.

    Args:
        options: the options of the build.
        store: where pieces of PDFs are kept between runs.

    Raises:
        UnusableInputError: whatever is wrong with them.
    """
    sources = traced(lambda: sources_of_tools(options)) if options.cache else None
    pack = open_pack(options.pack)
    problems = list(font_findings(pack, options.formats))
    try:
        catalogue = open_catalogue()
    except UnusableInputError as error:
        raise UnusableInputError([*error.findings, *problems]) from error
    if has_errors(problems):
        raise UnusableInputError(problems)
    return Tools(pack, catalogue, tuple(problems), sources, _kept(options, store))


def _kept(options: BuildOptions, store: Store) -> KeptPieces:
    """The pieces made before: in this process only, where it is not certain what they depend on."""
    try:
        return KeptPieces(store, program() + fonts()) if options.cache else KeptPieces()
    except UntraceableError:
        return KeptPieces()


def produce(folder: Path, options: BuildOptions, tools: Tools, show: Show) -> Product:
    """Builds a folder in memory; what is wrong with its data stands in the outcome."""
    started, clock = time.time_ns(), time.perf_counter()
    before = _sources(folder, tools)
    outcome = Outcome(folder, tools.findings)
    show(str(folder), "计算")
    try:
        composed = _composed(folder, options, tools)
        outcome = replace(outcome, stem=composed.stem)
        outcome, sound = _checked(outcome, composed, options, tools.pack)
        if not (sound or options.draft):
            return Product(outcome)
        built, files = _printed(composed, options, tools, show)
    except UnusableInputError as error:
        return Product(outcome.failed(error.findings))
    built = replace(built, seconds=time.perf_counter() - clock)
    prior = composed.loaded.prior.source.file if composed.loaded.prior else None
    return Product(replace(outcome, built=built), files, certain(before, prior, started))


def _sources(folder: Path, tools: Tools) -> Sources | None:
    data = traced(lambda: sources_of_data(folder)) if tools.sources is not None else None
    return Sources(tools.sources, data) if tools.sources is not None and data is not None else None


def _composed(folder: Path, options: BuildOptions, tools: Tools) -> Composed:
    return compose(
        folder,
        tools.pack,
        tools.catalogue,
        draft=options.draft,
        allow_personal_data=options.allow_personal_data,
    )


def _checked(
    outcome: Outcome, composed: Composed, options: BuildOptions, pack: Pack
) -> tuple[Outcome, bool]:
    """The outcome with what the checks find, and whether there is no open error."""
    document = presented_data(composed, pack)
    known = composed.findings if options.draft else _for_the_public(composed.findings)
    report = run(document, pack, _selection(options), composed.loaded, known)
    rules = {*RULES, *report.pack_rules.rules}
    of_rules = [finding for finding in report.findings if finding.code in rules]
    others = [finding for finding in report.findings if finding.code not in rules]
    checked = replace(
        outcome,
        findings=(*outcome.findings, *others, *of_rules[:_SHOWN]),
        unlisted=len(of_rules[_SHOWN:]),
        errors=count_errors(report.findings),
        unchecked=tuple(unchecked_words(each, _SHOWN_PARTS) for each in unchecked_rules(report)),
    )
    return checked, not has_errors(report.findings)


def _for_the_public(findings: Iterable[Finding]) -> list[Finding]:
    """Work left (W220) is an error (E219) once the data is to be published."""
    return [replace(each, code="E219") if each.code == "W220" else each for each in findings]


def _selection(options: BuildOptions) -> Selection:
    """Without the rules that an option waives: a draft bears its mark on purpose."""
    return Selection(
        skip=("W746",) * options.draft + ("E747",) * options.allow_personal_data,
    )


def _printed(
    composed: Composed, options: BuildOptions, tools: Tools, show: Show
) -> tuple[Built, dict[str, bytes]]:
    entity = composed.disclosure.entity
    formats = [Format(each) for each in options.formats]
    printed = print_formats(
        composed, tools.pack, formats, lambda step: show(entity.name, step), tools.kept
    )
    built = Built(
        entity.name,
        entity.year,
        composed.stem,
        {name: figure.text for name, figure in composed.summary.items()},
        printed.pages,
        tuple(options.output / file for file in printed.files),
        seconds=None,
    )
    return built, printed.files
