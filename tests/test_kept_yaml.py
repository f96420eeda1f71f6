"""YAML that comes with the program is parsed once for all runs; what users write, each time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.core.files.store import Store
from generator.core.memo import forget_all
from generator.load.yaml import kept, tree
from generator.load.yaml.tree import SourceTree, read_yaml

TEXT = "名称: 某某局\n报表:\n- {表号: '01', 注: }\n- 公开02表\n"
Read = Callable[[str], SourceTree]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Stands for the place beside the program, to which a pack in a folder belongs."""
    store = Store(tmp_path / "kept", 100_000)
    monkeypatch.setattr(kept, "_beside_the_program", lambda: store)
    monkeypatch.setattr(kept, "PACKS", tmp_path / "packs")
    return store


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were parsed."""
    files: list[Path] = []
    parsing = tree._parsed

    def noted(file: Path, content: bytes) -> SourceTree:
        files.append(file)
        return parsing(file, content)

    monkeypatch.setattr(tree, "_parsed", noted)
    return files


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of a pack as a process does that has just begun."""
    file = tmp_path / "packs" / "某地" / "pack.yaml"
    file.parent.mkdir(parents=True)

    def reading(text: str) -> SourceTree:
        file.write_text(text, "utf-8")
        forget_all()
        return read_yaml(file)

    return reading


def test_what_is_kept_is_what_was_parsed(store: Store, parsed: list[Path], read: Read) -> None:
    first, again = read(TEXT), read(TEXT)
    assert len(parsed) == store.size()[0] == 1
    assert again.data == {"名称": "某某局", "报表": [{"表号": "01", "注": None}, "公开02表"]}
    assert again == first
    place = again.place(("报表", 0, "注"), key=True)
    assert (place.file, place.line, place.column) == (first.file, 3, 14)


def test_a_file_is_parsed_again_when_it_has_changed(
    store: Store, parsed: list[Path], read: Read
) -> None:
    read(TEXT)
    assert read("名称: 另一局\n").data == {"名称": "另一局"}
    assert len(parsed) == store.size()[0] == 2


@pytest.mark.parametrize("content", [b"", b"\0damaged", b"i\1\0\0\0"], ids=["none", "bad", "int"])
def test_what_is_no_tree_is_parsed_anew(
    content: bytes, store: Store, parsed: list[Path], read: Read
) -> None:
    first = read(TEXT)
    (file,) = store.folder.iterdir()
    store.put(file.name, content)
    assert read(TEXT) == first
    assert len(parsed) == 2


@pytest.mark.parametrize(
    "text", ["名称: *别名\n", "名称: 某局\n名称: 某局\n", "名称: 某局 # 待填\n", "名称: 待填\n"]
)
def test_what_there_is_to_tell_of_a_file_is_told_each_time(
    text: str, store: Store, read: Read
) -> None:
    first = read(text)
    assert first.findings or first.marks
    assert read(text) == first
    assert store.size() == (0, 0)


def test_nothing_that_users_write_is_kept_beside_the_program(
    store: Store, parsed: list[Path], tmp_path: Path
) -> None:
    file = tmp_path / "收支.yaml"
    file.write_text(TEXT, "utf-8")
    for _ in range(2):
        forget_all()
        read_yaml(file)
    assert parsed == [file, file]
    assert store.size() == (0, 0)


def test_nothing_is_kept_where_python_writes_no_compiled_code(
    store: Store, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read(TEXT)
    assert store.size() == (0, 0)
