"""``disclosure subject``: codes and names looked up, and what may have been meant."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli


def _looked_up(*words: str) -> Result:
    return CliRunner().invoke(cli, ["subject", *words])


def _codes(result: Result) -> set[str]:
    """The codes of the first column."""
    return set(re.findall(r"^│ (\d+) ", result.output, re.MULTILINE))


def test_a_word_finds_every_name_that_holds_it() -> None:
    result = _looked_up("住房公积金")
    assert result.exit_code == 0
    assert {"2210201", "30113", "50103"} <= set(result.output.split())


def test_a_code_is_shown_with_what_it_belongs_to() -> None:
    result = _looked_up("2010502")
    assert result.exit_code == 0
    assert "一般公共服务支出／统计信息事务" in result.output.replace("\n", "")


def test_a_code_that_may_not_have_been_read_says_so() -> None:
    result = _looked_up("50205")
    assert "没有见到原文" in result.output


@pytest.mark.parametrize(("typed", "meant"), [("2010509", "20105"), ("30198", "301")])
def test_what_is_near_stays_within_the_class(typed: str, meant: str) -> None:
    result = _looked_up(typed)
    assert result.exit_code == 1
    assert "补充科目" in result.output
    near = [line for line in result.output.split("\n") if line.startswith("相近的：")]
    assert all(f"：{meant}" in line for line in near)
    assert near


@pytest.mark.parametrize(
    "typed",
    [
        ("2050201",),
        ("205", "02", "01"),
        ("205 02 01",),
        ("２０５０２０１",),
        ("2050201.0",),
        ("2050201-学前教育",),
        ("2050201", "学前教育"),
    ],
)
def test_a_code_is_found_however_it_is_printed(typed: tuple[str, ...]) -> None:
    result = _looked_up(*typed)
    assert result.exit_code == 0
    assert {"205", "20502", "2050201"} == _codes(result)


def test_several_words_are_in_the_name_or_in_the_names_above() -> None:
    result = _looked_up("教育", "行政运行")
    assert result.exit_code == 0
    assert "2050101" in _codes(result)
    assert "2010101" not in _codes(result), "of 人大事务"
    assert "2050201" not in _codes(result), "its name holds neither"


def test_the_width_of_brackets_makes_no_difference() -> None:
    assert {"30213", "50209"} <= _codes(_looked_up("维修(护)费"))


def test_the_years_are_told() -> None:
    result = _looked_up("2170404")
    assert "2025 年起" in result.output.replace("\n", " ")
    assert "2024 至 2026 年都有" in result.output


def test_a_code_that_is_not_listed_is_told_with_those_above_it() -> None:
    result = _looked_up("2029801")
    assert result.exit_code == 1
    assert "它的上级：202 外交支出" in result.output
    assert "disclosure subject 201" in result.output


def test_a_name_of_many_codes_is_suggested_by_itself() -> None:
    result = _looked_up("行政运行费")
    assert result.exit_code == 1
    assert "行政运行（" in result.output


@pytest.mark.parametrize("typed", [(), ("",), (" ", "　")])
def test_no_word_is_a_mistake_of_use(typed: tuple[str, ...]) -> None:
    assert _looked_up(*typed).exit_code == 2
