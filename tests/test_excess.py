"""Documents of templates that no printer should be given, and printing that does not end."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest

from generator.checks.text.doubling import Slips
from generator.compose.document.parse import parse_document
from generator.compose.document.tree import HtmlDocument
from generator.core.findings import Finding, UnusableInputError
from generator.printing import bounds
from generator.printing.bounds import bounded_printing
from generator.printing.pdf import print_pdf

PAGE = "<html><head><title>页</title></head><body><section>{}</section></body></html>"
_FEW = 20
"""Elements that a small document has."""
CELL = "<table><tbody><tr><td {}>甲</td></tr></tbody></table>"


def parsed(body: str, folder: Path) -> HtmlDocument:
    """The document of a page whose template stands in the folder."""
    html = PAGE.format(body)
    (folder / "document.html.j2").write_text(html, encoding="utf-8")
    return parse_document(html, folder)


def refusal(error: UnusableInputError) -> Finding:
    """The only finding of an error."""
    (finding,) = error.findings
    assert finding.code == "E404"
    return finding


@pytest.mark.parametrize("name", ["colspan", "rowspan"])
@pytest.mark.parametrize(
    "said", ["两", "", "0", "-1", "²", "1.5", "1001", "1000000000", "9" * 5000]
)
def test_a_span_is_a_sane_number(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(UnusableInputError) as raised:
        parsed(CELL.format(f'{name}="{said}"'), tmp_path)
    finding = refusal(raised.value)
    assert name in finding.message
    assert finding.place is not None
    assert finding.place.file.name == "document.html.j2"


def test_spans_that_are_written_otherwise(tmp_path: Path) -> None:
    for said in ("colspan = '99999'", 'colspan="&#57;9999"', 'colspan="&#x39;999"'):
        with pytest.raises(UnusableInputError) as raised:
            parsed(CELL.format(said), tmp_path)
        assert "colspan" in refusal(raised.value).message
    columns = '<table><colgroup><col span="100000000"/></colgroup></table>'
    with pytest.raises(UnusableInputError) as raised:
        parsed(columns, tmp_path)
    assert "span" in refusal(raised.value).message


def test_all_spans_together(tmp_path: Path) -> None:
    whole = "colspan='1000' rowspan='1000'"
    parsed(CELL.format(whole), tmp_path)
    with pytest.raises(UnusableInputError) as raised:
        parsed(CELL.format(whole) * 3, tmp_path)
    assert "万格" in refusal(raised.value).message


def test_elements_within_elements(tmp_path: Path) -> None:
    parsed("<b>" * 90 + "</b>" * 90, tmp_path)
    for deep in (101, 1500, 100_000):
        with pytest.raises(UnusableInputError) as raised:
            parsed("<b>" * deep + "</b>" * deep, tmp_path)
        assert "套" in refusal(raised.value).message


def test_blanks_in_a_row(tmp_path: Path) -> None:
    parsed(f"<p>甲{' ' * 500}乙</p>" * 50, tmp_path)
    for blanks in (" " * 1_000_000, " \t\u3000" * 1000, "&#32;" * 5000):
        with pytest.raises(UnusableInputError) as raised:
            parsed(f"<p>甲{blanks}乙</p>", tmp_path)
        assert "空格" in refusal(raised.value).message


@pytest.mark.parametrize(
    "body",
    [
        "\n" * 500_000 + "甲",
        "甲" + " \n " * 300_000 + "乙",
        "data-toc" * 300_000,
        "<b/>" + "\n" * 500_000 + "<b/>",
    ],
)
def test_a_long_text_is_parsed_in_no_time(tmp_path: Path, body: str) -> None:
    began = time.process_time()
    document = parsed(body, tmp_path)
    assert time.process_time() - began < 3
    assert "\n" not in document.html()[20:-1]


def test_line_breaks_go_as_they_did(tmp_path: Path) -> None:
    body = "<p>甲 \n\t 乙  丙</p> \n <p>&#10;丁&#10; 戊</p>  <p>己\n</p>"
    text = re.sub(".*<section>|</section>.*", "", parsed(body, tmp_path).html(), flags=re.DOTALL)
    assert text == "<p>甲乙  丙</p><p>丁戊</p>  <p>己</p>"


def test_layout_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FIRST_SECONDS", 0.5)
    nested = '<div style="display:flex">' * 12 + "甲" + "</div>" * 12
    document = parsed(nested, tmp_path)
    with pytest.raises(UnusableInputError) as raised, bounded_printing(_FEW, tmp_path):
        print_pdf(document, "", tmp_path)
    assert "秒" in refusal(raised.value).message


def test_layout_in_another_thread_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FIRST_SECONDS", 0.3)

    def without_end() -> str:
        with pytest.raises(UnusableInputError) as raised, bounded_printing(_FEW, tmp_path):
            with suppress(BaseException):  # who drops the error is told again
                endless()
            endless()
        return refusal(raised.value).message

    with ThreadPoolExecutor(1) as pool:
        assert "秒" in pool.submit(without_end).result(30)


def endless() -> None:
    while True:
        pass


def test_nothing_is_raised_after_the_layout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "FIRST_SECONDS", -1.0)
    monkeypatch.setattr(bounds, "_LOOK", 0.001)
    for _ in range(50):
        with suppress(UnusableInputError), bounded_printing(_FEW, tmp_path):
            pass
        for _ in range(2000):  # an error on its way would arrive here
            pass


def test_layout_does_not_take_all_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FIRST_BYTES", 20 * 2**20)
    held: list[bytearray] = []
    with pytest.raises(UnusableInputError) as raised, bounded_printing(_FEW, tmp_path):
        while len(held) < 1000:
            held.append(bytearray(b"x" * 2**20))
    assert "内存" in refusal(raised.value).message


@pytest.mark.parametrize(
    "body",
    [
        '<p style="font-size:1e9px">甲</p>',
        '<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="a b"/></figure>',
    ],
)
def test_an_engine_that_fails_is_no_fault_of_ours(tmp_path: Path, body: str) -> None:
    document = parsed(body, tmp_path)
    with pytest.raises(UnusableInputError) as raised, bounded_printing(_FEW, tmp_path):
        print_pdf(document, "", tmp_path)
    assert "排版引擎" in refusal(raised.value).message


def test_our_own_faults_stay_ours(tmp_path: Path) -> None:
    def fault() -> NoReturn:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"), bounded_printing(_FEW, tmp_path):
        fault()


def test_a_text_of_one_word_is_looked_at_once() -> None:
    began = time.process_time()
    slips = Slips(doubled=(), reduplications=("天天",))
    assert sum(1 for _ in slips("天天" * 10_000 + "工作工作", clippable=False)) == 1
    assert time.process_time() - began < 2
