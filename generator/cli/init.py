"""``disclosure init``: a complete data folder to begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from generator.cli.inputs import columns_options, say
from generator.core.files.names import file_name
from generator.core.files.write import write_folder
from generator.core.findings import UnusableInputError
from generator.core.resources import DEFAULT_PACK
from generator.load.catalogue import open_catalogue
from generator.load.yaml.changes import path_text
from generator.model.disclosure import EntityKind
from generator.newyear.new_folder import seen_from
from generator.pack.choice import ChosenPack, default_pack, open_chosen, typed_pack
from generator.reports.terminal.console import OUT, print_findings, shell_word

if TYPE_CHECKING:  # reading a document needs large libraries
    from generator.cli.importing.columns import ColumnsChoice
    from generator.cli.importing.given import Given
    from generator.load.catalogue import Catalogue

_YEARS = range(2000, 2101)
_HELP = """\
开一个新的数据目录：每个栏目都有，写明填什么，附例子；要填的地方注明“待填”。

\b
  disclosure init 某某市某某局 2026
  disclosure init 某某中心 2026 --kind 单位 --pack yangquan -o data/某某中心-2026
  disclosure init 某某市某某局 2026 --from 批复.xlsx 说明.docx      金额和文字从文件里读
  disclosure init 某某市某某局 2026 --from 导出/      目录里的文件都读

写好之后 disclosure check 列出要填的地方；disclosure worksheet 把它写成 Excel 来填。
明细清单（一行一笔）第一次读时只写出“列对照.yaml”：看一遍，“确认”改为 是，再运行同一条命令。
上年已有数据目录的，用 disclosure new-year 开下一年更省事。

\b
退出码：0 已写出；1 已写出，--from 的文件里有待核或没有读的；2 不能写；3 程序自己出了错。
"""


def _year(_: click.Context, __: click.Parameter, typed: str) -> int:
    """The year of the budget.

    Raises:
        click.BadParameter: if it is none.
    """
    if re.fullmatch("[0-9]{4}", typed) and int(typed) in _YEARS:
        return int(typed)
    raise click.BadParameter(
        f"“{typed}”不是预算年度：写四位数字，{_YEARS.start} 到 {_YEARS.stop - 1}，如 2026。"
    )


@click.command("init", help=_HELP, options_metavar="[选项]")
@click.argument("name", metavar="名称")
@click.argument("year", metavar="年度", callback=_year)
@click.argument("more", metavar="", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--kind",
    type=click.Choice([each.value for each in EntityKind]),
    default=EntityKind.DEPARTMENT.value,
    help="谁公开：部门（默认）或单位。",
)
@click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default=None,
    help="模板包的名称（disclosure packs 列出），或它的目录；不写按默认。",
)
@click.option(
    "-o", "--output", metavar="目录", type=click.Path(path_type=Path),
    help="写到这个目录（不存在或为空）；不写则是当前目录（有 data 则在其中）下的 名称-年度。",
)  # fmt: skip
@click.option(
    "--from", "sources", metavar="文件…", type=click.Path(path_type=Path), multiple=True,
    help="从这些文件（批复、明细清单、公开文本，或放它们的目录）读入能读的内容；几份写在一起。",
)  # fmt: skip
@columns_options
def init(  # noqa: PLR0913, PLR0917 - one argument for each option
    name: str,
    year: int,
    more: tuple[Path, ...],
    kind: str,
    pack_name: str | None,
    output: Path | None,
    sources: tuple[Path, ...],
    columns_file: Path | None,
    accept_columns: bool,
) -> None:
    """Writes the folder; exit code 1 if what was read of files is doubtful."""
    from generator.cli.importing.columns import ColumnsChoice
    from generator.skeleton.folder import Beginning, skeleton

    if more and not sources:
        raise click.UsageError(f"多出了“{more[0]}”：从文件读入的，前面写 --from")
    if columns_file and not sources:
        raise click.UsageError("--columns 只用于 --from 的明细清单")
    try:
        name = _checked(name)
        target = output or _usual_folder(name, year)
        columns = ColumnsChoice(target, columns_file, accept=accept_columns)
        columns.refuse_taken("用 -o 换一个新目录，或先移走原有的文件")
        given = _read((*sources, *more), columns, pack_name) if sources else None
        choice = given.choice if given else _chosen(pack_name)
        pack = given.pack if given else open_chosen(choice)
        catalogue = open_catalogue()
        written = choice.name if choice.named else seen_from(target, choice.folder)
        files = skeleton(Beginning(name, year, EntityKind(kind), written), pack, catalogue)
        unsure = 0
        if given is not None:
            files, unsure = _filled(files, given, catalogue, EntityKind(kind))
        written_files = columns.write_beside(
            lambda beside: write_folder(target, {**files, **beside}),
            given.listed if given else None,
            pack,
        )
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    for file in written_files:
        OUT.print(Text(f"  {file}"))
    OUT.print(Text(f"已写出 {target}。接下来："))
    word = shell_word(target)
    OUT.print(Text(f"  disclosure check {word}      （列出要填的地方）"))
    OUT.print(Text(f"  disclosure worksheet {word} -o 填报.xlsx      （写成 Excel 来填）"))
    raise SystemExit(1 if unsure else 0)


def _checked(name: str) -> str:
    """The name of an entity.

    Raises:
        click.UsageError: if there is nothing in it.
    """
    if not name.strip():
        raise click.UsageError("名称是空的")
    return name.strip()


def _usual_folder(name: str, year: int) -> Path:
    base = Path("data") if Path("data").is_dir() else Path()
    return base / file_name(f"{name}-{year}")


def _read(sources: Sequence[Path], columns: ColumnsChoice, pack_name: str | None) -> Given:
    """Reads what is given.

    Raises:
        click.UsageError: for a worksheet, which has everything and is no document.
    """
    from generator.cli.importing.given import read_given
    from generator.worksheet.read import is_worksheet

    for source in sources:
        if is_worksheet(source):
            raise click.UsageError(
                f"“{source}”是填好的填报表：用 disclosure import {shell_word(source)} -o 新目录"
            )
    return read_given(sources, columns, pack_name)


def _chosen(typed: str | None) -> ChosenPack:
    if typed is not None:
        return typed_pack(typed)
    choice = default_pack(
        f"模板包：{DEFAULT_PACK}（没有写 --pack，按默认；disclosure packs 列出别的）"
    )
    say(choice)
    return choice


def _filled(
    files: dict[str, bytes], given: Given, catalogue: Catalogue, kind: EntityKind
) -> tuple[dict[str, bytes], int]:
    """The files with what was read of documents, and how much of that is doubtful."""
    from generator.cli.importing.given import told_of_lists
    from generator.importing.absent import absent_sections
    from generator.skeleton.fill import doubts_left, filled_files

    whole = given.imported(catalogue)
    OUT.print(Text(whole.recognised))
    reading, unread = whole.reading, whole.reading.unread()
    doubts = doubts_left(files, reading)
    for doubt in doubts:
        OUT.print(Text(f"待核  {doubt.spot or ''}  {path_text(doubt.path)}：{doubt.message}"))
    if whole.lists is not None:
        OUT.print(Text(told_of_lists(whole.lists)))
    own = {**reading.sections, "单位信息": {"类型": kind.value}}
    if absent := absent_sections(own, given.pack):
        OUT.print(Text(f"没有读到、还是待填的栏目：{'、'.join(absent)}"))
    if unread:
        names = " ".join(shell_word(path) for path in given.paths)
        command = f"disclosure import {names} -o … --all"
        OUT.print(Text(f"还有 {len(unread)} 行没有读；{command} 逐行列出"))
    return filled_files(files, reading.sections, doubts), len(doubts) + len(unread)
