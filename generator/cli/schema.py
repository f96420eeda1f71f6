"""``disclosure schema``: the data format as a JSON Schema, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.cli.inputs import pack_option, say
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.resources import DEFAULT_PACK
from generator.core.system_errors import system_cause
from generator.model.json_schema import json_schema
from generator.pack.choice import ChosenPack, default_pack, open_chosen, pack_of_data, typed_pack
from generator.reports.terminal.console import print_findings

_HELP = """\
输出数据格式的 JSON Schema，编辑器据此补全和检查数据文件。

资金来源、项目类别等名称随模板包：写数据目录按它的“模板包”，或用 --pack 指定。

在 VS Code（装有 YAML 插件）里，数据文件第一行写：

\b
  # yaml-language-server: $schema=../../disclosure.schema.json
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument(
    "folder", metavar="[数据目录]", required=False, type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到文件；不写则输出到屏幕。",
)
@pack_option
def schema(folder: Path | None, output: Path | None, pack_name: str | None) -> None:
    """Writes the JSON Schema of the data format, with the names of a pack."""
    try:
        choice = _chosen(folder, pack_name)
        say(choice)
        content = json_schema(open_chosen(choice).vocabulary)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text.encode(), nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"写不进文件：{system_cause(error)}"
        remedy = "检查目录是否存在、是否有写权限，或换一个位置"
        print_findings([Finding("E501", message, remedy, Location(output))])
        raise SystemExit(2) from error


def _chosen(folder: Path | None, pack_name: str | None) -> ChosenPack:
    if folder is not None:
        return pack_of_data(folder, pack_name)
    if pack_name is not None:
        return typed_pack(pack_name)
    return default_pack(f"模板包：{DEFAULT_PACK}（没有写数据目录或 --pack，按默认）")
