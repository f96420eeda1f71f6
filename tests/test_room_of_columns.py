"""Columns of text get the room that others do not need, so that fewer names are broken."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compose.document.parse import parse_document
from generator.pack.pack import Pack
from generator.printing.columns.cells import column_shares
from generator.printing.columns.fit import fit_amounts
from generator.printing.columns.room import BrokenHead, Column, Text, roomier
from generator.printing.kept import KeptPieces


def name(characters: int) -> Text:
    """A name at ten points, in a cell with six points around."""
    return Text(characters * 10, 10, 6)


def always(_: object) -> bool:
    return True


def test_a_name_that_lacks_a_character_gets_its_room_from_columns_in_proportion() -> None:
    names = Column(80, 46, texts=Counter([name(8), name(3)]))  # 86 hold eight characters
    assert roomier([names, Column(60, 40), Column(44, 40)], always) == pytest.approx([86, 55, 43])


def test_nothing_is_taken_if_no_line_is_saved() -> None:
    names = Column(80, 46, texts=Counter([name(11)]))  # two lines, and 30 points short of one
    assert roomier([names, Column(60, 40)], always) == [80, 60]


def test_amounts_and_heads_keep_what_they_need() -> None:
    names = Column(80, 46, texts=Counter([name(8)]))
    head = BrokenHead([20, 20], 6)  # a line of 46 points
    assert roomier([names, Column(46, 20, [head]), Column(45, 44)], always) == [80, 46, 45]
    two_rows = BrokenHead([20, 20], 6, rows=2)  # which leave room for two lines
    assert roomier([names, Column(46, 20, [two_rows])], always) == [86, 40]


def test_a_longest_word_of_a_head_is_never_broken() -> None:
    assert BrokenHead([30, 20], 6).needed(5) == 36
    assert BrokenHead([30, 20], 6).needed(1) == 56
    assert [BrokenHead([20, 20, 20], 6).lines(width) for width in (66, 65, 46, 45)] == [1, 2, 2, 3]


def test_a_column_that_breaks_its_own_names_gives_nothing() -> None:
    names = [Column(80, 46, texts=Counter([name(8)])) for _ in range(2)]
    assert roomier(names, always) == [80, 80]


def test_widths_that_are_not_allowed_are_not_taken() -> None:
    names = Column(80, 46, texts=Counter([name(8)]))
    assert roomier([names, Column(60, 40)], lambda _: False) == [80, 60]


columns = st.builds(
    Column,
    st.integers(20, 200).map(float),
    st.integers(0, 200).map(float),
    st.lists(
        st.builds(BrokenHead, st.lists(st.integers(9, 30).map(float), max_size=4), st.just(6.0))
    ),
    st.lists(st.integers(1, 40).map(name), max_size=4).map(Counter),
)


@given(st.lists(columns, min_size=1, max_size=6))
def test_the_sum_stays_and_no_column_takes_more_lines(whole: list[Column]) -> None:
    widths = roomier(whole, always)
    assert sum(widths) == pytest.approx(sum(column.width for column in whole))
    for column, width in zip(whole, widths, strict=True):
        assert width >= min(column.width, column.kept) - 1e-6
        assert column.lines(width) <= column.lines(column.width)


def statement(first: str) -> str:
    columns = "".join(f'<col style="width: {share}%"/>' for share in (15, 40, 45))
    cells = '<td class="amount">1.00</td><td class="amount"></td>'
    return f"""
<html lang="zh-CN"><head><title>表</title></head><body>
<section class="statement"><h2 class="statement">支出表</h2><table class="statement">
<colgroup>{columns}</colgroup><thead><tr><th>名称</th><th>合计</th><th>金额</th></tr></thead>
<tbody><tr>{first}{cells}</tr></tbody></table></section></body></html>"""


def test_a_long_name_widens_its_column_in_a_document(pack: Pack) -> None:
    document = parse_document(statement("<td>机关事业单位基本养老保险</td>"), pack.folder)
    fitted = fit_amounts(document, pack, KeptPieces())
    shares = column_shares(next(fitted.body.iter("table")))
    assert shares[0] * 170 * 72 / 25.4 == pytest.approx(12 * 9 + 6.5 + 0.6, abs=0.1)
    assert sum(shares) == pytest.approx(1)


def test_a_table_whose_texts_span_columns_keeps_the_widths_of_its_pack(pack: Pack) -> None:
    spanning = (
        '<td>机关事业单位基本养老保险</td></tr><tr><td colspan="3">职责</td></tr><tr><td></td>'
    )
    document = parse_document(statement(spanning), pack.folder)
    assert fit_amounts(document, pack, KeptPieces()) is document
