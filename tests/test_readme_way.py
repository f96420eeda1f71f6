"""The way that the README shows: last year's document is imported, rolled on, filled in, built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.importing.command import next_steps
from generator.cli.main import cli
from generator.load.yaml.edit import YamlEdit
from generator.load.yaml.folder import read_yaml_folder
from tests.worklist_done import do_the_worklist

_ORIGINAL = """\
单位信息: {名称: 云溪市退役军人服务所, 类型: 单位, 年度: 2025}
概况: {职责: [收集保管档案。], 机构设置: [云溪市退役军人服务所内设三个科室。]}
收支:
  - {科目: "2082850", 当年预算: {基本支出: {一般公共预算: 2300000}}}
  - {科目: "2080505", 当年预算: {基本支出: {一般公共预算: 310000}}}
基本支出经济科目:
  - {部门经济科目: "30101", 政府经济科目: "50501", 金额: 2000000}
  - {部门经济科目: "30108", 政府经济科目: "50501", 金额: 310000}
  - {部门经济科目: "30201", 政府经济科目: "50502", 金额: 260000}
  - {部门经济科目: "30231", 政府经济科目: "50502", 金额: 40000}
项目:
  - 单位: 云溪市退役军人服务所
    项目:
      - {名称: 档案数字化加工, 科目: "2082850", 当年预算: {一般公共预算: 900000}}
      - {名称: 馆藏征集, 科目: "2082850", 当年预算: {一般公共预算: 150000}}
三公经费: {公务用车运行维护费: {一般公共预算: 40000}}
上年预算数:
  收入总计: 3660000
  支出总计: 3660000
  一般公共预算当年支出: 3660000
  三公经费: {公务用车运行维护费: 40000}
政府采购: {货物: 120000, 工程: 0, 服务: 800000}
国有资产:
  公务用车编制数: 1
  实有车辆: {机要通信用车: 1}
  办公用房建筑面积: 2600
  50万元以上通用设备: 0
  100万元以上通用设备: 0
其他说明: {政府购买服务指导性目录: 本单位无政府购买服务预算。, 其他: 无}
项目绩效目标表:
"""
_FORM = """\
  - 项目名称: {name}
    主管部门及代码: 055-云溪市退役军人服务所
    实施单位: 云溪市退役军人服务所
    项目属性: 延续性项目（阶段开展）
    项目期: 3年
    资金:
      实施期: {{市县（区）财政资金: {whole}}}
      年度: {{市县（区）财政资金: {amount}}}
    总体目标: {{实施期: 按计划完成。, 年度: 按计划完成。}}
    绩效指标:
      产出指标:
        时效指标:
          - {{指标: 完成时间, 指标值: 12月底前}}
    填报日期: "20250110090000"
"""


def _original(folder: Path) -> Path:
    folder.mkdir()
    forms = [
        _FORM.format(name="档案数字化加工", whole=2700000, amount=900000),
        _FORM.format(name="馆藏征集", whole=450000, amount=150000),
    ]
    (folder / "数据.yaml").write_text("".join([_ORIGINAL, *forms]), encoding="utf-8")
    return folder


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def _marks(folder: Path) -> list[str]:
    return [mark.words for mark in read_yaml_folder(folder, splittable=()).marks]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of 2025 that was read from its printed document."""
    top = tmp_path_factory.mktemp("readme")
    done = _run("build", _original(top / "原稿"), "-o", top, "--format", "html")
    assert done.exit_code == 0, done.output
    (document,) = top.glob("*.html")
    folder = top / "某某中心-2025"
    done = _run("import", document, "-o", folder)
    assert done.exit_code == 1, done.output
    assert f"disclosure check {folder}\n" in done.output
    assert f"disclosure new-year {folder}  " in done.output
    return folder


def test_what_was_imported_is_published_only_when_its_marks_are_settled(
    imported: Path, tmp_path: Path
) -> None:
    done = _run("build", imported, "-o", tmp_path, "--format", "html")
    assert done.exit_code == 2
    assert "E219" in done.stderr
    assert not list(tmp_path.iterdir())
    assert "W220" in _run("check", imported).output


def test_a_year_rolled_on_and_filled_in_is_published(imported: Path, tmp_path: Path) -> None:
    new = tmp_path / "某某中心-2026"
    assert _run("new-year", imported, "-o", new).exit_code == 0
    assert _marks(imported)
    assert _marks(new)
    assert not [words for words in _marks(new) if words.startswith("待核：")]
    do_the_worklist(new)
    assert not _marks(new)
    done = _run("build", new, "-o", tmp_path / "out", "--format", "html")
    assert "错误" not in done.stderr, done.stderr
    assert done.exit_code in (0, 1)
    assert len(list((tmp_path / "out").glob("*2026年度*.html"))) == 1


def test_what_last_year_lacks_is_on_the_list(imported: Path, tmp_path: Path) -> None:
    """Whole sections in a file of their own, keys where their sections are."""
    old = tmp_path / "甲-2025"
    old.mkdir()
    for file in imported.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^政府采购:.*\n(  .*\n)*", "", text)
        text = re.sub(r"(?m)^  办公用房建筑面积:.*\n", "", text)
        text = re.sub(r"(?m)^其他说明:(.|\n  )*\n", "其他说明: {}\n", text)
        if not text.startswith("基本支出经济科目"):
            (old / file.name).write_text(text, encoding="utf-8")
    assert _run("new-year", old, "-o", tmp_path / "甲-2026").exit_code == 0
    new = tmp_path / "甲-2026"
    assert (new / "待填.yaml").read_text(encoding="utf-8").splitlines()[1:] == [
        "基本支出经济科目: []      # 待填（每对科目一条，到款）",
        "政府采购: {货物: 0, 工程: 0, 服务: 0}      # 待填（没有的写“无”）",
    ]
    text = (new / "情况说明.yaml").read_text(encoding="utf-8")
    assert "\n  办公用房建筑面积: 0      # 待填\n" in text
    assert "\n其他说明: {政府购买服务指导性目录: 无}      # 待填\n" in text
    worklist = (new / "待填清单.md").read_text(encoding="utf-8")
    for asked in ("基本支出经济科目", "政府采购", "国有资产/办公用房建筑面积"):
        assert f"| {asked} |" in worklist
    again = _run("new-year", new)
    assert again.exit_code == 0, again.output
    assert "基本支出经济科目: []      # 待填" in (tmp_path / "甲-2027" / "待填.yaml").read_text(
        encoding="utf-8"
    )


def test_doubts_about_the_old_document_go_whole_lines_and_all() -> None:
    text = """\
# 本文件由办公室维护
# 待核 政府采购：没有读到；第3页
甲: 1      # 行政运行；待核：原文“a；b”（表一）
乙:
  # 待核：第2条
  - 二      # 待核实过
丙: |      # 待核（照搬2025年）
  文
"""
    edit = YamlEdit(text)
    assert (
        edit.finish()
        == """\
# 本文件由办公室维护
甲: 1      # 行政运行
乙:
  - 二      # 待核实过
丙: |
  文
"""
    )


@pytest.mark.parametrize(
    ("folder", "year", "command"),
    [
        ("某某中心-2025", 2025, "disclosure new-year data/某某中心-2025 "),
        ("某某中心", 2025, "disclosure new-year data/某某中心 -o data/某某中心-2026 "),
        ("某某中心-2026", 2025, "先把 data/某某中心-2026 改名为 data/某某中心-2025"),
        ("某某 中心-2025", 2025, "disclosure new-year 'data/某某 中心-2025' "),
        ("某某中心-2025", None, "补上“单位信息”的“年度”"),
    ],
)
def test_an_import_says_what_follows(folder: str, year: int | None, command: str) -> None:
    assert command in "\n".join(next_steps(Path("data") / folder, year, doubts=True))
