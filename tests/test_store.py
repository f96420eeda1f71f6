"""What is kept between runs: found again, never trusted blindly, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from generator.core.files.store import USUAL_LIMIT, Store, no_store, open_store
from tests.conftest import ROOT

A, B, C = (sha256(letter.encode()).hexdigest() for letter in "abc")
LARGE = 1 << 20


def test_what_was_put_is_found_by_another_store(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    Store(folder, LARGE).put(A, b"content")
    assert Store(folder, LARGE).get(A) == b"content"
    assert Store(folder, LARGE).get(B) is None
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in folder.iterdir()] == [A]


def test_a_later_content_takes_the_place(tmp_path: Path) -> None:
    store = Store(tmp_path, LARGE)
    store.put(A, b"one")
    store.put(A, b"")
    assert store.get(A) == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[:10],
        lambda _: b"",
        lambda _: b"something else that is long enough to hold a header and more" * 3,
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: content + b"x",
    ],
    ids=["cut", "head only", "empty", "foreign", "a bit", "longer"],
)
def test_a_damaged_file_is_a_miss_and_goes(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    store = Store(tmp_path, LARGE)
    store.put(A, b"content")
    (tmp_path / A).write_bytes(damage((tmp_path / A).read_bytes()))
    assert store.get(A) is None
    assert not (tmp_path / A).exists()
    store.put(A, b"content")
    assert store.get(A) == b"content"


def test_the_least_recently_used_goes(tmp_path: Path) -> None:
    store = Store(tmp_path, 2500)
    for age, key in enumerate((A, B)):
        store.put(key, bytes(1000))
        os.utime(tmp_path / key, (1000 + age, 1000 + age))
    assert store.get(A) is not None  # used again: now B is older
    store.put(C, bytes(1000))
    store.tidy()
    assert store.get(B) is None
    assert store.get(A) == store.get(C) == bytes(1000)
    assert store.size()[0] == 2


def test_nothing_is_looked_at_where_nothing_was_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path, LARGE)
    store.put(A, b"content")
    looked: list[object] = []
    scandir = os.scandir

    def counted(path: Path) -> object:
        looked.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", counted)
    store.tidy()
    first = len(looked)
    store.tidy()
    store.get(A)
    store.tidy()
    assert first > 0
    assert len(looked) == first


def test_too_much_for_the_limit_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path, 100)
    store.put(A, bytes(101))
    assert store.get(A) is None
    assert store.size() == (0, 0)


def test_abandoned_files_go_and_others_stay(tmp_path: Path) -> None:
    old, young, foreign = tmp_path / ".new-1-1", tmp_path / ".new-2-2", tmp_path / "notes.txt"
    for each in (old, young, foreign):
        each.write_bytes(b"x")
    os.utime(old, (1000, 1000))
    os.utime(foreign, (1000, 1000))
    store = Store(tmp_path, LARGE)
    store.put(A, b"content")
    store.tidy()
    assert (old.exists(), young.exists(), foreign.exists()) == (False, True, True)


def test_clear_tells_what_went(tmp_path: Path) -> None:
    store = Store(tmp_path, LARGE)
    store.put(A, bytes(10))
    store.put(B, bytes(20))
    (tmp_path / "notes.txt").write_text("stays")
    count, size = store.size()
    assert (count, size) == store.clear()
    assert count == 2
    assert size > 30
    assert store.clear() == (0, 0)
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    for folder in (blocked, blocked / "below", Path("/proc/none")):
        store = Store(folder, LARGE)
        store.put(A, b"content")
        store.tidy()
        assert store.get(A) is None
        assert store.clear() == (0, 0)
    assert blocked.read_text() == "no folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path, LARGE)
    store.put(A, b"content")
    tmp_path.chmod(0o500)
    try:
        store.put(B, b"content")
        store.tidy()
        assert store.get(A) == b"content"
        assert store.get(B) is None
    finally:
        tmp_path.chmod(0o700)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = Store(tmp_path, LARGE)
    monkeypatch.setattr(Path, "replace", full)
    store.put(A, b"content")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", ["", "../etc", "ABC", "a/b", ".new-1"])
def test_a_key_is_a_digest(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        Store(tmp_path, LARGE).get(key)
    with pytest.raises(ValueError, match="digest"):
        Store(tmp_path, LARGE).put(key, b"")


_WRITER = """
import sys
from pathlib import Path
from generator.core.files.store import Store
store = Store(Path(sys.argv[1]), 1 << 30)
for turn in range(200):
    store.put(sys.argv[2], sys.argv[3].encode() * 20000)
    found = store.get(sys.argv[2])
    assert found is not None and len(found) == 20000 and len(set(found)) == 1, found
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, tmp_path, A, letter], cwd=ROOT)
        for letter in "xy"
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert Store(tmp_path, LARGE).get(A) in {b"x" * 20000, b"y" * 20000}
    assert [each.name for each in tmp_path.iterdir()] == [A]


def test_the_usual_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_CACHE", str(tmp_path))
    assert open_store().folder == tmp_path
    monkeypatch.delenv("DISCLOSURE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert open_store().folder == tmp_path / "cache" / "disclosure"


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCLOSURE_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", str)
    store = open_store()
    store.put(A, b"content")
    assert store.get(A) is None
    assert not Path("~").exists()


def test_no_store_keeps_nothing() -> None:
    store = no_store()
    store.put(A, b"")
    assert store.get(A) is None
    assert store.clear() == (0, 0)
    assert USUAL_LIMIT > 0
