"""Which format a document has is said first; of another one nothing is pretended."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from generator.checks.relations.balance import unbalanced_table, unbalanced_text
from generator.checks.rules.any_content import RULES
from generator.cli.main import cli
from generator.compare.difference import Comparison, Difference, DifferenceKind, Part
from generator.core.findings import Location
from generator.drafts.draft import Draft
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.recognition import Recognition, recognise
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.pack.pack import Pack
from generator.reports.terminal.diff import print_comparison
from tests.conftest import ROOT, UNIT
from tests.invented import INVENTED, Content, as_html, as_text
from tests.reproducers import Case, Registry, reports_in

RAW = ROOT / "tests" / "drafts" / f"{UNIT}.txt"
CODES = {"E760", "E761", "N762"}
"""The rules that are reproduced here."""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def recognised(text: str, folder: Path, pack: Pack) -> Recognition:
    file = folder / "稿.txt"
    file.write_text(text, encoding="utf-8")
    draft: Draft = read_draft(file)
    parts = outline(draft, format_of(pack))
    return recognise(parts, pack)


def between(text: str, start: str, end: str) -> str:
    """The part of the raw text from its last line of some words to that of others."""
    first = text.rindex(f"\n{start}")
    return text[first : text.index(end, first)]


def whole(text: str) -> str:
    return text


def only_explanation(text: str) -> str:
    return between(text, "第三部分", "第四部分")


def only_statements(text: str) -> str:
    return between(text, "第二部分", "第三部分")


def without_three_tables(text: str) -> str:
    start = text.rindex("2024年财政拨款收支总表")
    return text[:start] + text[text.rindex("2024年政府性基金预算收入表") :]


def with_a_long_annex(text: str) -> str:
    rows = "".join(f"{number}\t设备\t{number}00.00\n" for number in range(1, 400))
    return f"{text}\n资产明细表\n序号\t名称\t金额\n{rows}"


@pytest.mark.parametrize(
    "part",
    [whole, only_explanation, only_statements, without_three_tables, with_a_long_annex],
)
def test_a_draft_of_the_format_is_known_even_in_part(
    part: Callable[[str], str], tmp_path: Path, pack: Pack
) -> None:
    assert recognised(part(RAW.read_text("utf-8")), tmp_path, pack).known


def final_accounts() -> str:
    text = as_text(INVENTED).replace("预算", "决算")
    return text.replace("决算数", "年初预算\t决算数")


@pytest.mark.parametrize(
    ("text", "resembles"),
    [
        (as_text(INVENTED), "预算"),
        (final_accounts(), "决算"),
        ("某局2026年部门预算\n收入总计 100.00 支出总计 900.00\n", "预算"),
        ("采购合同\n甲方：某局\n合同总价 10.00 万元。\n", ""),
        ("第一部分 概况\n一、主要职责\n贯彻方针。\n" + as_text(INVENTED), "预算"),
    ],
)
def test_another_format_is_not_known(text: str, resembles: str, tmp_path: Path, pack: Pack) -> None:
    found = recognised(text, tmp_path, pack)
    assert not found.known
    assert found.resembles == resembles


def test_a_missing_table_of_a_known_format_is_still_missing(tmp_path: Path) -> None:
    file = tmp_path / "稿.html"
    file.write_text(as_html(_lines(RAW, without_three_tables)), encoding="utf-8")
    done = run("check", file, "--only", "E741")
    assert done.exit_code == 1
    assert done.stdout.startswith("格式：阳泉市市级预算公开（yangquan）；13 张表认出 10 张")
    assert "缺少表四" in done.stdout
    assert "E760" not in done.stdout


def _lines(file: Path, change: Callable[[str], str]) -> Content:
    content: list[str | list[list[str]]] = []
    for line in change(file.read_text("utf-8")).split("\n"):
        cells = line.split("\t")
        last = content[-1] if content else ""
        if len(cells) == 1:
            content += [line.strip()] * bool(line.strip())
        elif isinstance(last, list):
            last.append(cells)
        else:
            content.append([cells])
    return content


# check


def test_another_format_is_one_error_and_no_missing_tables(tmp_path: Path) -> None:
    file = tmp_path / "别处.html"
    file.write_text(as_html(INVENTED), encoding="utf-8")
    done = run("check", file)
    assert done.exit_code == 1
    first, title, *_ = done.stdout.splitlines()
    assert first.startswith(
        "格式：未识别（不是阳泉市市级预算公开（yangquan）的格式，这像是预算公开）"
    )
    assert "13 张表认出 0 张" in first
    assert "类型未识别" in title
    assert "0年度" not in done.stdout
    assert "缺少" not in done.stdout.split("无法核对")[0]
    assert done.stdout.count("错误 E") == done.stdout.count("错误 E760") == 1
    assert "N762 没有认出的内容：没有认出的" in done.stdout
    assert "采购计划表" in run("check", file, "--all").stdout


@pytest.mark.parametrize("options", [["--only", "E701"], ["--tier", "error"]])
def test_rules_chosen_do_not_make_another_format_right(options: list[str], tmp_path: Path) -> None:
    file = tmp_path / "别处.txt"
    file.write_text(as_text(INVENTED), encoding="utf-8")
    assert run("check", file, *options).exit_code == 1


def test_what_holds_for_any_text_is_checked_in_another_format(tmp_path: Path) -> None:
    slips = "工作经费提升提升。联系人手机13812345678。待填写。另附名单；；完。"
    file = tmp_path / "别处.txt"
    file.write_text(as_text([*INVENTED, slips]), encoding="utf-8")
    done = run("check", file, "--all")
    for code in ("W745", "E747", "E744"):
        assert code in done.stdout, code


@pytest.mark.parametrize("format_", ["json", "sarif", "html"])
def test_reports_for_programs_say_the_format_too(format_: str, tmp_path: Path) -> None:
    file = tmp_path / "别处.txt"
    file.write_text(as_text(INVENTED), encoding="utf-8")
    report = tmp_path / f"报告.{format_}"
    assert run("check", file, "--format", format_, "-o", report).exit_code == 1
    text = report.read_text("utf-8")
    assert "格式：未识别" in text
    if format_ == "json":
        (document,) = json.loads(text)["documents"]
        assert document["recognition"]["known"] is False
        assert document["recognition"]["statements"] == [0, 13]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("收入总计 100.00 支出总计 900.00", ["100.00", "900.00"]),
        ("收入总计100万元，支出总计1,000,000元。", []),
        ("收入总计100万元，支出总计1,100,000元。", ["100万元", "1,100,000元"]),
        ("收入总计356.20万元；支出总计为356.21万元。", ["356.20万元", "356.21万元"]),
        ("收入总计35.62亿元，支出总计356,204万元。", []),
        ("上年收入总计90万元，本年收入总计100万元，支出总计100万元。", []),
        ("甲收入总计1元、支出总计1元；乙收入总计2元、支出总计3元。", ["2元", "3元"]),
        ("收入总计100万元，比上年增加10万元。", []),
    ],
)
def test_income_and_expenditure_of_a_text(text: str, amounts: list[str]) -> None:
    found = [each.text for pair in unbalanced_text(text) for each in pair]
    assert found == amounts


@pytest.mark.parametrize(
    ("rows", "balanced"),
    [
        ([["收入总计", "10.00", "支出总计", "10.00"]], True),
        ([["收入总计", "10.00", "支出总计", "90.00"]], False),
        ([["收 入 总 计", "10.00"], ["支出总计", "9.00"]], False),
        ([["收入总计", "", "10.00", "支出总计", "4.00", "10.00"]], True),
        ([["", "行次", "", "", "行次"], ["收入总计", "7", "1", "支出总计", "9", "1"]], True),
        ([["收入总计", "-", "支出总计", "10.00"]], True),
        ([["收入总计", "10.00"], ["收入总计", "20.00"], ["支出总计", "10.00"]], True),
    ],
)
def test_income_and_expenditure_of_a_table(rows: list[list[str]], balanced: bool) -> None:
    assert (not list(unbalanced_table(rows))) is balanced


def test_a_table_that_contradicts_itself_is_an_error_at_its_row(tmp_path: Path) -> None:
    broken = [
        [
            [
                cell.replace("3,562,000", "3,652,000") if row[0] == "收入总计" else cell
                for cell in row
            ]
            for row in each
        ]
        if not isinstance(each, str)
        else each
        for each in INVENTED
    ]
    rows = next(each for each in broken if not isinstance(each, str))
    rows[-1][-1] = "3,562,000"
    file = tmp_path / "别处.html"
    file.write_text(as_html(broken), encoding="utf-8")
    done = run("check", file)
    assert "错误 E761" in done.stdout
    assert "收入总计 3,652,000 与支出总计 3,562,000 不相等" in done.stdout


def test_every_rule_here_has_a_test() -> None:
    assert {rule.code for rule in RULES} == CODES


# import and diff


def test_an_import_of_which_nothing_is_data_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "别处.txt"
    file.write_text("采购合同\n甲方：某局\n合同总价 10.00 万元。\n", encoding="utf-8")
    done = run("import", file, "-o", tmp_path / "出")
    assert done.exit_code == 2
    assert "E764" in done.stderr
    assert not (tmp_path / "出").exists()


def test_the_format_is_said_first_of_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "别处.txt"
    file.write_text(as_text(INVENTED), encoding="utf-8")
    first, second, *_ = run("diff", RAW, file).stdout.splitlines()
    assert first.startswith("生成  格式：阳泉市市级预算公开（yangquan）；13 张表认出 13 张")
    assert second.startswith("草稿  格式：未识别")


reproduces: Registry[Path] = Registry()
"""The codes of ``disclosure diff``: each writes a draft into a folder, and returns its name."""


@reproduces("E763", says="不能换算年份")
def a_draft_without_a_year(folder: Path) -> str:
    (folder / "合同.txt").write_text("采购合同\n甲方：某局\n", encoding="utf-8")
    return "合同.txt"


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in reproduces.cases.items() for case in cases]
)
def test_what_cannot_be_compared_is_refused(code: str, case: Case[Path], tmp_path: Path) -> None:
    place = case.reproduce(tmp_path)
    done = run("diff", RAW, tmp_path / str(place), "--years")
    assert done.exit_code == 2
    (report,) = reports_in(done.stderr)
    assert (report.code, report.place) == (code, place)
    assert case.says in report.message
    assert report.in_chinese


@pytest.mark.parametrize(
    ("theirs", "equal"), [("保正项目实施", False), ("证项目实施", True), ("保证项 目实施", True)]
)
def test_what_an_extraction_may_have_misread_is_not_equal(
    theirs: str, equal: bool, tmp_path: Path
) -> None:
    """What it may have lost is noise; another character may be what somebody wrote."""
    place = Location(tmp_path / "稿.txt", 3)
    noise = Difference(DifferenceKind.NOISE, "甲表样", "保证项目实施", theirs, place, place)
    part = Part("甲", "绩效目标表", (), noise)
    comparison = Comparison("数据", "稿.txt", (part,))
    assert comparison.equal is equal
    page = io.StringIO()
    print_comparison(comparison, Console(file=page, width=200), show_all=False)
    assert ("没有实质差异" in page.getvalue()) is equal
    assert ("保" in page.getvalue()) is not equal


ONE_TABLE = """2024年预算支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t15.00\t12.00\t3.O0
206\t科学技术支出\t15.00\t12.00\t3.00
"""


@pytest.mark.parametrize(
    "text",
    [
        ONE_TABLE,
        "第一部分 概况\n一、职责\n二、机构设置\n第二部分 2025年部门预算报表\n第四部分 名词解释\n",
        "第一部分　概况\n一、主要职责\n贯彻执行方针。\n二、机构设置\n内设三个科。\n",
        "第三部分 2024年部门预算情况说明\n"
        + "".join(f"{number}、2024年情况说明\n" for number in "一二三四五六七八九十"),
    ],
)
def test_a_document_of_which_little_is_there_is_one_error(text: str, tmp_path: Path) -> None:
    file = tmp_path / "部分.txt"
    file.write_text(text, encoding="utf-8")
    done = run("check", file, "--only", "E7")
    codes = [each.split()[1] for each in done.stdout.splitlines() if each.startswith("错误")]
    assert codes[0] == "E760"
    assert "E741" not in codes


def test_cells_and_traces_are_checked_whatever_the_format(tmp_path: Path) -> None:
    title, unit, *rows = ONE_TABLE.splitlines()
    file = tmp_path / "部分.html"
    file.write_text(as_html([title, unit, [row.split("\t") for row in rows]]), encoding="utf-8")
    assert "错误 E765" in run("check", file).stdout
    word = docx.Document()
    word.add_paragraph("采购合同，甲方与乙方。")
    word.add_paragraph("底价三十万元。").runs[0].font.hidden = True
    word.save(str(tmp_path / "合同.docx"))
    assert "警告 W773" in run("check", tmp_path / "合同.docx").stdout
