"""Files read in a process of their own: why it came to its end is told as it was."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.drafts.safety import apart
from generator.drafts.safety.watchdog import DAMAGED, OUT_OF_MEMORY, TOO_SLOW

_PROCESS = "generator.drafts.workbook.old_process"


def told(path: Path) -> tuple[str, str]:
    with pytest.raises(UnusableInputError) as refused:
        apart.answer_about(path, _PROCESS, str(path), broken="坏了", way_out="换一份")
    (finding,) = refused.value.findings
    return finding.code, finding.message


ENDS = [
    ("sys.exit({})", DAMAGED, "E603", "坏了"),
    ("sys.exit({})", TOO_SLOW, "E602", "读这份文件用时太长"),
    ("sys.exit({})", OUT_OF_MEMORY, "E602", "读这份文件要的内存太多"),
    ("os.kill(os.getpid(), {})", 9, "E602", "读这份文件要的内存太多"),
    ("os.kill(os.getpid(), {})", 11, "E602", "读这份文件的程序中途停了（代码 -11）"),
    ("sys.exit({})", 1, "E602", "读这份文件的程序中途停了（代码 1）"),
]


@pytest.mark.parametrize(("ending", "number", "code", "message"), ENDS)
def test_why_a_process_ended_is_told(
    ending: str,
    number: int,
    code: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_START", f"import os, sys; {ending.format(number)}")
    assert told(tmp_path / "a.xls") == (code, message)


@pytest.mark.parametrize("error", [KeyboardInterrupt, subprocess.TimeoutExpired("", 1)])
def test_no_process_goes_on_that_nobody_waits_for(
    error: type[BaseException] | BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    class Interrupted(subprocess.Popen[bytes]):
        def communicate(self, *_: object, **__: object) -> tuple[bytes, bytes]:
            begun.append(self)
            raise error

    monkeypatch.setattr(apart, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises((KeyboardInterrupt, UnusableInputError)):
        apart.answer_about(tmp_path / "a.xls", _PROCESS, broken="", way_out="")
    assert [process.poll() for process in begun] == [-9]
