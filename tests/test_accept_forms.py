"""What was accepted of a draft's performance forms goes where the data has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.compare.accepting import AcceptedDifference, DataSpot, Written, accept_differences
from generator.compare.compare import compare_sides
from generator.compare.difference import Comparison, DifferenceKind
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import compose
from generator.core.files.write import write_files
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reports.diff.spots import read_accepted, spots_json
from generator.reports.diff.view import View

FORMS = "项目绩效目标表.yaml"
SIGNS, SIGNS_WRITTEN = "巡检: 次数, 'A'", "'巡检: 次数, ''A'''"
"""A text that is none in YAML as it is, and how it is written there."""
FLOW = """\
项目绩效目标表:
  - 项目名称: 站点巡检   # 每年都有
    主管部门及代码: 某某局
    实施单位: 某某局本级
    资金:
      实施期: {省级财政资金: 0, 市县（区）财政资金: 500000}
      年度: {市县（区）财政资金: 800}   # 其余另报
    总体目标: {实施期: 巡检全部站点, 年度: '巡检 12 处站点'}
    绩效指标:
      产出指标:
        数量指标:
          - {指标: 巡检次数, 指标值: ≥360次}
          - {指标: 报告份数, 实施期: 36份, 年度: 12份}
        质量指标:
          - {指标: 报告编号, 指标值: "007"}
    填报日期: 2026年1月10日
"""
BLOCK = """\
项目绩效目标表:
  - 项目名称: 站点巡检
    主管部门及代码: 某某局
    实施单位: 某某局本级
    资金:
      实施期:
        省级财政资金: 300000
        市县（区）财政资金: 200000
    绩效指标:
      产出指标:
        数量指标:
          - 指标: 巡检次数
            指标值: ≥360次   # 合同
"""
OTHER = """\
项目绩效目标表:
  - 项目名称: 平台维护
    主管部门及代码: 某某局
    实施单位: 某某局本级
    资金: {年度: {市县（区）财政资金: 960000}}
"""


class Desk:
    """A data folder with invented forms, and what becomes of it with the words of a draft."""

    def __init__(self, folder: Path, pack: Pack, catalogue: Catalogue, draft: Path) -> None:
        self.folder = folder
        self._pack = pack
        self._catalogue = catalogue
        self._draft = draft

    def compare(
        self, *changes: tuple[str, str], last: Sequence[tuple[str, str]] = ()
    ) -> Comparison:
        """The data against what it prints, with words changed there, some in one place alone."""
        composed = compose(self.folder, self._pack, self._catalogue)
        page = composed.document.html()
        first = page.index('id="form1"')  # what is printed before the forms stays as it is
        index = page.index('<h2 class="form index"') if "form index" in page else first
        start = page.index('<h2 class="form overall"') if "form overall" in page else index
        kept, overall, listed = page[:start], page[start:index], page[index:first]
        forms = page[first:]
        for ours, theirs in changes:
            assert ours in overall + forms
            overall, forms = overall.replace(ours, theirs), forms.replace(ours, theirs)
        for ours, theirs in last:
            overall, forms = (theirs.join(each.rsplit(ours, 1)) for each in (overall, forms))
        self._draft.write_text(kept + overall + listed + forms, encoding="utf-8")
        sides = side_of_data(composed, self._pack), side_of_draft(self._draft, self._pack)
        return compare_sides(*sides, self._pack)

    def accept(self, *changes: tuple[str, str], last: Sequence[tuple[str, str]] = ()) -> Written:
        """All differences accepted, by way of the list that the web report exports."""
        view = View.of(self.compare(*changes, last=last))
        spots = json.loads(spots_json(view))
        items = [
            {"序号": str(item.number), "处理": "采纳", "写回": spots.get(str(item.number))}
            for item in view.items
            if not item.folded
        ]
        listed = self._draft.with_suffix(".json")
        listed.write_text(json.dumps(items), encoding="utf-8")
        return self.put(*read_accepted(listed)[0])

    def put(self, *accepted: AcceptedDifference) -> Written:
        """What becomes of the data."""
        return accept_differences(accepted, self.folder, self._pack)


@pytest.fixture
def desk(unit_folder: Path, pack: Pack, catalogue: Catalogue, tmp_path: Path) -> Desk:
    (unit_folder / FORMS).write_text(FLOW, encoding="utf-8")
    return Desk(unit_folder, pack, catalogue, tmp_path / "草稿.html")


def cell(text: str) -> str:
    """The end of a cell, so that no other text is changed."""
    return f">{text}<"


def whys(written: Written) -> list[str]:
    return [left.why for left in written.left]


@pytest.mark.parametrize(
    ("forms", "changes", "expected"),
    [
        (FLOW, [("800", "1,800")], [(": 800}", ": 1800}")]),
        (FLOW, [("500,000", "500,001.50")], [("500000", "500001.50")]),
        (FLOW, [("≥360次", "≥365次")], [("≥360次", "≥365次")]),
        (FLOW, [("巡检次数", SIGNS)], [("巡检次数", SIGNS_WRITTEN)]),
        (FLOW, [("12份", "18份")], [("12份", "18份")]),
        (FLOW, [("007", "008")], [('"007"', '"008"')]),
        (FLOW, [("2026年1月10日", "2026年1月15日")], [("1月10日", "1月15日")]),
        (BLOCK, [("≥360次", "≥365次")], [("≥360次", "≥365次")]),
        (BLOCK, [("200,000", "250,000"), ("500,000", "550,000")], [("200000", "250000")]),
    ],
)
def test_a_cell_of_a_form_goes_where_the_data_has_it(
    forms: str, changes: list[tuple[str, str]], expected: list[tuple[str, str]], desk: Desk
) -> None:
    """Money without separators, words in the quotation marks that they need; comments stay."""
    (desk.folder / FORMS).write_text(forms, encoding="utf-8")
    written = desk.accept(*changes)
    text = forms
    for ours, theirs in expected:
        text = text.replace(ours, theirs)
    assert {name: content.decode() for name, content in written.files.items()} == {FORMS: text}


def test_what_was_written_prints_what_the_draft_says(desk: Desk) -> None:
    changes = [(cell("800"), cell("0")), (cell("500,000"), cell("1,800")), ("≥360次", "9次")]
    written = desk.accept(*changes)
    assert written.left == ()
    write_files(desk.folder, written.files)
    assert desk.compare().differences() == []
    assert "{市县（区）财政资金: 0}" in (desk.folder / FORMS).read_text(encoding="utf-8")
    assert "市县（区）财政资金: 1800}" in (desk.folder / FORMS).read_text(encoding="utf-8")


def test_forms_of_several_files_go_into_their_own(desk: Desk) -> None:
    (desk.folder / "项目绩效目标表2.yaml").write_text(OTHER, encoding="utf-8")
    written = desk.accept(("960,000", "970,000"))
    assert {name: content.decode() for name, content in written.files.items()} == {
        "项目绩效目标表2.yaml": OTHER.replace("960000", "970000")
    }


@pytest.mark.parametrize(
    ("forms", "change", "why"),
    [
        (FLOW, ("800", "-800"), "“-800”是负数"),
        (BLOCK, ("500,000", "510,000"), "由 2 笔明细相加"),
    ],
)
def test_a_number_that_is_no_leaf_is_left(
    forms: str, change: tuple[str, str], why: str, desk: Desk
) -> None:
    (desk.folder / FORMS).write_text(forms, encoding="utf-8")
    written = desk.accept(change)
    assert written.files == {}
    assert any(why in each for each in whys(written))


@pytest.mark.parametrize(
    "last",
    [
        ("≥360次", "≥365次"),  # of the year; the term still says 360
        ("巡检次数", "巡检趟数"),
        ('省级财政资金</td><td class="amount">', '省级财政资金</td><td class="amount">5'),
    ],
)
def test_what_the_data_does_not_say_by_itself_is_left(last: tuple[str, str], desk: Desk) -> None:
    """One half of an indicator that says the same for both, and an amount that is left out."""
    written = desk.accept(last=[last])
    assert written.files == {}
    assert f"数据里没有单独写它，请人改 {FORMS}:" in "".join(whys(written))


def test_an_amount_in_wan_is_left(desk: Desk) -> None:
    """80.00 万元 are 800,000 元 or a little more or less; 50.00 are the 500,000 of the data."""
    amounts = ("500,000", "50.00"), (cell("800"), cell("80.00"))
    written = desk.accept(("项目资金（元）", "项目资金（万元）"), *amounts)
    assert written.files == {}
    assert [why for why in whys(written) if "单位不同" in why] == [
        f"单位不同：生成的以元印，草稿的以万元印“80.00”，请人改 {FORMS}:7，现为 800"
    ] * 2


def test_an_amount_with_a_unit_of_its_own_is_left(desk: Desk) -> None:
    written = desk.accept((cell("800"), cell("0.18万元")))
    assert written.files == {}
    assert any("“0.18万元”不是以元写全的数" in why for why in whys(written))


def test_a_date_that_differs_is_one_difference(desk: Desk) -> None:
    (difference,) = desk.compare(("2026年1月10日", "2026年1月15日")).differences()
    assert (difference.ours, difference.theirs) == ("2026年1月10日", "2026年1月15日")


def test_another_label_of_the_date_is_told(desk: Desk) -> None:
    found = desk.compare(("填报日期", "填表日期")).differences()
    (label,) = (each for each in found if each.kind is DifferenceKind.NAME)
    assert (label.ours, label.theirs) == ("填报日期:", "填表日期：2026年1月10日")


# What would keep the data from being used


def wrong(number: int, ours: str, theirs: str, forms: str = FLOW) -> AcceptedDifference:
    """A difference in words, as a list may have it, whatever was compared."""
    before = forms[: forms.index(ours)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return AcceptedDifference(str(number), "", DataSpot(FORMS, line, column, "", ours, theirs, ""))


def test_nothing_is_written_that_the_data_cannot_be_read_with(desk: Desk) -> None:
    """The others are written all the same; the reason is what the data would lack."""
    bad = wrong(1, "800", "1,800")
    good = wrong(2, "≥360次", "≥365次")
    written = desk.put(bad, good)
    assert [each.number for each in written.done] == ["2"]
    assert [(left.accepted.number, left.why) for left in written.left] == [
        ("1", "写进去数据就不能用了：金额不加千分位，现在是“1,800”（E204）")
    ]
    assert written.files[FORMS].decode() == FLOW.replace("≥360次", "≥365次")


def test_every_fault_is_left_and_no_more(desk: Desk) -> None:
    written = desk.put(
        wrong(1, "站点巡检", ""),
        wrong(2, "500000", "五十万"),
        wrong(3, "800", "900"),
    )
    assert [each.number for each in written.done] == ["3"]
    assert sorted(left.accepted.number for left in written.left) == ["1", "2"]


def test_data_that_cannot_be_used_already_may_be_mended(desk: Desk) -> None:
    broken = FLOW.replace("500000", "五十万")
    (desk.folder / FORMS).write_text(broken, encoding="utf-8")
    written = desk.put(wrong(1, "800", "900", broken))
    assert written.left == ()
    assert written.files[FORMS].decode() == broken.replace("800", "900")


# The form of the whole department

OVERALL = """\
整体绩效目标表:
  部门名称: 某某局
  内设职能部门数: 5
  部门战略目标: 建成巡检体系   # 五年
  年度重点任务:
    - {核心职能: 巡检, 重点任务: 巡检全部站点}
  年度绩效指标:
    产出指标:
      数量指标:
        - {指标: 巡检趟数, 指标值: ≥40趟}
        - {指标: 培训场次, 指标值: ≥6场}
        - {指标: 演练场次, 指标值: ≥6场}
"""


def test_a_text_of_the_overall_form_goes_where_it_stands_once(desk: Desk) -> None:
    (desk.folder / "整体.yaml").write_text(OVERALL, encoding="utf-8")
    texts = ("建成巡检体系", "建成两级巡检体系"), ("≥40趟", "≥44趟"), ("巡检趟数", "巡检次")
    written = desk.accept(*texts)
    expected = OVERALL.replace("建成巡检", "建成两级巡检").replace("≥40", "≥44")
    assert written.files["整体.yaml"].decode() == expected.replace("巡检趟数", "巡检次")


def test_a_text_that_stands_there_twice_is_left(desk: Desk) -> None:
    (desk.folder / "整体.yaml").write_text(OVERALL, encoding="utf-8")
    written = desk.accept(last=[("≥6场", "≥8场")])
    assert written.files == {}
    assert len(written.left) == 1
