"""``disclosure fonts``: which fonts a pack would use on this computer, and why."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from generator.cli.inputs import pack_option, say
from generator.core.findings import UnusableInputError
from generator.core.installed_fonts import Faces, first_installed, has_bold, installed_faces
from generator.pack.choice import ChosenPack, default_pack, open_chosen, pack_of_data, typed_pack
from generator.pack.theme import Font
from generator.printing.fonts import font_findings
from generator.reports.terminal.console import OUT, harmless_in_terminal, print_findings

_HELP = """\
列出模板包的每种字体（正文、黑体、楷体……）在这台电脑上 PDF 会用哪一种，为什么。

theme.yaml 里“优先”的字体装了就用，按次序取第一种；都没有装的，用“pdf”写的那一种。
公文字体（仿宋_GB2312、楷体_GB2312、方正小标宋）装在系统里即可，不用改模板包；
装好以后再运行一次就看得到。DOCX 只写字体名称，用打开它的电脑上的字体。

没有粗体的字体不加粗：程序不把常规体描粗冒充粗体。

\b
退出码：0 都有；1 有一种也没有装的；2 模板包不能用；3 程序自己出了错。
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument(
    "folder", metavar="[数据目录]", required=False, type=click.Path(path_type=Path, file_okay=False)
)
@pack_option
def fonts(folder: Path | None, pack_name: str | None) -> None:
    """Prints the table of fonts; exit code 1 if one is missing."""
    try:
        choice = _chosen(folder, pack_name)
        say(choice)
        pack = open_chosen(choice)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    faces = installed_faces() or {}
    table = Table(title="字体", title_justify="left")
    for heading in ("用处", "PDF 用", "为什么", "加粗", "DOCX 写"):
        table.add_column(heading, overflow="fold")
    for role, font in pack.theme.fonts.items():
        used = first_installed(font.wanted, faces)
        bold = "有粗体" if used and has_bold(font.wanted) else "不加粗" if used else ""
        cells = (role, used or "没有装", _reason(font, faces), bold, font.docx)
        table.add_row(*(Text(harmless_in_terminal(cell)) for cell in cells))
    OUT.print(table)
    findings = list(font_findings(pack, ["pdf"]))
    print_findings(findings)
    raise SystemExit(1 if findings else 0)


def _chosen(folder: Path | None, pack_name: str | None) -> ChosenPack:
    if pack_name is not None:
        return typed_pack(pack_name)
    return pack_of_data(folder) if folder is not None else default_pack()


def _reason(font: Font, faces: Faces) -> str:
    used = first_installed(font.wanted, faces)
    missing = "、".join(f"“{each}”" for each in font.wanted if each not in faces)
    if used is None:
        return f"{missing}都没有装"
    if used in font.preferred:
        return "优先的字体，已装"
    return f"没有装优先的{missing}" if font.preferred else "theme.yaml 写的"
