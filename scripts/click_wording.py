"""Compiles Click's Chinese wording, and names every message of Click that has none.

The catalogue is read through gettext, as Click reads it: no library is loaded for a message.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "generator" / "locale" / "zh_CN" / "LC_MESSAGES"
SOURCE, COMPILED = FOLDER / "messages.po", FOLDER / "messages.mo"
_CALLS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def wording() -> Catalog:
    """The Chinese wording as it is written."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def click_messages() -> Iterator[tuple[str, ...]]:
    """Every message that the installed Click may print; with its plural, if it has one."""
    found = extract_from_dir(Path(click.__file__).parent, [("**.py", "python")], keywords=_CALLS)
    for message in dict.fromkeys(each[2] for each in found):
        yield (message,) if isinstance(message, str) else tuple(message)


def lacking(catalog: Catalog) -> list[str]:
    """The messages without Chinese."""
    entries = ((message, catalog.get(message[0])) for message in click_messages())
    return [message[0] for message, entry in entries if entry is None or not entry.string]


def compile_wording() -> None:
    """Writes the compiled catalogue."""
    with COMPILED.open("wb") as file:
        write_mo(file, wording())


if __name__ == "__main__":
    compile_wording()
    without = lacking(wording())
    for text in without:
        print(f"没有中文：{text}", file=sys.stderr)
    sys.exit(bool(without))
