"""Takes a worksheet in: into a data folder, or as a new one. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.core.files.plain import read_plain
from generator.core.findings import Finding, Place, UnusableInputError, has_errors
from generator.importing.reading import Reading
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import SPLITTABLE, load_tree
from generator.load.section_files import HOMES
from generator.load.yaml.changes import is_same, value_at
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.marks import read_comment
from generator.load.yaml.patch import patched_folder
from generator.load.yaml.tree import LARGEST_FILE, tree_of
from generator.model.vocabulary import Vocabulary
from generator.worksheet.located import located
from generator.worksheet.merge import merged, told
from generator.worksheet.plan import sections_of
from generator.worksheet.read import Worksheet


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What is to be written: files by their path in the folder (``None``: to be removed).

    ``lines`` tell what changes; ``settled`` is how many marks were ticked off.
    """

    files: dict[str, bytes | None]
    lines: list[str]
    settled: int


def data_of(
    worksheet: Worksheet, file: Path, catalogue: Catalogue, words: Vocabulary
) -> dict[str, Any]:
    """The data that a worksheet says.

    Raises:
        UnusableInputError: with what is wrong in which cell.
    """
    faults: list[str] = []
    data = sections_of(worksheet.typed, words, faults)
    findings = [Finding("E652", fault, "在填报表里改正后再读入", Place(file)) for fault in faults]
    source = located(tree_of(data, file), worksheet.typed, file)
    _, problems = load_tree(source, catalogue, words)
    findings += [each for each in problems if each.severity is each.severity.ERROR]
    if has_errors(findings):
        raise UnusableInputError(findings)
    return data


def into_folder(worksheet: Worksheet, data: Mapping[str, Any], folder: Path, file: Path) -> TakenIn:
    """The files of a folder that change.

    Raises:
        UnusableInputError: E653 if the folder was changed as well.
    """
    source = read_yaml_folder(folder, splittable=SPLITTABLE)
    if not isinstance(source.data, dict) or has_errors(source.findings):
        raise UnusableInputError(source.findings)
    now = source.data
    after = merged(worksheet.base, data, now, Place(file))
    confirmed = [
        each.path
        for each in worksheet.done
        if each.path is not None
        and value_at(now, each.path) is not None
        and is_same(value_at(now, each.path), value_at(after, each.path))
    ]
    files = patched_folder(
        folder, now, after, homes=HOMES, splittable=SPLITTABLE, confirmed=confirmed
    )
    for each in worksheet.done:
        if each.path is None:
            _drop_line(files, folder, each.file, each.words)
    return TakenIn(files, told(now, after), len(worksheet.done))


def _drop_line(files: dict[str, bytes | None], folder: Path, name: str, words: str) -> None:
    """Takes a comment that is nothing but a mark out of a file."""
    content = files[name] if name in files else read_plain(folder / name, LARGEST_FILE)
    lines = (content or b"").decode("utf-8").splitlines(keepends=True)
    for at, line in enumerate(lines):
        if line.lstrip().startswith("#") and words in read_comment(line.strip(" #\r\n")).marks:
            files[name] = "".join(lines[:at] + lines[at + 1 :]).encode()
            return


def as_reading(worksheet: Worksheet, data: Mapping[str, Any]) -> Reading:
    """The data as what was read, with a doubt for each mark that is left in the worksheet.

    A mark is settled if it was ticked off, or the value beside it was changed.
    """
    reading = Reading.of(data)
    for each in worksheet.left:
        path = each.path or ()
        if not path or is_same(value_at(worksheet.base, path), value_at(data, path)):
            reading.doubt(path, f"填报表里还没有处理（{each.words}）")
    return reading
