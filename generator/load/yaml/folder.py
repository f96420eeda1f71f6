"""Reads a folder of YAML files as one tree: each file brings some of the top-level sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.load.folder_files import unread_findings
from generator.load.folder_kind import unfit
from generator.load.yaml.files import LARGEST_FOLDER, yaml_files
from generator.load.yaml.tree import SourceTree, Tree, parse_yaml, read_content


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """What was read of a data folder, not parsed yet: whoever has this needs the folder no more.

    Attributes:
        name: what the folder is called where it is, whatever path was given.
        files: the data files in the order of their paths, each with its bytes, or why it has none.
        before: findings about what was passed over, and why there are no files.
        after: findings about files that are not read.
    """

    folder: Path
    name: str
    files: tuple[tuple[Path, bytes | Finding], ...] = ()
    before: tuple[Finding, ...] = ()
    after: tuple[Finding, ...] = ()


def read_folder(folder: Path) -> FolderFiles:
    """Reads all YAML files below the data folder of one entity and year."""
    read = FolderFiles(folder, folder.resolve().name)
    files, passed_over = yaml_files(folder)
    if problem := unfit(folder, files):
        unread = unread_findings(folder) if folder.is_dir() and not files else ()
        return replace(read, before=(problem,), after=tuple(unread))
    if _too_large(files):
        remedy = "检查是不是放错了文件；多个单位、多个年度各用一个目录"
        too_large = Finding("E102", "数据文件加起来太大", remedy, Location(folder))
        return replace(read, before=(*passed_over, too_large))
    return replace(
        read,
        files=tuple((file, read_content(file)) for file in files),
        before=tuple(passed_over),
        after=tuple(unread_findings(folder)),
    )


def read_yaml_folder(folder: Path, *, splittable: Collection[str]) -> SourceTree:
    """Merges all YAML files below a data folder: see :func:`merged`."""
    return merged(read_folder(folder), splittable=splittable)


def merged(read: FolderFiles, *, splittable: Collection[str]) -> SourceTree:
    """Merges the files of a folder into one tree, in the order of their paths.

    Args:
        read: the files of the data folder of one entity and year.
        splittable: sections holding lists that may be spread over several files.
    """
    sections: dict[str, Tree] = {}
    tree = SourceTree(read.folder, data=sections, findings=[*read.before])
    for file, content in read.files:
        source = parse_yaml(file, content)
        tree.findings.extend(source.findings)
        tree.marks.extend(source.marks)
        _merge(sections, tree, source, splittable)
    tree.findings.extend(read.after)
    return tree


def _too_large(files: Iterable[Path]) -> bool:
    total = 0
    for file in files:
        with suppress(OSError):  # told when it is read
            total += file.stat().st_size
    return total > LARGEST_FOLDER


def _merge(
    sections: dict[str, Tree], merged: SourceTree, source: SourceTree, splittable: Collection[str]
) -> None:
    if source.data is None:
        return
    if not isinstance(source.data, dict):
        message, remedy = "文件的最外层应当是“栏目: 内容”", "从“单位信息:”这样的栏目写起"
        merged.findings.append(Finding("E203", message, remedy, source.place(())))
        return
    for section, content in source.data.items():
        present = sections.get(section)
        shift = 0
        if section not in sections:
            sections[section] = content
        elif section in splittable and isinstance(present, list) and isinstance(content, list):
            shift = len(present)
            sections[section] = [*present, *content]
        else:
            first = merged.place((section,), key=True)
            message = f"栏目“{section}”已经写在 {first.file.name} 第 {first.line} 行"
            place = source.place((section,), key=True)
            merged.findings.append(Finding("E108", message, "合并到一个文件里", place))
            continue
        merged.adopt(source, section, shift)
