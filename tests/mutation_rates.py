"""Measures how many planted mistakes the checks find, and whether they find any that are none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from generator.checks.run import Report, run_checks
from generator.checks.selection import ALL
from generator.compose.compose import Composed, compose
from generator.compose.document.tree import HtmlDocument
from generator.core.findings import Finding, UnusableInputError
from generator.core.records import replace
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.formats import Format, print_formats
from generator.printing.kept import KeptPieces
from generator.reading.from_data import presented_data
from tests.generated import write_entity
from tests.mutations import TREE_MUTATORS, Kind, Mutation, Page, names_part
from tests.mutations_data import DATA_MUTATORS, mutate_data

FORMATS = ("data", "html", "docx", "pdf")
SIZES: Mapping[str, tuple[int, int]] = {"small": (0, 4), "medium": (3, 4), "large": (12, 6)}
"""Units and projects of each unit; no units makes a 单位."""


@dataclass(frozen=True)
class Trial:
    """One mistake, planted and looked for."""

    fmt: str
    mutation: Mutation
    found: tuple[Finding, ...]
    """Findings that the unchanged document does not have."""

    @property
    def is_found(self) -> bool:
        """Whether anything was found."""
        return bool(self.found)

    @property
    def is_placed(self) -> bool:
        """Whether a finding names the part that was changed."""
        return any(names_part(_words(each), self.mutation.parts) for each in self.found)


def _words(finding: Finding) -> str:
    places = [str(place) for place in (finding.place, *finding.also) if place]
    return " ".join((finding.group, *finding.subjects, finding.message, *places))


class Subject:
    """A clean entity, composed, and what the checks say of it in each format."""

    def __init__(self, folder: Path, pack: Pack, catalogue: Catalogue, work: Path) -> None:
        self.folder, self.pack, self.catalogue, self.work = folder, pack, catalogue, work
        self.composed = compose(folder, pack, catalogue)
        self._known: dict[str, Report] = {}
        self._kept = KeptPieces()

    def clean(self, fmt: str) -> Report:
        """The report on the unchanged document: every finding in it is a false one."""
        if fmt not in self._known:
            if fmt == "data":
                self._known[fmt] = self._check_data(self.composed)
            else:
                self._known[fmt] = self._check(self.composed.document, fmt)
        return self._known[fmt]

    def _check_data(self, composed: Composed) -> Report:
        presented = presented_data(composed, self.pack)
        return run_checks(presented, self.pack, ALL, composed.loaded, composed.findings)

    def _check(self, document: HtmlDocument, fmt: str) -> Report:
        file = self.work / f"文稿.{fmt}"
        file.write_bytes(self._printed(document, fmt))
        return run_checks(presented_draft(file, self.pack, self.catalogue), self.pack, ALL)

    def _printed(self, document: HtmlDocument, fmt: str) -> bytes:
        """The file that a build writes of a document."""
        composed = replace(self.composed, document=document)
        files = print_formats(composed, self.pack, [Format(fmt)], lambda _: None, self._kept).files
        self._kept.save()  # what most mistakes leave as it is
        return files[f"{composed.stem}.{fmt}"]

    def trial(self, fmt: str, kind: Kind, random: Random) -> Trial | None:
        """Plants one mistake and looks for it; nothing where the document has no place for it."""
        if fmt == "data":
            return self._trial_in_data(kind, random)
        page = Page(self.composed.document, self.composed.disclosure)
        mutation = TREE_MUTATORS[kind](page, random)
        if mutation is None:
            return None
        try:
            report = self._check(page.document, fmt)
        except UnusableInputError as error:  # what was read is no budget disclosure any more
            return Trial(fmt, mutation, error.findings)
        return Trial(fmt, mutation, self._new(report, fmt))

    def _trial_in_data(self, kind: Kind, random: Random) -> Trial | None:
        with tempfile.TemporaryDirectory(dir=self.work) as target:
            mutation = mutate_data(self.folder, Path(target), kind, random)
            if mutation is None:
                return None
            try:
                report = self._check_data(compose(Path(target), self.pack, self.catalogue))
            except UnusableInputError as error:  # found before anything could be printed
                return Trial("data", mutation, error.findings)
        return Trial("data", mutation, self._new(report, "data"))

    def _new(self, report: Report, fmt: str) -> tuple[Finding, ...]:
        known = {(f.code, f.group, f.message) for f in self.clean(fmt).findings}
        return tuple(f for f in report.findings if (f.code, f.group, f.message) not in known)


def subject(size: str, seed: int, pack: Pack, catalogue: Catalogue, work: Path) -> Subject:
    """A generated entity of a size."""
    units, projects = SIZES[size]
    folder = work / f"{size}-{seed}"
    write_entity(folder, seed=seed, units=units, projects=projects)
    return Subject(folder, pack, catalogue, work)


def trials(subject: Subject, fmt: str, count: int, seed: int) -> Iterator[Trial]:
    """So many mistakes of each kind that a format has a place for."""
    kinds: Iterable[Kind] = DATA_MUTATORS if fmt == "data" else TREE_MUTATORS
    for kind in kinds:
        random = Random(f"{seed} {kind}")  # noqa: S311 - the same mistakes in every format
        for _ in range(count):
            trial = subject.trial(fmt, kind, random)
            if trial is not None:
                yield trial


@dataclass(frozen=True)
class Rate:
    """How many of so many mistakes were found, and named in the right place."""

    planted: int
    found: int
    placed: int
    beyond: int
    """Mistakes among them that no check can find from the document alone."""
    found_beyond: int

    @property
    def of_findable(self) -> float:
        """The part found of what can be found; 1 where there is nothing."""
        findable = self.planted - self.beyond
        return (self.found - self.found_beyond) / findable if findable else 1.0


def rate(trials: Iterable[Trial]) -> Rate:
    """Counts trials."""
    each = list(trials)
    beyond = [trial for trial in each if trial.mutation.beyond]
    return Rate(
        len(each),
        sum(trial.is_found for trial in each),
        sum(trial.is_placed for trial in each),
        len(beyond),
        sum(trial.is_found for trial in beyond),
    )
