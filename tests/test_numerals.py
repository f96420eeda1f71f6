"""Chinese numerals, as lists and tables are numbered."""

from __future__ import annotations

import pytest

from generator.core.numbers.numerals import chinese_numeral


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (103, "一百零三"),
        (109, "一百零九"),
        (110, "一百一十"),
        (1_010, "一千零一十"),
        (2_003, "二千零三"),
        (10_000, "一万"),
        (10_203, "一万零二百零三"),
        (120_345, "十二万零三百四十五"),
        (123_450, "十二万三千四百五十"),
        (300_000_000, "三亿"),
        (100_010_000, "一亿零一万"),
    ],
)
def test_numbers_are_written_as_lists_count(number: int, written: str) -> None:
    assert chinese_numeral(number) == written


@pytest.mark.parametrize("number", [-1, 10**12])
def test_what_no_list_counts_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)
