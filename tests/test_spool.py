"""Finished folders wait on disk until all are built; nothing of that stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.building.outcome import Outcome, Product
from generator.building.spool import Spool
from generator.core.records import replace

PRODUCT = Product(Outcome(Path("甲局"), stem="甲局"), {"甲局.pdf": b"%PDF", "甲局.html": b"<p>"})


def test_memory_holds_no_file_until_it_is_taken(tmp_path: Path) -> None:
    output = tmp_path / "out"
    with Spool(output, on_disk=True) as spool:
        spool.put(0, PRODUCT)
        spool.put(1, replace(PRODUCT, files={}))
        assert spool.look(0).outcome == PRODUCT.outcome
        assert not any(spool.look(0).files.values())
        assert sum(file.is_file() for file in output.rglob("*")) == 2
        assert spool.take(0) == PRODUCT
        assert spool.take(1).files == {}
        assert not any(file.is_file() for file in output.rglob("*"))
    assert not output.exists()


def test_a_single_product_stays_in_memory(tmp_path: Path) -> None:
    with Spool(tmp_path / "out", on_disk=False) as spool:
        spool.put(0, PRODUCT)
        assert not (tmp_path / "out").exists()
        assert spool.take(0) == PRODUCT


def test_what_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").write_text("", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), Spool(tmp_path, on_disk=True) as spool:
        spool.put(0, PRODUCT)
        raise KeyboardInterrupt
    assert [file.name for file in tmp_path.iterdir()] == ["别的.txt"]


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "out"
    taken.write_text("", encoding="utf-8")
    with Spool(taken, on_disk=True) as spool:
        spool.put(0, PRODUCT)
        (finding,) = spool.look(0).outcome.findings
    assert (finding.code, finding.place and finding.place.file) == ("E501", taken)


def test_files_that_vanish_are_told(tmp_path: Path) -> None:
    with Spool(tmp_path, on_disk=True) as spool:
        spool.put(0, PRODUCT)
        for folder in tmp_path.iterdir():
            shutil.rmtree(folder)
        product = spool.take(0)
    assert [finding.code for finding in product.outcome.findings] == ["E501"]
    assert not product.files
