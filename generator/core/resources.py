"""Where the packs and the shared catalogue are: beside the code, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_BUNDLED = _PACKAGE / "_bundled"
_CHECKOUT = _PACKAGE.parent

CATALOGUE = _BUNDLED / "catalogue" if _BUNDLED.is_dir() else _CHECKOUT / "data" / "catalogue"
"""The folder of the subject catalogue (科目目录)."""

PACKS = _BUNDLED / "templates" if _BUNDLED.is_dir() else _CHECKOUT / "templates"
"""The folder that holds the template packs that come with the project."""

DEFAULT_PACK = "yangquan"
"""The pack that data is read with if neither it nor anybody else names one."""
