"""What a place calls its sections, its money and its vehicles stands in its pack alone."""

from __future__ import annotations

import re

from generator.core.resources import PACKS
from generator.model.disclosure import Disclosure
from generator.model.vocabulary import FundNature
from generator.pack.outline import Outline, Role, unnumbered
from generator.pack.pack import Pack, load_pack
from tests.conftest import ROOT

_SHORTEST = 4
"""Shorter pieces of headings are words of the language."""
EXAMPLES = {"examples.py", "rule_examples.py"}
"""What people are shown as examples."""
WORDS_OF_LAW = {
    *(role.value for role in Role),
    *(nature.value for nature in FundNature),
    *(field.alias or "" for field in Disclosure.model_fields.values()),
    "政府性基金",  # 预算法 第五条
    # what the rules of 2021 ask to be explained
    *("国有资产占有使用", "国有资产占有使用情况"),
    "政府采购情况",  # what 财预〔2016〕143号 asks to be explained
    "预算报表",  # what the tables are called
    "预算绩效",  # the name of a rule's source
    # the sources of income in 财政部's 部门收支总表
    *("财政专户管理资金", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入"),
    *("其他收入", "使用非财政拨款结余"),
}
"""What law and the data format call it, in every place."""


def _headings(outline: Outline) -> set[str]:
    titles = (title for heading in outline.walk() for title in heading.titles)
    return {piece for title in titles for piece in re.split(r"\{[^}]*\}", unnumbered(title))}


def _names(pack: Pack) -> set[str]:
    vocabulary = pack.vocabulary
    numbers = (*vocabulary.assets, *vocabulary.own_numbers)
    return {
        *(source.name for source in vocabulary.fund_sources),
        *vocabulary.project_classes.names,
        *vocabulary.vehicles,
        *(each.name for each in numbers),
    }


def test_no_word_of_a_pack_stands_in_the_program() -> None:
    packs = [load_pack(file.parent) for file in PACKS.glob("*/pack.yaml")]
    words = set().union(*(_headings(pack.outline) | _names(pack) for pack in packs))
    words = {word for word in words if len(word) >= _SHORTEST} - WORDS_OF_LAW
    assert len(words) > 50
    found = {
        (file.name, word)
        for file in (ROOT / "generator").rglob("*.py")
        if file.name not in EXAMPLES
        for text in [file.read_text("utf-8")]
        for word in words
        if word in text
    }
    assert found == set()
