"""Personal numbers are found, whatever they begin with, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.core.findings import Location
from generator.load.personal_data import (
    kind_of_number,
    masked,
    personal_data,
    personal_numbers,
    texts_of,
)
from generator.load.yaml.tree import Path_, SourceTree
from generator.model.disclosure import Disclosure, Entity, EntityKind, Overview
from generator.model.performance import LevelFunds, PeriodFunds, ProjectForm

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize("second", range(3, 10))
def test_mobile_numbers_begin_with_13_to_19(second: int) -> None:
    assert kind_of_number(f"1{second}000000000") == "手机号码"


@pytest.mark.parametrize(
    "other", ["10000000000", "11000000000", "12000000000", "23000000000", "1900000000"]
)
def test_other_numbers_of_about_that_length_are_none(other: str) -> None:
    assert kind_of_number(other) is None


def test_a_mobile_number_may_be_written_in_groups() -> None:
    assert kind_of_number("199 0000 0000") == "手机号码"
    assert kind_of_number("199-0000-0000") == "手机号码"
    assert kind_of_number("1990000000000") is None


@pytest.mark.parametrize("number", ["010-1234567", "0999-12345678", "0999 1234567"])
def test_a_landline_number_has_an_area_code_of_three_or_four_digits(number: str) -> None:
    assert kind_of_number(number) == "电话号码"


@pytest.mark.parametrize("other", ["01-12345678", "09999-1234567", "010-123456", "0101234567"])
def test_what_has_no_such_code_is_no_landline(other: str) -> None:
    assert kind_of_number(other) is None


def _id_card(first_seventeen: str) -> str:
    weighted = sum(int(d) * w for d, w in zip(first_seventeen, ID_WEIGHTS, strict=True))
    return first_seventeen + "10X98765432"[weighted % 11]


INVENTED_IDS = [_id_card("".join(str((7 * at + n) % 9 + 1) for at in range(17))) for n in range(11)]


@pytest.mark.parametrize("number", INVENTED_IDS)
def test_an_id_card_is_known_by_its_check_character(number: str) -> None:
    assert kind_of_number(number) == "身份证号码"
    assert kind_of_number(number.lower()) == "身份证号码"
    for wrong in set("0123456789X") - {number[-1]}:
        assert kind_of_number(number[:-1] + wrong) != "身份证号码"


def test_an_id_card_has_its_x_at_the_end_alone() -> None:
    assert kind_of_number(INVENTED_IDS[0][:16] + "X" + INVENTED_IDS[0][-1]) is None


def test_one_digit_of_an_id_card_changed_is_another_number() -> None:
    number = INVENTED_IDS[0]
    for at in range(17):
        changed = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert kind_of_number(changed) != "身份证号码"


def _bank_card(start: str, length: int) -> str:
    """The number that passes the check of ISO/IEC 7812, worked out by hand as banks do."""
    body = start.ljust(length - 1, "3")
    total = 0
    for at, digit in enumerate(reversed(body)):
        value = int(digit) * 2 if at % 2 == 0 else int(digit)
        total += value // 10 + value % 10
    return body + str(-total % 10)


@pytest.mark.parametrize("length", [16, 17, 18, 19])
@pytest.mark.parametrize("start", ["62", "45", "4999"])
def test_a_bank_card_has_sixteen_to_nineteen_digits(start: str, length: int) -> None:
    number = _bank_card(start, length)
    assert kind_of_number(number) == "银行卡号"
    other_check_digit = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert kind_of_number(other_check_digit) is None


@pytest.mark.parametrize("length", [15, 20])
def test_a_shorter_or_longer_number_is_no_bank_card(length: int) -> None:
    assert kind_of_number(_bank_card("62", length)) is None


def test_numbers_are_found_in_a_text_with_their_place() -> None:
    text = "办公电话：010-12345678，手机19900000000；项目 2050201 共 1,990,000.00 元。"
    found = [(each.kind, each.start, each.shown) for each in personal_numbers(text)]
    assert found == [("电话号码", 5, "010…78"), ("手机号码", 20, "199…00")]
    text += "登记号 123456789012。"
    assert masked(text) == text.replace("010-12345678", "010…78").replace("19900000000", "199…00")


def test_the_shortest_number_in_a_text_is_a_landline_of_eleven_characters() -> None:
    (found,) = personal_numbers("传真010-1234567。")
    assert found.kind == "电话号码"


def test_the_longest_number_in_a_text_is_a_bank_card_of_nineteen_digits() -> None:
    (found,) = personal_numbers(f"户号{_bank_card('62', 19)}。")
    assert found.kind == "银行卡号"
    spaced = " ".join(_bank_card("62", 16)[at : at + 4] for at in range(0, 16, 4))
    assert [each.kind for each in personal_numbers(spaced)] == ["银行卡号"]


@pytest.mark.parametrize("text", ["金额19900000000.00元", "金额1,19900000000", "编号1.19900000000"])
def test_digits_that_are_part_of_an_amount_are_no_telephone_number(text: str) -> None:
    assert not list(personal_numbers(text))
    assert masked(text) == text


def test_every_text_of_the_data_has_its_path() -> None:
    data = {"名称": "甲", "项目": [{"名称": "乙", "年": 1}, ("丙", None)]}
    assert list(texts_of(data)) == [
        (("名称",), "甲"),
        (("项目", 0, "名称"), "乙"),
        (("项目", 1, 0), "丙"),
    ]
    assert list(texts_of("丁", ("起",))) == [(("起",), "丁")]


NO_FUNDS = PeriodFunds.model_construct(
    term=LevelFunds.model_construct({}), year=LevelFunds.model_construct({})
)


class _Places(SourceTree):
    """A file in which the place of a value is its path."""

    def place(self, path: Path_, *, key: bool = False) -> Location:  # noqa: ARG002
        return Location(self.file.joinpath(*map(str, path)))


@pytest.mark.parametrize(("allowed", "code"), [(False, "E215"), (True, "W215")])
def test_a_number_in_the_data_is_told_with_its_place(*, allowed: bool, code: str) -> None:
    """In the order of the model: what stands before the forms, the forms, what stands after."""
    disclosure = Disclosure.model_construct(
        entity=Entity.model_construct(name="某某市档案馆", kind=EntityKind.UNIT, year=2026),
        overview=Overview.model_construct(duties=("收集档案。", "联系人19900000001。")),
        forms=(
            ProjectForm.model_construct(project="库房改造", funds=NO_FUNDS),
            ProjectForm.model_construct(project="展厅布展", unit="甲馆010-1234567", funds=NO_FUNDS),
        ),
        stated={"说明": "19900000002"},
    )
    found = personal_data(disclosure, _Places(Path("数据.yaml")), allowed=allowed)
    assert [(each.code, each.message, str(each.place.file)) for each in found if each.place] == [
        (code, "疑似手机号码：199…01（第 4 个字起）", "数据.yaml/概况/职责/1"),
        (code, "疑似电话号码：010…67（第 3 个字起）", "数据.yaml/项目绩效目标表/1/实施单位"),
        (code, "疑似手机号码：199…02（第 1 个字起）", "数据.yaml/核对数/说明"),
    ]
