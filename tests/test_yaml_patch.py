"""Data files edited in place: what is not edited stays as it was written."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.load.yaml.changes import Moves, NumberText, Settle, SetValue, changes, is_same
from generator.load.yaml.content import plain_content
from generator.load.yaml.patch import patched, patched_folder
from tests.conftest import ROOT, UNIT

TEXT = """\
# 金额单位：元。
收支:
  - 科目: "2010501"      # 行政运行；待填
    当年预算:
      基本支出: {一般公共预算: 100, 单位资金: 5}
  # 下面是事业运行
  - 科目: "2010550"
    当年预算:
      基本支出: {一般公共预算: 200.50}      # 待核（照搬2025年）

政府采购: 无      # 待填
"""


def _edited(change: Any) -> str:
    data = copy.deepcopy(plain_content(TEXT))
    change(data)
    written = patched(TEXT, list(changes(plain_content(TEXT), data)))
    assert written is not None
    assert is_same(plain_content(written), data)
    return written


def test_a_changed_amount_is_the_only_thing_that_changes() -> None:
    def change(data: Any) -> None:
        data["收支"][0]["当年预算"]["基本支出"]["单位资金"] = "7"

    assert _edited(change) == TEXT.replace("单位资金: 5", "单位资金: 7")


def test_a_changed_value_settles_the_mark_beside_it_and_no_other() -> None:
    def change(data: Any) -> None:
        data["收支"][1]["当年预算"]["基本支出"]["一般公共预算"] = "300"

    expected = TEXT.replace("200.50}      # 待核（照搬2025年）", "300}")
    assert _edited(change) == expected


def test_a_code_keeps_its_quotation_marks_and_the_name_behind_it() -> None:
    def change(data: Any) -> None:
        data["收支"][0]["科目"] = "2010502"

    assert _edited(change) == TEXT.replace(
        '"2010501"      # 行政运行；待填', '"2010502"      # 行政运行'
    )


def test_a_section_said_to_be_nothing_becomes_one_with_content() -> None:
    def change(data: Any) -> None:
        data["政府采购"] = {"货物": "5", "服务": "6"}

    expected = TEXT.replace("政府采购: 无      # 待填", "政府采购: {货物: 5, 服务: 6}")
    assert _edited(change) == expected


def test_an_item_is_added_after_the_one_before_it() -> None:
    def change(data: Any) -> None:
        data["收支"].insert(1, {"科目": "2010599", "用途": "主要用于甲"})

    expected = TEXT.replace(
        "单位资金: 5}\n", "单位资金: 5}\n  - {科目: 2010599, 用途: 主要用于甲}\n"
    )
    assert _edited(change) == expected


def test_a_number_written_otherwise_is_no_change() -> None:
    before = {"甲": "200.50", "乙": "010"}
    assert not list(changes(before, {"甲": NumberText("200.5"), "乙": "010"}))
    assert list(changes(before, {"甲": NumberText("200.5"), "乙": NumberText("10")}))


def test_a_text_of_digits_is_changed_if_it_is_written_otherwise() -> None:
    before = {"指标": [{"指标": "甲", "指标值": "10"}]}
    after = {"指标": [{"指标": "甲", "指标值": "10.0"}]}
    assert list(changes(before, after)) == [SetValue(("指标", 0, "指标值"), "10.0")]


def test_a_confirmed_value_loses_its_mark_and_nothing_else() -> None:
    written = patched(TEXT, [Settle(("政府采购",))])
    assert written == TEXT.replace("无      # 待填", "无")


def test_a_confirmed_item_loses_the_mark_on_its_first_line() -> None:
    text = "项目:\n  - 名称: 甲      # 待核\n    金额: 5      # 待填\n"
    written = patched(text, [Settle(("项目", 0))])
    assert written == text.replace("      # 待核", "")


@pytest.mark.parametrize("quotation", ["'", '"'])
def test_an_apostrophe_within_quotation_marks_stays(quotation: str) -> None:
    text = f"说明: {quotation}甲{quotation}\n"
    written = patched(text, list(changes(plain_content(text), {"说明": "it's"})))
    assert plain_content(written or "") == {"说明": "it's"}


def test_a_comment_on_an_item_of_several_lines_stays() -> None:
    text = "职责:\n  - |      # 甲写的；待填\n    一\n    二\n  - 三      # 乙写的\n"
    after = {"职责": ["一\n三", {"名称": "三"}]}
    written = patched(text, list(changes(plain_content(text), after))) or ""
    assert is_same(plain_content(written), after)
    assert "三'      # 甲写的\n" in written
    assert "三}      # 乙写的\n" in written


def test_a_path_is_found_again_when_items_were_inserted_and_removed() -> None:
    before = {"项目": [{"名称": "甲"}, {"名称": "乙", "金额": "1"}, {"名称": "丙"}]}
    after = {"项目": [{"名称": "新"}, {"名称": "甲"}, {"名称": "乙", "金额": "2"}]}
    moves = Moves(before, after)
    assert moves.of(("项目", 1, "金额")) == ("项目", 2, "金额")
    assert moves.of(("项目", 2)) is None
    assert moves.of(("概况", "职责")) == ("概况", "职责")


_AS_PEOPLE_WRITE = {
    "no space in a flow map": '收支:\n  - {科目: "2010101",金额: 100}\n',
    "values under one another": "单位:\n  名称:    示例局\n  性质:    机关\n",
    "four spaces": "单位:\n    名称: 示例局\n    性质: 机关\n",
    "lists at two depths": "职责:\n- 一\n机构:\n    - 二\n",
    "a text over lines": "说明: 第一行\n  第二行\n备注: 无\n",
    "a text in quotation marks over lines": '说明: "第一行\n  第二行"\n备注: 无\n',
    "a text folded, one kept": "说明: >\n  第一行\n  第二行\n\n备注: |\n  甲\n\n  乙\n",
    "lines ended as on Windows": "单位:\r\n  名称: 示例局   # 注\r\n",
    "blanks at ends": "单位:   \n  名称: 示例局  \n",
    "nothing said": '有:\n空: ""\n',
    "a flow map over lines": '收支: [\n  {科目: "1",   # 注\n   金额: 2 } ]\n',
    "a tab before a comment": "单位: {名称: 示例局}\t# 注\n",
    "begun and ended": "---\n单位: {名称: 示例局}\n...\n",
    "comments between and behind": "机构:\n  - 甲   # 关于甲\n  # 关于乙\n  - 乙\n# 关于以后\n",
}


@pytest.mark.parametrize("others", _AS_PEOPLE_WRITE.values(), ids=_AS_PEOPLE_WRITE)
def test_one_amount_changes_and_every_other_character_stays(others: str) -> None:
    amount = "金额: 5      # 核过\r\n" if "\r" in others else "金额: 5      # 核过\n"
    end = others.find("...")
    text = others + amount if end < 0 else others[:end] + amount + others[end:]
    after = plain_content(text) | {"金额": "7"}
    written = patched(text, list(changes(plain_content(text), after)))
    assert written == text.replace("金额: 5", "金额: 7")


def test_what_is_removed_takes_its_own_comments_along_and_no_others() -> None:
    text = "机构:\n  - 甲   # 关于甲\n  # 关于乙\n  - 乙\n# 关于金额\n金额: 5\n"
    before = plain_content(text)
    without_last = patched(text, list(changes(before, before | {"机构": ["甲"]})))
    assert without_last is not None
    assert "# 关于甲" in without_last
    assert "# 关于金额\n金额: 5\n" in without_last


@st.composite
def _versions(draw: st.DrawFn, data: Any) -> Any:
    """Data with some values changed, some taken out, some added."""
    if isinstance(data, dict):
        kept = {k: draw(_versions(v)) for k, v in data.items() if draw(st.integers(0, 9)) or not k}
        extra: dict[str, Any] = draw(
            st.sampled_from([{}, {}, {}, {"新": "1"}, {"新": {"甲": ["一", "二"]}}])
        )
        return (kept or data) | extra
    if isinstance(data, list):
        items = [draw(_versions(item)) for item in data if draw(st.integers(0, 9))]
        return items + draw(st.sampled_from([[], [], ["尾 # 不是注释"], [{"名称": "=1+1"}]]))
    return draw(st.sampled_from([data, data, data, "12.50", "有：冒号", 'a "b"', "无"]))


@pytest.mark.parametrize("name", ["收支.yaml", "情况说明.yaml", "项目.yaml"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_reads_back_as_it_was_meant(name: str, data: st.DataObject) -> None:
    text = (ROOT / "data" / UNIT / name).read_text("utf-8")
    before = plain_content(text)
    after = data.draw(_versions(before))
    written = patched(text, list(changes(before, after)))
    assert is_same(plain_content(written) if written else {}, after)


def test_lists_over_several_files_are_edited_in_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("项目:\n  - 单位: 甲\n  - 单位: 乙\n", "utf-8")
    (tmp_path / "b.yaml").write_text("# 二\n项目:\n  - 单位: 丙      # 注\n", "utf-8")
    before = {"项目": [{"单位": "甲"}, {"单位": "乙"}, {"单位": "丙"}]}
    after = {
        "项目": [{"单位": "甲"}, {"单位": "丙二"}, {"单位": "丁"}],
        "核对数": {"表一/甲": "1"},
    }
    files = patched_folder(tmp_path, before, after, homes={}, splittable={"项目"})
    for name, content in files.items():
        (tmp_path / name).write_bytes(content or b"")
    read = [plain_content((tmp_path / name).read_text("utf-8")) for name in ("a.yaml", "b.yaml")]
    assert [each for part in read for each in part["项目"]] == after["项目"]
    assert (tmp_path / "b.yaml").read_text("utf-8").startswith("# 二\n")
    assert (tmp_path / "情况说明.yaml").read_text("utf-8") == "核对数: {表一/甲: 1}\n"
