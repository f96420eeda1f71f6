"""Characters that look like others, or like nothing, are read as the ordinary ones."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.compare.redline.text import stretch
from generator.drafts.draft import Paragraph, Row, Spot
from generator.drafts.read import read_draft
from generator.drafts.words.characters import is_unseen, ordinary
from generator.drafts.words.text import folded, squeezed
from tests.test_drafts import lines, p, pdf, tc, tr, word, write

SPOT = Spot("段", 1)
ODD = "⽀出\u200b１，２３４．５６万\u00ad元，⻋辆\ufeff０辆，⺠⽣\u2060保障Ａ类"
PLAIN = "支出1,234.56万元，车辆0辆，民生保障A类"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("⼀⼆⼗⽤⼾⾦", "一二十用户金"),
        ("⻓⻚⻔⻅⻩", "长页门见黄"),
        ("\uf98e\ufa0e", "年\ufa0e"),  # the second is an ideograph of its own
        ("３．５％，（二）：１２：３０", "3.5％，（二）：12：30"),
        ("ｘＹ\u202e\u2066\ufe0f\U000e0101", "xY"),
        ("第１，２项", "第1,2项"),
        ("一，二．三", "一，二．三"),
    ],
)
def test_ordinary_characters(written: str, read: str) -> None:
    assert ordinary(written) == read
    assert ordinary(read) == read


def test_only_unseen_characters_change_the_length() -> None:
    for code in range(0x110000):
        character = chr(code)
        assert len(ordinary(character)) == (0 if is_unseen(character) else 1)
        if is_unseen(character):
            assert unicodedata.category(character) in {"Cc", "Cf", "Mn", "Cn"}


def test_comparing_takes_them_for_the_same() -> None:
    assert squeezed(ODD) == squeezed(PLAIN)
    assert folded(ODD) == folded(PLAIN)


def test_no_text_of_a_draft_escapes() -> None:
    assert Paragraph(f"\u200b {ODD}", SPOT).text == PLAIN
    assert Row((ODD, "\ufeff", "１０"), SPOT).cells == (PLAIN, "", "10")


def test_every_reader_reads_the_same(tmp_path: Path) -> None:
    cell = "<w:tbl>" + tr(tc(ODD), tc("２.０")) + "</w:tbl>"
    html = tmp_path / "a.html"
    html.write_text(f"<p>{ODD}</p><p>\u200b</p><table><tr><td>{ODD}<td>２.０</table>", "utf-8")
    text = write(tmp_path, f"{ODD}\n\u200b\n{ODD}\t２.０\n")
    read = [PLAIN, f"{PLAIN}|2.0"]
    for file in (word(tmp_path, p(ODD) + p("\u200b") + cell), html, text):
        assert lines(read_draft(file)) == read
    (line,) = lines(read_draft(pdf(tmp_path, f"<p>{ODD}</p>")))
    assert squeezed(line) == squeezed(PLAIN)


def test_a_text_is_found_again_among_the_characters_of_its_paragraph() -> None:
    runs = "<w:r><w:t>⽀\u200b出</w:t></w:r><w:r><w:t>１，２３４．５</w:t></w:r>"
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")
    found = stretch([paragraph], "支出1,234.5", numbered=False)
    assert found is not None
    assert found.span(0, 2) == (0, 3)
    assert found.span(2, 9) == (3, 10)
