"""What is given to be read, for every command that reads it: files, folders, lists of amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from generator.cli.inputs import pack_of_draft, say
from generator.pack.choice import ChosenPack, open_chosen, typed_pack
from generator.reports.terminal.console import ERR, shell_word

if TYPE_CHECKING:
    from generator.cli.importing.columns import ColumnsChoice
    from generator.drafts.draft import Draft
    from generator.importing.flat_list.columns import ColumnMap
    from generator.importing.flat_list.ledger import ReadList
    from generator.importing.flat_list.listing import FlatList
    from generator.importing.flat_list.run import Lists
    from generator.importing.whole import WholeImport
    from generator.load.catalogue import Catalogue
    from generator.pack.pack import Pack


class Given(Struct, frozen=True):
    """Files as one document, and the lists among them with their columns confirmed.

    Attributes:
        draft: everything but the lists.
        notes: what was noticed when several files were put together, or left unread.
        listed: the lists, and what their columns are used as; ``None`` without any.
        assets: lists of assets, each with its file.
        choice: the pack that they are read with.
    """

    paths: Sequence[Path]
    draft: Draft
    notes: Sequence[str]
    listed: tuple[Lists, ColumnMap] | None
    choice: ChosenPack
    pack: Pack
    assets: Sequence[tuple[Path, FlatList]] = ()

    def imported(self, catalogue: Catalogue) -> WholeImport:
        """Reads all of it into the data format.

        Raises:
            UnusableInputError: E764 where nothing becomes data.
        """
        from generator.importing.whole import import_inputs

        with ERR.status("读入文本"):
            return import_inputs(
                self.draft, self.pack, catalogue, self.notes, self.listed, self.assets
            )


def read_given(paths: Sequence[Path], columns: ColumnsChoice, pack_name: str | None) -> Given:
    """Reads files and those in folders, and says so if nobody has named the pack.

    Raises:
        UnusableInputError: with what cannot be read; E301 for the pack; E609 if somebody must look
            at the columns of a list first.
    """
    from generator.drafts.parts.draft_format import format_of
    from generator.importing.inputs import combined, input_files, read_inputs, skipped_in

    if pack_name is not None:
        open_chosen(typed_pack(pack_name))  # what is wrong with it is told before the draft
    with ERR.status("读入文本"):
        inputs = read_inputs(input_files(paths), columns.names())
        choice = pack_of_draft(combined(inputs.drafts, None)[0], pack_name)
        say(choice)
        pack = open_chosen(choice)
        listed = columns.confirmed(inputs.lists, pack)
        assets = inputs.lists.assets
        draft, notes = combined(inputs.drafts, format_of(pack))
    return Given(
        paths, draft, [*notes, *inputs.notes, *skipped_in(paths)], listed, choice, pack, assets
    )


def told_of_lists(lists: ReadList) -> str:
    """How much of the lists was read: all of it, or what not is among the doubts."""
    beside = [f"另有 {lists.sums} 行合计，没有重复计入"] if lists.sums else []
    beside += [f"{lists.bare} 行没有金额"] if lists.bare else []
    beside += [f"其中隐藏的 {lists.hidden} 行也读"] if lists.hidden else []
    beside += [f"其中 {lists.unread} 行的金额没有读"] if lists.unread else []
    sums = f"（{'；'.join(beside)}）" if beside else ""
    return (
        f"明细清单 {lists.rows - lists.sums - lists.bare} 行{sums}，合计 {lists.printed:,.2f} 元，"
        f"读进数据 {lists.read:,.2f} 元"
    )


def told_of_absent(sections: Mapping[str, Any], pack: Pack, folder: Path) -> list[str]:
    """Which sections are still to be filled in, and how."""
    from generator.importing.absent import absent_sections

    absent = absent_sections(sections, pack)
    if not absent:
        return []
    word = shell_word(folder)
    return [
        f"没有读到、要另填的栏目：{'、'.join(absent)}",
        f"  disclosure worksheet {word} -o 填报.xlsx      （用 Excel 填；也可以直接写 YAML）",
        f"  disclosure import 填报.xlsx --into {word}      （填好后读回）",
    ]
