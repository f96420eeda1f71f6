"""What commands share of their input: the pack that is meant, and the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.core.findings import UnusableInputError
from generator.core.resources import DEFAULT_PACK
from generator.pack.choice import (
    ChosenPack,
    default_pack,
    named_choices,
    open_chosen,
    pack_of_data,
    typed_pack,
)

if TYPE_CHECKING:  # what loads them is imported when something is loaded
    from generator.drafts.draft import Draft
    from generator.pack.pack import Pack

pack_option = click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default=None,
    help=(
        "模板包的名称（disclosure packs 列出），或它的目录。"
        f"不写：数据按其中的“模板包”，没有写的按 {DEFAULT_PACK}；文稿按最像的一个。"
    ),
)
"""The option that names a pack, or its folder."""


def columns_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options about the columns of lists, for a command."""
    file = click.option(
        "--columns",
        "columns_file",
        metavar="列对照.yaml",
        type=click.Path(path_type=Path),
        help="明细清单的列对照，如上一次的；输出目录里已有的在先，都没有就由程序提出。",
    )
    accept = click.option(
        "--accept-columns",
        is_flag=True,
        help="程序提出的列对照没有待定的、把握低的，不等确认就用。",
    )
    return file(accept(command))


def open_pack(name: str | None = None) -> Pack:
    """Loads the pack of a name or folder; without one, the default pack.

    Raises:
        UnusableInputError: with every problem of the pack.
    """
    return open_chosen(typed_pack(name) if name is not None else default_pack())


def named_packs() -> list[Pack]:
    """Loads every pack that has a name; one that cannot be used is left out."""
    packs = []
    for choice in named_choices():
        with suppress(UnusableInputError):
            packs.append(open_chosen(choice))
    return packs


def pack_of_folder(folder: Path, typed: str | None) -> Pack:
    """Loads the pack that data is read with, and says so if nobody has named it.

    Raises:
        UnusableInputError: with every problem of the pack.
    """
    choice = pack_of_data(folder, typed)
    say(choice)
    return open_chosen(choice)


def pack_of_draft(draft: Draft, typed: str | None) -> ChosenPack:
    """The pack that a draft is read with: the one typed, else the one that fits it best.

    The default if none fits, or several equally well.

    Raises:
        UnusableInputError: E301.
    """
    if typed is not None:
        return typed_pack(typed)
    fitting = fitting_packs(draft)
    if len(fitting) == 1:
        return fitting[0]
    why = "像几个模板包" if fitting else "看不出是哪一个"
    return default_pack(
        f"模板包：{DEFAULT_PACK}（没有写 --pack，内容{why}，按默认；disclosure packs 列出别的）"
    )


def fitting_packs(draft: Draft, *others: ChosenPack) -> list[ChosenPack]:
    """The packs that fit a draft best: of those with a name, and of others."""
    from generator.drafts.parts.fitting import best_fits

    return best_fits(draft, (*others, *named_choices()))


def say(choice: ChosenPack, file: Path | None = None) -> None:
    """Tells of a choice that nobody has made; beside the results, which may be for programs.

    Args:
        choice: the pack that was chosen.
        file: what it was chosen for, if several are read.
    """
    if choice.said:
        from rich.text import Text

        from generator.reports.terminal.console import ERR

        ERR.print(Text(f"{file}：{choice.said}" if file else choice.said))
