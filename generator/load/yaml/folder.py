"""Reads a folder of YAML files as one tree: each file brings some of the top-level sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from generator.core.findings import Finding, Location
from generator.load.folder_files import unread_findings
from generator.load.folder_kind import unfit
from generator.load.yaml.files import LARGEST_FOLDER, yaml_files
from generator.load.yaml.tree import SourceTree, Tree, read_yaml


def read_yaml_folder(folder: Path, *, splittable: Collection[str]) -> SourceTree:
    """Merges all YAML files below a folder, in the order of their paths.

    Args:
        folder: the data folder of one entity and year.
        splittable: sections holding lists that may be spread over several files.
    """
    sections: dict[str, Tree] = {}
    merged = SourceTree(folder, data=sections)
    files, passed_over = yaml_files(folder)
    if problem := unfit(folder, files):
        merged.findings.append(problem)
        merged.findings.extend(unread_findings(folder) if folder.is_dir() and not files else ())
        return merged
    merged.findings.extend(passed_over)
    if _too_large(files):
        remedy = "检查是不是放错了文件；多个单位、多个年度各用一个目录"
        merged.findings.append(Finding("E102", "数据文件加起来太大", remedy, Location(folder)))
        return merged
    for file in files:
        source = read_yaml(file)
        merged.findings.extend(source.findings)
        merged.marks.extend(source.marks)
        _merge(sections, merged, source, splittable)
    merged.findings.extend(unread_findings(folder))
    return merged


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
