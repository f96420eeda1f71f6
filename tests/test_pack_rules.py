"""The rules of packs: declared once in a pack, with its words, told wherever rules are told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.pack_rules import rules_of_pack
from generator.checks.relations.relations import Addend, ComparedSides, compare_relations
from generator.checks.rule import Passed
from generator.checks.rules import RULES
from generator.checks.rules.statements import CHECKS
from generator.checks.run import PackRules, Report, run_checks
from generator.checks.selection import ALL, Selection
from generator.cli.main import cli
from generator.compose.compose import compose
from generator.compute.statements.definition import StatementDefinition
from generator.core.codes import CODES
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.load.catalogue import Catalogue
from generator.model.disclosure import EntityKind
from generator.pack.checks.relations import PACK_CODES
from generator.pack.pack import Pack, load_pack
from generator.reading.document import Amount, ReadDocument
from generator.reading.from_data import presented_data
from generator.reports.groups import pack_rules_words
from generator.reports.sarif import sarif_report
from tests.conftest import BUREAU, DEPARTMENT, ROOT

NATIONAL, DISTRICT = "national", "shanghai-district"
SAMPLES = ("yangquan", NATIONAL, DISTRICT)
"""The packs that come along, each with data in which every statement has amounts."""
_DISTRICT = """\
单位信息: {名称: 某区某所, 类型: 单位, 年度: 2026}
概况: {职责: [为公众服务], 机构设置: [设办公室。]}
收支:
  - 科目: "2010501"
    当年预算:
      人员经费: {一般公共预算资金: 200000}
      公用经费: {一般公共预算资金: 100000}
      项目支出: {一般公共预算资金: 50000, 事业收入: 7000}
  - {科目: "2080502", 当年预算: {项目支出: {其他收入: 120000}}}
  - {科目: "2120101", 当年预算: {项目支出: {政府性基金: 30000}}}
  - {科目: "2230107", 当年预算: {项目支出: {国有资本经营预算: 10000}}}
基本支出经济科目:
  - {部门经济科目: "30101", 金额: 200000}
  - {部门经济科目: "30201", 金额: 80000}
  - {部门经济科目: "30217", 金额: 20000}
三公经费: {公务接待费: {一般公共预算资金: 20000}}
"""
OWN = """\
勾稽关系:
  - 代码: W850
    名称: 办公费超过公用经费的一半
    检查什么: 表六的合计不小于表五的基本支出的两倍。
    为什么: 这样写是为了试一试。
    办法: 压一压办公费
    依据: 某某市审核办法
    例: {不对: 一半多, 正确: 一半少}
    关系:
      - {等式: 表六/合计/合计 ≥ 表五/合计/基本支出 + 表五/合计/合计}
"""


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def _copy(folder: Path, relations: str, pack: str = "yangquan") -> Path:
    copy = Path(shutil.copytree(PACKS / pack, folder / "本地"))
    (copy / "checks" / "relations.yaml").write_text(relations, encoding="utf-8")
    return copy


# Every rule of the packs that come along


@pytest.fixture(scope="module", params=SAMPLES)
def sample(
    request: pytest.FixtureRequest,
    catalogue: Catalogue,
    of_data: Callable[[str], ReadDocument],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Pack, ReadDocument]:
    pack = load_pack(PACKS / request.param)
    if request.param == "yangquan":  # composed once for all tests
        return pack, of_data(DEPARTMENT)
    folder = BUREAU
    if request.param == DISTRICT:
        folder = tmp_path_factory.mktemp("区") / "某区某所-2026"
        folder.mkdir()
        (folder / "数据.yaml").write_text(_DISTRICT, encoding="utf-8")
    composed = compose(folder, pack, catalogue, draft=True)
    return pack, presented_data(composed, pack)


def test_each_pack_has_a_sample() -> None:
    assert set(SAMPLES) == {file.parent.name for file in PACKS.glob("*/pack.yaml")}


def test_every_rule_of_a_pack_finds_its_contradiction(sample: tuple[Pack, ReadDocument]) -> None:
    pack, document = sample
    for code, rule in rules_of_pack(pack).items():
        alone = replace(pack, relations=tuple(r for r in pack.relations if r.code == code))
        assert {type(each) for each in _outcomes(document, alone)} == {Passed}, code
        found = _outcomes(_spoilt(document, alone), alone)
        findings = [each for each in found if isinstance(each, Finding)]
        assert {each.code for each in findings} == {code}
        assert all(each.remedy.startswith(rule.remedy) for each in findings)


def _outcomes(document: ReadDocument, pack: Pack) -> list[object]:
    return [outcome for check in CHECKS for outcome in check(document, pack)]


def _spoilt(document: ReadDocument, pack: Pack) -> ReadDocument:
    """The document with one amount of one comparison changed so that it does not hold."""
    for comparison in compare_relations(document, pack.relations):
        if isinstance(comparison, ComparedSides):
            for addend, sign in _printed(comparison):
                return _with_more(document, addend, sign * Decimal(10**7))
    raise AssertionError(pack.relations)


def _printed(comparison: ComparedSides) -> Iterator[tuple[Addend, int]]:
    """The printed cells, with the direction that breaks the comparison."""
    up = -1 if comparison.equation.relation == "≥" else 1
    yield from ((each, up * each.term.sign) for each in comparison.left if each.cell)
    yield from ((each, -up * each.term.sign) for each in comparison.right if each.cell)


def _with_more(document: ReadDocument, addend: Addend, by: Decimal) -> ReadDocument:
    assert addend.cell is not None
    address = addend.cell.address
    table = document.tables[addend.term.table]
    rows = []
    for row in table.rows:
        cells = {
            column: replace(
                cell, amount=Amount(cell.amount.value + by, "0.00", exact=cell.amount.exact)
            )
            if cell.amount and cell.address == address
            else cell
            for column, cell in row.cells.items()
        }
        rows.append(replace(row, cells=cells))
    changed = replace(table, rows=tuple(rows))
    return replace(document, tables={**document.tables, table.number: changed})


@pytest.mark.parametrize("name", SAMPLES)
def test_the_rules_of_a_pack_speak_chinese_and_name_its_own_tables(name: str) -> None:
    pack = load_pack(PACKS / name)
    numbers = {statement.number for statement in pack.statements}
    for code, rule in rules_of_pack(pack).items():
        assert code in PACK_CODES
        assert rule.example is not None
        words = (rule.name, rule.checks, rule.why, rule.remedy, rule.source, *rule.example[:2])
        for text in words:
            assert re.search("[一-鿿]{2}", text)
            assert set(re.findall("表[一二三四五六七八九十]+", text)) <= numbers, code
        assert len(rule.name) <= 30
        assert rule.checks.endswith("。")
        assert rule.why.endswith("。")


def test_the_codes_of_packs_are_none_of_the_program() -> None:
    assert not set(PACK_CODES) & {*RULES, *CODES}


# A rule of one's own


def test_a_rule_of_a_pack_is_told_in_its_words_by_every_report(
    unit_folder: Path, tmp_path: Path
) -> None:
    pack = _copy(tmp_path, OWN)
    told = {
        format_: _run("check", unit_folder, "--pack", pack, "--only", "W85", "--format", format_)
        for format_ in ("text", "json", "sarif")
    }
    page = tmp_path / "报告.html"
    html = _run("check", unit_folder, "--pack", pack, "--format", "html", "-o", page)
    assert {each.exit_code for each in (*told.values(), html)} == {1}
    text = told["text"].stdout
    assert "警告 W850  办公费超过公用经费的一半" in text
    assert "办法：压一压办公费" in text
    assert "的规则 1 条：核对了 1 条" in text
    assert f"disclosure explain W850 --pack {pack}" in text
    (document,) = json.loads(told["json"].stdout)["documents"]
    (finding,) = document["findings"]
    assert (finding["code"], finding["tier"]) == ("W850", "warning")
    assert finding["name"] == "办公费超过公用经费的一半"
    assert document["pack_rules"]["applied"] == ["W850"]
    (rule,) = json.loads(told["sarif"].stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "办公费超过公用经费的一半"
    assert "依据：某某市审核办法" in rule["help"]["text"]
    assert "这样写是为了试一试。" in page.read_text(encoding="utf-8")


def test_explain_says_what_the_pack_says(tmp_path: Path) -> None:
    shown = _run("explain", "w850", "--pack", _copy(tmp_path, OWN))
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "W850  办公费超过公用经费的一半"
    assert "（本地）" in lines[1]
    for each in ("这样写是为了试一试。", "压一压办公费", "某某市审核办法", "一半多", "一半少"):
        assert f"  {each}" in lines
    assert "0.005 万元" in shown.stdout


def test_explain_without_a_pack_tells_what_differs_and_once_what_does_not() -> None:
    both = _run("explain", "E717").stdout
    assert "E717  表五项目支出与表十不一致\n模板包：通用九表（national）\n" in both
    assert "E717  表五项目支出与表十二不一致\n模板包：阳泉市市级预算公开（yangquan）\n" in both
    assert "表十二" not in _run("explain", "E717", "--pack", "national").stdout
    same = _run("explain", "E712").stdout
    assert same.count("E712  ") == 2
    assert "（yangquan）、通用九表（national）" in same


def test_explain_lists_the_rules_of_the_packs() -> None:
    lines = _run("explain").stdout.splitlines()
    at = lines.index("检查：模板包 通用九表（national） 的规则")
    assert lines[at + 1].startswith("  E701  ")
    assert "  E722  机关运行经费与表六不一致" in lines


@pytest.mark.parametrize(("code", "words"), [("E850", "没有规则 E850"), ("E799", "没有代码 E799")])
def test_explain_does_not_know_other_codes(code: str, words: str) -> None:
    done = _run("explain", code)
    assert done.exit_code == 2
    assert words in done.stderr


def test_explain_of_a_pack_that_is_not_there_is_two(tmp_path: Path) -> None:
    done = _run("explain", "E701", "--pack", tmp_path / "没有")
    assert done.exit_code == 2
    assert "E301" in done.stderr


def test_a_code_that_the_pack_lacks_is_refused_instead_of_passed(
    unit_folder: Path, tmp_path: Path
) -> None:
    pack = _copy(tmp_path, OWN)
    for option in ("--only", "--skip"):
        done = _run("check", unit_folder, "--pack", pack, option, "E716")
        assert done.exit_code == 2
        assert "所用的模板包没有规则 E716" in done.stderr
    assert "没有代码 E799" in _run("check", unit_folder, "--only", "E799").stderr


def test_a_rule_of_a_pack_stops_the_public_document(unit_folder: Path, tmp_path: Path) -> None:
    pack = _copy(tmp_path, OWN.replace("W850", "E850"))
    done = _run("build", unit_folder, "--pack", pack, "-o", tmp_path / "out", "--format", "html")
    assert done.exit_code == 2
    assert "错误 E850" in done.stderr
    assert "压一压办公费" in done.stderr


# What was applied


def _of(document: ReadDocument, pack: Pack, selection: Selection = ALL) -> PackRules:
    return run_checks(document, pack, selection).pack_rules


def test_a_report_says_which_rules_of_the_pack_were_applied(
    sample: tuple[Pack, ReadDocument],
) -> None:
    pack, document = sample
    whole = _of(document, pack)
    assert whole.applied == tuple(rules_of_pack(pack))
    words = pack_rules_words(whole)
    assert words == f"{pack.format}的规则 {len(pack.rules)} 条：核对了 {len(pack.rules)} 条"
    assert pack_rules_words(_of(document, pack, Selection(only=("W751",)))) == ""


def test_a_rule_that_is_about_nothing_here_is_not_passed(sample: tuple[Pack, ReadDocument]) -> None:
    pack, document = sample
    other = next(kind for kind in EntityKind if kind is not document.kind)
    changed = tuple(
        replace(each, kind=other) if each.code == "E716" else each for each in pack.relations
    )
    tables = {key: table for key, table in document.tables.items() if key != "表四"}
    report = run_checks(replace(document, tables=tables), replace(pack, relations=changed), ALL)
    rules = report.pack_rules
    assert rules.inapplicable == ("E716",)
    assert "E716" not in report.passed
    assert "E707" in rules.unchecked
    assert not {"E716", "E707"} & set(rules.applied)
    words = pack_rules_words(rules)
    assert "不适用 1 条（E716）" in words
    assert "无法核对" in words


def test_a_pack_without_rules_says_that_nothing_was_compared(
    sample: tuple[Pack, ReadDocument],
) -> None:
    pack, document = sample
    rules = _of(document, replace(pack, rules=(), relations=()))
    assert pack_rules_words(rules).endswith("表内、表间的数没有核对")


def test_the_same_code_of_two_packs_is_two_rules_in_sarif() -> None:
    reports = []
    for name in ("yangquan", "national"):
        pack = load_pack(PACKS / name)
        finding = Finding("E717", "相差 1 万元", "核对", Location(Path(f"{name}.docx")), "表五")
        rules = PackRules(pack.format, pack.folder, rules_of_pack(pack))
        reports.append(Report(Path(name), name, (finding,), pack_rules=rules))
    (log,) = json.loads(sarif_report(reports, "0"))["runs"]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["E717", "E717"]
    names = [rules[result["ruleIndex"]]["name"] for result in log["results"]]
    assert names == ["表五项目支出与表十二不一致", "表五项目支出与表十不一致"]


# The pack's file


def _problems(folder: Path, relations: str) -> list[Finding]:
    with pytest.raises(UnusableInputError) as caught:
        load_pack(_copy(folder, relations))
    return list(caught.value.findings)


@pytest.mark.parametrize("code", ["E723", "E735", "X701", "E8500", "e850", "E700", "E900", "E800"])
def test_a_code_that_is_not_for_packs_is_refused(code: str, tmp_path: Path) -> None:
    (finding,) = _problems(tmp_path, OWN.replace("W850", code))
    assert finding.code == "E307"
    assert code in finding.message
    assert "801–899" in finding.remedy
    assert finding.place is not None
    assert finding.place.line == 2


def test_a_code_that_is_declared_twice_is_refused(tmp_path: Path) -> None:
    (finding,) = _problems(tmp_path, OWN + OWN.partition("\n")[2])
    assert finding.code == "E307"
    assert finding.place is not None
    assert finding.place.line == 11


@pytest.mark.parametrize("key", ["名称", "检查什么", "为什么", "办法", "依据", "关系"])
def test_a_rule_without_one_of_its_texts_is_refused(key: str, tmp_path: Path) -> None:
    lines = [line for line in OWN.splitlines() if not line.strip().startswith(f"{key}:")]
    if key == "关系":
        lines = [line for line in lines if "等式" not in line]
    (finding,) = _problems(tmp_path, "\n".join(lines) + "\n")
    assert finding.code == "E202"
    assert f"缺少“{key}”" in finding.message


def test_a_rule_without_relations_is_refused(tmp_path: Path) -> None:
    (finding,) = _problems(tmp_path, re.sub("    关系:\n.*\n", "    关系: []\n", OWN))
    assert "“关系”至少要有 1 项" in finding.message


# No table of a place in the program

_ADDRESSES = {
    "core/codes.py": "an example of an address",
    "model/disclosure.py": "examples of addresses in the descriptions of keys",
    "core/examples.py": "examples of addresses in data",
    "core/figures.py": "the docstring that explains addresses",
    "pack/checks/equations.py": "the docstring that explains equations",
    "skeleton/folder.py": "an example of an address, if a pack has no figure of last year",
    "worksheet/sheets/words.py": "an example in the words beside a field",
    "compute/statements/definition.py": "an example of a number in the description of its key",
}
"""Where numbers of statements may stand in the program, and why."""
_ROLES = {"项目支出表"}
"""Titles that are the key of a role in checks/places.yaml, too."""
_OF_LAW = "national"
"""The pack whose statements are those of 财政部, which rules for any place know by name."""
_SOURCES = {".py", ".j2", ".js", ".css"}


def _titles(statement: StatementDefinition) -> Iterable[str]:
    title = statement.title
    return [title] if isinstance(title, str) else title.values()


def _bare(title: str) -> str:
    return re.sub(r"\{\w+\}年?|（.*?）", "", title)


def test_no_statement_of_a_pack_stands_in_the_program() -> None:
    packs = [load_pack(file.parent) for file in PACKS.glob("*/pack.yaml")]
    statements = [statement for pack in packs for statement in pack.statements]
    numbers = "|".join(sorted({each.number for each in statements}, key=len, reverse=True))
    of_places = (each for pack in packs if pack.folder.name != _OF_LAW for each in pack.statements)
    written = [title for each in of_places for title in _titles(each)]
    titles = {_bare(title) for title in written} - _ROLES
    titles -= {
        _bare(title) for each in load_pack(PACKS / _OF_LAW).statements for title in _titles(each)
    }
    within = ROOT / "generator"
    named = set()
    for file in within.rglob("*"):
        if file.suffix in _SOURCES and "_bundled" not in file.parts:
            text = file.read_text(encoding="utf-8")
            name = file.relative_to(within).as_posix()
            if re.search(f"(?:{numbers})(?!个|一对应)", text):
                named.add(name)
            assert not [title for title in titles if title in text], name
    assert named == set(_ADDRESSES)
