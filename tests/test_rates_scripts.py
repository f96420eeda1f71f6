"""The script that measures the general rules writes whole tables, and how they were measured."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts import general_rates
from tests.general_rates import FORMATS


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with rates, which the script writes to; it plants nothing, as it has no document."""
    file = tmp_path / "check-rates.md"
    file.write_text(f"前\n{general_rates.START}\n旧\n{general_rates.END}\n后\n", encoding="utf-8")
    monkeypatch.setattr(general_rates, "DOCUMENT", file)
    monkeypatch.setattr(general_rates, "_documents", lambda *_: ())
    return file


@pytest.mark.parametrize("part", [("--formats", "pdf"), ("--kinds", "率")])
def test_rates_of_a_part_do_not_take_the_place_of_all(
    part: tuple[str, str], page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.read_text("utf-8")
    monkeypatch.setattr(sys, "argv", ["general_rates.py", "--write", *part])
    with pytest.raises(SystemExit) as ended:
        general_rates.main()
    assert ended.value.code == 2
    assert page.read_text("utf-8") == before


def test_rates_are_written_with_how_they_were_measured(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = reversed(FORMATS)
    arguments = ["--write", "--count", "2", "--seed", "7", "--formats", *formats]
    monkeypatch.setattr(sys, "argv", ["general_rates.py", *arguments])
    general_rates.main()
    written = page.read_text("utf-8")
    assert written.startswith(f"前\n{general_rates.START}\n\n测法：`--count 2 --seed 7`。\n\n| ")
    assert written.endswith(f"\n\n{general_rates.END}\n后\n")
    assert "旧" not in written
