"""``disclosure completion``: the shell completes commands, options and files."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class
from rich.text import Text

from generator.core.files.write import write_files
from generator.core.findings import Finding, Location, UnusableInputError
from generator.reports.terminal.console import OUT, print_findings, shell_word

_SHELLS = ("bash", "zsh", "fish")
_LOAD_COMPDEF = """\
if ! whence compdef >/dev/null; then
    autoload -Uz compinit && compinit -i
fi
"""
"""A zsh whose own start file does not set completion up knows no ``compdef``."""
_HELP = """\
设好命令补全：以后打 disclosure 的命令、选项和文件名，按 Tab 补全。

\b
  disclosure completion           按现在的终端程序设好
  disclosure completion zsh       写明是哪一种：bash、zsh、fish
  disclosure completion --print   只印出补全的脚本，什么都不写

脚本写在本人目录下；bash、zsh 另在 ~/.bashrc、~/.zshrc 末尾加一行，已有的不再加。新开的终端里生效。

\b
退出码：0 已设好；2 不认得终端程序，或写不出去；3 程序自己出了错。
"""


@click.command(help=_HELP, options_metavar="[选项]")
@click.argument("shell", metavar="[bash|zsh|fish]", type=click.Choice(_SHELLS), required=False)
@click.option("--print", "only_print", is_flag=True, help="只印出补全的脚本，什么都不写。")
@click.pass_context
def completion(context: click.Context, shell: str | None, only_print: bool) -> None:
    """Writes the script of the shell, and has the shell read it."""
    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in _SHELLS:
        raise click.UsageError(
            "不认得现在的终端程序：写明是 bash、zsh、fish 的哪一种（PowerShell 没有补全）"
        )
    script = _script(context.find_root().command, name)
    if only_print:
        click.echo(script)
        return
    try:
        written = _set_up(name, script)
    except UnusableInputError as error:
        print_findings(error.findings)
        raise SystemExit(2) from error
    for file in written:
        OUT.print(Text(f"  {file}"))
    OUT.print(Text(f"{name} 的命令补全设好了，新开的终端里生效。"))


def _script(command: click.Command, shell: str) -> str:
    """The script with which a shell asks the program for completions."""
    made = get_completion_class(shell)
    if made is None:
        raise AssertionError(shell)
    script = made(command, {}, "disclosure", "_DISCLOSURE_COMPLETE").source()
    if shell != "zsh":
        return script
    head, break_, rest = script.partition("\n")  # zsh looks for #compdef in the first line
    return head + break_ + _LOAD_COMPDEF + rest


def _set_up(shell: str, script: str) -> list[Path]:
    """Writes the script where the shell finds it.

    Raises:
        UnusableInputError: E501.
    """
    home = Path.home()
    if shell == "fish":
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return write_files(config / "fish" / "completions", {"disclosure.fish": script.encode()})
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    (written,) = write_files(data / "disclosure", {f"completion.{shell}": script.encode()})
    started = home / f".{shell}rc"
    _add_line(started, f"[ -f {shell_word(written)} ] && . {shell_word(written)}")
    return [written, started]


def _add_line(file: Path, line: str) -> None:
    """Adds a line to what a shell reads when it starts, once; the file stays what and where it is.

    Raises:
        UnusableInputError: E501.
    """
    try:
        before = file.read_bytes() if file.exists() else b""
        if line.encode() in before.splitlines():
            return
        break_ = b"\n" if before and not before.endswith(b"\n") else b""
        with file.open("ab") as opened:
            opened.write(break_ + line.encode() + b"\n")
    except OSError as error:
        message = f"写不进去：{error.strerror}"
        remedy = f"检查文件的权限，或自己在末尾加上这一行：{line}"
        raise UnusableInputError([Finding("E501", message, remedy, Location(file))]) from error
