"""What keeps changed data from being used, before it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from generator.compose.compose import compose_files
from generator.core.findings import Finding, Severity, UnusableInputError
from generator.core.records import replace
from generator.load.catalogue import open_catalogue
from generator.load.entity_folder import EntityFiles, read_entity
from generator.pack.pack import Pack


class DataFaults:
    """Tells of a data folder what it would lack with other contents of some of its files.

    Data that has faults already may be changed all the same: only what comes to them counts.
    """

    def __init__(self, folder: Path, pack: Pack) -> None:
        self._folder = folder
        self._pack = pack
        self._files = read_entity(folder)
        self._before: dict[tuple[str, Path], list[Finding]] | None = None

    def of(self, contents: Mapping[str, bytes]) -> list[Finding]:
        """What makes the data unusable that does not now.

        Args:
            contents: what becomes of files, by their paths in the folder.
        """
        errors = self._errors(contents)
        if not errors:
            return []
        if self._before is None:
            self._before = self._errors({})
        return [
            finding
            for kind, found in errors.items()
            for finding in found[len(self._before.get(kind, ())) :]
        ]

    def _errors(self, contents: Mapping[str, bytes]) -> dict[tuple[str, Path], list[Finding]]:
        """The errors of each code in each file: lines and words change with what is written."""
        try:
            compose_files(self._with(contents), self._pack, open_catalogue())
        except UnusableInputError as error:
            found = defaultdict[tuple[str, Path], list[Finding]](list)
            for finding in error.findings:
                if finding.severity is Severity.ERROR:
                    file = finding.place.file if finding.place else self._folder
                    found[finding.code, file].append(finding)
            return found
        return {}

    def _with(self, contents: Mapping[str, bytes]) -> EntityFiles:
        own = self._files.own
        files = tuple(
            (file, contents.get(file.relative_to(self._folder).as_posix(), content))
            for file, content in own.files
        )
        return replace(self._files, own=replace(own, files=files))
