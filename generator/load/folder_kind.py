"""What stands at a path where a data folder of one entity and year is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.core.findings import Finding, Location
from generator.core.likeness import nearest_names

_SUFFIXES = (".yaml", ".yml")
_DRAFTS = (".docx", ".pdf", ".html", ".htm", ".txt", ".doc", ".wps", ".ofd")
_ENTITY = re.compile(
    rb"^(?:\xef\xbb\xbf)?\xe5\x8d\x95\xe4\xbd\x8d\xe4\xbf\xa1\xe6\x81\xaf\s*", re.M
)
"""单位信息 at the beginning of a line: each data folder states it once."""
_CATALOGUE, _PACK = {"functional.yaml"}, {"pack.yaml", "theme.yaml"}
_SHOWN = 5
_EXAMPLE = "给出一个单位一个年度的数据目录，如 data/阳泉市教育局-2025"


def unfit(folder: Path, files: Iterable[Path]) -> Finding | None:
    """E101 or E102 if a path is not the data folder of one entity and year; else ``None``.

    Args:
        folder: what was given for a data folder.
        files: the data files below it.
    """
    found = list(files)
    if not folder.exists():
        return _missing(folder)
    if not folder.is_dir():
        return _e101(folder, *_of_file(folder))
    names = {file.name for file in found if file.parent == folder}
    if names & _CATALOGUE:
        return _e101(folder, "这是科目目录，不是一个单位的数据目录", _EXAMPLE)
    if names >= _PACK:
        remedy = f"模板包用 --pack {folder} 指定；{_EXAMPLE}"
        return _e101(folder, "这是模板包，不是一个单位的数据目录", remedy)
    if not found:
        return _e101(folder, "目录里没有 .yaml 文件", _of_empty(folder))
    entities = sorted({file.parent for file in found if _states_entity(file)})
    beside = {file.name for file in found} & _CATALOGUE and folder not in entities
    several = len(entities) > 1 or (entities and beside)
    return _of_several(folder, entities) if several else None


def _e101(folder: Path, message: str, remedy: str) -> Finding:
    return Finding("E101", message, remedy, Location(folder))


def _missing(path: Path) -> Finding:
    if path.suffix.lower() in (*_DRAFTS, *_SUFFIXES):
        return Finding("E102", "文件不存在", _alike(path) or "检查文件名和路径", Location(path))
    return _e101(path, "目录不存在", _alike(path) or _EXAMPLE)


def _alike(path: Path) -> str:
    """What there is of a similar name, or how far the path exists."""
    above = path.parent
    if not above.is_dir():
        existing = next(parent for parent in path.absolute().parents if parent.is_dir())
        return f"路径写到“{existing}”为止是对的，从下一段起不存在；检查路径"
    names = [each.name for each in above.iterdir() if not each.name.startswith(".")]
    near = nearest_names(path.name, names, least=0.7)
    return f"是不是 {above / near[0]}？" if near else ""


def _of_file(path: Path) -> tuple[str, str]:
    if path.suffix.lower() in _SUFFIXES:
        return "这是一个数据文件，不是目录", f"给出它所在的目录：{path.parent}"
    if path.suffix.lower() in _DRAFTS:
        remedy = (
            f"核对文稿用 disclosure check {path}；读成数据用 disclosure import {path} -o 数据目录"
        )
        return f"这是 {path.suffix} 文稿，不是目录", remedy
    kind = f"{path.suffix} 文件" if path.suffix else "没有扩展名的文件"
    return f"这是{' ' if path.suffix else ''}{kind}，不是目录", _EXAMPLE


def _of_empty(folder: Path) -> str:
    drafts = sorted(each for each in folder.iterdir() if each.suffix.lower() in _DRAFTS)
    if drafts:
        return f"里面有 {len(drafts)} 份文稿；核对文稿写文件名，如 disclosure check {drafts[0]}"
    return "把数据文件（.yaml）放进这个目录，或给出放了数据文件的目录"


def _of_several(folder: Path, entities: list[Path]) -> Finding:
    """One finding instead of one for each section that stands in several of the folders."""
    if folder in entities:
        copies = [entity for entity in entities if entity != folder]
        names = "、".join(f"“{copy.relative_to(folder)}”" for copy in copies[:_SHOWN])
        message = f"目录里另有 {len(copies)} 份数据（都写了“单位信息”）：{names}"
        return _e101(folder, message, f"把{names}移出这个目录；一个目录只放一个单位一个年度")
    names = "、".join(entity.name for entity in entities[:_SHOWN]) + "等" * (len(entities) > _SHOWN)
    shown = " ".join(str(entity) for entity in entities[:_SHOWN])
    every = f"；要全部，写在一条命令里：{shown}" if len(entities) > 1 else ""
    every += " ……" if len(entities) > _SHOWN else ""
    message = f"这个目录里有 {len(entities)} 个数据目录（{names}），它自己不是数据目录"
    return _e101(folder, message, f"写出其中一个，如 {entities[0]}{every}")


def _states_entity(file: Path) -> bool:
    try:
        return bool(_ENTITY.search(file.read_bytes()))
    except OSError:
        return False
