"""A fault that a rule of any draft and one that knows the format both see is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.one_cause import told_once
from generator.core.findings import Finding, Location

FILE = Path("某某局.pdf")
GENERAL = frozenset({"E901"})


def finding(code: str, message: str, place: Location, *subjects: str) -> Finding:
    return Finding(code, message, "改正", place, subjects=subjects)


def page(number: int, words: str = "") -> Location:
    return Location(FILE, spot=f"第{number}页 {words}".strip())


OWN = finding("E716", "表五 1,115.52 ≠ 表六 0.00", page(8, "表五“合计”行"))


@pytest.mark.parametrize(
    ("general", "kept"),
    [
        (finding("E901", "合计 1115.52，相差 1,115.52", page(8, "“合计”行")), False),
        (finding("E901", "合计 1115.52", page(9)), True),
        (finding("E901", "合计 115.52", page(8)), True),
        (finding("E901", "2026 年合计 0.00", page(8)), True),
        (finding("E901", "合计 1115.52", page(18)), True),
    ],
    ids=["same", "another page", "another amount", "only a zero", "page 18 is not page 8"],
)
def test_one_place_and_one_amount_are_one_cause(general: Finding, *, kept: bool) -> None:
    found = told_once([general, OWN], GENERAL, [])
    assert found == ([general, OWN] if kept else [OWN])


def test_a_row_of_a_word_file_is_a_place() -> None:
    own = finding("E711", "合计 30.00 ≠ 29.00", Location(FILE, spot="表五", paragraph=7))
    general = finding("E901", "合计 30.00", Location(FILE, spot="“支出表”第3行", paragraph=7))
    assert told_once([general, own], GENERAL, []) == [own]


def test_one_subject_is_one_cause_and_noise_stays_noise() -> None:
    general = finding("E901", "科目 205 印作“教育”", page(3), "科目/205")
    own = finding("W727", "科目 205 有 2 种名称", page(3), "科目/205")
    assert told_once([general], GENERAL, [own]) == []
    assert told_once([general], GENERAL, []) == [general]


def test_rules_that_know_the_format_are_all_told() -> None:
    assert told_once([OWN, OWN], GENERAL, []) == [OWN, OWN]


def test_pages_of_two_files_are_two_places() -> None:
    of_unit = Location(Path("某某中心.pdf"), spot="第8页")
    own = finding("E716", "合计 1,115.52 ≠ 0.00", of_unit)
    general = finding("E901", "合计 1115.52", page(8))
    assert told_once([general, own], GENERAL, []) == [general, own]


def test_a_rule_about_another_document_tells_of_another_cause() -> None:
    of_others = finding("E996", "部门为 1,115.52 万元", page(8))
    general = finding("E901", "合计 1115.52", page(8))
    assert told_once([general, of_others], GENERAL, [], {"E996"}) == [general, of_others]
    assert told_once([general, OWN, of_others], GENERAL, [], {"E996"}) == [OWN, of_others]
