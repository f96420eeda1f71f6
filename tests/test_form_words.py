"""What a form calls its rows stands in the forms of the packs, not in the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from generator.core.resources import PACKS
from generator.model.form_names import HALVES, TOTAL
from generator.model.performance import (
    Duty,
    Indicator,
    OverallForm,
    OverallIndicator,
    ProjectForm,
)
from generator.pack.form_parts import FormBlock
from generator.pack.pack import load_pack
from tests.conftest import ROOT

DATA_FORMAT = {
    *(
        field.alias
        for model in (ProjectForm, OverallForm, Indicator, OverallIndicator, Duty)
        for field in model.model_fields.values()
    ),
    *FormBlock,
}
"""Keys of the data: the same in every place, whatever the form calls them."""
ELSEWHERE = {"合计", "合　计", "基本支出", "项目支出", "单位资金", "财政专户管理资金", "上年结转"}
ELSEWHERE |= {"专户管理资金", "主管部门"}
"""Words that forms share with statements, sources of funds and the ledger."""
TERMS = {"一级指标", "二级指标", "项目支出绩效目标表", "整体支出绩效目标表"}
"""Terms of the field, by which messages speak of any place's forms."""
EXAMPLES = {"examples.py", "rule_examples.py"}
"""Data that `disclosure explain` shows: invented, and of no form."""
_SHORTEST = 3
_AROUND = 6
"""A text that much longer than a word is a sentence for people."""


def _labels(form: Any) -> Iterator[str]:
    """Every word that a form prints, in its declaration."""
    keys = ("标题", "总额", "键", "表头", "一级", "二级", "职能", "任务", "金额")

    def walk(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, each in value.items():
                yield from walk(each, name)
        elif isinstance(value, list | tuple):
            for each in value:
                yield from walk(each, key)
        elif isinstance(value, str) and key in keys:
            yield value

    return walk(form.model_dump(by_alias=True, mode="json", exclude_none=True))


def _texts(file: Path) -> Iterator[str]:
    """The texts of a module, docstrings apart."""
    docs = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Expr):  # before what it is made of
            docs.add(id(node.value))
        elif (
            id(node) not in docs and isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            yield node.value


def _is_key(word: str, text: str) -> bool:
    """Whether a word stands in a text as a part of a key of the data."""
    return any(word in key and key in text for key in DATA_FORMAT)


@cache
def _words() -> frozenset[str]:
    """What the forms of all packs call things, as far as that is no word of anything else."""
    words = set()
    for folder in PACKS.iterdir():
        forms = load_pack(folder).forms
        for form in filter(None, (forms.project, forms.overall)):
            for label in _labels(form):
                bare = label.replace("{类型}", "").rstrip("：")
                words |= {bare, bare.removeprefix("其中：")}
    totals = {f"{half}{TOTAL}" for half in HALVES}
    known = DATA_FORMAT | ELSEWHERE | TERMS | totals
    return frozenset(word for word in words - known if len(word) >= _SHORTEST)


def test_the_words_are_those_of_the_forms() -> None:
    assert {"市县（区）财政资金", "按资金来源划分", "经办人", "数量指标"} <= _words()


def test_no_label_of_a_form_stands_in_the_program() -> None:
    any_word = re.compile("|".join(map(re.escape, _words())))
    found = {
        (file.name, word, text)
        for file in (ROOT / "generator").rglob("*.py")
        if file.name not in EXAMPLES
        for text in _texts(file)
        if any_word.search(text)
        for word in _words()
        if word in text and len(text) <= len(word) + _AROUND and not _is_key(word, text)
    }
    assert found == set()
