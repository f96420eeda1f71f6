"""Every code a finding can carry, brought about by a broken copy of the sample or of the pack.

Each reproducer breaks a copy and returns the place its code must be reported at. In the broken
text a ``▶``, which is not written to the file, stands before that place; where no line is known
the place is the name of the file or folder, and ``None`` where a finding has no place. All
reproducers are run through the command, as people meet them. The codes of ``disclosure import``
have theirs in ``test_findings_import``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.building.workers import local
from generator.cli.main import cli
from generator.core.codes import CODES
from generator.core.resources import PACKS
from generator.load.yaml.tree import read_yaml
from tests.conftest import ROOT
from tests.reproduced import output_folder, packs, printing
from tests.reproduced.data import (
    a_misspelt_key,
    a_statement_that_the_pack_lacks,
    a_subject_left_blank,
)
from tests.reproduced.reading import a_file_saved_as_gbk
from tests.reproduced.sandbox import (
    SAID,
    STEM,
    STOOD_BEFORE,
    Sandbox,
    reproduces,
)
from tests.reproducers import Case
from tests.test_accept import reproduces as accept_reproduces
from tests.test_findings_import import reproduces as import_reproduces
from tests.test_recognition import reproduces as diff_reproduces
from tests.test_worksheet import reproduces as worksheet_reproduces

SUBJECTS = (output_folder, packs, printing)
"""Subjects that no test here names otherwise: importing them registers their reproducers."""


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
    monkeypatch.setattr(local, "available_cores", lambda: 1)  # a second process would start in vain
    return Sandbox(unit_folder, pack_folder, output, monkeypatch, [unit_folder])


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
  公务用车购置费: {一般公共预算: ▶0.125, 政府性基金预算: ▶１２３, 国有资本经营预算: ▶١٢٣}
  公务用车运行维护费: {一般公共预算: ▶[100]}
机关运行经费:
  - {单位: 本级, 金额: {一般公共预算: ▶}}
""",
    )
    causes = [
        "金额不加千分位，现在是“1,000”",
        "金额不写单位，现在是“3万元”",
        "“0.125”不是金额",
        "数字是全角的，现在是“１２３”",
        "数字不是 0 到 9，现在是“١٢٣”",
        "这里只写一个金额",
        "没有写金额",
    ]
    found = {(report.code, report.place, report.message) for report in sandbox.build().reports}
    assert found == {("E204", place, cause) for place, cause in zip(places, causes, strict=True)}


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("１２", "数字是全角的"),
        ("١٢", "数字不是 0 到 9"),
        ("1_2", "数字里有下划线"),
        ("1 2", "数字中间有空格"),
    ],
)
def test_a_number_is_written_with_plain_digits(sandbox: Sandbox, written: str, cause: str) -> None:
    places = sandbox.write_marks(
        "情况说明.yaml",
        f"国有资产: {{公务用车编制数: ▶{written}, 办公用房建筑面积: ▶{written}}}\n"
        f"绩效管理: {{编报整体绩效目标单位数: ▶{written}}}\n",
    )
    reports = sandbox.build().reports
    assert {(report.place, report.message) for report in reports if report.code == "E203"} == {
        (place, f"{cause}，现在是“{written}”") for place in places
    }
    assert {report.remedy for report in reports if report.code == "E203"} == {"写成 12"}


def test_a_code_of_expenditure_is_no_code_of_income(sandbox: Sandbox) -> None:
    place, *_ = sandbox.write_marks(
        "补充.yaml",
        '政府性基金收入: [{科目: ▶"2013299", 名称: 某某收入, 金额: 1}]\n',
    )
    (report,) = sandbox.build().reports
    assert (report.code, report.place) == ("E207", place)
    assert "收入科目以 1 开头" in report.message


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
