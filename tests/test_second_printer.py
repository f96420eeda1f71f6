"""A second process makes pieces of a PDF: no byte differs, whatever happens to it."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.core.findings import UnusableInputError
from generator.pack.pack import Pack
from generator.printing import formats
from generator.printing.formats import Format, Printing
from generator.printing.fragments.joining import JoinedFile
from generator.printing.grids.painter import GridPainter
from generator.printing.kept import Keeper, KeptPieces
from generator.printing.pdf import PrintedPdf, print_pdf
from generator.printing.pieces import second_printer
from generator.printing.pieces.layout import LayoutEngine
from generator.printing.pieces.second_printer import SecondPrinter
from generator.printing.prepared import prepare
from tests import mishaps
from tests.conftest import UNIT, Sample
from tests.test_columns import page, with_table
from tests.test_kept_pieces import InMemory, html

FORMS = range(1, 41)
WORDS = "很长的说明文字，占几页。" * 100


class Press:
    """Prints a document and counts what this process makes of it."""

    def __init__(self, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pack = pack
        self.made: Counter[str] = Counter()
        self.slowness = 0.0
        """Seconds more that this process takes for everything it makes."""
        for owner, name in (
            (GridPainter, "paint"),
            (LayoutEngine, "_laid_out_anywhere"),
            (LayoutEngine, "embed"),
        ):
            monkeypatch.setattr(owner, name, self._counted(name, getattr(owner, name)))

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **options: Any) -> Any:
            self.made[name] += 1
            time.sleep(self.slowness)
            return function(*arguments, **options)

        return counting

    def print(
        self,
        second: SecondPrinter | None = None,
        *,
        css: str = "",
        text: str = "三",
        kept_between_runs: Keeper | None = None,
    ) -> PrintedPdf:
        self.made.clear()
        document = parse_document(html(*FORMS, text=text), self.pack.folder)
        kept = KeptPieces(kept_between_runs, second=second)
        return print_pdf(document, render_stylesheet(self.pack) + css, self.pack.folder, kept=kept)


@pytest.fixture
def press(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(pack, monkeypatch)


Start = Callable[[], SecondPrinter]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Starts second processes and waits until they are ready."""
    all_started: list[SecondPrinter] = []

    def started() -> SecondPrinter:
        second = SecondPrinter()
        all_started.append(second)
        while not (second.free or second.gone):
            time.sleep(0.02)
        return second

    yield started
    for second in all_started:
        second.end()


@pytest.fixture(scope="module")
def second(start: Start) -> SecondPrinter:
    """A second process that nothing happens to."""
    return start()


def test_no_byte_differs(press: Press, second: SecondPrinter) -> None:
    alone = press.print()
    all_made = dict(press.made)
    press.slowness = 0.1
    for _ in range(2):  # it serves one document after the other
        assert press.print(second) == alone
        assert press.made["paint"] < all_made["paint"]
        assert press.made["_laid_out_anywhere"] < all_made["_laid_out_anywhere"]
        assert press.made["embed"] < all_made["embed"]


def test_what_little_is_new_is_made_there(press: Press, second: SecondPrinter) -> None:
    """What lays out is not even imported here, though text and a font are new."""
    changed = press.print(text="三四五")
    kept = InMemory()
    press.print(kept_between_runs=kept)
    assert press.print(second, text="三四五", kept_between_runs=kept) == changed
    assert not press.made


def test_what_is_made_is_put_into_the_file_while_the_contents_are_made_there(
    press: Press, second: SecondPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy: list[bool] = []
    put = JoinedFile.put

    def noted(file: JoinedFile, *numbered: Any) -> None:
        busy.append(second.busy)
        put(file, *numbered)

    monkeypatch.setattr(JoinedFile, "put", noted)
    press.print(second, text="六七八")
    assert busy.count(True) > len(FORMS)
    assert busy.count(False) == 2  # the contents, and the index, which shows numbers, too


def test_what_goes_wrong_there_is_told_as_it_is_here(press: Press, second: SecondPrinter) -> None:
    for css, text in (
        ("p { colour: red }", WORDS),
        ("", f"\U0010fffd{WORDS}"),
        ("p { background: url(file:///etc/passwd) }", WORDS),
    ):
        with pytest.raises(UnusableInputError) as alone:
            press.print(css=css, text=text)
        with pytest.raises(UnusableInputError) as told:
            press.print(second, css=css, text=text)
        assert told.value.findings == alone.value.findings


def test_a_document_is_prepared_there_while_something_else_is_done(
    printed: Callable[[str], Sample], second: SecondPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = printed(UNIT)
    alone = prepare(sample.composed.document, sample.pack, KeptPieces())
    kept = KeptPieces(second=second)
    printing = Printing(sample.composed, sample.pack, [Format.PDF], kept)
    printing.begin()
    monkeypatch.setattr(formats, "prepare", None)
    there = printing._prepared
    assert there.shown.html() == alone.shown.html() != sample.composed.document.html()
    assert there.for_pdf.html() == alone.for_pdf.html() != there.shown.html()
    assert there.for_pdf.toc == alone.for_pdf.toc


def test_what_cannot_be_prepared_is_told_from_here(pack: Pack, second: SecondPrinter) -> None:
    """Amounts that fit nowhere; the first process finds it out again."""
    document = parse_document(page("9" * 92, "2 96 2"), pack.folder)
    second.prepare(document, with_table(pack, smallest=9))
    assert second.prepared() is None
    assert second.free


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_one_that_is_killed_is_done_without(
    when: str, press: Press, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = press.print()
    if when == "meanwhile":
        monkeypatch.setattr(second_printer, "serve", mishaps.serve_till_killed)
    second = start()
    if when == "before":
        os.kill(second.process or 0, signal.SIGKILL)
    assert press.print(second) == alone
    assert second.gone


def test_one_that_finds_no_memory_is_done_without(
    press: Press, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = press.print()
    monkeypatch.setattr(second_printer, "serve", mishaps.serve_without_memory)
    assert press.print(start()) == alone


def test_too_much_time_there_ends_the_printing(
    press: Press, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_printer, "serve", mishaps.serve_without_time)
    with pytest.raises(UnusableInputError) as ended:
        press.print(start())
    assert [finding.code for finding in ended.value.findings] == ["E404"]
    assert "秒" in ended.value.findings[0].message
