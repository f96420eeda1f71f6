"""How often a process looks for garbage: seldom, and not when it ends."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from generator.core.process import spared_collection


@pytest.fixture
def _looks() -> Iterator[list[int]]:
    """The generations that were looked through since; nothing is frozen meanwhile."""
    looks: list[int] = []

    def look(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            looks.append(about["generation"])

    gc.unfreeze()  # what the tests themselves have frozen
    gc.callbacks.append(look)
    yield looks
    gc.callbacks.remove(look)
    gc.freeze()


def test_nothing_is_looked_through_meanwhile_or_at_once_afterwards(_looks: list[int]) -> None:
    before = gc.get_threshold()
    gc.set_threshold(1000, 20, 20)
    try:
        with spared_collection():
            kept = [[number] for number in range(20_000)]
            assert not gc.isenabled()
            assert _looks[1:] == [], "at most one, for what there was before"
            _looks.clear()
        kept += [[number] for number in range(500)]
        assert _looks == []
        kept += [[number] for number in range(1000)]
        assert _looks, "looks go on as before"
    finally:
        gc.set_threshold(*before)
    assert len(kept) == 21_500


def test_what_is_left_is_looked_through_with_all_that_is_old(_looks: list[int]) -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            gone.append(True)

    gone: list[bool] = []
    with spared_collection():
        Knot()
    assert not gone
    gc.collect()
    assert gone


def test_what_is_frozen_stays_frozen(_looks: list[int]) -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    with spared_collection():
        pass
    assert gc.get_freeze_count() >= frozen > 0


def test_collection_that_was_off_stays_off(_looks: list[int]) -> None:
    gc.disable()
    try:
        with spared_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_command_ends_without_a_look_at_what_it_leaves() -> None:
    code = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(len(gc.get_objects()), gc.get_freeze_count()))\n"
        "from generator.cli.main import main\n"
        "sys.argv = ['disclosure', 'explain', 'E204']\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    looked_at, frozen = map(int, run.stdout.splitlines()[-1].split())
    assert looked_at < frozen
