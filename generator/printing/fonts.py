"""Checks before and after printing that the pack's fonts are there and hold every glyph."""

from __future__ import annotations

import ctypes.util
import subprocess
from collections.abc import Iterator
from functools import cache

from generator.findings import Finding
from generator.pack.pack import Pack

_PACKAGES = {
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "LXGW WenKai": "fonts-lxgw-wenkai",
}


def font_findings(pack: Pack) -> Iterator[Finding]:
    """Yields E401 for each family that is not installed, W405 without harfbuzz-subset."""
    installed = _installed_families()
    if installed is None:
        message = "没有 fc-list 这个程序，查不出装了哪些字体"
        yield Finding("E401", message, "安装 fontconfig（apt-get install fontconfig）")
        return
    roles = {font.pdf: role for role, font in pack.theme.fonts.items()}
    for family, role in sorted(roles.items()):
        if family not in installed:
            package = _PACKAGES.get(family)
            how = f"安装 {package}（apt-get install {package}）" if package else "安装这个字体"
            remedy = f"{how}，或在 theme.yaml 换用已有字体"
            place = pack.theme_source.place(("字体", role, "pdf"))
            yield Finding("E401", f"没有安装字体“{family}”", remedy, place)
    if ctypes.util.find_library("harfbuzz-subset") is None:
        message = "没有安装 libharfbuzz-subset，嵌入中文字体会慢十倍以上"
        yield Finding("W405", message, "安装系统包：apt-get install libharfbuzz-subset0")


@cache
def _installed_families() -> frozenset[str] | None:
    try:
        listing = subprocess.run(
            ["fc-list", ":", "family"],  # noqa: S607
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # a name in another encoding is none that a theme asks for
            check=False,
        )
    except FileNotFoundError:
        return None
    return frozenset(
        name.strip() for line in listing.stdout.splitlines() for name in line.split(",")
    )
