"""What stops a public build, and what does not: marks, things unsaid, amounts typed in 万元."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.compose.compose import compose
from generator.core.findings import Finding
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.load.folder_files import unread_findings
from generator.load.yaml.files import yaml_files
from generator.load.yaml.marks import marks_in
from generator.pack.pack import Pack
from tests.conftest import vocabulary

_PRIOR = "上年预算数: {收入总计: 1885034, 支出总计: 1885034, 一般公共预算当年支出: 1885034}\n"
_DATA = """\
单位信息: {名称: 云溪市文化馆, 类型: 单位, 年度: 2025}
概况: {职责: [开展群众文化活动。], 机构设置: [云溪市文化馆内设三个科室。]}
收支:
  - {科目: "2082850", 当年预算: {基本支出: {一般公共预算: 1300000}}}
  - {科目: "2080505", 当年预算: {基本支出: {一般公共预算: 125034}}}
基本支出经济科目:
  - {部门经济科目: "30101", 政府经济科目: "50501", 金额: 1300000}
  - {部门经济科目: "30108", 政府经济科目: "50501", 金额: 125034}
项目:
  - 单位: 云溪市文化馆
    项目: [{名称: 馆舍维修, 科目: "2082850", 当年预算: {一般公共预算: 460000}}]
政府采购: 无
国有资产: 无
其他说明: {政府购买服务指导性目录: 无}
项目绩效目标表:
  - 项目名称: 馆舍维修
    主管部门及代码: 055-云溪市文化馆
    实施单位: 云溪市文化馆
    资金: {实施期: {市县（区）财政资金: 460000}, 年度: {市县（区）财政资金: 460000}}
"""
_DATA += _PRIOR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _write(tmp_path / "云溪市文化馆-2025", _DATA)


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "数据.yaml").write_text(text, encoding="utf-8")
    return folder


def _with(folder: Path, *edits: tuple[str, str]) -> Path:
    text = _DATA
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return _write(folder, text)


@pytest.fixture
def found(pack: Pack, catalogue: Catalogue) -> Found:
    return Found(pack, catalogue)


class Found:
    """What composing a folder finds, by code."""

    def __init__(self, pack: Pack, catalogue: Catalogue) -> None:
        self.pack, self.catalogue = pack, catalogue

    def __call__(self, folder: Path, code: str) -> list[Finding]:
        composed = compose(folder, self.pack, self.catalogue)
        return [each for each in composed.findings if each.code == code]


def _build(folder: Path, *options: str) -> Result:
    output = str(folder.parent / "out")
    arguments = ["build", str(folder), "-o", output, "--format", "html", *options]
    return CliRunner().invoke(cli, arguments)


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder.parent / "out").glob("*"))


# Marks


def test_marks_are_what_the_program_writes_and_nothing_else() -> None:
    text = """\
# 待核 政府采购：没有读到（第3页）；又一条
# 待核实的已核实，上次待核的也处理了
甲: 1      # 行政运行；待核：原文“a；b”（表一）；待填（2025年：5）
乙: "# 待填"
丙: |      # 待核（照搬2025年）
  # 待填
丁: 待填
戊: 待填报系统上线后再报
己: {a: 0,   # 含电脑；待填
  b: 1}      # 待核（2025年改为2026年）
庚: 待核：原因问业务科
"""
    found = [(mark.words, mark.place.line) for mark in marks_in(Path("甲.yaml"), text)]
    assert found == [
        ("待核 政府采购：没有读到（第3页）；又一条", 1),
        ("待核：原文“a；b”（表一）", 3),
        ("待填（2025年：5）", 3),
        ("待核（照搬2025年）", 5),
        ("待填", 7),
        ("待填", 9),
        ("待核（2025年改为2026年）", 10),
        ("待核：原因问业务科", 11),
    ]


def test_a_mark_stops_what_is_public_and_no_draft(folder: Path) -> None:
    with (folder / "数据.yaml").open("a", encoding="utf-8") as file:
        file.write("# 待核：标题\n")
    public = _build(folder)
    assert (public.exit_code, _names(folder) if (folder.parent / "out").exists() else []) == (2, [])
    assert "错误 E219" in public.stderr
    draft = _build(folder, "--draft")
    assert draft.exit_code == 1
    assert "警告 W220" in draft.stderr


# Drafts beside public files


def test_a_draft_never_takes_the_place_of_the_public_file(folder: Path) -> None:
    assert _build(folder).exit_code == 0
    public = "云溪市文化馆2025年度单位预算公开"
    assert _names(folder) == [f"{public}.figures.json", f"{public}.html"]
    before = (folder.parent / "out" / f"{public}.html").read_bytes()
    _with(folder, ("460000", "480000"))
    assert _build(folder, "--draft").exit_code == 1  # it lists what is wrong
    assert f"{public}（送审稿）.html" in _names(folder)
    assert f"{public}（送审稿）.figures.json" in _names(folder)
    assert (folder.parent / "out" / f"{public}.html").read_bytes() == before


@pytest.mark.parametrize("edit", [("政府采购: 无\n", ""), ("460000", "四十六万")])
def test_a_failed_build_says_what_stands_and_how_to_get_a_draft(
    folder: Path, edit: tuple[str, str]
) -> None:
    """Whether the data fails the checks or cannot be used at all."""
    _build(folder)
    done = _build(_with(folder, edit))
    assert done.exit_code == 2
    assert f"没有写出任何文件：{folder}\n" in done.stderr
    assert "以前生成的公开稿没有动" in done.stderr
    assert "云溪市文化馆2025年度单位预算公开.html（20" in done.stderr
    assert f"disclosure build {folder} -o {folder.parent / 'out'} --draft" in done.stderr


def test_what_could_not_be_checked_is_shown(folder: Path) -> None:
    form = _DATA[_DATA.index("项目绩效目标表:") :]
    _with(folder, (form, _PRIOR), ("馆舍维修, ", "馆舍维修, 公开绩效目标: 否, "))
    done = _build(folder)
    assert done.exit_code == 0
    assert f"{folder}：无法核对 " in done.stderr
    again = _build(folder)
    assert "没有变化" in again.stdout
    assert f"{folder}：无法核对 " in again.stderr


# What must be said


@pytest.mark.parametrize(
    ("edit", "name", "line"),
    [
        (("政府采购: 无\n", ""), "政府采购", 0),
        (("政府采购: 无", "政府采购:"), "政府采购", 12),
        (("政府采购: 无", "政府采购: {}"), "政府采购", 12),
        (("国有资产: 无\n", ""), "国有资产", 0),
        (("其他说明: {政府购买服务指导性目录: 无}\n", ""), "其他说明/政府购买服务指导性目录", 0),
    ],
)
def test_silence_about_what_is_printed_stops_the_build(
    folder: Path, found: Found, edit: tuple[str, str], name: str, line: int
) -> None:
    (finding,) = found(_with(folder, edit), "E221")
    assert f"没有写“{name}”" in finding.message
    assert finding.place is not None
    assert finding.place.line == line
    assert "无" in finding.remedy


def test_every_kind_of_assets_is_to_be_said(folder: Path, found: Found) -> None:
    findings = found(_with(folder, ("国有资产: 无", "国有资产: {公务用车编制数: 0}")), "E221")
    assert [each.subjects[0] for each in findings] == [
        "国有资产/实有车辆",
        "国有资产/50万元以上通用设备",
        "国有资产/100万元以上通用设备",
        "国有资产/办公用房建筑面积",
    ]


def test_a_draft_prints_no_zero_for_what_is_not_said(folder: Path) -> None:
    assert _build(_with(folder, ("政府采购: 无\n", "")), "--draft").exit_code == 1
    (draft,) = (folder.parent / "out").glob("*.html")
    text = draft.read_text(encoding="utf-8")
    assert '政府采购预算总额<span class="unfilled">待填</span>万元' in text
    (figures,) = (folder.parent / "out").glob("*.figures.json")
    assert "政府采购/总额" not in figures.read_text(encoding="utf-8")


def test_nothing_is_a_word_of_its_own(folder: Path, catalogue: Catalogue) -> None:
    _, findings = load_entity(
        _with(folder, ("政府采购: 无", "政府采购: 没有")), catalogue, vocabulary()
    )
    assert [(each.code, each.place and each.place.line) for each in findings] == [("E203", 12)]
    assert "没有的写“无”" in findings[0].remedy


# Letters, forms, vehicles


@pytest.mark.parametrize(
    ("date", "is_found"),
    [
        ("2025年2月3日", False),
        ("2024年12月31日", False),
        ("2023年2月3日", True),
        ("2026-01-05", True),
        ("二〇二三年二月三日", True),
        ("二〇二五年二月三日", False),
        ("年月日", False),
    ],
)
def test_a_letter_is_of_the_budget_year_or_the_end_of_the_last(
    folder: Path, found: Found, date: str, is_found: bool
) -> None:
    for letter in (f"{{标题: 情况说明, 正文: [无。], 日期: {date}}}", f"{{正文: [无。, {date}]}}"):
        _write(folder, f"{_DATA}附件: [{letter}]\n")
        assert bool(found(folder, "E222")) is is_found


def test_vehicles_that_are_rented_may_be_published_so(folder: Path) -> None:
    costs = "三公经费: {公务用车运行维护费: {一般公共预算: 9000}}\n"
    _write(folder, _DATA + costs)
    assert "E224" in _build(folder).stderr
    accepted = "按实公布说明: [{规则: E224, 对象: 三公经费, 理由: 车辆为租用}]\n"
    _write(folder, _DATA + costs + accepted)
    assert "错误 " not in _build(folder).stderr


# Amounts in 万元


@pytest.mark.parametrize(
    ("edits", "lines"),
    [
        # the project beside its form, and the reverse
        ([("一般公共预算: 460000", "一般公共预算: 46")], [11]),
        ([("年度: {市县（区）财政资金: 460000", "年度: {市县（区）财政资金: 46")], [19]),
        # one line, several, and all of a table beside the other table
        ([("一般公共预算: 125034", "一般公共预算: 12.50")], [5]),
        ([("金额: 125034", "金额: 12.50")], [8]),
        ([("金额: 1300000", "金额: 130"), ("金额: 125034", "金额: 12.50")], [7, 8]),
        # honest amounts: small ones, and a table that lacks something
        ([], []),
        ([("125034", "46")], []),
        ([("金额: 125034", "金额: 65034")], []),
        ([("一般公共预算: 460000", "一般公共预算: 4600")], []),
    ],
)
def test_an_amount_in_wan_is_named_beside_what_it_belongs_to(
    folder: Path, found: Found, edits: list[tuple[str, str]], lines: list[int]
) -> None:
    findings = found(_with(folder, *edits), "E225")
    assert [each.place and each.place.line for each in findings] == lines


@pytest.mark.parametrize(
    ("edits", "lines"),
    [
        ([("政府采购: 无", "政府采购: {货物: 23.8}")], [12]),
        ([("政府采购: 无", "政府采购: {货物: 122519, 服务: 0.06}")], [12]),
        # 角 and 分 elsewhere: two decimals say nothing, a single one does
        ([("125034", "125034.15"), ("政府采购: 无", "政府采购: {货物: 23.80}")], []),
        ([("125034", "125034.15"), ("政府采购: 无", "政府采购: {货物: 23.8}")], [12]),
        # small but whole, large with a fraction
        ([("政府采购: 无", "政府采购: {货物: 238}")], []),
        ([("政府采购: 无", "政府采购: {货物: 122519.8}")], []),
    ],
)
def test_a_small_amount_with_a_fraction_is_named_if_no_other_has_one(
    folder: Path, found: Found, edits: list[tuple[str, str]], lines: list[int]
) -> None:
    findings = found(_with(folder, *edits), "E225")
    assert [each.place and each.place.line for each in findings] == lines
    assert all("有小数" in each.message for each in findings)


def test_an_amount_in_wan_is_named_beside_last_year(folder: Path, found: Found) -> None:
    last = _DATA.replace("年度: 2025", "年度: 2024").replace(
        "政府采购: 无", "政府采购: {货物: 98000}"
    )
    _write(folder.with_name("去年"), last)
    small = [(str(amount), f"{amount / 10000:.2f}") for amount in (1300000, 125034, 460000)]
    bought = "政府采购: 无", "政府采购: {货物: 9.8}"
    _with(folder, *small, bought, (_PRIOR, "上年数据: ../去年\n"))
    lines = [each.place and each.place.line for each in found(folder, "E225")]
    assert lines == [4, 5, 7, 8, 11, 12]


def test_last_years_totals_in_wan_are_named(folder: Path, found: Found) -> None:
    wan = "{收入总计: 180.50, 支出总计: 180.50}\n"
    assert len(found(_with(folder, (_PRIOR, f"上年预算数: {wan}")), "E225")) == 2
    # one that is right speaks for 元
    mixed = "{收入总计: 180.50, 支出总计: 1805000}\n"
    assert not found(_with(folder, (_PRIOR, f"上年预算数: {mixed}")), "E225")


# Files and folders


def test_files_that_are_not_read_are_named(folder: Path) -> None:
    for name in ("收支.yaml.txt", "项目.YAML", "补充。yaml"):
        (folder / name).write_text("三公经费: 无\n", encoding="utf-8")
    (folder / "情况.txt").write_text("变动原因:\n  收入总计: 新增\n", encoding="utf-8")
    for name in (
        "备忘.txt",
        "附件.yml.bak",
        "批复.xlsx",
        "~$批复.xlsx",
        "收支.yaml~",
        ".收支.yaml.swp",
        "._收支.yaml",
    ):
        (folder / name).write_text("随便写写", encoding="utf-8")
    (folder / ".#收支.yaml").symlink_to("没有")
    named = [each.place.file.name for each in unread_findings(folder) if each.place]
    assert sorted(named) == sorted(["收支.yaml.txt", "项目.YAML", "补充。yaml", "情况.txt"])
    assert [file.name for file in yaml_files(folder)[0]] == ["数据.yaml"]


def test_a_file_that_is_not_read_is_told_though_nothing_else_changed(folder: Path) -> None:
    assert _build(folder).exit_code == 0
    (folder / "收支.yaml.txt").write_text("收支: []\n", encoding="utf-8")
    done = _build(folder)
    assert done.exit_code == 1
    assert "警告 W226" in done.stderr


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("馆-2024", True),
        ("馆-2025", False),
        ("馆", False),
        ("馆2024-2025", False),
        ("馆120241", False),
    ],
)
def test_a_folder_of_another_year_is_named(
    tmp_path: Path, found: Found, name: str, is_found: bool
) -> None:
    assert bool(found(_write(tmp_path / name, _DATA), "W227")) is is_found


_ACCEPTING = re.compile(r"写 (\{规则: [^}]*\})")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("E222", "附件: [{标题: 说明, 正文: [无。], 日期: 2023年2月3日}]\n"),
        ("E224", "三公经费: {公务用车运行维护费: {一般公共预算: 9000}}\n"),
        ("E225", ""),
    ],
)
def test_what_the_advice_says_to_accept_is_accepted(folder: Path, code: str, more: str) -> None:
    """Doing literally what the advice says: the finding goes, and no error comes."""
    data = _DATA.replace("政府采购: 无", "政府采购: {货物: 23.8}") if code == "E225" else _DATA
    _write(folder, data + more)
    before = _build(folder).stderr
    assert f"错误 {code}" in before
    accepting = _ACCEPTING.search(before.replace("\n", " "))
    assert accepting
    entry = accepting[1].replace("…", "按批复")
    _write(folder, f"{data}{more}按实公布说明: [{entry}]\n")
    after = _build(folder).stderr
    assert "错误 " not in after
    assert "W751" not in after


def test_what_was_typed_into_the_text_is_read_as_reviewers_read_it(folder: Path) -> None:
    """The checks of the printed document would find it: so do those of the data."""
    typed = "2025年会议费5000元，比2024年的4000元增加1000元，增长52.50%。"
    _write(folder, _DATA.replace("指导性目录: 无}", f"指导性目录: 无, 其他: {typed}}}"))
    checked = CliRunner().invoke(cli, ["check", str(folder)])
    assert checked.exit_code == 1
    assert "E930" in checked.output
    assert "应为 25.00%，写的是 52.50%" in checked.output
    assert re.search(r"数据\.yaml:\d+:\d+", checked.output)
    built = CliRunner().invoke(cli, ["build", str(folder), "-o", str(folder / "out")])
    assert built.exit_code == 2
    assert "E930" in built.output
    assert not (folder / "out").exists()


def test_files_of_another_folder_of_the_same_build_are_not_called_old(folder: Path) -> None:
    wrong = _write(folder.parent / "另一份", _DATA.replace("金额: 1300000", "金额: 1300001"))
    output = folder / "out"
    command = ["build", str(wrong), str(folder), "--format", "html", "-o", str(output)]
    first = CliRunner().invoke(cli, command)
    assert first.exit_code == 2
    assert list(output.glob("*.html"))
    assert f"没有写出任何文件：{wrong}" in first.stderr
    assert "以前生成的" not in first.stderr
    alone = CliRunner().invoke(cli, ["build", str(wrong), "--format", "html", "-o", str(output)])
    assert "以前生成的公开稿没有动" in alone.stderr
