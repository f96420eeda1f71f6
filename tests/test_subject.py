"""``disclosure subject``: codes and names looked up, and what may have been meant."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli


def _looked_up(word: str) -> Result:
    return CliRunner().invoke(cli, ["subject", word])


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
