"""Files of one build belong together, and their names are safe on every system."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from generator.core.files.names import LONGEST, file_name
from generator.core.files.write import write_files, write_folder
from generator.core.findings import UnusableInputError
from tests.conftest import Sample

OLD = {"a.pdf": b"old a", "b.docx": b"old b", "c.html": b"old c"}
NEW = {"a.pdf": b"new a", "b.docx": b"new b", "c.html": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def in_a_process(run: Callable[[], object]) -> int:
    """Runs something in a process of its own; returns how that ended."""
    child = os.fork()
    if not child:
        try:
            run()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


STEPS = ("os.link", "os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("times", range(4))
def test_a_run_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, times: int
) -> None:
    write_files(tmp_path, OLD)

    def killed_run() -> None:
        left = [times]

        def dying(kept: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **options: Any) -> Any:
                if not left[0]:
                    os._exit(9)
                left[0] -= 1
                return kept(*arguments, **options)

            return call

        owner, name = (
            (os, step[3:]) if step.startswith("os.") else (Path, step.rsplit(".", maxsplit=1)[-1])
        )
        monkeypatch.setattr(owner, name, dying(getattr(owner, name)))
        write_files(tmp_path, NEW)

    ended = in_a_process(killed_run)
    found = contents(tmp_path)
    shown = {name: found[name] for name in OLD}
    if step == "pathlib.Path.replace" and 0 < times < len(NEW):
        assert shown not in (OLD, NEW)  # a file system moves one file at a time
    elif ended == 9 and not (step == "os.fsync" and times == len(NEW)):
        assert shown == OLD
    else:
        assert shown == NEW
    assert len(found) > len(OLD) or ended == 0 or shown == NEW
    write_files(tmp_path, NEW)
    assert contents(tmp_path) == NEW


@pytest.mark.parametrize("times", range(3))
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, ""), KeyboardInterrupt()])
def test_a_move_that_fails_takes_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, times: int
) -> None:
    write_files(tmp_path, {name: OLD[name] for name in list(OLD)[1:]})
    before = contents(tmp_path)
    replace, left = Path.replace, [times]

    def failing(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises((UnusableInputError, KeyboardInterrupt)):
        write_files(tmp_path, NEW)
    assert contents(tmp_path) == before


def test_a_folder_that_is_killed_half_way(tmp_path: Path) -> None:
    def killed_run() -> None:
        class Dying(dict[str, bytes]):
            def items(self) -> Any:
                yield "a.yaml", b"a"
                os._exit(9)

        write_folder(tmp_path / "new", Dying())

    assert in_a_process(killed_run) == 9
    assert [each.name[:12] for each in tmp_path.iterdir()] == [".disclosure-"]
    write_folder(tmp_path / "new", {"a.yaml": b"a"})
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


def test_what_a_live_run_writes_stays(tmp_path: Path) -> None:
    mine = tmp_path / f".disclosure-{os.getpid()}-x"
    mine.write_bytes(b"")
    others = tmp_path / ".somebody-else"
    others.write_bytes(b"")
    link = tmp_path / ".disclosure-0-link"
    link.symlink_to(others)
    dead = tmp_path / ".disclosure-999999999-x"
    dead.write_bytes(b"")
    write_files(tmp_path, NEW)
    assert mine.exists()
    assert others.exists()
    assert link.is_symlink()
    assert not dead.exists()


def test_a_set_has_one_mark(sample: Sample) -> None:
    figures = json.loads(sample.file("figures.json"))
    mark = figures["文件组"]
    assert len(bytes.fromhex(mark)) == 16
    assert f'<meta name="disclosure-set" content="{mark}">' in sample.file("html").decode()
    with zipfile.ZipFile(BytesIO(sample.file("docx"))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert f"<dc:identifier>{mark}</dc:identifier>" in core
    document = PdfDocument(sample.file("pdf"))
    identifier = pdfium.FPDF_GetFileIdentifier(document, 0, None, 0)
    assert identifier == 17  # with a final zero
    assert f"/ID [<{mark}> <{mark}>]".encode() in sample.file("pdf")
    document.close()


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("某局2025年度部门预算公开", "某局2025年度部门预算公开"),
        ("某局（本级）/办公室", "某局（本级）_办公室"),
        ("某\u200b局\u202e\ufeff\x00\x1b", "某局"),
        ("--help", "help"),
        ("-\u200b.bashrc", "bashrc"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\tb\u00a0c\u2028d", "a b c d"),
        ("con", "_con"),
        ("LPT1.x", "_LPT1.x"),
        ("console", "console"),
        ("末尾. . ", "末尾"),
        ("\u3164\u2800", "_"),
        ("", "_"),
        ("~$某局", "$某局"),
    ],
)
def test_names_of_files(stem: str, name: str) -> None:
    assert file_name(stem) == name


def test_long_names_stay_different() -> None:
    one, other = (file_name("局" * 300 + end) for end in "ab")
    assert one != other
    assert len(one.encode()) <= LONGEST


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None), max_size=400))
def test_any_name_can_be_written(stem: str) -> None:
    name = file_name(stem)
    assert name == file_name(name)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] not in "-. ~"
    assert name[-1] not in ". "
    assert all(each.isprintable() for each in name)
