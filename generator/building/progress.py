"""What is being built at the moment, on standard error; gone when the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from generator.reports.terminal.console import ERR

ShowOne = Callable[[int, str | None, str], None]
"""Is told the number of a folder, what it is called, and the step that begins; without a name
that it is done."""


@contextmanager
def display() -> Iterator[ShowOne]:
    """A line for every folder that is being built."""
    tasks: dict[int, TaskID] = {}
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[entity]}", markup=False),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, transient=True) as progress:

        def show(number: int, name: str | None, step: str) -> None:
            if name is None:
                if number in tasks:
                    progress.remove_task(tasks.pop(number))
            elif number in tasks:
                progress.update(tasks[number], entity=name, description=step)
            else:
                tasks[number] = progress.add_task(step, entity=name, total=None)

        yield show
