"""``disclosure check``: holds data folders and drafts against the rules of reviewers."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from generator.checks.run import Report, run_checks
from generator.checks.selection import TIERS, Selection
from generator.cli.checking.beside import Beside, read_by_pack, with_others
from generator.cli.checking.sheet import FORMAT as SHEET
from generator.cli.checking.sheet import SheetRequest, sheet_options
from generator.cli.inputs import pack_of_folder, pack_option
from generator.cli.targets import is_draft
from generator.compose.compose import Composed, compose
from generator.core.files.write import write_files
from generator.core.findings import Finding, UnusableInputError
from generator.core.process import spared_collection
from generator.core.version import installed_version
from generator.load.catalogue import Catalogue, open_catalogue
from generator.pack.checks.relations import PACK_CODES
from generator.pack.choice import open_chosen, typed_pack
from generator.pack.pack import Pack
from generator.reading.from_data import presented_data
from generator.reports.code_names import NONE, Rules, all_codes, nearest_codes, short_name
from generator.reports.terminal.check import TextReport, print_reports, report_console
from generator.reports.terminal.console import ERR, OUT, print_findings

Writer = Callable[[Sequence[Report]], bytes]
"""Writes reports in one format."""
_HELP = """\
核对预算公开的数据或文稿：表内、表间勾稽，文字与报表，绩效目标表，变动原因，结构和用语。

每个对象是一个数据目录，或一份文稿（docx、pdf、html、txt、xlsx、xls、ods、csv），可写多个：

\b
  disclosure check data/阳泉市教育局-2025
  disclosure check 送审稿.docx --tier error
  disclosure check data/*-2025 --format html -o 检查报告.html
  disclosure check 公开稿.pdf --format sheet -o 检查情况表.xlsx

\b
四舍五入造成的尾差不算问题；不能核对的单独列出，不算通过。
数据里“按实公布说明”接受的问题列在最后，不影响退出码。

\b
退出码：0 没有问题；1 有问题；2 数据或文稿不能用，没有写出报告；
3 程序自己出了错。
"""


def _codes(context: click.Context, parameter: click.Parameter, value: Sequence[str]) -> list[str]:
    """Codes or beginnings of codes; those of packs are looked for when the packs are known."""
    wanted = [each.strip().upper() for each in value]
    if wanted:
        _require_known(wanted, (*all_codes(), *PACK_CODES), NONE, context, parameter)
    return wanted


def _require_known(
    wanted: Iterable[str],
    codes: Collection[str],
    own: Rules,
    context: click.Context | None = None,
    parameter: click.Parameter | None = None,
) -> None:
    """Answers a code that begins none of some codes with those that are near.

    Raises:
        click.BadParameter: if there is such a code.
    """
    for each in wanted:
        if each and any(code.startswith(each) for code in codes):
            continue
        of_packs = each in PACK_CODES
        nearest = [code for code in nearest_codes(each, own) if code in own or not of_packs]
        near = "、".join(f"{code}（{short_name(code, own)}）" for code in nearest)
        hint = f"是不是 {near}？" if near else "用 disclosure explain 列出全部。"
        lacking = "所用的模板包没有规则" if of_packs else "没有代码"
        raise click.BadParameter(f"{lacking} {each}；{hint}", context, parameter)


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument(
    "targets",
    metavar="对象...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--only",
    multiple=True,
    metavar="代码",
    callback=_codes,
    help="只用这条规则；可写多次，可只写开头，如 E7。",
)
@click.option(
    "--skip",
    multiple=True,
    metavar="代码",
    callback=_codes,
    help="不用这条规则；写法同上。",
)
@click.option(
    "--tier",
    type=click.Choice(list(TIERS)),
    default="note",
    help="error 只报错误；warning 报错误和警告；note 全部报（默认）。",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif", "html", "xlsx", SHEET]),
    default="text",
    help="报告的格式：text 文字，html 网页，xlsx 清单，sheet 检查情况表，json、sarif 供程序。",
)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="写到文件；不写则输出到屏幕（html、xlsx、sheet 必须写）。",
)
@sheet_options
@pack_option
@click.option(
    "--allow-personal-data",
    is_flag=True,
    help="数据里确需公布的电话等号码不算问题（只作警告）。",
)
@click.option(
    "--prior",
    "prior_file",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上年公开的文稿（格式不限）：核对文中的上年预算数。",
)
@click.option(
    "--units",
    "unit_files",
    multiple=True,
    metavar="文件",
    type=click.Path(path_type=Path),
    help="所属单位的文稿：核对部门的数与各单位之和；每个单位写一次。",
)
@click.option("--all", "show_all", is_flag=True, help="同类问题、其他位置和噪声全部列出。")
def check(  # noqa: PLR0913, PLR0917 - one argument for each option
    targets: Sequence[Path],
    only: Sequence[str],
    skip: Sequence[str],
    tier: str,
    format_: str,
    output: Path | None,
    pack_name: str | None,
    allow_personal_data: bool,
    prior_file: Path | None,
    unit_files: Sequence[Path],
    show_all: bool,
    urls: Sequence[str],
    published: date | None,
    approved: date | None,
) -> None:
    """Checks every target; exit code 0, 1 with open findings, 2 where input is unusable."""
    sheet = SheetRequest(urls, published, approved)
    sheet.require_fitting(format_, output, targets, only)
    beside = Beside(prior_file, tuple(unit_files))
    _require_one_draft(targets, beside)
    if format_ in _TO_FILE and output is None:
        raise click.UsageError(_TO_FILE[format_])
    waived = ("E747",) * allow_personal_data
    selection = Selection(tuple(only), (*skip, *waived), tier)
    compose_one = partial(compose, allow_personal_data=allow_personal_data)
    unusable: list[Finding] = []
    check_one = partial(_check_one, compose_one, selection, pack_name, beside)
    reports = _check_all(targets, pack_name, check_one, unusable)
    if reports and (only or skip):
        own = {code: rule for report in reports for code, rule in report.pack_rules.rules.items()}
        _require_known((*only, *skip), {*all_codes(), *own}, own)
    writers: dict[str, Writer] = {**_WRITERS, "text": partial(_text, show_all=show_all)}
    if output is not None:
        writers[SHEET] = partial(
            sheet.content, output=output, selection=selection, show_all=show_all
        )
    try:
        _deliver(reports, format_, output, writers, complete=not unusable, show_all=show_all)
    except UnusableInputError as error:
        unusable.extend(error.findings)
    print_findings(unusable)
    raise SystemExit(2 if unusable else 1 if any(each.findings for each in reports) else 0)


def _require_one_draft(targets: Sequence[Path], beside: Beside) -> None:
    """Last year's document and those of units belong to one draft.

    Raises:
        click.UsageError: if there are several targets, or a data folder.
    """
    if beside.given and (len(targets) != 1 or targets[0].is_dir()):
        raise click.UsageError("--prior、--units 只用于一份文稿：一次核对一份。")


def _check_all(
    targets: Sequence[Path],
    pack_name: str | None,
    check_one: Callable[[Path, Catalogue], Report],
    unusable: list[Finding],
) -> list[Report]:
    """A report for each target; what is wrong with those that cannot be used is kept."""
    reports = []
    try:
        if pack_name is not None:
            open_chosen(typed_pack(pack_name))  # what is wrong with it is told once
        catalogue = open_catalogue()
    except UnusableInputError as error:
        unusable.extend(error.findings)
        return []
    for target in targets:
        try:
            with ERR.status(Text(f"核对 {target}")):
                reports.append(check_one(target, catalogue))
        except UnusableInputError as error:
            unusable.extend(error.findings)
    return reports


def _check_one(
    compose_one: Callable[[Path, Pack, Catalogue], Composed],
    selection: Selection,
    pack_name: str | None,
    beside: Beside,
    target: Path,
    catalogue: Catalogue,
) -> Report:
    """Checks a data folder, or a draft: whatever has the name of one."""
    if is_draft(target):
        draft, pack = read_by_pack(target, pack_name, catalogue)
        return run_checks(with_others(draft, beside, catalogue), pack, selection)
    pack = pack_of_folder(target, pack_name)
    with spared_collection():
        composed = compose_one(target, pack, catalogue)
        document = presented_data(composed, pack)
        return run_checks(document, pack, selection, composed.loaded, composed.findings)


def _deliver(
    reports: Sequence[Report],
    format_: str,
    output: Path | None,
    writers: Mapping[str, Writer],
    *,
    complete: bool,
    show_all: bool,
) -> None:
    """Shows the reports, or writes them; files and formats for programs only where complete.

    Raises:
        UnusableInputError: E501.
    """
    if output is None and format_ == "text":
        print_reports(reports, report_console(OUT), show_all=show_all)
        return
    if not complete:
        return
    content = writers[format_](reports)
    if output is None:
        click.echo(content, nl=False)
        return
    files = write_files(output.parent, {output.name: content})
    TextReport(report_console(OUT)).print_figures(reports)
    for file in files:
        OUT.print(Text(f"  {file}"))


def _text(reports: Sequence[Report], *, show_all: bool) -> bytes:
    page = io.StringIO()
    print_reports(reports, report_console(Console(file=page)), show_all=show_all)
    return page.getvalue().encode("utf-8", "replace")


def _xlsx(reports: Sequence[Report]) -> bytes:
    from generator.reports.check_xlsx import check_xlsx

    return check_xlsx(reports)


def _html(reports: Sequence[Report]) -> bytes:
    from generator.reports.html_report import html_report

    return html_report(reports)


def _json(reports: Sequence[Report]) -> bytes:
    from generator.reports.json_report import json_report

    return json_report(reports)


def _sarif(reports: Sequence[Report]) -> bytes:
    from generator.reports.sarif import sarif_report

    return sarif_report(reports, installed_version() or "0")


_TO_FILE = {
    "html": "网页报告要写到文件：加 -o 检查报告.html。",
    "xlsx": "问题清单要写到文件：加 -o 问题清单.xlsx。",
}
"""What to say of formats that no screen can show."""
_WRITERS: dict[str, Writer] = {
    "json": _json,
    "sarif": _sarif,
    "html": _html,
    "xlsx": _xlsx,
}
