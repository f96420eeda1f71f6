"""Runs commands and measures them: seconds, and the peak memory of the largest process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

ROOT = Path(__file__).resolve().parent.parent
_METER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_WRONLY, 0) for each in (1, 2)]
started = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
seconds, cpu = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
print(seconds, cpu, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
_FINDINGS = 1
"""The exit code of a command of ours that did its work and found something."""


class Run(NamedTuple):
    """What one run took.

    Attributes:
        seconds: from its start to its end.
        cpu: of all cores and all its processes together.
        memory: the peak of its largest process, in MiB.
    """

    seconds: float
    cpu: float
    memory: float


class Way(Protocol):
    """A way to print."""

    def run(self) -> tuple[float, float]:
        """Prints once; returns the seconds and the peak memory in MiB."""

    def end(self) -> None:
        """Ends what was left running."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is run anew each time.

    Attributes:
        command: the command.
        before: what is done before each run, not timed.
        variables: more of the environment.
    """

    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    variables: Mapping[str, str] = field(default_factory=dict)

    def run(self) -> tuple[float, float]:
        """Runs the command in a process of its own."""
        self.before()
        return run_timed(self.command, self.variables)

    def end(self) -> None:
        """Nothing is left."""


def run_timed(
    command: Sequence[str], variables: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Runs a command; returns its seconds and the peak memory of its largest process in MiB."""
    run = run_measured(command, variables)
    return run.seconds, run.memory


def run_measured(command: Sequence[str], variables: Mapping[str, str] | None = None) -> Run:
    """Runs a command in a process of its own, with compiled modules as an installation has them.

    A process counts the memory of the one that started it, so a small one does.
    """
    settings = [f"{name}={value}" for name, value in (variables or {}).items()]
    compiled = ["env", "-u", "PYTHONDONTWRITEBYTECODE", *settings]
    meter = [*compiled, sys.executable, "-I", "-S", "-c", _METER, *command]
    result = subprocess.run(meter, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, cpu, kibibytes, code = result.stdout.split()[-4:]
    if int(code) > _FINDINGS:
        raise SystemExit(f"exit code {code}: {' '.join(command)}")
    return Run(float(seconds), float(cpu), int(kibibytes) / 1024)


def imports(python: str, module: str) -> bool:
    """Whether a Python has a module."""
    command = [python, "-c", f"import {module}"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
