"""Which files of a data folder are read, and which somebody may believe to be."""

from __future__ import annotations

import re
from pathlib import Path

from generator.core.files.plain import is_system_file
from generator.core.findings import Finding, Location
from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.load.yaml.files import COLUMNS_FILE, yaml_files

_LIKE_DATA = late_pattern(r"[.。．]ya?ml", re.IGNORECASE)
_MAY_HOLD_DATA = frozenset({".txt", ""})
_LOOKED_INTO = 100_000
"""Bytes of a text file that are looked into."""


def unread_files(folder: Path) -> list[Path]:
    """The files below a folder that are not read although name or content suggest it."""
    read = set(yaml_files(folder)[0])
    return sorted(
        path
        for path in folder.rglob("*")
        if path not in read
        and path.name != COLUMNS_FILE
        and not any(map(is_system_file, path.relative_to(folder).parts))
        and path.is_file()
        and (_LIKE_DATA.search(path.name) or _holds_data(path))
    )


def _holds_data(path: Path) -> bool:
    """Whether a text file has a section of the data format in it."""
    if path.suffix.lower() not in _MAY_HOLD_DATA:
        return False
    try:
        with path.open("rb") as file:
            text = file.read(_LOOKED_INTO).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    return _section().search(text) is not None


@memo()
def _section() -> re.Pattern[str]:
    """A line on which a section begins."""
    # the models take long to import, and a build where nothing has changed needs none of them
    from generator.model.disclosure import Disclosure

    names = "|".join(str(field.alias) for field in Disclosure.model_fields.values())
    return re.compile(rf"^(?:{names})[:：]", re.MULTILINE)


def unread_findings(folder: Path) -> list[Finding]:
    """W226 for each file that is not read."""
    cause = "没有读“{}”：只读扩展名是 .yaml 的文件"
    return [
        Finding("W226", cause.format(path.name), _remedy(path), Location(path))
        for path in unread_files(folder)
    ]


def _remedy(path: Path) -> str:
    like_data = _LIKE_DATA.search(path.name)
    meant = (path.name[: like_data.start()] if like_data else path.stem) + ".yaml"
    if path.with_name(meant).exists():
        return f"已经有“{meant}”：留下要用的一个，另一个移出数据目录"
    return f"要用的改名为“{meant}”（电脑上显示扩展名后再改）；不用的移出数据目录"
