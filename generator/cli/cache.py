"""``disclosure cache``: what is kept between runs, and how to be rid of it."""

from __future__ import annotations

import click

from generator.core.files.store import FOLDER_VARIABLE, Store, open_store

_HELP = f"""\
列出程序为下次生成留下的内容（缓存）在哪里、有多大。

缓存只为省时间，随时可以清除。里面是排好的版面片段（含文本内容）和生成记录，
目录只有本人能打开；不想留下的，生成时加 --no-cache。

位置可用环境变量 {FOLDER_VARIABLE} 指定。

\b
  disclosure cache         看位置和大小
  disclosure cache clear   清除
"""


@click.group(
    help=_HELP,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="[clear]",
)
@click.pass_context
def cache(context: click.Context) -> None:
    """Shows where the cache is and how big."""
    if context.invoked_subcommand is None:
        _show(open_store())


@cache.command(help="清除缓存。", short_help="清除缓存", options_metavar="")
def clear() -> None:
    """Empties the cache; exit code 2 where something could not be removed."""
    store = open_store()
    count, size = store.clear()
    click.echo(f"已清除 {count} 项，{_megabytes(size)}" if count else "缓存是空的，没有可清除的")
    if store.size()[0]:
        click.echo(f"还有 {_amount(store)} 删不掉：检查 {store.folder} 的权限", err=True)
        raise SystemExit(2)


def _show(store: Store) -> None:
    if not store.keeps:
        click.echo("没有缓存：找不到用户目录")
        return
    click.echo(f"位置：{store.folder}")
    click.echo(f"内容：{_amount(store)}")


def _amount(store: Store) -> str:
    count, size = store.size()
    return f"{count} 项，{_megabytes(size)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
