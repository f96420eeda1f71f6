"""The YAML files of a pack, and whether they are still as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from pydantic import BaseModel

from generator.core.files.plain import is_system_file
from generator.core.findings import Finding
from generator.load.validation import validate
from generator.load.yaml.tree import SourceTree, Tree, read_yaml
from generator.pack.complete import FORMS, missing_files, outside, statement_files

M = TypeVar("M", bound=BaseModel)


class WasRead(Struct, frozen=True):
    """Everything that a pack was loaded from.

    Attributes:
        data: what each file that was looked for held; ``None`` of one that was not there.
        below: the folder of the definitions of statements, in the pack.
        listed: the files that define statements and forms.
    """

    data: Mapping[Path, Tree]
    below: str
    listed: tuple[Path, ...]

    def still_in(self, folder: Path) -> bool:
        """Whether a pack loaded anew would be loaded from the same."""
        files = PackFiles(folder, [])
        return (
            not any(missing_files(folder))
            and files.listed(self.below) == self.listed
            # what read_yaml remembers of a file is the same object, what is equal need not be
            and all(files.source(name).data is data for name, data in self.data.items())
            and not files.told
        )


class PackFiles(Struct):
    """The YAML files of a pack; what is wrong with them is added to the findings.

    Attributes:
        read: what each file that was looked for held.
        told: whether there was anything to tell of one of them, were it only a hint.
    """

    folder: Path
    findings: list[Finding]
    read: dict[Path, Tree] = field(default_factory=dict)
    told: bool = False

    def source(self, name: str | Path) -> SourceTree:
        """The content of a file; of one that is missing or a link out of the pack, nothing."""
        file = self.folder / name
        if problem := outside(file, self.folder):
            found = SourceTree(file, findings=[problem])
        else:
            found = read_yaml(file) if file.exists() else SourceTree(file)
        self.read[Path(name)] = found.data
        self.told = self.told or bool(found.findings)
        return found

    def model(self, name: str, model: type[M]) -> M | None:
        """What a file states."""
        return validated(self.source(name), model, self.findings)

    def statements(self, below: str) -> list[Path]:
        """The definitions of statements, which stand in a folder of the pack."""
        files, problems = statement_files(self.folder, below)
        self.findings.extend(problems)
        return files

    def forms(self) -> list[Path]:
        """The definitions of performance forms; a place that publishes none has no such folder."""
        found = sorted((self.folder / FORMS).glob("*.yaml"))
        return [file for file in found if not is_system_file(file.name)]

    def listed(self, below: str) -> tuple[Path, ...]:
        """The files that define statements and forms."""
        return (*statement_files(self.folder, below)[0], *self.forms())


def validated(source: SourceTree, model: type[M], findings: list[Finding]) -> M | None:
    """What a file states; what is wrong with it is added to the findings."""
    loaded = validate(model, source.data, source) if source.data is not None else None
    findings.extend(source.findings)
    return loaded
