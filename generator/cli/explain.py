"""``disclosure explain``: what a code means and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import TYPE_CHECKING

import click
from rich.text import Text

from generator.checks.installed import brought_rules
from generator.checks.pack_rules import PackRule, rules_of_pack
from generator.cli.inputs import named_packs, open_pack
from generator.core.codes import by_number
from generator.core.examples import Example
from generator.core.findings import UnusableInputError
from generator.pack.checks.relations import PACK_CODES
from generator.reports.code_names import (
    all_codes,
    chapters,
    example,
    explanation,
    nearest_codes,
    short_name,
)
from generator.reports.terminal.console import OUT, harmless_in_terminal, print_findings

if TYPE_CHECKING:
    from generator.pack.pack import Pack

_HELP = """\
解释一个代码：检查什么、为什么、怎么改、依据。不写代码则分类列出全部。

E 开头是错误，W 是警告，N 是提示。E701 等是模板包自己的规则：各包说法不同的，分别列出。
"""
_Of = Mapping[str, PackRule]
"""The rules of a pack by their codes."""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument("code", metavar="代码", required=False)
@click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default=None,
    help="只说这个模板包（名称或目录）的规则；不写则说有名称的各个包的。",
)
def explain(code: str | None, pack_name: str | None) -> None:
    """Prints the explanation of a code, or the list of codes."""
    try:
        packs = [] if pack_name is None else [open_pack(pack_name)]
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    if code is None:
        _print_list(packs or named_packs())
        return
    code = code.strip().upper()
    if code in all_codes():
        _print_code(code, {})
        return
    packs = packs or named_packs()
    if not _print_rules(code, packs):
        raise click.BadParameter(_unknown(code, packs))


def _unknown(code: str, packs: Sequence[Pack]) -> str:
    own = {each: rule for pack in packs for each, rule in rules_of_pack(pack).items()}
    near = "、".join(nearest_codes(code, own))
    hint = f"是不是 {near}？" if near else ""
    if code not in PACK_CODES:
        return f"没有代码 {code}；{hint}用 disclosure explain 列出全部。"
    names = "、".join(pack.format for pack in packs)
    return f"{names}没有规则 {code}；{hint}是别的模板包的规则，加 --pack 写明它的目录。"


def _print_rules(code: str, packs: Sequence[Pack]) -> bool:
    """Prints what each pack says of a code, the same words once; returns whether one has it."""
    saying: dict[PackRule, list[str]] = {}
    for pack in packs:
        rule = rules_of_pack(pack).get(code)
        if rule is not None:
            saying.setdefault(rule, []).append(pack.format)
    for number, (rule, names) in enumerate(saying.items()):
        if number:
            OUT.print()
            OUT.print()
        _print_code(code, {code: rule}, "、".join(names))
    return bool(saying)


def _print_code(code: str, own: _Of, packs: str = "") -> None:
    OUT.print(Text(f"{code}  {harmless_in_terminal(short_name(code, own))}", "bold"))
    if packs:
        OUT.print(Text(f"模板包：{harmless_in_terminal(packs)}"))
    for heading, text in explanation(code, own):
        OUT.print()
        if heading:
            OUT.print(Text(heading, "bold"))
        OUT.print(Text(harmless_in_terminal(f"  {text}" if heading else text)))
    _print_example(example(code, own))


def _print_example(shown: Example | None) -> None:
    if shown is None:
        return
    for heading, text in (("例如，这样不对", shown.wrong), ("这样才对", shown.right)):
        OUT.print()
        OUT.print(Text(heading, "bold"))
        OUT.print(Text(indent(text, "  ")))


def _print_list(packs: Sequence[Pack]) -> None:
    for number, chapter in enumerate(chapters()):
        if number:
            OUT.print()
        OUT.print(Text(chapter.title, "bold"))
        for each in chapter.codes:
            OUT.print(Text(f"  {each}  {short_name(each)}"))
    if brought := brought_rules():
        OUT.print()
        OUT.print(Text("安装的发行包带的规则", "bold"))
        for code in by_number(brought):
            OUT.print(Text(f"  {code}  {brought[code].name}"))
    for pack in packs:
        rules = rules_of_pack(pack)
        OUT.print()
        OUT.print(Text(f"检查：模板包 {harmless_in_terminal(pack.format)} 的规则", "bold"))
        for each in by_number(rules):
            OUT.print(Text(f"  {each}  {harmless_in_terminal(rules[each].name)}"))
