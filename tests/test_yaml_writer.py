"""What was imported is written whole: no section, no order and no doubt gets lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.drafts.draft import Draft, Spot
from generator.importing.data_files import write_yaml
from generator.importing.reading import ImportResult
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.tree import read_yaml
from generator.load.yaml.write import yaml_text

ENTITY = {"单位信息": {"名称": "甲"}}
FORMS = "项目绩效目标表"


def _reading(**sections: Any) -> ImportResult:
    return ImportResult(Draft(Path("稿.txt"), ()), ENTITY | sections)


def _read(folder: Path) -> Any:
    source = read_yaml_folder(folder, splittable=("项目", FORMS))
    assert source.findings == []
    return source.data


def _form(number: int, unit: str) -> dict[str, str]:
    return {"项目名称": f"项目{number}", "实施单位": unit}


@pytest.mark.parametrize(
    "units",
    [["甲", "乙", "甲"], [f"单位{number}" for number in range(120)], ["", "长" * 100, "a/b"]],
)
def test_forms_keep_their_order(units: list[str], tmp_path: Path) -> None:
    forms = [_form(number, unit) for number, unit in enumerate(units)]
    write_yaml(_reading(**{FORMS: forms}), tmp_path / "读入")
    assert _read(tmp_path / "读入")[FORMS] == forms


def test_forms_of_one_unit_share_a_file(tmp_path: Path) -> None:
    reading = _reading(**{FORMS: [_form(1, "甲"), _form(2, "甲"), _form(3, "乙")]})
    reading.doubt((FORMS, 2, "项目名称"), "看不清", Spot("行", 9))
    files = write_yaml(reading, tmp_path / "读入")
    assert [file.name for file in files[1:]] == ["01-甲.yaml", "02-乙.yaml"]
    assert "# 待核：看不清（第9行）" in files[2].read_text(encoding="utf-8")


def test_a_section_without_a_file_of_its_own_is_written(tmp_path: Path) -> None:
    write_yaml(_reading(核对数={"表一/合计": "774.48"}), tmp_path / "读入")
    assert _read(tmp_path / "读入")["核对数"] == {"表一/合计": "774.48"}


def test_a_doubt_without_a_place_stands_at_the_top(tmp_path: Path) -> None:
    reading = _reading()
    reading.doubt(("核对", "九"), "找不到处")
    (file,) = write_yaml(reading, tmp_path / "读入")
    assert file.read_text(encoding="utf-8").startswith("# 待核 九：找不到处\n")


def test_no_character_of_a_doubt_makes_the_file_unreadable(tmp_path: Path) -> None:
    reading = _reading()
    reading.doubt(("单位信息", "名称"), "看不清“\x07\ufffe\x85”")
    (file,) = write_yaml(reading, tmp_path / "读入")
    assert _read(tmp_path / "读入") == ENTITY
    assert "看不清“□□ ”" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["x\ny", "x\n\n  y\n", "x\x85y", "x\u2028y", "\tx", " x ", "051", "~", "- a", "a: b #c"]
)
def test_a_text_reads_back_wherever_it_stands(text: str, tmp_path: Path) -> None:
    data = {"甲": {"乙": {"丙": text}}, "丁": [[text], {"戊": text, "己": [text]}], "庚": text}
    file = tmp_path / "a.yaml"
    file.write_text(yaml_text(data, {}), encoding="utf-8")
    source = read_yaml(file)
    assert source.findings == []
    assert source.data == data


def test_names_of_subjects_stand_behind_their_codes(tmp_path: Path) -> None:
    names = {"2013299": "其他组织事务支出", "30101": "基本工资", "50101": "工资奖金津贴补贴"}
    pair = {"部门经济科目": "30101", "政府经济科目": "50101", "金额": "1"}
    item = {"科目": "2013299", "当年预算": {"基本支出": {"一般公共预算": "1"}}}
    reading = _reading(收支=[item], 基本支出经济科目=[pair])
    reading.doubt(("收支", 0, "科目"), "看不清")
    write_yaml(reading, tmp_path / "读入", lambda _, code: names.get(code))
    lines = (tmp_path / "读入" / "收支.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[1] == "  - 科目: 2013299      # 其他组织事务支出；待核：看不清"
    pairs = (tmp_path / "读入" / "基本支出经济科目.yaml").read_text(encoding="utf-8")
    assert pairs.endswith("      # 基本工资 / 工资奖金津贴补贴\n")
