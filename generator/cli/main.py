"""The ``disclosure`` command."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

import click

from generator.cli.guard import guarded_command, prefer_utf8, prepare_streams
from generator.cli.lazy import Deferred, LazyGroup
from generator.core.files.error_log import LOG_VARIABLE
from generator.core.process import collect_rarely, leave_garbage
from generator.core.version import installed_version

_HELP = """\
由结构化数据生成部门/单位预算公开文本。

数据只填明细和文字（YAML，金额单位为元），合计、占比、增减和情况说明都由程序计算。

\b
常用：
  disclosure init 某某市某某局 2026             开一个新的数据目录
  disclosure build data/阳泉市教育局-2025      生成 PDF、DOCX、HTML
  disclosure check 送审稿.docx                 核对数据或文稿
  disclosure diff data/某某局-2025 草稿.docx     比较生成的文本与草稿
  disclosure accept 比较清单.json data/某某局-2025   把采纳的差异写回数据
  disclosure import 公开稿.docx -o data/新目录      把公开文本读成数据
  disclosure worksheet data/某某局-2026 -o 填报.xlsx    写成 Excel 来填，填好再 import
  disclosure new-year data/阳泉市教育局-2025   由今年的数据开出下一年
  disclosure explain-changes data/某某局-2025       列出增减和原因
  disclosure explain E204                      看一个错误代码的解释
  disclosure packs                             列出模板包
  disclosure fonts                             看这台电脑上 PDF 会用哪些字体
  disclosure subject 档案                        查科目的编码和名称
  disclosure schema -o disclosure.schema.json  给编辑器用的数据格式
  disclosure completion                        设好命令补全

\b
退出码：0 正常；1 有问题或有待核；2 输入不能用，或结果写不出去；3 程序自己出了错；
130 按 Ctrl-C 中断。
"""

_COMMANDS = (
    Deferred("accept", "generator.cli.comparing.accept:accept", "把采纳的差异写回数据"),
    Deferred("build", "generator.cli.build:build", "生成预算公开文本"),
    Deferred("cache", "generator.cli.cache:cache", "看或清除为下次生成留下的缓存"),
    Deferred("check", "generator.cli.checking.command:check", "核对数据或文稿"),
    Deferred("completion", "generator.cli.completion:completion", "设好命令补全"),
    Deferred("diff", "generator.cli.comparing.diff:diff", "比较生成的文本与草稿"),
    Deferred("explain", "generator.cli.explain:explain", "解释一个代码"),
    Deferred("explain-changes", "generator.cli.explain_changes:explain_changes", "列出增减和原因"),
    Deferred("init", "generator.cli.init:init", "开一个新的数据目录"),
    Deferred("fonts", "generator.cli.lookup.fonts:fonts", "看 PDF 会用哪些字体"),
    Deferred("import", "generator.cli.importing.command:import_command", "把公开文本读成数据目录"),
    Deferred("new-year", "generator.cli.new_year:new_year", "由今年的数据开出下一年"),
    Deferred("packs", "generator.cli.lookup.packs:packs", "列出模板包"),
    Deferred("schema", "generator.cli.schema:schema", "输出数据格式的 JSON Schema"),
    Deferred("subject", "generator.cli.lookup.subject:subject", "查科目的编码和名称"),
    Deferred("worksheet", "generator.cli.worksheet:worksheet", "把数据写成 Excel 来填"),
)


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"disclosure {installed_version() or '未安装'}")
        context.exit()


def _name_log(context: click.Context, _: click.Parameter, file: str | None) -> None:
    if file and not context.resilient_parsing:
        os.environ[LOG_VARIABLE] = str(Path(file).absolute())


@click.group(
    cls=LazyGroup,
    commands=_COMMANDS,
    help=_HELP,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="显示版本。",
)
@click.option(
    "--debug-log",
    metavar="文件",
    is_eager=True,
    expose_value=False,
    callback=_name_log,
    help="程序自己出错时，把详细情况写到这个文件。",
)
def cli() -> None:
    """The command group."""


def main() -> None:
    """Runs the command with Click's own messages in Chinese, and ends with its exit code."""
    prefer_utf8()
    prepare_streams()
    collect_rarely()
    os.environ["LANGUAGE"] = "zh_CN"
    # it would look through all that is installed for plugins, of which this program uses none
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gettext.bindtextdomain("messages", str(Path(__file__).parent.parent / "locale"))
    code = guarded_command(_run)
    leave_garbage()
    sys.exit(code)


def _run() -> int:
    try:
        code = cli.main(prog_name="disclosure", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
