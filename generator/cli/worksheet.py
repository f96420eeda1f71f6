"""``disclosure worksheet``: writes the data of a folder as a workbook to type into."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from generator.cli.inputs import pack_of_folder, pack_option
from generator.core.files.write import refuse_taken, write_files
from generator.core.findings import UnusableInputError
from generator.load.catalogue import open_catalogue
from generator.load.entity_folder import load_entity
from generator.reports.terminal.console import ERR, OUT, print_findings, shell_word

_HELP = """\
把数据目录写成一本 Excel（填报表）：各栏目一张表，科目、单位从下拉列表里选，合计和核对自动计算。

\b
  disclosure worksheet data/某某局-2026 -o 填报.xlsx
  disclosure import 填报.xlsx --into data/某某局-2026      填好后读回，只改改了的地方

待填、待核的格是黄底（明细表里的不标），逐条列在“待办”表里，处理完的选“已完成”，读回时销去。
可以写出几本分给几个人填：各人改的栏目不同，就能先后读回；
不归自己填的表可以删去，那些栏目不动。

\b
退出码：0 已写出；2 数据不能用，没有写出；3 程序自己出了错。
"""


@click.command("worksheet", help=_HELP, options_metavar="[选项]")
@click.argument("folder", metavar="数据目录", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="文件", required=True, type=click.Path(path_type=Path),
    help="写到这个文件（.xlsx，不能已经有）。",
)  # fmt: skip
@pack_option
def worksheet(folder: Path, output: Path, pack_name: str | None) -> None:
    """Writes the workbook."""
    from generator.worksheet.export import worksheet_of

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("填报表是 .xlsx 文件：-o 填报.xlsx")
    try:
        refuse_taken(output, "换一个文件名，或先移走原有的文件")
        pack = pack_of_folder(folder, pack_name)
        loaded, findings = load_entity(
            folder, open_catalogue(), pack.vocabulary, allow_personal_data=True
        )
        if loaded is None:
            raise UnusableInputError(findings)
        with ERR.status("写填报表"):
            content = worksheet_of(loaded, pack, folder)
        write_files(output.parent, {output.name: content})
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    OUT.print(Text(f"已写出 {output}"))
    command = f"disclosure import {shell_word(output)} --into {shell_word(folder)}"
    OUT.print(Text(f"填好后：{command}"))
