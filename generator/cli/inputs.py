"""What commands share of their input: the pack they are told of, and the catalogue."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.findings import UnusableInputError, has_errors
from generator.resources import CATALOGUE, PACKS

if TYPE_CHECKING:  # what loads them is imported when something is loaded
    from generator.load.catalogue import Catalogue
    from generator.pack.pack import Pack

pack_option = click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default="yangquan",
    help="模板包的名称，或它的目录（默认 yangquan）。",
)
"""The option that names a pack, or its folder."""


def open_pack(name: str) -> Pack:
    """Loads a pack: a folder of that name, otherwise one of the packs that come along.

    Raises:
        UnusableInputError: with every problem of the pack.
    """
    from generator.pack.pack import load_pack

    return load_pack(pack_folder(name))


def named_packs() -> list[Pack]:
    """Loads every pack that comes along; one that cannot be used is left out."""
    from generator.pack.pack import load_pack

    packs = []
    for settings in sorted(PACKS.glob("*/pack.yaml")):
        with suppress(UnusableInputError):
            packs.append(load_pack(settings.parent))
    return packs


def pack_folder(name: str) -> Path:
    """The folder of a pack: one of that name, otherwise one of the packs that come along."""
    return Path(name) if Path(name).is_dir() else PACKS / name


def open_catalogue() -> Catalogue:
    """Loads the catalogue that comes along.

    Raises:
        UnusableInputError: with every problem of its files.
    """
    from generator.load.catalogue import load_catalogue

    catalogue, findings = load_catalogue(CATALOGUE)
    if catalogue is None or has_errors(findings):
        raise UnusableInputError(findings)
    return catalogue
