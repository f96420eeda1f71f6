"""Two years side by side at every level: what ``disclosure explain-changes --levels`` prints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.changes.explain import paired
from generator.changes.levels import Level, compare_levels
from generator.changes.matching import NameDoubt, pair_codes
from generator.cli.main import cli
from generator.compose.compose import compose, compute
from generator.core.numbers.rounding import to_wan
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.last_year_of_the_unit import refer_to_last_year
from tests.two_years import write_years

_ECONOMIC = "一般公共预算基本支出经济科目"
_PROJECTS = "项目（不含上年结转）"
_UNITS = "各单位项目支出（不含上年结转）"


@pytest.fixture
def pair_of_years(unit_folder: Path) -> Path:
    refer_to_last_year(unit_folder)
    return unit_folder


def _levels(folder: Path, pack: Pack, catalogue: Catalogue) -> dict[str, Level]:
    loaded = compose(folder, pack, catalogue, draft=True).loaded
    assert loaded.prior is not None
    before, after = compute(loaded.prior, pack).year, compute(loaded, pack).year
    years, _ = paired(loaded, before, after)
    return {level.name: level for level in compare_levels(years, pack)}


def _invented(
    folder: Path, before: Mapping[str, Any], after: Mapping[str, Any], pack: Pack, names: Catalogue
) -> dict[str, Level]:
    reasons = dict.fromkeys(("收入总计", "支出总计", "三公经费", "机关运行经费"), "按需要安排")
    return _levels(write_years(folder, before, {**after, "变动原因": reasons}), pack, names)


def _rows(level: Level) -> dict[str, tuple[str, str]]:
    """Both years in 万元 by name."""
    return {row.name: (f"{to_wan(row.before)}", f"{to_wan(row.after)}") for row in level.rows}


def _printed(*arguments: str) -> str:
    done = CliRunner().invoke(cli, ["explain-changes", *arguments])
    assert done.exit_code in (0, 1), done.output
    return done.stdout


def test_the_worked_pair_is_compared_level_by_level(pair_of_years: Path) -> None:
    shown = re.sub(r" +", " ", _printed(str(pair_of_years), "--levels"))
    for line in (
        "│ 支出总计 │ 516.43 │ 774.48 │ +258.05 │ +49.97 │",
        "│ 一般公共预算拨款 │ 516.43 │ 774.48 │ +258.05 │ +49.97 │",
        "│ 基本支出 │ 110.93 │ 115.52 │ +4.59 │ +4.14 │",
        "│ 208 │ 社会保障和就业支出 │ 503.27 │ 760.42 │ +257.15 │ +51.10 │",
        "│ 20828 │ 　退役军人管理事务 │ 470.11 │ 730.89 │ +260.78 │ +55.47 │",
        "│ 2082804 │ 　　拥军优属 │ 123.00 │ 371.00 │ +248.00 │ +201.63 │",
        "│ 慰问驻军和军队离退休干部 │ 23.00 │ 23.00 │ 0.00 │ 0.00 │",
        "│ 军休干部服务用房维修 │ 50.00 │ 0.00 │ -50.00 │ -100.00 │",
    ):
        assert line in shown
    assert "主要原因" not in shown


def test_a_zero_base_has_no_percentage(pair_of_years: Path) -> None:
    shown = _printed(str(pair_of_years), "--levels")
    assert re.search(r"│ +0.00 │ 300.00 │ \+300.00 │ +— │", shown)


def test_what_neither_year_divides_is_compared_only_in_total(
    pair_of_years: Path, pack: Pack, catalogue: Catalogue
) -> None:
    economic = _levels(pair_of_years, pack, catalogue)[_ECONOMIC]
    assert (economic.rows, economic.undivided) == ((), ("上年", "本年"))
    shown = _printed(str(pair_of_years), "--levels")
    assert "上年、本年的数据没有分到这一级，只比合计。" in shown


def test_of_mere_totals_nothing_more_is_said(unit_folder: Path) -> None:
    shown = _printed(str(unit_folder), "--levels")
    assert re.search(r"收入总计 +│ 516.43 │ 774.48 │ \+258.05 │ \+49.97", shown)
    assert "上年只有以上合计数，没有明细，其余的增减无从得知：收入来源、" in shown
    assert "社会保障" not in shown
    assert shown.count("┏") == 1


def test_rows_and_undivided_rest_add_up_to_the_total(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    before = {"项目": {"2024年档案修复": 30}, "项目支出": {"2082899": 12}}
    after = {"项目": {"2025年档案修复": 36}, "项目支出": {"2082899": 10}}
    projects = _invented(tmp_path, before, after, pack, catalogue)[_PROJECTS]
    assert _rows(projects) == {"档案修复": ("30.00", "36.00"), "未分列": ("12.00", "10.00")}
    assert projects.total is not None
    assert projects.total.change == sum((row.change for row in projects.rows), Decimal(0))


def test_a_renamed_project_shows_both_names_and_is_doubtful(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    before = {"项目": {"馆藏纸质档案数字化加工": 30}}
    after = {"项目": {"馆藏纸质档案数字化加工服务": 36}}
    projects = _invented(tmp_path, before, after, pack, catalogue)[_PROJECTS]
    (row,) = projects.rows
    assert (row.name, row.former) == ("馆藏纸质档案数字化加工服务", "馆藏纸质档案数字化加工")
    assert len(projects.doubts) == 1
    shown = _printed(str(tmp_path / "本年"), "--levels")
    assert "拿不准：上年“馆藏纸质档案数字化加工”与本年“馆藏纸质档案数字化加工服务”" in shown


def test_carry_over_units_and_the_special_items_have_tables_of_their_own(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    before = {
        "单位": {"某某市一馆": {"项目": {"修缮": 10}}, "某某市二馆": {"结转": {"布展": 4}}},
        "三公": {"公务接待费": 1.5},
        "机关": {"某某市一馆": 20},
    }
    after = {
        "单位": {"某某市一馆": {"项目": {"修缮": 14}, "结转": {"修缮": 1}}, "某某市二馆": {}},
        "三公": {"公务接待费": 1},
        "机关": {"某某市一馆": 22},
    }
    levels = _invented(tmp_path, before, after, pack, catalogue)
    assert _rows(levels[_UNITS]) == {"某某市一馆": ("10.00", "14.00")}
    assert _rows(levels["上年结转（按项目）"]) == {
        "某某市一馆修缮": ("0.00", "1.00"),
        "某某市二馆布展": ("4.00", "0.00"),
    }
    assert _rows(levels["“三公”经费"]) == {"公务接待费": ("1.50", "1.00")}
    assert _rows(levels["机关运行经费"]) == {"某某市一馆": ("20.00", "22.00")}


def test_economic_subjects_are_compared_where_both_years_have_them(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    before = {"人员": {"30101": 50}, "公用": {"30201": 6}}
    after = {"人员": {"30101": 55}, "公用": {"30201": 6, "30211": 2}}
    economic = _invented(tmp_path, before, after, pack, catalogue)[_ECONOMIC]
    amounts = {row.code: f"{to_wan(row.before)} → {to_wan(row.after)}" for row in economic.rows}
    assert amounts == {
        "301": "50.00 → 55.00",
        "30101": "50.00 → 55.00",
        "302": "6.00 → 8.00",
        "30201": "6.00 → 6.00",
        "30211": "0.00 → 2.00",
    }


def test_a_code_that_changed_is_matched_by_likeness_below_the_same_parent() -> None:
    before = {"2082801": "行政运行", "2082850": "事业运行", "2089901": "其他社会保障和就业支出"}
    after = {"2081601": "行政运行", "2082850": "事业运行", "2089999": "其他社会保障和就业支出"}
    same, doubts = pair_codes(before, after, {})
    assert same == {"2082850": "2082850", "2089901": "2089999"}
    assert doubts == [NameDoubt("2089901 其他社会保障和就业支出", "2089999 其他社会保障和就业支出")]


def test_items_follow_a_section_whose_code_changed() -> None:
    same, _ = pair_codes({"2083001": "行政运行"}, {"2082801": "行政运行"}, {"20830": "20828"})
    assert same == {"2083001": "2082801"}


def test_a_code_with_quite_another_name_is_doubtful() -> None:
    same, doubts = pair_codes({"2080801": "死亡抚恤"}, {"2080801": "义务兵优待"}, {})
    assert same == {"2080801": "2080801"}
    assert doubts == [NameDoubt("2080801 死亡抚恤", "2080801 义务兵优待")]


def test_a_changed_code_is_shown_with_both_codes(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    before = {"基本": {"2050302": 5, "2082850": 40}}
    after = {"基本": {"2050305": 6, "2082850": 40}}
    _invented(tmp_path, before, after, pack, catalogue)
    shown = re.sub(r" +", " ", _printed(str(tmp_path / "本年"), "--levels"))
    assert "2050305（上年2050302） │" in shown
    assert "拿不准：上年“2050302 中等职业教育”与本年“2050305 高等职业教育”当作同一个，请核" in shown


def test_levels_and_yaml_exclude_each_other(unit_folder: Path) -> None:
    done = CliRunner().invoke(cli, ["explain-changes", str(unit_folder), "--levels", "--yaml"])
    assert done.exit_code == 2
    assert "只能用一个" in done.stderr


def test_a_level_that_no_statement_has_is_an_error_of_the_pack(
    pair_of_years: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(PACKS / "yangquan", tmp_path / "pack"))
    file = folder / "pack.yaml"
    settings = file.read_text(encoding="utf-8")
    wrong = settings.replace("各行: {表: 表十一, 维度: [单位]}", "各行: {表: 表十九, 维度: [单位]}")
    file.write_text(wrong, encoding="utf-8")
    arguments = ["explain-changes", str(pair_of_years), "--levels", "--pack", str(folder)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    assert "没有数字“表十九/…/合计”" in done.stderr
