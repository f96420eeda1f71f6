"""``disclosure init``: a folder to begin with, that a check answers with a list of work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.checks.run import run_checks
from generator.checks.selection import Selection
from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.core.findings import Severity
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.load.yaml.content import plain_content
from generator.model.disclosure import Disclosure, EntityKind
from generator.model.vocabulary import SaidSection
from generator.pack.pack import load_pack
from generator.reading.from_data import presented_data
from generator.skeleton.fill import doubts_whose, filled_files
from generator.skeleton.folder import Beginning, skeleton
from tests.workbooks import write

NAMES = ("national", "yangquan", "shanghai-district")


def _files(name: str, kind: EntityKind, catalogue: Catalogue) -> dict[str, bytes]:
    return skeleton(Beginning("某某局", 2026, kind, name), load_pack(PACKS / name), catalogue)


def _written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("kind", list(EntityKind))
@pytest.mark.parametrize("name", NAMES)
def test_a_new_folder_has_work_to_be_done_and_no_errors(
    name: str, kind: EntityKind, catalogue: Catalogue, tmp_path: Path
) -> None:
    pack = load_pack(PACKS / name)
    folder = _written(tmp_path / "某某局-2026", _files(name, kind, catalogue))
    composed: Composed = compose(folder, pack, catalogue)
    report = run_checks(
        presented_data(composed, pack), pack, Selection(), composed.loaded, composed.findings
    )
    codes = [each.code for each in report.findings if each.severity is not Severity.NOTE]
    assert codes == ["W220"]
    assert len(composed.loaded.source.marks) > 15


@pytest.mark.parametrize("name", NAMES)
def test_every_section_is_there_or_shown_by_an_example(name: str, catalogue: Catalogue) -> None:
    text = b"".join(_files(name, EntityKind.DEPARTMENT, catalogue).values()).decode()
    forms = load_pack(PACKS / name).vocabulary.forms
    absent = {"按实公布说明"}  # about what a check will find
    absent |= set() if forms.project else {"项目绩效目标表"}
    absent |= set() if forms.overall else {"整体绩效目标表"}
    words = load_pack(PACKS / name).vocabulary
    absent |= set() if words.own_numbers else {"补充数字"}
    absent |= set() if words.own_texts else {"补充文字"}
    absent |= set() if SaidSection.SERVICES in words.to_be_said else {"其他说明"}
    for field in Disclosure.model_fields.values():
        assert f"{field.alias}:" in text or field.alias in absent, field.alias


def test_examples_in_comments_are_valid_data(catalogue: Catalogue, tmp_path: Path) -> None:
    """Whoever takes out the # of every example has data that can be read."""
    files = _files("national", EntityKind.DEPARTMENT, catalogue)
    folder = _written(tmp_path / "某某局-2026", files)
    for name in ("收支.yaml", "项目.yaml", "基本支出经济科目.yaml", "项目绩效目标表.yaml"):
        section = name.removesuffix(".yaml")
        lines = (folder / name).read_text("utf-8").splitlines()
        start = lines.index(f"# {section}:")
        example = [f"{section}:"]
        for line in lines[start + 1 :]:
            if not line.startswith("#  "):
                break
            example.append(line[2:])
        (folder / name).write_text("\n".join(example) + "\n", "utf-8")
    composed = compose(folder, load_pack(PACKS / "national"), catalogue)
    assert composed.disclosure.subjects
    assert composed.disclosure.projects
    assert composed.disclosure.economic
    assert composed.disclosure.forms


def test_what_was_read_is_filled_in_and_settles_its_marks(catalogue: Catalogue) -> None:
    files = _files("national", EntityKind.DEPARTMENT, catalogue)
    read = {
        "单位信息": {"名称": "别的名称", "年度": "2025"},
        "收支": [{"科目": "2010501", "当年预算": {"基本支出": {"一般公共预算拨款": "100"}}}],
        "政府采购": {"货物": "5"},
    }
    made = filled_files(files, read)
    assert plain_content(made["单位信息.yaml"].decode())["单位信息"]["名称"] == "某某局"
    assert plain_content(made["收支.yaml"].decode())["收支"] == read["收支"]
    assert "待填" not in made["收支.yaml"].decode().split("收支:")[-1]
    words = made["情况说明.yaml"].decode()
    assert "  货物: 5\n" in words
    assert "  工程: 0      # 待填\n" in words


TEXT = """\
别的局2025年度部门预算公开

第一部分 概况
一、主要职责
别的局是主管某某工作的部门，负责某某工作。
第四部分 名词解释
一、机关运行经费：指保障运行的经费。
"""


def test_a_document_of_another_entity_and_year_is_doubted(tmp_path: Path) -> None:
    source, target = tmp_path / "公开稿.txt", tmp_path / "某某局-2026"
    source.write_text(TEXT, "utf-8")
    arguments = ["init", "某某局", "2026", "--pack", "national", "-o", str(target)]
    result = CliRunner().invoke(cli, [*arguments, "--from", str(source)])
    assert result.exit_code == 1, result.output
    assert "单位信息/名称：文件里是“别的局”，不是“某某局”：看看是不是拿错了文件" in result.output
    assert "单位信息/年度：文件里是“2025”，不是“2026”：看看是不是拿错了文件" in result.output
    assert "# 待核：单位信息/年度：" in (target / "情况说明.yaml").read_text("utf-8")


def test_a_document_of_the_same_entity_is_not_doubted(catalogue: Catalogue) -> None:
    files = _files("national", EntityKind.DEPARTMENT, catalogue)
    assert doubts_whose(files, {"单位信息": {"名称": "某某局", "年度": 2026}}) == []
    assert doubts_whose(files, {"单位信息": {"名称": ""}}) == []


def test_the_command_writes_the_folder_and_says_what_comes_next(tmp_path: Path) -> None:
    target = tmp_path / "某某中心-2026"
    arguments = ["init", "某某中心", "2026", "--kind", "单位", "-o", str(target)]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert "disclosure check" in result.output
    assert (
        plain_content((target / "单位信息.yaml").read_text("utf-8"))["单位信息"]["类型"] == "单位"
    )
    assert CliRunner().invoke(cli, arguments).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("buld", "build"), ("chek", "check"), ("new_year", "new-year"), ("导入", "import")],
)
def test_an_unknown_command_suggests_the_one_that_was_meant(typed: str, meant: str) -> None:
    result = CliRunner().invoke(cli, [typed])
    assert result.exit_code == 2
    assert f"是不是 disclosure {meant}？" in result.output


def test_what_a_document_leaves_empty_is_still_to_be_filled_in(catalogue: Catalogue) -> None:
    files = _files("national", EntityKind.UNIT, catalogue)
    made = filled_files(files, {"概况": {"职责": []}, "三公经费": {}})
    assert made["单位信息.yaml"] == files["单位信息.yaml"]
    assert made["情况说明.yaml"] == files["情况说明.yaml"]


LIST_HEAD = [
    "预算单位",
    "项目类别",
    "项目名称",
    "支出功能分类",
    "部门预算经济分类",
    "预算金额",
    "公共预算拨款",
]
LIST: list[list[Any]] = [
    ["001-某某中心", "人员类", "工资", "2010550-事业运行", "30101-基本工资", 500000, 500000],
    ["001-某某中心", "特定目标类", "某某普查", "2010507-专项普查活动", "30227", 80000, 80000],
]
PAPER = """\
某某中心2026年度单位预算公开

第一部分 概况
一、主要职责
某某中心承担某某工作，负责某某普查。
"""


def _begin(target: Path, *sources: Path) -> Result:
    names = [str(source) for source in sources]
    arguments = ["init", "某某中心", "2026", "--kind", "单位", "--pack", "national"]
    return CliRunner().invoke(cli, [*arguments, "-o", str(target), "--from", *names])


def test_several_files_fill_one_folder(tmp_path: Path) -> None:
    """A list of amounts is confirmed once; the words come from another file."""
    sheet = write(tmp_path / "明细.xlsx", ("明细", [["单位：元"], LIST_HEAD, *LIST]))
    paper = tmp_path / "说明.txt"
    paper.write_text(PAPER, "utf-8")
    target = tmp_path / "某某中心-2026"
    first = _begin(target, sheet, paper)
    assert first.exit_code == 2
    assert [each.name for each in target.iterdir()] == ["列对照.yaml"]
    columns = target / "列对照.yaml"
    columns.write_text(columns.read_text("utf-8").replace("确认: 否", "确认: 是"), "utf-8")
    second = _begin(target, sheet, paper)
    assert second.exit_code == 1, second.output
    assert "补上没有项目的单位" not in second.output  # a unit has none below it
    assert "合计 580,000.00 元，读进数据 580,000.00 元" in second.output
    assert "没有读到、还是待填的栏目：三公经费、国有资产、上年预算数、政府采购" in second.output
    data = plain_content((target / "单位信息.yaml").read_text("utf-8"))
    assert data["概况"]["职责"] == ["某某中心承担某某工作，负责某某普查。"]
    assert "2010507" in (target / "项目.yaml").read_text("utf-8")
    assert columns.is_file()


def test_columns_stay_if_a_folder_is_begun_without_lists(tmp_path: Path) -> None:
    target = tmp_path / "某某中心-2026"
    target.mkdir()
    columns = target / "列对照.yaml"
    columns.write_text("金额单位: 元\n确认: 是  # 看过\n列: []\n", "utf-8")
    before = columns.read_bytes()
    result = CliRunner().invoke(cli, ["init", "某某中心", "2026", "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert columns.read_bytes() == before
    assert (target / "单位信息.yaml").is_file()


def test_a_folder_is_read_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    (folder / "说明.txt").write_text(PAPER, "utf-8")
    (folder / "旧.wps").write_bytes(b"x")
    result = _begin(tmp_path / "某某中心-2026", folder)
    assert result.exit_code == 1, result.output
    assert "“导出”里的“旧.wps”没有读" in result.output


def test_files_without_from_and_worksheets_are_refused(tmp_path: Path) -> None:
    arguments = ["init", "某某中心", "2026", str(tmp_path / "批复.xlsx")]
    assert "前面写 --from" in CliRunner().invoke(cli, arguments).output
    arguments = ["init", "某某中心", "2026", "--columns", str(tmp_path / "列对照.yaml")]
    assert "--columns 只用于 --from" in CliRunner().invoke(cli, arguments).output


def test_what_is_still_to_be_filled_in_is_no_error(catalogue: Catalogue, tmp_path: Path) -> None:
    """Amounts are there; last year's, the vehicles and the forms are still to be filled in."""
    sections = {
        "收支": [{"科目": "2010550", "当年预算": {"基本支出": {"一般公共预算拨款": "900000"}}}],
        "基本支出经济科目": [{"部门经济科目": "30231", "金额": "900000"}],
        "项目": [
            {
                "单位": "某某局本级",
                "项目": [
                    {
                        "名称": "某某普查",
                        "科目": "2010507",
                        "当年预算": {"一般公共预算拨款": "80000"},
                    }
                ],
            }
        ],
        "三公经费": {"公务用车运行维护费": {"一般公共预算拨款": "900000"}},
    }
    pack = load_pack(PACKS / "national")
    files = filled_files(_files("national", EntityKind.DEPARTMENT, catalogue), sections)
    folder = _written(tmp_path / "某某局-2026", files)
    findings = compose(folder, pack, catalogue).findings
    assert {each.code for each in findings} == {"W220"}
    for name, text in files.items():
        (folder / name).write_bytes(text.replace("待填".encode(), "填好".encode()))
    settled = {each.code for each in compose(folder, pack, catalogue).findings}
    assert settled == {"E212", "E223", "E224"}
