"""Measures how many planted faults the checks find in documents whose pack is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from generator.checks.run import Report, run_checks
from generator.checks.selection import ALL
from generator.compose.compose import compose
from generator.core.findings import Finding, Severity
from generator.drafts.draft import Draft
from generator.drafts.read import read_draft
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.printing.formats import Format, print_formats
from tests.general_faults.kinds import MUTATORS
from tests.general_faults.view import Fault, View

FORMATS = ("docx", "pdf")
_OF_FORMAT = "E760"
"""What every document of an unknown format is told; of no fault."""


@dataclass(frozen=True)
class Trial:
    """One fault, planted and looked for."""

    document: str
    fmt: str
    fault: Fault
    found: tuple[Finding, ...]
    """Findings that the unchanged document does not have."""


@dataclass(frozen=True)
class Clean:
    """A document without faults, as it was read, and what hides its format."""

    name: str
    fmt: str
    draft: Draft
    hidden_by: Pack
    catalogue: Catalogue

    @cached_property
    def report(self) -> Report:
        """What the checks say of it: every error is a false one."""
        return self.check(self.draft)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The false errors."""
        found = self.report.findings
        return tuple(f for f in found if f.severity is Severity.ERROR and f.code != _OF_FORMAT)

    @property
    def pages(self) -> int:
        """How many pages it has; of a file that is not set in pages, none is known: 0."""
        return max(
            (line.spot.number for line in self.draft.lines() if line.spot.kind == "页"), default=0
        )

    def check(self, draft: Draft) -> Report:
        """The report on a draft that is read by a pack of another place."""
        return run_checks(
            presented_draft(draft, self.hidden_by, self.catalogue), self.hidden_by, ALL
        )

    def trials(self, kinds: Iterable[str], count: int, seed: int) -> Iterator[Trial]:
        """So many faults of each kind that the document has a place for."""
        known = {_told(finding) for finding in self.report.findings}
        view = View(self.draft)
        for kind in kinds:
            random = Random(f"{seed} {kind}")  # noqa: S311 - the same faults each time
            for _ in range(count):
                planted = MUTATORS[kind](view, random)
                if planted is None:
                    continue
                fault, draft = planted
                report = self.check(draft)
                found = (f for f in report.findings if f.code != _OF_FORMAT)
                new = tuple(f for f in found if _told(f) not in known)
                yield Trial(self.name, self.fmt, fault, new)


def _told(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def printed(
    folder: Path, pack: Pack, catalogue: Catalogue, work: Path, formats: Sequence[str] = FORMATS
) -> Iterator[Path]:
    """The documents that a build prints of a data folder, in a folder for the work."""
    composed = compose(folder, pack, catalogue)
    wanted = [Format(each) for each in formats]
    files = print_formats(composed, pack, wanted, lambda _: None).files
    for fmt in wanted:
        file = work / f"{folder.name}.{fmt}"
        file.write_bytes(files[f"{composed.stem}.{fmt}"])
        yield file


def clean(file: Path, packs: Sequence[Pack], catalogue: Catalogue) -> Clean:
    """A document, read; hidden by the first of some packs that does not know its format.

    Raises:
        ValueError: if all of them do.
    """
    draft = read_draft(file)
    for pack in packs:
        recognition = presented_draft(draft, pack, catalogue).recognition
        if recognition is not None and not recognition.known:
            return Clean(file.stem, file.suffix[1:], draft, pack, catalogue)
    raise ValueError(file)


@dataclass(frozen=True)
class Rate:
    """How many of so many faults were found; those that nothing contradicts are left out."""

    planted: int
    found: int
    beyond: int

    @property
    def share(self) -> float:
        """The part found; 1 if nothing was planted."""
        return self.found / self.planted if self.planted else 1.0


def rate(trials: Iterable[Trial]) -> Rate:
    """Counts trials."""
    each = list(trials)
    counted = [trial for trial in each if not trial.fault.beyond]
    return Rate(len(counted), sum(bool(trial.found) for trial in counted), len(each) - len(counted))
