"""What can be known of Windows elsewhere: the program needs nothing that it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.core.system_errors import system_cause
from tests.conftest import ROOT


def test_it_is_imported_and_writes_files_without_posix(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.without_posix", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100, "modules"
    files = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in _files(tmp_path)}
    assert files == {"a.pdf": b"new", "b.html": b"new", "c/d/e.yaml": b"e"}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_another_program_has_open_is_told() -> None:
    error = PermissionError(13, "in use", "a.pdf")
    assert system_cause(error) == "没有权限"
    error.winerror = 32  # type: ignore[attr-defined]
    assert "别的程序" in system_cause(error)
