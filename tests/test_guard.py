"""No terminal, locale or mishap shows a traceback: one line, and an exit code."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from generator.building.options import BuildOptions
from generator.building.workers import local
from generator.cli.guard import guarded_command
from generator.core.files.error_log import LOG_VARIABLE
from generator.reports import sarif
from tests.conftest import ROOT

COMMAND = [sys.executable, "-m", "generator"]


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([*COMMAND, *arguments], capture_output=True, env=env, check=False)


def raising(error: BaseException) -> Callable[[], int]:
    def run() -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (ZeroDivisionError("x"), 3, "程序自己出了错（ZeroDivisionError）"),
        (RecursionError(), 3, "程序自己出了错（RecursionError）"),
        (MemoryError(), 3, "内存不够"),
        (KeyboardInterrupt(), 130, "已中断"),
        (PermissionError(errno.EACCES, "no", "某处"), 2, "系统不允许：某处：没有权限"),
        (OSError(errno.ENOSPC, "no"), 2, "结果写不到屏幕"),
        (OSError("cannot load library 'libpango'"), 2, "系统库（Pango、HarfBuzz、fontconfig）"),
        (ModuleNotFoundError("no", name="highspy"), 2, "pip install 'budget-disclosure[drafts]'"),
        (ModuleNotFoundError("no", name="watchfiles"), 2, "pip install 'budget-disclosure[watch]'"),
        (ModuleNotFoundError("no", name="lxml"), 3, "程序自己出了错（ModuleNotFoundError）"),
    ],
)
def test_whatever_happens_is_one_line(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded_command(raising(error)) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert "办法：" in line or code == 130


WITHOUT_EXTRAS = """
import sys
sys.modules.update(dict.fromkeys(("highspy", "numpy", "watchfiles")))
from generator.cli.main import main
main()
"""


def _without_extras(*arguments: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-c", WITHOUT_EXTRAS, *arguments]
    return subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)


def test_what_prints_documents_needs_no_solver(tmp_path: Path) -> None:
    data = ROOT / "tests" / "packs" / "最小示例-2026"
    done = _without_extras("build", str(data), "--format", "html", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert _without_extras("check", str(data)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["check", "tests/drafts/阳泉市退役军人服务中心-2024.txt"], "drafts"),
        (["build", "tests/packs/最小示例-2026", "--format", "html", "--watch"], "watch"),
    ],
)
def test_a_command_without_its_library_says_what_to_install(
    arguments: list[str], extra: str, tmp_path: Path
) -> None:
    output = ["-o", str(tmp_path)] if "build" in arguments else []
    done = _without_extras(*arguments, *output)
    assert done.returncode == 2
    assert f"pip install 'budget-disclosure[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_exit_code_is_passed_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded_command(lambda: 1) == 1
    assert guarded_command(raising(SystemExit(2))) == 2
    assert guarded_command(raising(SystemExit())) == 0
    assert not capsys.readouterr().err


def test_details_go_to_a_file_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "details.log"
    guarded_command(raising(ValueError("first")))
    assert LOG_VARIABLE in capsys.readouterr().err
    monkeypatch.setenv(LOG_VARIABLE, str(log))
    guarded_command(raising(ValueError("second")))
    assert str(log) in capsys.readouterr().err
    text = log.read_text(encoding="utf-8")
    assert "ValueError: second" in text
    assert "Traceback" in text
    assert "first" not in text


def test_an_option_names_the_file() -> None:
    done = started("--debug-log", "x.log", "explain", "E204")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_at_standard_output() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "explain", "E204"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "磁盘已满" in done.stderr.decode()


def test_an_output_that_nobody_reads() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "explain"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_no_standard_output_at_all() -> None:
    shell = f"{sys.executable} -m generator explain E204 >&-"
    done = subprocess.run(["/bin/sh", "-c", shell], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_chinese(encoding: str) -> None:
    done = started("explain", "E204", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"E204  ??")


def test_a_locale_without_chinese_names(tmp_path: Path) -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    file = tmp_path / "格式.json"
    done = started("schema", "--pack", "yangquan", "-o", str(file), **plain)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "单位信息" in file.read_text(encoding="utf-8")


def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    Path(os.fsdecode(folder)).mkdir()
    done = subprocess.run([*COMMAND, "build", folder], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"E101" in done.stderr
    assert sarif._uri(Path(os.fsdecode(b"\xff.txt"))) == "%FF.txt"


INTERRUPTED_WHILE_IMPORTING = """
import os, signal, sys

class Finder:
    def find_spec(self, name, *_):
        if name == "generator.cli.main":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
from generator.__main__ import main
main()
"""


def test_ctrl_c_while_the_command_starts() -> None:
    code = [sys.executable, "-c", INTERRUPTED_WHILE_IMPORTING]
    done = subprocess.run(code, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


class Ends:
    """The other end of a worker's connection."""

    def __init__(self) -> None:
        self.sent: list[object] = []

    def send(self, message: object) -> None:
        self.sent.append(message)

    def recv(self) -> NoReturn:
        raise EOFError


def test_a_worker_that_cannot_begin_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.building.folder.Builder.prepared", raising_with(ValueError("x")))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ends = Ends()
    local.work(ends, BuildOptions(Path("o"), ("html",), "yangquan"))  # type: ignore[arg-type]
    (message,) = ends.sent
    assert isinstance(message, local._Unusable)
    assert [finding.code for finding in message.findings] == ["E504"]


def raising_with(error: Exception) -> Callable[..., NoReturn]:
    def run(*_: object) -> NoReturn:
        raise error

    return run
