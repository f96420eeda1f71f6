"""``disclosure build``: checks disclosures and prints them from their data folders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from generator.building.options import FORMATS, USUAL_FORMATS, BuildOptions
from generator.building.run import run_build
from generator.cli.inputs import pack_option
from generator.core.files.store import no_store, open_store
from generator.core.text.patterns import late_pattern

_HELP = """\
由数据目录生成预算公开文本（PDF、DOCX、HTML）。

每个数据目录是一个单位一个年度，例如：

\b
  disclosure build data/阳泉市教育局-2025
  disclosure build data/*-2025 -o 送审 --format docx --draft

  disclosure build data/某某局-2025 --format xlsx      报表的 Excel：数字是数字，合计是公式

同时写出 .figures.json：文中每个数字的地址、数值（元）和来历。

\b
生成之前先核对（同 disclosure check）：有错误或待填、待核，就不生成公开稿，原有的文件不受影响；
送审稿（--draft）照样生成，文件名带“（送审稿）”，不占公开稿的位置，同时列出问题。

\b
多个数据目录同时生成，一个不成不影响其他。
数据、模板和生成的文件都没有变化的，不再生成（--no-cache 照样生成）。
--watch 生成后等着，数据、上年数据、模板一有变化就重新生成，按 Ctrl-C 结束。
--scheduler 交给几台电脑（Dask 集群）同时生成，结果和本机生成的逐字节相同，由本机写出。

\b
退出码：0 正常；1 已生成，但有问题；2 数据或模板不能用，或公开稿有错误，没有生成；
3 程序自己出了错。
"""


class _Formats(click.Choice[str]):
    """Some of the formats with commas between: pdf,xlsx."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Gives the formats; the first that is none of them is refused."""
        return [super(_Formats, self).convert(name, param, ctx) for name in _COMMA.split(value)]


_COMMA = late_pattern(r"\s*[,，、]\s*")


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument(
    "folders",
    metavar="数据目录...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "-o",
    "--output",
    metavar="目录",
    default=Path("output"),
    type=click.Path(path_type=Path),
    help="输出目录（默认 output，没有则新建）。",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=_Formats(FORMATS),
    help="输出格式，可写几个，如 pdf,xlsx；不写则 pdf、docx、html 三种都要。xlsx 只有报表。",
)
@click.option(
    "--draft",
    is_flag=True,
    help="送审稿：每页加“仅供内部审核”，文件名带“（送审稿）”。公开稿不要加。",
)
@click.option(
    "--allow-personal-data",
    is_flag=True,
    help="数据里有电话、身份证、银行卡号码也照印（只作警告）。",
)
@pack_option
@click.option(
    "--watch", "watching", is_flag=True, help="生成后等着，数据或模板一有变化就重新生成。"
)
@click.option(
    "--scheduler",
    metavar="地址",
    help="由 Dask 集群生成：调度程序的地址，如 tls://主机:8786。不写就在本机生成。",
)
@click.option("--no-cache", is_flag=True, help="不用也不留缓存，一切重新生成。")
def build(  # noqa: PLR0913, PLR0917 - one argument for each option
    folders: Sequence[Path],
    output: Path,
    formats: Sequence[Sequence[str]],
    draft: bool,
    allow_personal_data: bool,
    pack_name: str | None,
    watching: bool,
    scheduler: str | None,
    no_cache: bool,
) -> None:
    """Builds every data folder given; exit code 0, 1 with warnings, 2 where input is unusable."""
    options = BuildOptions(
        output,
        tuple(dict.fromkeys(chain.from_iterable(formats))) or USUAL_FORMATS,
        pack_name,
        draft=draft,
        allow_personal_data=allow_personal_data,
        cache=not no_cache,
    )
    if watching and scheduler is not None:
        raise click.UsageError("--watch 在本机生成，不能和 --scheduler 一起用。")
    store = no_store() if no_cache else open_store()
    if watching:
        from generator.building.watch import watch

        watch(folders, options, store)
        return
    code = run_build(folders, options, store, scheduler)
    store.tidy()
    raise SystemExit(code)
