"""What is said of mistakes in data: the cause is named, once, with advice that can be followed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.checks.rule import merged_findings
from generator.checks.rules import RULES
from generator.cli.main import cli
from generator.core.address_words import address_words
from generator.core.codes import CODES
from generator.core.findings import Finding, Location
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.load.names import nearest_code
from generator.load.schema_keys import accepts, where_to_write
from generator.model.disclosure import Disclosure
from generator.model.written_amounts import in_yuan
from generator.reports.code_names import example
from tests.conftest import vocabulary
from tests.reproducers import reports_in

BASE = {
    "单位信息": "单位信息: {名称: 某某中心, 类型: 单位, 年度: 2026}\n",
    "概况": "概况: {职责: [为公众服务]}\n",
}


def loaded(folder: Path, catalogue: Catalogue, text: str) -> list[Finding]:
    """The findings of a folder with some sections; what a disclosure must have is added."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    rest = [line for key, line in BASE.items() if not re.search(f"^{key}:", text, re.MULTILINE)]
    (folder / "基础.yaml").write_text("".join(rest) or "其他说明: {}\n", encoding="utf-8")
    (folder / "数据.yaml").write_text(text + "\n", encoding="utf-8")
    return load_entity(folder, catalogue, vocabulary())[1]


# Examples


@pytest.mark.parametrize("code", [*CODES, *RULES])
def test_each_code_has_an_example_and_explain_shows_it(code: str) -> None:
    shown = example(code)
    assert shown is not None
    assert shown.wrong != shown.right
    done = CliRunner().invoke(cli, ["explain", code])
    assert done.exit_code == 0
    lines = [line.strip() for line in done.output.splitlines()]
    assert shown.right.splitlines()[0] in "".join(lines)


@pytest.mark.parametrize("code", [code for code in CODES if getattr(example(code), "data", False)])
def test_an_example_of_data_is_wrong_and_right(
    code: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    shown = example(code)
    assert shown is not None
    assert code in {each.code for each in loaded(tmp_path / "甲", catalogue, shown.wrong)}
    assert loaded(tmp_path / "甲", catalogue, shown.right) == []
    assert isinstance(yaml.safe_load(shown.right), dict)


# Keys


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        (
            ("收支", 0, "当年预算", "一般公共预算"),
            "“公用经费”或“项目支出”下面",
        ),
        (("收支", 0, "当年预算", "基本支出", "一般公共预箅"), "是不是“一般公共预算”？"),
        (("收支", 0, "当年预算", "基本支出", "上年结转"), "与“当年预算”对齐"),
        (("变动原因", "政府采购"), "与“变动原因”对齐"),
        (("政府采购", "abc"), "货物、工程、服务"),
        (("政府采购", "货品"), "是不是“货物”？"),
        (("公开方式", "领导用车"), "国有资产 → 实有车辆"),
    ],
)
def test_a_key_at_a_wrong_place_is_told_where_it_belongs(
    path: tuple[str | int, ...], remedy: str
) -> None:
    assert remedy in where_to_write(Disclosure, path, vocabulary())


def test_a_misspelt_key_is_not_missing_as_well(tmp_path: Path, catalogue: Catalogue) -> None:
    text = "单位信息: {名称: 某某中心, 类形: 单位, 年度: 2026}"
    (finding,) = loaded(tmp_path / "甲", catalogue, text)
    assert finding.code == "E201"
    assert "类型" in finding.remedy


@pytest.mark.parametrize(
    ("text", "words", "column"),
    [
        ("政府采购:\n  货物：100", "全角冒号", 5),
        ("国有资产:\n  公务用车编制数:2", "没有空格", 10),
        ("附件:\n  -标题", "没有空格", 3),
        ("其他说明: {其他: {甲: 乙}}", "当成了键和值", 12),
        ("概况: {职责: [甲: 乙]}", "当成了键和值", 11),
        ("收支:\n  科目: '2080505'", "“- ”", 3),
        ("收支:", "下面没有内容", 4),
    ],
)
def test_a_slip_that_yaml_reads_is_named(
    tmp_path: Path, catalogue: Catalogue, text: str, words: str, column: int
) -> None:
    (finding,) = loaded(tmp_path / "甲", catalogue, text)
    assert words in f"{finding.message}{finding.remedy}"
    assert finding.place is not None
    assert finding.place.column == column


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("905,300.00", "905300.00"),
        ("1，000", "1000"),
        ("3.5万元", "35000"),
        ("12 000", "12000"),
        ("“500”", "500"),
        ("0.35元", "0.35"),
        ("1,00", None),
        ("-5", None),
        ("0.1234567万元", None),
        ("约3万元", None),
    ],
)
def test_how_to_write_an_amount(written: str, meant: str | None) -> None:
    assert in_yuan(written) == meant


# Files that cannot be read


def test_a_broken_file_causes_no_errors_about_others(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "甲"
    folder.mkdir()
    (folder / "a.yaml").write_text("".join(BASE.values()), encoding="utf-8")
    line = '- {科目: "2080588", 当年预算: {基本支出: {一般公共预算: 1}}}'
    (folder / "b.yaml").write_text(f"收支:\n{line}\n", encoding="utf-8")
    (folder / "c.yaml").write_text(
        '补充科目：\n  功能分类: {"2080588": 新科目}\n', encoding="utf-8"
    )
    _, findings = load_entity(folder, catalogue, vocabulary())
    assert [each.code for each in findings] == ["E105"]
    assert "改好这个文件后" in findings[0].remedy
    (folder / "a.yaml").write_text("单位信息：\n  名称: 某局\n", encoding="utf-8")
    assert {each.code for each in load_entity(folder, catalogue, vocabulary())[1]} == {"E105"}


# Codes


def test_a_code_is_suggested_within_its_class_only() -> None:
    known = ["201", "208", "20132", "20816", "20805", "2080505", "2013299"]
    assert nearest_code("20126", known) == "20132"
    assert nearest_code("20816", ["20126", "20186"]) is None
    assert nearest_code("2080506", known) == "2080505"
    assert nearest_code("2100505", known) is None
    assert nearest_code("280", known) == "208"


# Paths


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    assert done.exit_code == 2
    return done.stderr


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    for name in ("甲局-2026", "乙局-2026"):
        (tmp_path / "全部" / name).mkdir(parents=True)
        file = tmp_path / "全部" / name / "a.yaml"
        file.write_text("".join(BASE.values()), encoding="utf-8")
    return tmp_path / "全部"


@pytest.mark.parametrize("command", ["check", "new-year"])
def test_a_folder_of_data_folders_is_one_finding(command: str, parent: Path) -> None:
    text = run(command, parent)
    (report,) = reports_in(text)
    assert report.code == "E101"
    assert "2 个数据目录" in report.message
    assert str(parent / "甲局-2026") in report.remedy


def test_a_copy_within_a_data_folder_is_one_finding(parent: Path) -> None:
    shutil.copytree(parent / "甲局-2026", parent / "乙局-2026" / "备份")
    (report,) = reports_in(run("check", parent / "乙局-2026"))
    assert "“备份”" in report.message


def test_what_is_neither_data_nor_draft_is_said_to_be(parent: Path) -> None:
    notes = parent / "说明.md"
    notes.write_text("# 说明\n", encoding="utf-8")
    assert "这是 .md 文件，既不是数据目录，也不是能读的文稿" in run("check", notes)
    assert "既不是数据目录" in run("diff", notes, parent / "甲局-2026")
    data = run("check", parent / "甲局-2026" / "a.yaml")
    assert "这是一个数据文件" in data
    assert f"给出它所在的目录：{parent / '甲局-2026'}" in data
    assert "目录里没有能读的文件" in run("import", parent, "-o", parent / "新")
    assert f"是不是 {parent / '甲局-2026'}？" in run("check", parent / "甲局-2025")
    (parent / "稿").mkdir()
    (parent / "稿" / "送审稿.docx").write_bytes(b"")
    assert "里面有 1 份文稿" in run("check", parent / "稿")


# Words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("绩效/公开/合计/金额", "公开绩效目标的项目的金额"),
        ("绩效/纳入/特定目标类/个数", "纳入绩效管理的特定目标类项目的个数"),
        ("上年/三公经费/公务接待费", "上年的公务接待费"),
        ("表五/205/合计", "表五“205”行“合计”栏"),
        ("国有资产/实有车辆/领导用车", "实有的领导用车"),
        ("政府采购/货物 ÷ 政府采购/总额", "政府采购的货物占政府采购总额的比例"),
        ("表五/合计/合计 − 上年/收入总计", "表五“合计”行“合计”栏比上年的增减额"),
    ],
)
def test_an_address_in_words(address: str, words: str) -> None:
    assert address_words(address) == words


def test_what_stands_twice_in_one_paragraph_is_counted() -> None:
    place = Location(Path("a.docx"), spot="“一”下第1段")
    one = Finding("E724", "应下降 1%", "改正", place, "情况说明 一", ("收入",), "下降 2%")
    other = Finding("E724", "应下降 1%", "改正", place, "情况说明 一", ("支出",), "下降 2%")
    (told,) = merged_findings([one, other])
    assert told.message == "应下降 1%（这样写的有 2 处）"
    (elsewhere,) = merged_findings(
        [one, Finding("E724", "应下降 1%", "", Location(Path("b")), one.group)]
    )
    assert elsewhere.message == "应下降 1%"
    assert elsewhere.also == (Location(Path("b")),)


# Remedies


_ADVICE = re.compile(r"在“([^“”]+)”(?:的“([^“”]+)”)?下写上?((?:、?“[^“”]+: [^“”]+”)+)")


def test_the_advice_on_reasons_and_prior_years_can_be_followed(unit_folder: Path) -> None:
    """Each key that the remedies name exists where they say, and following them helps."""
    file = unit_folder / "情况说明.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["上年预算数"].pop("支出总计")
    data["变动原因"].pop("收入总计")
    data["三公经费"] = {"公务接待费": {"一般公共预算": 1000}}
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    found = CliRunner().invoke(cli, ["check", str(unit_folder), "--format", "json"])
    findings = json.loads(found.output)["documents"][0]["findings"]
    remedies = [each["remedy"] for each in findings if each["code"] in ("W213", "E212")]
    assert len(remedies) >= 3
    for remedy in remedies:
        advice = _ADVICE.search(remedy)
        assert advice, remedy
        above = [step for step in advice.groups()[:2] if step]
        for key in re.findall(r"“([^“”]+): ", advice[3]):
            assert accepts(Disclosure, (*above, key)), remedy
            inner = data.setdefault(above[0], {})
            for step in above[1:]:
                inner = inner.setdefault(step, {})
            inner.setdefault(key, "新增一项专项经费" if above[0] == "变动原因" else 500)
        assert accepts(Disclosure, ("上年数据",))
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    again = CliRunner().invoke(
        cli, ["check", str(unit_folder), "--format", "json", "--only", "W213"]
    )
    assert json.loads(again.output)["documents"][0]["findings"] == []


# Causes


def checked(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The findings of a check by code, those that the data accepts too."""
    done = CliRunner().invoke(cli, ["check", str(folder), "--format", "json"])
    (document,) = json.loads(done.output)["documents"]
    found: dict[str, list[dict[str, Any]]] = {}
    for each in (*document["findings"], *document["accepted"]):
        found.setdefault(each["code"], []).append(each)
    return found


def test_a_declared_empty_table_is_told_at_its_declaration(unit_folder: Path) -> None:
    file = unit_folder / "单位信息.yaml"
    text = file.read_text(encoding="utf-8")
    written = "无数据表: [表三, 表四, 表六]"
    found = checked(unit_folder)
    for code, number in (("E712", "表三"), ("E713", "表四"), ("E716", "表六")):
        (finding,) = found[code]
        before = text[: text.index(written) + written.index(number)]
        assert finding["place"]["line"] == before.count("\n") + 1
        assert finding["place"]["column"] == len(before) - before.rfind("\n")
        assert f"“无数据表”里写了{number}" in finding["message"]
        assert f"删去{number}" in finding["remedy"]
    assert "填写“基本支出经济科目”" in found["E716"][0]["remedy"]
    file.write_text(text.replace(written, "无数据表: [表三]"), encoding="utf-8")
    (finding,) = checked(unit_folder)["E716"]
    assert finding["message"].startswith("没有填“基本支出经济科目”")


def test_two_tables_of_different_sections_name_both(unit_folder: Path) -> None:
    file = unit_folder / "单位信息.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("表四, 表六", "表四"), encoding="utf-8")
    rows = [
        f'  - {{部门经济科目: "{code}", 政府经济科目: "50501", 金额: 500}}'
        for code in (30101, 30102)
    ]
    economic = unit_folder / "经济.yaml"
    economic.write_text("\n".join(["# 明细", "基本支出经济科目:", *rows]), encoding="utf-8")
    (finding,) = checked(unit_folder)["E716"]
    assert "表五取自“收支”，表六取自“基本支出经济科目”" in finding["remedy"]
    places = [finding["place"], *finding["also"]]
    lines = {(Path(each["file"]).name, each["line"]) for each in places}
    assert lines == {("收支.yaml", 3), ("经济.yaml", 2)}


def test_a_project_written_twice_is_told_as_that(unit_folder: Path) -> None:
    rows, forms = unit_folder / "项目.yaml", unit_folder / "项目绩效目标表.yaml"
    text = rows.read_text(encoding="utf-8")
    start = text.index("      - 名称: 双拥创建活动")
    row = text[start : text.index("      - 名称", start + 9)]
    rows.write_text(text.replace(row, row * 2), encoding="utf-8")
    (finding,) = checked(unit_folder)["E735"]
    assert "列了两次（金额也相同），绩效目标表只有一张" in finding["message"]
    lines = {each["line"] for each in (finding["place"], *finding["also"])}
    first = text[:start].count("\n") + 3
    assert {first, first + row.count("\n")} <= lines
    rows.write_text(text, encoding="utf-8")
    text = forms.read_text(encoding="utf-8")
    start = text.index("  - 项目名称: 双拥创建活动")
    form = text[start : text.index("  - 项目名称", start + 9)]
    forms.write_text(text.replace(form, form * 2), encoding="utf-8")
    (finding,) = checked(unit_folder)["E735"]
    assert "的绩效目标表有两张（第2张、第3张，金额也相同）" in finding["message"]


def test_accepted_findings_tell_their_places(unit_folder: Path, tmp_path: Path) -> None:
    text = CliRunner().invoke(cli, ["check", str(unit_folder)]).output
    accepted = text[text.index("已接受（按实公布") :]
    assert re.search(r"E712 .*\n    位置：.*单位信息\.yaml:\d+:\d+", accepted)
    page = tmp_path / "检查.html"
    CliRunner().invoke(cli, ["check", str(unit_folder), "--format", "html", "-o", str(page)])
    html = page.read_text(encoding="utf-8")
    assert re.search(r"E712.*<td>单位信息\.yaml:\d+:\d+</td>", html)
