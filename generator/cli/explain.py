"""``disclosure explain``: what a code means and what to do about it."""

from __future__ import annotations

from textwrap import indent

import click
from rich.text import Text

from generator.checks.installed import brought_rules
from generator.cli.terminal import OUT
from generator.reports.code_names import (
    all_codes,
    chapters,
    example,
    explanation,
    name_of,
    nearest_codes,
)

_HELP = """\
解释一个代码：检查什么、为什么、怎么改、依据。不写代码则分类列出全部。

E 开头是错误，W 是警告，N 是提示。
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument("code", metavar="代码", required=False)
def explain(code: str | None) -> None:
    """Prints the explanation of a code, or the list of codes."""
    if code is None:
        _print_list()
        return
    code = code.strip().upper()
    if code not in all_codes():
        near = "、".join(nearest_codes(code))
        hint = f"是不是 {near}？" if near else ""
        raise click.BadParameter(f"没有代码 {code}；{hint}用 disclosure explain 列出全部。")
    OUT.print(Text(f"{code}  {name_of(code)}", "bold"))
    for heading, text in explanation(code):
        OUT.print()
        if heading:
            OUT.print(Text(heading, "bold"))
        OUT.print(Text(f"  {text}" if heading else text))
    _print_example(code)


def _print_example(code: str) -> None:
    shown = example(code)
    if shown is None:
        return
    for heading, text in (("例如，这样不对", shown.wrong), ("这样才对", shown.right)):
        OUT.print()
        OUT.print(Text(heading, "bold"))
        OUT.print(Text(indent(text, "  ")))


def _print_list() -> None:
    for number, chapter in enumerate(chapters()):
        if number:
            OUT.print()
        OUT.print(Text(chapter.title, "bold"))
        for each in chapter.codes:
            OUT.print(Text(f"  {each}  {name_of(each)}"))
    if brought := brought_rules():
        OUT.print()
        OUT.print(Text("安装的发行包带的规则", "bold"))
        for code, rule in sorted(brought.items()):
            OUT.print(Text(f"  {code}  {rule.name}"))
