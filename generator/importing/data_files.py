"""Writes what was imported as the files of a data folder, doubts as comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.core.files.write import file_name, write_folder
from generator.core.text.patterns import late_pattern
from generator.importing.reading import Doubt, ImportResult, Path_
from generator.load.section_files import FILES, FORMS, WORDS
from generator.load.yaml.write import Comments, yaml_text

_UNPRINTABLE = late_pattern("[^ -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NAME_LENGTH = 60
"""Characters of a unit's name in a file name; systems allow 255 bytes."""
_CODED = {
    "收支": {"科目": "功能分类"},
    "基本支出经济科目": {
        "部门经济科目": "部门预算支出经济分类",
        "政府经济科目": "政府预算支出经济分类",
    },
}
"""Lists whose items have codes, and the classifications that name them."""

NameOf = Callable[[str, str], str | None]
"""The name of a subject by classification and code."""


def write_yaml(
    reading: ImportResult,
    folder: Path,
    names: NameOf | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Writes the data folder: all of it, or nothing.

    Args:
        reading: what was imported.
        folder: a folder that does not exist yet, or is empty.
        names: names subjects, which then stand as comments behind their codes.
        beside: files that are no data, by name.

    Raises:
        UnusableInputError: E501 where the folder cannot be written.
    """
    contents = {name: text.encode() for name, text in _contents(reading, names)}
    return write_folder(folder, contents | dict(beside or {}))


def _contents(reading: ImportResult, names: NameOf | None) -> Iterator[tuple[str, str]]:
    comments, loose = _comments(reading, names)
    files = {
        name: present
        for name, sections in _files(reading).items()
        if (present := {k: reading.sections[k] for k in sections if k in reading.sections})
    }
    first = WORDS if WORDS in files else next(iter(files), "")
    for name, present in files.items():
        head = "".join(map(_loose_line, loose)) if name == first else ""
        yield name, head + yaml_text(present, comments)
    yield from _forms(reading.sections.get(FORMS, []), comments)


def _loose_line(doubt: Doubt) -> str:
    about = f" {doubt.path[-1]}" if doubt.path else ""
    return f"# 待核{about}：{_told(doubt)}\n"


def _files(reading: ImportResult) -> dict[str, tuple[str, ...]]:
    """The sections by file; a section that no file is meant for goes with the words."""
    meant = {section for sections in FILES.values() for section in sections} | {FORMS}
    others = tuple(section for section in reading.sections if section not in meant)
    return FILES | {WORDS: FILES[WORDS] + others}


def _forms(forms: list[dict[str, Any]], comments: Comments) -> Iterator[tuple[str, str]]:
    """A file for each run of forms of one unit, numbered: read in order, they stand as before."""
    indices = range(len(forms))
    runs = [
        (unit, list(run))
        for unit, run in groupby(indices, lambda index: str(forms[index].get("实施单位", "")))
    ]
    width = max(2, len(str(len(runs))))
    for number, (unit, run) in enumerate(runs, 1):
        moved = {
            (FORMS, path[1] - run[0], *path[2:]): comment
            for path, comment in comments.items()
            if path[0] == FORMS and len(path) > 1 and path[1] in run
        }
        if number == 1 and (FORMS,) in comments:
            moved[FORMS,] = comments[FORMS,]
        name = file_name(unit[:_NAME_LENGTH] or "单位不明")
        text = yaml_text({FORMS: [forms[index] for index in run]}, moved)
        yield f"绩效目标表/{number:0{width}}-{name}.yaml", text


def _comments(reading: ImportResult, names: NameOf | None) -> tuple[Comments, list[Doubt]]:
    """Names and doubts as comments by their path; doubts without a place in the data apart."""
    comments: dict[Path_, str] = dict(_subject_names(reading, names)) if names else {}
    doubted: set[Path_] = set()
    loose = []
    for doubt in reading.doubts:
        path = _existing(reading.sections, doubt.path)
        if not path:
            loose.append(doubt)
            continue
        told = _told(doubt) if path in doubted else f"待核：{_told(doubt)}"
        comments[path] = f"{comments[path]}；{told}" if path in comments else told
        doubted.add(path)
    return comments, loose


def _subject_names(reading: ImportResult, names: NameOf) -> Iterator[tuple[Path_, str]]:
    for section, keys in _CODED.items():
        for index, item in enumerate(reading.sections.get(section, [])):
            known = [names(kind, item[key]) for key, kind in keys.items() if key in item]
            if any(known):
                path: Path_ = (section, index)
                yield (
                    path if len(keys) > 1 else (*path, *keys),
                    " / ".join(n or "？" for n in known),
                )


def _told(doubt: Doubt) -> str:
    where = f"（{doubt.spot}）" if doubt.spot else ""
    return _UNPRINTABLE.sub("□", re.sub(r"\s+", " ", doubt.message)) + where


def _existing(data: Any, path: Path_) -> Path_:
    """The longest beginning of a path that is in the data."""
    found: list[str | int] = []
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        found.append(step)
    return tuple(found)
