"""This program once more: after one number was changed, with nothing changed, while it watches."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from scripts.benchmark_runs import ROOT, Command

FORMS = "绩效目标表"
_NUMBER = re.compile(r"(指标值: [^\d\n]{0,3})(\d)")
_BUILT = re.compile(r"页  [\d.]+ 秒")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def changed_before_each_run(build: Sequence[str], folder: Path, name: str) -> Command:
    """A build in a new process after one number of one form was changed.

    Args:
        build: the command without its data folder.
        folder: where the data is.
        name: tells what this build keeps from what others do.
    """
    data = _own_data(folder, name)
    return Command([*build, str(data)], partial(change, data), _cache(folder, name))


def unchanged(build: Sequence[str], folder: Path, name: str) -> Command:
    """A build in a new process after the same build; arguments as above."""
    return Command([*build, str(_own_data(folder, name))], variables=_cache(folder, name))


def watching(build: Sequence[str], folder: Path, name: str) -> Watching:
    """A process that stays; arguments as above."""
    return Watching([*build, "--watch"], _own_data(folder, name), _cache(folder, name))


def _own_data(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder / "data", folder / f"data-{name}" / "data"))


def _cache(folder: Path, name: str) -> dict[str, str]:
    return {"DISCLOSURE_CACHE": str(folder / f"cache-{name}")}


def change(data: Path) -> None:
    """Changes the value of the first indicator that begins with a digit."""
    file = min((data / FORMS).iterdir())
    text = file.read_text("utf-8")
    changed = _NUMBER.sub(lambda at: f"{at[1]}{int(at[2]) % 9 + 1}", text, count=1)
    if changed == text:
        raise SystemExit(f"no indicator to change in {file}")
    file.write_text(changed, "utf-8")


class Watching:
    """``build --watch``: timed from the change of a file to the line that says what was built."""

    def __init__(self, command: Sequence[str], data: Path, variables: dict[str, str]) -> None:
        settings = [f"{name}={value}" for name, value in variables.items()]
        self._command = ["env", *settings, "PYTHONUNBUFFERED=1", *command, str(data)]
        self._data = data
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> tuple[float, float]:
        """Changes a number and waits for the build; the first time, starts the process."""
        process = self._process or self._started()
        time.sleep(1)  # as somebody who types does
        started = time.perf_counter()
        change(self._data)
        self._wait(process, _BUILT)
        seconds = time.perf_counter() - started
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
        peak = _PEAK.search(status)
        return seconds, int(peak[1]) / 1024 if peak else 0

    def end(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _started(self) -> subprocess.Popen[str]:
        process = self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait(process, re.compile("Ctrl-C"))
        return process

    @staticmethod
    def _wait(process: subprocess.Popen[str], pattern: re.Pattern[str]) -> None:
        for line in process.stdout or ():
            if pattern.search(line):
                return
            if "未生成" in line:
                break
        raise SystemExit("the watch has built nothing")
