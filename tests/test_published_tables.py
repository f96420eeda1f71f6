"""The thirteen tables: what the files print is what was published, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import combinations

import pytest

from generator.compose.document.tree import HtmlDocument
from generator.core.records import replace
from tests.comparing import comparable, cut, row_differences, text_differences
from tests.conftest import DEPARTMENT, SAMPLES, UNIT, Sample
from tests.drafts import (
    EDGE,
    EVERYWHERE,
    FOLDER,
    Draft,
    Noise,
    noise,
    normal,
    published,
    read_draft,
)
from tests.readers import Element, Grid, Item, Reading, Rows, read_all, run_together

FORMATS = ("pdf", "docx", "html")
STATEMENTS = [f"表{number}" for number in (*"一二三四五六七八九十", "十一", "十二", "十三")]

each_sample = pytest.mark.parametrize("name", SAMPLES)
each_format = pytest.mark.parametrize("extension", FORMATS)
each_statement = pytest.mark.parametrize("number", STATEMENTS)
Printed = Callable[[str], Sample]


def _as_published(draft: Draft) -> list[Item]:
    """第二部分 as published: text and table in turn, from its heading to the last note."""
    start = next(part for part in draft.texts if part.name == "报表")
    items = [start.heading, *(item for part in draft.statements for item in part.items)]
    return run_together(items)


def _as_printed(reading: Reading, draft: Draft) -> list[Item]:
    """第二部分 as printed."""
    headings = [part.heading for part in draft.texts[1:]]
    at = [part.name for part in draft.texts].index("报表")
    return cut(comparable(reading.items), headings)[at]


def _tables(items: list[Item]) -> dict[str, tuple[str, Rows]]:
    """Every table by its number, with the text between it and the table before."""
    before = [item for item in items[0::2] if isinstance(item, str)]
    grids = [item.rows for item in items[1::2] if isinstance(item, Grid)]
    assert len(before) + len(grids) == len(items), "表格与文字不相间"
    return dict(zip(STATEMENTS, zip(before, grids, strict=False), strict=True))


def _sample_tables(sample: Sample, extension: str) -> dict[str, tuple[str, Rows]]:
    return _tables(_as_printed(read_all(sample.file)[extension], published(sample.name)))


@each_statement
@each_format
@each_sample
def test_every_published_cell_stands_in_its_row_and_column(
    printed: Printed, name: str, extension: str, number: str
) -> None:
    _, published_rows = _tables(_as_published(published(name)))[number]
    _, rows = _sample_tables(printed(name), extension)[number]
    assert row_differences(number, published_rows, rows) == []


@each_format
@each_sample
def test_label_title_name_unit_and_notes_stand_around_the_tables(
    printed: Printed, name: str, extension: str
) -> None:
    draft = published(name)
    theirs = _texts(_as_published(draft))
    ours = _texts(_as_printed(read_all(printed(name).file)[extension], draft))
    assert len(ours) == len(theirs)
    for at, (their, our) in enumerate(zip(theirs, ours, strict=True)):
        place = f"{STATEMENTS[at]}之前" if at < len(STATEMENTS) else "表十三之后"
        assert text_differences(place, their, our) == []


def _texts(items: list[Item]) -> list[str]:
    return [item for item in items if isinstance(item, str)]


@each_sample
def test_a_table_that_goes_on_over_a_page_has_its_head_on_every_page(
    printed: Printed, name: str
) -> None:
    grids = read_all(printed(name).file)["pdf"].grids[: len(STATEMENTS)]
    assert [number for number, grid in zip(STATEMENTS, grids, strict=True) if grid.headless] == []
    if name == DEPARTMENT:
        assert grids[STATEMENTS.index("表十二")].breaks  # its 247 rows fit on no one page


# The drafts and their noise


@each_sample
def test_the_reader_of_drafts_leaves_no_row_out(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    tables = text.rpartition("预算报表")[2].partition("第三部分")[0]
    rows = [line for line in tables.split("\n") if "\t" in line]
    read = [line for part in published(name).statements for line in part.lines if line[0] == EDGE]
    assert len(read) == len(rows)


@each_sample
def test_every_entry_of_the_noise_list_fits_the_draft(name: str) -> None:
    assert published(name).stale == []


@each_sample
def test_no_entry_of_the_noise_list_is_said_twice_or_says_nothing(name: str) -> None:
    entries = noise(name)
    assert len({(entry.place, entry.found) for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.found
        assert entry.reason
        assert normal(entry.found) != normal(entry.meant)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (Noise("表二", "没有这样的字", "", "试"), "表二「没有这样的字」：有 0 处，所列 1 处"),
        (Noise("表二", "|8.70|8.70|", "", "试", 2), "表二「|8.70|8.70|」：有 3 处，所列 2 处"),
        (Noise("表十四", "合计", "", "试"), "表十四：没有这一处"),
        (Noise(EVERYWHERE, "仅供内部审核", "", "试"), "全文「仅供内部审核」：有 0 处，所列 1 处"),
    ],
)
def test_a_stale_entry_is_reported(entry: Noise, complaint: str) -> None:
    assert read_draft(UNIT, [*noise(UNIT), entry]).stale == [complaint]


# The readers would see it


def _swaps(rows: Rows) -> Iterator[tuple[Rows, int]]:
    """The table with two of its columns exchanged, and how many cells that makes wrong."""
    for one, other in combinations(range(len(rows[0])), 2):
        swapped = deepcopy(rows)
        for row in swapped:
            row[one], row[other] = row[other], row[one]
        wrong = 2 * sum(row[one] != row[other] for row in rows)
        if wrong:
            yield swapped, wrong


@each_format
@each_sample
def test_any_two_columns_exchanged_are_seen(printed: Printed, name: str, extension: str) -> None:
    ours = _sample_tables(printed(name), extension)
    seen = 0
    for number, (_, published_rows) in _tables(_as_published(published(name))).items():
        for swapped, wrong in _swaps(published_rows):
            assert len(row_differences(number, swapped, ours[number][1])) == wrong
            seen += 1
    assert seen > 100


@pytest.fixture(scope="module")
def misprinted(printed: Printed) -> Sample:
    """The small sample with amounts exchanged, in a row and in a column, and one out of place."""
    sample = printed(UNIT)
    original = sample.composed.document
    document = HtmlDocument(deepcopy(original.root), original.toc)
    tables = list(document.body.iter("table"))
    incomes, spending = (tables[STATEMENTS.index(number)] for number in ("表二", "表五"))
    for table, one, other in ((incomes, "11.05", "5.52"), (spending, "115.52", "658.96")):
        first, second = _amounts(table, one)[0], _amounts(table, other)[0]
        first.text, second.text = other, one
    _amounts(spending, "275.00")[-1].set("style", "position: relative; left: -120%")
    composed = replace(sample.composed, document=document)
    return replace(sample, composed=composed, files={})


def _amounts(table: Element, amount: str) -> list[Element]:
    """The elements of a table that say an amount."""
    return [each for each in table.iter() if each.text == amount]


EXCHANGED = [
    "表二第9行（2080505）第3列：公布「11.05」，印出「5.52」",
    "表二第10行（2080506）第3列：公布「5.52」，印出「11.05」",
    "表五第3行（合计）第4列：公布「115.52」，印出「658.96」",
    "表五第3行（合计）第5列：公布「658.96」，印出「115.52」",
]
OUT_OF_PLACE = [  # only on the page; the mark-up is in order
    "表五第16行（2082899）第4列：公布「」，印出「275.00」",
    "表五第16行（2082899）第5列：公布「275.00」，印出「」",
]


@pytest.mark.parametrize(
    ("extension", "wrong"),
    [("pdf", EXCHANGED + OUT_OF_PLACE), ("docx", EXCHANGED), ("html", EXCHANGED)],
)
def test_amounts_exchanged_or_out_of_place_in_print_are_seen(
    misprinted: Sample, extension: str, wrong: list[str]
) -> None:
    ours = _sample_tables(misprinted, extension)
    found = [
        difference
        for number, (_, rows) in _tables(_as_published(published(UNIT))).items()
        for difference in row_differences(number, rows, ours[number][1])
    ]
    assert found == wrong
