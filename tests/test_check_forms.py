"""Checks of project forms: money, projects, indicators, numbers, dates; clean and broken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from generator.checks.forms.indicator_values import flaw, parsed
from generator.checks.rule import Noise, Outcome, Passed, Unchecked
from generator.checks.rules.forms import dates as form_dates
from generator.checks.rules.forms import funds as form_funds
from generator.checks.rules.forms import indicators as form_indicators
from generator.checks.rules.forms import numbers as form_numbers
from generator.checks.rules.forms import projects as form_projects
from generator.core.findings import Finding
from generator.core.memo import forget_all
from generator.core.records import replace
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.model.performance import ProjectForm
from generator.pack.pack import Pack
from generator.reading.document import Form, Origin, ReadDocument
from tests.conftest import DEPARTMENT, ROOT, UNIT, Sample
from tests.formats import YANGQUAN

MODULES = (form_funds, form_projects, form_indicators, form_numbers, form_dates)
UNIT_NAME = "阳泉市退役军人服务中心"
PROJECT = "双拥创建活动"
SUBJECT = f"绩效目标表/{UNIT_NAME}/{PROJECT}"
Change = Callable[[dict[str, object]], object]
"""What a test does to the data of one form."""


def outcomes(document: ReadDocument, pack: Pack) -> list[Outcome]:
    return [each for m in MODULES for check in m.CHECKS for each in check(document, pack)]


def told(document: ReadDocument, pack: Pack, code: str) -> list[Finding]:
    every = outcomes(document, pack)
    return [each for each in every if isinstance(each, Finding) and each.code == code]


@pytest.fixture(scope="module")
def unit(of_data: Callable[[str], ReadDocument]) -> ReadDocument:
    return of_data(UNIT)


@pytest.fixture(scope="module")
def department(of_data: Callable[[str], ReadDocument]) -> ReadDocument:
    return of_data(DEPARTMENT)


@pytest.fixture(scope="module")
def clean(unit: ReadDocument, pack: Pack) -> ReadDocument:
    """The small sample with only its one form that has nothing wrong, and that one's row."""
    form = next(each for each in unit.forms if each.content.project == PROJECT)
    table = unit.tables["表十二"]
    rows = tuple(row for row in table.rows if row.label == PROJECT)
    tables = {**unit.tables, "表十二": replace(table, rows=rows)}
    document = replace(unit, forms=(form,), tables=tables)
    assert not [each for each in outcomes(document, pack) if not isinstance(each, Passed)]
    return document


def changed(document: ReadDocument, change: Change) -> ReadDocument:
    """The document with another content of its form; the totals stay as printed."""
    return replace(document, forms=tuple(_changed(form, change) for form in document.forms))


def _changed(form: Form, change: Change) -> Form:
    data = form.content.model_dump(by_alias=True, exclude_none=True)
    change(data)
    return replace(form, content=ProjectForm.model_validate(data, context=YANGQUAN.vocabulary))


def setting(*path: str, to: object) -> Change:
    def change(data: dict[str, object]) -> None:
        inner = data
        for step in path[:-1]:
            inner = inner[step]  # type: ignore[assignment]
        inner[path[-1]] = to

    return change


def indicators(group: str, *each: dict[str, str]) -> Change:
    return setting("绩效指标", to={"产出指标": {group: list(each)}})


def indicator(name: str, value: str) -> dict[str, str]:
    return {"指标": name, "指标值": value}


def halves(name: str, term: str, year: str) -> dict[str, str]:
    return {"指标": name, "实施期": term, "年度": year}


def only(findings: list[Finding], *parts: str) -> Finding:
    """The only finding; its message has the parts, its subject is the form."""
    assert len(findings) == 1, [each.message for each in findings]
    assert all(part in findings[0].message for part in parts), findings[0].message
    assert all(subject.startswith(SUBJECT) for subject in findings[0].subjects)
    assert findings[0].place is not None
    return findings[0]


# Money


def test_total_is_the_sum_of_its_sources(clean: ReadDocument, pack: Pack) -> None:
    broken = changed(clean, setting("资金", "年度", to={"市县（区）财政资金": 470000}))
    finding = only(told(broken, pack, "E734"), "480,000元", "470,000元", "相差10,000元")
    assert finding.group == f"绩效目标表 2 {PROJECT}"


def test_total_that_was_not_read_is_not_checked(clean: ReadDocument, pack: Pack) -> None:
    form = replace(clean.forms[0], totals={"实施期": Decimal(771000)})
    every = outcomes(replace(clean, forms=(form,)), pack)
    codes = [each.code for each in every if isinstance(each, Unchecked)]
    assert codes == ["E734", "W734", "E735"]
    assert not [each for each in every if isinstance(each, Finding)]


def test_year_within_term(clean: ReadDocument, pack: Pack) -> None:
    form = replace(clean.forms[0], totals={"实施期": Decimal(400000), "年度": Decimal(480000)})
    broken = replace(clean, forms=(form,))
    only(told(broken, pack, "W734"), "480,000元", "400,000元", "多80,000元")


@pytest.mark.parametrize("name", ["双拥（省级）", "双拥中央", "双拥省级补助资金"])
def test_level_in_the_name(clean: ReadDocument, pack: Pack, name: str) -> None:
    found = told(changed(clean, setting("项目名称", to=name)), pack, "W736")
    assert [each.code for each in found] == ["W736"]
    assert "应列在" in found[0].message
    assert "480,000元列在“市县（区）财政资金”" in found[0].message


@pytest.mark.parametrize("name", ["双拥（市级）", "双拥市级配套资金", "省级模范城创建"])
def test_level_that_fits(clean: ReadDocument, pack: Pack, name: str) -> None:
    assert not told(changed(clean, setting("项目名称", to=name)), pack, "W736")


def test_source_that_changes_between_the_periods(clean: ReadDocument, pack: Pack) -> None:
    broken = changed(clean, setting("资金", "年度", to={"省级财政资金": 480000}))
    only(told(broken, pack, "W736"), "两期的资金来源不同", "“省级财政资金”480,000元")


# Projects


def test_money_of_the_row(clean: ReadDocument, pack: Pack) -> None:
    form = replace(clean.forms[0], totals={"实施期": Decimal(771000), "年度": Decimal(470000)})
    broken = replace(clean, forms=(form,))
    finding = only(told(broken, pack, "E735"), "470,000元", "48.00万元", "相差1.00万元")
    assert len(finding.also) == 1


@pytest.mark.parametrize(
    ("total", "wrong"),
    [("4800000000", "填的是元，当作万元"), ("48", "填的是万元，当作元")],
)
def test_a_wrong_unit_is_the_suspect(
    clean: ReadDocument, pack: Pack, total: str, wrong: str
) -> None:
    form = replace(clean.forms[0], totals={"实施期": Decimal(771000), "年度": Decimal(total)})
    finding = only(told(replace(clean, forms=(form,)), pack, "E735"), "正好差一万倍", wrong)
    assert "核对这张绩效目标表里资金的单位" in finding.remedy


def test_money_is_compared_as_printed(clean: ReadDocument, pack: Pack) -> None:
    form = replace(clean.forms[0], totals={"实施期": Decimal(771000), "年度": Decimal("479966.34")})
    assert not told(replace(clean, forms=(form,)), pack, "E735")


@pytest.mark.parametrize("name", ["双拥创建活动", "双拥 创建活动"])
def test_same_name(clean: ReadDocument, pack: Pack, name: str) -> None:
    assert not told(changed(clean, setting("项目名称", to=name)), pack, "E735")


def test_two_names_of_one_project(clean: ReadDocument, pack: Pack) -> None:
    broken = changed(clean, setting("项目名称", to="双拥模范城创建活动"))
    found = told(broken, pack, "E735")
    assert len(found) == 1
    assert "同一项目两处名称不同" in found[0].message
    assert "“双拥模范城创建活动”" in found[0].message
    assert "“双拥创建活动”" in found[0].message


def test_numbers_tell_projects_apart(clean: ReadDocument, pack: Pack) -> None:
    broken = changed(clean, setting("项目名称", to="双拥创建活动（第二批）"))
    messages = sorted(each.message for each in told(broken, pack, "E735"))
    assert len(messages) == 2
    assert "没有绩效目标表" in messages[1]
    assert "表十二、表十三没有这个项目" in messages[0]


def test_unpublished_projects_need_no_form(unit: ReadDocument, pack: Pack) -> None:
    assert not told(unit, pack, "E735")
    missing = told(replace(unit, unpublished=()), pack, "E735")
    assert len(missing) == 1
    assert "第三批全国双拥模范城" in missing[0].message
    assert missing[0].group == "绩效目标表"


def test_text_of_a_draft_says_how_many_are_published(unit: ReadDocument, pack: Pack) -> None:
    draft = replace(unit, origin=Origin.DRAFT, unpublished=())
    assert not told(draft, pack, "E735")
    missing = told(replace(draft, forms=draft.forms[1:]), pack, "E735")
    assert len(missing) == 1
    assert "2个项目没有绩效目标表，文中写明不公开的只有1个" in missing[0].message
    silent = replace(draft, passages=(), forms=draft.forms)
    assert any("没有写明公开了几个" in u.why for u in _unchecked(silent, pack))


def _unchecked(document: ReadDocument, pack: Pack) -> list[Unchecked]:
    return [each for each in outcomes(document, pack) if isinstance(each, Unchecked)]


def test_no_forms_at_all_is_not_checked(clean: ReadDocument, pack: Pack) -> None:
    every = outcomes(replace(clean, forms=()), pack)
    assert [each for each in every if not isinstance(each, Passed)] == [
        Unchecked("E735", "绩效目标表", "没有读到项目支出绩效目标表")
    ]


def test_published_contradictions_of_the_department(department: ReadDocument, pack: Pack) -> None:
    """Every contradiction on record but the rounded one, and no other."""
    recorded = yaml.safe_load((ROOT / f"tests/drafts/contradictions-{DEPARTMENT}.yaml").read_text())
    expected = {each["项目"].split("/", 1)[1] for each in recorded if "只印到" not in each["说明"]}
    findings = told(department, pack, "E735")
    for name in expected:
        assert any(name in each.message or name in each.group for each in findings), name
    assert len(findings) == 14  # three pairs of names stand for six entries


def test_a_value_is_read_once_however_many_forms_state_it(
    department: ReadDocument, pack: Pack
) -> None:
    forget_all()
    list(form_indicators.check_indicators(department, pack))
    for reading in (flaw, parsed):
        read = reading.cache_info()
        assert read.misses == read.currsize < read.hits


def test_names_of_extracted_text_are_noise(clean: ReadDocument, pack: Pack) -> None:
    broken = changed(clean, setting("项目名称", to="双拥创建活动（第二批）"))
    every = outcomes(replace(broken, origin=Origin.EXTRACTED), pack)
    assert [each.finding.code for each in every if isinstance(each, Noise)] == ["E735", "E735"]
    assert not [each for each in every if isinstance(each, Finding)]


# Indicators


@pytest.mark.parametrize(
    ("code", "group", "data", "parts"),
    [
        ("W737", "时效指标", indicator("发放时间", "100100%按月发放"), ["数字重复", "100100%"]),
        ("W737", "社会效益", indicator("运转保障", "100保障"), ["数字后面缺单位"]),
        ("W737", "成本指标", halves("服务", "≥2万元/次", "≤2万元/次"), ["两期方向相反"]),
        ("W737", "成本指标", halves("学费", "4000元/年", "4000元/人"), ["两期单位不同"]),
        ("W737", "数量指标", indicator("覆盖面", "≥95%"), ["比率列在数量指标"]),
        ("W737", "质量指标", indicator("验收合格率", "≥120%"), ["指标值超过100%"]),
        ("W737", "质量指标", indicator("验收合格率", "≤95%"), ["方向相反"]),
        ("W737", "服务对象满意度指标", indicator("军民满意度", "≥95人"), ["满意度不是百分比"]),
        ("W737", "时效指标", indicator("培训天数", "90人/年"), ["单位与指标名称不符"]),
        ("W737", "数量指标", indicator("活动次数", ""), ["缺一项", "没有指标值"]),
        ("W737", "数量指标", indicator("", "20次"), ["缺一项", "没有名称"]),
        ("W737", "数量指标", halves("活动次数", "20次", ""), ["缺一项", "年度"]),
        ("N737", "数量指标", indicator("保安费用", "10万元"), ["金额列在数量指标"]),
        ("N737", "数量指标", halves("受助人数", "12人", "26人"), ["年度的数字大于实施期"]),
        ("N737", "成本指标", indicator("改造", "≥120万元"), ["成本指标写成不低于"]),
        ("N737", "质量指标", indicator("验收合格率", "符合要求"), ["没有写出比率"]),
        ("N737", "质量指标", halves("资助", "应助尽助", "应驻尽助"), ["只差一个字"]),
    ],
)
def test_indicators(
    clean: ReadDocument, pack: Pack, code: str, group: str, data: dict[str, str], parts: list[str]
) -> None:
    only(told(changed(clean, indicators(group, data)), pack, code), *parts)


@pytest.mark.parametrize(
    ("group", "data"),
    [
        ("满意度指标", indicator("军民满意度", "满意度高")),
        ("数量指标", halves("受助人数", "26人", "12人")),
        ("质量指标", halves("补充经费", "基本满足要求", "基本满足")),
        ("成本指标", indicator("资助标准", "≥2000元/人/年")),
        ("质量指标", indicator("合格率", "≥100%")),
        ("质量指标", indicator("辍学率", "降低")),
        ("时效指标", indicator("完成时间", "2024年底前")),
    ],
)
def test_indicators_that_are_fine(
    clean: ReadDocument, pack: Pack, group: str, data: dict[str, str]
) -> None:
    every = outcomes(changed(clean, indicators(group, data)), pack)
    assert not [each for each in every if isinstance(each, Finding)]


def test_one_indicator_with_two_values(clean: ReadDocument, pack: Pack) -> None:
    change = indicators("数量指标", indicator("活动次数", "5次"), indicator("活动次数", "6次"))
    only(told(changed(clean, change), pack, "W737"), "同一指标写了不同的指标值", "“5次”、“6次”")


def test_indicators_of_one_kind_are_one_finding(clean: ReadDocument, pack: Pack) -> None:
    change = indicators("社会效益", *(indicator(f"保障{n}", "100保障") for n in "甲乙丙丁戊"))
    finding = only(told(changed(clean, change), pack, "W737"), "等5项")
    assert len(finding.also) == 4
    assert f"{SUBJECT}/社会效益/保障丁" in finding.subjects


def test_indicators_of_extracted_text_are_noise(clean: ReadDocument, pack: Pack) -> None:
    change = indicators("时效指标", indicator("发放时间", "100100%按月发放"))
    every = outcomes(replace(changed(clean, change), origin=Origin.EXTRACTED), pack)
    assert [each.finding.code for each in every if isinstance(each, Noise)] == ["W737"]
    assert not [each for each in every if isinstance(each, Finding)]


# Numbers in the text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("开展双拥宣传，项目总额9.8万元。", True),
        ("开展双拥宣传，预算资金为200万元。", True),
        ("宣传12.8万元，验收35.2万元，共计480万元。", True),
        ("宣传12.8万元，验收35.2万元，共计48万元。", False),
        ("开展双拥宣传，项目总额47.95万元。", False),
        ("宣传品费用共计6万元，其他42万元。", False),
        ("双拥广告项目申请20万元，另有补充宣传项目申请28万元。", False),
    ],
)
def test_stated_budget(clean: ReadDocument, pack: Pack, text: str, wrong: bool) -> None:
    found = told(changed(clean, setting("项目概况", to=text)), pack, "N737")
    assert bool(found) is wrong
    assert not wrong or "不一致" in only(found).message


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [("慰问7个驻军单位。", True), ("慰问9个驻军单位。", False), ("慰问7个驻军连队。", False)],
)
def test_counts_of_one_thing(clean: ReadDocument, pack: Pack, plan: str, wrong: bool) -> None:
    goal = setting("总体目标", "年度", to="对我市9个驻军单位进行慰问。")
    broken = changed(changed(clean, goal), setting("项目实施计划", to=plan))
    found = told(broken, pack, "N737")
    assert bool(found) is wrong
    assert not wrong or only(found, "7个驻军单位", "9个驻军单位")


@pytest.mark.parametrize(("value", "wrong"), [("≥1200人", True), ("≥1480人", False)])
def test_goal_against_indicator(clean: ReadDocument, pack: Pack, value: str, wrong: bool) -> None:
    goal = setting("总体目标", "年度", to="优秀学生奖受助1500人以上，效果良好。")
    change = indicators("数量指标", indicator("优秀学生奖受助人数", value))
    found = told(changed(changed(clean, goal), change), pack, "N737")
    assert bool(found) is wrong
    assert not wrong or only(found, "受助1500人", "≥1200人")


# Dates


@pytest.mark.parametrize(
    ("path", "text", "wrong"),
    [
        (("项目实施计划",), "2022年3月命题", True),
        (("项目实施计划",), "2024年3月命题", False),
        (("项目实施计划",), "根据2022年方案开展", False),
        (("项目实施计划",), "按《2022年慰问方案》和阳发〔2022〕3号执行", False),
        (("项目实施计划",), "规划期2022-2026年", False),
        (("项目概况",), "2022年共有78名退役军人", False),
        (("项目概况",), "预计在2022年9月召开大会", True),
        (("总体目标", "年度"), "2023年用于发放补贴", True),
        (("总体目标", "年度"), "2023年按期完成建设", True),
        (("总体目标", "年度"), "按季开展2023年的培训", True),
        (("总体目标", "年度"), "2023年组织自查，一起建设平台", True),
        (("总体目标", "年度"), "2023年发起自愿服务活动12次", True),
        (("总体目标", "年度"), "2023年从社会招聘教师", True),
        (("总体目标", "年度"), "2023年根据工作需要开展培训", True),
        (("总体目标", "年度"), "按照2023年标准发放补助", False),
        (("总体目标", "年度"), "按2023年底在册人数发放", False),
        (("总体目标", "年度"), "发放自我市2023年调标后的补助", False),
        (("总体目标", "年度"), "资金来自2023年结转", False),
        (("总体目标", "年度"), "落实2023年9月起执行的标准", False),
        (("总体目标", "年度"), "从2023年开始发放", False),
        (("总体目标", "年度"), "2023年补助根据阳财文53号文件安排", False),
        (("总体目标", "实施期"), "2023年开展第一期", False),
        (("立项依据",), "2019年市委会议纪要", False),
    ],
)
def test_years(
    clean: ReadDocument, pack: Pack, path: tuple[str, ...], text: str, wrong: bool
) -> None:
    found = told(changed(clean, setting(*path, to=text)), pack, "W738")
    assert bool(found) is wrong
    assert not wrong or only(found, "年份不是预算年度2024年")


def test_year_of_an_indicator(clean: ReadDocument, pack: Pack) -> None:
    for value in ("2023年底前", "2023年12月底前按时完成"):
        change = indicators("时效指标", indicator("完成时间", value))
        only(told(changed(clean, change), pack, "W738"), f"“{value}”", "2023年")


def test_unread_year_is_not_checked(clean: ReadDocument, pack: Pack) -> None:
    every = outcomes(replace(clean, year=0), pack)
    assert Unchecked("W738", "绩效目标表", "没有读到预算年度") in every


@pytest.mark.parametrize(
    ("stamp", "part"),
    [
        ("20230128110040", "早于2024年度预算的编制期间"),
        ("20250101", "晚于预算年度2024年"),
        ("20241399", "不是日期"),
        ("20230601", ""),
        ("2024-01-12", ""),
        ("", ""),
    ],
)
def test_stamp(clean: ReadDocument, pack: Pack, stamp: str, part: str) -> None:
    found = told(changed(clean, setting("填报日期", to=stamp)), pack, "N738")
    assert bool(found) is bool(part)
    assert not part or only(found, part)


@pytest.mark.parametrize(
    ("nature", "term", "wrong"),
    [
        ("一次性项目（1年结束）", "99年", True),
        ("经常性项目（长期开展）", "1年", True),
        ("一次性项目（1年结束）", "1年", False),
        ("延续性项目（阶段开展）", "2年", False),
    ],
)
def test_nature_and_term(
    clean: ReadDocument, pack: Pack, nature: str, term: str, wrong: bool
) -> None:
    change = setting("项目属性", to=nature)
    found = told(changed(changed(clean, change), setting("项目期", to=term)), pack, "W738")
    assert bool(found) is wrong


# The samples


def test_unit_sample(unit: ReadDocument, pack: Pack) -> None:
    """What a reviewer would mark in the six real forms."""
    found = {(each.code, each.group.split()[1]) for each in _findings(unit, pack)}
    assert found == {
        ("W736", "5"),
        ("W737", "4"),
        ("W737", "6"),
        ("N737", "3"),
        ("N737", "5"),
        ("N737", "6"),
        ("W738", "1"),
        ("W738", "3"),
        ("N738", "1"),
    }


def _findings(document: ReadDocument, pack: Pack) -> list[Finding]:
    return [each for each in outcomes(document, pack) if isinstance(each, Finding)]


def test_draft_has_the_same_findings(
    unit: ReadDocument,
    printed: Callable[[str], Sample],
    pack: Pack,
    catalogue: Catalogue,
    tmp_path: Path,
) -> None:
    file = tmp_path / f"{UNIT}.docx"
    file.write_bytes(printed(UNIT).file("docx"))
    draft = presented_draft(file, pack, catalogue)
    assert draft.forms
    assert [(each.code, each.message) for each in _findings(draft, pack)] == [
        (each.code, each.message) for each in _findings(unit, pack)
    ]
