"""What commands share of their input: the pack they are told of, and the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from generator.findings import UnusableInputError, has_errors
from generator.load.catalogue import Catalogue, load_catalogue
from generator.pack.pack import Pack, load_pack
from generator.resources import CATALOGUE, PACKS

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
    return load_pack(Path(name) if Path(name).is_dir() else PACKS / name)


def open_catalogue() -> Catalogue:
    """Loads the catalogue that comes along.

    Raises:
        UnusableInputError: with every problem of its files.
    """
    catalogue, findings = load_catalogue(CATALOGUE)
    if catalogue is None or has_errors(findings):
        raise UnusableInputError(findings)
    return catalogue
