"""``disclosure check`` as people use it, and the checks that ``disclosure build`` makes first."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.rule import Outcome, Passed, Unchecked
from generator.checks.rules import RULES
from generator.cli.main import cli
from generator.core.findings import Finding, Location
from generator.core.resources import DEFAULT_PACK
from tests.conftest import ROOT, UNIT

Checks = Callable[..., None]
STEM = "阳泉市退役军人服务中心2024年度单位预算公开"
DRAFT = ROOT / "tests" / "drafts" / f"{UNIT}.txt"


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.fixture
def unit_folder(unit_folder: Path) -> Path:
    """The small sample without what it accepts: the findings here are made up."""
    (unit_folder / "按实公布说明.yaml").unlink()
    return unit_folder


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Checks:
    """Puts outcomes in the place of those of the rules."""

    def answer(*outcomes: Outcome) -> None:
        def check(*_: object) -> Iterable[Outcome]:
            return outcomes

        monkeypatch.setattr("generator.checks.run.CHECKS", (check,))

    answer()
    return answer


def _finding(code: str, place: Location | None = None, subject: str = "表六/合计") -> Finding:
    return Finding(code, "两表相差 0.10 万元", "核对明细", place, "表五", (subject,))


# Exit codes


def test_nothing_open_is_zero(unit_folder: Path, checks: Checks) -> None:
    checks(Passed("W751", 3), Unchecked("W751", "表六", "没有上年数"))
    done = _run("check", unit_folder)
    assert done.exit_code == 0, done.stderr
    assert "检查结果" in done.stdout
    assert "无法核对（缺少资料，不算通过）" in done.stdout
    assert "没有上年数（表六）" in done.stdout


@pytest.mark.parametrize("code", ["E751", "W751", "N751"])
def test_any_open_finding_is_one(code: str, unit_folder: Path, checks: Checks) -> None:
    checks(_finding(code))
    assert _run("check", unit_folder).exit_code == 1


def test_an_accepted_finding_is_shown_with_its_reason_and_does_not_count(
    unit_folder: Path, checks: Checks
) -> None:
    checks(_finding("W751"))
    (unit_folder / "按实.yaml").write_text(
        "按实公布说明: [{规则: W751, 对象: 表六, 理由: 批复文本如此}]\n", encoding="utf-8"
    )
    done = _run("check", unit_folder)
    assert done.exit_code == 0, done.stdout
    assert "已接受（按实公布，1 处）" in done.stdout
    assert "理由：批复文本如此" in done.stdout


def test_unusable_data_is_two_and_leaves_the_report_that_stood_there(
    unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    checks()
    report = tmp_path / "报告.json"
    report.write_text("旧", encoding="utf-8")
    (unit_folder / "坏.yaml").write_text("收支构: 1\n", encoding="utf-8")
    done = _run("check", unit_folder, "--format", "json", "-o", report)
    assert done.exit_code == 2
    assert "E201" in done.stderr
    assert report.read_text(encoding="utf-8") == "旧"


@pytest.mark.parametrize("target", ["没有这个单位-2024", "没有.docx", "没有.pdf"])
def test_a_target_that_is_not_there_is_two(target: str, tmp_path: Path) -> None:
    done = _run("check", tmp_path / target)
    assert done.exit_code == 2
    assert re.search("E10[12]", done.stderr)
    assert "不存在" in done.stderr


def test_a_report_that_cannot_be_written_is_two(
    unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    checks()
    done = _run("check", unit_folder, "--format", "json", "-o", tmp_path)
    assert done.exit_code == 2
    assert "E501" in done.stderr


# What is applied


def test_rules_are_chosen_by_code_beginning_and_tier(unit_folder: Path, checks: Checks) -> None:
    checks(_finding("E204"), _finding("W210"), _finding("W751"))

    def open_codes(*options: str) -> list[str]:
        done = _run("check", unit_folder, "--format", "json", *options)
        return [each["code"] for each in json.loads(done.stdout)["documents"][0]["findings"]]

    assert open_codes() == ["E204", "W210", "W751"]
    assert open_codes("--only", "w751") == ["W751"]
    assert open_codes("--only", "E2", "--only", "W2") == ["E204", "W210"]
    assert open_codes("--skip", "W") == ["E204"]
    assert open_codes("--tier", "error") == ["E204"]
    assert open_codes("--tier", "warning", "--skip", "W210") == ["E204", "W751"]


@pytest.mark.parametrize("option", [("--tier", "error"), ("--skip", "W751"), ("--only", "E901")])
def test_a_rule_that_is_left_out_stands_for_no_other(
    option: tuple[str, str], unit_folder: Path, checks: Checks
) -> None:
    place = Location(Path("某某局.pdf"), spot="第8页")
    checks(_finding("E901", place), _finding("W751", place))
    done = _run("check", unit_folder, *option)
    assert done.exit_code == 1
    assert "E901" in done.stdout


def test_an_unknown_code_is_answered_with_the_nearest(unit_folder: Path) -> None:
    done = _run("check", unit_folder, "--only", "E751")
    assert done.exit_code == 2
    assert "没有代码 E751；是不是 W751（按实公布说明没有对应的问题）？" in done.stderr


def test_html_asks_for_a_file(unit_folder: Path) -> None:
    done = _run("check", unit_folder, "--format", "html")
    assert done.exit_code == 2
    assert "-o 检查报告.html" in done.stderr


# What it looks at


def test_a_draft_is_checked_and_several_targets_are_summed_up(
    unit_folder: Path, checks: Checks
) -> None:
    checks(_finding("W751"))
    done = _run("check", unit_folder, DRAFT)
    assert done.exit_code == 1, done.stderr
    assert str(DRAFT) in done.stdout
    assert done.stdout.count("检查结果") == 3  # one for each, and one for both


def test_the_line_of_the_data_is_shown_with_a_caret(unit_folder: Path) -> None:
    """The reproducer of W751: an acceptance that accepts nothing."""
    (unit_folder / "按实.yaml").write_text(
        "按实公布说明:\n  - {规则: W751, 对象: 表六/没有这一行, 理由: 批复文本如此}\n",
        encoding="utf-8",
    )
    done = _run("check", unit_folder, "--only", "W751")
    assert done.exit_code == 1, done.stderr
    head, message, place, line, caret, remedy = done.stdout.splitlines()[6:12]
    assert head == "警告 W751  按实公布说明没有对应的问题"
    assert "“W751 表六/没有这一行”没有对应的问题" in message
    assert place.endswith("按实.yaml:2:5")
    assert line.startswith("       2 │   - {规则")
    assert caret.index("^") == line.index("{")
    assert remedy == "    办法：删除这一条，或改正“规则”“对象”"
    (unit_folder / "按实.yaml").unlink()
    assert _run("check", unit_folder, "--only", "W751").exit_code == 0


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "html"])
def test_every_format_is_written_to_a_file(
    format_: str, unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    checks(_finding("W751"))
    report = tmp_path / "新目录" / "报告"
    done = _run("check", unit_folder, "--format", format_, "-o", report)
    assert done.exit_code == 1, done.stderr
    text = report.read_text(encoding="utf-8")
    assert "两表相差 0.10 万元" in text
    assert "\x1b" not in text
    assert str(report) in done.stdout


# build


def _build(folder: Path, output: Path, *options: str) -> Result:
    return _run("build", folder, "-o", output, "--format", "html", *options)


def test_an_error_stops_the_public_document(
    unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    checks(_finding("E204"))
    done = _build(unit_folder, tmp_path / "out")
    assert done.exit_code == 2
    assert "两表相差 0.10 万元" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_draft_that_fits_no_pack_is_said_to_be_read_with_the_default(tmp_path: Path) -> None:
    """It is told beside the report, which may be for programs."""
    draft = tmp_path / "说明.txt"
    draft.write_text("第一部分 概况\n一、主要职责\n某某中心负责某某普查。\n", "utf-8")
    result = _run("check", draft, "--format", "json")
    assert f"{draft}：模板包：{DEFAULT_PACK}（没有写 --pack" in result.stderr
    json.loads(result.stdout)


@pytest.mark.parametrize(("code", "options"), [("E204", ["--draft"]), ("W751", []), ("N751", [])])
def test_a_draft_or_a_warning_is_printed_with_exit_code_one(
    code: str, options: list[str], unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    checks(_finding(code))
    done = _build(unit_folder, tmp_path / "out", *options)
    assert done.exit_code == 1
    assert "两表相差 0.10 万元" in done.stderr
    mark = "（送审稿）" * bool(options)
    assert (tmp_path / "out" / f"{STEM}{mark}.html").exists()


def test_many_findings_do_not_drown_a_build(
    unit_folder: Path, tmp_path: Path, checks: Checks
) -> None:
    many = [Finding("W751", f"问题 {n}", "核对", None, "表五") for n in range(50)]
    checks(*many)
    done = _build(unit_folder, tmp_path / "out")
    assert done.stderr.count("警告 W751") == 20
    assert f"还有 30 个问题没有列出：disclosure check {unit_folder}" in done.stderr


# Rules as a whole


def _told_by_tests(code: str) -> bool:
    tests = (ROOT / "tests").glob("test_*.py")
    own = {"test_reports.py"}
    return any(code in path.read_text("utf-8") for path in tests if path.name not in own)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_reproducer(code: str) -> None:
    assert _told_by_tests(code)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained_in_chinese(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"[EWN][79]\d\d", code)
    assert rule.code == code
    for text in (rule.name, rule.checks, rule.why, rule.remedy, rule.source):
        assert re.search("[一-鿿]{4}", text)
        assert not re.search("TODO|XXX|[A-Za-z]+ [a-z]+ [a-z]+", text)
    assert len(rule.name) <= 30
    for sentence in (rule.checks, rule.why):
        assert sentence.endswith("。")


def test_explain_shows_every_part_of_a_rule() -> None:
    done = _run("explain", "w751")
    assert done.stdout.startswith("W751  按实公布说明没有对应的问题")
    for heading in ("检查什么", "为什么", "怎么改", "依据"):
        assert f"\n{heading}\n" in done.stdout


def test_explain_lists_all_codes_by_chapter() -> None:
    lines = _run("explain").stdout.splitlines()
    assert "读取" in lines
    assert "检查：按实公布说明" in lines
    assert {line.split()[0] for line in lines if line.startswith("  ")} >= set(RULES)


def test_the_page_of_the_rules_is_up_to_date() -> None:
    """Otherwise run scripts/checks_docs.py."""
    page = runpy.run_path(str(ROOT / "scripts" / "checks_docs.py"))["checks_page"]()
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == page
