"""How any place's disclosure is worded: checked without a pack, as the command checks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.general.wording.common_words import LEFT_OVERS
from generator.checks.general.wording.full_stops import broken_sentences, unended
from generator.checks.general.wording.kinds import foreign_words, kind_of_titles
from generator.checks.general.wording.old_names import old_names_in
from generator.checks.general.wording.reasons import blank_reasons, says_nothing
from generator.checks.rules.leftovers import LeftOvers
from generator.checks.run import run_checks
from generator.checks.selection import ALL, Selection
from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack
from generator.reading.blocks import TextBlock
from generator.reading.document import Passage

HERE = Location(Path("x.docx"))


# Reasons


@pytest.mark.parametrize(
    "text",
    [
        "公务用车购置及运行费6.40万元，与上年持平，主要原因是。其中：购置费0万元。",
        "比上年增加5.00万元，主要是由于，公务接待费增加。",
        "比上年减少5.00万元，主要原因是：；项目支出20.00万元。",
        "比上年减少5.00万元，原因为。",
        "比上年减少5.00万元，主要原因是由于。",
        "比上年减少5.00万元，主要原因是",
        "比上年减少5.00万元，主要原因：。",
    ],
)
def test_a_reason_that_is_announced_and_not_given_is_found(text: str) -> None:
    assert [blank.missing for blank in blank_reasons(text, ends=True)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "比上年增加5.00万元，主要原因是新录用公务员2人。",
        "比上年增加5.00万元，主要原因是：一是人员增加；二是标准提高。",
        "主要原因是，人员增加。",
        "比上年增加5.00万元，主要原因：新录用公务员2人。",
        "主要是机关和所属单位的人员经费。",
        "由于人员增加，经费增加。",
        "因公出国（境）费0万元，主要是因公出国（境）任务由上级安排。",
    ],
)
def test_a_reason_that_is_given_is_none(text: str) -> None:
    assert list(blank_reasons(text, ends=True)) == []


def test_a_reason_may_go_on_in_the_next_paragraph() -> None:
    text = "比上年减少5.00万元，主要原因是"
    assert list(blank_reasons(text, ends=False)) == []


@pytest.mark.parametrize("reason", ["根据实际支出", "项目调整", "工作需要，按实列支", "正常变动等"])
def test_a_reason_that_would_hold_anywhere_says_nothing(reason: str) -> None:
    assert says_nothing(reason)
    (blank,) = blank_reasons(f"比上年增加8.57%。主要原因是：{reason}。", ends=True)
    assert not blank.missing


@pytest.mark.parametrize(
    "reason", ["有退休人员去世", "电梯更换项目完工", "项目调整，新增城连共建经费", "缴费基数上调"]
)
def test_a_reason_that_names_its_cause_says_something(reason: str) -> None:
    assert not says_nothing(reason)


# Names of subjects


def test_old_names_are_those_of_the_years_before_their_change() -> None:
    text = "“医疗卫生与计划生育支出（类）行政事业单位医疗（款）”50.37万元"
    assert [name.present for name in old_names_in(text, 2024)] == ["卫生健康支出"]
    assert list(old_names_in(text, 2018)) == []
    assert list(old_names_in("用于行政事业单位离退休人员经费", 2024)) == []
    assert [n.since for n in old_names_in("行政事业单位离退休（款）10万元", 2024)] == [2020]


# Full stops


def _unended(*texts: str, pages: bool = False) -> list[str]:
    blocks = [TextBlock(text, HERE) for text in texts]
    return [block.text for block in unended(blocks, pages=pages)]


RUNNING = "2025年本部门政府采购预算120.60万元，其中货物预算20.60万元、服务预算100.00万元"


def test_a_paragraph_ends_with_a_mark() -> None:
    assert _unended(RUNNING, "四、绩效目标设置情况") == [RUNNING]
    assert not _unended(RUNNING + "。", "四、绩效目标设置情况")
    assert not _unended(RUNNING + "（见附表）", "四、绩效目标设置情况")


def test_items_of_a_list_that_all_end_without_a_mark_are_no_fault() -> None:
    assert not _unended(RUNNING, RUNNING.replace("政府", "集中"), "四、绩效目标设置情况")


def test_a_paragraph_of_a_page_may_go_on_below() -> None:
    assert not _unended(RUNNING, "和工程预算0万元。", pages=True)
    assert _unended(RUNNING, "四、绩效目标设置情况", pages=True)


def test_a_full_stop_does_not_cut_off_a_comparison() -> None:
    (broken,) = broken_sentences("公务接待费0.00万元。与2023年预算持平，主要原因是无此项支出。")
    assert "0.00万元。与2023年预算持平" in broken[1]
    assert list(broken_sentences("公务接待费0.00万元。比较重要的是，2023年预算已经持平。")) == []


# Department or unit


def test_a_document_calls_itself_what_it_is() -> None:
    text = "2025年本部门政府采购预算34万元。"
    assert list(foreign_words(text, EntityKind.UNIT)) == ["本部门"]
    assert list(foreign_words(text, EntityKind.DEPARTMENT)) == []
    assert list(foreign_words("占本部门（单位）支出10万元的一半", EntityKind.UNIT)) == []
    assert (
        list(foreign_words("基本支出是指本单位为保障运转而发生的支出", EntityKind.DEPARTMENT)) == []
    )


def test_the_titles_say_whose_budget_it_is() -> None:
    titles = ["某局2025年度部门预算", "2025年部门预算情况说明", "一、概况"]
    passages = [Passage("", title, HERE) for title in titles]
    assert kind_of_titles(passages) is EntityKind.DEPARTMENT
    assert kind_of_titles(passages[:1]) is None


# Left-overs


@pytest.mark.parametrize(
    "left",
    [
        "20XX年", "××万元", "待填写", "****", "＿＿＿", "增加（减少）", "增加/减少",
        "增长（或下降）",        "［ ］", "（单位名称）", "（增加内容）", "#REF!",
    ],
)  # fmt: skip
def test_what_a_template_leaves_is_told_of_once(left: str) -> None:
    found = list(LeftOvers(LEFT_OVERS)(f"比上年{left}5.00元。", clippable=False))
    assert len(found) == 1
    assert found[0].phrase in left


@pytest.mark.parametrize(
    "text",
    [
        "待定", "时间（待定）", "原因是待补充。", "【请补充】", "（请核实金额）",
        "[请在定稿时删去]", "单击或点击此处输入文字。", "单击此处添加标题", "选择一项。",
        "详见错误!未找到引用源。", "错误！未定义书签。", "见Error! Reference source not found.",
        "????", "……", "支出为None万元", "null", "NaN", "有/无政府性基金", "某某单位负责示例工作。",
        "○○局",
    ],
)  # fmt: skip
def test_what_was_never_filled_in_is_told_of(text: str) -> None:
    assert len(list(LeftOvers(LEFT_OVERS)(text, clippable=False))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "none of the above", "选址尚待定夺",
        "人员力量有待补充。", "待补充人员到位后安排", "具体名额待定点医院确定",
        "设备若干（电脑、打印机……）共3套", "是否有结余？无。", "二○○五年",
        "联系邮箱none@example.cn", "可点击此处下载附件", "从中选择一项。",
        "抚恤对象某某的补助", "审计发现的错误！已改正",
    ],
)  # fmt: skip
def test_words_that_only_look_unfilled_may_stand(text: str) -> None:
    assert list(LeftOvers(LEFT_OVERS)(text, clippable=False)) == []


@pytest.mark.parametrize(
    "reason", ["待定", "/", "-", "不详", "详见附件", "……", "1", "工作量变化", "项目增减"]
)
def test_a_reason_that_says_nothing_is_known(reason: str) -> None:
    assert says_nothing(reason)


@pytest.mark.parametrize("reason", ["见习生增加2人", "1、新增人员", "附件费用上涨", "无新增车辆"])
def test_a_reason_of_few_words_is_one(reason: str) -> None:
    assert not says_nothing(reason)


@pytest.mark.parametrize(("name", "told"), [("示例市统计局", ["E744"]), ("某某单位", [])])
def test_a_publisher_may_be_called_by_no_name(
    name: str, told: list[str], tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    file = tmp_path / "公开.html"
    page = PAGE.format(paragraphs="<p>某某单位负责示例工作。</p>")
    file.write_text(page, encoding="utf-8")
    document = replace(presented_draft(file, pack, catalogue), name=name)
    findings = run_checks(document, pack, Selection(only=("E744",), skip=("E760",))).findings
    assert [each.code for each in findings] == told


# As the command checks it


PAGE = """<html><head><meta charset="utf-8"><title>t</title></head><body>
<h1>某市某局2025年部门预算</h1>
<h2>2025年部门预算情况说明</h2>
{paragraphs}
</body></html>"""

FAULTS = {
    "E930": "<p>2024年执行数54.60万元，2025年预算53.84万元，比2024年执行数减少1.93%。</p>",
    "E955": "<p>公务用车运行费6.40万元，与上年持平，主要原因是。</p>",
    "W955": "<p>公务用车运行费6.40万元，比上年增加1.00万元，主要原因是工作需要。</p>",
    "W956": "<p>“医疗卫生与计划生育支出（类）”50.37万元。</p>",
    "W957": f"<p>{RUNNING}</p><h2>四、绩效目标</h2><p>编报绩效目标的项目共1个。</p>",
    "W958": "<p>2025年本单位政府采购预算34万元。</p>",
    "E744": "<p>比上年增加（减少）5.00万元。</p>",
    "W745": "<p>一般公共预算支出80.00万元，用于运转。</p>" * 2,
}


def _findings(tmp_path: Path, paragraphs: str, pack: Pack, catalogue: Catalogue) -> list[Finding]:
    file = tmp_path / "公开.html"
    file.write_text(PAGE.format(paragraphs=paragraphs), encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    return list(
        run_checks(
            document, pack, Selection(only=("E9", "W9", "E744", "W745"), skip=("E760",))
        ).findings
    )


@pytest.mark.parametrize("code", FAULTS)
def test_a_page_of_an_unknown_format_is_checked(
    code: str, tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    assert [f.code for f in _findings(tmp_path, FAULTS[code], pack, catalogue)] == [code]


def test_only_what_was_applied_has_passed(tmp_path: Path, pack: Pack, catalogue: Catalogue) -> None:
    page = "<html><head><meta charset='utf-8'></head><body><p>{}</p></body></html>"
    file = tmp_path / "公开.html"
    file.write_text(page.format("负责示例工作，保障机构运转。"), encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    report = run_checks(document, pack, ALL)
    passed = report.passed
    assert {"E955", "W956", "W957"} <= passed.keys()
    assert not {"W958", "E905", "W909"} & passed.keys()  # whose it is, and what its tables say
    (why,) = [each.why for each in report.unchecked if each.code == "W958"]
    assert why.startswith("看不出是部门预算还是单位预算")


def test_the_paragraph_that_does_not_end_is_the_one_told_of(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    file = tmp_path / "公开.html"
    text = PAGE.format(paragraphs=f"<p>{RUNNING}</p><h2>四、绩效目标</h2><p>共1个。</p>")
    file.write_text(text, encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    page = Location(file, spot="第1页")
    document = replace(
        document,
        passages=tuple(replace(each, place=page) for each in document.passages),
        blocks=tuple(replace(each, place=page) for each in document.blocks),
    )
    chosen = Selection(only=("W957",), skip=("E760",))
    (finding,) = run_checks(document, pack, chosen).findings
    assert "服务预算100.00万元" in finding.excerpt


def test_what_held_is_told_of_the_rules_that_were_chosen(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    file = tmp_path / "公开.html"
    said = "<p>2025年预算53.84万元，比2024年减少0.76万元，下降1.39%。</p>" * 2
    file.write_text(PAGE.format(paragraphs=said), encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    assert run_checks(document, pack, ALL).held
    assert not run_checks(document, pack, Selection(only=("W957",))).held


def _paragraphs(*texts: str) -> list[TextBlock]:
    return [TextBlock(text, HERE) for text in texts]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["本部门无政府购买服务预算", "二、其他"], 1),
        (["本年其他收入预算6.00万元", "支出预算90.00万元。"], 1),
        (["2026年部门一般公共预算支出表", "单位：万元"], 0),
        (["2026年没有国有资本经营预算的部门名单表", "单位：万元"], 0),
        (["收入预算", "支出预算90.00万元。"], 0),
    ],
)
def test_a_short_paragraph_is_a_sentence_if_it_says_how_much_or_that_there_is_none(
    texts: list[str], found: int
) -> None:
    assert len(list(unended(_paragraphs(*texts), pages=False))) == found


def test_on_pages_a_paragraph_ends_where_no_sentence_could_go_on() -> None:
    said = "编报了整体绩效目标，涉及资金339.46万元"
    for after, found in (("2026年纳入绩效目标管理的项目4个。", 1), ("，占全部资金的一半。", 0)):
        assert len(list(unended(_paragraphs(said, after), pages=True))) == found


def test_whose_units_are_counted_says_whose_budget_it_is() -> None:
    department = EntityKind.DEPARTMENT
    for text in ("本单位中，行政单位1家，事业单位1家。", "本单位无其他需要说明的情况。"):
        assert list(foreign_words(text, department)) == ["本单位"]
    assert list(foreign_words("本单位职工应当遵守考勤制度。", department)) == []


LONG = "本部门2025年机关运行经费主要用于办公费、印刷费、水电费等支出，保障机关正常运转。"


@pytest.mark.parametrize(
    ("paragraphs", "codes"),
    [
        (
            "<p>公务接待费5.00万元，比上年减少1.00万元，原因是</p><p>其他情况没有变化。</p>",
            ["E955"],
        ),
        ("<p>比上年减少1.00万元，主要原因：。</p>", ["E955"]),
        ("<p>比上年减少1.00万元，主要原因是</p><p>1.接待批次减少。</p>", []),
        ("<p>机关运行经费 万元，比上年增加3.00万元，主要原因是新增编制2人。</p>", ["E744"]),
        ("<p>（请根据实际情况填写）本部门没有因公出国（境）安排。</p>", ["E744"]),
        (f"<p>{LONG}</p><p>办公用房由机关事务部门统一管理。</p><p>{LONG}</p>", ["W745"]),
        (f"<p>{LONG}</p><h2>二、其他情况</h2><p>{LONG}</p>", []),
    ],
)
def test_what_is_left_empty_or_said_twice_is_told_once(
    tmp_path: Path, pack: Pack, catalogue: Catalogue, paragraphs: str, codes: list[str]
) -> None:
    kinds = {"E955", "W957", "E744", "W745"}
    found = _findings(tmp_path, paragraphs, pack, catalogue)
    assert [finding.code for finding in found if finding.code in kinds] == codes
