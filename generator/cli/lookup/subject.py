"""``disclosure subject``: codes and names of subjects in the catalogue that comes along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import click
from rich.table import Table
from rich.text import Text

from generator.core.findings import UnusableInputError
from generator.core.likeness import nearest_names
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.load.catalogue import (
    FIRST_YEAR,
    LAST_YEAR,
    Catalogue,
    Subject,
    SubjectList,
    open_catalogue,
)
from generator.load.names import nearest_code, with_parents
from generator.reports.terminal.console import OUT, harmless_in_terminal, print_findings

_CODE_AND_NAME = late_pattern(r"(\d{3}(?:\d{2}){1,2})(?:\.0)?[-—_:、.|/]?[^\W\d].*")
_MOST_NEAR = 5
_MOST_SOURCES = 2
_YEARS = f"没有写起止年的，{FIRST_YEAR} 至 {LAST_YEAR} 年都有；年份多数没有见到原文"
_NONE_IS_FOUND = """\
可以写编码的前三位、前五位，看这一类、这一款里有什么，如 disclosure subject 201{fewer}
目录没有的不等于错，近年新增的没有见到原文就没有录入：批复里有的照用，在数据的“补充科目”里写上编码和名称"""
_HELP = """\
查科目目录里的编码和名称：功能分类、部门和政府预算支出经济分类。

\b
  disclosure subject 档案            名称里有“档案”的
  disclosure subject 教育 行政运行    名称和所属的类、款里有这几个词的
  disclosure subject 2050201        这个编码，和它的类、款；写成 205 02 01 也行
  disclosure subject 20502          这一款，和其中的项

目录随程序来，是 2024 至 2026 年的科目。名称在公开文本里见到的，写明见于哪里；没有见到原文的，
用之前与批复核对。没有收录的不等于错，在数据的“补充科目”里写上编码和名称。

\b
退出码：0 找到；1 没有；2 目录不能用；3 程序自己出了错。
"""


@click.command("subject", help=_HELP, options_metavar="[选项]")
@click.argument("words", metavar="编码或名称...", nargs=-1)
def subject(words: tuple[str, ...]) -> None:
    """Prints what is found; exit code 1 if nothing is."""
    wanted = _wanted(words)
    if not wanted:
        raise click.UsageError("写一个编码，或名称里的几个字")
    try:
        catalogue = open_catalogue()
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    found = {each.title: list(_matching(each, wanted)) for each in _lists(catalogue)}
    for listed in _lists(catalogue):
        _show(listed, found[listed.title])
    if any(found.values()):
        return
    _say_none_is_found(catalogue, wanted)
    raise SystemExit(1)


def _wanted(typed: Sequence[str]) -> list[str]:
    """The words to look for, width and white space apart; a code is one word.

    A code may be typed as tables print it (205 02 01), as workbooks give it (2050201.0) and with
    its name behind it (2050201-学前教育), which is then not looked for.
    """
    if named := _CODE_AND_NAME.fullmatch(folded("".join(typed))):
        return [named[1]]
    words = [folded(word) for part in typed for word in part.split()]
    codes = [word.removesuffix(".0") for word in words]
    if codes and all(map(str.isdecimal, codes)):
        return ["".join(codes)]
    return list(filter(None, words))


def _lists(catalogue: Catalogue) -> tuple[SubjectList, ...]:
    return (
        catalogue.functional,
        catalogue.department_economic,
        catalogue.government_economic,
    )


def _matching(listed: SubjectList, wanted: Sequence[str]) -> Iterator[str]:
    """The codes of a classification: those above and below a code, or with the words in the name.

    Of several words one at least is in the name, the others there or in the names above it. A name
    may be a former one, and the code then one that is no more.
    """
    (first, *others) = wanted
    if first.isdecimal() and not others:
        above = with_parents(first) if first in listed.names else []
        found = (e.code for e in listed.subjects if e.code in above or e.code.startswith(first))
    else:
        found = (each.code for each in listed.subjects if _has_words(listed, each, wanted))
    yield from dict.fromkeys(found)


def _has_words(listed: SubjectList, subject: Subject, wanted: Sequence[str]) -> bool:
    name = folded(subject.name)
    within = [word for word in wanted if word in name]
    if not within or len(within) == len(wanted):
        return bool(within)
    above = "".join(folded(listed.names.get(code, "")) for code in with_parents(subject.code)[:-1])
    return all(word in above for word in wanted if word not in within)


def _say_none_is_found(catalogue: Catalogue, wanted: Sequence[str]) -> None:
    """That the catalogue has no such subject, what may have been meant, and what to do."""
    typed = " ".join(wanted)
    is_code = typed.isdecimal()
    named = harmless_in_terminal(typed)
    what = f"目录里没有编码“{named}”" if is_code else f"目录里没有名称带“{named}”的科目"
    OUT.print(Text(what))
    if near := list(_near(catalogue, typed)):
        OUT.print(Text(f"相近的：{'、'.join(near)}"))
    if above := list(_above(catalogue, typed)):
        OUT.print(Text(f"它的上级：{'、'.join(above)}"))
    OUT.print(Text(_NONE_IS_FOUND.format(fewer="" if is_code else "；或少写几个字再查")))


def _above(catalogue: Catalogue, code: str) -> Iterator[str]:
    """The subjects above a code that the catalogue has."""
    for listed in _lists(catalogue):
        for parent in with_parents(code)[:-1] if code.isdecimal() else ():
            if parent in listed.names:
                yield f"{parent} {listed.names[parent]}"


def _show(listed: SubjectList, codes: list[str]) -> None:
    if not codes:
        return
    shown = [listed.of(code) for code in codes]
    letters = sorted({letter for each in shown for letter in each[-1].sources[:_MOST_SOURCES]})
    sources = [f"{letter} {listed.sources[letter]}" for letter in letters]
    captions = [f"见于：{'；'.join(sources)}"] if sources else []
    captions.append(_YEARS)
    table = Table(title=listed.title, title_justify="left", caption="\n".join(captions))
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
        by_name: dict[str, list[str]] = defaultdict(list)
        for code in listed.confirmed_last():
            by_name[listed.names[code]].append(code)
        for name in nearest_names(wanted, by_name, most=_MOST_NEAR):
            codes = by_name[name]
            yield f"{codes[0]} {name}" if len(codes) == 1 else f"{name}（{len(codes)} 个编码）"
