"""The rules that need no pack find planted faults, and nothing where none was planted.

A slice on one small draft; scripts/general_rates.py measures documents of every pack.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.drafts.read import read_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import load_pack
from tests.conftest import ROOT
from tests.general_faults.kinds import MUTATORS
from tests.general_rates import Clean, rate
from tests.test_general_document import whole

DRAFT = whole(
    {
        "基本": "2026年收入总计90.00万元，比2025年增加10.00万元，增长12.50%，"
        "主要原因是新增示例项目。",
        "三公表 表": [
            ["合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"],
            ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""],
            ["5.00", "0.00", "4.00", "0.00", "4.00", "1.00"],
        ],
        "采购": "政府采购预算8.00万元，其中：货物5.00万元，服务3.00万元。",
    }
)
KINDS = (
    "类、款行改一位",
    "项级行改一位",
    "科目编码写错，不在上级之下",
    "增减率算错",
    "比较的年份写错",
    "分项之和不等于总数",
    "文字总数与报表不符",
    "原因空着",
    "选择没有删去",
    "引号不成对",
    "括号不成对",
    "目录与标题字句不同",
    "缺一张规定的报表",
    "名词解释缺一个",
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Clean:
    file: Path = tmp_path_factory.mktemp("rates") / "文稿.html"
    file.write_text(DRAFT, encoding="utf-8")
    pack = load_pack(ROOT / "tests" / "packs" / "最小")
    return Clean(file.stem, "html", read_draft(file), pack, catalogue)


def test_a_clean_document_has_no_error(clean: Clean) -> None:
    assert clean.errors == ()


def test_planted_faults_are_found(clean: Clean) -> None:
    planted = list(clean.trials(KINDS, count=1, seed=5))
    missed = [str(trial.fault) for trial in planted if not trial.found]
    assert len(planted) >= 10
    assert rate(planted).share >= 0.9, missed


def test_every_kind_of_fault_has_a_name_of_its_own() -> None:
    assert set(KINDS) <= set(MUTATORS)
