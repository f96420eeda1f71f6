"""Sentences about money of any place's disclosure, checked by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.checks.general.sentences.checks import outcomes_of
from generator.checks.general.sentences.grammar import read_claims
from generator.checks.general.sentences.passages import text_of
from generator.core.findings import Finding, Location
from generator.core.numbers.rounding import half_up
from generator.reading.document import Passage

YEAR = 2025


def findings_in(paragraphs: Sequence[str], year: int = YEAR) -> list[Finding]:
    passages = [
        Passage("", text, Location(Path("x.docx"), number))
        for number, text in enumerate(paragraphs)
    ]
    outcomes = outcomes_of(text_of(passages, year))
    return [outcome for outcome in outcomes if isinstance(outcome, Finding)]


def codes_in(text: str) -> list[str]:
    return [finding.code for finding in findings_in(text.split("\n"))]


RIGHT = (
    # two amounts, a rate, by name of the year or 上年
    "2024年当年预算执行数为54.60万元，2025年预算安排53.84万元，比2024年预算执行数减少1.39%。",
    "“住房公积金（项）”33.58万元，主要用于缴存。2024年执行数33.74万元，2025年预算33.58万元，比上年减少0.16万元，下降0.47%。",
    "行政运行（项）2025年预算数为1,000.00万元，比2024年执行数增加50.00万元，增长5.26%，主要原因是新增编制2人，增加支出30万元。",
    "2025年收支总预算1234.56万元，较上年增加100万元，增长8.81%。",
    "一般公共预算支出46,124.51万元，比上年减少1725.30万元，下降3.61%。",
    "机关运行经费60.35万元，比2024年预算增加7.81万元，增长14.86%，原因是机关人员增加，运行经费相应增加。",
    # the comparison is of the whole, not of the part said last
    "收入总计774.48万元，其中：本年收入774.48万元，上年结转0万元，比上年增加258.05万元，增长49.97%。",
    # 元 and 亿元, full-width commas, blanks
    "支出预算12,345,600元，比上年增加1,234,560元，增长11.11%。",
    "全区收入1.20亿元，比上年增加0.10亿元，增长9.09%。",
    "“三公”经费54.00万元比2024年减少 5.40万元，下降9.09%",
    # a base that is named right beside
    "2025年预算80万元，比2024年预算数100万元减少20万元，下降20%。",
    "公务接待费由上年的3.00万元减少到2.00万元。",
    # the whole goes up, a part of it down
    "支出预算100.00万元，比上年增加5.00万元，其中：基本支出下降3%。",
    "项目支出100.00万元，比上年增加5.00万元，人员经费减少2.00万元。",
    # no change, nothing
    "因公出国（境）费0万元，与上年预算数相同；公务接待费2.00万元，与2024年预算持平。",
    "2024年预算5.00万元，2025年预算5.00万元，与上年持平。",
    "2024年预算5.00万元，2025年预算5.02万元，与上年基本持平。",
    "政府性基金预算支出0万元，比上年减少30.00万元，下降100%。",
    # vague amounts, goals and standards claim nothing
    "预算约500万元，比上年增加20万元，增长4.35%。",
    "人均经费1500元，每个项目补助20万元，比上年增长50%。",
    "到2025年，税收收入达到10亿元，比2020年增长50%，年均增长8%。",
    "2025年预算较上年增加5个百分点，投入10.00万元。",
    # lists
    "政府采购预算34万元，其中：政府采购货物预算0万元、政府采购工程预算0万元、政府采购服务预算34万元。",
    "支出预算300.00万元，其中：基本支出100.00万元，占33.33%；项目支出200.00万元，占66.67%。",
    "基本支出100.00万元，其中：人员经费80.00万元（其中：在职70.00万元），公用经费20.00万元。",
    "项目支出200.00万元，主要包括：信息化项目50.00万元，修缮项目30.00万元等。",
    "共有车辆5辆，其中：机要通信用车2辆、执法执勤用车1辆、其他用车2辆；单价100万元以上设备3台（套）。",
    "收入预算100.00万元，其中：财政拨款收入90.00万元，占90%；事业收入10.00万元，占10%；上年结转0万元，占0%。",
    "公务用车购置及运行费54.00万元，其中：公务用车购置费0万元，公务用车运行维护费54.00万元。",
    "一般公共预算拨款支出68.00万元，其中：基本支出3.00万元，项目支出65.00万元。",
    "一般公共预算拨款支出68.00万元，其中：基本支出0万元，项目支出65.00万元，结转下年3.00万元。",
    "财政拨款收支总预算90.00万元。其中：一般公共预算拨款90.00万元，政府性基金预算拨款0万元，国有资本经营预算拨款0万元。其中：当年拨款收入80.00万元，上年结转收入10.00万元。",
    "预留项目预算金额34万元，其中，预留给小型和微型企业的政府采购项目预算为34万元。",
    "公开项目6个，涉及金额358.96万元，占部门（单位）项目支出总额的54%。其中：其他运转类项目0个，涉及金额0万元；特定目标类项目6个，涉及金额358.96万元。",
    "一般公共服务支出80.00万元，占80.00%；教育支出10.00万元，占10.00%；住房支出10.00万元，占10%。",
    "财政拨款收支总预算90万元。收入包括：当年拨款90万元。支出包括：教育支出50万元、住房支出40万元。",
    "财政拨款90万元，其中：一般公共预算80万元，政府性基金0万元，国有资本经营0万元，上年结转10万元。",
    # a list of words alone ends with its semicolon; the other side is no part of the first
    "基本支出617.34万元，其中：人员经费547.92万元，主要包括：基本工资、退休费等；"
    "公用经费69.42万元，主要包括：办公费、水费等。",
    "收入总计90.00万元，其中：本年收入80.00万元，上年结转10.00万元；"
    "支出总计90.00万元，其中：本年预算安排80.00万元，上年结转10.00万元。",
    "收入总计90.00万元，其中：本年收入80.00万元，上年结转10.00万元；本部门支出总计90.00万元。",
    "行政运行（项）49.84万元，其中：基本支出40.00万元，项目支出9.84万元。",
    "财政拨款支出预算60.00万元。财政拨款支出预算中，一般公共预算拨款50.00万元；"
    "政府性基金拨款10.00万元；国有资本经营预算拨款0万元。",
    "财政拨款收支总预算90.00万元。收入包括：一般公共预算拨款60.00万元，政府性基金预算拨款15.00万元，"
    "国有资本经营预算拨款5.00万元，上年结转10.00万元。",
    # things that are counted, and their money
    "二级项目4个，涉及金额9.00万元。其中：其他运转类项目1个，涉及金额3.00万元；"
    "特定目标类项目3个，涉及金额6.00万元。",
    "二级项目9个，其中：其他运转类项目1个、特定目标类项目3个等。",
    # the changes of parts make that of the whole, those of both sides are one
    "“三公”经费9.00万元，比上年增加2.00万元。其中：因公出国（境）费1.00万元，与上年持平；"
    "公务接待费2.00万元，比上年减少1.00万元；公务用车购置及运行费6.00万元，比上年增加3.00万元。",
    "收入总计90.00万元，比上年增加10.00万元；支出总计90.00万元，比上年增加10.00万元。",
    "收入总计90.00万元，比上年增加10.00万元；支出总计90.00万元，比上年执行数增加12.00万元。",
    "收入总计90.00万元，比上年增加10.00万元；财政拨款支出总计90.00万元，比上年增加12.00万元。",
    "收入总计90.00万元，比上年增加10.00万元；教育支出总额90.00万元，比上年增加12.00万元。",
    # within a reason the next item of a list may follow
    "公务接待费2.00万元，比上年减少1.00万元，主要原因是接待减少，公务用车运行维护费8.00万元，"
    "比上年增加1.00万元，增长14.29%。",
    # who belongs to which is not said in words that are read
    "基本支出、项目支出分别为10万元、20万元，比上年分别增长5%、6%。",
    "从业人员1200人，比例为50%，其他用途的收入与支出增加的主要原因是人员增加。",
    # final accounts
    "2025年支出年初预算为100.00万元，支出决算为98.50万元，完成年初预算的98.50%。",
)
"""Right or not understood: neither may be a finding."""


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_not_understood_is_no_finding(text: str) -> None:
    assert codes_in(text) == []


WRONG = (
    ("2024年执行数为54.60万元，2025年预算安排53.84万元，比2024年执行数减少1.93%。", "E930"),
    ("2025年收支总预算1234.56万元，较上年增加100.00万元，增长8.18%。", "E930"),
    ("收入总计774.48万元，其中：上年结转0万元，比上年增加258.05万元，增长94.97%。", "E930"),
    ("支出预算12,345,600元，比上年增加1,234,560元，增长11.21%。", "E930"),
    ("公务接待费28万元，比上年减少3.00万元，下降12.00%。", "E930"),
    ("2025年年初预算为100.00万元，支出决算为98.50万元，完成年初预算的95.80%。", "E930"),
    ("公用经费10.00万元，比上年减少2.00万元，下降116.67%。", "E930"),
    ("2025年预算80.00万元，比2024年预算数100.00万元减少30.00万元。", "E931"),
    ("2024年预算54.60万元，2025年预算53.84万元，比2024年减少0.67万元，下降1.39%。", "E931"),
    ("2024年执行数54.60万元，2025年预算53.84万元，比2024年执行数增加1.39%。", "E932"),
    ("2024年预算5.00万元，2025年预算6.00万元，与上年持平。", "E932"),
    ("公务接待费2.00万元，比上年增加3.00万元，增长60%。", "E932"),
    ("因公出国（境）费0万元，比上年增加3.00万元。", "E932"),
    ("支出预算2,500.00万元，比上年增加114.70万元，下降4.59%。", "E932"),
    ("支出预算2,500.00万元，比上年下降4.59%，增加114.70万元。", "E932"),
    ("普查经费60.13万元，比上年增加60.13万元，增长100.00%。", "E933"),
    ("2024年预算0万元，2025年预算5.00万元，比上年增加5.00万元，增长100%。", "E933"),
    ("“行政运行（项）”53.84万元，用于运转。2024年执行数54万元，2025年预算安排53.48万元。", "E934"),
    ("政府采购预算34万元，其中：货物预算10万元、工程预算0万元、服务预算34万元。", "E935"),
    ("基本支出100.00万元，其中：人员经费80.00万元，公用经费21.00万元。", "E935"),
    ("2025年支出预算100万元，由于2023年，新建一处；其中：基本支出60万元，项目支出30万元。", "E935"),
    ("共有车辆5辆，其中：机要通信用车2辆、执法执勤用车1辆、其他用车3辆。", "E935"),
    ("财政拨款90万元，其中：一般公共预算80万元；政府性基金0万元；国有资本经营预算0万元。", "E935"),
    ("项目支出200.00万元，主要包括：信息化建设150.00万元，房屋修缮80.00万元。", "W935"),
    ("支出预算300万元，其中：基本支出100万元，占33.33%；项目支出200.00万元，占67.66%。", "E936"),
    ("教育支出80.00万元，占80.00%；卫生支出10.00万元，占12%；住房支出10.00万元，占10%。", "E936"),
    ("一般公共预算拨款支出68.00万元，其中：基本支出0万元，项目支出65.00万元。", "E935"),
    ("2025年总支出68.00万元，其中：基本支出0万元，占0%；项目支出65.00万元。", "E935"),
    ("收入总计100.00万元，其中：本年收入90.00万元，上年结转20.00万元。", "E935"),
    ("支出预算100万元，其中：基本支出总额60万元，项目支出总额30万元。", "E935"),
    ("“三公”经费6.00万元，其中：公务用车购置及运行费6.00万元；公务用车购置费0万元；"
     "公务用车运行维护费5.00万元。", "E935"),
    ("基本支出617.34万元，其中：人员经费547.92万元，主要包括：基本工资、退休费等；"
     "公用经费96.42万元，主要包括：办公费等。", "E935"),
    ("收入总计90.00万元，其中：本年收入70.00万元，上年结转10.00万元；"
     "支出总计90.00万元，其中：本年预算安排80.00万元，上年结转10.00万元。", "E935"),
    ("行政运行（项）49.84万元，其中：基本支出40.00万元，项目支出8.94万元。", "E935"),
    ("财政拨款支出预算62.00万元。财政拨款支出预算中，一般公共预算拨款50.00万元；"
     "政府性基金拨款10.00万元；国有资本经营预算拨款0万元。", "E935"),
    ("财政拨款收支总预算90.00万元。收入包括：一般公共预算拨款60.00万元，政府性基金预算拨款15.00万元，"
     "国有资本经营预算拨款5.00万元，上年结转11.00万元。", "E935"),
    ("财政拨款收支总预算90.00万元。其中：当年拨款收入80.00万元，上年结转收入11.00万元。", "E935"),
    ("二级项目4个，涉及金额9.00万元。其中：其他运转类项目1个，涉及金额3.00万元；"
     "特定目标类项目2个，涉及金额6.00万元。", "E935"),
    ("二级项目4个，涉及金额9.00万元。其中：其他运转类项目1个，涉及金额4.00万元；"
     "特定目标类项目3个，涉及金额6.00万元。", "E935"),
    ("“三公”经费9.00万元，与上年持平。其中：因公出国（境）费1.00万元，与上年持平；"
     "公务接待费2.00万元，比上年减少1.00万元；公务用车购置及运行费6.00万元，比上年增加3.00万元。",
     "E931"),
    ("收入总计90.00万元，比上年增加10.00万元；支出总计90.00万元，比上年增加12.00万元。", "E931"),
    ("2025年度某市退役军人服务中心预算收入总计90.00万元，比上年增加10.00万元；"
     "本年单位预算支出总计90.00万元，比上年增加12.00万元。", "E931"),
    ("财政拨款收入总计90.00万元，比上年增加10.00万元；"
     "本部门财政拨款支出总计90.00万元，比上年增加12.00万元。", "E931"),
    ("公务接待费2.00万元，比上年减少1.00万元，主要原因是接待减少，公务用车运行维护费8.00万元，"
     "比上年增加1.00万元，增长12.50%。", "E930"),
    ("2025年一般公共预算支出80.00万元，比2023年预算减少20.00万元，下降20%。", "E937"),
    ("2025年预算80.00万元，比2025年预算减少20.00万元，下降20%。", "E937"),
    ("因公出国（境）费5.00万元，与2026年预算持平。", "E937"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_is_wrong_is_found_once(text: str, code: str) -> None:
    assert codes_in(text) == [code]


@pytest.mark.parametrize("parts", [2, 3])
def test_the_bound_of_a_list_is_half_a_digit_for_each_amount(parts: int) -> None:
    """One hundredth for two parts and their total, two for three and theirs; one more is told."""
    names = {2: ("人员经费", "公用经费"), 3: ("货物", "工程", "服务")}[parts]
    whole = {2: "基本支出", 3: "政府采购"}[parts]
    listed = "，".join(f"{name}10.00万元" for name in names)
    bound = {2: 1, 3: 2}[parts]
    for sign in (1, -1):
        for off, told in ((bound, []), (bound + 1, ["E935"])):
            total = Decimal(parts * 10) + sign * Decimal(off) / 100
            assert codes_in(f"{whole}{total:.2f}万元，其中：{listed}。") == told


def test_the_changes_of_parts_are_told_with_their_sum() -> None:
    text = (
        "“三公”经费9.00万元，比上年增加5.00万元。其中：因公出国（境）费1.00万元，与上年持平；"
        "公务接待费2.00万元，比上年减少1.00万元；公务用车购置及运行费6.00万元，比上年增加3.00万元。"
    )
    (finding,) = findings_in([text])
    assert finding.message.endswith(
        "“三公”经费写增加 5.00万元，而各分项中公务用车购置及运行费增加 3.00万元、"
        "公务接待费减少 1.00万元，合计增加 2.00 万元，相差 3.00 万元"
    )


def test_a_finding_shows_both_numbers_and_the_right_one() -> None:
    text = "2024年执行数为54.60万元，2025年预算安排53.84万元，比2024年执行数减少1.93%。"
    (finding,) = findings_in([text])
    assert finding.message == (
        "“比2024年执行数减少1.93%”：2024年执行数为 54.60万元，2025年预算安排 53.84万元，"
        "应为 1.39%，写的是 1.93%"
    )


def test_parts_in_paragraphs_of_their_own_make_the_total() -> None:
    parts = ["（一）因公出国（境）费1.00万元。", "（二）公务用车购置及运行费2.00万元。"]
    whole = "2025年“三公”经费预算数为6.00万元，与上年持平。其中："
    assert not findings_in([whole, *parts, "（三）公务接待费3.00万元。"])
    (finding,) = findings_in([whole, *parts, "（三）公务接待费2.00万元。"])
    assert finding.code == "E935"
    assert "合计 5.00 万元，相差 1.00 万元" in finding.message


def test_one_thing_in_a_section_has_one_amount() -> None:
    first, second = "一般公共预算支出80.00万元。", "2025年一般公共预算支出800,000元，用于运转。"
    assert not findings_in([first, second])
    found = findings_in([first, second.replace("800,000", "810,000")])
    assert [finding.code for finding in found] == ["E934"]
    assert found[0].place != found[0].also[0]
    assert not findings_in([first, "二、另一节", second.replace("800,000", "810,000")])


def test_the_year_is_that_of_the_titles() -> None:
    text = "公务接待费5.00万元，与2025年预算持平。"
    titles = ["某局2025年部门预算", "2025年部门收入预算总表"]
    assert [f.code for f in findings_in([*titles, text], 0)] == ["E937"]
    assert not findings_in([text], 0)


cents = st.integers(1, 10**9).map(lambda number: Decimal(number) / 100)


@given(cents, cents)
def test_a_rate_of_the_exact_or_of_the_printed_amounts_is_right(
    now: Decimal, then: Decimal
) -> None:
    rate = half_up(100 * abs(now - then) / then)
    way = "增加" if now >= then else "减少"
    amounts = f"2024年预算{then}万元，2025年预算{now}万元"
    text = f"{amounts}，比2024年{way}{abs(now - then)}万元，{way}{rate}%。"
    assert not codes_in(text)


@given(
    st.integers(10**6, 10**9),
    st.integers(10**6, 10**9),
    st.sampled_from([Decimal("0.02"), Decimal("1.00")]),
)
def test_a_rate_that_is_off_by_more_than_rounding_is_found(
    now: int, then: int, off: Decimal
) -> None:
    """Yuan amounts of a million and more leave a rate no room beyond its last digit."""
    assume(now != then)
    rate = half_up(Decimal(100 * abs(now - then)) / then) + off
    way = "增加" if now > then else "减少"
    text = f"2024年预算{then}元，2025年预算{now}元，比2024年{way}{rate}%。"
    assert codes_in(text) == ["E930"]


def test_trimmed_noughts_are_given_back() -> None:
    whole, cents_ = (amount.figure for amount in read_claims("甲839万元，乙28.50万元。").amounts)
    assert whole.half_step == cents_.half_step == 50
