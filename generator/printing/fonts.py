"""Checks before printing that the pack's fonts are there."""

from __future__ import annotations

import ctypes.util
from collections.abc import Collection, Iterator, Sequence

from generator.core.findings import Finding
from generator.core.installed_fonts import listed_faces
from generator.core.memo import memo
from generator.pack.pack import Pack

_PACKAGES = {
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "LXGW WenKai": "fonts-lxgw-wenkai",
}


def font_findings(pack: Pack, formats: Collection[str]) -> Iterator[Finding]:
    """Yields what is wrong with the fonts that some formats need.

    A PDF embeds its fonts: E401 for each family that is not installed. A DOCX only names them, and
    takes the page numbers of its contents from a layout: N407. A web page does without.

    Args:
        pack: the pack.
        formats: the formats asked for, as extensions.
    """
    installed = _installed_families()
    have = installed or frozenset()
    roles = {
        font.pdf: role for role, font in pack.theme.fonts.items() if have.isdisjoint(font.preferred)
    }
    if installed is None and "pdf" in formats:
        message = "没有 fc-list 这个程序，查不出装了哪些字体"
        yield Finding("E401", message, "安装 fontconfig（apt-get install fontconfig）")
        return
    missing = [] if installed is None else sorted(set(roles) - installed)
    if "pdf" in formats:
        for family in missing:
            yield _not_embedded(pack, family, roles[family])
    elif missing and "docx" in formats:
        yield _not_laid_out(pack, missing, roles[missing[0]])
    if ctypes.util.find_library("harfbuzz-subset") is None:
        message = "没有安装 libharfbuzz-subset，嵌入中文字体会慢十倍以上"
        yield Finding("W405", message, "安装系统包：apt-get install libharfbuzz-subset0")


def _not_embedded(pack: Pack, family: str, role: str) -> Finding:
    package = _PACKAGES.get(family)
    how = f"安装 {package}（apt-get install {package}）" if package else "安装这个字体"
    return Finding(
        "E401",
        f"没有安装字体“{family}”，PDF 要嵌入它",
        f"{how}，或在 theme.yaml 换用已有字体；DOCX、网页不嵌入字体，"
        "加 --format docx 或 --format html 照样生成",
        pack.theme_source.place(("字体", role, "pdf")),
    )


def _not_laid_out(pack: Pack, families: Sequence[str], role: str) -> Finding:
    named = "、".join(f"“{family}”" for family in families)
    return Finding(
        "N407",
        f"没有安装字体{named}，DOCX 目录里的页码按别的字体排出，可能不准",
        "在装有公文字体的电脑上打开 DOCX，右键目录选“更新域”，再核对页码",
        pack.theme_source.place(("字体", role, "pdf")),
    )


@memo()
def _installed_families() -> frozenset[str] | None:
    faces = listed_faces()
    return frozenset(faces) if faces is not None else None
