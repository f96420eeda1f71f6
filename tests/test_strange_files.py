"""What editors and systems leave about neither stops nor holds up a build, a check or a watch."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.building.trees import UntraceableError, tree
from generator.building.watched import folders_of_data, stamps_of_data, stamps_of_tools
from generator.core.files.plain import is_system_file, read_plain
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.read import read_draft
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.load.yaml import files as reading
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.tree import LARGEST_FILE, read_yaml
from generator.newyear.next_year import next_year
from generator.pack.pack import load_pack
from tests.conftest import vocabulary


@contextmanager
def within_seconds(seconds: int) -> Iterator[None]:
    """Fails what waits, such as for somebody to write into a pipe."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


NOISE = (
    ".#单位信息.yaml",
    "._单位信息.yaml",
    ".单位信息.yaml.swp",
    "单位信息.yaml~",
    "#单位信息.yaml#",
    "~$单位信息.yaml",
    "4913",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    ".hidden.yaml",
)


def litter(folder: Path) -> None:
    """Whatever may lie about in a folder."""
    for name in NOISE[1:]:
        (folder / name).write_bytes(b"\0\1 not yaml")
    (folder / NOISE[0]).symlink_to("somebody@somewhere.1234")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.yaml").write_text("- x", encoding="utf-8")


def devices(folder: Path) -> list[str]:
    """What must not be opened, called like data."""
    os.mkfifo(folder / "管道.yaml")
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket must be short
    try:
        server = socket.socket(socket.AF_UNIX)
        server.bind("插座.yaml")
        server.close()
    finally:
        os.chdir(here)
    (folder / "零.yaml").symlink_to("/dev/zero")
    (folder / "外面.yaml").symlink_to(PACKS / "yangquan" / "glossary.yaml")
    (folder / "圈").symlink_to(folder)
    return ["圈", "外面.yaml", "插座.yaml", "管道.yaml", "零.yaml"]


def test_noise_is_told_by_its_name() -> None:
    assert all(map(is_system_file, NOISE))
    names = ("单位信息.yaml", "01-收支.yml", "a.b.yaml", "图.png", "document.html.j2", "#1.yaml")
    assert not any(map(is_system_file, names))


def test_a_folder_is_read_all_the_same(unit_folder: Path, catalogue: Catalogue) -> None:
    clean, _ = load_entity(unit_folder, catalogue, vocabulary())
    litter(unit_folder)
    strange = devices(unit_folder)
    with within_seconds(20):
        loaded, findings = load_entity(unit_folder, catalogue, vocabulary())
    assert clean is not None
    assert loaded is not None
    assert loaded.disclosure == clean.disclosure
    assert [finding.code for finding in findings if finding.code == "W305"] == ["W305"] * 5
    told = [f.place.file.name for f in findings if f.code == "W305" and f.place]
    assert sorted(told) == sorted(strange)


def test_a_next_year_is_made_all_the_same(unit_folder: Path, catalogue: Catalogue) -> None:
    loaded, _ = load_entity(unit_folder, catalogue, vocabulary())
    assert loaded is not None
    clean = next_year(unit_folder, loaded, prior_data="../x")
    litter(unit_folder)
    devices(unit_folder)
    with within_seconds(20):
        assert next_year(unit_folder, loaded, prior_data="../x").files == clean.files


def test_digests_and_a_watch_do_not_wait(unit_folder: Path) -> None:
    usual = tree(unit_folder, (".yaml",)), stamps_of_data(unit_folder)
    litter(unit_folder)
    assert (tree(unit_folder, (".yaml",)), stamps_of_data(unit_folder)) == usual
    strange = devices(unit_folder)
    with within_seconds(20):
        with pytest.raises(UntraceableError):
            tree(unit_folder, (".yaml",))
        assert folders_of_data(unit_folder) == [unit_folder]
        seen = {file.name for file in stamps_of_data(unit_folder)}
    assert not seen & {*strange, *NOISE} - {"外面.yaml"}


def test_a_pack_with_litter(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    usual = stamps_of_tools(folder)
    for each in (folder, folder / "statements", folder / "checks"):
        litter(each)
    (folder / "statements" / "圈").symlink_to(folder)
    (folder / "checks" / "圈").symlink_to(folder)
    with within_seconds(20):
        assert len(load_pack(folder).statements) == 13
        assert stamps_of_tools(folder) == usual
    os.mkfifo(folder / "管道.png")
    with within_seconds(20), pytest.raises(UntraceableError):
        tree(folder)


def test_only_plain_files_are_opened(tmp_path: Path) -> None:
    devices(tmp_path)
    with within_seconds(20):
        for name in ("管道.yaml", "零.yaml", "圈"):
            with pytest.raises(OSError, match=r"."):
                read_plain(tmp_path / name, 10)
        assert [finding.code for finding in read_yaml(Path("/dev/zero")).findings] == ["E102"]


def test_files_that_are_too_large_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "a.yaml"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)  # takes no room on the disk
    (finding,) = read_yaml(large).findings
    assert (finding.code, "太大" in finding.message) == ("E102", True)
    large.write_text("a: 1", encoding="utf-8")
    monkeypatch.setattr("generator.load.yaml.folder.LARGEST_FOLDER", 3)
    assert reading.LARGEST_FOLDER > 3
    assert [each.code for each in read_yaml_folder(tmp_path, splittable=()).findings] == ["E102"]


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "pdf"])
def test_a_draft_that_is_a_pipe_is_refused(tmp_path: Path, suffix: str) -> None:
    pipe = tmp_path / f"draft.{suffix}"
    os.mkfifo(pipe)
    with within_seconds(5), pytest.raises(UnusableInputError) as raised:
        read_draft(pipe)
    (finding,) = raised.value.findings
    assert finding.code == "E102"
    assert "管道" in finding.message
