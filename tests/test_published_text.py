"""The text and the forms: what the files print is what was published, and all print the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.comparing import comparable, cut, row_differences, sentences, text_differences
from tests.conftest import DEPARTMENT, SAMPLES, UNIT, Sample
from tests.drafts import Draft, Part, in_fixed_order, normal, published
from tests.readers import Grid, Item, Reading, Rows, read_all

FORMATS = ("pdf", "docx", "html")

each_sample = pytest.mark.parametrize("name", SAMPLES)
each_format = pytest.mark.parametrize("extension", FORMATS)
Printed = Callable[[str], Sample]


def _parts(reading: Reading, draft: Draft) -> list[tuple[Part, list[Item]]]:
    """Every part of the draft but the thirteen tables, with the same part of a file."""
    parts = [part for part in draft.parts if part not in draft.statements]
    printed = cut(comparable(reading.items), [part.heading for part in parts[1:]])
    return list(zip(parts, printed, strict=True))


def _text(items: list[Item]) -> str:
    return "".join(item for item in items if isinstance(item, str))


def _filled(items: list[Item]) -> Rows:
    """The cells that say something, row by row, without the rows that say nothing.

    The extraction moved cells of the forms from column to column; it kept their
    order in the row.
    """
    rows = [row for item in items if isinstance(item, Grid) for row in item.rows]
    return [[cell for cell in row if cell] for row in rows if any(row)]


NOT_AS_PUBLISHED = {
    DEPARTMENT: [
        "情况说明七：公布「三公经费分布图」，印出「」",
        "名词解释：公布「」，印出「附件」",
    ],
    UNIT: ["情况说明二：公布「收入预算结构图」，印出「」"],
}
"""Published charts of a single bar, which say nothing; the heading of the appendix."""


@each_format
@each_sample
def test_every_published_sentence_stands_in_its_part_and_no_other(
    printed: Printed, name: str, extension: str
) -> None:
    draft = published(name)
    found = [
        difference
        for part, ours in _parts(read_all(printed(name).file)[extension], draft)
        if part in draft.texts and part.name != "报表"  # that one is in test_published_tables
        for difference in text_differences(part.name, _text(comparable(part.items)), _text(ours))
    ]
    assert found == NOT_AS_PUBLISHED[name]


@each_format
@each_sample
def test_the_table_of_contents_is_the_published_one(
    printed: Printed, name: str, extension: str
) -> None:
    """What is published has the forms as an appendix too, but does not list it."""
    contents = [normal(line) for line in read_all(printed(name).file)[extension].contents]
    appendix = contents.index("附件") if name == DEPARTMENT else len(contents)
    assert contents[:appendix] == published(name).contents
    assert all(
        line.endswith(("绩效目标申报表", "索引", "绩效目标表")) for line in contents[appendix + 1 :]
    )


@each_format
@each_sample
def test_every_published_cell_of_the_forms_stands_in_its_row(
    printed: Printed, name: str, extension: str
) -> None:
    draft = published(name)
    forms = [
        pair
        for pair in _parts(read_all(printed(name).file)[extension], draft)
        if pair[0] in draft.forms
    ]
    assert len(forms) == {DEPARTMENT: 1, UNIT: 6}[name]
    for part, ours in forms:
        assert text_differences(part.name, _text(part.items), _text(ours)) == []
        assert row_differences(part.name, _filled(part.items), _filled(ours)) == []


@pytest.mark.parametrize("extension", ["pdf", "docx"])
@each_sample
def test_the_three_files_say_the_same(printed: Printed, name: str, extension: str) -> None:
    readings = read_all(printed(name).file)
    model, other = readings["html"], readings[extension]
    assert other.contents == model.contents
    headings = [re.sub(r"^表[一二三四五六七八九十]+", "", line) for line in model.contents]
    for heading, ours, theirs in zip(
        ["封面", *headings], cut(other.items, headings), cut(model.items, headings), strict=True
    ):
        assert _plain(ours) == _plain(theirs), heading


def _plain(items: list[Item]) -> list[str | Rows]:
    """Texts and the rows of tables, as they are but for white space."""
    return [item.rows if isinstance(item, Grid) else item for item in items]


# The comparison would see it


@each_sample
def test_a_figure_or_a_word_changed_in_any_sentence_is_seen(name: str) -> None:
    draft = published(name)
    for part in draft.texts:
        text = _text(comparable(part.items))
        for sentence in sentences(text):
            assert text_differences(part.name, text, text.replace(sentence, sentence[:-2], 1))


def test_subjects_may_stand_in_another_order_but_none_may_lack() -> None:
    theirs = "人员经费1万元,主要包括:津贴、奖金、离休费等;公用经费0万元,主要包括:无。"
    ours = "人员经费1万元,主要包括:离休费、奖金、津贴等;公用经费0万元,主要包括:无。"
    assert in_fixed_order(theirs) == in_fixed_order(ours)
    assert in_fixed_order(theirs) != in_fixed_order(ours.replace("、奖金", ""))
