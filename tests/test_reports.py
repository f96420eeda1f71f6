"""What the reports of ``disclosure check`` look like: text, JSON, SARIF, HTML."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from rich.cells import cell_len
from rich.console import Console

from generator.checks.rule import Rule, Unchecked
from generator.checks.rules import RULES
from generator.checks.run import Accepted, Report
from generator.core.findings import Finding, Location
from generator.reports.excerpts import FileLines
from generator.reports.groups import grouped_findings
from generator.reports.html_report import html_report
from generator.reports.json_report import json_report
from generator.reports.sarif import sarif_report
from generator.reports.terminal.check import print_reports, report_console

FOLDER = Path("data/某局-2026")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m"


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules of their own, so that reports are told apart from the rules there are."""
    for code, name in (("E798", "两表相等"), ("W798", "变动有原因"), ("N798", "标点不重复")):
        rule = Rule(code, name, "甲表等于乙表。", "读者无从判断。", "核对两表", "审核惯例")
        monkeypatch.setitem(RULES, code, rule)


def _finding(code: str, group: str, message: str = "相差 0.10 万元", **parts: Any) -> Finding:
    return Finding(code, message, parts.pop("remedy", "核对两表"), group=group, **parts)


def _report(*findings: Finding, **parts: Any) -> Report:
    return Report(FOLDER, "某局2026年度部门预算公开", findings, **parts)


def _text(*reports: Report, show_all: bool = False, width: int | None = None) -> str:
    page = io.StringIO()
    console = (
        Console(file=page, width=width, force_terminal=True, no_color=True)
        if width
        else report_console(Console(file=page))
    )
    print_reports(reports, console, show_all=show_all)
    return page.getvalue()


def _many() -> Report:
    """500 findings, as a department with 223 project forms may have."""
    forms = [
        _finding(
            code,
            f"绩效目标表 {n} 某项目{n}",
            f"表 {n} 相差 {n}.00 万元",
            place=Location(FOLDER / f"{n}.yaml", n),
            subjects=(f"表十二/某单位/某项目{n}",),
        )
        for n in range(1, 224)
        for code in ("E798", "W798")
    ]
    tables = [_finding("E798", f"表{'二三五八'[n % 4]}", f"第 {n} 行不等") for n in range(54)]
    return _report(*forms, *tables)


# Text


def test_five_hundred_findings_fit_a_few_screens() -> None:
    report = _many()
    assert len(report.findings) == 500
    text = _text(report)
    assert len(text.splitlines()) < 120
    assert "错误 E798  两表相等  共 223 处" in text
    assert (
        "另有 220 处同类问题：绩效目标表 4 某项目4；绩效目标表 5 某项目5；绩效目标表 6 某项目6等"
    ) in text
    every = _text(report, show_all=True)
    assert "表 223 相差 223.00 万元" in every
    assert "同类问题" not in every


def test_more_than_twenty_rules_in_a_group_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [f"W{number}" for number in range(760, 785)]
    for code in codes:
        monkeypatch.setitem(RULES, code, Rule(code, "某规则", "", "", "", ""))
    text = _text(_report(*(_finding(code, "表五") for code in codes)))
    assert text.count("某规则") == 20
    assert "还有 5 条规则的 5 个问题，用 --all 列出" in text


def test_groups_stand_in_the_order_of_the_document_gravest_first() -> None:
    found = [
        _finding("N798", "绩效目标表 2 某项目"),
        _finding("W798", "情况说明 十二"),
        _finding("W798", "表十二"),
        _finding("W798", "表五"),
        _finding("E798", "表五"),
        _finding("W798", "情况说明 二"),
        _finding("W798", "封面"),
        _finding("W210", ""),
    ]
    order = ("概况 职责", "表五", "表十二", "情况说明 二", "情况说明 十二")
    assert [group.title for group in grouped_findings(found, order)] == [
        "数据", "封面", "表五", "表十二", "情况说明 二", "情况说明 十二", "项目支出绩效目标表",
    ]  # fmt: skip
    table = next(group for group in grouped_findings(found) if group.title == "表五")
    assert [entry.code for entry in table.entries] == ["E798", "W798"]
    assert table.counts == "1 个错误、1 个警告"


def test_the_caret_stands_under_the_column_of_double_width_text(tmp_path: Path) -> None:
    file = tmp_path / "收支.yaml"
    file.write_text("收支:\n  - {名称: 教育支出, 金额: 5}\n", encoding="utf-8")
    text = _text(_report(_finding("E798", "表五", place=Location(file, 2, 10))))
    line, caret = text.splitlines()[8:10]
    assert line == "       2 │   - {名称: 教育支出, 金额: 5}"
    assert caret == "         │ " + " " * 11 + "^"  # before it: 7 half-width, 2 full-width


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    file = tmp_path / "情况说明.yaml"
    file.write_text("甲" * 300 + "乙" + "丙" * 300 + "\n", encoding="utf-8")
    excerpt = FileLines().excerpt(Location(file, 1, 301))
    assert excerpt is not None
    assert excerpt.text[excerpt.at] == "乙"
    assert excerpt.text.startswith("…甲")
    assert excerpt.text.endswith("丙…")


def test_places_that_are_no_lines_have_no_excerpt(tmp_path: Path) -> None:
    for place in (None, Location(tmp_path / "无.yaml", 3), Location(tmp_path / "稿.docx", 3)):
        assert FileLines().excerpt(place) is None


def test_other_places_are_abridged() -> None:
    also = tuple(Location(FOLDER / "收支.yaml", n, 3) for n in range(2, 17))
    report = _report(_finding("E798", "表五", place=Location(FOLDER, spot="第 3 页"), also=also))
    text = _text(report)
    assert "    位置：第 3 页\n" in text
    assert "另见：收支.yaml:2:3；收支.yaml:3:3；收支.yaml:4:3，另有 12 处" in text
    assert "收支.yaml:16:3" in _text(report, show_all=True)


def test_what_is_no_finding_is_told_apart() -> None:
    finding = _finding("W798", "表六", "原文不等")
    report = _report(
        accepted=(Accepted(finding, "批复如此"),),
        noise=(_finding("N798", "全文", "多一个空格"),),
        unchecked=tuple(Unchecked("E798", f"表{n}", "没有上年数") for n in "二三五八"),
        passed={"W798": 7, "E798": 1},
    )
    text = _text(report)
    assert "W798 原文不等——理由：批复如此" in text
    assert "多一个空格" not in text
    assert "多一个空格" in _text(report, show_all=True)
    assert "    E798 两表相等：没有上年数（表二、表三、表五等）" in text
    assert "8 次比对" in text
    assert "1 条规则" in text  # W798 was found, if accepted: not a passed rule


def test_a_terminal_of_eighty_columns_is_not_overrun() -> None:
    text = _text(_report(_finding("E798", "表五", "收入总计与支出总计不等，" * 20)), width=80)
    assert "收入总计" in text
    for line in text.splitlines():
        assert cell_len(re.sub("\x1b[^m]*m", "", line)) <= 80


def test_hostile_text_neither_steers_the_terminal_nor_spreads_numbers() -> None:
    number = "13" + "800138000"
    finding = _finding("E798", HOSTILE, HOSTILE + number, excerpt=number)
    text = _text(*[Report(Path(HOSTILE), HOSTILE, (finding,))] * 2)
    assert "\x1b" not in text
    assert number not in text
    assert "138…00" in text


# JSON


def test_json_has_the_documented_keys(tmp_path: Path) -> None:
    file = tmp_path / "收支.yaml"
    file.write_text("收支: []\n", encoding="utf-8")
    finding = _finding("E798", "表五", place=Location(file, 1, 5), subjects=("表五/合计",))
    report = _report(
        finding,
        accepted=(Accepted(_finding("W798", "表六"), "批复如此"),),
        unchecked=(Unchecked("N798", "表七", "没有上年数"),),
        passed={"N798": 3},
    )
    content = json.loads(json_report([report]))
    assert content["version"] == 1
    document = content["documents"][0]
    assert document["counts"] == {
        "errors": 1, "warnings": 0, "notes": 0, "accepted": 1, "noise": 0,
        "unchecked": 1, "passed_rules": 1, "passed_comparisons": 3,
    }  # fmt: skip
    assert document["findings"] == [
        {
            "code": "E798",
            "name": "两表相等",
            "tier": "error",
            "message": "相差 0.10 万元",
            "remedy": "核对两表",
            "place": {"file": str(file), "line": 1, "column": 5, "spot": "", "paragraph": None},
            "also": [],
            "group": "表五",
            "subjects": ["表五/合计"],
            "excerpt": "",
            "source_line": "收支: []",
        }
    ]
    assert document["accepted"][0]["reason"] == "批复如此"
    assert document["unchecked"][0]["why"] == "没有上年数"
    assert document["passed"] == {"N798": 3}


# SARIF


def _run_of(*reports: Report) -> Any:
    log = json.loads(sarif_report(reports, "0.1.0"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run


def test_sarif_has_what_the_standard_requires() -> None:
    run = _run_of(_many())
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert set(rule) >= {"id", "name", "shortDescription", "fullDescription", "help"}
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] == {"E": "error", "W": "warning"}[result["ruleId"][0]]
    fingerprints = [tuple(each["partialFingerprints"].values()) for each in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints) == 500


def test_sarif_places_are_lines_or_logical_places() -> None:
    also = (Location(Path("/home/数据/收支.yaml"), 9),)
    lined = _finding("E798", "表五", place=Location(FOLDER / "收 支.yaml", 4, 7), also=also)
    spot = Location(Path("送审稿.docx"), spot="表五“合计”行")
    spotted = _finding("W798", "表五", place=spot, subjects=("表五/合计",))
    first, second = _run_of(_report(lined, spotted))["results"]
    physical = first["locations"][0]["physicalLocation"]
    uri = "data/%E6%9F%90%E5%B1%80-2026/%E6%94%B6%20%E6%94%AF.yaml"
    assert physical == {
        "artifactLocation": {"uri": uri},
        "region": {"startLine": 4, "startColumn": 7},
    }
    related = first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert related.startswith("file:///home/")
    assert second["locations"][0]["logicalLocations"] == [
        {"name": "表五“合计”行", "kind": "element"},
        {"fullyQualifiedName": "表五/合计", "kind": "element"},
    ]
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_sarif_suppresses_what_is_accepted_and_notes_what_is_unchecked() -> None:
    run = _run_of(
        _report(
            accepted=(Accepted(_finding("W798", "表六"), "批复如此"),),
            unchecked=(Unchecked("E798", "表七", "没有上年数"),),
        )
    )
    (result,) = run["results"]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "批复如此"}
    ]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "没有上年数" in told["message"]["text"]
    assert told["associatedRule"]["id"] == "E798"


def test_a_fingerprint_outlives_a_moved_line() -> None:
    def fingerprint(line: int) -> Any:
        place = Location(FOLDER / "收支.yaml", line)
        finding = _finding("E798", "表五", place=place, subjects=("表五/合计",))
        return _run_of(_report(finding))["results"][0]["partialFingerprints"]

    assert fingerprint(3) == fingerprint(30)


# HTML


def _page(*reports: Report) -> Any:
    return html.document_fromstring(html_report(reports).decode())


def test_html_needs_nothing_from_outside_and_runs_only_its_own_script() -> None:
    page = _page(_many())
    assert not page.xpath("//@src | //link | //@onclick | //@onerror | //*[@style]")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_html_escapes_hostile_text() -> None:
    finding = _finding(
        "E798",
        HOSTILE,
        HOSTILE,
        remedy=HOSTILE,
        excerpt=HOSTILE,
        place=Location(FOLDER, spot=HOSTILE),
        also=(Location(FOLDER, spot=HOSTILE),),
    )
    accepted = Accepted(finding, HOSTILE)
    unchecked = Unchecked("E798", HOSTILE, HOSTILE)
    report = Report(Path(HOSTILE), HOSTILE, (finding,), (accepted,), (finding,), (unchecked,))
    page = _page(report)
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img")
    assert "alert(1)" not in page.xpath("//script")[0].text
    assert "\x1b" not in html_report([report]).decode()


def test_html_tells_severities_in_words_and_symbols_and_keeps_every_finding() -> None:
    page = _page(_many())
    assert page.xpath("normalize-space(//span[@class='badge error'])") == "● 错误"
    assert len(page.xpath("//p[@class='message']")) == 500
    overview = {
        row.xpath("string(th)"): [cell.text for cell in row.xpath("td")]
        for row in page.xpath("//table[@class='overview']/tbody/tr")
    }
    assert overview["项目支出绩效目标表"] == ["223", "223", None]
    assert page.xpath("//div[@id='filter']/@hidden")  # shown by the script


def test_html_of_a_clean_document_says_so() -> None:
    page = _page(_report(passed={"E798": 3}))
    assert page.xpath("string(//p[@class='clean'])") == "没有未处理的问题。"


# Places and marks of the web page


def _page_of(*findings: Finding, **parts: Any) -> str:
    return html_report([_report(*findings, **parts)]).decode()


def test_every_finding_has_its_place_accepted_ones_and_noise_too() -> None:
    whole, part = _finding("E798", ""), _finding("W798", "表五", place=Location(FOLDER))
    page = _page_of(whole, part)
    assert "位置：全文" in page
    assert "位置：表五" in page
    accepted = _page_of(
        accepted=(Accepted(_finding("W798", "表六", place=Location(FOLDER)), "批复"),)
    )
    assert "<td>表六</td><td>批复</td>" in accepted
    assert "<td>表七</td></tr>" in _page_of(noise=(_finding("N798", "表七"),))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/home/某人/数据/某局-2026", "某局-2026"),
        ("../某人/某局-2026", "某局-2026"),
        ("data/某局-2026", "data/某局-2026"),
    ],
)
def test_a_report_names_no_folder_of_a_computer(path: str, told: str) -> None:
    page = html_report([Report(Path(path), "某局", (_finding("E798", "表五"),))]).decode()
    assert f'<p class="target">{told}</p>' in page
    assert "某人" not in page


@pytest.mark.parametrize(
    ("message", "excerpt", "expected"),
    [
        ("合计 11.50 ≠ 11.05", "2080505 合计 11.50", "2080505 合计 <mark>11.50</mark>"),
        ("合计 1.50 ≠ 1.05", "合计 11.50 1.505", "合计 11.50 1.505"),
        ("写公开 222 个", "公开项目 222 个", "公开项目 <mark>222</mark> 个"),
        ("末尾没有句号：“…搭建扶持”", "…培训等，搭建扶持", "…培训等，<mark>搭建扶持</mark>"),
        ("相差 0.10 万元", "收入总计", "收入总计"),
        ("有“收入总计”", "收入总计", "收入总计"),  # all of it is what is meant
        ("有“<b>”", "甲<b>乙", "甲<mark>&lt;b&gt;</mark>乙"),
    ],
)
def test_what_is_wrong_is_marked_in_what_is_quoted(
    message: str, excerpt: str, expected: str
) -> None:
    assert f"<q>{expected}</q>" in _page_of(_finding("E798", "表五", message, excerpt=excerpt))


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("收支: {基本支出: 110450, 项目支出: 5}", 12, "110450"),
        ("名称: 甲, 乙   # 丙", 5, "甲, 乙"),
        ('名称: "甲 # 乙" # 丙', 5, '"甲 # 乙"'),
        ("- [甲, 乙]", 4, "甲"),
        ("文字", 0, "文字"),
    ],
)
def test_a_line_of_the_data_has_its_value_marked(
    line: str, column: int, expected: str, tmp_path: Path
) -> None:
    file = tmp_path / "甲.yaml"
    file.write_text(line + "\n", encoding="utf-8")
    excerpt = FileLines().excerpt(Location(file, 1, column))
    assert excerpt is not None
    assert excerpt.text[max(excerpt.at, 0) : excerpt.end] == expected


def test_the_effects_of_a_cause_stand_under_it() -> None:
    message = (
        "表二 11.50 ≠ 11.05（差 0.45）；同一原因另有 1 处不符（E705 1 处）：表二 16.57 ≠ 17.02"
    )
    finding = _finding("E798", "表二", message, effects=("E705　表二 16.57 ≠ 17.02",))
    page = _page_of(finding)
    assert "表二 11.50 ≠ 11.05（差 0.45）</p>" in page
    assert "同一原因另有 1 处不符：</p>" in page
    assert page.count("表二 16.57 ≠ 17.02") == 1
    assert "E705 1 处" in _page_of(_finding("E798", "表二", message))  # nothing is lost without
