"""One cause is told once: which differences a wrong leaf brings with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compare.compare import compare_sides
from generator.compare.difference import (
    Comparison,
    Difference,
    DifferenceKind,
    PairedCell,
    PairedRow,
    Part,
)
from generator.compare.side import side_of_draft
from generator.drafts.words.units import PRESCRIBED, Unit
from generator.pack.pack import Pack
from generator.reports.diff.view import NumberedDifference, View
from tests.test_drafts import p, word


def wrong(ours: str, theirs: str, *leaves: str, unit: Unit = PRESCRIBED) -> Difference:
    units, held = (unit, unit), frozenset(leaves)
    return Difference(
        DifferenceKind.AMOUNT, "表五", ours, theirs, None, None, units=units, leaves=held
    )


def items(*differences: Difference) -> list[NumberedDifference]:
    cells = tuple(PairedCell(each.ours, each.theirs, each) for each in differences)
    return list(View.of(Comparison("甲", "乙", (Part("表五", "报表", (PairedRow(cells),)),))).items)


def told(*differences: Difference) -> list[tuple[int, tuple[int, ...]]]:
    return [(each.cause, each.effects) for each in items(*differences)]


def test_a_sum_that_holds_the_leaf_and_differs_by_as_much_is_its_effect() -> None:
    assert told(
        wrong("16.57", "17.02", "甲", "乙"), wrong("11.05", "11.50", "甲"),
        wrong("774.48", "774.93", "甲", "乙", "丙"),
    ) == [(2, ()), (0, (1, 3)), (2, ())]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        wrong("5.52", "5.97", "乙"),  # of another leaf
        wrong("16.57", "17.00", "甲", "乙"),  # by another amount
        wrong("11.05", "10.60", "甲"),  # the other way
        wrong("11.05", "11.50"),  # nobody knows of what
    ],
)
def test_what_is_not_sure_to_be_of_one_cause_is_told_apart(other: Difference) -> None:
    assert told(wrong("11.05", "11.50", "甲"), other) == [(0, ()), (0, ())]


def test_tables_in_yuan_and_in_wan_are_of_one_cause() -> None:
    in_yuan = wrong("110500", "115000", "甲", "乙", unit=Unit.YUAN)
    assert told(wrong("11.05", "11.50", "甲"), in_yuan) == [(0, (2,)), (1, ())]


def test_tracked_changes_and_comments_are_told(tmp_path: Path, pack: Pack) -> None:
    inserted = '<w:ins w:id="1" w:author="甲"><w:r><w:t>增</w:t></w:r></w:ins>'
    file = word(tmp_path, p("甲") + p("乙", inserted))
    plain = tmp_path / "另一份.txt"
    plain.write_text("甲\n乙增\n", encoding="utf-8")
    comparison = compare_sides(side_of_draft(file, pack), side_of_draft(plain, pack), pack)
    (remark,) = comparison.remarks
    assert remark.startswith(f"{file.name} 里有 1 处修订：没有接受的也按接受以后的文字比较")


def test_what_nobody_sees_is_told(tmp_path: Path, pack: Pack) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部数 5.00</w:t></w:r>"
    file = word(tmp_path, p("甲") + p("乙", hidden))
    plain = tmp_path / "另一份.txt"
    plain.write_text("甲\n乙\n", encoding="utf-8")
    comparison = compare_sides(side_of_draft(file, pack), side_of_draft(plain, pack), pack)
    (remark,) = comparison.remarks
    assert remark.startswith(f"{file.name} 里有 1 处隐藏文字：看不见的内容没有比较")
    assert comparison.equal
