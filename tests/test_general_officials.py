"""“三公” in rows below their total: the sums of a table that no other rule adds up."""

from __future__ import annotations

import pytest

from generator.checks.general.tables.checks import CHECKS
from generator.checks.rule import Passed, Unchecked
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.plain_drafts import outcomes, present, told

TITLE = "2026年“三公”经费预算表"
NESTED = [
    "1.因公出国（境）费用|0.00",
    "2.公务接待费|3.00",
    "3.公务用车购置及运行费|7.00",
    "其中：公务用车运行费|{run}",
    "公务用车购置费|1.00",
]
FLAT = [
    "因公出国（境）费|0.00",
    "公务接待费|3.00",
    "公务用车购置费|1.00",
    "公务用车运行维护费|{run}",
]


@pytest.mark.parametrize("items", [NESTED, FLAT], ids=["two levels", "one level"])
@pytest.mark.parametrize(
    ("total", "run", "row"),
    [("10.00", "6.00", ""), ("20.00", "6.00", "合计"), ("10.00", "5.00", "公务用车")],
    ids=["right", "total", "part"],
)
def test_the_total_above_its_items(
    pack: Pack, catalogue: Catalogue, items: list[str], total: str, run: str, row: str
) -> None:
    rows = [f"合计|{total}", *(item.format(run=run) for item in items)]
    document = present(pack, catalogue, TITLE, "单位：万元", ["项目|2026年预算数", *rows])
    found = told(document, pack, CHECKS)
    assert [each[:4] for each in found] == ["E904"] * bool(row)
    said = outcomes(document, pack, CHECKS)
    assert not [each for each in said if isinstance(each, Unchecked)]
    assert bool(row) or "E904" in {each.code for each in said if isinstance(each, Passed)}


@pytest.mark.parametrize("more", ["会议费|4.00", "公务接待费|1.00"])
def test_other_rows_may_be_part_of_the_total(pack: Pack, catalogue: Catalogue, more: str) -> None:
    rows = ["项目|2026年预算数", "合计|14.00", *(item.format(run="6.00") for item in NESTED), more]
    document = present(pack, catalogue, TITLE, "单位：万元", rows)
    assert not told(document, pack, CHECKS)
