"""What a comparison finds: nothing where documents agree, every planted mistake, no other one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, ROOT, SAMPLES, UNIT, Sample
from tests.diff_mutations import Error
from tests.diff_rates import Subject
from tests.generated import write_entity

DRAFTS = ROOT / "tests" / "drafts"
NOISY_IN_TEXT = frozenset(
    {Error.FORM_WORDS, Error.VALUE, Error.INDICATOR_DELETED, Error.INDICATOR_MOVED}
)
"""The words of a form taken from a text are noise as likely as a difference."""


@pytest.mark.parametrize(
    ("name", "extension"),
    [*((name, each) for name in SAMPLES for each in ("docx", "html")), (UNIT, "pdf")],
)
def test_a_printed_sample_does_not_differ_from_its_data(
    name: str,
    extension: str,
    printed: Callable[[str], Sample],
    pack: Pack,
    tmp_path: Path,
) -> None:
    sample = printed(name)
    file = tmp_path / f"公开.{extension}"
    file.write_bytes(sample.file(extension))
    comparison = compare_sides(side_of_data(sample.composed, pack), side_of_draft(file, pack), pack)
    assert not comparison.differences()
    assert not comparison.unread


def published(sample: Sample, pack: Pack) -> list[str]:
    """How the published text differs from the data: class, place, both wordings."""
    draft = side_of_draft(DRAFTS / f"{sample.name}.txt", pack)
    comparison = compare_sides(side_of_data(sample.composed, pack), draft, pack)
    return [
        f"{each.kind} {each.what}：{each.ours[:16] or '无'} → {each.theirs[:16] or '无'}"
        for each in comparison.differences()
    ]


def test_the_published_unit_text_differs_in_its_slips(
    printed: Callable[[str], Sample], pack: Pack
) -> None:
    assert published(printed(UNIT), pack) == [
        "文字 情况说明 一“共建工作专项经费…；本年单位预算支”：无 → 。",  # 专项经费。；
        "文字 情况说明 十“774.48万元…”：。 → 无",
        "文字 名词解释“九、一般公共预算…是指以税收为主体”：： → 无",
        "文字 名词解释“国有资本经营预算…是对国有资本收益”：： → 无",
    ]


def test_the_published_department_text_differs_in_its_slips(
    printed: Callable[[str], Sample], pack: Pack
) -> None:
    assert published(printed(DEPARTMENT), pack) == [
        # what was published ends its contents before the annex
        "缺失 目录：市级预算部门（单位）整体支出绩效 → 无",
        "名称 表三“2050701 特殊学校教育”行“科目名称”栏：特殊学校教育 → 特殊教育学校教育",
        "名称 表五“2050701 特殊学校教育”行“科目名称”栏：特殊学校教育 → 特殊教育教育",
        # the items of both lists stand in another order, after 主要包括
        "位置 情况说明 六：2025年度阳泉市教育局一般公共 → 2025年度阳泉市教育局一般公共",
        "文字 情况说明 八“人员增加，运行经…相应增加。”：费 → 无",
        "文字 名词解释“接待费反映机关和…事业单位按规定开”：参公 → 本企",
    ]


@pytest.fixture(scope="module")
def subjects(
    pack: Pack, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Subject]:
    """The small sample and a generated department."""
    work = tmp_path_factory.mktemp("subjects")
    entity = write_entity(work / "虚构", seed=3, units=3)
    folders = {"样本": ROOT / "data" / UNIT, "虚构": entity}
    return {name: Subject(folder, pack, catalogue, work) for name, folder in folders.items()}


@pytest.mark.parametrize("name", ["样本", "虚构"])
@pytest.mark.parametrize("extension", ["docx", "html"])
@pytest.mark.parametrize("count", [1, 20, 200])
def test_every_planted_mistake_is_found_and_no_other(
    name: str, extension: str, count: int, subjects: dict[str, Subject]
) -> None:
    trial = subjects[name].trial(extension, count, seed=1)
    assert len(trial.planted) == count
    assert [str(each) for each in trial.missed] == []
    assert [each.difference for each in trial.false] == []


@pytest.mark.parametrize("name", ["样本", "虚构"])
@pytest.mark.parametrize("count", [20, 200])
def test_in_a_text_all_is_found_but_the_words_of_forms(
    name: str, count: int, subjects: dict[str, Subject]
) -> None:
    trial = subjects[name].trial("txt", count, seed=1)
    missed = [str(each) for each in trial.missed if each.error not in NOISY_IN_TEXT]
    assert missed == []
    assert [each.difference for each in trial.false] == []
