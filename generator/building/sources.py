"""Digests of all that a build reads, taken so that they are certain to be of what was read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from generator.building.trees import Tree, UntraceableError, last_change, tree
from generator.core.findings import UnusableInputError
from generator.core.records import replace
from generator.core.resources import CATALOGUE
from generator.load.folder_files import unread_files
from generator.load.yaml.files import SUFFIXES
from generator.pack.choice import ChosenPack
from generator.pack.library import pack_named

T = TypeVar("T")
Trees = dict[str, Tree]
"""Digests of the files of folders, each by its absolute path."""

_MARGIN = 10**9
"""How many nanoseconds before a build a file must have been changed last to count as unchanged
while it was read: file systems look at coarse clocks."""


class BuildInputs(Struct, frozen=True):
    """All that a build reads besides fonts: pack and catalogue, and data folders of both years.

    ``pack`` is the name under which the pack was found; empty if its path was given.
    """

    tools: Trees
    data: Trees
    pack: str = ""


def sources_of_tools(choice: ChosenPack) -> BuildInputs:
    """Digests of pack and catalogue.

    Raises:
        UntraceableError: if that cannot be told.
    """
    folders = (choice.folder, CATALOGUE)
    name = choice.name if choice.named else ""
    return BuildInputs({absolute(folder): tree(folder) for folder in folders}, {}, name)


def sources_of_data(folder: Path) -> Trees:
    """Digests of what is read of a data folder.

    Raises:
        UntraceableError: if that cannot be told.
    """
    return {absolute(folder): _data_tree(folder)}


def _data_tree(folder: Path) -> Tree:
    """Digests of the data files, and the names of files that are not read: both are told of."""
    unread = unread_files(folder) if folder.is_dir() else []
    return {**tree(folder, SUFFIXES), **{str(file): "" for file in unread}}


def as_they_are_now(sources: BuildInputs) -> BuildInputs:
    """The same folders, with the digests of today.

    Raises:
        UntraceableError: if that cannot be told, or the name of the pack leads elsewhere now.
    """
    if sources.pack != "" and _folder_named(sources.pack) not in sources.tools:
        raise UntraceableError(sources.pack)
    return BuildInputs(
        {folder: tree(Path(folder)) for folder in sources.tools},
        {folder: _data_tree(Path(folder)) for folder in sources.data},
        sources.pack,
    )


def _folder_named(name: str) -> str:
    try:
        return absolute(pack_named(name).folder)
    except UnusableInputError:
        return ""


def certain(before: BuildInputs | None, prior: Path | None, started: int) -> BuildInputs | None:
    """The sources of a build that is done, where nothing was changed under its hands.

    Args:
        before: digests from before anything was read.
        prior: last year's folder, which the data names, so that it was not known before.
        started: when the build began, in nanoseconds since the epoch.
    """
    if before is None or before != traced(lambda: as_they_are_now(before)):
        return None
    if prior is None:
        return before
    of_prior = traced(lambda: sources_of_data(prior))
    if of_prior is None or last_change(prior) > started - _MARGIN:
        return None
    return replace(before, data={**before.data, **of_prior})


def traced(take: Callable[[], T]) -> T | None:
    """What is taken, or ``None`` if it cannot be."""
    try:
        return take()
    except UntraceableError:
        return None


def absolute(folder: Path) -> str:
    """The path by which a folder is known wherever the command runs."""
    return str(folder.resolve())
