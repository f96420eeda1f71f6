"""``disclosure init``: a complete data folder to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from generator.cli.inputs import pack_of_draft
from generator.core.files.names import file_name
from generator.core.files.write import refuse_taken, write_folder
from generator.core.findings import UnusableInputError
from generator.load.catalogue import open_catalogue
from generator.model.disclosure import EntityKind
from generator.newyear.new_folder import seen_from
from generator.pack.choice import Choice, default_pack, open_chosen, typed_pack
from generator.reports.terminal.console import ERR, OUT, print_findings, shell_word

if TYPE_CHECKING:  # reading a document needs large libraries
    from generator.drafts.draft import Draft
    from generator.load.catalogue import Catalogue
    from generator.pack.pack import Pack

_YEARS = range(2000, 2101)
_HELP = """\
开一个新的数据目录：每个栏目都有，写明填什么，附例子；要填的地方注明“待填”。

\b
  disclosure init 某某市某某局 2026
  disclosure init 某某中心 2026 --kind 单位 --pack yangquan -o data/某某中心-2026
  disclosure init 某某市某某局 2026 --from 批复.docx      金额和文字从文件里读

写好之后 disclosure check 列出要填的地方；disclosure worksheet 把它写成 Excel 来填。
上年已有数据目录的，用 disclosure new-year 开下一年更省事。

\b
退出码：0 已写出；1 已写出，--from 的文件里有待核或没有读的；2 不能写；3 程序自己出了错。
"""


@click.command("init", help=_HELP, options_metavar="[选项]")
@click.argument("name", metavar="名称")
@click.argument("year", metavar="年度", type=click.IntRange(_YEARS.start, _YEARS.stop - 1))
@click.option(
    "--kind",
    type=click.Choice([each.value for each in EntityKind]),
    default=EntityKind.DEPARTMENT.value,
    help="谁公开：部门（默认）或单位。",
)
@click.option(
    "--pack",
    "pack_name",
    metavar="模板包",
    default=None,
    help="模板包的名称（disclosure packs 列出），或它的目录；不写按默认。",
)
@click.option(
    "-o", "--output", metavar="目录", type=click.Path(path_type=Path),
    help="写到这个目录（不存在或为空）；不写则是当前目录（有 data 则在其中）下的 名称-年度。",
)  # fmt: skip
@click.option(
    "--from", "source", metavar="文件", type=click.Path(path_type=Path),
    help="从这份文件（批复、公开文本）读入能读的内容。",
)  # fmt: skip
def init(
    name: str,
    year: int,
    kind: str,
    pack_name: str | None,
    output: Path | None,
    source: Path | None,
) -> None:
    """Writes the folder; exit code 1 if what was read of a file is doubtful."""
    from generator.skeleton.folder import Beginning, skeleton

    try:
        name = _checked(name)
        target = output or _usual_folder(name, year)
        refuse_taken(target, "用 -o 换一个新目录，或先移走原有的文件")
        draft = _read(source) if source is not None else None
        choice = _chosen(draft, pack_name)
        pack, catalogue = open_chosen(choice), open_catalogue()
        written = choice.name if choice.named else seen_from(target, choice.folder)
        files = skeleton(Beginning(name, year, EntityKind(kind), written), pack, catalogue)
        doubts = 0
        if draft is not None:
            files, doubts = _filled(files, draft, pack, catalogue)
        write_folder(target, files)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    for file in files:
        OUT.print(Text(f"  {target / file}"))
    OUT.print(Text(f"已写出 {target}。接下来："))
    word = shell_word(target)
    OUT.print(Text(f"  disclosure check {word}      （列出要填的地方）"))
    OUT.print(Text(f"  disclosure worksheet {word} -o 填报.xlsx      （写成 Excel 来填）"))
    raise SystemExit(1 if doubts else 0)


def _checked(name: str) -> str:
    """The name of an entity.

    Raises:
        click.UsageError: if there is nothing in it.
    """
    if not name.strip():
        raise click.UsageError("名称是空的")
    return name.strip()


def _usual_folder(name: str, year: int) -> Path:
    base = Path("data") if Path("data").is_dir() else Path()
    return base / file_name(f"{name}-{year}")


def _read(source: Path) -> Draft:
    from generator.cli.targets import refuse_folder
    from generator.drafts.read import read_draft

    refuse_folder(source)
    with ERR.status("读入文件"):
        return read_draft(source)


def _chosen(draft: Draft | None, typed: str | None) -> Choice:
    if typed is not None:
        return typed_pack(typed)
    if draft is not None:
        return pack_of_draft(draft, None)
    choice = default_pack()
    OUT.print(Text(f"模板包：{choice.name}（没有写 --pack，按默认；disclosure packs 列出别的）"))
    return choice


def _filled(
    files: dict[str, bytes], draft: Draft, pack: Pack, catalogue: Catalogue
) -> tuple[dict[str, bytes], int]:
    """The files with what was read of a document, and how much of that is doubtful."""
    from generator.importing.run import import_document
    from generator.skeleton.fill import doubts_whose, filled

    imported = import_document(draft, pack, catalogue)
    OUT.print(Text(str(imported.recognition)))
    reading, unread = imported.reading, imported.reading.unread()
    doubts = [*doubts_whose(files, reading.sections), *reading.doubts]
    for each in doubts:
        where = "/".join(str(step + 1 if isinstance(step, int) else step) for step in each.path)
        OUT.print(Text(f"待核  {each.spot or ''}  {where}：{each.message}"))
    if unread:
        command = f"disclosure import {shell_word(draft.file)} -o … --all"
        OUT.print(Text(f"还有 {len(unread)} 行没有读；{command} 逐行列出"))
    return filled(files, reading.sections, doubts), len(doubts) + len(unread)
