"""disclosure new-year: the next year's folder, edited in place out of this year's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.compose.compose import compose
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.load.yaml.edit import YamlEdit
from generator.model.disclosure import Disclosure
from generator.newyear.worklist import WORKLIST
from generator.newyear.year_words import advanced, mentions
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, ROOT, SAMPLES, UNIT, vocabulary

NEXT = {DEPARTMENT: "阳泉市教育局-2026", UNIT: "阳泉市退役军人服务中心-2025"}
_NOTE = re.compile(r"(； ?| *# )(待填|待核（)")


def _new_year(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["new-year", str(folder), *options])


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _load(folder: Path, catalogue: Catalogue) -> Disclosure:
    loaded, findings = load_entity(folder, catalogue, vocabulary())
    assert loaded is not None, findings
    return loaded.disclosure


@dataclass(frozen=True)
class Made:
    """A copy of a sample, what stood in it before, and the folder of the next year made of it."""

    folder: Path
    before: dict[str, bytes]
    new: Path
    output: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Made]:
    """Makes the next year of a sample, once: nobody may change a file of it."""

    @cache
    def make(name: str) -> Made:
        folder = Path(shutil.copytree(ROOT / "data" / name, tmp_path_factory.mktemp("made") / name))
        before = _contents(folder)
        done = _new_year(folder, "--all")
        assert done.exit_code == 0, done.output
        return Made(folder, before, folder.with_name(NEXT[name]), done.output)

    return make


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, made: Callable[[str], Made]) -> Made:
    """Each of the two samples."""
    return made(request.param)


@dataclass(frozen=True)
class Years:
    """Two years of the department: the folder and data of the new one, and what was printed."""

    old: Disclosure
    folder: Path
    new: Disclosure
    output: str

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def department(catalogue: Catalogue) -> Disclosure:
    return _load(ROOT / "data" / DEPARTMENT, catalogue)


@pytest.fixture(scope="module")
def years(department: Disclosure, catalogue: Catalogue, made: Callable[[str], Made]) -> Years:
    emptied = made(DEPARTMENT)
    return Years(department, emptied.new, _load(emptied.new, catalogue), emptied.output)


@pytest.fixture(scope="module")
def kept_years(
    department: Disclosure, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Years:
    target = tmp_path_factory.mktemp("kept") / NEXT[DEPARTMENT]
    options = ("--keep-amounts", "--keep-one-off")
    done = _new_year(ROOT / "data" / DEPARTMENT, "-o", str(target), *options)
    assert done.exit_code == 0, done.output
    return Years(department, target, _load(target, catalogue), done.output)


def _edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_new_folder_loads_and_refers_to_the_old_one(sample: Made, catalogue: Catalogue) -> None:
    disclosure, old = _load(sample.new, catalogue), _load(sample.folder, catalogue)
    assert disclosure.entity.year == old.entity.year + 1
    assert disclosure.entity.subordinate_units == old.entity.subordinate_units
    assert disclosure.overview == old.overview
    assert disclosure.prior_data == f"../{sample.folder.name}"
    assert not any((disclosure.stated, disclosure.acceptances))
    assert disclosure.publication.empty_statements == ()
    assert disclosure.prior_year == type(old.prior_year)()
    assert disclosure.reasons == type(old.reasons)()
    assert not (sample.new / "按实公布说明.yaml").exists()
    assert _contents(sample.folder) == sample.before  # nothing of this year is touched


def test_the_new_folder_composes_as_a_draft(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    assert _new_year(unit_folder).exit_code == 0
    composed = compose(unit_folder.with_name(NEXT[UNIT]), pack, catalogue, draft=True)
    assert composed.disclosure.entity.year == 2025


def test_every_line_is_as_it_was_or_carries_a_note(sample: Made) -> None:
    for name, content in _contents(sample.new).items():
        if name not in sample.before:  # the list, and what last year did not have
            continue
        old = sample.before[name].decode().splitlines()
        unmarked = [line for line in content.decode().splitlines() if not _NOTE.search(line)]
        changed = [line for line in unmarked if line not in old]
        assert [line for line in changed if not re.match(r"(  年度|上年数据): ", line)] == []


def test_amounts_are_emptied_where_they_stand(years: Years) -> None:
    text = years.text("收支.yaml")
    assert '- 科目: "2050199"      # 其他教育管理事务支出\n' in text
    assert (
        "项目支出: {一般公共预算: 0, 财政专户管理资金: 0}      "
        "# 待填（2025年：1923200、5000000）\n" in text
    )
    pairs = years.text("基本支出经济科目.yaml")
    assert "金额: 0}      # 基本工资 / 工资奖金津补贴；待填（2025年：1602604）\n" in pairs
    assert not any(line.amount for line in years.new.economic)
    assert not years.new.assets.numbers["办公用房建筑面积"]
    assert len(years.new.subjects) == len(years.old.subjects)
    assert all(form.stamp == "" for form in years.new.forms)


def test_amounts_are_kept_by_choice_but_not_what_was_left_over(kept_years: Years) -> None:
    old, new = kept_years.old, kept_years.new
    assert new.economic == old.economic
    assert new.procurement == old.procurement
    assert [line.current for line in new.subjects] == [line.current for line in old.subjects]
    assert not any(amount for line in new.subjects for _, amount in line.carry_over.project.items())
    text = kept_years.text("情况说明.yaml")
    assert "服务: 6653100}      # 待核（照搬2025年）\n" in text
    assert "  机关运行经费:       # 待填\n" in text  # reasons belong to the year all the same


def test_one_off_projects_are_carried_over_by_choice(kept_years: Years) -> None:
    assert len(kept_years.new.forms) == len(kept_years.old.forms)


def test_year_words_move_on_and_document_numbers_stay() -> None:
    assert advanced("育英2025年城乡义教（第一批）", 2025) == "育英2026年城乡义教（第一批）"
    assert advanced("2025年1月1日至2025年12月31日", 2025) == "2026年1月1日至2026年12月31日"
    for kept in ("阳财教〔2025〕3号", "规划（2023-2025年）", "2025—2027年", "2024年", "12025年"):
        assert advanced(kept, 2025) == kept
    assert mentions("规划（2023-2025年）", 2025)
    assert not mentions("阳财教〔2025〕3号、[2025]4号", 2025)


def test_names_move_on_in_projects_and_forms_alike(years: Years) -> None:
    names = {(entry.unit, entry.project.name) for entry in years.new.keyed_projects()}
    name = "育英2026年城乡义教（第一批）-公用经费（省级）"
    assert ("阳泉市教育局", name) in names
    assert ("阳泉市教育局", name) in {(form.unit, form.project) for form in years.new.forms}
    assert not any("2025年" in each for _, each in names)


def test_one_off_projects_stay_behind_and_are_listed(years: Years) -> None:
    names = {entry.project.name for entry in years.new.keyed_projects()}
    assert "卫生间改造项目" not in names | {form.project for form in years.new.forms}
    assert "基建支出" not in names
    assert "阳泉开放大学" not in {group.unit for group in years.new.projects}
    worklist = years.text(WORKLIST)
    assert "| 阳泉市第十一中学校高中部 | 卫生间改造项目 | 一次性项目 | 1000000 |" in worklist
    assert "| 阳泉市第二中学校高中部 | 基建支出 | 只有上年结转 | 24321649 |" in worklist
    assert "没有带过来的项目 52 个" in years.output


def test_the_list_names_the_line_of_every_note(sample: Made) -> None:
    new = sample.new
    listed, file = set(), ""
    section = ""
    for line in (new / WORKLIST).read_text(encoding="utf-8").splitlines():
        section = line[3:5] if line.startswith("## ") else section
        file = line[4:] if line.startswith("### ") else file
        if (row := re.match(r"\| (\d+) \|", line)) and section in ("待填", "待核"):
            listed.add((file, int(row[1]), section))
    noted = {
        (name, number, section)
        for name, content in _contents(new).items()
        if name != WORKLIST
        for number, line in enumerate(content.decode().splitlines(), 1)
        for section in ("待填", "待核")
        if re.search(rf"(# |；){section}", line)
    }
    assert listed == noted


def test_the_terminal_lists_what_is_to_be_filled_in(unit_folder: Path) -> None:
    output = _new_year(unit_folder, "--all").output
    assert "情况说明.yaml:5" in output
    assert "货物 138000" in output
    assert "待填 39 处、待核 10 处、留意 2 处" in output


def test_a_second_year_leaves_no_stale_notes(unit_folder: Path, catalogue: Catalogue) -> None:
    _new_year(unit_folder)
    second = unit_folder.with_name(NEXT[UNIT])
    assert _new_year(second).exit_code == 0
    third = unit_folder.with_name("阳泉市退役军人服务中心-2026")
    for name, content in _contents(third).items():
        if name != WORKLIST:
            assert "2024年：" not in content.decode()
            assert "照搬2024年" not in content.decode()
    assert _load(third, catalogue).prior_data == f"../{second.name}"
    assert (third / "单位信息.yaml").read_text(encoding="utf-8").count("上年数据") == 1


def test_a_folder_with_files_is_refused(unit_folder: Path) -> None:
    taken = unit_folder.parent / NEXT[UNIT]
    taken.mkdir()
    (taken / "x.txt").write_text("x")
    done = _new_year(unit_folder)
    assert done.exit_code == 2
    assert "E503" in done.output
    assert _contents(taken) == {"x.txt": b"x"}


def test_a_folder_without_the_year_needs_a_name(unit_folder: Path, tmp_path: Path) -> None:
    folder = unit_folder.rename(tmp_path / "服务中心")
    done = _new_year(folder)
    assert done.exit_code == 2
    assert "-o" in done.output
    assert _new_year(folder, "-o", str(tmp_path / "下级" / "新")).exit_code == 0
    text = (tmp_path / "下级" / "新" / "单位信息.yaml").read_text(encoding="utf-8")
    assert "\n上年数据: ../../服务中心\n" in text
    inside = _new_year(folder, "-o", str(folder / "新"))
    assert inside.exit_code == 2
    assert not (folder / "新").exists()


def test_data_that_does_not_load_makes_no_folder(unit_folder: Path) -> None:
    _edit(unit_folder, "收支.yaml", "2350", "二千")
    done = _new_year(unit_folder)
    assert done.exit_code == 2
    assert "E204" in done.output
    assert not unit_folder.with_name(NEXT[UNIT]).exists()


def test_other_ways_of_writing_survive(unit_folder: Path, catalogue: Catalogue) -> None:
    """A byte order mark, Windows line ends, flow mappings over lines, folded and quoted texts."""
    text = """\
# 本文件由办公室维护
变动原因: {收入总计: "今年\
新增", 支出总计: 今年新增}
政府采购: {
  货物: "138000",   # 含电脑
  服务: 296500 }
其他说明:
  政府购买服务指导性目录: |
    本单位无。# 不是注释
  其他: >-
    见 2024 年
    公告
公开方式: {无数据表: [表三, 表四], 绩效目标表位置: 正文}
核对数: {}
# 机关运行经费没有
附件:
  -
    # 说明函
    正文: ["2024年 # 一", '二']
    日期:
"""
    (unit_folder / "情况说明.yaml").write_bytes(
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    )
    info = (unit_folder / "单位信息.yaml").read_text(encoding="utf-8")
    info = re.sub(r"公开方式:\n(  .*\n)+\n", "", info)
    (unit_folder / "单位信息.yaml").write_text(info, encoding="utf-8")
    _edit(unit_folder, "项目绩效目标表.yaml", '填报日期: "20230128110040"', "填报日期:")
    assert _new_year(unit_folder).exit_code == 0
    new = unit_folder.with_name(NEXT[UNIT])
    _load(new, catalogue)
    written = (new / "情况说明.yaml").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# ")
    assert written.count(b"\r\n") == written.count(b"\n")
    expected = """\
# 本文件由办公室维护
变动原因: {收入总计: , 支出总计: }      # 待填
政府采购: {
  货物: 0,   # 含电脑；待填（2024年：138000）
  服务: 0 }      # 待填（2024年：296500）
其他说明:
  政府购买服务指导性目录: |      # 待核（照搬2024年）
    本单位无。# 不是注释
  其他: >-      # 待核（照搬2024年）
    见 2024 年
    公告
公开方式: {绩效目标表位置: 正文}
# 机关运行经费没有
附件:
  -
    # 说明函
    正文: ["2024年 # 一", '二']      # 待核（照搬2024年）
    日期:      # 待核（照搬2024年）
"""
    assert written.decode("utf-8-sig").replace("\r\n", "\n") == expected
    assert '填报日期: ""      # 待填' in (new / "项目绩效目标表.yaml").read_text(encoding="utf-8")


def test_comments_go_with_what_they_are_about() -> None:
    text = """\
# 文件的说明
甲: 1
# 乙的说明
乙:   # 待填（2024年：5）
  - 二
  # 乙的尾注

# 丙的说明
丙: {a: 1, b: 2, c: 3}   # 单价；待填
"""
    edit = YamlEdit(text)
    edit.drop(edit.root, {1})
    inner = edit.root.value[2][1]
    edit.drop(inner, {1, 2})
    finished = edit.finish()
    assert finished == "# 文件的说明\n甲: 1\n\n# 丙的说明\n丙: {a: 1}   # 单价\n"
    assert yaml.safe_load(finished) == {"甲": 1, "丙": {"a": 1}}
