"""What a grid takes to paint: what depends on its kind, style or heads is done once."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.printing.grids import grid_kind, shaping, tags
from generator.printing.grids.shaping import Shaper, _SetFont
from generator.printing.kept import KeptPieces
from tests.counting import count_calls
from tests.test_looks_of_grids import Printer, grid, printer

__all__ = ["printer"]

HEAD = "<thead><tr><th>名称</th><th>金额</th></tr></thead><tbody>"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often something is done."""
    times: Counter[str] = Counter()
    count_calls(monkeypatch, times, grid_kind, "_own_names")
    count_calls(monkeypatch, times, Shaper, "setting")
    count_calls(monkeypatch, times, _SetFont, "_operand")
    count_calls(monkeypatch, times, tags, "head_name")
    return times


def test_rows_and_pages_take_no_more_styles_names_and_heads(
    printer: Printer, done: Counter[str]
) -> None:
    def times(rows: int) -> Counter[str]:
        done.clear()
        copy = printer.print(grid("甲表", rows=rows).replace("<tbody>", HEAD))
        assert copy.painted == 1
        return done.copy()

    few = times(2)
    assert set(few) == {"_own_names", "setting", "_operand", "head_name"}
    assert times(120) == few


def test_a_glyph_is_looked_at_once_in_however_many_texts(
    printer: Printer, done: Counter[str]
) -> None:
    def times(*texts: str) -> int:
        done.clear()
        printer.print(*(grid("甲表").replace("<td>甲</td>", f"<td>{text}</td>") for text in texts))
        return done["_operand"]

    assert times("甲乙丙丁") == times("甲乙", "丙丁甲", "丁丙乙甲", "甲乙丙丁")


def test_texts_of_many_documents_are_forgotten(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that stays prints hundreds; nothing of what they print depends on it."""
    monkeypatch.setattr(shaping, "_MOST_TEXTS", 10)
    held: list[int] = []
    tidy = Shaper.tidy

    def counted(shaper: Shaper) -> None:
        tidy(shaper)
        held.append(sum(map(len, shaper._known.values())))

    monkeypatch.setattr(Shaper, "tidy", counted)
    texts = [grid("甲表").replace("<td>甲</td>", f"<td>第{number}项</td>") for number in range(40)]
    process = KeptPieces()
    for text in texts:
        printer.print(text, kept=process)
    assert len(held) >= len(texts)
    assert max(held) <= 10
