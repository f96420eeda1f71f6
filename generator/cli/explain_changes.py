"""``disclosure explain-changes``: every change with its reason and what it consists of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
import yaml
from rich.table import Table
from rich.text import Text

from generator.changes.drivers import printed_change
from generator.changes.explain import Explanation, paired
from generator.changes.levels import compare_levels, known_totals, unknown_levels
from generator.changes.moves import Move, MoveKind
from generator.changes.reason_sentences import move_name
from generator.cli.inputs import pack_of_folder, pack_option
from generator.compose.compose import Composed, compose, compute
from generator.core.figures import UnknownFigureError
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.numbers.format import MoneyFormat
from generator.load.catalogue import open_catalogue
from generator.pack.pack import Pack
from generator.reports.terminal.console import ERR, OUT, print_findings
from generator.reports.terminal.levels import ComparedLevels, print_levels

_SHOWN = 30
"""Rows of a table; the smallest moves beyond them are told in one."""
_HELP = """\
列出情况说明里每一处增减：数额、原因、由哪些变动构成，供核对、粘贴、改写。

“变动原因”里已经写了的照原样；没有写的，由“上年数据”所指的上年目录写出，注明“自动生成”。
构成表的金额是两年印出数之差，点名的标“●”。

\b
  disclosure explain-changes data/某某局-2025
  disclosure explain-changes data/某某局-2025 --yaml     写成“变动原因”，粘贴到数据里再改
  disclosure explain-changes data/某某局-2025 --levels   两年逐级对照，列到科目、单位、项目

\b
退出码：0 每一处都有原因；1 有的没有原因，或有其他问题；2 数据不能用；
3 程序自己出了错。
"""


@click.command("explain-changes", help=_HELP, options_metavar="[选项]")
@click.argument("folder", metavar="数据目录", type=click.Path(path_type=Path))
@click.option("--yaml", "as_yaml", is_flag=True, help="只输出“变动原因”一栏。")
@click.option("--levels", is_flag=True, help="只列两年逐级对照的表：上年、本年、增减、增减%。")
@pack_option
def explain_changes(folder: Path, as_yaml: bool, levels: bool, pack_name: str | None) -> None:
    """Prints the explanations; exit code 0, 1 with findings, 2 where input is unusable."""
    if as_yaml and levels:
        raise click.UsageError("--yaml 和 --levels 只能用一个。")
    try:
        pack = pack_of_folder(folder, pack_name)
        composed = compose(folder, pack, open_catalogue())
        compared = _levels(composed, pack) if levels else None
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    explanations = composed.explanations.values()
    if compared is not None:
        print_levels(compared, unknown_levels(pack, composed.figures))
    elif as_yaml:
        OUT.print(Text(_yaml(explanations)), end="")
    else:
        for explanation in explanations:
            _print(explanation, pack.settings.numbers.money)
    if not explanations and compared is None:
        ERR.print(Text("没有增减，或没有上年预算数。"))
    print_findings(composed.findings)
    raise SystemExit(1 if composed.findings else 0)


def _levels(composed: Composed, pack: Pack) -> ComparedLevels:
    """Both years at every level; of a last year known only as totals, those totals."""
    loaded = composed.loaded
    if loaded.prior is None:
        return ComparedLevels((), known_totals(pack, composed.figures))
    before, after = compute(loaded.prior, pack).year, compute(loaded, pack).year
    years, _ = paired(loaded, before, after)
    try:
        return ComparedLevels(compare_levels(years, pack))
    except UnknownFigureError as error:  # a row or column of 分级比较
        place = Location(pack.folder / "pack.yaml")
        raise UnusableInputError([Finding("E303", str(error), error.hint, place)]) from error


def _yaml(explanations: Iterable[Explanation]) -> str:
    reasons = {
        explanation.place.name: explanation.reason.text
        for explanation in explanations
        if explanation.reason
    }
    return yaml.safe_dump(
        {"变动原因": reasons}, allow_unicode=True, sort_keys=False, width=1000, indent=2
    )


def _print(explanation: Explanation, money: MoneyFormat) -> None:
    place, reason = explanation.place, explanation.reason
    way = "增加" if place.change > 0 else "减少"
    OUT.print(
        Text(f"{place.name}　比上年{way}{money.written(abs(place.change))}{money.unit}", "bold")
    )
    if reason is not None:
        origin = "自动生成，请核" if reason.automatic else "数据里写的"
        OUT.print(Text(f"  主要原因是{reason.text}　（{origin}）"))
    elif explanation.comparison.reasoned:
        OUT.print(Text("  没有原因", "yellow"))
    OUT.print(_table(explanation, money))
    OUT.print()


def _table(explanation: Explanation, money: MoneyFormat) -> Table:
    """The moves with both years' amounts; the last row is the figure itself."""
    place = explanation.place
    table = Table(show_footer=True)
    table.add_column("", footer="")
    table.add_column("变动", footer=place.name, overflow="fold")
    for heading, amount in (("上年", place.before), ("本年", place.after)):
        table.add_column(heading, footer=money.written(amount), justify="right", no_wrap=True)
    change = money.signed(place.change)
    table.add_column("增减", footer=change, justify="right", no_wrap=True)
    named = [driver.move for driver in explanation.choice.named] if explanation.choice else []
    for move in _rows(explanation.moves):
        mark = "●" if any(move == each or move in each.details for each in named) else ""
        table.add_row(mark, _label(move), *_amounts(move, money))
        if move.kind is not MoveKind.PROJECT:
            for detail in move.details[:5]:
                table.add_row("", f"　{_label(detail)}", *_amounts(detail, money), style="dim")
    return table


def _rows(moves: tuple[Move, ...]) -> Iterable[Move]:
    """The largest moves, and the others as one."""
    yield from moves[:_SHOWN]
    if others := moves[_SHOWN:]:
        before = sum((move.before for move in others), others[0].before * 0)
        after = sum((move.after for move in others), others[0].after * 0)
        yield Move(MoveKind.REST, f"其余 {len(others)} 项", before, after)


def _label(move: Move) -> str:
    former = f"（上年名为{move.former}）" if move.former else ""
    return f"{move_name(move)}{former}"


def _amounts(move: Move, money: MoneyFormat) -> tuple[str, str, str]:
    change = money.signed(printed_change(move, money))
    if move.kind is MoveKind.REST and move.name == "未能分列":
        return "", "", change
    return (
        money.written(money.rounded(move.before)),
        money.written(money.rounded(move.after)),
        change,
    )
