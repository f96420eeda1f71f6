"""Several folders in one build: apart from each other, at once, told together."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner, Result

from generator.building.options import BuildOptions
from generator.building.outcome import Product
from generator.building.workers import local
from generator.cli.main import cli
from generator.compose.document import known_sections
from generator.core.files.store import open_store
from generator.core.memo import memories
from tests import mishaps
from tests.two_years import write_years

UnitCopy = Callable[[str], Path]


def _build(*arguments: str | Path) -> Result:
    formats = ("--format", "html", "--draft")
    return CliRunner().invoke(cli, ["build", *map(str, arguments), *formats])


def _row(done: Result, name: str) -> str:
    return next(line for line in done.stdout.splitlines() if name in line and "│" in line)


@pytest.fixture
def entity(tmp_path: Path) -> UnitCopy:
    """Makes a small data folder of a name; the entity is called the same."""

    def make(name: str) -> Path:
        write_years(tmp_path / "years", {"人员": {"30101": 10}}, {"人员": {"30101": 12}}, name)
        folder = shutil.copytree(tmp_path / "years" / "本年", tmp_path / name)
        shutil.copytree(tmp_path / "years" / "上年", tmp_path / "上年", dirs_exist_ok=True)
        return Path(folder)

    return make


def test_every_folder_has_a_line_and_its_files(entity: UnitCopy, tmp_path: Path) -> None:
    folders = [entity("甲局"), tmp_path / "没有", entity("乙局")]
    done = _build(*folders, "-o", tmp_path / "out")
    assert done.exit_code == 2, done.stderr
    assert {file.name[:2] for file in (tmp_path / "out").iterdir()} == {"甲局", "乙局"}
    assert "秒" in _row(done, "甲局")
    assert "秒" in _row(done, "乙局")
    assert "未生成（1 个错误）" in _row(done, "没有")
    names = [line for line in done.stdout.splitlines() if "│" in line]
    assert ["甲局" in names[0], "没有" in names[1], "乙局" in names[2]] == [True] * 3
    assert done.stderr.count("错误 E101") == 1


@pytest.mark.parametrize("cores", [1, 2])
def test_a_mishap_harms_no_other_folder(
    cores: int, entity: UnitCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "work", mishaps.work)
    monkeypatch.setattr(local, "available_cores", lambda: cores)
    folders = [entity(name) for name in ("甲局", "killed", "raising", "乙局")]
    done = _build(*folders, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert {file.name[:2] for file in (tmp_path / "out").iterdir()} == {"甲局", "乙局"}
    for folder, says in zip(folders[1:3], ("信号 9", "程序出错（RuntimeError）"), strict=True):
        (told,) = re.findall(rf"错误 E504  {folder}\n.*\n.*", done.stderr)
        assert says in told
        assert "未生成（1 个错误）" in _row(done, folder.name)


class _Folders:
    """Gives a worker folders, and takes what it says of them."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self.held: list[int] = []

    def recv(self) -> Path:
        if not self._folders:
            raise EOFError
        return self._folders.pop()

    def send(self, message: object) -> None:
        if isinstance(message, Product):
            assert message.outcome.built, message
            self.held.append(memories()[known_sections.__name__])


def test_a_worker_keeps_no_sections_of_folders_it_is_done_with(
    entity: UnitCopy, tmp_path: Path
) -> None:
    folders = _Folders([entity(name) for name in ("甲局", "乙局")])
    options = BuildOptions(tmp_path / "out", ("html",), draft=True, cache=False)
    before = signal.getsignal(signal.SIGINT)
    try:
        local.work(cast(Connection, folders), options)
    finally:
        signal.signal(signal.SIGINT, before)
    assert folders.held == [0, 0]


def test_there_are_no_more_processes_than_cores_or_folders(
    entity: UnitCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    real = local._CONTEXT.Process

    def counted(**arguments: Any) -> object:
        started.append(arguments)
        return real(**arguments)

    monkeypatch.setattr(local._CONTEXT, "Process", counted)
    monkeypatch.setattr(local, "work", mishaps.refuse)
    folders = [entity("甲局"), entity("乙局")]
    for cores, expected in ((1, 1), (8, 2)):
        started.clear()
        monkeypatch.setattr(local, "available_cores", lambda cores=cores: cores)
        assert _build(*folders, "-o", tmp_path / "out", "--no-cache").exit_code == 2
        assert len(started) == expected


def test_one_folder_needs_no_process(
    entity: UnitCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(local, "produce_apart")
    assert _build(entity("甲局"), "-o", tmp_path / "out").exit_code == 1


def test_a_pack_that_cannot_be_used_is_told_once(entity: UnitCopy, tmp_path: Path) -> None:
    folders = [entity("甲局"), entity("乙局")]
    done = _build(*folders, "-o", tmp_path / "out", "--pack", "没有这个包")
    assert done.exit_code == 2
    assert done.stderr.count("错误 E301") == 1
    assert not done.stdout
    assert not (tmp_path / "out").exists()


def test_names_clash_even_with_what_has_not_changed(unit_folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert _build(unit_folder, "-o", output).exit_code == 0
    before = {file: file.read_bytes() for file in output.iterdir()}
    kept = open_store().size()
    copy = Path(shutil.copytree(unit_folder, tmp_path / "copy"))
    for file in copy.glob("情况说明.yaml"):
        file.write_text(file.read_text("utf-8") + "\n# 另一份\n", "utf-8")
    done = _build(unit_folder, copy, "-o", output)
    assert done.exit_code == 2
    assert done.stderr.count("错误 E502") == 1
    assert "未生成（1 个错误）" in _row(done, "copy")
    assert {file: file.read_bytes() for file in output.iterdir()} == before
    assert open_store().size() == kept


def test_a_clash_leaves_no_new_output_folder(entity: UnitCopy, tmp_path: Path) -> None:
    folder = entity("甲局")
    copy = Path(shutil.copytree(folder, tmp_path / "副本"))
    done = _build(folder, copy, "-o", tmp_path / "out")
    assert (done.exit_code, done.stderr.count("错误 E502")) == (2, 1)
    assert not (tmp_path / "out").exists()
