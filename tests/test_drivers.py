"""Which moves of a change are named: what is too small, who gets cents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest

from generator.changes.drivers import Driver, NamedDrivers, choose, largest_first, with_details
from generator.changes.moves import Move, MoveKind
from generator.pack.pack import ReasonSettings

WAN = 10_000


def _move(name: str, wan: str, *, kind: MoveKind = MoveKind.PROJECT) -> Move:
    """A project that is new, or gone, in 万元."""
    amount = Decimal(wan) * WAN
    return Move(kind, name, max(-amount, Decimal(0)), max(amount, Decimal(0)))


def _moves(amounts: Iterable[str], *, kind: MoveKind = MoveKind.PROJECT) -> list[Move]:
    return [_move(f"项目{n}", wan, kind=kind) for n, wan in enumerate(amounts)]


def _change(moves: Iterable[Move]) -> Decimal:
    return sum((move.amount for move in moves), Decimal(0)) / WAN


def _settings(covered: int = 80, most: int = 8, smallest: int = 5) -> ReasonSettings:
    return ReasonSettings.model_validate({"说明到": covered, "最多": most, "最小": smallest})


def _named(moves: Sequence[Move], settings: ReasonSettings) -> list[str]:
    choice = choose(moves, _change(moves), settings)
    assert choice is not None
    assert sum((driver.amount for driver in choice.named), choice.rest) == _change(moves)
    return [driver.move.name for driver in choice.named]


@pytest.mark.parametrize(
    ("amounts", "count"),
    [
        (("80", "7", "7", "6"), 1),  # 80 of 100 are enough
        (("79.99", "8", "7", "5.01"), 2),  # 79.99 are not
        (("80", "10", "5", "5"), 2),  # half of what may stay uncovered is still named
        (("80", "9.99", "5.01", "5"), 1),
    ],
)
def test_the_largest_are_named_until_enough_is_covered(amounts: Sequence[str], count: int) -> None:
    assert len(_named(_moves(amounts), _settings())) == count


@pytest.mark.parametrize(
    ("amounts", "count"), [(("60", "20", "10", "10"), 4), (("60.01", "20.01", "9.99", "9.99"), 2)]
)
def test_what_is_smaller_than_the_smallest_is_not_named(amounts: Sequence[str], count: int) -> None:
    assert len(_named(_moves(amounts), _settings(covered=100, smallest=10))) == count


def test_a_single_move_that_would_be_left_is_named() -> None:
    assert len(_named(_moves(["60", "30", "10"]), _settings(most=2))) == 3
    assert len(_named(_moves(["60", "20", "10", "10"]), _settings(most=2))) == 2


def test_many_small_projects_are_told_as_one() -> None:
    moves = [_move(f"新{n}", "10") for n in range(10)]
    choice = choose(moves, Decimal(100), _settings(most=2))
    assert choice is not None
    (driver,) = choice.named
    assert driver.move.kind is MoveKind.GROUP
    assert driver.amount == 100
    assert len(driver.move.details) == 10


def test_two_projects_are_never_a_group_and_three_are() -> None:
    """Beside eight that ended, two or three that are new and small."""
    ended = [_move(f"旧{n}", "-10") for n in range(8)]
    for count, grouped in ((2, False), (3, True)):
        moves = [*ended, *(_move(f"新{n}", "1") for n in range(count))]
        choice = choose(moves, _change(moves), _settings(most=1))
        assert choice is not None
        told = [*(driver.move for driver in choice.named), *choice.unnamed]
        new = [move for move in told if move.amount > 0]
        assert [move.kind for move in new] == [
            MoveKind.GROUP if grouped else MoveKind.PROJECT
        ] * len(new)
        assert len(new) == (1 if grouped else count)


def test_projects_that_say_half_of_the_change_stay_apart() -> None:
    assert _named(_moves(["50", *["5"] * 10]), _settings(most=1)) == ["项目0"]


def test_half_of_the_change_may_be_undivided_and_no_more() -> None:
    undivided = _move("未能分列", "50", kind=MoveKind.REST)
    for project, said in (("50", True), ("49.99", False)):
        moves = [undivided, _move("甲", project)]
        choice = choose(moves, _change(moves), _settings())
        assert (choice is not None) is said


def test_what_is_undivided_or_prints_as_zero_is_never_named() -> None:
    moves = [_move("甲", "60"), _move("未能分列", "30", kind=MoveKind.REST), _move("乙", "0.004")]
    choice = choose(moves, Decimal(90), _settings(covered=100, smallest=0))
    assert choice is not None
    assert [driver.move.name for driver in choice.named] == ["甲"]
    assert choice.rest == 30


def test_a_rise_and_a_cut_are_each_named_once() -> None:
    assert _named(_moves(["50", "-40"]), _settings()) == ["项目0", "项目1"]


def test_little_is_a_change_too() -> None:
    """Of half a 万元, and of one 分 that turns 49.99 元 into a printed 0.01."""
    assert _named([_move("甲", "0.50")], _settings()) == ["甲"]
    one_fen = Move(MoveKind.PROJECT, "乙", Decimal("49.99"), Decimal("50.00"))
    choice = choose([one_fen], Decimal("0.01"), _settings())
    assert choice is not None
    assert [driver.amount for driver in choice.named] == [Decimal("0.01")]


def test_nothing_is_said_of_no_change() -> None:
    assert choose([_move("甲", "5"), _move("乙", "-5")], Decimal(0), _settings()) is None


@pytest.mark.parametrize(("most", "named"), [(1, [-50, 30]), (2, [-50, 30]), (3, [-50, -40, 30])])
def test_one_of_those_named_goes_the_way_of_the_change(most: int, named: Sequence[int]) -> None:
    """22 more in all, and the three largest moves are cuts: the largest rise is named as well."""
    moves = _moves(["-50", "-40", "-38", *["30"] * 5], kind=MoveKind.BASIC)
    choice = choose(moves, Decimal(22), _settings(most=most))
    assert choice is not None
    assert [int(driver.amount) for driver in choice.named] == named


def test_nothing_is_said_if_none_goes_that_way() -> None:
    assert choose(_moves(["-5", "-3"]), Decimal(1), _settings()) is None


# Cents


def _yuan(name: str, yuan: int) -> Move:
    return Move(MoveKind.PROJECT, name, Decimal(0), Decimal(yuan))


def test_rounding_alone_is_no_rest() -> None:
    """What is not named makes 0.03 at most beside two that are: it goes to the amounts named."""
    named = [_yuan("甲", 500_000), _yuan("乙", 400_000)]
    for rest, told in ((300, Decimal(0)), (301, Decimal("0.04"))):
        moves = [*named, _yuan("丙", rest - 40), _yuan("丁", 40)]
        change = Decimal("90.04")
        choice = choose(moves, change, _settings(most=2))
        assert choice is not None
        assert choice.rest == told
        assert sum((driver.amount for driver in choice.named), choice.rest) == change


def test_a_negative_cent_goes_to_what_was_rounded_up_most() -> None:
    moves = [_yuan("甲", 100_060), _yuan("乙", 50_090)]  # 10.01 + 5.01, together 15.015
    choice = choose(moves, Decimal("15.01"), _settings())
    assert choice is not None
    assert [driver.amount for driver in choice.named] == [Decimal("10.00"), Decimal("5.01")]
    assert choice.rest == 0


def test_of_two_rounded_alike_the_larger_takes_the_cent() -> None:
    moves = [_yuan("乙", 50_040), _yuan("甲", 100_040)]
    choice = choose(moves, Decimal("15.01"), _settings())
    assert choice is not None
    assert {each.move.name: each.amount for each in choice.named} == {
        "甲": Decimal("10.01"),
        "乙": Decimal("5.00"),
    }


def test_no_amount_is_turned_round_by_cents() -> None:
    """The only move is 0.01 and the change −0.01: no sentence can say so."""
    assert largest_first([_yuan("甲", 60)], Decimal("-0.01"), 1) is None
    assert largest_first([_yuan("甲", 60)], Decimal("0.00"), 1) is None
    assert largest_first([_yuan("甲", 60)], Decimal("0.01"), 1) is not None
    beside_a_large_one = [_yuan("乙", 1_000_010), _yuan("甲", 60)]
    assert largest_first(beside_a_large_one, Decimal("100.00"), 1) is None
    assert largest_first(beside_a_large_one, Decimal("100.01"), 1) is not None


# The largest of a level


def _largest(amounts: Sequence[str], most: int) -> NamedDrivers | None:
    moves = _moves(amounts)
    return largest_first(moves, _change(moves), most)


@pytest.mark.parametrize(("count", "named"), [(2, 2), (3, 3), (4, 2)])
def test_a_level_names_the_most_or_one_more(count: int, named: int) -> None:
    choice = _largest([str(10 - n) for n in range(count)], most=2)
    assert choice is not None
    assert [driver.amount for driver in choice.named] == [10 - n for n in range(named)]
    assert len(choice.unnamed) == count - named


def test_a_level_names_nothing_that_prints_as_zero_or_is_undivided() -> None:
    rest = _move("未能分列", "9", kind=MoveKind.REST)
    choice = largest_first([_move("甲", "0.001"), rest, _move("乙", "5")], Decimal(14), 3)
    assert choice is not None
    assert [driver.move.name for driver in choice.named] == ["乙"]
    assert largest_first([rest], Decimal(9), 3) is None


# Details


@pytest.mark.parametrize(
    ("detail", "told"),
    [("10", True), ("5", True), ("4.99", False), ("10.01", False), ("-6", False)],
)
def test_a_detail_is_the_same_way_not_larger_and_not_too_small(detail: str, *, told: bool) -> None:
    whole = Move(
        MoveKind.GROUP, "若干", Decimal(0), Decimal(100_000), details=(_move("甲", detail),)
    )
    details = with_details(Driver(whole, Decimal(10)), least=Decimal("0.5"))
    assert [each.move.name for each in details] == (["甲"] if told else [])


def test_a_detail_of_a_small_move_is_told_too() -> None:
    whole = Move(MoveKind.GROUP, "若干", Decimal(0), Decimal(9_000), details=(_move("甲", "0.60"),))
    details = with_details(Driver(whole, Decimal("0.90")), least=Decimal("0.5"))
    assert [each.amount for each in details] == [Decimal("0.60")]
