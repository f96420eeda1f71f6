"""``disclosure new-year``: starts the next year's data from this year's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from generator.cli.inputs import pack_of_folder, pack_option
from generator.core.files.write import refuse_taken, write_folder
from generator.core.findings import UnusableInputError
from generator.load.catalogue import open_catalogue
from generator.load.entity_folder import LoadedDisclosure, load_entity
from generator.newyear.new_folder import (
    named_for_next_year,
    seen_from,
)
from generator.newyear.next_year import NextYear, next_year
from generator.newyear.worklist import DEPARTED, MEANING, WORKLIST, Task, TaskKind, markdown
from generator.pack.choice import is_path, path_to
from generator.reports.terminal.console import OUT, print_findings, shell_word

_SHOWN = 20
_HELP = """\
由今年的数据目录开出下一年的：原目录不动，新目录里文件、次序、注释照旧。

\b
  disclosure new-year data/某某局-2025                 写出 data/某某局-2026
  disclosure new-year data/某某局-2025 --keep-amounts  金额照搬，逐项核对

\b
带过来    单位、概况、科目、项目、绩效目标表的文字和指标；其中的“2025年”改为“2026年”
清空      金额（写 0，行末注明上年的数）、变动原因、填报日期；上年结转总是清空
补上      上年没有而公开稿要有的栏目（如基本支出经济科目、政府采购），注明“待填”
不带过来  核对数、按实公布说明、无数据表、上年预算数（由上年数据得出）；
          读入文稿时留下的“待核：…”（说的是上年的文稿）；
          一次性的项目和只有上年结转的项目（名称里有“2025年”的一次性项目年年下达，照带）

要做的事逐处列出，全部写在新目录的 待填清单.md；数据里的行末有同样的“待填”“待核”。

\b
退出码：0 已写出；2 数据不能用，没有写出；
3 程序自己出了错。
"""


@click.command("new-year", help=_HELP, options_metavar="[选项]")
@click.argument("folder", metavar="数据目录", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="目录", type=click.Path(path_type=Path),
    help="写到这个目录（不存在或为空）；不写则把目录名里的年份加一。",
)  # fmt: skip
@click.option("--keep-amounts", is_flag=True, help="金额照搬上年（注明“待核”），不清空。")
@click.option("--keep-one-off", is_flag=True, help="一次性的项目也带过来。")
@click.option(
    "--format", "format_", type=click.Choice(["md", "xlsx"]), default="md",
    help="清单的格式：md 文字（默认），xlsx 工作簿，另写一份。",
)  # fmt: skip
@pack_option
@click.option("--all", "show_all", is_flag=True, help="列出全部要做的事。")
def new_year(  # noqa: PLR0913, PLR0917 - one argument for each option
    folder: Path,
    output: Path | None,
    keep_amounts: bool,
    keep_one_off: bool,
    format_: str,
    pack_name: str | None,
    show_all: bool,
) -> None:
    """Writes the next year's folder and lists what is to be filled in."""
    try:
        loaded = _load(folder, pack_name)
        year = loaded.disclosure.entity.year
        target = output or named_for_next_year(folder, year)
        if target is None:
            raise click.UsageError(f"目录名“{folder.name}”里没有 {year}，请用 -o 写出新目录")
        if folder.resolve() in target.resolve().parents:
            raise click.UsageError("新目录不能放在原来的数据目录里面")
        refuse_taken(target, "用 -o 换一个新目录，或先移走原有的文件")
        made = next_year(
            folder,
            loaded,
            prior_data=seen_from(target, folder),
            keep_amounts=keep_amounts,
            keep_one_off=keep_one_off,
            pack=_pack_seen_from(target, folder, loaded),
        )
        title = f"{loaded.disclosure.entity.name}{made.year}年度：要填和要核对的"
        worklist = markdown(title, made.year, made.tasks, made.departed, made.accepted)
        lists = {WORKLIST: worklist.encode()}
        if format_ == "xlsx":
            from generator.reports.tasks_xlsx import tasks_xlsx

            book = tasks_xlsx(title, made.tasks, made.departed, made.accepted)
            lists[Path(WORKLIST).with_suffix(".xlsx").name] = book
        write_folder(target, {**made.files, **lists})
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    _report(target, made, show_all=show_all)
    if left := len(loaded.source.marks):
        told = f"{folder} 里还有 {left} 处待填、待核没有做完：上年数由它算出，也要核对"
        OUT.print(Text(told, "yellow"))
    following = f"disclosure check {shell_word(target)}"
    OUT.print(
        Text(f"接下来：按清单填写、核对，做完一处删去一处的“待填”“待核”；{following} 看还剩几处")
    )


def _load(folder: Path, pack_name: str | None) -> LoadedDisclosure:
    pack = pack_of_folder(folder, pack_name)
    # a number that looks personal is a matter of publishing, not of copying
    loaded, problems = load_entity(
        folder, open_catalogue(), pack.vocabulary, allow_personal_data=True
    )
    if loaded is None:
        raise UnusableInputError(problems)
    return loaded


def _pack_seen_from(target: Path, folder: Path, loaded: LoadedDisclosure) -> str | None:
    """The way to the pack from the new folder; ``None`` if the data names it, or does not."""
    written = loaded.disclosure.entity.pack
    if written is None or not is_path(written):
        return None
    return seen_from(target, path_to(written, folder))


def _report(target: Path, made: NextYear, *, show_all: bool) -> None:
    limit = None if show_all else _SHOWN
    counts = Counter(task.kind for task in made.tasks)
    for kind in TaskKind:
        of_kind = [task for task in made.tasks if task.kind is kind]
        if of_kind:
            OUT.print(_table(kind, of_kind[:limit], made.year - 1))
            _print_rest(len(of_kind), limit)
    if made.departed:
        OUT.print(_departed_table(made, limit))
        _print_rest(len(made.departed), limit)
    OUT.print(Text(f"已写出 {target}（{len(made.files)} 个数据文件）"))
    told = "、".join(f"{kind} {counts[kind]} 处" for kind in TaskKind)
    OUT.print(Text(f"{told}，没有带过来的项目 {len(made.departed)} 个：{target / WORKLIST}"))


def _print_rest(count: int, limit: int | None) -> None:
    if limit is not None and count > limit:
        OUT.print(Text(f"还有 {count - limit} 处，见 {WORKLIST}，或用 --all 全部列出\n", "dim"))


def _table(kind: TaskKind, tasks: list[Task], prior: int) -> Table:
    table = Table(title=f"{kind}：{MEANING[kind]}", title_justify="left")
    table.add_column("文件:行", overflow="fold")
    table.add_column("内容", overflow="fold")
    table.add_column(f"{prior}年", overflow="fold")
    for task in tasks:
        table.add_row(Text(f"{task.file}:{task.line}"), Text(task.what), Text(task.shown_before))
    return table


def _departed_table(made: NextYear, limit: int | None) -> Table:
    table = Table(title=f"没有带过来的项目：{DEPARTED}", title_justify="left")
    table.add_column("单位", overflow="fold")
    table.add_column("项目", overflow="fold")
    table.add_column("原因", overflow="fold")
    table.add_column(f"{made.year - 1}年（元）", justify="right")
    for each in made.departed[:limit]:
        table.add_row(*map(Text, (each.unit, each.name, each.cause, f"{each.amount:,f}")))
    return table
