"""``disclosure diff``: the generated document against a draft, as a reviewer reads."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from generator.cli.inputs import fitting_packs, pack_of_draft, pack_option, say
from generator.cli.targets import is_draft
from generator.compose.compose import compose
from generator.core.files.write import write_files
from generator.core.findings import Finding, Location, UnusableInputError
from generator.load.catalogue import open_catalogue
from generator.pack.choice import ChosenPack, default_pack, open_chosen, pack_of_data
from generator.pack.pack import Pack
from generator.reports.terminal.console import ERR, OUT, print_findings

if TYPE_CHECKING:
    from generator.compare.difference import Comparison
    from generator.compare.side import Side
    from generator.drafts.draft import Draft

_WORD = ".docx"
_TO_FILE = {"html": "比较.html", "docx": "批注.docx", "xlsx": "差异清单.xlsx"}
"""Formats that no screen can show, with a name for the file."""
_UNWRAPPED = 10_000
"""The width where nobody looks at a terminal: lines stay whole."""
_HELP = """\
把生成的文本同草稿逐处比较，列出每一处实质差异，以及生成的数字由哪些明细算出。

两边都可以是数据目录，或 docx、pdf、html、txt、xlsx、xls、ods、csv 文件：

\b
  disclosure diff data/某某局-2025 部门报来的草稿.docx
  disclosure diff 一稿.docx 二稿.pdf --format html -o 比较.html
  disclosure diff data/某某局-2025 data/某某局-2024 --years

数值、缺失、多出是错误，文字、名称、位置是警告；空格、全角半角、千分位这类格式差异，
以及文字提取的噪声，只计数不算差异，用 --all 列出。

\b
退出码：0 没有差异；1 有差异，或有内容没有比较；2 文件或数据不能用，没有比较，也没有写出报告；
3 程序自己出了错。
"""


@click.command("diff", help=_HELP, options_metavar="[选项]")
@click.argument("ours", metavar="生成的", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="草稿", type=click.Path(path_type=Path))
@click.option(
    "--years",
    is_flag=True,
    help="比较两个年度：年份对应换算，金额的变化记作“年度”，不算差异。",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "html", "docx", "xlsx"]),
    default="text",
    help="报告的格式：text 文字，html 网页，docx 在 Word 草稿上批注，xlsx 清单，json 供程序。",
)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="写到文件；不写则输出到屏幕（html、docx、xlsx 必须写）。",
)
@click.option("--all", "show_all", is_flag=True, help="全部列出，包括格式、噪声和年度差异。")
@pack_option
def diff(  # noqa: PLR0913, PLR0917 - one argument for each option
    ours: Path,
    theirs: Path,
    years: bool,
    format_: str,
    output: Path | None,
    show_all: bool,
    pack_name: str | None,
) -> None:
    """Compares two documents; exit code 0 equal, 1 different or not all read, 2 unusable."""
    _refuse_misuse(ours, theirs, format_, output)
    try:
        comparison = _compare(ours, theirs, pack_name, years=years)
        _deliver(comparison, theirs, format_, output, show_all=show_all)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    raise SystemExit(0 if comparison.equal else 1)


def _refuse_misuse(ours: Path, theirs: Path, format_: str, output: Path | None) -> None:
    """Refuses before any work what could not be delivered, or would overwrite what is compared."""
    if format_ == "docx" and theirs.suffix.lower() != _WORD:
        raise click.UsageError(
            f"批注只能加在 Word 草稿（{_WORD}）上，{theirs.name} 不是；其他草稿请用 --format html。"
        )
    if format_ in _TO_FILE and output is None:
        raise click.UsageError(f"--format {format_} 要写到文件：加 -o {_TO_FILE[format_]}。")
    if output is not None and output.resolve() in (ours.resolve(), theirs.resolve()):
        raise click.UsageError(f"-o {output} 就是要比较的文件，会被覆盖；换一个文件名。")


def _compare(ours: Path, theirs: Path, pack_name: str | None, *, years: bool) -> Comparison:
    """Reads both sides, saying which while it takes its time.

    Raises:
        UnusableInputError: with what is wrong on both sides.
    """
    from generator.compare.compare import compare_sides

    sources: list[Path | Draft] = []
    findings: list[Finding] = []
    for path in (ours, theirs):
        try:
            with ERR.status(Text(f"读入 {path}")):
                sources.append(_source(path))
        except UnusableInputError as error:
            findings.extend(error.findings)
    try:
        packs = _packs(sources, pack_name)
    except UnusableInputError as error:
        raise UnusableInputError([*findings, *error.findings]) from error
    sides: list[Side] = []
    for source, pack in zip(sources, packs, strict=True):
        try:
            with ERR.status(Text(f"读入 {_path(source)}")):
                sides.append(_side(source, pack))
        except UnusableInputError as error:
            findings.extend(error.findings)
    if years:
        findings += [_without_year(side.file) for side in sides if not side.year]
    if findings:
        raise UnusableInputError(findings)
    with ERR.status("逐处比较"):
        return compare_sides(sides[0], sides[1], packs[0], years=years)


def _without_year(file: Path) -> Finding:
    return Finding(
        "E763",
        "没有读到预算年度，不能换算年份",
        "核对封面或报表标题里的年度；不换算年份的，不加 --years",
        Location(file),
    )


def _source(path: Path) -> Path | Draft:
    """A data folder as it is, a draft as it was read: whatever has the name of one.

    Raises:
        UnusableInputError: if the draft cannot be read at all.
    """
    # reading PDF needs large libraries that other commands do without
    from generator.drafts.read import read_draft

    return read_draft(path) if is_draft(path) else path


def _path(source: Path | Draft) -> Path:
    return source if isinstance(source, Path) else source.file


def _packs(sources: Sequence[Path | Draft], typed: str | None) -> list[Pack]:
    """The pack of each side: data has its own, and drafts that of the data beside them.

    Of two drafts the pack of the first is that of both. What would fit a side better is said.

    Raises:
        UnusableInputError: with what is wrong with a pack.
    """
    leading = _leading_pack(sources, typed)
    owned = [pack_of_data(each, typed) if isinstance(each, Path) else leading for each in sources]
    for choice in dict.fromkeys(owned):
        say(choice)
    for source, own in zip(sources, owned, strict=True):
        if typed is None and (words := _otherwise(source, own, leading)):
            ERR.print(Text(words))
    return [open_chosen(own) for own in owned]


def _leading_pack(sources: Sequence[Path | Draft], typed: str | None) -> ChosenPack:
    """The pack by which both sides are compared: that of data, else of the first draft."""
    for source in sources:
        if isinstance(source, Path):
            return pack_of_data(source, typed)
    drafts = [each for each in sources if not isinstance(each, Path)]
    return pack_of_draft(drafts[0], typed) if drafts else default_pack()


def _otherwise(source: Path | Draft, own: ChosenPack, leading: ChosenPack) -> str:
    """Says that a side follows another pack than the one by which both are compared."""
    if isinstance(source, Path):
        other = own.folder != leading.folder
        return f"模板包：{source} 是 {own.name}，按 {leading.name} 的表头比较" if other else ""
    fitting = fitting_packs(source, leading)
    if not fitting or leading.folder in [each.folder for each in fitting]:
        return ""
    return f"模板包：{source.file} 更像 {fitting[0].name}，按 {leading.name} 比较"


def _side(source: Path | Draft, pack: Pack) -> Side:
    """A data folder, or a draft."""
    from generator.compare.side import side_of_data, side_of_draft

    if not isinstance(source, Path):
        return side_of_draft(source, pack)
    # reports blank personal numbers; whether they may be published is for check to say
    composed = compose(source, pack, open_catalogue(), allow_personal_data=True)
    return side_of_data(composed, pack)


def _deliver(
    comparison: Comparison, draft: Path, format_: str, output: Path | None, *, show_all: bool
) -> None:
    """Shows the comparison, or writes it.

    Raises:
        UnusableInputError: E501, or what makes a Word draft unusable.
    """
    from generator.reports.terminal.diff import print_comparison, print_counts

    if output is None and format_ == "text":
        print_comparison(comparison, _console(OUT), show_all=show_all)
        return
    content = _content(comparison, draft, format_, show_all=show_all)
    if output is None:
        click.echo(content, nl=False)
        return
    (file,) = write_files(output.parent, {output.name: content})
    print_counts(comparison, _console(OUT))
    OUT.print(Text(f"  {file}"))


def _content(comparison: Comparison, draft: Path, format_: str, *, show_all: bool) -> bytes:
    """The report in a format, as bytes."""
    if format_ == "json":
        from generator.reports.diff.for_programs import diff_json

        return diff_json(comparison)
    if format_ == "html":
        from generator.reports.diff.page import diff_html

        return diff_html(comparison)
    if format_ == "xlsx":
        from generator.reports.diff.workbook import diff_xlsx

        return diff_xlsx(comparison, show_all=show_all)
    if format_ == "docx":
        from generator.compare.redline.redline import redline

        return redline(draft, comparison)
    from generator.reports.terminal.diff import print_comparison

    page = io.StringIO()
    print_comparison(comparison, _console(Console(file=page)), show_all=show_all)
    return page.getvalue().encode("utf-8", "replace")


def _console(console: Console) -> Console:
    """As wide as the terminal; lines stay whole where nobody looks at one."""
    width = None if console.is_terminal else _UNWRAPPED
    return Console(file=console.file, highlight=False, width=width, emoji=False, markup=False)
