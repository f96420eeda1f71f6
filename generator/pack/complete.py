"""Whether a pack has all of its files, and none that lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.core.files.plain import is_system_file, leads_out
from generator.core.findings import Finding, Location
from generator.core.resources import PACKS
from generator.pack.library import SETTINGS

STATEMENTS, FORMS = "statements", "forms"
_MODEL = "national"
"""The pack that a new one is copied from."""
_NEEDED = {
    SETTINGS: "名称和设置",
    "outline.yaml": "各部分、各节的标题",
    "vocabulary.yaml": "资金来源等词汇",
    "theme.yaml": "字体、字号、版心",
    "glossary.yaml": "名词解释",
    "document.html.j2": "文档骨架",
    "document.css.j2": "PDF 与网页的版式",
}


def missing_files(folder: Path) -> Iterator[Finding]:
    """E301 for each file that a pack needs and does not have; for a folder that is not there, one.

    The definitions of statements are looked for by :func:`statement_files`.
    """
    if not folder.is_dir():
        remedy = "用 --pack 给出模板包的名称或目录；disclosure packs 列出有名称的"
        yield Finding("E301", "没有这个模板包：不是目录", remedy, Location(folder))
        return
    for name, holds in _NEEDED.items():
        if not (folder / name).is_file():
            yield _missing(folder, name, holds)


def statement_files(folder: Path, below: str) -> tuple[list[Path], list[Finding]]:
    """The files of a pack that define its statements, and E301 if there are none.

    Args:
        folder: the pack.
        below: the folder in it that holds them, as the pack states it.
    """
    within = folder / below
    if _elsewhere(within, folder):
        return [], [_outside(within)]
    files = [file for file in sorted(within.glob("*.yaml")) if not is_system_file(file.name)]
    return files, [] if files else [_missing(folder, f"{below}/*.yaml", "报表定义，一表一个文件")]


def outside(file: Path, folder: Path) -> Finding | None:
    """E403 if a file of a pack is a link to somewhere else."""
    return _outside(file) if _elsewhere(file, folder) else None


def _elsewhere(file: Path, folder: Path) -> bool:
    try:
        return leads_out(file, folder)
    except OSError:  # links in a circle: whoever reads it will say so
        return False


def _outside(file: Path) -> Finding:
    remedy = "把文件放进模板包，不要用链接和 .."
    return Finding("E403", "模板包的文件在模板包以外", remedy, Location(file))


def _missing(folder: Path, name: str, holds: str) -> Finding:
    remedy = f"从模板包 {_MODEL}（{PACKS / _MODEL}）复制 {name}，照本地改"
    return Finding("E301", f"模板包缺少 {name}（{holds}）", remedy, Location(folder))
