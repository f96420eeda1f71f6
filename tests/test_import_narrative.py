"""The words of a disclosure survive printing and importing; nothing is lost unreported."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.compose.compose import compose
from generator.core.numbers.rounding import to_wan
from generator.importing.amounts.unrounded import unrounded
from generator.importing.data_files import write_yaml
from generator.importing.reading import ImportResult
from generator.importing.run import import_draft
from generator.load.catalogue import Catalogue
from generator.load.yaml.folder import read_yaml_folder
from generator.load.yaml.write import yaml_text
from generator.pack.pack import Pack
from generator.printing.docx.writer import write_docx
from tests.conftest import DEPARTMENT, ROOT, UNIT

DRAFTS = ROOT / "tests" / "drafts"
LETTER = {
    "标题": "情况说明",
    "主送": "市财政局",
    "正文": ["甲。"],
    "落款": "某某局",
    "日期": "2024年1月1日",
}
UNTITLED = "九、政府采购情况\n\n"
STRANGE = "其中面向中小企业预留若干份额。"

Import = Callable[..., ImportResult]


def _without(letter: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in letter.items() if key not in keys}


@pytest.mark.parametrize(
    ("section", "content"),
    [
        ("职责", ["负责Windows 系统(含备份),以及A股;B 类资料: 共3项"]),
        ("变动原因", {"收入总计": "人员减少1,000人", "支出总计": "新增 Windows Server 授权"}),
        ("变动原因", {"收入总计": "一是新增专项。二是人员增加", "支出总计": "一是甲；二是乙"}),
        ("政府采购", {"货物": "138050", "工程": "0", "服务": "296550"}),
        ("附件", [LETTER, LETTER | {"标题": "承诺书", "正文": ["乙。"]}]),
        ("附件", [_without(LETTER, "日期")]),
        ("附件", [_without(LETTER, "落款")]),
        ("附件", [LETTER | {"标题": "关于政府购买服务的情况"}]),
        ("附件", [{"正文": ["甲", "乙。"]}]),
        ("其他说明", {"政府购买服务指导性目录": "无", "其他": "（一）无其他情况"}),
    ],
)
def test_words_print_again_as_they_were(
    section: str,
    content: Any,
    pack: Pack,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    data = read_yaml_folder(ROOT / "data" / UNIT, splittable=("项目绩效目标表",)).data
    assert isinstance(data, dict)
    data.pop("核对数", None)
    if section == "职责":
        data["概况"] = {"职责": content, "机构设置": ["甲"]}
    else:
        data[section] = content
    (tmp_path / "原").mkdir()
    (tmp_path / "原" / "全部.yaml").write_text(yaml_text(data, {}), encoding="utf-8")
    composed = compose(tmp_path / "原", pack, catalogue)
    draft = tmp_path / "稿.docx"
    # any numbers: for those of the pages a PDF would be laid out
    numbers: defaultdict[str, int] = defaultdict(lambda: 9)
    draft.write_bytes(write_docx(composed.document, pack, numbers))
    reading = import_draft(draft, pack, catalogue)
    assert reading.unread() == []
    write_yaml(reading, tmp_path / "读入")
    again = compose(tmp_path / "读入", pack, catalogue)
    assert _printed(again.document.html()) == _printed(composed.document.html())


def _printed(html: str) -> str:
    return re.sub(r'<data value="[^"]*"', "<data", html)


@pytest.fixture
def altered(pack: Pack, catalogue: Catalogue, tmp_path: Path) -> Import:
    """Imports a published text with some of its words replaced."""

    def get(name: str, *changes: tuple[str, str]) -> ImportResult:
        text = (DRAFTS / f"{name}.txt").read_text(encoding="utf-8")
        if name == DEPARTMENT:  # cover, contents and first part: its tables take long
            text = text[: text.rindex("第二部分")]
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "稿.txt"
        file.write_text(text, encoding="utf-8")
        return import_draft(file, pack, catalogue)

    return get


@pytest.mark.parametrize(
    "change",
    [
        ("阳泉市教育局2025年度部门预算由", "我局另设督学办公室。阳泉市教育局2025年度部门预算由"),
        ("阳泉市教育局2025年度部门预算由", "阳泉市某某局2025年度部门预算由"),
        ("等19个二级预算单位", "等18个二级预算单位"),
    ],
)
def test_a_sentence_that_was_changed_is_kept(change: tuple[str, str], altered: Import) -> None:
    reading = altered(DEPARTMENT, change)
    assert change[1] in reading.sections["概况"]["机构设置"][0]
    assert len(reading.sections["单位信息"]["二级预算单位"]) == 19


def test_the_sentence_that_is_generated_again_is_left_out(altered: Import) -> None:
    sentence = "阳泉市教育局2025年度部门预算由"
    reading = altered(DEPARTMENT)
    assert sentence in "".join(getattr(line, "text", "") for line in reading.draft.lines())
    assert sentence not in str(reading.sections["概况"])


def test_units_are_counted(altered: Import) -> None:
    reading = altered(DEPARTMENT, ("等19个二级预算单位", "等18个二级预算单位"))
    messages = [d.message for d in reading.doubts if d.path == ("单位信息", "二级预算单位")]
    assert messages == ["原文说 18 个二级预算单位，读到 19 个"]


@pytest.mark.parametrize(
    "cover",
    [
        "阳泉市\n\n退役军人服务中心\n\n2024年度单位预算公开",
        "阳泉市退役军人服务中心2024年度单位预算公开",
        "附件1\n\n阳泉市退役军人服务中心\n\n2024年度单位预算公开",
        "阳泉市退役军人服务中心",
        "阳泉市2024年度单位预算公开\n\n预算单位：阳泉市退役军人服务中心",
    ],
)
def test_the_cover_may_be_laid_out_otherwise(cover: str, altered: Import) -> None:
    reading = altered(UNIT, ("阳泉市退役军人服务中心\n\n2024年度单位预算公开", cover))
    assert reading.sections["单位信息"] == {
        "名称": "阳泉市退役军人服务中心",
        "类型": "单位",
        "年度": "2024",
    }
    unread = [line.text for line in reading.unread() if hasattr(line, "text")]
    assert unread == (["附件1"] if "附件1" in cover else [])
    doubted = any(doubt.path == ("单位信息", "年度") for doubt in reading.doubts)
    assert doubted == ("2024" not in cover)


def test_a_sentence_of_no_known_form_is_a_doubt_at_its_line(altered: Import) -> None:
    reading = altered(UNIT, (UNTITLED, f"{UNTITLED}{STRANGE}\n\n"))
    (doubt,) = [each for each in reading.doubts if STRANGE in each.message]
    lines = {line.spot for line in reading.draft.lines() if getattr(line, "text", "") == STRANGE}
    assert {doubt.spot} == lines


def test_a_text_that_cannot_be_compared_stays_unread(altered: Import) -> None:
    """Without 职责 no document can be composed: then no sentence counts as read."""
    duties = "为全市退役军人（驻地部队官兵）服务。"
    text = (DRAFTS / f"{UNIT}.txt").read_text(encoding="utf-8")
    (line,) = [each for each in text.split("\n") if each.startswith(duties)]
    reading = altered(UNIT, (line, ""), (UNTITLED, f"{UNTITLED}{STRANGE}\n\n"))
    assert any("还不能生成文本" in doubt.message for doubt in reading.doubts)
    assert STRANGE in [getattr(line, "text", "") for line in reading.unread()]


def test_an_impossible_amount_of_last_year_is_a_doubt(altered: Import) -> None:
    reading = altered(UNIT, ("比上年增加258.05万元", "比上年增加2258.05万元"))
    assert "上年预算数" not in reading.sections
    negative = [doubt for doubt in reading.doubts if "负数" in doubt.message]
    assert len(negative) == 3
    assert all(doubt.spot for doubt in negative)


def test_a_reason_that_the_template_may_print_is_read(altered: Import) -> None:
    sentence = "一般公共预算当年支出774.48万元，比上年增加258.05万元，增长49.97%"
    reading = altered(UNIT, (sentence, f"{sentence}，主要原因是人员增加"))
    assert reading.sections["变动原因"]["一般公共预算当年支出"] == "人员增加"
    assert not [each for each in reading.doubts if "人员增加" in each.message]


def test_each_letter_is_read_by_itself(altered: Import) -> None:
    more = "承诺书\n\n市财政局：\n\n特此承诺。\n\n阳泉市退役军人服务中心\n\n2024年5月1日\n"
    reading = altered(UNIT, ("2024年4月29日\n", f"2024年4月29日\n\n{more}"))
    assert [letter["标题"] for letter in reading.sections["附件"]] == ["情况说明", "承诺书"]


def test_amounts_add_up_to_the_printed_sum() -> None:
    printed = {"甲": Decimal("13.81"), "乙": Decimal(0), "丙": Decimal("29.66")}
    names = tuple(printed)
    amounts = unrounded(printed, [(names, Decimal("43.46"))])
    assert amounts is not None
    assert amounts["乙"] == 0
    assert to_wan(Decimal(sum(amounts.values()))) == Decimal("43.46")
    assert {name: to_wan(Decimal(amount)) for name, amount in amounts.items()} == printed
    assert unrounded(printed, [(names, Decimal("99.00"))]) is None
