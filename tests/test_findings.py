"""Every code a finding can carry, brought about by a broken copy of the sample or of the pack.

Each reproducer breaks a copy and returns the place its code must be reported at. In the broken
text a ``▶``, which is not written to the file, stands before that place; where no line is known
the place is the name of the file or folder, and ``None`` where a finding has no place. All
reproducers are run through the command, as people meet them. The codes of ``disclosure import``
have theirs in ``test_findings_import``.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.building import workers
from generator.cli.main import cli
from generator.core.codes import CODES
from generator.core.resources import PACKS
from generator.load.yaml.tree import read_yaml
from generator.printing import fonts
from tests import mishaps
from tests.conftest import ROOT, UNIT
from tests.distributions import RULES, install
from tests.reproducers import Case, Registry, Report, reports_in
from tests.test_accept import reproduces as accept_reproduces
from tests.test_findings_import import reproduces as import_reproduces
from tests.test_recognition import reproduces as diff_reproduces
from tests.test_worksheet import reproduces as worksheet_reproduces

STEM = "阳泉市退役军人服务中心2024年度单位预算公开"
STOOD_BEFORE = b"as it was"
SAID = "政府采购: 无\n国有资产: 无\n其他说明: {政府购买服务指导性目录: 无}\n"
"""What a public file asks for, said in the shortest way."""
MARK = "▶"


@dataclass(frozen=True)
class Outcome:
    """What a run of the command said, and the files in the output folder before and after."""

    exit_code: int
    error: BaseException | None
    text: str
    before: dict[Path, bytes]
    after: dict[Path, bytes]

    @property
    def reports(self) -> list[Report]:
        return reports_in(self.text)

    @property
    def codes_and_places(self) -> set[tuple[str, str | None]]:
        return {(report.code, report.place) for report in self.reports}


@dataclass
class Sandbox:
    """Copies of the small sample and of the pack, free to be broken, and the command to run."""

    data: Path
    pack: Path
    output: Path
    monkeypatch: pytest.MonkeyPatch
    folders: list[Path] = field(default_factory=list)
    format: str = "html"
    options: list[str] = field(default_factory=list)

    def write(self, name: str, marked: str) -> str:
        """Writes a file of the data folder; returns the place of its mark."""
        return self._write(self.data / name, marked)[0]

    def write_marks(self, name: str, marked: str) -> list[str]:
        """Writes a file of the data folder; returns the places of all its marks."""
        return self._write(self.data / name, marked)

    def write_pack(self, name: str, marked: str) -> str:
        """Writes a file of the pack; returns the place of its mark."""
        return self._write(self.pack / name, marked)[0]

    def page(self, body: str, format: str = "html") -> str:  # noqa: A002
        """Makes the document one page with a body; returns the place of the mark in it."""
        self.format = format
        return self.write_pack(
            "document.html.j2",
            '<html lang="zh-CN">\n'
            "<head><title>{{ entity.name }}2024年度单位预算公开</title></head>\n"
            "<body>\n"
            f"{body}\n"
            "</body>\n"
            "</html>\n",
        )

    def _write(self, file: Path, marked: str) -> list[str]:
        text, *rest = marked.split(MARK)
        places = []
        for part in rest:
            line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
            places.append(f"{file.name}:{line}:{column}")
            text += part
        file.write_text(text, encoding="utf-8")
        return places or [file.name]

    def build(self) -> Outcome:
        before = self._files()
        done = CliRunner().invoke(
            cli,
            [
                "build",
                *map(str, self.folders),
                *("--pack", str(self.pack)),
                *("--output", str(self.output)),
                *("--format", self.format),
                *self.options,
            ],
        )
        return Outcome(done.exit_code, done.exception, done.stderr, before, self._files())

    def _files(self) -> dict[Path, bytes]:
        top = self.data.parent / "output"
        return {file: file.read_bytes() for file in top.rglob("*") if file.is_file()}


@pytest.fixture
def pack_folder(same_path: Path) -> Path:
    """A copy of the pack, free to be broken."""
    return Path(shutil.copytree(PACKS / "yangquan", same_path / "pack"))


@pytest.fixture
def sandbox(
    unit_folder: Path, pack_folder: Path, same_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Sandbox:
    """The copies, and an output folder in which files of an earlier build stand."""
    output = same_path / "output"
    output.mkdir()
    for extension in ("html", "pdf"):
        (output / f"{STEM}.{extension}").write_bytes(STOOD_BEFORE)
    monkeypatch.setattr(workers, "_cores", lambda: 1)  # a second process would start in vain
    return Sandbox(unit_folder, pack_folder, output, monkeypatch, [unit_folder])


reproduces: Registry[Sandbox] = Registry()


# 读取 ----------------------------------------------------------------------------------------


@reproduces("E101", says="目录不存在")
def a_folder_that_is_not_there(sandbox: Sandbox) -> str:
    sandbox.folders = [sandbox.data.parent / "没有这个单位-2024"]
    return "没有这个单位-2024"


@reproduces("E101", says="不是目录")
def a_file_instead_of_a_folder(sandbox: Sandbox) -> str:
    sandbox.folders = [sandbox.data / "收支.yaml"]
    return "收支.yaml"


@reproduces("E101", says="没有 .yaml 文件")
def a_folder_without_data(sandbox: Sandbox) -> str:
    empty = sandbox.data.parent / "空目录"
    empty.mkdir()
    sandbox.folders = [empty]
    return "空目录"


@reproduces("E102", says="它是目录")
def a_folder_called_like_a_file(sandbox: Sandbox) -> str:
    (sandbox.data / "补充.yaml").mkdir()
    return "补充.yaml"


@reproduces("E103", says="GBK")
def a_file_saved_as_gbk(sandbox: Sandbox) -> str:
    file = sandbox.data / "单位信息.yaml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gbk"))
    return "单位信息.yaml:1:1"


@reproduces("E103")
def a_line_pasted_in_gbk(sandbox: Sandbox) -> str:
    file = sandbox.data / "补充.yaml"
    file.write_bytes("变动原因:\n  # 三公".encode() + "经费".encode("gbk"))
    return "补充.yaml:2:7"  # counted in characters, like every other column


@reproduces("E104")
def an_empty_file(sandbox: Sandbox) -> str:
    sandbox.write("补充.yaml", "")
    return "补充.yaml"


@reproduces("E104", says="只有注释")
def a_file_of_comments(sandbox: Sandbox) -> str:
    sandbox.write("补充.yaml", "# 三公经费：待填\n")
    return "补充.yaml"


@reproduces("E104", says="任何栏目")
def a_folder_without_any_section(sandbox: Sandbox) -> str:
    empty = sandbox.data.parent / "没有栏目"
    empty.mkdir()
    (empty / "a.yaml").write_text("{}\n", encoding="utf-8")
    sandbox.folders = [empty]
    return "没有栏目"


@reproduces("E105", says="不该有冒号")
def a_colon_too_many(sandbox: Sandbox) -> str:
    content = """\
单位信息:
  名称: 阳泉市▶: 退役军人服务中心
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E105", says="Tab")
def an_indent_of_a_tab(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "机关运行经费:\n▶\t- 单位: 本级\n")


@reproduces("E105", says="引号没有配对")
def a_quotation_that_does_not_end(sandbox: Sandbox) -> str:
    content = """\
机关运行经费:
  - 单位: ▶"本级
    金额: {一般公共预算: 100}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="花括号")
def a_bracket_that_does_not_close(sandbox: Sandbox) -> str:
    content = """\
三公经费:
  公务接待费: ▶{一般公共预算: 100
  公务用车购置费: {一般公共预算: 200}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="缩进与上面不齐")
def an_indent_out_of_line(sandbox: Sandbox) -> str:
    content = """\
三公经费:
    公务接待费: {一般公共预算: 100}
  ▶公务用车购置费: {一般公共预算: 200}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="不能以这个符号开头")
def a_text_that_begins_with_a_reserved_sign(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: ▶@见附件\n")


@reproduces("E105", says="两段")
def two_documents_in_one_file(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: {}\n▶---\n绩效管理: {}\n")


@reproduces("E105", says="键必须是文字")
def a_list_for_a_key(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费:\n  ? ▶[公务接待费]\n  : {一般公共预算: 100}\n")


@reproduces("E105", says="U+0007")
def a_control_character(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "其他说明:\n  其他: 无▶\x07\n")


@reproduces("E105", says="U+0007")
def a_control_character_written_as_an_escape(sandbox: Sandbox) -> str:
    content = """\
机关运行经费:
  - {单位: ▶"本级\\a", 金额: {}}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="层次太深")
def brackets_a_hundred_thousand_deep(sandbox: Sandbox) -> str:
    deepest = 49  # the mapping outside is a level too
    return sandbox.write("补充.yaml", "三公经费: " + "[" * deepest + MARK + "[" * 100_000)


@reproduces("E106", says="第一次在第 2 行")
def a_key_written_twice(sandbox: Sandbox) -> str:
    content = """\
三公经费:
  公务接待费: {一般公共预算: 100}
  公务用车购置费: {一般公共预算: 200}
  ▶公务接待费: {一般公共预算: 300}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E107", says="锚点 &")
def an_anchor(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费:\n  公务接待费: ▶&n {一般公共预算: 100}\n")


@reproduces("E107", says="别名 *")
def an_alias_of_nothing(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: ▶*last_year\n")


@reproduces("E107", says="标签 !")
def a_tag_of_ones_own(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "机关运行经费: ▶!include 机关.yaml\n")


@reproduces("E108", says="单位信息.yaml 第")
def a_section_in_two_files(sandbox: Sandbox) -> str:
    content = """\
▶概况:
  职责: [为退役军人服务]
"""
    return sandbox.write("补充.yaml", content)


# 数据 ----------------------------------------------------------------------------------------


@reproduces("E201", says="是不是“基本支出”？")
def a_misspelt_key(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      ▶基本支岀: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E201", says="是不是“三公经费”？")
def a_misspelt_section(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "▶三公经费表: {}\n")


@reproduces("E201", says="这里可用的键：领导用车、")
def a_key_like_no_other(sandbox: Sandbox) -> str:
    content = """\
国有资产:
  实有车辆: {▶直升机: 1}
"""
    return sandbox.write("情况说明.yaml", content)


@reproduces("E202", says="缺少“年度”")
def a_missing_year(sandbox: Sandbox) -> str:
    content = """\
单位信息:
  ▶名称: 阳泉市退役军人服务中心
  类型: 单位
概况:
  职责: [为退役军人服务]
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E202", says="缺少“单位信息”")
def a_missing_section(sandbox: Sandbox) -> str:
    sandbox.write("单位信息.yaml", "概况: {职责: [为退役军人服务]}\n")
    return UNIT


@reproduces("E203", says="“年度”应当是整数，现在是“二〇二四”")
def words_for_a_number(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: 单位, 年度: ▶二〇二四}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“类型”只能是部门、单位，现在是“中心”")
def a_kind_that_is_not_offered(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: ▶中心, 年度: 2024}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“职责”应当是列表")
def a_text_for_a_list(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: 单位, 年度: 2024}
概况: {职责: ▶为退役军人服务}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“名称”是空的")
def a_name_of_nothing(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: ▶"", 类型: 单位, 年度: 2024}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“领导用车”不能小于 0，现在是“-1”")
def a_count_below_zero(sandbox: Sandbox) -> str:
    return sandbox.write("情况说明.yaml", "国有资产: {实有车辆: {领导用车: ▶-1}}\n")


@reproduces("E203", says="“领导用车”这个数太大")
def a_count_of_five_thousand_digits(sandbox: Sandbox) -> str:
    content = "国有资产: {实有车辆: {领导用车: ▶9}}\n".replace("9", "9" * 5000)
    return sandbox.write("情况说明.yaml", content)


@reproduces("E203", says="只能写“是”或“否”，现在是“{不公开}”")
def a_flag_that_is_neither_yes_nor_no(sandbox: Sandbox) -> str:
    content = """\
项目:
  - 单位: 阳泉市退役军人服务中心
    项目:
      - 名称: 双拥创建活动
        公开绩效目标: ▶"{不公开}"
"""
    return sandbox.write("项目.yaml", content)


@reproduces("E203", says="最外层应当是“栏目: 内容”")
def a_list_for_a_file(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "▶- 三公经费\n")


@reproduces("E203", says="“线宽”应当是数字，现在是“细”")
def a_word_for_a_length_of_the_theme(sandbox: Sandbox) -> str:
    content = """\
版面: [{名: text, 上: 37, 下: 35, 左: 28, 右: 26}]
字体: {正文: {pdf: Noto Serif CJK SC, docx: 仿宋, 替换: FangSong}}
样式: [{选择器: p, 字体: 正文, 字号: 16}]
页码: {字体: 正文, 字号: 10.5}
表格: {内边距: {上下: 1.4, 左右: 3}, 线宽: ▶细}
"""
    return sandbox.write_pack("theme.yaml", content)


@reproduces("E203", says="“栏”至少要有 1 项")
def a_statement_without_blocks(sandbox: Sandbox) -> str:
    return sandbox.write_pack("statements/99.yaml", "表号: 表十四\n标题: 试表\n账: 收支\n栏: ▶[]\n")


@reproduces("E204", says="不能为负")
def a_negative_amount(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: ▶-2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E205", says="是不是 2013299（其他组织事务支出）？")
def an_unknown_code(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: ▶"2013298"
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E206", says="第一次在 收支.yaml 第 2 行")
def a_subject_on_two_lines(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: 2350}
  - ▶科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: 100}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E206", says="第一次在 项目.yaml 第")
def the_projects_of_a_unit_in_two_files(sandbox: Sandbox) -> str:
    content = """\
项目:
  - ▶单位: 阳泉市退役军人服务中心
    项目: []
"""
    return sandbox.write("项目补充.yaml", content)


@reproduces("E207", says="7 位数字")
def a_subject_at_section_level(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: ▶"20132"
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E207", says="科目编码“”不是功能分类的项")
def a_subject_left_blank(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目:▶
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E208", says="可用：表一、表二")
def a_statement_that_the_pack_lacks(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
公开方式:
  无数据表: [表三, ▶表四十]
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E209", says="“指标值”与“实施期”“年度”只能写一种")
def an_indicator_stated_in_two_ways(sandbox: Sandbox) -> str:
    content = """\
项目绩效目标表:
  - 项目名称: 双拥创建活动
    主管部门及代码:
    实施单位: 阳泉市退役军人服务中心
    绩效指标:
      产出指标:
        数量指标:
          - {指标: 走访次数, 指标值: 20次}
          - ▶{指标: 走访人数, 指标值: 70人, 年度: 35人}
"""
    return sandbox.write("项目绩效目标表.yaml", content)


@reproduces("W210", says="目录为“机关事业单位基本养老保险缴费支出”")
def a_name_other_than_the_catalogues(sandbox: Sandbox) -> str:
    content = """\
补充科目:
  功能分类:
    "2080505": ▶养老保险缴费
"""
    return sandbox.write("补充.yaml", content)


@reproduces("W211", says="目录未收录")
def a_subject_that_the_data_names_itself(sandbox: Sandbox) -> str:
    content = """\
补充科目:
  功能分类:
    "2013298": ▶组织事务专项
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E212", says="“支出总计”比上年增加")
def a_change_without_a_reason(sandbox: Sandbox) -> str:
    content = """\
上年预算数: {收入总计: 10000, 支出总计: 10000}
变动原因:
  ▶收入总计: 新增专项经费
"""
    return sandbox.write("情况说明.yaml", content + SAID)


def _last_years_data(sandbox: Sandbox, project: str, year: int = 2023) -> str:
    """Writes a folder of last year with one project; returns how the data refers to it."""
    before = sandbox.data.parent / "去年"
    before.mkdir()
    (before / "数据.yaml").write_text(
        f"""\
单位信息: {{名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: {year}}}
概况: {{职责: [为退役军人服务], 机构设置: [内设三个科室]}}
项目:
  - 单位: 阳泉市退役军人服务中心
    项目: [{{名称: {project}, 科目: "2082804", 当年预算: {{一般公共预算: 480000}}}}]
""",
        encoding="utf-8",
    )
    return "../去年"


@reproduces("E212", says="上年数据里也看不出原因")
def a_change_that_last_years_data_does_not_explain(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动")
    sandbox.write("情况说明.yaml", f"上年数据: {before}\n{SAID}")
    data = sandbox.data.parent / "去年" / "数据.yaml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text + "三公经费: {公务接待费: {一般公共预算: 20000}}\n", encoding="utf-8")
    content = "三公经费: {公务接待费: {一般公共预算: 10000}}\n变动原因: ▶{收入总计: 新增专项经费}\n"
    return sandbox.write("补充.yaml", content)


@reproduces("E216", says="没有上年数据目录")
def last_years_folder_that_is_not_there(sandbox: Sandbox) -> str:
    return sandbox.write("情况说明.yaml", "上年数据: ▶../没有这个目录\n")


@reproduces("E209", says="应当是 2023")
def last_years_folder_of_another_year(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动", year=2022)
    return sandbox.write("情况说明.yaml", f"上年数据: ▶{before}\n")


@reproduces("W217", says="填写 1.00，上年数据算得 48.00")
def a_total_of_last_year_that_its_data_denies(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动")
    content = f"上年数据: {before}\n上年预算数: {{支出总计: ▶10000}}\n{SAID}"
    return sandbox.write("情况说明.yaml", content)


@reproduces("N218", says="上年的“双拥创建活动开展”与本年的“双拥创建活动”名称相近")
def a_project_much_like_one_of_last_year(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动开展")
    sandbox.write("情况说明.yaml", f"上年数据: {before}\n{SAID}")
    file = sandbox.data / "项目.yaml"
    text = file.read_text(encoding="utf-8")
    return sandbox.write("项目.yaml", text.replace("名称: 双拥创建活动", "名称: ▶双拥创建活动"))


@reproduces("W213", says="没有填写“支出总计”的上年预算数")
def a_total_without_last_years(sandbox: Sandbox) -> str:
    content = """\
上年预算数:
  ▶收入总计: 10000
  一般公共预算当年支出: 10000
变动原因:
  收入总计: 新增专项经费
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("W214", says="核对数是 10000.00")
def a_stated_total_that_differs(sandbox: Sandbox) -> str:
    content = """\
上年预算数: {收入总计: 10000, 支出总计: 10000}
变动原因: {收入总计: 新增专项经费, 支出总计: 新增专项经费}
核对数:
  表一/收入/收入总计/金额: ▶"10000.00"
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("E215", says="疑似手机号码：138…00（第 5 个字起）")
def a_phone_number_in_a_text(sandbox: Sandbox) -> str:
    content = """\
概况:
  职责: [▶"联系人：13800138000"]
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("W215", says="疑似手机号码：138…00")
def a_phone_number_that_may_be_published(sandbox: Sandbox) -> str:
    sandbox.options = ["--allow-personal-data"]
    return a_phone_number_in_a_text(sandbox)


def _edited(sandbox: Sandbox, name: str, *edits: tuple[str, str]) -> str:
    """Writes a file of the sample with texts replaced; returns the place of the mark."""
    text = (sandbox.data / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return sandbox.write(name, text)


@reproduces("E219", says="还有 1 处待填、2 处待核：情况说明.yaml 第 10 行“待核（照搬2023年）”；")
def marks_in_what_is_to_be_published(sandbox: Sandbox) -> str:
    name = "# 其他组织事务支出"
    _edited(sandbox, "收支.yaml", (name, f"{name}；待核：原文“2350”；待填（2023年：2000）"))
    edit = "服务: 296500}", "服务: 296500}      ▶# 待核（照搬2023年）"
    return _edited(sandbox, "情况说明.yaml", edit)


@reproduces("W220", says="还有 1 处待填：情况说明.yaml")
def a_mark_in_a_draft(sandbox: Sandbox) -> str:
    sandbox.options = ["--draft"]
    return _edited(sandbox, "情况说明.yaml", ("  其他: 无", "  其他: ▶待填"))


@reproduces("E221", says="没有写“国有资产/实有车辆”，文中会印成“待填”")
def vehicles_that_nobody_speaks_of(sandbox: Sandbox) -> str:
    edits = (("国有资产:\n  ", "国有资产:\n  ▶"), ("  实有车辆: 无\n", ""))
    return _edited(sandbox, "情况说明.yaml", *edits)


@reproduces("E221", says="上年有2.00万元，文中会印成本年没有")
def expenses_that_only_last_year_speaks_of(sandbox: Sandbox) -> str:
    edits = (
        ("上年预算数:", "上年预算数:\n  三公经费: {公务接待费: 20000}"),
        ("变动原因:", "变动原因:\n  三公经费: 厉行节约"),
    )
    _edited(sandbox, "情况说明.yaml", *edits)
    return UNIT


@reproduces("E222", says="日期是2022年4月29日，不是 2024 年度预算公开时的")
def a_letter_of_another_year(sandbox: Sandbox) -> str:
    return _edited(sandbox, "情况说明.yaml", ("日期: 2024年", "日期: ▶2022年"))


@reproduces("E223", says="5 个项目公开绩效目标（如“对部分就业困难军人进行帮扶就业”）")
def projects_without_any_form(sandbox: Sandbox) -> str:
    sandbox.write("项目绩效目标表.yaml", "项目绩效目标表: []\n")
    return _edited(sandbox, "项目.yaml", ("名称: 对部分", "名称: ▶对部分"))


@reproduces("E224", says="安排了公务用车运行维护费 30000 元，实有车辆却是 0 辆")
def running_costs_without_a_vehicle(sandbox: Sandbox) -> str:
    content = "三公经费:\n  公务用车运行维护费: ▶{一般公共预算: 30000}\n"
    return sandbox.write("补充.yaml", content)


@reproduces("E225", says="“收支”写 0.23 元，核对数“表二/20132/合计” 2300.00 元")
def an_amount_typed_in_wan(sandbox: Sandbox) -> str:
    _edited(sandbox, "情况说明.yaml", ("核对数: ", '核对数:\n  表二/20132/合计: "0.23"'))
    return _edited(sandbox, "收支.yaml", ("一般公共预算: 2350", "一般公共预算: ▶0.23"))


@reproduces("W226", says="改名为“补充.yaml”")
def a_file_that_notepad_renamed(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml.txt", "三公经费: 无\n")


@reproduces("W227", says="不是“年度”写的 2024")
def a_folder_of_another_year(sandbox: Sandbox) -> str:
    renamed = sandbox.data.rename(sandbox.data.with_name("某某中心-2025"))
    sandbox.data, sandbox.folders = renamed, [renamed]
    return _edited(sandbox, "单位信息.yaml", ("年度: 2024", "年度: ▶2024"))


# 模板包 --------------------------------------------------------------------------------------


@reproduces("E301")
def a_pack_that_is_not_there(sandbox: Sandbox) -> str:
    sandbox.pack = sandbox.pack.parent / "没有这个模板包"
    return "没有这个模板包"


@reproduces("E301")
def a_pack_without_its_settings(sandbox: Sandbox) -> str:
    (sandbox.pack / "pack.yaml").unlink()
    return "pack"


@reproduces("E301", says="模板包缺少 theme.yaml（字体、字号、版心）")
def a_pack_without_its_theme(sandbox: Sandbox) -> str:
    (sandbox.pack / "theme.yaml").unlink()
    return "pack"


@reproduces("E302", says="到模板末尾“for”还没有结束")
def a_loop_without_an_end(sandbox: Sandbox) -> str:
    return sandbox.page("{% for entry in glossary %}\n▶<p>{{ entry.term }}</p>")


@reproduces("E302", says="这里不该有标签“fro”")
def a_misspelt_tag(sandbox: Sandbox) -> str:
    return sandbox.page("<p>\n▶{% fro entry in glossary %}\n</p>")


@reproduces("E302", says="没有过滤器“nun”")
def a_misspelt_filter(sandbox: Sandbox) -> str:
    return sandbox.page('▶<p>{{ n.figure("表一/收入/收入总计/金额") | nun }}</p>')


@reproduces("E302", says="没有变量“unit”")
def an_undefined_variable(sandbox: Sandbox) -> str:
    return sandbox.page("<p>{{ entity.name }}</p>\n▶<p>{{ unit }}</p>")


@reproduces("E302", says="没有“adress”这一项")
def an_undefined_attribute_in_an_included_part(sandbox: Sandbox) -> str:
    sandbox.page('{% include "parts/address.html.j2" %}')
    return sandbox.write_pack(
        "parts/address.html.j2", "<p>地址：</p>\n\n▶<p>{{ entity.adress }}</p>\n"
    )


@reproduces("E302", says="没有模板文件“parts/寄语.html.j2”")
def an_included_part_that_is_not_there(sandbox: Sandbox) -> str:
    return sandbox.page('▶{% include "parts/寄语.html.j2" %}')


@reproduces("E302", says="没有尽头")
def a_template_that_includes_itself(sandbox: Sandbox) -> str:
    return sandbox.write_pack("document.html.j2", '▶{% include "document.html.j2" %}')


@reproduces("E302", says="不是 UTF-8 编码")
def a_template_saved_as_gbk(sandbox: Sandbox) -> str:
    (sandbox.pack / "parts" / "gbk.html.j2").write_bytes("<p>寄语</p>".encode("gbk"))
    return sandbox.page('▶{% include "parts/gbk.html.j2" %}')


@reproduces("E302", says="没有“隶书”")
def a_stylesheet_with_a_font_that_the_theme_lacks(sandbox: Sandbox) -> str:
    return sandbox.write_pack("document.css.j2", "body {\n▶  font-family: {{ font('隶书') }};\n}\n")


@reproduces("E303", says="是不是 表一/收入/收入总计/金额")
def an_unknown_address_in_a_template(sandbox: Sandbox) -> str:
    return sandbox.page('<p>\n▶{{ n.figure("表一/收入/收入总额/金额") | num }}\n</p>')


@reproduces("E303", says="是不是 表五/合计/基本支出")
def an_unknown_address_among_the_stated_totals(sandbox: Sandbox) -> str:
    content = """\
核对数:
  表五/总计/基本支出: ▶"115.52"
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("E303", says="没有“总额”这一列")
def an_unknown_address_among_the_places(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/places.yaml", "项目支出合计: ▶表十二/合计/总额\n")


@reproduces("E303", says="没有“表二十”这张表")
def an_unknown_statement_among_the_places(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/places.yaml", "项目支出表: ▶表二十\n")


@reproduces("E304", says="没有“名词表”")
def a_row_of_the_check_sheet_about_an_unknown_part(sandbox: Sandbox) -> str:
    rows = "".join(
        f"  - {{内容: {part}, 部分: [{part}]}}\n" for part in ("概况", "预算报表", "情况说明")
    )
    content = f"行:\n{rows}  - {{内容: 名词解释, 部分: [名词解释, ▶名词表]}}\n"
    return sandbox.write_pack("checks/sheet.yaml", content)


@reproduces("E304", says="“表十三”没有列在哪一行")
def a_check_sheet_without_a_row_for_a_statement(sandbox: Sandbox) -> str:
    numbers = [f"表{number}" for number in "一二三四五六七八九十"] + ["表十一", "表十二"]
    rows = [*numbers, "概况", "情况说明", "名词解释"]
    content = "".join(f"  - {{内容: {part}, 部分: [{part}]}}\n" for part in rows)
    return sandbox.write_pack("checks/sheet.yaml", f"行:\n  ▶{content.lstrip()}")


@reproduces("E304", says="“资金来源”没有“一般预算”这个取值")
def a_condition_with_an_unknown_value(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列:
      - {标题: 科目, 内容: 名称}
      - {标题: 金额, 条件: {资金来源: ▶一般预算}}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="“机关运行经费”账没有“科目项”这个维度")
def a_row_over_an_unknown_dimension(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 机关运行经费
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {展开: ▶[科目项]}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="没有“编号”这种内容")
def a_column_of_unknown_content(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 编号, 内容: ▶编号}]
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="有一层是空的")
def an_expansion_into_nothing(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {展开: ▶[[]]}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="有 2 个报表定义的表号都是“表五”")
def two_statements_with_one_number(sandbox: Sandbox) -> str:
    definition = (sandbox.pack / "statements" / "05.yaml").read_text(encoding="utf-8")
    sandbox.write_pack("statements/05又.yaml", definition)
    return "statements"


@reproduces("E304", says="同一个地址“表十四/合计/金额”")
def two_rows_at_one_address(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {标题: 合计}
      - {标题: 合计, 条件: {支出类别: 基本支出}}
"""
    sandbox.write_pack("statements/99.yaml", content)
    return "statements"


@reproduces("E306", says="规则 E9001 没有做完：出了错（ValueError）")
def an_installed_rule_that_fails(sandbox: Sandbox) -> str:
    rules = f"{RULES}\nfrom pathlib import Path\nPACK = Path({str(sandbox.pack)!r})\n"
    rules += 'def own():\n    return [rule("E9001", fails)]\n'
    points = {
        "disclosure.packs": {"云台": "yuntai:PACK"},
        "disclosure.rules": {"云台": "yuntai:own"},
    }
    install(sandbox.monkeypatch, sandbox.data.parent / "site", "yuntai", points, rules)
    return sandbox.data.name


# 打印 ----------------------------------------------------------------------------------------


@reproduces("W305", says="管道")
def a_pipe_called_like_a_data_file(sandbox: Sandbox) -> str:
    os.mkfifo(sandbox.data / "补充.yaml")
    return "补充.yaml"


@reproduces("W305", says="数据目录以外")
def a_link_out_of_the_data_folder(sandbox: Sandbox) -> str:
    (sandbox.data / "补充.yaml").symlink_to("/dev/zero")
    return "补充.yaml"


@reproduces("E401", says="没有安装字体“没有这种楷体”")
def a_font_that_is_not_installed(sandbox: Sandbox) -> str:
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    assert "pdf: LXGW WenKai," in theme
    sandbox.format = "pdf"
    return sandbox.write_pack(
        "theme.yaml", theme.replace("pdf: LXGW WenKai,", "pdf: ▶没有这种楷体,")
    )


@reproduces("N407", says="“没有这种楷体”")
def a_font_of_the_pdf_that_the_docx_does_without(sandbox: Sandbox) -> str:
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    sandbox.format = "docx"
    return sandbox.write_pack(
        "theme.yaml", theme.replace("pdf: LXGW WenKai,", "pdf: ▶没有这种楷体,")
    )


@reproduces("E401", says="安装 fontconfig")
def a_machine_without_the_list_of_fonts(sandbox: Sandbox) -> None:
    sandbox.format = "pdf"
    sandbox.monkeypatch.setattr(fonts, "_installed_families", fonts._installed_families.__wrapped__)
    sandbox.monkeypatch.setenv("PATH", str(sandbox.pack))


@reproduces("E402", says="“\U0010fffd”（U+10FFFD）")
def a_character_that_no_font_has(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
概况:
  职责: [▶"姓名里的生僻字：\\U0010FFFD"]
"""
    sandbox.page("<p>{{ disclosure.overview.duties[0] }}</p>", "pdf")
    return sandbox.write("单位信息.yaml", content)


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network_in_html_alone(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶http://example.com/seal.png" alt="章"/></p>', "html")


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶http://example.com/seal.png" alt="章"/></p>', "pdf")


@reproduces("E403", says="file:///etc/passwd")
def a_file_of_the_machine(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶file:///etc/passwd" alt="章"/></p>', "pdf")


@reproduces("E403", says="/output/")
def a_file_beside_the_pack(sandbox: Sandbox) -> str:
    sandbox.page(f'<p><img src="{sandbox.pack}/../output/{STEM}.html" alt="章"/></p>\n', "pdf")
    return "pack"


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network_inside_a_drawing(sandbox: Sandbox) -> str:
    drawing = """\
<figure><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img" aria-label="章">
<image href="▶http://example.com/seal.png" width="9" height="9"/>
</svg></figure>"""
    return sandbox.page(drawing, "pdf")


@reproduces("E404", says="标签 b 没有闭合")
def a_tag_that_does_not_close(sandbox: Sandbox) -> str:
    sandbox.page("<p><b>第一部分</p>")
    return "pack"


@reproduces("E404", says="什么也没有写出")
def an_empty_template(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "")
    return "pack"


@reproduces("E404", says="没有 <title>")
def a_document_without_a_title(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "<html><body><p>第一部分</p></body></html>")
    return "pack"


@reproduces("E404", says="没有 <body>")
def a_document_without_a_body(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "<html><head><title>试</title></head></html>")
    return "pack"


@reproduces("E404", says="data-toc")
def a_heading_at_a_level_that_is_no_number(sandbox: Sandbox) -> str:
    sandbox.page('<h1 data-toc="一">第一部分</h1>')
    return "pack"


@reproduces("E404", says="没有这个样式属性：colour: red")
def a_misspelt_style(sandbox: Sandbox) -> str:
    sandbox.page('<p style="colour: red">第一部分</p>', "pdf")
    return "pack"


@reproduces("E404", says="读不出文件")
def a_picture_that_the_pack_lacks(sandbox: Sandbox) -> str:
    sandbox.page('<p><img src="seal.png" alt="章"/></p>', "pdf")
    return "pack"


@reproduces("E406", says="“表九支出表”放不下金额“1234567.89”")
def an_amount_wider_than_the_paper(sandbox: Sandbox) -> str:
    sandbox.page(
        '<section class="statement"><h2 class="statement" data-toc="2" data-toc-text="表九支出表">'
        '支出表</h2><table class="statement"><colgroup><col style="width: 50%"/>'
        '<col style="width: 50%"/></colgroup><tbody><tr><td>合计</td>'
        '<td class="amount">1234567.89</td></tr></tbody></table></section>'
    )
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    for ours, theirs in (
        ("{选择器: td, 字体: 表格, 字号: 9,", "{选择器: td, 字体: 表格, 字号: 90,"),
        ("最小字号: 7.5", "最小字号: 80"),
        ("  内边距:", "  ▶内边距:"),
    ):
        assert ours in theme
        theme = theme.replace(ours, theirs)
    return sandbox.write_pack("theme.yaml", theme)


@reproduces("W405", says="libharfbuzz-subset0")
def a_machine_without_harfbuzz_subset(sandbox: Sandbox) -> None:
    def find_library(name: str) -> str | None:
        return None if name == "harfbuzz-subset" else name

    sandbox.monkeypatch.setattr(ctypes.util, "find_library", find_library)


# 输出 ----------------------------------------------------------------------------------------


@reproduces("E501", says="路径中间有一段是文件")
def an_output_folder_below_a_file(sandbox: Sandbox) -> str:
    sandbox.output = sandbox.output / f"{STEM}.pdf" / "送审"
    return "送审"


@reproduces("E501", says="已有同名的文件")
def a_file_for_an_output_folder(sandbox: Sandbox) -> str:
    sandbox.output = sandbox.output / f"{STEM}.pdf"
    return f"{STEM}.pdf"


@reproduces("E501", says="它是目录")
def a_folder_in_the_place_of_the_last_file(sandbox: Sandbox) -> str:
    (sandbox.output / f"{STEM}.figures.json").mkdir()
    return "output"


@reproduces("E502", says="都会写出")
def two_folders_of_one_entity_and_year(sandbox: Sandbox) -> str:
    sandbox.folders.append(Path(shutil.copytree(sandbox.data, sandbox.data.parent / "副本")))
    return "副本"


def _rule(code: str) -> str:
    return (
        f"  - 代码: {code}\n"
        "    名称: 收支不平\n"
        "    检查什么: 收入总计 = 支出总计。\n"
        "    为什么: 其余各表都以它为准。\n"
        "    办法: 核对两边\n"
        "    依据: 审核惯例\n"
        "    关系:\n"
        "      - {等式: 表一/收入/收入总计/金额 = 表一/支出/支出总计/合计}\n"
    )


@reproduces("E307", says="“E735”不能作模板包的规则的代码")
def a_rule_of_a_pack_with_a_code_of_the_program(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/relations.yaml", "勾稽关系:\n" + _rule("▶E735"))


@reproduces("E307", says="规则 E801 写了不止一次")
def a_rule_of_a_pack_that_is_declared_twice(sandbox: Sandbox) -> str:
    rules = _rule("E801") + _rule("▶E801")
    return sandbox.write_pack("checks/relations.yaml", "勾稽关系:\n" + rules)


@reproduces("E504", says="信号 9")
def a_process_killed_by_the_system(sandbox: Sandbox) -> str:
    other = Path(shutil.copytree(sandbox.data, sandbox.data.parent / "另一单位-2024"))
    for file in other.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("阳泉市退役军人服务中心", "另一单位"), encoding="utf-8")
    doomed = Path(shutil.copytree(sandbox.data, sandbox.data.parent / "killed"))
    sandbox.folders = [other]
    sandbox.build()  # so that what the other folder writes stands there already
    sandbox.folders = [doomed, other]
    sandbox.options = ["--no-cache"]
    sandbox.monkeypatch.setattr(workers, "work", mishaps.work)
    return "killed"


# ---------------------------------------------------------------------------------------------


def _cases() -> Iterator[object]:
    for code, cases in reproduces.cases.items():
        for case in cases:
            yield pytest.param(code, case, id=f"{code}-{case.reproduce.__name__}")


def test_every_code_has_a_reproducer() -> None:
    told = {*reproduces.cases, *import_reproduces.cases, *diff_reproduces.cases}
    told |= {*worksheet_reproduces.cases, *accept_reproduces.cases}
    assert told == set(CODES)


@pytest.mark.parametrize(("code", "case"), list(_cases()))
def test_a_code_is_told_in_chinese_where_it_arises_and_harms_nothing(
    code: str, case: Case[Sandbox], sandbox: Sandbox
) -> None:
    place = case.reproduce(sandbox)
    outcome = sandbox.build()
    is_error = code.startswith("E")

    assert isinstance(outcome.error, SystemExit), "an exception came through"
    assert outcome.exit_code == (2 if is_error else 1)
    assert [report.place for report in outcome.reports if report.code == code] == [place]
    report = next(report for report in outcome.reports if report.code == code)
    assert case.says in f"{report.message}\n{report.remedy}"
    for each in outcome.reports:
        assert each.in_chinese
    if is_error:
        assert outcome.after == outcome.before, "a file that stood before was touched"
        others = {each.code for each in outcome.reports} - {code}
        assert not [other for other in others if other.startswith("E")], "one fault, one error"
    else:
        stem = STEM + "（送审稿）" * ("--draft" in sandbox.options)
        assert outcome.after[sandbox.output / f"{stem}.{sandbox.format}"] != STOOD_BEFORE


def test_an_error_ends_the_command_without_a_traceback(sandbox: Sandbox) -> None:
    a_misspelt_key(sandbox)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", sandbox.data, "-o", sandbox.output],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert not done.stdout
    assert f"错误 E201  {sandbox.data / '收支.yaml'}:4:7" in done.stderr
    assert "共 1 个错误、0 个警告。代码的解释：disclosure explain E201\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert (sandbox.output / f"{STEM}.html").read_bytes() == STOOD_BEFORE


def test_all_problems_are_told_in_one_run(sandbox: Sandbox) -> None:
    places = sandbox.write_marks(
        "补充.yaml",
        """\
三公经费:
  ▶公务接侍费: {一般公共预算: 100}
  公务用车购置费: {一般公共预算: ▶-200}
  ▶公务用车购置费: {一般公共预算: 300}
绩效管理: {编报整体绩效目标单位数: ▶十}
▶附件: ▶&a [▶*a]
""",
    )
    codes = ["E201", "E204", "E106", "E203", "E108", "E107", "E107"]
    expected = {
        *zip(codes, places, strict=True),
        ("E103", a_file_saved_as_gbk(sandbox)),
        ("E207", a_subject_left_blank(sandbox)),
        ("E101", "没有这个单位-2024"),
    }
    sandbox.folders.append(sandbox.data.parent / "没有这个单位-2024")
    assert sandbox.build().codes_and_places == expected


def test_all_problems_of_well_formed_data_are_told_in_one_run(sandbox: Sandbox) -> None:
    places = sandbox.write_marks(
        "收支.yaml",
        """\
收支:
  - {科目: "2013299", 当年预算: {基本支出: {一般公共预算: 2350}}}
  - ▶{科目: "2013299", 当年预算: {基本支出: {一般公共预算: 2350}}}
  - {科目: ▶"2990101", 当年预算: {基本支出: {一般公共预算: 2350}}}
补充科目:
  功能分类: {"2080505": ▶养老保险缴费}
""",
    )
    outcome = sandbox.build()
    assert outcome.exit_code == 2
    assert outcome.codes_and_places == set(zip(["E206", "E205", "W210"], places, strict=True))


def test_all_problems_of_the_results_are_told_in_one_run(sandbox: Sandbox) -> None:
    places = sandbox.write_marks(
        "情况说明.yaml",
        """\
上年预算数: ▶{收入总计: 10000}
变动原因: ▶{支出总计: 新增专项经费}
核对数:
  表五/总计/基本支出: ▶"115.52"
  表一/收入/收入总计/金额: ▶"10000.00"
"""
        + SAID,
    )
    expected = set(zip(["W213", "E212", "E303", "W214"], places, strict=True))
    expected.add(("E208", a_statement_that_the_pack_lacks(sandbox)))
    outcome = sandbox.build()
    assert outcome.exit_code == 2
    assert outcome.codes_and_places == expected


def test_an_amount_is_refused_with_what_is_wrong_with_it(sandbox: Sandbox) -> None:
    places = sandbox.write_marks(
        "补充.yaml",
        """\
三公经费:
  因公出国（境）费: {一般公共预算: ▶"1,000"}
  公务接待费: {一般公共预算: ▶3万元}
  公务用车购置费: {一般公共预算: ▶0.125}
  公务用车运行维护费: {一般公共预算: ▶[100]}
机关运行经费:
  - {单位: 本级, 金额: {一般公共预算: ▶}}
""",
    )
    causes = [
        "金额不加千分位，现在是“1,000”",
        "金额不写单位，现在是“3万元”",
        "“0.125”不是金额",
        "这里只写一个金额",
        "没有写金额",
    ]
    found = {(report.code, report.place, report.message) for report in sandbox.build().reports}
    assert found == {("E204", place, cause) for place, cause in zip(places, causes, strict=True)}


def test_one_broken_folder_does_not_keep_the_others_from_being_built(sandbox: Sandbox) -> None:
    broken = Path(shutil.copytree(sandbox.data, sandbox.data.parent / "副本"))
    (broken / "单位信息.yaml").unlink()
    sandbox.folders.insert(0, broken)
    outcome = sandbox.build()
    assert outcome.exit_code == 2
    assert {report.place for report in outcome.reports if report.code == "E202"} == {"副本"}
    assert outcome.after[sandbox.output / f"{STEM}.html"] != STOOD_BEFORE


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [笑, 笑, 笑, 笑, 笑, 笑, 笑, 笑, 笑, 笑]"]
    for level in range(1, 30):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    file = tmp_path / "bomb.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    started = time.perf_counter()
    source = read_yaml(file)
    assert time.perf_counter() - started < 1
    assert {finding.code for finding in source.findings} == {"E107"}


def test_a_schema_that_cannot_be_written_is_told_in_chinese(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["schema", "-o", str(tmp_path / "没有" / "格式.json")])
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert "错误 E501" in done.stderr
    assert "写不进文件：不存在" in done.stderr
