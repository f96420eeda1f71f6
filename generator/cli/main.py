"""The ``disclosure`` command."""

from __future__ import annotations

import gettext
import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from generator.cli.build import build
from generator.cli.check import check
from generator.cli.diff import diff
from generator.cli.explain import explain
from generator.cli.explain_changes import explain_changes
from generator.cli.import_draft import import_command
from generator.cli.new_year import new_year
from generator.cli.terminal import print_findings
from generator.complaints import system_cause
from generator.disclosure.disclosure import Disclosure
from generator.findings import Finding, Place

try:
    _VERSION = version("budget-disclosure")
except PackageNotFoundError:
    _VERSION = "未安装"


_HELP = """\
由结构化数据生成部门/单位预算公开文本。

数据只填明细和文字（YAML，金额单位为元），合计、占比、增减和情况说明都由程序计算。

\b
常用：
  disclosure build data/阳泉市教育局-2025      生成 PDF、DOCX、HTML
  disclosure check 送审稿.docx                 核对数据或文稿
  disclosure diff data/某某局-2025 草稿.docx     比较生成的文本与草稿
  disclosure import 公开稿.docx -o data/新目录      把公开文本读成数据
  disclosure new-year data/阳泉市教育局-2025   由今年的数据开出下一年
  disclosure explain-changes data/某某局-2025       列出增减和原因
  disclosure explain E204                      看一个错误代码的解释
  disclosure schema -o disclosure.schema.json  给编辑器用的数据格式
"""


@click.group(
    help=_HELP,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    _VERSION, prog_name="disclosure", help="显示版本。", message="%(prog)s %(version)s"
)
def cli() -> None:
    """The command group."""


_SCHEMA_HELP = """\
输出数据格式的 JSON Schema，编辑器据此补全和检查数据文件。

在 VS Code（装有 YAML 插件）里，数据文件第一行写：

\b
  # yaml-language-server: $schema=../../disclosure.schema.json
"""


@cli.command(short_help="输出数据格式的 JSON Schema", help=_SCHEMA_HELP, options_metavar="[选项]")
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到文件；不写则输出到屏幕。",
)
def schema(output: Path | None) -> None:
    """Writes the JSON Schema of the data format."""
    content = Disclosure.model_json_schema(by_alias=True)
    content["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    content["required"] = []  # a folder spreads the sections over several files
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"写不进文件：{system_cause(error)}"
        remedy = "检查目录是否存在、是否有写权限，或换一个位置"
        print_findings([Finding("E501", message, remedy, Place(output))])
        raise SystemExit(2) from error


cli.add_command(build)
cli.add_command(check)
cli.add_command(diff)
cli.add_command(import_command)
cli.add_command(new_year)
cli.add_command(explain)
cli.add_command(explain_changes)


def main() -> None:
    """Runs the command with Click's own messages in Chinese."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(Path(__file__).parent.parent / "locale"))
    cli(prog_name="disclosure")


if __name__ == "__main__":
    main()
