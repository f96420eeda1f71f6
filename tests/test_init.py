"""``disclosure init``: a folder to begin with, that a check answers with a list of work."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.run import run
from generator.checks.selection import Selection
from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.core.findings import Severity
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.load.yaml.content import plain
from generator.model.disclosure import Disclosure, EntityKind
from generator.model.vocabulary import SaidSection
from generator.pack.pack import load_pack
from generator.reading.from_data import presented_data
from generator.skeleton.fill import doubts_whose, filled
from generator.skeleton.folder import Beginning, skeleton

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
    report = run(
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
    made = filled(files, read)
    assert plain(made["单位信息.yaml"].decode())["单位信息"]["名称"] == "某某局"
    assert plain(made["收支.yaml"].decode())["收支"] == read["收支"]
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
    assert plain((target / "单位信息.yaml").read_text("utf-8"))["单位信息"]["类型"] == "单位"
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
    made = filled(files, {"概况": {"职责": []}, "三公经费": {}})
    assert made["单位信息.yaml"] == files["单位信息.yaml"]
    assert made["情况说明.yaml"] == files["情况说明.yaml"]
