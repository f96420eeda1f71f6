"""``disclosure subject``: codes and names of subjects in the catalogue that comes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
from rich.table import Table
from rich.text import Text

from generator.core.findings import UnusableInputError
from generator.core.likeness import nearest
from generator.load.catalogue import Catalogue, Subject, SubjectList, open_catalogue
from generator.load.names import nearest_code, with_parents
from generator.reports.terminal.console import OUT, harmless, print_findings

_MOST_NEAR = 5
_MOST_SOURCES = 2
_HELP = """\
查科目目录里的编码和名称：功能分类、部门和政府预算支出经济分类。

\b
  disclosure subject 档案            名称里有“档案”的
  disclosure subject 2050201        这个编码，和它的类、款
  disclosure subject 20502          这一款，和其中的项

目录随程序来，是 2024 至 2026 年的科目。名称在公开文本里见到的，写明见于哪里；没有见到原文的，
用之前与批复核对。没有收录的不等于错，在数据的“补充科目”里写上编码和名称。

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
    OUT.print(Text("目录没有的不等于错：批复里有的照用，在数据的“补充科目”里写上编码和名称"))
    raise SystemExit(1)


def _lists(catalogue: Catalogue) -> tuple[SubjectList, ...]:
    return (
        catalogue.functional,
        catalogue.department_economic,
        catalogue.government_economic,
    )


def _matching(listed: SubjectList, wanted: str) -> Iterator[str]:
    """The codes of a classification: those above and below a code, or with a word in the name.

    A name may be a former one, and the code then one that is no more.
    """
    above = with_parents(wanted) if wanted in listed.names else []
    found = (
        each.code
        for each in listed.subjects
        if each.code in above or each.code.startswith(wanted) or wanted in each.name
    )
    yield from dict.fromkeys(found)


def _show(listed: SubjectList, codes: list[str]) -> None:
    if not codes:
        return
    shown = [listed.of(code) for code in codes]
    letters = sorted({letter for each in shown for letter in each[-1].sources[:_MOST_SOURCES]})
    sources = [f"{letter} {listed.sources[letter]}" for letter in letters]
    captions = [f"见于：{'；'.join(sources)}"] if sources else []
    if any(subject.since or subject.until for names in shown for subject in names):
        captions.append("起止年多数没有见到原文")
    caption = "\n".join(captions)
    table = Table(title=listed.title, title_justify="left", caption=caption or None)
    for heading in ("编码", "名称", "属于", "说明"):
        table.add_column(heading, overflow="fold")
    for names in shown:
        *_, last = names
        above = [listed.names.get(parent, "？") for parent in with_parents(last.code)[:-1]]
        cells = (last.code, last.name, "／".join(above), _remarks(listed, names))
        table.add_row(*map(Text, cells))
    OUT.print(table)


def _remarks(listed: SubjectList, names: Sequence[Subject]) -> str:
    """From when to when a subject is, what it was called, and whether its name was read."""
    *former, last = names
    words = [f"到 {each.until} 年为止叫“{each.name}”" for each in former]
    if last.since:
        words.append(f"{last.since} 年起")
    if last.until:
        words.append(f"到 {last.until} 年为止")
    elif listed.is_confirmed(last):
        more = " 等" if len(last.sources) > _MOST_SOURCES else ""
        words.append(f"见于 {'、'.join(last.sources[:_MOST_SOURCES])}{more}")
    else:
        words.append("只见于旧目录" if last.sources else "没有见到原文")
    return "；".join(words)


def _near(catalogue: Catalogue, wanted: str) -> Iterator[str]:
    """What may have been meant; a code of another class never."""
    for listed in _lists(catalogue):
        if wanted.isdecimal():
            code = nearest_code(wanted, listed.confirmed_last())
            if code:
                yield f"{code} {listed.names[code]}"
            continue
        by_name = {listed.names[code]: code for code in listed.confirmed_last()}
        for name in nearest(wanted, by_name, most=_MOST_NEAR):
            yield f"{by_name[name]} {name}"
