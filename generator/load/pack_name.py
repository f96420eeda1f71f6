"""What pack a data folder names (模板包), found before there is a pack to read the data with."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.core.files.plain import read_plain
from generator.core.findings import Location
from generator.load.yaml.files import LARGEST_FOLDER, yaml_files

SECTION, KEY = "单位信息", "模板包"


class WrittenName(Struct, frozen=True):
    """The name or path of a pack as data states it, and where."""

    text: str
    place: Location


def is_data(folder: Path) -> bool:
    """Whether a folder holds any data file."""
    return folder.is_dir() and bool(yaml_files(folder)[0])


def written_name(folder: Path) -> WrittenName | None:
    """The pack that a data folder names; ``None`` if it names none, or cannot be read.

    Only files that may speak of a pack are parsed.
    """
    if not folder.is_dir():
        return None
    left = LARGEST_FOLDER
    for file in yaml_files(folder)[0]:
        try:
            content = read_plain(file, left)
        except OSError:  # told when the data is read
            continue
        left -= len(content)
        # a quoted key may be written by escapes
        if (KEY.encode() in content or b"\\" in content) and (found := _name_in(file)):
            return found
    return None


def _name_in(file: Path) -> WrittenName | None:
    from generator.load.yaml.tree import read_yaml

    source = read_yaml(file)
    entity = source.data.get(SECTION) if isinstance(source.data, dict) else None
    name = entity.get(KEY) if isinstance(entity, dict) else None
    if not isinstance(name, str) or not name.strip():
        return None
    return WrittenName(name.strip(), source.place((SECTION, KEY)))
