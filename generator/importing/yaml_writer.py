"""Writes what was imported as YAML in the style of ``data/``, doubts as comments."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.complaints import system_cause
from generator.findings import Finding, Place, UnusableInputError
from generator.importing.reading import Doubt, Path_, Reading
from generator.printing.files import file_name

_FORMS = "项目绩效目标表"
_FILES = {
    "单位信息.yaml": ("单位信息", "公开方式", "概况", "补充科目"),
    "收支.yaml": ("收支", "政府性基金收入", "国有资本经营收入"),
    "基本支出经济科目.yaml": ("基本支出经济科目",),
    "项目.yaml": ("项目",),
    "情况说明.yaml": (
        "上年预算数",
        "变动原因",
        "三公经费",
        "机关运行经费",
        "政府采购",
        "绩效管理",
        "国有资产",
        "其他说明",
        "附件",
    ),
    "整体绩效目标表.yaml": ("整体绩效目标表",),
}
_FLOW_WIDTH = 60
_DIGITS = re.compile(r"\d+(\.\d+)?")

Comments = Mapping[Path_, str]


def write_yaml(reading: Reading, folder: Path) -> list[Path]:
    """Writes the data folder: all of it, or nothing.

    Raises:
        UnusableInputError: E501 where the folder cannot be written.
    """
    files = dict(_contents(reading))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".disclosure-"))
        try:
            for name, text in files.items():
                target = temporary / name
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, encoding="utf-8")
            temporary.chmod(0o755)
            if folder.exists():
                folder.rmdir()  # only an empty folder goes
            temporary.rename(folder)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        remedy = "检查上级目录是否存在、是否有写权限，目录是否为空"
        message = f"写不进目录：{system_cause(error)}"
        raise UnusableInputError([Finding("E501", message, remedy, Place(folder))]) from error
    return [folder / name for name in files]


def _contents(reading: Reading) -> Iterator[tuple[str, str]]:
    comments, loose = _comments(reading)
    for name, sections in _FILES.items():
        present = {key: reading.sections[key] for key in sections if key in reading.sections}
        head = loose if name == "情况说明.yaml" else []
        if present:
            yield (
                name,
                "".join(f"# 待核 {doubt.path[-1]}：{_told(doubt)}\n" for doubt in head)
                + yaml_text(present, comments),
            )
    yield from _forms(reading.sections.get(_FORMS, []), comments)


def _forms(forms: list[dict[str, Any]], comments: Comments) -> Iterator[tuple[str, str]]:
    """One file for each unit, numbered in the order in which the units first appear."""
    units = list(dict.fromkeys(form.get("实施单位", "") for form in forms))
    for number, unit in enumerate(units, 1):
        own = [(i, form) for i, form in enumerate(forms) if form.get("实施单位", "") == unit]
        moved = {
            (_FORMS, place, *path[2:]): comment
            for place, (i, _) in enumerate(own)
            for path, comment in comments.items()
            if path[:2] == (_FORMS, i)
        }
        name = f"绩效目标表/{number:02}-{file_name(unit or '单位不明')}.yaml"
        yield name, yaml_text({_FORMS: [form for _, form in own]}, moved)


def _comments(reading: Reading) -> tuple[Comments, list[Doubt]]:
    """Doubts as comments by the path they stand at; those without a place in the data apart."""
    comments: dict[Path_, str] = {}
    loose = []
    for doubt in reading.doubts:
        path = _existing(reading.sections, doubt.path)
        if not path:
            loose.append(doubt)
            continue
        told = _told(doubt)
        comments[path] = f"{comments[path]}；{told}" if path in comments else f"待核：{told}"
    return comments, loose


def _told(doubt: Doubt) -> str:
    where = f"（{doubt.spot}）" if doubt.spot else ""
    return re.sub(r"\s+", " ", doubt.message) + where


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


def yaml_text(data: Mapping[str, Any], comments: Comments) -> str:
    """The YAML of some sections; a comment stands at the end of the line of its path."""
    return "".join(f"{line}\n" for line in _mapping(data, (), "", comments))


def _mapping(
    data: Mapping[str, Any], path: Path_, indent: str, comments: Comments
) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        head = f"{indent}{_scalar(key)}:"
        flow = _flow(value, here, comments)
        if flow is not None:
            yield f"{head} {flow}{_comment(here, comments)}"
        else:
            yield f"{head}{_comment(here, comments)}"
            yield from _nested(value, here, indent + "  ", comments)


def _nested(value: Any, path: Path_, indent: str, comments: Comments) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _mapping(value, path, indent, comments)
        return
    for index, item in enumerate(value):
        here = (*path, index)
        flow = _flow(item, here, comments)
        if flow is not None:
            yield f"{indent}- {flow}{_comment(here, comments)}"
            continue
        if here in comments:
            yield f"{indent}#{_comment(here, comments).partition('#')[2]}"
        lines = list(_nested(item, here, indent + "  ", comments))
        yield f"{indent}- {lines[0].strip()}"
        yield from lines[1:]


def _flow(value: Any, path: Path_, comments: Comments) -> str | None:
    """A value on one line: a scalar, or something short without comments inside."""
    if isinstance(value, str):
        return _scalar(value)
    if not value:
        return "[]" if isinstance(value, list | tuple) else "{}"
    if isinstance(value, Mapping):
        parts = [(key, value[key]) for key in value]
        if any(not isinstance(item, str) for _, item in parts):
            return None
        pairs = [f"{_scalar(key, flow=True)}: {_scalar(item, flow=True)}" for key, item in parts]
        text = "{" + ", ".join(pairs) + "}"
        inside = any((*path, key) in comments for key, _ in parts)
        return text if len(text) <= _FLOW_WIDTH and not inside else None
    return None


def _scalar(text: str, *, flow: bool = False) -> str:
    """A text as it must be written to read back the same; digits stay plain."""
    if _DIGITS.fullmatch(text):
        return text
    written = yaml.safe_dump(
        [text] if flow else text,
        allow_unicode=True,
        width=float("inf"),
        default_flow_style=flow,
    )
    written = written.removesuffix("\n").removesuffix("\n...")
    return written[1:-1] if flow else written


def _comment(path: Path_, comments: Comments) -> str:
    return f"      # {comments[path]}" if path in comments else ""
