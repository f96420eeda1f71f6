"""``disclosure accept``: what was accepted of a draft goes into the data, and nothing else does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.compare.accepting import AcceptedDifference, DataSpot, Written, accept_differences
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import compose
from generator.load.catalogue import Catalogue
from generator.pack.pack import load_pack
from generator.reports.diff.spots import read_accepted, spots_json
from generator.reports.diff.view import View
from tests.conftest import ROOT, UNIT
from tests.reproducers import Case, Registry, reports_in
from tests.test_every_pack import OWN

PACK = load_pack(OWN / "最小")
SENTENCE = "负责全市的服务。"
TEXT = """\
# 说明
概况:
  职责:
    - 负责全市的服务。      # 去年改过
    - \'承担接待，承担信访\'
收支:
  - {科目: "2080505", 当年预算: {基本支出: {一般公共预算: 110450}}}   # 元
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "数据").mkdir()
    (tmp_path / "数据" / "甲.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path / "数据"


def spot(ours: str, theirs: str, **other: Any) -> DataSpot:
    told: dict[str, Any] = {"file": "甲.yaml", "line": 4, "column": 7, "before": "", "after": ""}
    return DataSpot(**{**told, **other}, ours=ours, theirs=theirs)


def put(folder: Path, *spots: DataSpot | None) -> Written:
    return accept_differences(
        [AcceptedDifference(str(n), "", each) for n, each in enumerate(spots, 1)], folder, PACK
    )


def text(written: Written) -> str:
    return written.files["甲.yaml"].decode()


def why(folder: Path, each: DataSpot | None) -> str:
    written = put(folder, each)
    assert written.files == {}
    assert written.done == ()
    (left,) = written.left
    return left.why


def test_words_are_written_and_all_else_stays(folder: Path) -> None:
    written = put(folder, spot("负责", "承担", after="全市"), spot("", "和全县", before="全市"))
    assert text(written) == TEXT.replace(SENTENCE, "承担全市和全县的服务。")
    assert written.left == ()


def test_a_whole_value_is_written_in_its_quotation_marks(folder: Path) -> None:
    whole = spot("承担接待，承担信访", "承担接待", line=5)
    assert text(put(folder, whole)) == TEXT.replace("'承担接待，承担信访'", "'承担接待'")


def test_a_number_that_is_one_leaf_in_yuan_is_written(folder: Path) -> None:
    leaf = spot("110,450.00", "120,450.50", line=7, column=43, leaves=1)
    assert text(put(folder, leaf)) == TEXT.replace("110450", "120450.50")


def test_line_ends_and_the_mark_of_the_encoding_stay(folder: Path) -> None:
    file = folder / "甲.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    written = put(folder, spot("负责", "承担", after="全市"))
    assert written.files["甲.yaml"] == file.read_bytes().replace(
        "负责全市".encode(), "承担全市".encode()
    )


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (None, "不知道写在数据的哪里"),
        (spot("负责", "承担", file="乙.yaml"), "没有 乙.yaml"),
        (spot("负责", "承担", file="../甲.yaml"), "没有 ../甲.yaml"),
        (spot("负责", "承担", after="全省"), "已经不是比较时的样子"),
        (spot("负责", "承担", line=9), "已经不是比较时的样子"),
        (spot("负责", "承担"), "已经不是比较时的样子"),  # it is not all that the value says
        (spot("承", "分", line=5, after="担"), "不止一次"),
        (spot("负责", "承\n担", after="全市"), "控制字符"),
        (spot("11.05", "11.50", line=7, column=43, leaves=1), "不是以元写全的数"),
        (spot("110450", "约十二万", line=7, column=43, leaves=1), "不是以元写全的数"),
        (spot("110450", "", line=7, column=43, leaves=1), "不是以元写全的数"),
        (spot("110450", "120450", line=7, column=43, leaves=3), "由 3 笔明细相加"),
    ],
)
def test_what_is_not_sure_is_left_with_its_reason(
    each: DataSpot | None, words: str, folder: Path
) -> None:
    assert words in why(folder, each)
    assert (folder / "甲.yaml").read_text(encoding="utf-8") == TEXT


def test_a_number_in_another_unit_is_left(folder: Path) -> None:
    """125.00 万元 in the draft is no 125 元."""
    leaf = spot("110,450.00", "12.50", line=7, column=43, leaves=1, their_unit="万元")
    assert "单位不同：生成的以元印，草稿的以万元印“12.50”" in why(folder, leaf)


def test_a_zero_that_is_printed_in_wan_is_no_zero_in_yuan(folder: Path) -> None:
    (folder / "甲.yaml").write_text("收支: 0\n", encoding="utf-8")
    leaf = spot("0.00", "12.50", line=1, column=5, leaves=1, our_unit="万元", their_unit="万元")
    assert "不是以元写全的数" in why(folder, leaf)


def test_a_count_is_written(folder: Path) -> None:
    (folder / "甲.yaml").write_text("车辆: 3\n", encoding="utf-8")
    leaf = spot("3", "4", line=1, column=5, leaves=1, our_unit="", their_unit="")
    assert text(put(folder, leaf)) == "车辆: 4\n"


def test_a_sum_is_told_to_be_one_wherever_it_is_said_to_stand(folder: Path) -> None:
    assert "由 3 笔明细相加" in why(folder, spot("5", "6", line=6, column=1, leaves=3))


def test_the_same_change_accepted_twice_is_made_once(folder: Path) -> None:
    """A leaf is printed in several tables, a text in several places."""
    leaf = spot("110,450.00", "120,450.50", line=7, column=43, leaves=1)
    added = spot("", "和全县", before="全市")
    written = put(folder, leaf, leaf, added, added)
    assert text(written) == TEXT.replace("110450", "120450.50").replace("全市", "全市和全县")
    assert sorted(each.number for each in written.done) == ["1", "2", "3", "4"]
    assert written.left == ()


def test_two_insertions_in_one_place_are_not_both_made(folder: Path) -> None:
    written = put(folder, spot("", "和全县", before="全市"), spot("", "和全省", before="全市"))
    assert text(written) == TEXT.replace("全市", "全市和全县")
    assert [left.why for left in written.left] == ["与前面一处改的是同一段文字"]


def test_two_changes_of_the_same_words_are_not_both_made(folder: Path) -> None:
    written = put(
        folder, spot("负责", "承担", after="全市"), spot("责全", "任全", before="负", after="市的")
    )
    assert text(written) == TEXT.replace("负责全市", "承担全市")
    assert [left.why for left in written.left] == ["与前面一处改的是同一段文字"]


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["accept", *map(str, arguments)])


def listed(folder: Path, *items: dict[str, Any]) -> Path:
    file = folder / "清单.json"
    file.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    return file


def item(number: int, decided: str, **told: Any) -> dict[str, Any]:
    found = {
        "文件": "甲.yaml", "行": 4, "列": 7, "前文": "", "生成": "负责", "草稿": "承担",
        "后文": "全市", "明细": 0,
    }  # fmt: skip
    return {"序号": str(number), "部分": "概况", "处理": decided, "写回": {**found, **told}}


def test_accepted_ones_alone_are_written(folder: Path, tmp_path: Path) -> None:
    other = item(2, "不采纳", 前文="全市", 生成="的", 草稿="之", 后文="服务")
    done = run(listed(tmp_path, item(1, "采纳"), other), folder)
    assert done.exit_code == 0
    assert "写回 1 处：甲.yaml" in done.stdout
    assert "没有标“采纳”的 1 处没有动" in done.stdout
    assert "承担全市的服务" in (folder / "甲.yaml").read_text(encoding="utf-8")


def test_what_is_left_is_told_and_the_exit_code_says_so(folder: Path, tmp_path: Path) -> None:
    gone = {key: value for key, value in item(2, "采纳").items() if key != "写回"}
    done = run(listed(tmp_path, item(1, "采纳"), gone), folder)
    assert done.exit_code == 1
    assert "没有写回的 1 处，请人改" in done.stdout
    assert "第 2 处  概况：不知道写在数据的哪里" in done.stdout


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("缺失", "整段、整行、整条的增删不写"),
        ("位置", "位置的改动不写"),
        ("格式", "只是写法不同"),
        ("文字", "不知道"),
    ],
)
def test_the_reason_is_that_of_the_class(kind: str, why: str, folder: Path, tmp_path: Path) -> None:
    told = {"序号": "1", "部分": "概况", "处理": "采纳", "类别": kind}
    assert f"第 1 处  概况：{why}" in run(listed(tmp_path, told), folder).stdout


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    done = run(listed(tmp_path, item(1, "采纳")), folder, "--dry-run")
    assert "会写回 1 处" in done.stdout
    assert (folder / "甲.yaml").read_text(encoding="utf-8") == TEXT


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = run(listed(tmp_path, item(1, "采纳")), tmp_path / "没有")
    assert done.exit_code == 2
    assert "E101" in done.stderr


def test_data_that_is_no_yaml_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "甲.yaml").write_text("概况: [", encoding="utf-8")
    done = run(listed(tmp_path, item(1, "采纳")), folder)
    assert done.exit_code == 2
    assert "E102" in done.stderr


reproduces: Registry[Path] = Registry()
"""Lists that cannot be used: each is written into a folder."""


@reproduces("E655", says="不是 JSON")
def a_list_that_is_no_json(folder: Path) -> None:
    (folder / "清单.json").write_text("采纳", encoding="utf-8")


@reproduces("E655", says="不是比较的网页报告导出的清单")
def a_list_of_another_kind(folder: Path) -> None:
    (folder / "清单.json").write_text('{"differences": []}', encoding="utf-8")


@reproduces("E655", says="写得不完整")
def a_list_with_half_a_place(folder: Path) -> None:
    listed(folder, {"序号": "1", "处理": "采纳", "写回": {"文件": "甲.yaml"}})


@reproduces("E655", says="写得不完整")
def a_list_with_words_for_a_line(folder: Path) -> None:
    listed(folder, item(1, "采纳", 行="四"))


@reproduces("E655", says="读不了")
def a_list_that_is_a_folder(folder: Path) -> None:
    (folder / "清单.json").mkdir()


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in reproduces.cases.items() for case in cases]
)
def test_a_list_that_cannot_be_used_is_refused(
    code: str, case: Case[Path], folder: Path, tmp_path: Path
) -> None:
    case.reproduce(tmp_path)
    done = run(tmp_path / "清单.json", folder)
    assert done.exit_code == 2
    (report,) = reports_in(done.stderr)
    assert (report.code, report.place) == (code, "清单.json")
    assert case.says in report.message
    assert report.in_chinese


def test_the_web_report_says_where_to_write(tmp_path: Path, unit_folder: Path) -> None:
    """The way from two versions of the data over the report into the data again."""
    words = unit_folder / "单位信息.yaml"
    before = words.read_text(encoding="utf-8")
    words.write_text(before.replace("编制人数12名", "编制人数13名"), encoding="utf-8")
    data = tmp_path / "原来"
    data.mkdir()
    for file in (ROOT / "data" / UNIT).glob("*.yaml"):
        (data / file.name).write_bytes(file.read_bytes())
    report = tmp_path / "比较.html"
    arguments = ["diff", data, unit_folder, "--format", "html", "-o", report]
    assert CliRunner().invoke(cli, list(map(str, arguments))).exit_code == 1
    page = report.read_text(encoding="utf-8")
    found = re.search(r'id="spots">(.*?)</script>', page)
    assert found is not None
    assert str(tmp_path) not in page
    (number, told), *others = json.loads(found[1]).items()
    assert not others
    decided = {"序号": number, "处理": "采纳", "写回": told}
    assert run(listed(tmp_path, decided), data).exit_code == 0
    assert (data / "单位信息.yaml").read_text(encoding="utf-8") == words.read_text(encoding="utf-8")


def test_a_number_of_a_row_goes_into_its_own_leaf(catalogue: Catalogue, tmp_path: Path) -> None:
    """Five rows and a sentence print the leaf, most after a sum and numbers of other leaves."""
    pack, data = load_pack(OWN / "云台"), OWN / "云台市园林局-2026"
    composed = compose(data, pack, catalogue)
    page = composed.document.html()
    assert page.count(">21,000.00<") == 6
    draft = tmp_path / "草稿.html"
    draft.write_text(page.replace(">21,000.00<", ">23,000.50<"), encoding="utf-8")
    compared = compare_sides(side_of_data(composed, pack), side_of_draft(draft, pack), pack)
    spots = list(json.loads(spots_json(View.of(compared))).values())
    assert len(spots) == 5  # the sentence is the template's
    decided = [{"序号": str(n), "处理": "采纳", "写回": told} for n, told in enumerate(spots, 1)]
    accepted, _ = read_accepted(listed(tmp_path, *decided))
    written = accept_differences(accepted, data, pack)
    assert len(written.done) == 5
    ((file, content),) = written.files.items()
    before = (data / file).read_text(encoding="utf-8")
    assert content.decode() == before.replace("专户资金: 21000}", "专户资金: 23000.50}")
