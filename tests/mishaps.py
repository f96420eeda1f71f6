"""Workers of ``disclosure build`` that come to grief, over some folders or over all.

They run in a process of their own, which they may change.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from generator.building.options import BuildOptions
from generator.building.outcome import Product, broken
from generator.building.workers import local
from generator.printing import bounds
from generator.printing.pieces import second_printer

if TYPE_CHECKING:
    from generator.building.folder import Builder, Show


def work(connection: Connection, options: BuildOptions) -> None:
    """Works as workers do, with mishaps over folders of certain names."""
    from generator.building.folder import Builder  # takes long: not for every worker

    usual = Builder.build

    def build(builder: Builder, folder: Path, show: Show) -> Product:
        if folder.name == "killed":
            show("killed", "计算")
            os.kill(os.getpid(), signal.SIGKILL)
        if folder.name == "raising":
            raise RuntimeError("what nobody expects")
        return usual(builder, folder, show)

    setattr(Builder, "build", build)  # noqa: B010 - mypy knows no other way
    local.work(connection, options)


def refuse(connection: Connection, _: BuildOptions) -> None:
    """Builds nothing, and says so at once."""
    with suppress(EOFError):
        while True:
            connection.send(broken(connection.recv(), "不想做"))


def serve_till_killed(connection: Connection) -> None:
    """Makes pieces as a second process does, and is killed over the first."""
    from generator.printing.pieces.layout import LayoutEngine

    setattr(LayoutEngine, "anywhere", lambda *_: os.kill(os.getpid(), signal.SIGKILL))  # noqa: B010
    second_printer.serve(connection)


def serve_without_memory(connection: Connection) -> None:
    """Makes pieces as a second process does, and WeasyPrint finds no memory for any."""
    from weasyprint import document

    def fail(*_: object) -> None:
        raise MemoryError

    setattr(document, "layout_document", fail)  # noqa: B010 - mypy knows no other way
    second_printer.serve(connection)


def serve_without_time(connection: Connection) -> None:
    """Makes pieces as a second process does, and has no time for it."""
    setattr(bounds, "_LOOK", 0.001)  # noqa: B010 - mypy knows no other way
    setattr(bounds, "FIRST_SECONDS", 0.0)  # noqa: B010
    setattr(bounds, "SECONDS_AN_ELEMENT", 0.0)  # noqa: B010
    second_printer.serve(connection)
