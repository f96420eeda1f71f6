"""``disclosure import`` of a worksheet: into its data folder, or as a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from generator.cli.inputs import open_pack, pack_of_folder
from generator.core.files.write import refuse_taken, write_files
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import system_cause
from generator.importing.data_files import write_yaml
from generator.importing.reading import Doubt
from generator.load.catalogue import open_catalogue
from generator.load.yaml.changes import path_text
from generator.reports.terminal.console import OUT, print_findings, shell_word

if TYPE_CHECKING:
    from generator.worksheet.read import Worksheet
    from generator.worksheet.take_in import TakenIn

_SHOWN = 30


def import_worksheet(
    file: Path, output: Path | None, into: Path | None, pack_name: str | None, *, show_all: bool
) -> None:
    """Reads the worksheet and writes what it says.

    Exit code 1 if marks are left in a new folder, 2 if the worksheet cannot be used.
    """
    try:
        if into is not None:
            taken = _into(file, into, pack_name)
        elif output is not None:
            doubts = _as_new(file, output, pack_name)
            _following(output)
            raise SystemExit(1 if doubts else 0)
        else:
            raise click.UsageError("写明读到哪里：--into 数据目录，或 -o 新目录")
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    limit = len(taken.lines) if show_all else _SHOWN
    for line in taken.lines[:limit]:
        OUT.print(Text(line))
    if len(taken.lines) > limit:
        OUT.print(Text(f"还有 {len(taken.lines) - limit} 处，用 --all 全部列出"))
    if taken.kept:
        told = "数据已经不是写出填报表时的样子，或同一处还有别的待办"
        OUT.print(Text(f"选了“已完成”而没有销去的 {taken.kept} 处：{told}"))
    if not taken.files:
        OUT.print(Text(f"没有改动：{into} 还是原来的内容"))
        return
    settled = f"，销去待办 {taken.settled} 处" if taken.settled else ""
    OUT.print(Text(f"改了 {len(taken.lines)} 处{settled}：{'、'.join(taken.files)}"))
    _following(into)


def _as_new(file: Path, output: Path, pack_name: str | None) -> list[Doubt]:
    """Writes a folder of its own; gives the marks that are left in it."""
    from generator.worksheet.read import read_worksheet
    from generator.worksheet.take_in import as_reading, data_of

    refuse_taken(output, "换一个新目录，或用 --into 读进原来的目录")
    worksheet = read_worksheet(file)
    pack = open_pack(pack_name or worksheet.pack or None)
    catalogue = open_catalogue()
    data = data_of(worksheet, file, catalogue, pack.vocabulary)
    _tell(worksheet, file, "照写出填报表时的内容")
    reading = as_reading(worksheet, data)
    for each in write_yaml(reading, output, catalogue.name):
        OUT.print(Text(f"  {each}"))
    for doubt in reading.doubts:
        where = path_text(doubt.path)
        OUT.print(Text(f"待核  {where}{'：' if where else ''}{doubt.message}"))
    return reading.doubts


def _into(file: Path, folder: Path, pack_name: str | None) -> TakenIn:
    """Makes the changes in a folder."""
    from generator.worksheet.read import read_worksheet
    from generator.worksheet.take_in import data_of, into_folder

    worksheet = read_worksheet(file)
    pack = pack_of_folder(folder, pack_name)
    data = data_of(worksheet, file, open_catalogue(), pack.vocabulary)
    taken = into_folder(worksheet, data, folder, file)
    _tell(worksheet, file, "没有动")
    kept = {name: text for name, text in taken.files.items() if text is not None}
    if kept:
        write_files(folder, kept)
    for name in taken.files.keys() - kept.keys():
        _remove(folder / name)
    return taken


def _tell(worksheet: Worksheet, file: Path, what: str) -> None:
    """Says what is to be checked, and which sheets were taken out, so that nothing was read."""
    from generator.worksheet.absent import removed_sheets

    if worksheet.remarks:
        print_findings(worksheet.remarks)
    if removed := removed_sheets(worksheet, file):
        names = "、".join(f"“{name}”" for name in removed)
        OUT.print(Text(f"填报表里没有{names}表：那些栏目{what}"))


def _remove(file: Path) -> None:
    """Removes a file in which nothing is left.

    Raises:
        UnusableInputError: E501.
    """
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        message = f"删不掉已经没有内容的文件：{system_cause(error)}"
        raise UnusableInputError(
            [Finding("E501", message, "删去这个文件", Location(file))]
        ) from error


def _following(folder: Path) -> None:
    OUT.print(Text(f"接下来：disclosure check {shell_word(folder)}"))
