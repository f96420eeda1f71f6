"""What a reader decided where the import of a noisy text could not: recorded, entry by entry.

An entry names the form (第几张, counted from 1), the place in it, what it was
settled as (nothing: the key goes) and why.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_resolutions(file: Path) -> list[dict[str, Any]]:
    """The entries of a file; every scalar is text, an absent 定为 is ``None``."""
    loaded: list[dict[str, Any]] = yaml.load(
        file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return loaded


def resolve(forms: list[dict[str, Any]], entries: list[dict[str, Any]]) -> list[str]:
    """Applies the entries to imported forms; returns those that change nothing (stale)."""
    stale = []
    for entry in entries:
        *steps, last = entry["处"].split("/")
        target: Any = forms[int(entry["表"]) - 1]
        for step in steps:
            held = isinstance(target, dict)
            target = target.setdefault(step, {}) if held else target[int(step)]
        key: Any = last if isinstance(target, dict) else int(last)
        before = target.get(key) if isinstance(target, dict) else target[key]
        if "定为" not in entry:
            target.pop(key, None)
        else:
            target[key] = entry["定为"]
        if before == entry.get("定为"):
            stale.append(f"{entry['表']}/{entry['处']}")
    return stale
