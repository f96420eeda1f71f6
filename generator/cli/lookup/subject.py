"""``disclosure subject``: codes and names of subjects in the catalogue that comes along."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.table import Table
from rich.text import Text

from generator.core.findings import UnusableInputError
from generator.core.likeness import nearest
from generator.load.catalogue import Catalogue, SubjectList, open_catalogue
from generator.load.names import nearest_code, with_parents
from generator.reports.terminal.console import OUT, harmless, print_findings

_MOST_NEAR = 5
_HELP = """\
查科目目录里的编码和名称：功能分类、部门和政府预算支出经济分类。

\b
  disclosure subject 档案            名称里有“档案”的
  disclosure subject 2050201        这个编码，和它的类、款
  disclosure subject 20502          这一款，和其中的项

目录随程序来，取自已公开的文本，不完整，各年名称会有变动；没有的不等于错，在数据的“补充科目”里写上编码和名称。

\b
退出码：0 找到；1 没有；2 目录不能用；3 程序自己出了错。
"""


@click.command("subject", help=_HELP, options_metavar="[选项]")
@click.argument("word", metavar="编码或名称")
def subject(word: str) -> None:
    """Prints what is found; exit code 1 if nothing is."""
    wanted = word.strip()
    if not wanted:
        raise click.UsageError("写一个编码，或名称里的几个字")
    try:
        catalogue = open_catalogue()
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    found = [(each, code) for each in _lists(catalogue) for code in _matching(each, wanted)]
    for listed in _lists(catalogue):
        _show(listed, [code for each, code in found if each is listed])
    if found:
        return
    OUT.print(Text(f"目录里没有“{harmless(wanted)}”"))
    near = list(_near(catalogue, wanted))
    if near:
        OUT.print(Text(f"相近的：{'、'.join(near)}"))
    OUT.print(Text("目录不完整：批复里有的照用，在数据的“补充科目”里写上编码和名称"))
    raise SystemExit(1)


def _lists(catalogue: Catalogue) -> tuple[SubjectList, ...]:
    return (
        catalogue.functional,
        catalogue.department_economic,
        catalogue.government_economic,
    )


def _matching(listed: SubjectList, wanted: str) -> Iterator[str]:
    """The codes of a classification: those above and below a code, or with a word in the name."""
    above = with_parents(wanted) if wanted in listed.names else []
    for code, name in listed.names.items():
        if code in above or code.startswith(wanted) or wanted in name:
            yield code


def _show(listed: SubjectList, codes: list[str]) -> None:
    if not codes:
        return
    table = Table(title=listed.title, title_justify="left", caption=f"来源：{listed.source}")
    for heading in ("编码", "名称", "属于", ""):
        table.add_column(heading, overflow="fold")
    for code in codes:
        above = [listed.names.get(each, "？") for each in with_parents(code)[:-1]]
        unread = "没有见到原文" if code in listed.unread else ""
        table.add_row(
            *(Text(cell) for cell in (code, listed.names[code], "／".join(above), unread))
        )
    OUT.print(table)


def _near(catalogue: Catalogue, wanted: str) -> Iterator[str]:
    """What may have been meant; a code of another class never."""
    for listed in _lists(catalogue):
        if wanted.isdecimal():
            code = nearest_code(wanted, listed.names)
            if code:
                yield f"{code} {listed.names[code]}"
            continue
        by_name = {name: code for code, name in listed.names.items()}
        for name in nearest(wanted, by_name, most=_MOST_NEAR):
            yield f"{by_name[name]} {name}"
