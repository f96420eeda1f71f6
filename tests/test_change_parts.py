"""情况说明 二 to 四 against last year, by source and class, where the pack asks (收入支出分项)."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.changes.moves import Move, MoveKind
from generator.changes.parts import part_changes
from generator.checks.rules import CHECKS
from generator.compose.compose import compose
from generator.compose.document.tree import text_of_element
from generator.core.findings import Finding
from generator.core.numbers.rounding import to_wan
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from generator.reading.from_data import presented_data
from tests.last_year_of_the_unit import refer_to_last_year
from tests.two_years import write_years

_SECTIONS = ("二、收入预算情况说明", "三、支出预算情况说明", "四、财政拨款收支预算总体情况说明")


@pytest.fixture
def asking_pack(tmp_path: Path) -> Pack:
    folder = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    file = folder / "pack.yaml"
    settings = file.read_text(encoding="utf-8")
    assert "收入支出分项: 否" in settings
    file.write_text(settings.replace("收入支出分项: 否", "收入支出分项: 是"), encoding="utf-8")
    return load_pack(folder)


def _sentences(folder: Path, pack: Pack, catalogue: Catalogue) -> list[str]:
    """What 二, 三 and 四 say against last year; empty where they say nothing."""
    body = compose(folder, pack, catalogue, draft=True).document.body
    blocks = [text_of_element(block) for block in body.iter("h2", "p")]
    found = []
    for heading in _SECTIONS:
        paragraph = blocks[len(blocks) - blocks[::-1].index(heading)]
        said = re.search(r"。((?:与上年相比|总额与上年|各项均与上年).*)", paragraph)
        found.append(said[1] if said else "")
    return found


def _findings(folder: Path, pack: Pack, catalogue: Catalogue) -> list[tuple[str, str]]:
    document = presented_data(compose(folder, pack, catalogue, draft=True), pack)
    outcomes = [outcome for check in CHECKS for outcome in check(document, pack)]
    return [(each.code, each.message) for each in outcomes if isinstance(each, Finding)]


def _two(folder: Path, before: dict[str, Any], after: dict[str, Any]) -> Path:
    return write_years(folder / "两年", before, after)


def test_the_worked_pair_says_what_changed_by_source_and_class(
    unit_folder: Path, asking_pack: Pack, catalogue: Catalogue
) -> None:
    refer_to_last_year(unit_folder)
    for file in unit_folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("  无数据表: [表三, 表四, 表六]\n", ""), encoding="utf-8")
    assert _sentences(unit_folder, asking_pack, catalogue) == [
        "与上年相比，一般公共预算拨款增加258.05万元。",
        "与上年相比，项目支出增加253.46万元、基本支出增加4.59万元。",
        "与上年相比，社会保障和就业支出增加257.14万元、住房保障支出增加0.60万元、"
        "卫生健康支出增加0.31万元。",
    ]


def test_a_statement_published_without_data_says_nothing(
    unit_folder: Path, asking_pack: Pack, catalogue: Catalogue
) -> None:
    refer_to_last_year(unit_folder)
    income, spending, appropriations = _sentences(unit_folder, asking_pack, catalogue)
    assert income
    assert (spending, appropriations) == ("", "")


def test_nothing_is_said_by_default_nor_without_last_year_s_data(
    unit_folder: Path, pack: Pack, asking_pack: Pack, catalogue: Catalogue
) -> None:
    assert _sentences(unit_folder, asking_pack, catalogue) == ["", "", ""]
    refer_to_last_year(unit_folder)
    assert _sentences(unit_folder, pack, catalogue) == ["", "", ""]


def test_an_unchanged_year_says_so(tmp_path: Path, asking_pack: Pack, catalogue: Catalogue) -> None:
    year = {"人员": {"30101": 50}, "单位资金": 5}
    said = _sentences(_two(tmp_path, year, year), asking_pack, catalogue)
    assert said == ["各项均与上年预算数相同。"] * 3


def test_parts_that_cancel_are_named_on_both_sides(
    tmp_path: Path, asking_pack: Pack, catalogue: Catalogue
) -> None:
    before = {"人员": {"30101": 50}, "单位资金": 5}
    after = {"人员": {"30101": 47}, "单位资金": 8}
    said = _sentences(_two(tmp_path, before, after), asking_pack, catalogue)
    assert (
        said[0]
        == "总额与上年预算数相同，其中：一般公共预算拨款减少3.00万元、单位资金增加3.00万元。"
    )


def test_the_checks_find_nothing_in_these_sentences(
    tmp_path: Path, asking_pack: Pack, pack: Pack, catalogue: Catalogue
) -> None:
    before = {"人员": {"30101": 50}, "公用": {"30201": 4}, "单位资金": 5, "项目": {"修缮": 10}}
    after = {"人员": {"30101": 52}, "公用": {"30201": 4}, "单位资金": 8, "项目": {"修缮": 9}}
    folder = _two(tmp_path, before, after)
    with_them, without = (_findings(folder, each, catalogue) for each in (asking_pack, pack))
    assert with_them == without


_YUAN = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@given(
    parts=st.lists(st.tuples(_YUAN, _YUAN), min_size=1, max_size=8),
    beyond=st.tuples(_YUAN, _YUAN),
)
def test_the_amounts_add_up_to_the_printed_change(
    parts: list[tuple[Decimal, Decimal]], beyond: tuple[Decimal, Decimal]
) -> None:
    moves = [Move(MoveKind.PART, f"第{n}项", *amounts) for n, amounts in enumerate(parts)]
    before = sum((was for was, _ in parts), beyond[0])
    after = sum((now for _, now in parts), beyond[1])
    found = part_changes(Move(MoveKind.PART, "总数", before, after), moves, 3)
    if found is None:
        return
    signed = [
        part.amount.printed if part.way == "增加" else -part.amount.printed for part in found.parts
    ]
    assert sum(signed, Decimal(0)) == to_wan(after) - to_wan(before)
    assert len(found.parts) <= 5
    assert all(part.amount.printed > 0 for part in found.parts)
