"""Which project, unit and subject of last year is which of this year."""

from __future__ import annotations

from pathlib import Path

import pytest
from rapidfuzz.fuzz import ratio

from generator.changes.matching import (
    ALIKE,
    NameDoubt,
    Pairing,
    bare_project_name,
    identity,
    name_likeness,
    pair,
    pair_codes,
    pair_names,
)
from generator.core.findings import Location
from generator.model.budget import Project
from generator.model.disclosure import KeyedProject

HERE = Location(Path("项目.yaml"))


def _project(name: str, *, unit: str = "甲馆", former: str | None = None) -> KeyedProject:
    return KeyedProject((), unit, name, Project.model_construct(name=name, prior_name=former))


def _pair(
    before: list[KeyedProject], after: list[KeyedProject], *, single_unit: bool = True
) -> Pairing:
    return pair(before, after, lambda _: HERE, single_unit=single_unit)


def _is_one(pairing: Pairing, before: str, after: str, unit: str = "甲馆") -> bool:
    return pairing.before[unit, before] == pairing.after[unit, after]


# Names


@pytest.mark.parametrize(
    ("name", "without_year"),
    [
        ("2024年遗属补助", "遗属补助"),
        ("1999年遗属补助", "遗属补助"),
        ("遗属补助（2024年度）", "遗属补助"),
        ("2024-2025学年助学金", "助学金"),
        ("2024至25年度助学金", "助学金"),
        ("1998-1999学年助学金", "助学金"),
        ("2024年", "2024年"),
        ("1824年档案整理", "1824年档案整理"),
        ("12024号楼改造", "12024号楼改造"),
    ],
)
def test_a_year_is_no_part_of_a_name(name: str, without_year: str) -> None:
    assert bare_project_name(name) == without_year


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("库房改造（第一批）", "库房改造第2批次", True),
        ("“三馆”开放 经费", "三馆开放专项资金", True),
        ("专项经费", "工作经费", False),
        ("2024年专项经费", "2025年专项经费", True),
        ("库房改造", "展厅改造", False),
    ],
)
def test_an_identity_has_no_year_no_batch_and_no_general_words(
    one: str, other: str, *, same: bool
) -> None:
    assert (identity(one) == identity(other)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("馆藏档案整理一期", "馆藏档案整理二期"),
        ("中央补助农村公路养护", "省补助农村公路养护"),
        ("三楼库房改造", "楼库房改造三"),
        ("南区供暖管网改造工程", "北区供暖管网改造工程"),
    ],
)
def test_a_telling_word_in_one_name_alone_keeps_them_apart(one: str, other: str) -> None:
    same_words = one == "三楼库房改造"  # the same words in another order
    assert (name_likeness(one, other) > 0) is same_words


# Projects of two years


def test_the_same_name_is_the_same_project_without_a_doubt() -> None:
    pairing = _pair([_project("2024年遗属补助")], [_project("2025年遗属补助")])
    assert _is_one(pairing, "2024年遗属补助", "2025年遗属补助")
    assert pairing.doubts == ()
    (project,) = pairing.projects.values()
    assert (project.before, project.after, project.unit) == ("遗属补助", "遗属补助", "甲馆")


def _names_of_likeness(likeness_: int) -> tuple[str, str]:
    """Two names without telling words, of just this likeness."""
    letters = "档案数字化加工整理编目保护修复展览宣传培训安防设备维护信息网络平台运行管理服务"
    for length in range(5, len(letters)):
        for same in range(length):
            one = letters[:length]
            other = letters[:same] + "".join(chr(ord("A") + at) for at in range(length - same))
            if ratio(one, other) == likeness_:
                return one, other
    raise AssertionError(likeness_)


def test_two_names_may_be_one_from_a_likeness_of_eighty_on() -> None:
    assert ALIKE == 0.8
    one, other = _names_of_likeness(80)
    pairing = _pair([_project(one)], [_project(other)])
    assert _is_one(pairing, one, other)
    assert pairing.doubts == (NameDoubt(one, other, HERE),)
    one, other = _names_of_likeness(75)
    assert not _is_one(_pair([_project(one)], [_project(other)]), one, other)


def test_the_most_alike_are_paired_first() -> None:
    before = [_project("馆藏档案抢救修复"), _project("馆藏档案抢救修复装裱")]
    after = [_project("馆藏档案抢救修复装裱室")]
    pairing = _pair(before, after)
    assert _is_one(pairing, "馆藏档案抢救修复装裱", "馆藏档案抢救修复装裱室")
    assert not _is_one(pairing, "馆藏档案抢救修复", "馆藏档案抢救修复装裱室")


def test_the_data_may_state_a_former_name() -> None:
    pairing = _pair([_project("库房改造")], [_project("特藏楼建设", former="2024年库房改造")])
    assert _is_one(pairing, "库房改造", "特藏楼建设")
    assert pairing.doubts == ()
    (project,) = pairing.projects.values()
    assert (project.before, project.after) == ("库房改造", "特藏楼建设")


def test_a_former_name_that_last_year_does_not_have_pairs_nothing() -> None:
    pairing = _pair([_project("库房改造")], [_project("特藏楼建设", former="展厅布展")])
    assert not _is_one(pairing, "库房改造", "特藏楼建设")
    assert len(pairing.projects) == 2


@pytest.mark.parametrize("new", ["馆藏档案抢救修复", "馆藏档案抢救修复装裱"])
def test_the_data_may_deny_that_there_was_one(new: str) -> None:
    """Even of the same name: they stay two, and nothing is doubtful."""
    pairing = _pair([_project("馆藏档案抢救修复")], [_project(new, former="无")])
    assert not _is_one(pairing, "馆藏档案抢救修复", new)
    assert pairing.doubts == ()
    assert sorted((each.before, each.after) for each in pairing.projects.values()) == [
        ("", new),
        ("馆藏档案抢救修复", ""),
    ]


def test_a_project_is_denied_by_any_of_its_batches() -> None:
    after = [_project("库房改造（第一批）"), _project("库房改造（第二批）", former="无")]
    pairing = _pair([_project("库房改造")], after)
    assert not _is_one(pairing, "库房改造", "库房改造（第一批）")
    assert len(pairing.projects) == 2


def test_denied_projects_of_two_units_stay_four() -> None:
    units = ("甲馆", "乙校")
    before = [_project("遗属补助", unit=unit) for unit in units]
    after = [_project("遗属补助", unit=unit, former="无") for unit in units]
    pairing = _pair(before, after, single_unit=False)
    assert len({*pairing.before.values(), *pairing.after.values()}) == 4
    assert pairing.before["甲馆", "遗属补助"][0] == "甲馆"


def test_a_stated_project_is_not_paired_a_second_time() -> None:
    before = [_project("库房改造"), _project("特藏楼建设一")]
    after = [_project("特藏楼建设", former="库房改造")]
    pairing = _pair(before, after)
    assert _is_one(pairing, "库房改造", "特藏楼建设")
    assert not _is_one(pairing, "特藏楼建设一", "特藏楼建设")


def test_several_batches_are_one_project_under_its_name() -> None:
    before = [_project("库房改造（第一批）"), _project("库房改造（第二批）")]
    pairing = _pair(before, [_project("库房改造（第三批）")])
    (project,) = pairing.projects.values()
    assert (project.before, project.after) == ("库房改造", "库房改造（第三批）")


# Units


def test_projects_of_two_units_are_never_one() -> None:
    before = [_project("遗属补助", unit="甲馆"), _project("遗属补助", unit="乙校")]
    pairing = _pair(before, [_project("遗属补助", unit="甲馆")], single_unit=False)
    assert _is_one(pairing, "遗属补助", "遗属补助")
    assert len(pairing.projects) == 2
    alike = [_project("馆藏档案抢救修复", unit="乙校")]
    apart = _pair(alike, [_project("馆藏档案抢救修复室", unit="甲馆")], single_unit=False)
    assert apart.doubts == ()


def test_the_name_of_a_single_unit_is_no_matter() -> None:
    before, after = [_project("遗属补助", unit="档案局")], [_project("遗属补助", unit="档案馆")]
    pairing = _pair(before, after)
    assert pairing.before["档案局", "遗属补助"] == pairing.after["档案馆", "遗属补助"]


def test_a_renamed_unit_is_paired_and_told() -> None:
    before = [_project("遗属补助", unit="某某市档案信息管理中心")]
    after = [_project("遗属补助", unit="某某市档案信息管理服务中心")]
    pairing = _pair(before, after, single_unit=False)
    assert pairing.units == {before[0].unit: after[0].unit}
    assert pairing.doubts == (NameDoubt(before[0].unit, after[0].unit),)
    assert len(pairing.projects) == 1


def test_one_new_unit_is_the_successor_of_one_old_unit_only() -> None:
    before = [
        _project("遗属补助", unit="某某市档案信息管理中心"),
        _project("遗属补助", unit="某某市档案信息管理中心站"),
    ]
    after = [_project("遗属补助", unit="某某市档案信息管理服务中心")]
    pairing = _pair(before, after, single_unit=False)
    assert len(set(pairing.units.values())) == 2
    assert len(pairing.doubts) == 1


def test_the_successor_of_a_unit_is_the_name_most_like_its_own() -> None:
    """Whichever stands first: of two new names, and of two old ones."""
    old, near, nearer = "某某市档案信息管理中心", "某某市档案信息管理服务站", "某某市档案信息管理所"
    for names in ((near, nearer), (nearer, near)):
        after = [_project("遗属补助", unit=unit) for unit in names]
        pairing = _pair([_project("遗属补助", unit=old)], after, single_unit=False)
        assert pairing.units == {old: nearer}
        before = [_project("遗属补助", unit=unit) for unit in names]
        pairing = _pair(before, [_project("遗属补助", unit=old)], single_unit=False)
        assert pairing.units == {nearer: old, near: near}


# Names and codes of other things


def test_names_are_paired_by_name_and_then_by_likeness() -> None:
    pairs, doubts = pair_names(
        ["甲处", "档案信息管理中心"], ["甲处", "档案信息管理服务中心", "乙处"]
    )
    assert pairs == {"甲处": "甲处", "档案信息管理中心": "档案信息管理服务中心"}
    assert doubts == [NameDoubt("档案信息管理中心", "档案信息管理服务中心")]


def test_subjects_are_paired_by_code_and_then_by_name_below_the_same_parent() -> None:
    before = {"2080201": "行政运行", "2080206": "社会组织管理", "2060101": "行政运行"}
    after = {"2080201": "行政运行", "2080299": "社会组织管理", "2070101": "行政运行"}
    pairs, doubts = pair_codes(before, after, {})
    assert pairs == {"2080201": "2080201", "2080206": "2080299"}
    assert doubts == [NameDoubt("2080206 社会组织管理", "2080299 社会组织管理")]
    moved, _ = pair_codes(before, after, {"20601": "20701"})
    assert moved["2060101"] == "2070101"


def test_classes_have_no_parent_and_are_paired_by_name() -> None:
    pairs, _ = pair_codes({"206": "科学技术支出"}, {"207": "科学技术支出"}, {})
    assert pairs == {"206": "207"}
    below, _ = pair_codes({"20601": "科技管理"}, {"20701": "科技管理"}, {})
    assert below == {}


def test_a_code_with_quite_another_name_is_doubtful() -> None:
    pairs, doubts = pair_codes({"20801": "民政管理"}, {"20801": "就业补助"}, {})
    assert pairs == {"20801": "20801"}
    assert doubts == [NameDoubt("20801 民政管理", "20801 就业补助")]
    one, other = _names_of_likeness(80)
    assert pair_codes({"20801": one}, {"20801": other}, {})[1] == []
    one, other = _names_of_likeness(75)
    assert len(pair_codes({"20801": one}, {"20801": other}, {})[1]) == 1
