"""Reads what nobody vouches for in a process of its own that has bounds of time and memory.

A file of some kilobytes can ask for hours and gigabytes in more ways than anyone can list, and
the libraries that read it are not Python's to interrupt. So the process that reads it may be
ended; this one goes on. It answers in JSON: what a hostile file might make of it is not to be
trusted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from generator.drafts.safety.limits import damaged, refuse
from generator.drafts.safety.watchdog import DAMAGED, OUT_OF_MEMORY, TOO_SLOW

MOST_SECONDS = 600
"""By the clock, should the process hang without using the processor."""
_KILLED = (-9, 137)
"""By the system, which does so if memory runs short."""
_START = """
import importlib, json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
importlib.import_module(sys.argv.pop(1)).main()
"""


def started_process(module: str, *task: str) -> subprocess.Popen[bytes]:
    """A process that runs ``main`` of a module, with the task as its arguments."""
    command = [sys.executable, "-c", _START, json.dumps(sys.path), module, *task]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=silent, stdout=subprocess.PIPE, stderr=silent)  # noqa: S603


def answer_about(path: Path, module: str, *task: str, broken: str, way_out: str) -> Any:
    """What a process says of a file; it is at its end when this returns, whatever happens.

    Args:
        path: the file.
        module: its ``main`` answers on standard output, and says in ``refused`` what it refuses.
        task: the arguments of the process.
        broken: what is told of a damaged file.
        way_out: what to do with a file that asks for too much.

    Raises:
        UnusableInputError: E602, E603, or what the process refuses.
    """
    with started_process(module, *task) as process:
        try:
            answer, _ = process.communicate(timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            _refuse(TOO_SLOW, path, broken, way_out)
        finally:
            process.kill()
    if process.returncode:
        _refuse(process.returncode, path, broken, way_out)
    said = json.loads(answer)
    if "refused" in said:
        code, message, remedy = said["refused"]
        refuse(code, message, remedy, path)
    return said


def _refuse(code: int, path: Path, broken: str, way_out: str) -> NoReturn:
    """Says why a process came to its end."""
    if code == DAMAGED:
        damaged(path, broken)
    if code == TOO_SLOW:
        refuse("E602", "读这份文件用时太长", way_out, path)
    if code in (OUT_OF_MEMORY, *_KILLED):
        refuse("E602", "读这份文件要的内存太多", way_out, path)
    refuse("E602", f"读这份文件的程序中途停了（代码 {code}）", way_out, path)
