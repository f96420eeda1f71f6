"""Checks of reasons, names, wording, left-overs and personal data, on a clean and a broken text."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from generator.checks.rule import Check, Noise, Passed
from generator.checks.rules import leftovers, naming, reasons, wording
from generator.checks.text.changes import StatedChange, changes_in_passage
from generator.checks.text.doubling import Slips
from generator.checks.text.reason_words import ReasonFlaw, flaw_of
from generator.compose.compose import compose
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.records import replace
from generator.importing.as_document import present, presented_draft
from generator.importing.run import Imported
from generator.load.catalogue import Catalogue
from generator.pack.checks.phrases import Phrases
from generator.pack.pack import Pack, load_pack
from generator.printing.formats import Format as Output
from generator.printing.formats import print_formats
from generator.printing.kept import KeptPieces
from generator.reading.document import Origin, Passage, ReadDocument
from generator.reading.from_data import presented_data
from tests.conftest import DEPARTMENT, ROOT, UNIT, Sample

Printed = Callable[[str], Sample]


CHECKS: tuple[Check, ...] = (
    *reasons.CHECKS,
    *naming.CHECKS,
    *leftovers.CHECKS,
    *wording.CHECKS,
)
_REASON = "主要原因是今年新增城连共建工作专项经费"


def found(document: ReadDocument, pack: Pack, *checks: Check) -> list[Finding]:
    """The findings, noise left out."""
    outcomes = [outcome for check in checks or CHECKS for outcome in check(document, pack)]
    return [outcome for outcome in outcomes if isinstance(outcome, Finding)]


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.fixture(scope="module")
def draft(imported: Callable[[str, str], Imported], pack: Pack) -> ReadDocument:
    """The small sample, printed as DOCX and read again."""
    return present(imported(UNIT, "docx"), pack)


def rewritten(document: ReadDocument, old: str, new: str, section: str = "") -> ReadDocument:
    """A document whose text says something else, everywhere or in one section."""
    passages = tuple(
        replace(passage, text=passage.text.replace(old, new))
        if section in ("", passage.section)
        else passage
        for passage in document.passages
    )
    assert passages != document.passages
    return replace(document, passages=passages)


def paragraph(text: str, section: str = "七") -> Passage:
    return Passage(section, text, Location(Path("草稿.docx"), spot="第1段"))


def with_section(document: ReadDocument, section: str, *texts: str) -> ReadDocument:
    """A document whose section consists of these paragraphs."""
    others = [p for p in document.passages if p.section != section or p.heading]
    group = document.outline.group(section)
    own = [replace(paragraph(text, section), group=group) for text in texts]
    return replace(document, passages=(*others, *own))


def test_a_printed_document_has_nothing_wrong(draft: ReadDocument, pack: Pack) -> None:
    assert found(draft, pack) == []


@pytest.mark.parametrize("name", [DEPARTMENT, UNIT])
def test_the_text_that_data_prints_has_nothing_wrong(
    name: str, printed: Printed, pack: Pack
) -> None:
    findings = found(presented_data(printed(name).composed, pack), pack)
    # 教育局 states twice in 十二 that it buys no services, once in a letter
    expected = ["同一段话印了两遍：“本部门无政府购买服务预算”"] * (name == DEPARTMENT)
    assert [finding.message for finding in findings] == expected


# 39, 40: reasons


@pytest.mark.parametrize(
    ("reason", "code", "says"),
    [
        ("根据实际支出", "W739", "没有说明任何原因"),
        ("项目调整", "W739", "没有说明任何原因"),
        ("工作需要，预算有所调整", "W739", "没有说明任何原因"),
        ("专项经费预算比上年有所增加", "W748", "只是重复了增减的结果"),
        ("落实过紧日子要求，压减一般性支出", "W749", "相反"),
        ("今年新增城连共建工作专项经费300万元", "W740", "原因里却写300万元，多出41.95万元"),
    ],
)
def test_a_poor_reason_is_found(
    draft: ReadDocument, pack: Pack, reason: str, code: str, says: str
) -> None:
    findings = found(rewritten(draft, _REASON, f"主要原因是{reason}"), pack)
    assert [finding.code for finding in findings] == [code, code]  # income and expenditure
    income = findings[0]
    assert income.message.startswith("预算收入总计增加258.05万元")
    assert says in income.message
    assert (income.group, income.subjects[0]) == ("情况说明 一", "变动原因/收入总计")
    assert income.place is not None


@pytest.mark.parametrize(
    ("without", "says"), [("", "没有写原因"), ("，主要原因是", "“原因是”后面没有内容")]
)
def test_a_missing_reason_is_found(
    draft: ReadDocument, pack: Pack, without: str, says: str
) -> None:
    findings = found(rewritten(draft, f"，{_REASON}", without), pack)
    assert codes(findings) == {"E739"}
    assert all(says in finding.message for finding in findings)


def test_a_missing_reason_of_data_is_reported_on_loading_only(printed: Printed, pack: Pack) -> None:
    document = presented_data(printed(UNIT).composed, pack)
    assert found(rewritten(document, f"，{_REASON}", ""), pack) == []


_OFFICIAL = (
    "2024年阳泉市退役军人服务中心财政拨款安排的“三公”经费预算15.00万元比2023年增加5.00万元{0}。"
    "其中：因公出国（境）费0万元，与上年预算数相同；"
    "公务接待费6.00万元，与上年相比预算数增加2.00万元{1}；"
    "公务用车购置及运行费9.00万元，与上年相比预算数增加3.00万元{2}，"
    "公务用车运行维护费9.00万元，与上年相比预算数增加3.00万元{2}；"
    "公务用车购置费0万元，与上年预算数相同。"
)


def test_every_item_of_a_nested_explanation_is_read() -> None:
    text = _OFFICIAL.format("", "，主要原因是来访增多", "，主要原因是车龄较长，维修增多")
    changes = list(changes_in_passage(paragraph(text), "阳泉市退役军人服务中心"))
    assert [(change.key, change.amount, change.reason) for change in changes] == [
        ("三公经费", Decimal(5), None),
        ("公务接待费", Decimal(2), "来访增多"),
        ("公务用车购置及运行费", Decimal(3), "车龄较长，维修增多"),
        ("公务用车运行维护费", Decimal(3), "车龄较长，维修增多"),
    ]


def test_a_total_whose_items_give_reasons_needs_none(draft: ReadDocument, pack: Pack) -> None:
    text = _OFFICIAL.format("", "，主要原因是来访增多", "，主要原因是车龄较长，维修增多")
    assert found(with_section(draft, "七", text), pack) == []


def test_the_item_without_a_reason_is_named(draft: ReadDocument, pack: Pack) -> None:
    text = _OFFICIAL.format("", "，主要原因是来访增多", "")
    findings = found(with_section(draft, "七", text), pack)
    assert [finding.subjects[0] for finding in findings if finding.code == "E739"] == [
        "变动原因/三公经费",
        "变动原因/公务用车购置及运行费",
        "变动原因/公务用车运行维护费",
    ]


@pytest.mark.parametrize("end", ["，", "；"])
def test_words_that_lead_to_no_reason_are_found(draft: ReadDocument, pack: Pack, end: str) -> None:
    reason = "，主要原因是车龄较长，维修增多"
    text = _OFFICIAL.format(reason, "，主要原因是来访增多", reason).replace(
        f"{reason}，公务", f"，主要原因是{end}公务", 1
    )
    (finding,) = found(with_section(draft, "七", text), pack)
    assert finding.code == "E739"
    assert finding.message == "公务用车购置及运行费增加3.00万元，“原因是”后面没有内容"


def test_a_reason_taken_from_another_section_is_found(draft: ReadDocument, pack: Pack) -> None:
    reason = "，主要原因是今年新增城连共建工作专项经费"
    text = _OFFICIAL.format("", reason, "，主要原因是车龄较长，维修增多")
    (finding,) = found(with_section(draft, "七", text), pack)
    assert finding.code == "W750"
    assert "公务接待费增加2.00万元都写“今年新增城连共建工作专项经费”" in finding.message


def test_one_reason_for_several_changes_is_found(draft: ReadDocument, pack: Pack) -> None:
    reason = "，主要原因是新增两个科室"
    findings = found(with_section(draft, "七", _OFFICIAL.format("", reason, reason)), pack)
    assert codes(findings) == {"W750"}
    assert "公务接待费增加2.00万元、公务用车购置及运行费增加3.00万元" in findings[0].message


@pytest.mark.parametrize(
    ("reason", "grows", "flaw"),
    [
        ("机关人员增加，运行经费相应增加", True, None),
        ("人员比上年增加、工资调标增加人员经费和公用经费", True, None),
        ("机关事业单位退休人员活动费增加", True, None),
        ("阳泉市第二中学校高中部基建项目结转资金较多", True, None),
        ("阳泉市第一中学校厉行节约，三公经费减少", False, None),
        ("死亡抚恤、疫情防控等项目支出减少", False, None),
        ("人员进出及退休变化，减少人员经费开支", False, None),
        ("新增1辆公务用车购置，但与上年购置的车辆类型不同", False, None),
        ("根据工作需要，更换已达报废期限的车辆", True, None),
        ("一般公共预算拨款增加17.17万元，其他收入增加23万元", True, None),
        ("有退休人员去世", False, None),
        ("组织事务一般行政管理事务经费增加", True, ReasonFlaw.RESTATED),
        ("人员经费支出数小于预算数", False, ReasonFlaw.RESTATED),
        ("项目支出减少", False, ReasonFlaw.RESTATED),
        ("按实际需要", True, ReasonFlaw.EMPTY),
        ("新增信息化项目", False, ReasonFlaw.CONTRARY),
        ("厉行节约，从严控制公务接待", True, ReasonFlaw.CONTRARY),
        ("本年不再安排校舍维修资金，财政安排的资金相应增加", True, ReasonFlaw.CONTRARY),
        ("增加车辆使用频次", False, ReasonFlaw.CONTRARY),
        ("电梯更换项目新增，本年不再申请资金", False, None),
    ],
)
def test_real_reasons_are_told_apart(
    pack: Pack, reason: str, grows: bool, flaw: ReasonFlaw | None
) -> None:
    change = StatedChange(paragraph(""), "支出总计", "", grows, Decimal(9), "", reason, cut=False)
    assert flaw_of(change, pack.phrases.reasons) is flaw


# 43: one name, one year, one kind


@pytest.mark.parametrize(
    ("old", "new", "section", "message", "group"),
    [
        ("我单位无", "本部门无", "八", "单位预算公开里写了“本部门”", "情况说明 八"),
        ("单位名称", "部门名称", "表五", "单位预算公开里写了“部门名称：”", "表五"),
        ("度单位预算", "度部门预算", "封面", "单位预算公开里写了“年度部门预算公开”", "封面"),
        ("军人服务", "军人事务服务", "表五", "名称写作“阳泉市退役军人事务服务中心”", "表五"),
        ("军人服务", "军人事务服务", "九", "名称写作“阳泉市退役军人事务服务中心”", "情况说明 九"),
        ("2024年", "2023年", "表五", "写的是2023年，应为2024年", "表五"),
        ("第二部分　2024", "第二部分　2023", "", "写的是2023年，应为2024年", "正文"),
        ("2024年度", "2023年度", "三", "写的是2023年，应为2024年", "情况说明 三"),
        ("比上年", "比2022年", "五", "写的是比2022年，应为2023年", "情况说明 五"),
    ],
)
def test_what_should_be_constant_is_compared(
    draft: ReadDocument, pack: Pack, old: str, new: str, section: str, message: str, group: str
) -> None:
    findings = found(rewritten(draft, old, new, section), pack)
    assert codes(findings) == {"E743"}
    assert findings[0].message.startswith(message)
    assert findings[0].group == group


def test_a_name_of_two_characters_is_no_part_of_the_year(draft: ReadDocument, pack: Pack) -> None:
    """2024年度团委…: 度 belongs to the year, however short the name."""
    short = rewritten(draft, "阳泉市退役军人服务中心", "团委", "")
    assert not [
        each for each in found(replace(short, name="团委"), pack) if "度团委" in each.message
    ]


def _cover(draft: ReadDocument, *lines: str) -> ReadDocument:
    """A document whose cover says nothing but some lines."""
    cover = [passage for passage in draft.passages if passage.section == "封面"]
    others = [passage for passage in draft.passages if passage.section != "封面"]
    made = [replace(cover[0], text=line) for line in lines]
    return replace(draft, passages=(*made, *others))


@pytest.mark.parametrize("at", [3, 7, 9])
def test_a_name_that_wraps_on_the_cover_is_one_name(
    draft: ReadDocument, pack: Pack, at: int
) -> None:
    lines = f"预算单位：{draft.name[:at]}", draft.name[at:]
    assert found(_cover(draft, *lines), pack) == []


def test_a_name_that_lacks_its_end_on_the_cover_is_told(draft: ReadDocument, pack: Pack) -> None:
    (finding,) = found(_cover(draft, f"预算单位：{draft.name[:-1]}", "某处"), pack)
    assert finding.message == f"名称写作“{draft.name[:-1]}”，别处是“{draft.name}”"


def test_the_year_in_the_head_of_a_table_is_compared(draft: ReadDocument, pack: Pack) -> None:
    table = draft.tables["表五"]
    heads = tuple(
        replace(row, cells=tuple(cell.replace("2024年", "2023年") for cell in row.cells))
        for row in table.heads
    )
    tables = {**draft.tables, "表五": replace(table, heads=heads)}
    (finding,) = found(replace(draft, tables=tables), pack)
    assert (finding.code, finding.group) == ("E743", "表五")
    assert finding.message == "表五表头写的是“2023年预算数”，应为2024年"


@pytest.mark.parametrize(
    "text",
    [
        "主管部门和部门（单位）使用部门预算支出经济科目，政府部门另行说明。",
        "2024年财政拨款按照《2023年部门预算编制办法》安排。",
        "比2023年增加5.00万元，主要原因是2022年新增的项目继续安排。",
        "2022年组建了新的科室，2023年起承担采购工作。",
    ],
)
def test_other_departments_and_years_are_no_findings(
    draft: ReadDocument, pack: Pack, text: str
) -> None:
    assert found(with_section(draft, "九", text), pack) == []


# 44, 46, 47: what must not be left


@pytest.mark.parametrize(
    "left",
    ["XX", "××项目", "（待填写）", "增加（减少）3万元", "【】", "______", "{{ 单位 }}", "#REF!",
     "在此基础上修改完善后再行公开"],
)  # fmt: skip
def test_left_overs_are_found(draft: ReadDocument, pack: Pack, left: str) -> None:
    findings = found(with_section(draft, "九", f"政府采购{left}情况。"), pack, *leftovers.CHECKS)
    assert codes(findings) == {"E744"}
    assert findings[0].subjects == ("情况说明/九",)
    assert left in findings[0].excerpt


@pytest.mark.parametrize(
    "text", ["晋财教【2024】188号", "门禁、收音机……等", "亟待填补空白", "MXX型"]
)
def test_what_only_looks_left_over_is_not(draft: ReadDocument, pack: Pack, text: str) -> None:
    assert found(with_section(draft, "九", text), pack) == []


def test_left_overs_are_found_in_forms(unit_folder: Path, pack: Pack, catalogue: Catalogue) -> None:
    file = unit_folder / "项目绩效目标表.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("每年例行慰问", "每年XX月例行慰问", 1), "utf-8")
    findings = found(presented_data(compose(unit_folder, pack, catalogue), pack), pack)
    assert [finding.code for finding in findings] == ["E744"]
    assert findings[0].group.startswith("绩效目标表 3 ")
    assert findings[0].subjects == (
        "绩效目标表/阳泉市退役军人服务中心/2022年慰问驻军和军队离退休干部/项目设立必要性",
    )
    assert findings[0].place is not None
    assert findings[0].place.line == _line_of(file, "XX月")


def _line_of(file: Path, text: str) -> int:
    lines = file.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("words", "code"), [("（此处填写）", "E744"), ("（联系电话13800138000）", "E747")]
)
def test_what_was_added_to_a_label_of_a_form_is_found(
    draft: ReadDocument, pack: Pack, words: str, code: str
) -> None:
    first, *others = draft.forms
    rows = tuple(
        replace(row, cells=tuple(c + words if c == "项目期" else c for c in row.cells))
        for row in first.rows
    )
    (finding,) = found(replace(draft, forms=(replace(first, rows=rows), *others)), pack)
    assert (finding.code, finding.group) == (code, first.group)


@pytest.mark.parametrize("section", ["职责", "名词解释"])
def test_a_duty_or_term_printed_twice_is_found(
    draft: ReadDocument, pack: Pack, section: str
) -> None:
    twice = next(p for p in draft.section(section) if len(p.text) > 8)
    broken = replace(draft, passages=(*draft.passages, twice))
    (finding,) = found(broken, pack)
    assert finding.code == "W745"
    assert finding.message.startswith("同一段话印了两遍")


def test_letters_may_say_the_same_but_not_twice_in_a_row(draft: ReadDocument, pack: Pack) -> None:
    said, other = "特此说明。", "本单位预算已经批准。"
    assert found(with_section(draft, "附件", said, other, said), pack) == []
    assert codes(found(with_section(draft, "附件", other, said, said), pack)) == {"W745"}


def test_a_review_mark_is_found_once_with_its_places(draft: ReadDocument, pack: Pack) -> None:
    pages = [Location(Path("a.pdf"), spot=f"第{number}页") for number in (1, 2, 3)]
    marks = tuple(Passage("", "仅供内部审核", page) for page in pages)
    findings = found(replace(draft, asides=marks), pack)
    assert codes(findings) == {"W746"}
    assert len(findings) == 1
    assert findings[0].message == "这是审核稿，每页印有“仅供内部审核”，不能公开"
    assert not findings[0].also


_NUMBERS = {
    "手机号码": "13800138000",
    "身份证号码": "11010519491231002X",
    "银行卡号": "6222021234567890128",
}


@pytest.mark.parametrize("kind", _NUMBERS)
def test_personal_numbers_are_found_and_never_shown(
    draft: ReadDocument, pack: Pack, kind: str
) -> None:
    number = _NUMBERS[kind]
    findings = found(with_section(draft, "九", f"请拨打{number}，或{number}。"), pack)
    assert codes(findings) == {"E747"}
    assert kind in findings[0].message
    assert all(number not in f.message + f.excerpt for f in findings)


@pytest.mark.parametrize(("lead", "code"), [("监督电话：", "W747"), ("王某某", "E747")])
def test_the_telephone_of_an_office_is_told_apart(
    draft: ReadDocument, pack: Pack, lead: str, code: str
) -> None:
    findings = found(with_section(draft, "九", f"{lead}0353-2293000。"), pack)
    assert codes(findings) == {code}


# 45: slips of the pen


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("新增专项经费。；本年支出", "标点重复"),
        ("指派人员8人，，用于", "标点重复"),
        ("占50%%。", "百分号重复"),
        ("需要考务人员人员参加。", "字词重复"),
        ("考试过程的的安全性。", "字词重复"),
        ("根据《管理办法安排。", "书名号缺后一半：《管理办法安排"),
        ("根据管理办法》安排。", "书名号缺前一半：根据管理办法》"),
        ("支出（含结转。", "括号缺后一半"),
    ],
)
def test_slips_of_the_pen_are_found(draft: ReadDocument, pack: Pack, text: str, says: str) -> None:
    findings = found(with_section(draft, "九", text), pack)
    assert codes(findings) == {"W745"}
    assert findings[0].message.startswith(says)


@pytest.mark.parametrize(
    "text",
    [
        "寄宿生每生每年1250元，每人每月补助。",
        "深化校企合作合作企业不少于4家。",
        "人人参与，常常走访，年年有余。",
        "为了了解情况，现在在编人员共同建设和和谐社会。",
        "一）走访慰问；2）宣传；（3）培训。",
        "等等……（含“三公”经费）！",
    ],
)
def test_legitimate_repetition_is_no_slip(draft: ReadDocument, pack: Pack, text: str) -> None:
    assert not found(with_section(draft, "九", text), pack)


def test_what_a_clipped_text_lacks_is_no_slip() -> None:
    assert not list(Slips((), ())("本着“让走访慰问退役军人，重点优抚对象", clippable=True))
    assert list(Slips((), ())("本着“让走访慰问退役军人。", clippable=True))


def test_a_paragraph_printed_twice_is_found(draft: ReadDocument, pack: Pack) -> None:
    again = with_section(draft, "九", "本单位无政府购买服务。", "本单位无政府购买服务")
    findings = found(again, pack)
    assert codes(findings) == {"W745"}
    assert findings[0].message == "同一段话印了两遍：“本单位无政府购买服务”"


# Drafts as they come


def test_a_word_file_is_checked_where_it_was_changed(
    printed: Printed, pack: Pack, catalogue: Catalogue, tmp_path: Path
) -> None:
    document = docx.Document(io.BytesIO(printed(UNIT).file("docx")))
    for each in document.paragraphs:
        if each.text == "我单位无机关运行经费。":
            each.runs[0].text = "我单位无无无机关运行运行经费。；联系人13800138000"
    file = tmp_path / "草稿.docx"
    document.save(str(file))
    findings = found(presented_draft(file, pack, catalogue), pack)
    assert codes(findings) == {"W745", "E747"}
    assert all(finding.place and "下第" in finding.place.spot for finding in findings)


@pytest.mark.parametrize("form", list(Output))
def test_a_review_copy_is_recognised(
    pack: Pack, catalogue: Catalogue, pieces: KeptPieces, tmp_path: Path, form: Output
) -> None:
    composed = compose(ROOT / "data" / UNIT, pack, catalogue, draft=True)
    files = print_formats(composed, pack, [form], lambda _: None, pieces).files
    file = tmp_path / f"审核稿.{form.value}"
    file.write_bytes(next(iter(files.values())))
    findings = found(presented_draft(file, pack, catalogue), pack, *leftovers.CHECKS)
    assert codes(findings) == {"W746"}


def test_a_public_word_file_has_no_review_mark(draft: ReadDocument, pack: Pack) -> None:
    outcomes = [outcome for check in leftovers.CHECKS for outcome in check(draft, pack)]
    assert Passed("W746") in outcomes


def test_raw_text_gives_findings_only_where_extraction_cannot_be_the_cause(
    imported: Callable[[str, str], Imported], pack: Pack
) -> None:
    document = present(imported(UNIT, "txt"), pack)
    assert document.origin is Origin.EXTRACTED
    assert [(finding.code, finding.group) for finding in found(document, pack)] == [
        ("W745", "情况说明 一")
    ]


def test_marks_in_raw_text_are_noise(imported: Callable[[str, str], Imported], pack: Pack) -> None:
    document = present(imported(DEPARTMENT, "txt"), pack)
    assert found(document, pack) == []
    assert {noise.finding.code for noise in _noise(document, pack)} == {"W745", "W746"}


def _noise(document: ReadDocument, pack: Pack) -> Iterator[Noise]:
    outcomes = (outcome for check in CHECKS for outcome in check(document, pack))
    return (outcome for outcome in outcomes if isinstance(outcome, Noise))


def test_a_pack_without_phrases_still_checks(draft: ReadDocument, pack: Pack) -> None:
    assert found(draft, replace(pack, phrases=Phrases())) == []


def test_a_wrong_expression_is_a_finding_of_the_pack(pack: Pack, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(pack.folder, tmp_path / "pack"))
    (folder / "checks" / "phrases.yaml").write_text("遗留文字: ['待填写(']\n", "utf-8")
    with pytest.raises(UnusableInputError) as caught:
        load_pack(folder)
    (finding,) = caught.value.findings
    assert finding.code == "E203"
    assert finding.message.endswith("“待填写(”不是正确的正则表达式")
    assert finding.place is not None
    assert finding.place.line == 1


def test_a_pack_may_have_no_phrases(pack: Pack, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(pack.folder, tmp_path / "pack"))
    (folder / "checks" / "phrases.yaml").unlink()
    assert load_pack(folder).phrases == Phrases()
