"""A worker of ``disclosure build`` that comes to grief over folders with certain names."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from generator.building import folder as build_folder
from generator.building import workers
from generator.building.folder import Show, Tools
from generator.building.options import BuildOptions
from generator.building.outcome import Product

_produce = build_folder.produce


def _mishap(folder: Path, options: BuildOptions, tools: Tools, show: Show) -> Product:
    if folder.name == "killed":
        show("killed", "计算")
        os.kill(os.getpid(), signal.SIGKILL)
    if folder.name == "raising":
        raise RuntimeError("what nobody expects")
    return _produce(folder, options, tools, show)


def work(connection: Connection, options: BuildOptions) -> None:
    """Works as workers do, with mishaps. Runs in a process of its own, which it changes."""
    build_folder.produce = _mishap
    workers.work(connection, options)
