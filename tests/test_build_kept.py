"""The cache of pieces, as whole commands use it: never another byte, whatever happens to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SAMPLE = ROOT / "tests" / "packs" / "最小示例-2026"


def command(output: Path, *options: str) -> list[str]:
    """A build of four tables and their text as PDF."""
    build = [sys.executable, "-m", "generator", "build", str(SAMPLE), "--format", "pdf"]
    return [*build, "-o", str(output), *options]


def built(output: Path, *options: str) -> bytes:
    """The PDF of a build in a process of its own."""
    done = subprocess.run(command(output, *options), cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    return taken(output)


def taken(output: Path) -> bytes:
    """Takes the PDF away, so that the next build has to write it again."""
    (file,) = output.glob("*.pdf")
    content = file.read_bytes()
    file.unlink()
    return content


def test_pieces_kept_by_builds_at_once_damaged_or_sound_print_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = built(tmp_path / "fresh", "--no-cache")
    cache = tmp_path / "cache"
    monkeypatch.setenv("DISCLOSURE_CACHE", str(cache))
    outputs = [tmp_path / name for name in "ab"]
    processes = [subprocess.Popen(command(output), cwd=ROOT) for output in outputs]
    assert [process.wait() for process in processes] == [0, 0]
    assert [taken(output) for output in outputs] == [fresh, fresh]
    kept = {file: file.read_bytes() for file in cache.iterdir()}
    assert len(kept) > 10
    assert built(outputs[0]) == fresh
    for position, (file, content) in enumerate(kept.items()):
        half = len(content) // 2
        damaged = content[:half], content[:half] + b"?" + content[half + 1 :], b""
        file.write_bytes(damaged[position % 3])
    assert built(outputs[0]) == fresh
