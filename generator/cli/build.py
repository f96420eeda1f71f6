"""``disclosure build``: checks disclosures and prints them from their data folders."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click
from rich.progress import Progress, TaskID
from rich.text import Text

from generator.checks.rules import RULES
from generator.checks.run import Report, run
from generator.checks.selection import Selection
from generator.cli.inputs import open_catalogue, open_pack, pack_option
from generator.cli.terminal import ERR, Built, print_findings, print_summary, progress
from generator.findings import Finding, Place, UnusableInputError, has_errors
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.presented.from_data import presented_data
from generator.printing.files import write_files
from generator.printing.fonts import font_findings
from generator.publish import Composed, Format, compose, print_formats

_SHOWN = 20
"""How many findings of the checks are shown of one folder; ``disclosure check`` shows them all."""
_HELP = """\
由数据目录生成预算公开文本（PDF、DOCX、HTML）。

每个数据目录是一个单位一个年度，例如：

\b
  disclosure build data/阳泉市教育局-2025
  disclosure build data/*-2025 -o 送审 --format docx --draft

同时写出 .figures.json：文中每个数字的地址、数值（元）和来历。

\b
生成之前先核对（同 disclosure check）：有错误就不生成公开稿，原有的文件不受影响；
送审稿（--draft）照样生成，同时列出问题。

\b
退出码：0 正常；1 已生成，但有问题；2 数据或模板不能用，或公开稿有错误，没有生成。
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument(
    "folders",
    metavar="数据目录...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "-o",
    "--output",
    metavar="目录",
    default=Path("output"),
    type=click.Path(path_type=Path),
    help="输出目录（默认 output，没有则新建）。",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([each.value for each in Format]),
    help="输出格式，可写多次；不写则三种都要。",
)
@click.option("--draft", is_flag=True, help="送审稿：每页加“仅供内部审核”。公开稿不要加。")
@click.option(
    "--allow-personal-data",
    is_flag=True,
    help="数据里有电话、身份证、银行卡号码也照印（只作警告）。",
)
@pack_option
def build(
    folders: Sequence[Path],
    output: Path,
    formats: Sequence[str],
    draft: bool,
    allow_personal_data: bool,
    pack_name: str,
) -> None:
    """Builds every data folder given; exit code 0, 1 with warnings, 2 where input is unusable."""
    wanted = [Format(each) for each in formats] or list(Format)
    findings: list[Finding] = []
    built: list[Built] = []
    reports: list[Report] = []
    try:
        pack, catalogue = _prepare(pack_name, findings)
        compose_one = partial(
            compose,
            pack=pack,
            catalogue=catalogue,
            draft=draft,
            allow_personal_data=allow_personal_data,
        )
        composed = _compose_all(folders, compose_one, findings)
        selection = Selection(skip=_waived(draft=draft, personal_data=allow_personal_data))
        sound = _check_all(composed, pack, selection, reports, findings)
        fit = composed if draft else sound
        built = _print_all(fit, pack, wanted, output, findings)
    except UnusableInputError as error:
        findings.extend(error.findings)
    if built:
        print_summary(built)
    print_findings(findings)
    _point_to_check(reports)
    raise SystemExit(2 if len(built) < len(folders) else 1 if findings else 0)


def _prepare(pack_name: str, findings: list[Finding]) -> tuple[Pack, Catalogue]:
    """Loads pack and catalogue and checks the fonts; whatever is wrong with them ends the run."""
    pack = open_pack(pack_name)
    problems = list(font_findings(pack))
    try:
        catalogue = open_catalogue()
    except UnusableInputError as error:
        raise UnusableInputError([*error.findings, *problems]) from error
    if has_errors(problems):
        raise UnusableInputError(problems)
    findings.extend(problems)
    return pack, catalogue


def _compose_all(
    folders: Sequence[Path],
    compose_one: Callable[[Path], Composed],
    findings: list[Finding],
) -> list[Composed]:
    """Composes every folder; those with errors drop out, their problems are kept."""
    composed: list[Composed] = []
    sources: defaultdict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        try:
            result = compose_one(folder)
        except UnusableInputError as error:
            findings.extend(error.findings)
            continue
        composed.append(result)
        sources[result.stem].append(folder)
    clashes = {stem: paths for stem, paths in sources.items() if len(paths) > 1}
    for stem, paths in clashes.items():
        message = f"{'、'.join(str(path) for path in paths)} 都会写出“{stem}”"
        remedy = "改正“单位信息”里的名称或年度，或分开生成到不同目录"
        findings.append(Finding("E502", message, remedy, Place(paths[-1])))
    return [each for each in composed if each.stem not in clashes]


def _waived(*, draft: bool, personal_data: bool) -> tuple[str, ...]:
    """The rules that an option of the command waives: a draft bears its mark on purpose."""
    return ("E746",) * draft + ("E747",) * personal_data


def _check_all(
    composed: Sequence[Composed],
    pack: Pack,
    selection: Selection,
    reports: list[Report],
    findings: list[Finding],
) -> list[Composed]:
    """Checks everything composed, keeps what was found, and returns what has no open error."""
    sound = []
    for each in composed:
        document = presented_data(each, pack)
        report = run(document, pack, selection, each.loaded, each.findings)
        reports.append(report)
        of_rules = [finding for finding in report.findings if finding.code in RULES]
        findings.extend(finding for finding in report.findings if finding.code not in RULES)
        findings.extend(of_rules[:_SHOWN])
        if not has_errors(report.findings):
            sound.append(each)
    return sound


def _point_to_check(reports: Sequence[Report]) -> None:
    """Tells how to see a document's findings where they are many, with excerpts and remedies."""
    for report in reports:
        count = sum(finding.code in RULES for finding in report.findings)
        if count > _SHOWN:
            rest = f"还有 {count - _SHOWN} 个问题没有列出：disclosure check {report.file}"
            ERR.print(Text(rest))


def _show(display: Progress, task: TaskID, step: str) -> None:
    display.update(task, description=step)


def _print_all(
    composed: Sequence[Composed],
    pack: Pack,
    formats: Sequence[Format],
    output: Path,
    findings: list[Finding],
) -> list[Built]:
    built = []
    with progress() as display:
        for each in composed:
            entity = each.disclosure.entity
            task = display.add_task("计算", entity=entity.name, total=None)
            started = time.perf_counter()
            try:
                printed = print_formats(
                    each,
                    pack,
                    formats,
                    partial(_show, display, task),
                )
                files = write_files(output, printed.files)
            except UnusableInputError as error:
                findings.extend(error.findings)
                continue
            finally:
                display.remove_task(task)
            built.append(
                Built(
                    entity.name,
                    entity.year,
                    {name: figure.text for name, figure in each.summary.items()},
                    printed.pages,
                    tuple(files),
                    time.perf_counter() - started,
                )
            )
    return built
