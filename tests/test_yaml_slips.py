"""Slips of typing in YAML: each is named at its place, whatever the parser stumbles over.

A ``▶`` in a text stands before a place that is told; it is not written to the file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.yaml.errors import LOADER
from generator.load.yaml.slip_causes import causes_of_slips
from generator.load.yaml.tree import read_yaml

MARK = "▶"


def told(tmp_path: Path, marked: str) -> tuple[list[tuple[str, int, int]], str]:
    """Code, line and column of every finding, and all of their words."""
    file = tmp_path / "数据.yaml"
    file.write_text(marked.replace(MARK, ""), encoding="utf-8")
    findings = read_yaml(file).findings
    places = [(f.code, f.place.line, f.place.column) for f in findings if f.place]
    return places, "\n".join(f"{f.message}\n{f.remedy}" for f in findings)


def marks(code: str, marked: str) -> list[tuple[str, int, int]]:
    text, *rest = marked.split(MARK)
    places = []
    for part in rest:
        places.append((code, text.count("\n") + 1, len(text) - text.rfind("\n")))
        text += part
    return places


SLIPS = {
    "a full-width colon after a key of a mapping": (
        "收支:\n- 科目: '2010101'\n  当年预算▶：\n    基本支出:\n      一般公共预算: 1\n",
        "“当年预算”后面是全角冒号",
    ),
    "a full-width colon after the last key": ("国有资产:\n  甲: 5\n  乙▶：3\n", "全角冒号"),
    "two full-width colons": ("单位:\n  名称▶：某局\n  类型▶：部门\n  年度: 2026\n", "“名称”后面"),
    "full-width colons everywhere": ("单位▶：\n  名称▶：某局\n", "“单位”后面"),
    "no space after a colon": ("资产:\n  面积▶:250\n  数量: 5\n", "“面积:”的冒号后面没有空格"),
    "no space after the last colon": ("资产:\n  数量: 5\n  面积▶:250\n其他: 无\n", "没有空格"),
    "no space in a list": ("附件:\n- 标题▶:函\n  主送: 某局\n", "“标题:”的冒号后面没有空格"),
    "no space in braces": ("采购: {货物▶:100, 服务▶:200}\n", "“货物:”的冒号后面没有空格"),
    "a full-width colon in braces": ("采购: {货物▶：100, 服务: 200}\n", "“货物”后面是全角冒号"),
    "a full-width space after a colon": ("甲:\n  类型▶:　单位\n  年度: 2026\n", "全角空格"),
    "a key without a colon": ("甲:\n  面积▶ 250\n  数量: 5\n", "“面积”后面没有冒号"),
    "a semicolon for a colon": ("甲:\n  乙▶；5\n  丙: 3\n", "“；”应当是冒号"),
    "a sign for a colon": ("甲:\n  乙▶=5\n  丙: 3\n", "“=”应当是冒号"),
    "no colon in braces": ("采购: {货物▶ 100, 服务: 200}\n", "“货物”后面没有冒号"),
    "a mapping without a colon": (
        "甲:\n- 乙: 1\n  丙▶\n    丁:\n      戊: 1\n",
        "“丙”后面没有冒号",
    ),
    "a full-width comma in braces": ("采购: {货物: 100▶， 服务: 200}\n", "全角逗号"),
    "two full-width commas": ("采购: {货物: 1▶，服务: 2▶，工程: 3}\n", "全角逗号"),
    "full-width braces": ("采购: ▶｛货物: 100▶｝\n其他: 无\n", "括号“｛”是全角的"),
    "a closing full-width brace": ("采购: {货物: 100▶｝\n其他: 无\n", "括号“｝”是全角的"),
    "full-width quotes around a colon": ("其他: ▶“见附件: 一”\n", "引号是全角的"),
    "a full-width closing quote": ('其他: ▶"见附件”\n年度: 2026\n', "引号是全角的"),
    "a quote that is not closed": ('甲: ▶"文字\n乙: 1\n丙:\n  丁: "文字"\n', "引号没有配对"),
    "a full-width dash": ("职责:\n  - 甲\n  ▶－ 乙\n其他: 无\n", "“－”不是半角减号"),
    "a full-width dash before a key": ("附件:\n▶－ 标题: 函\n", "“－”不是半角减号"),
    "a bullet": ("职责:\n▶• 甲\n▶• 乙\n其他: 无\n", "“•”不是半角减号"),
    "no space after a dash": ("附件:\n  ▶-标题: 函\n   主送: 某局\n", "“-”后面没有空格"),
    "a tab": ("甲:\n  乙: 1\n▶\t丙: 2\n", "Tab"),
    "full-width spaces as an indent": ("甲:\n  乙: 1\n▶　　丙: 2\n", "全角空格"),
    "full-width spaces in all indents": ("甲:\n▶　　乙: 1\n▶　　丙: 2\n", "全角空格"),
    "an indent from a web page": ("甲:\n  乙: 1\n▶\xa0\xa0丙: 2\n", "特殊空格"),
    "an indent too deep": ("甲:\n  乙: 1\n▶    丙: 2\n", "缩进得多"),
    "an invisible character in a key": ("甲:\n  年度▶\u200b: 2026\n", "看不见的字符"),
    "a text with a comma in brackets": ("职责: [▶经费1,000元, 其他]\n", "千分位逗号"),
}


@pytest.mark.parametrize(("marked", "words"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_at_its_place(tmp_path: Path, marked: str, words: str) -> None:
    places, text = told(tmp_path, marked)
    assert places == marks("E105", marked)
    assert words in text


TORN = {
    "{一般公共预算: ▶905,300.00}": "写成 905300.00",
    "{货物: ▶1,905,300, 服务: ▶2,000}": "写成 1905300",
    "[{科目: '1010101', 金额: ▶12, 300}]": "写成 12300",
    "{货物: ▶905,300.00元}": "写成 905300.00",
}


@pytest.mark.parametrize(("content", "words"), TORN.items())
def test_a_comma_within_an_amount_is_the_cause(tmp_path: Path, content: str, words: str) -> None:
    places, text = told(tmp_path, f"采购: {content}\n")
    assert places == marks("E204", f"采购: {content}\n")
    assert "千分位逗号" in text
    assert words in text


RIGHT = {
    "colons in texts": "职责:\n  - 一是：管理，监督\n  - 网址:http://某某\n其他: 时间：10:30\n",
    "a list of numbers": "宽: [10,200,300]\n",
    "quotes in a text": "其他: “三公”经费，见（一）\n",
    "dashes in texts": "职责:\n  - －甲－\n  - -1\n其他: －\n",
    "full-width spaces in a text": "其他: 甲　乙\n落款: '　某局'\n",
    "braces with commas in names": "采购: {甲，乙: 1, 丙: '1,000'}\n",
    "a text over several lines": "其他: |\n  名称：某局\n  　　类型：部门\n",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_only_looks_like_a_slip_is_read(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == ([], "")


def test_slips_are_told_beside_an_error_that_is_none(tmp_path: Path) -> None:
    marked = "甲:\n  乙▶：\n    丙: 1\n丁: ▶@见附件\n"
    places, text = told(tmp_path, marked)
    assert places == marks("E105", marked)
    assert "全角冒号" in text
    assert "不能以这个符号开头" in text


def test_the_search_for_causes_ends() -> None:
    """A file of nothing but slips that mend nothing is parsed a bounded number of times."""
    import yaml

    text = "甲：\n" * 2000 + "乙: [\n"
    count = 0

    def attempt(content: str) -> yaml.MarkedYAMLError | None:
        nonlocal count
        count += 1
        try:
            list(yaml.parse(content, Loader=LOADER))
        except yaml.MarkedYAMLError as error:
            return error
        return None

    first = attempt(text)
    assert first is not None
    causes_of_slips(text, first, attempt)
    assert count < 400
