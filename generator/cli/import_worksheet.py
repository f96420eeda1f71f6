"""``disclosure import`` of a worksheet: into its data folder, or as a new one."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from generator.cli.inputs import open_catalogue, open_pack, pack_of_folder
from generator.core.findings import UnusableInputError
from generator.core.write_files import refuse_taken, write_files
from generator.importing.reading import Reading
from generator.load.yaml.write import write_yaml
from generator.reports.terminal.console import OUT, print_findings, shell_word

_SHOWN = 30


def import_worksheet(
    file: Path, output: Path | None, into: Path | None, pack_name: str | None, *, show_all: bool
) -> None:
    """Reads the worksheet and writes what it says; exit code 2 if it cannot be used."""
    from generator.worksheet.read import read_worksheet
    from generator.worksheet.take_in import data_of, into_folder

    try:
        worksheet = read_worksheet(file)
        catalogue = open_catalogue()
        if into is None:
            if output is None:
                raise click.UsageError("写明读到哪里：--into 数据目录，或 -o 新目录")
            refuse_taken(output, "换一个新目录，或用 --into 读进原来的目录")
            pack = open_pack(pack_name or worksheet.pack or None)
            data = data_of(worksheet, file, catalogue, pack.vocabulary)
            files = write_yaml(Reading.of(data), output)
            for each in files:
                OUT.print(Text(f"  {each}"))
            _following(output)
            return
        pack = pack_of_folder(into, pack_name)
        data = data_of(worksheet, file, catalogue, pack.vocabulary)
        taken = into_folder(worksheet, data, into, file)
        kept = {name: text for name, text in taken.files.items() if text is not None}
        if kept:
            write_files(into, kept)
        for name, text in taken.files.items():
            if text is None:
                (into / name).unlink()
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    limit = len(taken.lines) if show_all else _SHOWN
    for line in taken.lines[:limit]:
        OUT.print(Text(line))
    if len(taken.lines) > limit:
        OUT.print(Text(f"还有 {len(taken.lines) - limit} 处，用 --all 全部列出"))
    if not taken.files:
        OUT.print(Text(f"没有改动：{into} 还是原来的内容"))
        return
    settled = f"，销去待办 {taken.settled} 处" if taken.settled else ""
    OUT.print(Text(f"改了 {len(taken.lines)} 处{settled}：{'、'.join(taken.files)}"))
    _following(into)


def _following(folder: Path) -> None:
    OUT.print(Text(f"接下来：disclosure check {shell_word(folder)}"))
