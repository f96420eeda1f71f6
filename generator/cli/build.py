"""``disclosure build``: prints disclosures from their data folders."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click
from rich.progress import Progress, TaskID

from generator.cli.terminal import Built, print_findings, print_summary, progress
from generator.findings import Finding, Place, UnusableInputError, has_errors
from generator.load.catalogue import Catalogue, load_catalogue
from generator.pack.pack import Pack, load_pack
from generator.printing.files import write_files
from generator.printing.fonts import font_findings
from generator.publish import Composed, Format, compose, print_formats
from generator.resources import CATALOGUE, PACKS

_HELP = """\
由数据目录生成预算公开文本（PDF、DOCX、HTML）。

每个数据目录是一个单位一个年度，例如：

\b
  disclosure build data/阳泉市教育局-2025
  disclosure build data/*-2025 -o 送审 --format docx --draft

同时写出 .figures.json：文中每个数字的地址、数值（元）和来历。
有错误的数据不会写出任何文件，输出目录里原有的文件不受影响。

\b
退出码：0 正常；1 已生成，但有警告；2 数据或模板不能用，没有生成。
"""


@click.command(short_help="生成预算公开文本", help=_HELP, options_metavar="[选项]")
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
@click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default="yangquan",
    help="模板包的名称，或它的目录（默认 yangquan）。",
)
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
        built = _print_all(composed, pack, wanted, output, findings)
    except UnusableInputError as error:
        findings.extend(error.findings)
    if built:
        print_summary(built)
    print_findings(findings)
    raise SystemExit(2 if has_errors(findings) else 1 if findings else 0)


def _prepare(pack_name: str, findings: list[Finding]) -> tuple[Pack, Catalogue]:
    """Loads pack and catalogue and checks the fonts; whatever is wrong with them ends the run."""
    folder = Path(pack_name) if Path(pack_name).is_dir() else PACKS / pack_name
    pack = load_pack(folder)
    catalogue, problems = load_catalogue(CATALOGUE)
    problems.extend(font_findings(pack))
    if catalogue is None or has_errors(problems):
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
        findings.extend(result.findings)
        composed.append(result)
        sources[result.stem].append(folder)
    clashes = {stem: paths for stem, paths in sources.items() if len(paths) > 1}
    for stem, paths in clashes.items():
        message = f"{'、'.join(str(path) for path in paths)} 都会写出“{stem}”"
        remedy = "改正“单位信息”里的名称或年度，或分开生成到不同目录"
        findings.append(Finding("E502", message, remedy, Place(paths[-1])))
    return [each for each in composed if each.stem not in clashes]


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
