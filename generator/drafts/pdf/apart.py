"""Reads a PDF in a process of its own that has bounds of time and memory.

A file of some kilobytes can ask for hours and gigabytes in more ways than anyone can list, and
the library that reads it is not Python's to interrupt. So the process that reads it may be ended;
this one goes on. It answers in JSON: what a hostile file might make of it is not to be trusted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.safety.limits import damaged, refuse
from generator.drafts.safety.watchdog import DAMAGED, TOO_SLOW

MOST_SECONDS = 600
"""By the clock, should the process hang without using the processor."""
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
from generator.drafts.pdf.process import main
main()
"""
_SIMPLIFY = "从原来的文件重新导出 PDF，或分成几个文件"


def read_apart(path: Path) -> list[Block]:
    """The blocks of a PDF.

    Raises:
        UnusableInputError: E602 to E605.
    """
    process = started("blocks", str(path.absolute()))
    try:
        answer, _ = process.communicate(timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        _refuse(TOO_SLOW, path)
    finally:
        process.kill()
    if process.returncode:
        _refuse(process.returncode, path)
    said = json.loads(answer)
    if "refused" in said:
        code, message, remedy = said["refused"]
        refuse(code, message, remedy, path)
    return [_block(each) for each in said["blocks"]]


def _refuse(code: int, path: Path) -> NoReturn:
    """Says why a process came to its end."""
    if code == DAMAGED:
        damaged(path)
    what = "用时太长" if code == TOO_SLOW else "要的内存太多"
    refuse("E602", f"读这份文件{what}", _SIMPLIFY, path)


def started(*task: str) -> subprocess.Popen[bytes]:
    """A process for a task of :mod:`generator.drafts.pdf.process`."""
    command = [sys.executable, "-c", _START, json.dumps(sys.path), *task]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=silent, stdout=subprocess.PIPE, stderr=silent)  # noqa: S603


def _block(said: Any) -> Block:
    if isinstance(said, dict):
        text, number, aside = said["text"], said["page"], said["aside"]
        return Paragraph(text, Spot("页", number), aside)
    return Table([Row(tuple(cells), Spot("页", number)) for cells, number in said])
