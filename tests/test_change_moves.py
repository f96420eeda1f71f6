"""What holds of every explained change: amounts add up, signs agree, nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.changes.drivers import choose, printed_change
from generator.changes.explain import Explanation, explanations_of
from generator.changes.matching import bare_project_name, identity, name_likeness
from generator.changes.moves import Move, MoveKind
from generator.changes.prior import add_prior_figures
from generator.checks.text.changes import changes_in_passage
from generator.checks.text.reason_words import flaw_of, has_figures_both_ways
from generator.compose.compose import compute
from generator.core.findings import Location
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.pack.pack import Pack, ReasonSettings
from generator.reading.document import Passage
from tests.two_years import Year, write_years

AMOUNTS = st.integers(1, 30_000_000).map(lambda fen: Decimal(fen) / 100 / YUAN_PER_WAN)
PROJECTS = [
    "城连共建",
    "档案征集经费",
    "2024年遗属补助",
    "2025年遗属补助",
    "库房改造（第一批）",
    "库房改造（第二批）",
]


def _some(*keys: str) -> st.SearchStrategy[dict[str, Decimal]]:
    return st.dictionaries(st.sampled_from(keys), AMOUNTS, max_size=len(keys))


YEARS = st.fixed_dictionaries(
    {
        "人员": _some("30101", "30102", "30113"),
        "公用": _some("30201", "30211", "30231"),
        "项目": _some(*PROJECTS, *(f"第{n}展厅布展" for n in "甲乙丙丁戊己庚辛")),
        "结转": _some("城连共建", "新馆基建"),
        "三公": _some("公务接待费", "公务用车购置费", "公务用车运行维护费"),
        "机关": _some("某某市档案馆"),
    },
    optional={"单位资金": AMOUNTS},
)


def _explained(
    before: Year, after: Year, folder: Path, pack: Pack, catalogue: Catalogue
) -> Iterator[Explanation]:
    loaded, findings = load_entity(write_years(folder, before, after), catalogue, pack.vocabulary)
    assert loaded is not None, findings
    assert loaded.prior is not None
    this, last = compute(loaded, pack).year, compute(loaded.prior, pack).year
    add_prior_figures(pack.settings.comparisons, loaded, last, this.figures)
    explanations, _ = explanations_of(loaded, this, last, pack)
    for each in explanations.values():
        figures = this.figures
        change = figures[each.comparison.current].value - figures[each.comparison.prior].value
        assert sum((move.amount for move in each.moves), Decimal(0)) == change
        yield each


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=YEARS, after=YEARS)
def test_what_is_said_of_two_years_adds_up_and_passes_the_checks(
    before: Year, after: Year, tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    for explanation in _explained(before, after, tmp_path, pack, catalogue):
        _adds_up(explanation)
        _passes_the_checks(explanation, pack)


def _adds_up(explanation: Explanation) -> None:
    """What is named and the rest sum to the change; the largest is named, nothing twice."""
    choice = explanation.choice
    if choice is None:
        return
    named = [driver.move for driver in choice.named]
    amounts = [driver.amount for driver in choice.named]
    assert sum(amounts, choice.rest) == explanation.place.change
    assert all(amount * move.amount > 0 for amount, move in zip(amounts, named, strict=True))
    rest = sum((move.amount for move in choice.unnamed), Decimal(0))
    assert choice.rest * rest >= 0
    candidates = [m for m in (*named, *choice.unnamed) if m.kind is not MoveKind.REST]
    assert max(candidates, key=lambda move: abs(move.amount)) in named
    assert len({(move.kind, move.unit, move.name) for move in named}) == len(named)
    assert not set(map(id, named)) & set(map(id, choice.unnamed))


def _passes_the_checks(explanation: Explanation, pack: Pack) -> None:
    """The checks read the reason to its end and find nothing wrong with it."""
    place, reason = explanation.place, explanation.reason
    if reason is None:
        return
    way = "增加" if place.change > 0 else "减少"
    stated = f"{place.name}{place.after}万元，比上年{way}{abs(place.change)}万元"
    passage = Passage("一", f"{stated}，主要原因是{reason.text}。", Location(Path()))
    (change,) = changes_in_passage(passage, "某某市档案馆")
    assert change.reason == reason.text
    assert flaw_of(change, pack.phrases.reasons) is None
    named = explanation.choice.named if explanation.choice else ()
    if not has_figures_both_ways(reason.text):
        assert all(abs(driver.amount) <= abs(place.change) for driver in named)


def _move(name: str, before: int, after: int) -> Move:
    return Move(MoveKind.PROJECT, name, Decimal(before), Decimal(after))


def test_cents_that_rounding_leaves_go_to_what_was_rounded_most() -> None:
    moves = [_move("甲", 0, 100_049), _move("乙", 0, 50_049), _move("丙", 0, 20_049)]
    change = Decimal("17.01")  # 17.0147 as one; the three alone print 10.00, 5.00 and 2.00
    choice = choose(moves, change, ReasonSettings())
    assert choice is not None
    assert [driver.amount for driver in choice.named] == [
        Decimal("10.01"),
        Decimal("5.00"),
        Decimal("2.00"),
    ]
    assert choice.rest == 0


def test_a_change_that_goes_one_way_names_a_move_that_way() -> None:
    moves = [_move(name, 500_000, 0) for name in "甲乙丙"]
    moves += [_move(f"展厅{n}", 0, 160_000) for n in range(10)]
    choice = choose(moves, Decimal("10.00"), ReasonSettings())
    assert choice is not None
    assert any(driver.amount > 0 for driver in choice.named)


def test_nothing_is_said_of_a_change_that_the_books_do_not_divide() -> None:
    rest = Move(MoveKind.REST, "未能分列", Decimal(0), Decimal(800_000))
    assert choose([rest, _move("甲", 0, 100_000)], Decimal("90.00"), ReasonSettings()) is None


def test_settings_say_how_many_and_how_small() -> None:
    moves = [_move(f"项目{n}", 0, 100_000 * (6 - n)) for n in range(6)]
    few = ReasonSettings.model_validate({"最多": 1})
    all_of_them = ReasonSettings.model_validate({"说明到": 100, "最多": 8, "最小": 0})
    large = ReasonSettings.model_validate({"最小": 25, "最多": 8})
    for chosen, count in ((few, 1), (all_of_them, 6), (large, 1)):
        choice = choose(moves, Decimal("210.00"), chosen)
        assert choice is not None
        assert len(choice.named) == count
        assert sum((d.amount for d in choice.named), choice.rest) == Decimal("210.00")


def test_printed_amounts_are_those_of_both_years_tables() -> None:
    assert printed_change(_move("甲", 100_049, 200_050)) == Decimal("10.01")  # 20.01 − 10.00


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024年遗属补助", "2025年遗属补助", True),
        ("2024-2025学年助学金", "2025-2026学年助学金", True),
        ("档案征集经费（第一批）", "档案征集经费（第二批）", True),
        ("双拥创建活动", "双拥创建活动经费", True),
        ("小学档案辅导员培训", "初中档案辅导员培训", False),
        ("中央补助资金", "省级补助资金", False),
    ],
)
def test_a_name_is_compared_without_year_and_batch(one: str, other: str, *, same: bool) -> None:
    assert (identity(one) == identity(other)) is same


def test_telling_words_keep_names_apart() -> None:
    assert name_likeness("馆藏档案数字化加工", "馆藏档案数字化加工与整理") >= 0.8
    assert name_likeness("市级农村公路养护补助", "省级农村公路养护补助") == 0


def test_a_name_that_is_only_a_year_stays() -> None:
    assert bare_project_name("2025年") == "2025年"
    assert bare_project_name("2022年慰问驻军") == "慰问驻军"
