"""Performance forms by the declaration of a pack: another form is another YAML, no more."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.checks.rule import Outcome, Passed
from generator.checks.rules import CHECKS
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.core.findings import Finding, UnusableInputError
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.importing.as_document import forms_of_draft
from generator.importing.forms.read import import_forms
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.model.json_schema import json_schema
from generator.model.performance import ProjectForm
from generator.pack.pack import Pack, load_pack
from generator.printing.docx.writer import write_docx
from generator.reading.document import Form, Origin
from generator.reading.from_data import presented_data
from tests.conftest import BUREAU

FORMS = "绩效目标表.yaml"

INVENTED = """
表: 项目
标题: "{年度}年度专项资金绩效申报书"
期: [年度]
列宽: [16, 20, 24, 20, 20]
行:
  - 块: 总体目标
  - 栏:
      - {键: 项目负责人, 标题: 负责人}
      - {键: 实施单位, 标题: 承担单位, 必填: 是, 列数: [1, 2]}
  - 栏: [{键: 项目名称, 标题: 事项名称, 列数: [1, 4]}]
  - 块: 绩效指标
  - 块: 资金
资金:
  标题: 申报经费（元）
  总额: "{期}经费合计："
  来源:
    - {键: 上级补助, 级次: [中央, 省]}
    - {键: 本级安排, 标题: 其中：本级安排, 级次: [市, 县, 区]}
总体目标: {标题: 本年要达到的目标}
绩效指标:
  标题: 考核指标
  表头: [类别, 小类, 考核内容, 目标值]
  体系:
    - {一级: 做什么, 二级: [数量, 时限]}
    - {一级: 谁受益, 二级: [群众评价]}
  性质: {数量: 数量, 满意度: 群众评价}
"""
DATA = """
项目绩效目标表:
  - 项目名称: 示例专项普查
    实施单位: 示例市示例局本级
    项目负责人: 示例科室
    资金: {年度: {上级补助: 2000000, 本级安排: 860000}}
    总体目标: {年度: 完成普查登记。}
    绩效指标:
      做什么:
        数量: [{指标: 登记对象, 年度: ≥26万户}]
        时限: [{指标: 数据上报, 年度: 11月底前}]
      谁受益:
        群众评价: [{指标: 使用部门, 年度: ≥90%}, {指标: 受访家庭, 年度: ≥85%}]
  - 项目名称: 办公业务用房维修
    实施单位: 示例市示例局本级
    资金: {年度: {本级安排: 680000}}
    绩效指标:
      做什么:
        数量: [{指标: 维修面积, 年度: ≥1800平方米}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with forms of its own."""
    made = Path(shutil.copytree(PACKS / "national", tmp_path / "甲县"))
    shutil.rmtree(made / "forms")
    (made / "forms").mkdir()
    (made / "forms" / "申报书.yaml").write_text(INVENTED, "utf-8")
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(BUREAU, tmp_path / "示例局-2026"))
    (made / FORMS).write_text(DATA, "utf-8")
    return made


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def as_html(composed: Composed, folder: Path) -> Path:
    file = folder / "文稿.html"
    file.write_text(composed.document.html(), "utf-8")
    return file


def read_back(file: Path, pack: Pack) -> tuple[tuple[ProjectForm, ...], ImportResult, list[Form]]:
    draft = read_draft(file)
    parts = outline(draft, format_of(pack))
    reading = ImportResult(draft)
    import_forms(reading, parts)
    forms = tuple(
        ProjectForm.model_validate(each, context=pack.vocabulary)
        for each in reading.sections.get("项目绩效目标表", ())
    )
    return forms, reading, list(forms_of_draft(reading, parts, pack))


def outcomes(composed: Composed, pack: Pack, forms: list[Form] | None = None) -> Iterator[Outcome]:
    """What the rules about project forms say of data, or of forms that were read of it."""
    document = presented_data(composed, pack)
    if forms is not None:
        document = replace(document, origin=Origin.DRAFT, forms=tuple(forms))
    codes = {"E734", "W734", "E735", "W736", "W737", "N737", "W738", "N738"}
    for check in CHECKS:
        for outcome in check(document, pack):
            if isinstance(outcome, Finding) or not isinstance(outcome, Passed):
                code = getattr(outcome, "code", "") or outcome.finding.code  # type: ignore[union-attr]
                if code in codes:
                    yield outcome


def test_another_form_is_printed_and_read_back(
    folder: Path, data: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    pack = load_pack(folder)
    composed = compose(data, pack, catalogue, draft=True)
    html = composed.document.html()
    assert html.count(">2026年度专项资金绩效申报书<") == 2
    assert (
        0 < html.index("本年要达到的目标") < html.index("事项名称") < html.index("申报经费（元）")
    )
    forms, reading, read = read_back(as_html(composed, tmp_path), pack)
    assert forms == composed.disclosure.forms
    assert forms[0].texts["项目负责人"] == "示例科室"
    assert reading.doubts == []
    told = [each for each in outcomes(composed, pack, read) if "没有绩效目标表" not in str(each)]
    assert told == []


def test_rules_use_the_names_and_levels_of_the_form(
    folder: Path, data: Path, catalogue: Catalogue
) -> None:
    change(data / FORMS, "示例专项普查", "示例专项普查（市级）")
    change(data / FORMS, "≥85%", "≥850户")
    change(data / FORMS, "26万户", "26%")
    pack = load_pack(folder)
    told = [
        each.message
        for each in outcomes(compose(data, pack, catalogue, draft=True), pack)
        if isinstance(each, Finding) and each.code != "E735"
    ]
    assert any("应列在“本级安排”，但年度有2,000,000元列在“上级补助”" in each for each in told)
    assert any("满意度不是百分比：群众评价“受访家庭”" in each for each in told)
    assert any("比率列在数量" in each for each in told)
    assert len(told) == 3


def test_a_difference_is_named_as_the_form_names_it(
    folder: Path, data: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    pack = load_pack(folder)
    ours = compose(data, pack, catalogue, draft=True)
    file = as_html(ours, tmp_path)
    assert not any(differences(ours, file, pack))
    change(file, ">示例科室<", ">另一科室<")
    change(file, "≥1800平方米", "≥1900平方米")
    told = list(differences(ours, file, pack))
    assert len(told) == 2
    assert "“负责人”" in told[0]
    assert "维修面积”“年度指标值" in told[1]


def differences(composed: Composed, file: Path, pack: Pack) -> Iterator[str]:
    compared = compare_sides(side_of_data(composed, pack), side_of_draft(file, pack), pack)
    for part in compared.parts:
        if part.group == "绩效目标表":
            yield from (each.what for each in part.differences())


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("上级补助: 2000000", "中央财政资金: 2000000", "E201", "没有“中央财政资金”这个键"),
        (
            "    实施单位: 示例市示例局本级\n    项目负责人",
            "    项目负责人",
            "E202",
            "缺少“实施单位”",
        ),
        ("项目负责人:", "项目概况:", "E201", "没有“项目概况”这个键"),
        ("项目负责人:", "负责人:", "E201", "没有“负责人”这个键"),
        ("{年度: 完成普查登记。}", "{实施期: 完成普查。}", "E201", "没有“实施期”这个键"),
        ("年度: ≥26万户", "实施期: ≥26万户", "E201", "没有“实施期”这个键"),
        ("      做什么:", "      产出指标:", "E203", "没有“产出指标”这个一级指标"),
        ("        时限:", "        时效:", "E203", "“做什么”下面没有“时效”这个二级指标"),
    ],
)
def test_data_that_the_form_has_no_place_for_is_told(
    folder: Path, data: Path, catalogue: Catalogue, old: str, new: str, code: str, words: str
) -> None:
    change(data / FORMS, old, new)
    with pytest.raises(UnusableInputError) as raised:
        compose(data, load_pack(folder), catalogue, draft=True)
    (finding,) = raised.value.findings
    assert (finding.code, words in finding.message) == (code, True), finding
    assert finding.place is not None
    assert finding.place.file.name == FORMS


def test_the_schema_has_the_keys_of_the_form(folder: Path) -> None:
    definitions = json_schema(load_pack(folder).vocabulary)["$defs"]
    form = definitions["ProjectForm"]
    assert list(form["properties"])[:3] == ["总体目标", "项目负责人", "实施单位"]
    assert form["required"] == ["实施单位", "项目名称"]
    assert list(definitions["LevelFunds"]["properties"]) == ["上级补助", "本级安排"]
    assert list(definitions["PeriodFunds"]["properties"]) == ["年度"]
    assert "OverallForm" not in definitions


def test_a_pack_without_forms_has_none(folder: Path, data: Path, catalogue: Catalogue) -> None:
    shutil.rmtree(folder / "forms")
    pack = load_pack(folder)
    with pytest.raises(UnusableInputError) as raised:
        compose(data, pack, catalogue, draft=True)
    (finding,) = raised.value.findings
    assert (finding.code, finding.message) == ("E201", "这个模板包没有“项目绩效目标表”")
    (data / FORMS).unlink()
    composed = compose(data, pack, catalogue, draft=True)
    assert list(outcomes(composed, pack)) == []
    assert "ProjectForm" not in json_schema(pack.vocabulary)["$defs"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("标题: 事项名称, 列数: [1, 4]", "列数: [1, 3]", "“项目名称”一行占 4 列，表有 5 列"),
        ("  - 块: 资金\n", "", "写明了“资金”，“行”里没有这一块"),
        ("  - 块: 资金\n", "  - 块: 资金\n  - 块: 落款\n", "“行”里有块“落款”，没有写明它"),
        ("{键: 项目名称, 标题: 事项名称", "{键: 名称", "“行”里没有“项目名称”"),
        ("键: 项目负责人", "键: 总体目标", "“总体目标”写了 2 次"),
        ("期: [年度]", "期: [实施期]", "“期”要有“年度”"),
        ("期: [年度]", "期: [实施期, 年度]", "总体目标没有“表头”"),
        ("表: 项目\n", "表: 部门\n", "“表”只能是项目、整体"),
        ("表: 项目\n", "", "缺少“表”"),
    ],
)
def test_a_form_that_does_not_fit_together_is_told(
    folder: Path, old: str, new: str, words: str
) -> None:
    change(folder / "forms" / "申报书.yaml", old, new)
    with pytest.raises(UnusableInputError) as raised:
        load_pack(folder)
    assert any(words in each.message for each in raised.value.findings), raised.value.findings


def test_a_second_form_of_one_kind_is_told(folder: Path) -> None:
    shutil.copy(folder / "forms" / "申报书.yaml", folder / "forms" / "另一份.yaml")
    with pytest.raises(UnusableInputError, match="有两个文件都是“项目”的表"):
        load_pack(folder)


# The form of the national pack, which states the year alone


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


@pytest.fixture(scope="module")
def sample(national: Pack, catalogue: Catalogue) -> Composed:
    return compose(BUREAU, national, catalogue, draft=True)


def _docx(composed: Composed, pack: Pack, folder: Path) -> Path:
    file = folder / "文稿.docx"
    file.write_bytes(write_docx(composed.document, pack, defaultdict(int)))
    return file


@pytest.mark.parametrize("write", [lambda c, _, f: as_html(c, f), _docx], ids=["html", "docx"])
def test_a_form_of_the_year_alone_is_read_back_and_checked(
    national: Pack,
    sample: Composed,
    tmp_path: Path,
    write: Callable[[Composed, Pack, Path], Path],
) -> None:
    file = write(sample, national, tmp_path)
    forms, reading, read = read_back(file, national)
    assert forms == sample.disclosure.forms
    assert reading.doubts == []
    assert all(set(each.totals) == {"年度"} for each in read)
    assert list(outcomes(sample, national, read)) == []
    assert not any(differences(sample, file, national))
