"""What a cell of a worksheet says is what it shows; what is not clear is refused with its place."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from generator.core.findings import Finding, UnusableInputError
from generator.load.catalogue import Catalogue
from tests.conftest import ROOT
from tests.test_worksheet import EXAMPLE, Office


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> bytes:
    office = Office(ROOT / "data" / EXAMPLE, catalogue)
    office.file = tmp_path_factory.mktemp("exported") / "填报.xlsx"
    office.export()
    return office.file.read_bytes()


@pytest.fixture
def office(tmp_path: Path, catalogue: Catalogue, exported: bytes) -> Office:
    copied = shutil.copytree(ROOT / "data" / EXAMPLE, tmp_path / "示例市示例局-2026")
    made = Office(Path(copied), catalogue)
    made.file.write_bytes(exported)
    return made


def _type(office: Office, sheet: str, name: str, value: object, number_format: str = "") -> None:
    def change(cells: object) -> None:
        cell = cells[sheet][name]  # type: ignore[index]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    office.type_in(change)


def _refused(office: Office) -> Finding:
    with pytest.raises(UnusableInputError) as refused:
        office.data()
    (finding,) = refused.value.findings
    return finding


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.99, "0%", "99%"),
        (0.985, "0.0%", "98.5%"),
        (0.985, "0.00%", "98.50%"),
        (12000, "#,##0", "12,000"),
        (3, "0.00", "3.00"),
        (12, '0"人"', "12人"),
        (95, '"≥"0"分"', "≥95分"),
        (360, "General", "360"),
        (datetime(2026, 12, 31), "yyyy/m/d", "2026年12月31日"),
        (datetime(2026, 12, 31), 'm"月"d"日"', "12月31日"),  # the year is that of the typing
        (datetime(2026, 6, 1), 'yyyy"年"m"月"', "2026年6月"),
        (datetime(2026, 1, 12, 10, 30), "yyyy-mm-dd h:mm", "2026-01-12 10:30"),
    ],
)
def test_a_text_is_read_as_it_is_shown(
    value: object, number_format: str, shown: str, office: Office
) -> None:
    _type(office, "绩效指标", "G5", value, number_format)
    first, *_ = office.data()["项目绩效目标表"]
    assert shown in str(first["绩效指标"])


@pytest.mark.parametrize(
    ("number_format", "cause"),
    [
        ("# ?/?", "里面是数 0.75，按格子的数字格式不知道显示成什么"),
        ("0.00E+00", "里面是数 0.75，按格子的数字格式不知道显示成什么"),
        (";;;", "里面是数 0.75，按格子的数字格式什么也不显示"),
    ],
)
def test_a_text_whose_look_is_not_known_is_refused(
    number_format: str, cause: str, office: Office
) -> None:
    _type(office, "绩效指标", "G5", 0.75, number_format)
    message = _refused(office).message
    assert message.startswith(f"工作表“绩效指标”G5：{cause}")
    assert "把格式改成“文本”" in message


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (1234567.89, "#,##0.00"),
        (1234567.89, "#,##0"),
        (1234567.89, "0"),
        (1234567.89, "¥#,##0.00"),
        (1234567.89, '#,##0.00"元"'),
        (1234567.89, '#,##0.00,"千元"'),
        (1234567.89, '0!.0,"万元"'),
    ],
)
def test_an_amount_is_the_number_however_it_is_shown(
    value: float, number_format: str, office: Office
) -> None:
    _type(office, "收支", "E5", value, number_format)
    assert "1234567.89" in str(office.data()["收支"][0])


@pytest.mark.parametrize(
    ("number_format", "shown"), [('0.00"万元"', "193.20万元"), ('0"亿"', "193亿"), (";;;", "")]
)
def test_an_amount_that_shows_another_one_is_refused(
    number_format: str, shown: str, office: Office
) -> None:
    _type(office, "收支", "E5", 193.2, number_format)
    message = _refused(office).message
    assert message.startswith("工作表“收支”E5：")
    assert (shown or "什么也不显示") in message


@pytest.mark.parametrize("number_format", ["General", "#,##0", "0.00", "0000000"])
def test_a_code_is_read_without_what_its_format_adds(number_format: str, office: Office) -> None:
    _type(office, "收支", "B5", 2010507, number_format)
    assert office.data()["收支"][0]["科目"] == "2010507"
