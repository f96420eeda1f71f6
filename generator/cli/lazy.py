"""Commands that are imported only when they are called: the program starts without them."""

from __future__ import annotations

import difflib
from importlib import import_module

import click

from generator.core.process import spared_collection

_ALIKE = 0.5
_WORDS = {
    "生成": "build",
    "核对": "check",
    "检查": "check",
    "比较": "diff",
    "对照": "diff",
    "读入": "import",
    "导入": "import",
    "新建": "init",
    "new": "init",
    "start": "init",
    "下一年": "new-year",
    "填报": "worksheet",
    "excel": "worksheet",
    "xlsx": "worksheet",
    "解释": "explain",
    "help": "--help",
}
"""What people type for a command that has another name."""


class Deferred(click.Command):
    """Stands for a command in the table of commands until it is called.

    Args:
        name: what is typed.
        target: where the command is, as ``module:attribute``.
        short_help: the line in the table of commands.
    """

    def __init__(self, name: str, target: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._target = target

    def load(self) -> click.Command:
        """Imports the command."""
        module, attribute = self._target.split(":")
        with spared_collection():
            command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in a declaration
        return command


class LazyGroup(click.Group):
    """A group in which a deferred command is loaded as soon as it is the one that was typed."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command typed, as Click does, and loads it.

        Raises:
            click.UsageError: if there is none; with the one that was meant, as far as that shows.
        """
        typed = args[0] if args else ""
        known = self.list_commands(ctx)
        if typed and not typed.startswith("-") and self.get_command(ctx, typed) is None:
            meant = _meant(typed, known)
            hint = f"是不是 disclosure {meant}？" if meant else ""
            message = f"没有“{typed}”这个命令。{hint}用 disclosure --help 看全部命令。"
            raise click.UsageError(message, ctx)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Deferred) else command, rest


def _meant(typed: str, known: list[str]) -> str | None:
    """The command that was most likely meant."""
    word = typed.casefold().replace("_", "-")
    if word in known:
        return word
    if word in _WORDS:
        return _WORDS[word]
    begun = [each for each in known if each.startswith(word)]
    near = difflib.get_close_matches(word, known, n=1, cutoff=_ALIKE)
    return next(iter([*begun, *near]), None)
