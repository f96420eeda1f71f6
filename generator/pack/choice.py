"""Which pack is meant: the one that was typed, the one that the data names, or the default."""

from __future__ import annotations

import os
import re
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.resources import DEFAULT_PACK
from generator.load.pack_name import WrittenName, is_data, written_name
from generator.pack.library import (
    SETTINGS,
    NamedPack,
    distribution_of,
    is_pack,
    known_packs,
    pack_named,
)

_REFUSED = tuple(map(re.compile, (r"^[/\\~]", r"^[A-Za-z][\w+.-]*:", r"[\x00-\x1f\x7f]")))
"""Absolute paths, addresses in a network and drives, and what no path holds."""


if TYPE_CHECKING:  # it loads much; whoever only chooses does without
    from generator.pack.pack import Pack


class ChosenPack(Struct, frozen=True):
    """A pack that is chosen, and not loaded yet.

    Attributes:
        name: as it was typed or written.
        folder: where it is.
        named: whether it is called by its name; otherwise by its path.
        distribution: the installed distribution that brings it; empty if none does.
        said: what is to be told of the choice; empty if somebody has made it.
    """

    name: str
    folder: Path
    named: bool = True
    distribution: str = ""
    said: str = ""


def default_pack(said: str = "") -> ChosenPack:
    """The pack that is taken if nobody has named one."""
    return _chosen(pack_named(DEFAULT_PACK), said)


def named_choices() -> tuple[ChosenPack, ...]:
    """Every pack that has a name and can be found, the default first."""
    usable = [_chosen(pack) for pack in known_packs() if not pack.flaw]
    return tuple(sorted(usable, key=lambda choice: choice.name != DEFAULT_PACK))


def open_chosen(choice: ChosenPack) -> Pack:
    """Loads a pack that was chosen.

    Raises:
        UnusableInputError: with every problem of the pack.
    """
    from generator.pack.pack import load_pack

    return load_pack(choice.folder, choice.distribution)


def typed_pack(written: str) -> ChosenPack:
    """The pack of a name or folder that was typed: a folder with a pack counts before a name.

    Raises:
        UnusableInputError: E301.
    """
    folder = Path(written)
    if "/" in written or is_pack(folder) or folder.is_absolute():
        return ChosenPack(written, folder, named=False, distribution=distribution_of(folder))
    try:
        return _chosen(pack_named(written))
    except UnusableInputError:
        if not os.path.isdir(written):  # noqa: PTH112 - false of what cannot be a path at all
            raise
        return ChosenPack(written, folder, named=False)  # what it lacks is told when it is loaded


def pack_of_data(folder: Path, typed: str | None = None) -> ChosenPack:
    """The pack that data is read with: the one typed, else the one it names, else the default.

    Raises:
        UnusableInputError: E301.
    """
    if typed is not None:
        return typed_pack(typed)
    written = written_name(folder)
    if written is None:
        said = f"模板包：{DEFAULT_PACK}（数据没有写“模板包”，按默认）" if is_data(folder) else ""
        return default_pack(said)
    return _written_pack(folder, written)


def found_here(choice: ChosenPack) -> ChosenPack:
    """A pack that was chosen on another computer, as this one has it: by its name or its path.

    Raises:
        UnusableInputError: E301 if there is none of the name.
    """
    return _chosen(pack_named(choice.name), choice.said) if choice.named else choice


def typed_folder(written: str) -> Path:
    """The folder of a pack that was typed; of one that is not there, where it may be."""
    try:
        return typed_pack(written).folder
    except UnusableInputError:
        return Path(written)


def is_path(written: str) -> bool:
    """Whether what data writes as 模板包 is a path, not a name."""
    return "/" in written.replace("\\", "/") or written in (".", "..")


def path_to(written: str, folder: Path) -> Path:
    """Where a path leads that the data in a folder writes."""
    return Path(normpath(folder / written.replace("\\", "/")))


def _chosen(pack: NamedPack, said: str = "") -> ChosenPack:
    return ChosenPack(pack.name, pack.folder, distribution=pack.distribution, said=said)


def _written_pack(folder: Path, written: WrittenName) -> ChosenPack:
    if not is_path(written.text):
        return _chosen(pack_named(written.text, written.place))
    if any(odd.search(written.text) for odd in _REFUSED):
        raise _refused("“模板包”写名称，或从数据目录起的相对路径", written.place)
    target = path_to(written.text, folder)
    if not is_pack(target):
        raise _refused(f"{target} 不是模板包（没有 {SETTINGS}）", written.place)
    if target.resolve().is_relative_to(folder.resolve()):
        message = "模板包在数据目录里面：它的 YAML 会被当作数据"
        raise _refused(message, written.place, "把模板包移到数据目录外面，改写“模板包”")
    return ChosenPack(written.text, target, named=False)


def _refused(message: str, place: Location, remedy: str = "") -> UnusableInputError:
    remedy = remedy or "写名称（disclosure packs 列出），或相对路径，如 ../../我的模板包"
    return UnusableInputError([Finding("E301", message, remedy, place)])
