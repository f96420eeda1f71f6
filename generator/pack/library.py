"""The packs there are by name: those that come along, and those of installed distributions.

A distribution declares its packs as entry points of the group ``disclosure.packs``: the name is
that of the pack, the value a package, or an attribute that holds a folder. Imports the standard
library and findings only: a build in which nothing has changed looks for its pack, too.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.likeness import nearest_names
from generator.core.memo import memo
from generator.core.records import replace
from generator.core.resources import PACKS

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

GROUP = "disclosure.packs"
SETTINGS = "pack.yaml"
"""The file that makes a folder a pack."""
_NEAR = 0.5


class NamedPack(Struct, frozen=True):
    """A pack that has a name.

    Attributes:
        distribution: the name of the distribution that brings it; empty if it comes along.
        version: of the distribution.
        flaw: why it cannot be used, as far as that shows before it is loaded.
    """

    name: str
    folder: Path
    distribution: str = ""
    version: str = ""
    flaw: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from, in words."""
        if not self.distribution:
            return "随程序"
        return f"发行包 {self.distribution} {self.version}".rstrip()

    def problem(self, place: Location | None = None) -> Finding | None:
        """E301 if it has a flaw, where it is asked for."""
        if not self.flaw:
            return None
        message = f"模板包“{self.name}”（{self.origin}）不能用：{self.flaw}"
        remedy = f"重新安装发行包 {self.distribution}，或告诉它的作者；也可以改用别的包"
        return Finding("E301", message, remedy, place)


def is_pack(folder: Path) -> bool:
    """Whether there is a pack in a folder, whatever stands for its path."""
    try:
        return (folder / SETTINGS).is_file()
    except (OSError, ValueError):  # a name that is too long, or holds what none can
        return False


def known_packs() -> tuple[NamedPack, ...]:
    """Every pack that has a name: those that come along first, each kind by name."""
    own = sorted(file.parent for file in PACKS.glob(f"*/{SETTINGS}"))
    return (*(NamedPack(folder.name, folder) for folder in own), *_installed(tuple(sys.path)))


def pack_named(name: str, place: Location | None = None) -> NamedPack:
    """The pack of a name.

    Args:
        name: the name as it is written.
        place: where it is written.

    Raises:
        UnusableInputError: E301 if there is none, with the names there are; or if what is
            declared under that name cannot be used.
    """
    own = PACKS / name
    if _is_word(name) and is_pack(own):
        return NamedPack(name, own)
    packs = known_packs()
    found = next((pack for pack in packs if pack.name == name), None)
    if found is None:
        names = [pack.name for pack in packs]
        near = nearest_names(name, names, least=_NEAR)
        hint = f"是不是 {near[0]}？" if near else ""
        remedy = f"{hint}可用的有：{'、'.join(dict.fromkeys(names))}；别的包写它的目录"
        raise UnusableInputError([Finding("E301", f"没有模板包“{name}”", remedy, place)])
    if problem := found.problem(place):
        raise UnusableInputError([problem])
    return found


def distribution_of(folder: Path) -> str:
    """The distribution that brings the pack in a folder; empty if none does."""
    packs = _installed(tuple(sys.path))
    found = (pack for pack in packs if not pack.flaw and pack.folder.resolve() == folder.resolve())
    return next((each.distribution for each in found), "")


def entry_points(group: str) -> Iterator[tuple[Distribution, EntryPoint]]:
    """The entry points of a group, by distribution; the first of two with one name counts."""
    from importlib.metadata import distributions

    seen: set[str] = set()
    for distribution in distributions():
        try:
            points = [point for point in distribution.entry_points if point.group == group]
            name = distribution.name if points else ""
        except Exception:  # noqa: S112 - what is installed besides may be torn
            continue
        if points and name not in seen:
            seen.add(name)
            yield from ((distribution, point) for point in points)


def _is_word(name: str) -> bool:
    return bool(name) and not {"/", "\\", "\0"} & set(name) and name not in (".", "..")


@memo(4)
def _installed(_: tuple[str, ...]) -> tuple[NamedPack, ...]:
    """The packs of installed distributions by name; ``_`` is the path on which they are found."""
    found = sorted(
        (_pack_at(distribution, point) for distribution, point in entry_points(GROUP)),
        key=lambda each: (each.name, each.distribution),
    )
    times = Counter(each.name for each in found)
    return tuple(_contested(each, times[each.name]) for each in found)


def _contested(pack: NamedPack, times: int) -> NamedPack:
    """A pack with its flaw if others have the same name."""
    if is_pack(PACKS / pack.name):
        return replace(pack, flaw="与随程序的模板包同名")
    return replace(pack, flaw="另有发行包声明了同名的模板包") if times > 1 else pack


def _pack_at(distribution: Distribution, point: EntryPoint) -> NamedPack:
    """The pack that an entry point declares; whatever goes wrong is its flaw."""
    folder, flaw = Path(), ""
    try:
        folder = _folder(point)
        if not is_pack(folder):
            flaw = f"{folder} 里没有 {SETTINGS}"
    except (Exception, SystemExit) as error:  # the module may do anything when it is imported
        flaw = f"读不出“{point.value}”（{type(error).__name__}）"
    if not _is_word(point.name):
        flaw = "名称里不能有斜杠"
    return NamedPack(point.name, folder, distribution.name, distribution.version or "", flaw)


def _folder(point: EntryPoint) -> Path:
    """The folder of a package, which is not imported for that, or what an attribute holds.

    Raises:
        LookupError: if it is neither.
        Exception: whatever the import of a module raises.
    """
    if point.attr:
        held = point.load()
        if isinstance(held, ModuleType):
            return Path(next(iter(held.__path__)))
        folder = Path(os.fspath(held))
        if not folder.is_absolute():
            raise LookupError(folder)
        return folder
    spec = find_spec(point.module)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(point.module)
    return Path(next(iter(spec.submodule_search_locations)))
