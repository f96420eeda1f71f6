"""``disclosure packs``: the template packs that have a name, and where they come from."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from generator.checks.installed import rules_of_distribution
from generator.core.findings import Finding, UnusableInputError
from generator.core.resources import DEFAULT_PACK
from generator.pack.library import NamedPack, known_packs
from generator.pack.pack import load_pack
from generator.reports.terminal.console import OUT, harmless_in_terminal, print_findings

_HELP = """\
列出有名称的模板包：名称、标题、几张表、从哪里来。

名称写在数据的“模板包”里，或写在 --pack 后面；别的模板包写它的目录。
安装的发行包可以带模板包和规则，见 docs/template-packs.md。

\b
退出码：0 都能用；1 有的不能用；3 程序自己出了错。
"""


@click.command(help=_HELP, options_metavar="[选项]")
def packs() -> None:
    """Prints the table of packs; exit code 1 if one cannot be used."""
    table = Table(title="模板包", title_justify="left")
    for heading in ("名称", "标题"):
        table.add_column(heading, overflow="fold")
    table.add_column("表", justify="right")
    table.add_column("来源", overflow="fold")
    findings: list[Finding] = []
    for pack in known_packs():
        try:
            cells = _cells(pack)
        except UnusableInputError as error:
            findings += error.findings
            cells = ("不能用", "", pack.origin)
        name = f"{pack.name}（默认）" if pack.name == DEFAULT_PACK else pack.name
        table.add_row(*(Text(harmless_in_terminal(cell)) for cell in (name, *cells)))
    OUT.print(table)
    print_findings(findings)
    raise SystemExit(1 if findings else 0)


def _cells(pack: NamedPack) -> tuple[str, str, str]:
    """Title, number of statements and origin of a pack.

    Raises:
        UnusableInputError: whatever is wrong with it.
    """
    if problem := pack.problem():
        raise UnusableInputError([problem])
    loaded = load_pack(pack.folder, pack.distribution)
    rules = len(rules_of_distribution(pack.distribution))
    origin = f"{pack.origin}，带规则 {rules} 条" if rules else pack.origin
    return loaded.settings.name, str(len(loaded.statements)), origin
