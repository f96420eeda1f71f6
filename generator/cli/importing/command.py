"""``disclosure import``: turns disclosures and workbooks of any kind into YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from generator.cli.inputs import columns_options, pack_option
from generator.core.findings import UnusableInputError
from generator.drafts.draft import Line, Paragraph
from generator.importing.data_files import write_yaml
from generator.importing.reading import ImportResult
from generator.load.catalogue import open_catalogue
from generator.load.entity_folder import years_named
from generator.load.yaml.changes import count_entries
from generator.newyear.new_folder import named_for_next_year, seen_from
from generator.pack.choice import ChosenPack
from generator.reports.terminal.console import OUT, print_findings, shell_word

if TYPE_CHECKING:
    from generator.cli.importing.columns import ColumnsChoice

_SHOWN = 20
_HELP = """\
读入预算公开文本（txt、docx、pdf、html）或工作簿（xlsx、xls、ods、csv），写成数据目录（YAML）。

\b
  disclosure import 去年公开稿.docx -o data/某某局-2025
  disclosure import 批复.xlsx 说明.docx -o data/某某局-2026
  disclosure import 导出/ -o data/某某局-2026      （目录里的文件都读）
  disclosure import 填报.xlsx --into data/某某局-2026      填好的填报表

\b
一行一笔的明细清单（科目、来源、项目、金额在一行）也能读：第一次读时写出“列对照.yaml”，
看一遍每一列用作什么，把“确认”改为 是，再运行同一条命令。

\b
去年的文稿读进去年的目录，再由它开出今年的：disclosure new-year data/某某局-2025。

报表还原成能逐格印出原数的明细，文字和绩效目标表照原样读入。没有把握的地方在 YAML 里
以“# 待核”注明原文的位置，并在最后汇总；没有读进数据的每一行都会列出。
对照原文核对后，把这条注释删去就算处理了；还有“待核”的数据不能生成公开稿。

\b
退出码：0 全部读入；1 有待核或未读的内容；2 文件不能用，没有写出；
3 程序自己出了错。
"""


@click.command("import", help=_HELP, options_metavar="[选项]")
@click.argument("drafts", metavar="文件…", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="目录", type=click.Path(path_type=Path),
    help="写到这个目录（不存在或为空）。",
)  # fmt: skip
@click.option(
    "--into", metavar="目录", type=click.Path(path_type=Path),
    help="填报表读进这个数据目录：只改改了的地方，注释、次序照旧。",
)  # fmt: skip
@pack_option
@columns_options
@click.option("--all", "show_all", is_flag=True, help="列出全部待核、未读和略去的内容。")
def import_command(  # noqa: PLR0913, PLR0917 - one argument for each option
    drafts: tuple[Path, ...],
    output: Path | None,
    into: Path | None,
    pack_name: str | None,
    columns_file: Path | None,
    accept_columns: bool,
    show_all: bool,
) -> None:
    """Imports drafts; exit code 1 where something is doubtful or unread."""
    from generator.worksheet.read import is_worksheet

    if output is not None and into is not None:
        raise click.UsageError("-o 和 --into 只写一个")
    if any(map(is_worksheet, drafts)):
        from generator.cli.importing.worksheet import import_worksheet

        if len(drafts) > 1:
            raise click.UsageError("一次只读一份填报表，不同别的文件一起读")
        import_worksheet(drafts[0], output, into, pack_name, show_all=show_all)
        return
    if output is None:
        told = ""
        if into is not None:
            told = "--into 只用于 disclosure worksheet 写出的填报表（.xls 先另存为 .xlsx）；"
        raise click.UsageError(f"{told}用 -o 写明新目录")
    # reading PDF and solving need large libraries that no other command needs
    from generator.cli.importing.columns import ColumnsChoice

    choose = partial(ColumnsChoice, output, columns_file, accept=accept_columns)
    _import(drafts, output, choose, pack_name, show_all=show_all)


def _import(
    drafts: tuple[Path, ...],
    output: Path,
    choose: Callable[[], ColumnsChoice],
    pack_name: str | None,
    *,
    show_all: bool,
) -> None:
    from generator.cli.importing.given import read_given, told_of_absent, told_of_lists

    try:
        columns = choose()
        columns.refuse_taken("换一个新目录，核对后再合并")
        catalogue = open_catalogue()
        given = read_given(drafts, columns, pack_name)
        whole = given.imported(catalogue)
        OUT.print(Text(whole.recognised))
        reading = whole.reading
        _name_pack(reading, given.choice, output)
        files = columns.write_beside(
            lambda beside: write_yaml(reading, output, beside=beside), given.listed, given.pack
        )
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    _report(reading, files, show_all=show_all)
    if whole.lists is not None:
        OUT.print(Text(told_of_lists(whole.lists)))
    for line in told_of_absent(reading.sections, given.pack, output):
        OUT.print(Text(line))
    for line in next_steps(
        output, _year(reading), doubts=bool(reading.doubts), is_current=whole.lists is not None
    ):
        OUT.print(Text(line))
    raise SystemExit(1 if reading.doubts or reading.unread() else 0)


def _name_pack(reading: ImportResult, choice: ChosenPack, output: Path) -> None:
    """Writes into the data which pack it is to be read with: its name, or the way there."""
    if entity := reading.sections.get("单位信息"):
        entity["模板包"] = choice.name if choice.named else seen_from(output, choice.folder)


def _year(reading: ImportResult) -> int | None:
    written = str(reading.sections.get("单位信息", {}).get("年度", ""))
    return int(written) if written.isdigit() else None


def next_steps(
    folder: Path, year: int | None, *, doubts: bool, is_current: bool = False
) -> list[str]:
    """What to do with a folder that was just imported, as commands with its name.

    Args:
        folder: where the data was written.
        year: the budget year of the document, if it was read.
        doubts: whether marks (待核) were left in the data.
        is_current: whether it is this year's budget, of which no next year is begun yet.
    """
    lines = ["接下来："]
    named = years_named(folder)
    if year and named and year not in named:
        right = folder.with_name(folder.name.replace(str(named[-1]), str(year)))
        lines.append(
            f"  这份文稿是 {year} 年度的，目录名里是 {named[-1]}：先把 {folder} 改名为 {right}"
        )
        folder = right
    if doubts:
        lines.append(f"  对照原文核对 {folder} 里的“待核”，改好一处，删去一处的注释")
    lines.append(f"  disclosure check {shell_word(folder)}")
    if year is None:
        return [*lines, "  补上“单位信息”的“年度”，再用 disclosure new-year 开出下一年"]
    if is_current:
        return [
            *lines,
            f"  disclosure build {shell_word(folder)} --draft      （填全之后，生成送审稿）",
        ]
    following = named_for_next_year(folder, year)
    target = following or folder.with_name(f"{folder.name}-{year + 1}")
    command = f"disclosure new-year {shell_word(folder)}"
    command += "" if following else f" -o {shell_word(target)}"
    return [*lines, f"  {command}      （开出 {target}，填 {year + 1} 年的数）"]


def _report(reading: ImportResult, files: list[Path], *, show_all: bool) -> None:
    for file in files:
        OUT.print(Text(f"  {file}"))
    unread = reading.unread()
    doubts = Counter(str(doubt.path[0]) for doubt in reading.doubts)
    table = Table(title="读入结果", title_justify="left")
    table.add_column("栏目")
    table.add_column("条数", justify="right")
    table.add_column("待核", justify="right")
    for section, content in reading.sections.items():
        count = str(count_entries(content)) if isinstance(content, list) else "—"
        table.add_row(section, count, str(doubts.get(section, 0) or ""))
    table.add_row("略去的行（页码、水印、目录、重复的表头）", str(len(reading.left_out)), "")
    table.add_row("没有读进数据的行", str(len(unread)), "")
    OUT.print(table)
    limit = None if show_all else _SHOWN
    for doubt in reading.doubts[:limit]:
        steps = (f"第{step + 1}条" if isinstance(step, int) else step for step in doubt.path)
        where = " ".join(steps)
        OUT.print(Text(f"待核  {doubt.spot or ''}  {where}：{doubt.message}"))
    for line in unread[:limit]:
        OUT.print(Text(f"未读  {line.spot}  {_shortened(line)}"))
    for line in reading.left_out if show_all else ():
        OUT.print(Text(f"略去  {line.spot}  {_shortened(line)}"))
    hidden = max(0, len(reading.doubts) - _SHOWN) + max(0, len(unread) - _SHOWN)
    if hidden and not show_all:
        OUT.print(Text(f"还有 {hidden} 条没有列出，用 --all 全部列出"))


def _shortened(line: Line) -> str:
    text = line.text if isinstance(line, Paragraph) else " | ".join(filter(None, line.cells))
    return text[:60]
