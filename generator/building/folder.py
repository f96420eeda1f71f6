"""Builds one folder: composed, checked and printed in memory, then written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from generator.building.job import Job, take
from generator.building.options import BuildOptions
from generator.building.outcome import Built, Outcome, Product, count_errors
from generator.building.sources import BuildInputs, sources_of_tools, traced
from generator.building.trees import UntraceableError, fonts_digest, program
from generator.checks.installed import brought_rules
from generator.checks.rules import RULES
from generator.checks.run import run_checks
from generator.checks.selection import Selection
from generator.compose.compose import Composed, compose_files
from generator.core.files.store import Store
from generator.core.findings import Finding, UnusableInputError, has_errors
from generator.core.numbers.format import formatted
from generator.core.numbers.rounding import to_wan
from generator.core.records import replace
from generator.load.catalogue import Catalogue, open_catalogue
from generator.pack.choice import ChosenPack, open_chosen, typed_pack
from generator.pack.pack import Pack
from generator.printing.fonts import font_findings
from generator.printing.formats import FinishedFiles, Format, Printing
from generator.printing.kept import KeptPieces
from generator.printing.pieces.second_printer import SecondPrinter
from generator.reading.from_data import presented_data
from generator.reports.groups import unchecked_rules, unchecked_words

Show = Callable[[str, str], None]
"""Is told what is built, and the step that begins."""

_SHOWN = 20
"""How many findings of the checks are shown of one folder; ``disclosure check`` shows them all."""

_SHOWN_PARTS = 3
"""Parts of the document that are named of what could not be checked."""


class Kit(Struct, frozen=True):
    """A pack that can be printed with.

    Attributes:
        findings: warnings of its fonts, the same for every folder.
        sources: digests of pack and catalogue from before they were loaded, where they matter.
    """

    pack: Pack
    findings: tuple[Finding, ...]
    sources: BuildInputs | None


class Builder(Struct, frozen=True):
    """Builds folders in memory, each with the pack that is meant for it.

    Attributes:
        options: what was asked for, the same for every folder.
        kept: the pieces of PDFs made before.
        recording: whether it matters what was read.
        kits: the packs loaded so far, by their folders.
    """

    options: BuildOptions
    catalogue: Catalogue
    kept: KeptPieces
    recording: bool = True
    kits: dict[Path, Kit] = field(default_factory=dict)

    @classmethod
    def prepared(
        cls, options: BuildOptions, store: Store, second: SecondPrinter | None = None
    ) -> Builder:
        """Loads the catalogue, and the pack if one was typed.

        Args:
            options: the options of the build.
            store: where pieces of PDFs are kept between runs.
            second: a process that makes pieces of PDFs meanwhile.

        Raises:
            UnusableInputError: whatever is wrong with them.
        """
        kits, problems = {}, []
        if options.pack is not None:
            choice = typed_pack(options.pack)
            try:
                kits[choice.folder] = _kit(choice, options)
            except UnusableInputError as error:
                problems = list(error.findings)
        try:
            catalogue = open_catalogue()
        except UnusableInputError as error:
            raise UnusableInputError([*error.findings, *problems]) from error
        if problems:
            raise UnusableInputError(problems)
        return cls(options, catalogue, _kept(options, store, second), kits=kits)

    def build(self, folder: Path, show: Show) -> Product:
        """Builds a folder; what is wrong with its data stands in the outcome."""
        show(str(folder), "计算")
        try:
            job = take(folder, self.options, recorded=self.options.cache and self.recording)
        except UnusableInputError as error:
            return Product(Outcome(folder).failed(error.findings))
        product = self.make(job, show)
        kit = self.kits.get(job.choice.folder)
        return job.recorded(product, kit.sources if kit else None)

    def make(self, job: Job, show: Show) -> Product:
        """Builds what was read of a folder; the product does not tell what that was."""
        clock = time.perf_counter()
        outcome = Outcome(job.folder)
        try:
            kit = self.kit_of(job.choice)
        except UnusableInputError as error:  # the same for every folder that names this pack
            common = error.findings
            return Product(replace(outcome, common=common, errors=count_errors(common)))
        outcome = replace(outcome, common=kit.findings, note=job.choice.said)
        try:
            composed = self._composed(job, kit.pack)
            outcome = replace(outcome, stem=composed.stem)
            formats = [Format(each) for each in self.options.formats]
            printing = Printing(composed, kit.pack, formats, self.kept)
            printing.begin()
            outcome, sound = self._checked(outcome, composed, kit.pack)
            if not (sound or self.options.draft):
                return Product(outcome)
            show_step = partial(show, composed.disclosure.entity.name)
            built, files = self._printed(composed, kit.pack, printing.finish(show_step))
        except UnusableInputError as error:
            return Product(outcome.failed(error.findings))
        built = replace(built, seconds=time.perf_counter() - clock)
        return Product(replace(outcome, built=built), files)

    def kit_of(self, choice: ChosenPack) -> Kit:
        """A pack, loaded once.

        Raises:
            UnusableInputError: whatever is wrong with it, or with its fonts.
        """
        if choice.folder not in self.kits:
            self.kits[choice.folder] = _kit(choice, self.options)
        return self.kits[choice.folder]

    def _composed(self, job: Job, pack: Pack) -> Composed:
        return compose_files(
            job.files,
            pack,
            self.catalogue,
            draft=self.options.draft,
            allow_personal_data=self.options.allow_personal_data,
        )

    def _checked(self, outcome: Outcome, composed: Composed, pack: Pack) -> tuple[Outcome, bool]:
        """The outcome with what the checks find, and whether there is no open error."""
        document = presented_data(composed, pack)
        known = composed.findings if self.options.draft else _for_the_public(composed.findings)
        report = run_checks(document, pack, _selection(self.options), composed.loaded, known)
        rules = {*RULES, *brought_rules(), *report.pack_rules.rules}
        of_rules = [finding for finding in report.findings if finding.code in rules]
        others = [finding for finding in report.findings if finding.code not in rules]
        checked = replace(
            outcome,
            findings=(*outcome.findings, *others, *of_rules[:_SHOWN]),
            unlisted=len(of_rules[_SHOWN:]),
            errors=count_errors(report.findings),
            unchecked=tuple(
                unchecked_words(rule, _SHOWN_PARTS) for rule in unchecked_rules(report)
            ),
        )
        return checked, not has_errors(report.findings)

    def _printed(
        self, composed: Composed, pack: Pack, printed: FinishedFiles
    ) -> tuple[Built, dict[str, bytes]]:
        entity = composed.disclosure.entity
        built = Built(
            entity.name,
            entity.year,
            composed.stem,
            {
                name: formatted(to_wan(figure.value), pack.settings.numbers.table)
                for name, figure in composed.summary.items()
            },
            printed.pages,
            tuple(self.options.output / file for file in printed.files),
            seconds=None,
        )
        return built, printed.files


def _kit(choice: ChosenPack, options: BuildOptions) -> Kit:
    sources = traced(lambda: sources_of_tools(choice)) if options.cache else None
    pack = open_chosen(choice)
    problems = tuple(font_findings(pack, options.formats))
    if has_errors(problems):
        raise UnusableInputError(problems)
    return Kit(pack, problems, sources)


def _kept(options: BuildOptions, store: Store, second: SecondPrinter | None) -> KeptPieces:
    """The pieces made before: in this process only, where it is not certain what they depend on."""
    with suppress(UntraceableError):
        setting = program() + fonts_digest()
        return KeptPieces(store if options.cache else None, setting, second)
    return KeptPieces(second=second)


def _for_the_public(findings: Iterable[Finding]) -> list[Finding]:
    """Work left (W220) is an error (E219) once the data is to be published."""
    return [
        replace(finding, code="E219") if finding.code == "W220" else finding for finding in findings
    ]


def _selection(options: BuildOptions) -> Selection:
    """Without the rules that an option waives: a draft bears its mark on purpose."""
    return Selection(
        skip=("W746",) * options.draft + ("E747",) * options.allow_personal_data,
    )
