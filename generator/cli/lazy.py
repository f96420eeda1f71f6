"""Commands that are imported only when they are called: the program starts without them."""

from __future__ import annotations

from importlib import import_module

import click


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
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in a declaration
        return command


class LazyGroup(click.Group):
    """A group in which a deferred command is loaded as soon as it is the one that was typed."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command typed, as Click does, and loads it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Deferred) else command, rest
