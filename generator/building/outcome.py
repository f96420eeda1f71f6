"""What comes of building a folder: files to be written, and what there is to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from generator.building.sources import BuildInputs
from generator.core.files.error_log import log_error
from generator.core.findings import Finding, Location, Severity
from generator.core.records import replace


class Built(Struct, frozen=True):
    """What stands in the summary of a folder that was built.

    Attributes:
        summary: amounts by their headings, in 万元 for every pack.
        pages: of the PDF, where one was laid out.
        seconds: how long it took; ``None`` if nothing had changed since the last build.
    """

    name: str
    year: int
    stem: str
    summary: dict[str, str]
    pages: int | None
    files: tuple[Path, ...]
    seconds: float | None


class Outcome(Struct, frozen=True):
    """What there is to tell of one folder.

    Attributes:
        common: findings that do not depend on the folder.
        findings: those that are listed.
        unlisted: how many more the checks have found.
        errors: how many errors there are, listed or not.
        built: ``None`` if nothing was written.
        stem: the name of its files without extension, as soon as it is known.
        unchecked: what could not be checked, in words.
        note: what is told of the choice of its pack.
    """

    folder: Path
    common: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    unlisted: int = 0
    errors: int = 0
    built: Built | None = None
    stem: str = ""
    unchecked: tuple[str, ...] = ()
    note: str = ""

    def failed(self, findings: Iterable[Finding] = (), *, errors: int = 0) -> Outcome:
        """The same folder not built, for these findings more, or for errors told elsewhere."""
        more = tuple(findings)
        return replace(
            self,
            findings=(*self.findings, *more),
            errors=self.errors + count_errors(more) + errors,
            built=None,
        )


class Product(Struct, frozen=True):
    """A folder built in memory; nothing is written yet.

    Attributes:
        outcome: what there will be to tell once the files are written.
        files: their contents by name; empty if the folder cannot be built.
        sources: all that was read, where it is certain that it was read as it stands there.
    """

    outcome: Outcome
    files: dict[str, bytes] = field(default_factory=dict)
    sources: BuildInputs | None = None


def count_errors(findings: Iterable[Finding]) -> int:
    """How many of the findings are errors."""
    return sum(finding.severity is Severity.ERROR for finding in findings)


def broken(folder: Path, how: str) -> Product:
    """E504: a folder over which the program came to grief."""
    message = f"这个目录没有生成完：{how}"
    remedy = "单独生成这个目录，看完整的错误信息；内存不够时，一次少生成几个目录"
    return Product(Outcome(folder).failed([Finding("E504", message, remedy, Location(folder))]))


def at_fault(folder: Path, error: Exception) -> Product:
    """E504: a folder over which the program itself failed; the details are noted."""
    log_error(error)
    memory = isinstance(error, MemoryError)
    return broken(folder, "内存不够" if memory else f"程序出错（{type(error).__name__}）")


def clashes(outcomes: Sequence[Outcome]) -> dict[str, Finding]:
    """E502 for each name of files that more than one folder would write."""
    folders: defaultdict[str, list[Path]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.built:
            folders[outcome.built.stem].append(outcome.folder)
    return {stem: _clash(stem, paths) for stem, paths in folders.items() if len(paths) > 1}


def _clash(stem: str, paths: Sequence[Path]) -> Finding:
    message = f"{'、'.join(str(path) for path in paths)} 都会写出“{stem}”"
    remedy = "改正“单位信息”里的名称或年度，或分开生成到不同目录"
    return Finding("E502", message, remedy, Location(paths[-1]))
