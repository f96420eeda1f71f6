"""``disclosure accept``: what was accepted from a draft, written into the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text
from yaml import YAMLError

from generator.cli.inputs import pack_of_folder, pack_option
from generator.core.files.write import write_files
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import system_cause
from generator.reports.excerpts import harmless_excerpt
from generator.reports.terminal.console import OUT, print_findings, shell_word

if TYPE_CHECKING:
    from generator.compare.accepting import AcceptedDifference, Written

_HELP = """\
把比较时标了“采纳”的差异写回数据目录：数据改成草稿的说法，注释、次序、写法照旧。

\b
  disclosure diff data/某某局-2026 草稿.docx --format html -o 比较.html
  （在 比较.html 里逐处标“采纳”，从“导出”存成 JSON）
  disclosure accept 比较清单.json data/某某局-2026

只写有把握的：那几个字就在数据的那一处，或那个数就是一笔明细、印的就是元。
由几笔明细相加的数、由模板写出的话、整段的增删不写，写进去数据就不能用的也不写，
逐处说明原因和位置，请人改。

\b
退出码：0 全部写回；1 有没写回的；2 清单或数据不能用，什么也没有写；3 程序自己出了错。
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument("listed", metavar="清单.json", type=click.Path(path_type=Path))
@click.argument("folder", metavar="数据目录", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只说会改什么，不写文件。")
@pack_option
def accept(listed: Path, folder: Path, dry_run: bool, pack_name: str | None) -> None:
    """Writes accepted differences; exit code 0 all, 1 some left, 2 unusable."""
    from generator.reports.diff.spots import read_accepted

    try:
        accepted, others = read_accepted(listed)
        written = _written(accepted, folder, pack_name)
        if written.files and not dry_run:
            write_files(folder, written.files)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    _tell(written, others, dry_run=dry_run)
    if written.files and not dry_run:
        OUT.print(Text(f"接下来：disclosure check {shell_word(folder)}"))
    raise SystemExit(1 if written.left else 0)


def _written(accepted: list[AcceptedDifference], folder: Path, pack_name: str | None) -> Written:
    """What is to be written.

    Raises:
        UnusableInputError: if the data cannot be read, or its pack cannot.
    """
    from generator.compare.accepting import accept_differences as put_back

    if not folder.is_dir():
        message = "不是目录" if folder.exists() else "没有这个目录"
        raise UnusableInputError([Finding("E101", message, "写数据目录", Location(folder))])
    try:
        return put_back(accepted, folder, pack_of_folder(folder, pack_name))
    except OSError as error:
        cause = f"读不了：{system_cause(error)}"
    except (ValueError, YAMLError):
        cause = "有文件不是完整的 YAML"
    finding = Finding("E102", cause, "用 disclosure check 看是哪一处，改好再写回", Location(folder))
    raise UnusableInputError([finding])


def _tell(written: Written, others: int, *, dry_run: bool) -> None:
    for each in written.done:
        spot = each.spot
        if spot is not None:
            change = f"“{harmless_excerpt(spot.ours)}”改为“{harmless_excerpt(spot.theirs)}”"
            OUT.print(Text(f"  第 {each.number} 处  {spot.file}:{spot.line}  {change}"))
    files = f"：{'、'.join(written.files)}" if written.files else ""
    OUT.print(Text(f"{'会写回' if dry_run else '写回'} {len(written.done)} 处{files}"))
    if others:
        OUT.print(Text(f"没有标“采纳”的 {others} 处没有动"))
    if written.left:
        OUT.print(Text(f"没有写回的 {len(written.left)} 处，请人改：", "bold"))
    for left in written.left:
        what = harmless_excerpt(left.accepted.what)
        OUT.print(Text(f"  第 {left.accepted.number} 处  {what}：{harmless_excerpt(left.why)}"))
