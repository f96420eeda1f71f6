"""What 情况说明 says in each case, told on small changes to the unit's data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.compose.compose import compose
from generator.compose.document.tree import text_of_element
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

Explain = Callable[..., list[str]]


@pytest.fixture
def explain(unit_folder: Path, pack: Pack, catalogue: Catalogue) -> Explain:
    """Edits 情况说明.yaml (old text → new text) and returns the paragraphs printed."""

    def run(*edits: tuple[str, str], file: str = "情况说明.yaml") -> list[str]:
        path = unit_folder / file
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        document = compose(unit_folder, pack, catalogue).document
        return [text_of_element(paragraph) for paragraph in document.body.iter("p")]

    return run


def _one(paragraphs: list[str], start: str) -> str:
    return next(paragraph for paragraph in paragraphs if paragraph.startswith(start))


INCOME = "2024年度阳泉市退役军人服务中心预算收入总计"
GENERAL = "2024年度阳泉市退役军人服务中心一般公共预算当年支出"
PRIOR = "收入总计: 5164300"


def test_an_increase_names_amount_rate_and_reason(explain: Explain) -> None:
    assert "比上年增加258.05万元，增长49.97%，主要原因是今年新增城连共建工作专项经费；" in _one(
        explain(), INCOME
    )


def test_a_decrease_turns_both_words(explain: Explain) -> None:
    text = _one(explain((PRIOR, "收入总计: 10000000")), INCOME)
    assert "比上年减少225.52万元，下降22.55%，主要原因是" in text


def test_an_unchanged_amount_needs_no_reason(explain: Explain) -> None:
    text = _one(explain((PRIOR, "收入总计: 7744800")), INCOME)
    assert "上年结转0万元，与上年预算数相同；" in text


def test_a_zero_base_has_no_percentage(explain: Explain) -> None:
    text = _one(explain((PRIOR, "收入总计: 0")), INCOME)
    assert "比上年增加774.48万元，主要原因是" in text
    assert "增长" not in text.split("；")[0]


def test_without_last_year_nothing_is_said_of_it(explain: Explain) -> None:
    text = _one(explain(("  一般公共预算当年支出: 5164300\n", "")), GENERAL)
    assert text == f"{GENERAL}774.48万元。"


def test_a_very_small_share_goes_with_its_comma(explain: Explain) -> None:
    structure = [p for p in explain() if p.startswith(GENERAL)][1]
    assert "一般公共服务支出0.24万元；社会保障和就业支出760.42万元，占98.18%；" in structure
    assert structure.endswith("住房保障支出8.70万元，占1.12%等。")


def test_official_expenses_appear_once_there_are_any(explain: Explain) -> None:
    paragraphs = explain(
        ("政府采购:", "三公经费:\n  公务接待费: {一般公共预算: 12300}\n\n政府采购:"),
        (
            "上年预算数:",
            "上年预算数:\n  三公经费: {公务接待费: 20000, 公务用车运行维护费: 5000}\n #",
        ),
        ("变动原因:", "变动原因:\n  三公经费: 压减公务接待批次\n #"),
    )
    text = _one(paragraphs, "2024年阳泉市退役军人服务中心财政拨款安排的“三公”经费")
    assert "预算1.23万元比2023年减少1.27万元，主要原因是压减公务接待批次。" in text
    assert "公务接待费1.23万元，与上年相比预算数减少0.77万元；" in text
    assert "公务用车运行维护费0万元，与上年相比预算数减少0.50万元；" in text
    assert "因公出国（境）费0万元，与上年预算数相同；" in text


def test_a_statement_declared_empty_makes_the_text_follow(explain: Explain) -> None:
    assert "支出预算0万元，其中：基本支出0万元，占0%；项目支出0万元，占0%。" in "".join(explain())
    paragraphs = explain(("无数据表: [表三, 表四, 表六]", "无数据表: []"), file="单位信息.yaml")
    text = "".join(paragraphs)
    assert "支出预算774.48万元，其中：基本支出115.52万元，占14.92%；项目支出658.96万元" in text
    assert "支出包括：一般公共服务支出0.24万元、社会保障和就业支出760.42万元、" in text


def test_one_project_name_in_two_rows_is_one_project(explain: Explain) -> None:
    text = _one(explain(), "2024年阳泉市退役军人服务中心纳入绩效目标管理")
    assert "二级项目6个，共计金额658.96万元" in text
    assert "公开项目绩效目标5个，涉及项目金额358.96万元，占部门（单位）项目支出总额的54%" in text


def test_the_wording_follows_the_kind_of_entity(explain: Explain) -> None:
    paragraphs = explain(("类型: 单位", "类型: 部门"), file="单位信息.yaml")
    assert "本部门无“三公”经费预算。" in paragraphs
    assert any(paragraph.startswith("部门名称：") for paragraph in paragraphs)
    assert not any("本单位" in paragraph for paragraph in paragraphs)
