"""Rules about whole documents that need no pack, each on a small draft that breaks it alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from generator.checks.general.document.checks import CHECKS
from generator.checks.general.document.detail import code_in_line
from generator.checks.general.document.lines import PlainLine, key_of
from generator.checks.general.document.table_kinds import MinistryTable, kind_of_title
from generator.checks.general.document.units import is_same_unit
from generator.checks.rule import Noise, Outcome, Unchecked
from generator.checks.rules import amounts
from generator.cli.main import cli
from generator.core.findings import Finding, Location
from generator.core.records import replace
from generator.drafts.draft import FileFacts
from generator.drafts.read import read_draft
from generator.pack.pack import load_pack
from generator.reading.blocks import TextBlock
from generator.reading.document import Origin, Passage, ReadDocument
from generator.reading.draft_blocks import blocks_of_draft
from generator.reading.locations import place_at
from tests import pdf_pages
from tests.conftest import ROOT

Part = str | list[list[str]]
CODED = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
UPPER = [["205", "教育支出", "90.00"], ["20502", "普通教育", "90.00"]]
ITEM = ["2050201", "学前教育", "90.00"]
WHOLE: dict[str, Part] = {
    "目录": "目  录",
    "目录一": "一、主要职责……1",
    "目录二": "二、机构设置……1",
    "目录三": "三、部门预算表……2",
    "目录四": "1. 部门收支总表……2",
    "目录五": "四、预算情况说明……5",
    "目录六": "五、名词解释……6",
    "职责": "#一、主要职责",
    "职责文": "负责示例工作。",
    "机构": "#二、机构设置",
    "机构文": "内设3个科室，预算编制范围的预算单位共2个，包括：示例局本级、示例中心。",
    "收支总表": "部门收支总表",
    "收支总表 单位": "单位：万元",
    "收支总表 表": [
        ["项目", "预算数", "项目", "预算数"],
        ["收入总计", "90.00", "支出总计", "90.00"],
    ],
    "收入总表": "部门收入总表",
    "收入总表 表": [["科目编码", "科目名称", "合计"], ["合计", "", "90.00"]],
    "支出总表": "部门支出总表",
    "支出总表 表": [CODED, ["合计", "", "90.00", "60.00", "30.00"]],
    "财政拨款收支总表": "财政拨款收支总表",
    "财政拨款收支总表 表": [["项目", "预算数"], ["收入总计", "90.00"]],
    "一般公共预算支出表": "一般公共预算支出表",
    "一般公共预算支出表 表": [
        CODED,
        ["合计", "", "90.00", "60.00", "30.00"],
        ["205", "教育支出", "90.00", "60.00", "30.00"],
        ["20502", "普通教育", "90.00", "60.00", "30.00"],
        ["2050201", "学前教育", "90.00", "60.00", "30.00"],
    ],
    "基本支出表": "一般公共预算基本支出表",
    "基本支出表 表": [
        ["科目编码", "科目名称", "合计"],
        ["301", "工资福利支出", "60.00"],
        ["30101", "基本工资", "60.00"],
    ],
    "三公表": "一般公共预算“三公”经费支出表",
    "三公表 表": [
        ["合计", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"],
        ["5.00", "0.00", "0.00", "4.00", "1.00"],
    ],
    "基金表": "政府性基金预算支出表",
    "基金表 表": [CODED, ["合计", "", "", "", ""]],
    "基金表 注": "注：本表无数据",
    "国资表": "国有资本经营预算支出表",
    "国资表 表": [CODED, ["合计", "", "", "", ""]],
    "国资表 注": "注：本部门没有国有资本经营预算支出。",
    "说明": "#四、预算情况说明",
    "基本": "基本支出60.00万元，项目支出30.00万元。",
    "机关运行经费": "机关运行经费20.00万元。",
    "采购": "政府采购预算8.00万元。",
    "资产": "国有资产占用情况：共有车辆1辆。",
    "绩效": "绩效目标管理的项目2个。",
    "名词": "#五、名词解释",
    "名词一": "（一）基本支出：为保障机构运转安排的支出。",
    "名词二": "（二）项目支出：为完成特定任务安排的支出。",
    "名词三": "（三）机关运行经费：用财政拨款安排的公用经费。",
}
"""A disclosure of 示例局 without faults; changes put something else in the place of a part."""


def html(parts: Iterable[Part]) -> str:
    """Headings (``#``), paragraphs and tables."""
    said = []
    for part in parts:
        if isinstance(part, str):
            tag = "h2" if part.startswith("#") else "p"
            said.append(f"<{tag}>{escape(part.removeprefix('#'))}</{tag}>")
        else:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part)
            said.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return f"<html><body>{''.join(said)}</body></html>"


def whole(
    changes: Mapping[str, Part | None] | None = None, *, year: int = 2026, name: str = "示例局"
) -> str:
    """The disclosure with other parts, or without some."""
    cover: dict[str, Part] = {"封面": f"{name}{year}年部门预算"}
    parts = {**cover, **WHOLE, **(changes or {})}
    return html(part for part in parts.values() if part is not None)


Present = Callable[[str], ReadDocument]


@pytest.fixture
def present(tmp_path: Path) -> Present:
    """Reads a document as one of no known format."""

    def get(text: str) -> ReadDocument:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        file.write_text(text, encoding="utf-8")
        draft = read_draft(file)
        blocks = blocks_of_draft(draft, lambda line: place_at(file, line.spot))
        year = int(text[text.index("年部门预算") - 4 : text.index("年部门预算")])
        return ReadDocument(
            file=file,
            origin=Origin.DRAFT,
            name="示例局",
            kind=None,
            year=year,
            outline=PACK.outline,
            tables={},
            passages=tuple(
                Passage("", block.text, block.place)
                for block in blocks
                if isinstance(block, TextBlock)
            ),
            forms=(),
            overall=None,
            overall_rows=(),
            find=lambda passage, *_: passage.place,
            blocks=blocks,
        )

    return get


PACK = load_pack(ROOT / "tests" / "packs" / "最小")


def every(document: ReadDocument) -> list[Outcome]:
    """All that the rules of this folder say of a document."""
    return [outcome for check in CHECKS for outcome in check(document, PACK)]


def told(document: ReadDocument) -> list[Finding]:
    """What the rules of this folder find in a document."""
    found = (each.finding if isinstance(each, Noise) else each for each in every(document))
    return [each for each in found if isinstance(each, Finding)]


def codes(document: ReadDocument) -> list[str]:
    return [finding.code for finding in told(document)]


def test_a_whole_document_has_no_fault(present: Present) -> None:
    assert told(present(whole())) == []


@pytest.mark.parametrize(
    ("code", "says", "changes"),
    [
        ("E965", "正文的标题是“二、机构设置情况说明”", {"机构": "#二、机构设置情况说明"}),
        ("E965", "“六、其他事项”在正文里找不到", {"目录六": "六、其他事项……6"}),
        ("E967", "缺少部门收入总表", {"收入总表": None, "收入总表 表": None}),
        ("E967", "缺少机构设置", {"目录二": None, "机构": None, "机构文": None}),
        ("E967", "缺少政府采购的说明", {"采购": None}),
        (
            "W968",
            "缺少国有资本经营预算支出表",
            {"国资表": None, "国资表 表": None, "国资表 注": None},
        ),
        ("W968", "缺少绩效目标的说明", {"绩效": None}),
        ("E969", "“政府性基金预算支出表”没有数字", {"基金表 注": None}),
        (
            "E970",
            "只列到 5 位编码（如 205），没有列到项",
            {
                "一般公共预算支出表 表": [
                    CODED,
                    ["205", "教育支出", "90.00"],
                    ["20502", "普通教育", "90.00"],
                ]
            },
        ),
        (
            "E970",
            "没有列到款",
            {"基本支出表 表": [["科目编码", "科目名称", "合计"], ["301", "工资福利支出", "60.00"]]},
        ),
        (
            "E970",
            "“20503 职业教育”有金额，下面没有列到项",
            {"支出总表 表": [CODED, *UPPER, ITEM, ["20503", "职业教育", "9.00"]]},
        ),
        (
            "E971",
            "没有单列购置费、运行费",
            {
                "三公表 表": [
                    ["合计", "公务用车购置及运行费", "公务接待费"],
                    ["5.00", "4.00", "1.00"],
                ]
            },
        ),
        ("W972", "正文用到“机关运行经费”", {"名词三": None}),
        ("W972", "“事业收入”", {"采购": "政府采购预算8.00万元；事业收入12.00万元。"}),
    ],
)
def test_a_fault_is_told_by_its_rule_alone(
    present: Present, code: str, says: str, changes: dict[str, Part | None]
) -> None:
    findings = told(present(whole(changes)))
    assert [finding.code for finding in findings] == [code]
    assert says in findings[0].message


def test_contents_end_before_a_line_that_only_ends_with_a_number(present: Present) -> None:
    """在职人员 45 is what is counted, no entry that no heading repeats."""
    parts = ["示例局2026年部门预算", *WHOLE.values()]
    at = parts.index("#一、主要职责")
    staff = ["在职人员 45", "离退休人员 12", "遗属人员 3"]
    assert told(present(html([*parts[:at], *staff, *parts[at:]]))) == []


NO_INCOME: dict[str, Part | None] = {"收入总表": None, "收入总表 表": None}
COUNTED: Part = [["名称", "数量"], ["车辆", "3.00"]]


@pytest.mark.parametrize(
    ("title", "doubtful"),
    [
        (["各项收入来源表"], True),
        (["资产配置情况表"], False),
        (["人员情况表"], False),
        (["各项基金一览表"], False),
        (["各项收入来源表", "以上按来源填列，没有的不列。"], False),
    ],
)
def test_a_table_is_not_missing_if_a_title_may_mean_it(
    present: Present, title: list[str], doubtful: bool
) -> None:
    parts = ["示例局2026年部门预算", *{**WHOLE, **NO_INCOME}.values()]
    at = parts.index("#四、预算情况说明")
    with_table = [part for part in (*parts[:at], *title, COUNTED, *parts[at:]) if part]
    outcomes = every(present(html(with_table)))
    asked = [
        each.group for each in outcomes if isinstance(each, Unchecked) and title[0] in each.why
    ]
    missing = [each.message for each in outcomes if isinstance(each, Finding)]
    assert asked == ["部门收入总表"] * doubtful
    assert missing == ["缺少部门收入总表：全文没有这张表的标题"] * (not doubtful)


PARTS = ["类", "款", "项", "科目名称", "合计"]
INHERITED: list[list[str]] = [
    PARTS,
    ["205", "", "", "教育支出", "90.00"],
    ["", "02", "", "普通教育", "90.00"],
    ["", "", "01", "学前教育", "90.00"],
]
"""The codes of the upper subjects stand in merged cells."""


def test_the_parts_of_a_code_may_be_those_of_merged_cells(present: Present) -> None:
    rows = {"一般公共预算支出表 表": INHERITED, "支出总表 表": INHERITED}
    assert codes(present(whole(rows))) == []
    (finding,) = told(present(whole({"一般公共预算支出表 表": INHERITED[:-1]})))
    assert "只列到 5 位编码（如 205），没有列到项" in finding.message


def test_a_table_without_any_item_is_told_once(present: Present) -> None:
    """Not once more for each 款 whose 项 another table has."""
    rows = {"支出总表 表": [CODED, *UPPER, ITEM], "一般公共预算支出表 表": [CODED, *UPPER]}
    (finding,) = told(present(whole(rows)))
    assert "没有列到项" in finding.message


@pytest.mark.parametrize(
    ("code", "table", "rows"),
    [
        ("E970", "一般公共预算支出表", [["科目名称", "合计"], ["教育支出", "90.00"]]),
        ("E971", "三公表", [["项目", "预算数"], ["公务接待费", "5.00"]]),
    ],
)
def test_a_table_that_does_not_tell_has_not_passed(
    present: Present, code: str, table: str, rows: list[list[str]]
) -> None:
    outcomes = every(present(whole({f"{table} 表": rows})))
    title = WHOLE[table]
    assert [
        each.group for each in outcomes if isinstance(each, Unchecked) and each.code == code
    ] == [title]


def test_a_piece_of_a_document_lacks_nothing(present: Present) -> None:
    assert (
        codes(
            present(
                html(["示例局2026年部门预算", "一般公共预算支出表", WHOLE["一般公共预算支出表 表"]])
            )
        )
        == []
    )


def test_an_income_of_nothing_needs_no_explanation(present: Present) -> None:
    assert codes(present(whole({"采购": "政府采购预算8.00万元；事业收入0.00万元。"}))) == []


# Pages


def on_pages(document: ReadDocument, pages: dict[str, int], feet: dict[int, str]) -> ReadDocument:
    """The document as if it were a PDF: lines that begin with words stand on other sheets."""
    sheet, blocks = 1, []
    for block in document.blocks:
        text = block.text if isinstance(block, TextBlock) else ""
        if "…" not in text:
            sheet = next((page for words, page in pages.items() if text == words), sheet)
        place = Location(document.file, spot=f"第{sheet}页")
        blocks.append(replace(block, place=place))
    number = (
        TextBlock(text, Location(document.file, spot=f"第{page}页"), "页码")
        for page, text in feet.items()
    )
    return replace(document, blocks=(*blocks, *number))


SHEETS = {
    "一、主要职责": 3,
    "部门收支总表": 4,
    "部门收入总表": 5,
    "四、预算情况说明": 7,
    "五、名词解释": 8,
}


@pytest.mark.parametrize("feet", [{}, {3: "1", 4: "— 2 —", 7: "5", 8: "第6页"}])
def test_pages_are_those_printed_or_counted_from_the_first(
    present: Present, feet: dict[int, str]
) -> None:
    right = on_pages(present(whole()), SHEETS, feet)
    assert told(right) == []
    wrong = on_pages(present(whole({"目录五": "四、预算情况说明……4"})), SHEETS, feet)
    assert [each.message for each in told(wrong)] == [
        "目录写“四、预算情况说明”在第4页，实际在第5页（PDF 的第7页）"
    ]


def test_a_blank_page_after_the_contents_is_told(present: Present, tmp_path: Path) -> None:
    document = on_pages(present(whole()), {"目  录": 1, **SHEETS}, {})
    pdf = replace(document, file=tmp_path / "文稿.pdf", facts=FileFacts(blank_pages=(2,)))
    assert [(f.code, f.message) for f in told(pdf)] == [("W966", "第2页是空白页，在目录之后")]


def test_the_reader_knows_which_pages_are_blank(tmp_path: Path) -> None:
    content = pdf_pages.page(b"BT /F 12 Tf 20 150 Td (A page that says something.) Tj ET")
    document = pypdfium2.PdfDocument(content)
    document.new_page(300, 200)
    document.import_pages(pypdfium2.PdfDocument(content))
    file = tmp_path / "文稿.pdf"
    saved = io.BytesIO()
    document.save(saved)
    file.write_bytes(saved.getvalue())
    assert read_draft(file).facts.blank_pages == (2,)


# Words


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年预算收支总表", MinistryTable.BALANCE),
        ("2026年部门财务收支预算总表", MinistryTable.BALANCE),
        ("表二2025年预算收入总表", MinistryTable.INCOME),
        ("财政拨款收支总体情况表", MinistryTable.APPROPRIATION),
        ("2025年一般公共预算支出预算表（不含上年结转）", MinistryTable.GENERAL),
        ("2026年部门一般公共预算支出功能分类预算表", MinistryTable.GENERAL),
        ("一般公共预算安排基本支出分经济科目表", MinistryTable.BASIC),
        ("部门“三公”经费和机关运行经费预算表", MinistryTable.OFFICIAL),
        ("2025年政府性基金预算收入表", MinistryTable.FUNDS),
        ("项目支出绩效目标表", None),
        ("机关运行经费预算表", None),
        ("项目支出表", None),
        ("收支预算情况说明", None),
    ],
)
def test_the_nine_tables_are_known_by_any_usual_title(
    title: str, kind: MinistryTable | None
) -> None:
    assert kind_of_title(title) is kind


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("第一部分　部门概况", "部门概况"),
        ("第二篇　部门概况", "部门概况"),
        ("第3章 部门概况", "部门概况"),
        ("第一季度部分支出", "第一季度部分支出"),
        ("（一）2025年度安排", "2025年度安排"),
        ("表五一般公共预算支出表", "一般公共预算支出表"),
        ("1. 2026年部门收支总表", "2026年部门收支总表"),
        ("9．单位“三公”经费", "单位三公经费"),
    ],
)
def test_headings_are_compared_without_numbers_and_marks(heading: str, key: str) -> None:
    assert key_of(heading) == key


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("2050201", "学前教育"), "2050201"),
        (("2050201-学前教育", "5.00"), "2050201"),
        (("205", "02", "01", "学前教育"), "2050201"),
        (("205", "", "", "教育支出"), "205"),
        (("合计", "205.00"), ""),
        (("工资福利支出", "212.36"), ""),
    ],
)
def test_a_code_is_read_in_any_form(cells: tuple[str, ...], code: str) -> None:
    import re

    line = PlainLine(" ".join(cells), Location(Path()), cells, 0)
    assert code_in_line(line, re.compile(r"2\d{2}(?:\d{2}){0,2}(?!\d)")) == code


# Other documents


PRIOR_COLUMNS = ["科目编码", "科目名称", "2025年预算数", "2026年预算数"]


def with_prior(amount: str) -> str:
    rows = [PRIOR_COLUMNS, ["2050201", "学前教育", amount, "90.00"]]
    return whole({"一般公共预算支出表 表": rows})


def test_last_years_figures_are_those_published_then(present: Present) -> None:
    prior = present(whole(year=2025))
    right = replace(present(with_prior("90.00")), prior=prior)
    assert codes(right) == []
    wrong = replace(present(with_prior("91.00")), prior=prior)
    (finding,) = told(wrong)
    assert finding.code == "E990"
    assert "上年数写 91.00万元，上年公开的是 90.00万元" in finding.message


def test_figures_in_another_unit_are_compared(present: Present) -> None:
    rows = [CODED, ["2050201", "学前教育", "900,000.00", "600,000.00", "300,000.00"]]
    changes: dict[str, Part] = {"一般公共预算支出表": "一般公共预算支出表（单位：元）"}
    prior = present(whole({**changes, "一般公共预算支出表 表": rows}, year=2025))
    assert codes(replace(present(with_prior("90.00")), prior=prior)) == []


OFFICIAL = [
    ["合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"],
    ["", "", "小计", "公务用车购置费", "公务用车运行费", ""],
]
BEFORE = ["22.00", "", "16.00", "", "16.00", "6.00"]
NOW = ["20.00", "", "15.00", "", "15.00", "5.00"]


def official_of_two_years(before: list[str]) -> str:
    """The table of 三公 as 财政部 has it: last year's columns beside this year's."""
    years = ["2025年预算数", *[""] * 5, "2026年预算数", *[""] * 5]
    rows = [years, *(line * 2 for line in OFFICIAL), [*before, *NOW]]
    return whole({"三公表 表": rows})


@pytest.mark.parametrize(
    ("before", "told_once"),
    [
        (BEFORE, []),
        (["22.50", "", "16.00", "", "16.00", "6.50"], ["“公务接待费”栏"]),
        (["23.00", "", "17.00", "", "17.00", "6.00"], ["“公务用车运行费”栏"]),
        (["23.00", *BEFORE[1:]], ["“合计”栏"]),
    ],
)
def test_the_columns_of_two_years_are_compared_each_with_its_own(
    present: Present, before: list[str], told_once: list[str]
) -> None:
    rows = [*OFFICIAL, BEFORE]
    prior = present(whole({"三公表 表": rows}, year=2025))
    found = told(replace(present(official_of_two_years(before)), prior=prior))
    wrong = [finding for finding in found if finding.code == "E990"]
    assert len(wrong) == len(told_once)
    for finding, column in zip(wrong, told_once, strict=True):
        assert finding.place is not None
        assert finding.place.spot.endswith(column)


def test_of_last_years_figures_the_lowest_subject_is_told(present: Present) -> None:
    rows = [PRIOR_COLUMNS, ["20502", "普通教育", "91.00", "90.00"]]
    rows.append(["2050201", "学前教育", "91.00", "90.00"])
    before = [CODED, ["20502", "普通教育", "90.00", "60.00", "30.00"]]
    before.append(["2050201", "学前教育", "90.00", "60.00", "30.00"])
    prior = present(whole({"一般公共预算支出表 表": before}, year=2025))
    found = told(replace(present(whole({"一般公共预算支出表 表": rows})), prior=prior))
    assert [each.code for each in found] == ["E990"]
    assert "2050201" in found[0].message


SAID = "机关运行经费20.00万元，比2025年增加2.00万元，增长11.11%。"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("机关运行经费18.00万元。", []),
        ("机关运行经费17.00万元。", ["W991"]),
        ("机关运行经费17.00万元。机关运行经费19.00万元。", []),  # which one is not sure
        ("物业管理费17.00万元。", []),
    ],
)
def test_what_a_change_says_of_last_year_is_what_was_said_then(
    present: Present, before: str, found: list[str]
) -> None:
    prior = present(whole({"机关运行经费": before}, year=2025))
    assert codes(replace(present(whole({"机关运行经费": SAID})), prior=prior)) == found


@pytest.mark.parametrize(("before", "found"), [("18.00", []), ("17.00", ["W991"])])
def test_last_years_amount_beside_this_years_is_what_was_said_then(
    present: Present, before: str, found: list[str]
) -> None:
    said = "机关运行经费20.00万元，比2025年预算18.00万元增加2.00万元，增长11.11%。"
    prior = present(whole({"机关运行经费": f"机关运行经费{before}万元。"}, year=2025))
    assert codes(replace(present(whole({"机关运行经费": said})), prior=prior)) == found


def test_what_has_changed_is_what_its_rate_fits(present: Present) -> None:
    """比上年 stands behind a part and means the total: so its rate says."""
    said = "收入总计90.00万元，其中：本年收入85.00万元，上年结转5.00万元，"
    text = present(whole({"机关运行经费": f"{said}比上年增加2.00万元，增长2.27%。"}))
    for before, found in (("88.00", []), ("87.00", ["W991"])):
        prior = present(whole({"机关运行经费": f"收入总计{before}万元。"}, year=2025))
        told_codes = [code for code in codes(replace(text, prior=prior)) if code == "W991"]
        assert told_codes == found


@pytest.mark.parametrize(("total", "found"), [("88.00", []), ("87.00", ["W991"])])
def test_what_last_years_text_does_not_say_stands_in_its_tables(
    present: Present, total: str, found: list[str]
) -> None:
    """A workbook of statements has no text at all."""
    said = "收入总计90.00万元，比2025年增加2.00万元，增长2.27%。"
    text = present(whole({"机关运行经费": said}))
    rows = [["收入项目", "预算数", "支出项目", "预算数"], ["收入总计", total, "支出总计", total]]
    changes: dict[str, Part | None] = {"收支总表 表": rows, "财政拨款收支总表 表": None}
    outcomes = told(replace(text, prior=present(whole(changes, year=2025))))
    of_text = [finding for finding in outcomes if finding.code == "W991"]
    assert [finding.code for finding in of_text] == found
    assert all("“收入总计”行“预算数”栏是 87.00万元" in each.message for each in of_text)


def test_last_years_table_that_names_no_unit_is_not_said_to_differ(present: Present) -> None:
    said = "收入总计90.00万元，比2025年增加2.00万元，增长2.27%。"
    rows = [
        ["收入项目", "预算数", "支出项目", "预算数"],
        ["收入总计", "880000", "支出总计", "880000"],
    ]
    changes: dict[str, Part | None] = {"收支总表 表": rows, "收支总表 单位": None}
    prior = present(whole(changes | {"财政拨款收支总表 表": None}, year=2025))
    document = replace(present(whole({"机关运行经费": said})), prior=prior)
    assert "W991" not in codes(document)
    assert "W991" in {code for code, _ in unchecked(document)}


def test_another_years_document_is_told(present: Present) -> None:
    document = replace(present(with_prior("90.00")), prior=present(whole(year=2024)))
    assert codes(document) == ["W992"]


def unit(total: str, items: str, name: str) -> str:
    rows = [
        CODED,
        ["合计", "", total, total, ""],
        ["2050201", "学前教育", items, items, ""],
    ]
    return whole({"一般公共预算支出表 表": rows}, name=name)


def department(total: str) -> str:
    rows = [CODED, ["合计", "", total, total, ""], ["2050201", "学前教育", total, total, ""]]
    return whole(
        {
            "一般公共预算支出表 表": rows,
            "基本支出表 表": [
                ["科目编码", "科目名称", "合计"],
                ["301", "工资福利支出", "120.00"],
                ["30101", "基本工资", "120.00"],
            ],
            "三公表 表": [
                ["合计", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"],
                ["10.00", "0.00", "0.00", "8.00", "2.00"],
            ],
        }
    )


@pytest.mark.parametrize(
    ("total", "found"), [("90.00", 0), ("90.01", 0), ("89.98", 1), ("95.00", 1)]
)
def test_a_department_is_the_sum_of_its_units(present: Present, total: str, found: int) -> None:
    units = (
        replace(present(unit("50.00", "50.00", "示例局")), name="示例局本级"),
        replace(present(unit("40.00", "40.00", "示例中心")), name="示例中心"),
    )
    document = replace(present(department(total)), name="示例局", unit_documents=units)
    findings = told(document)
    assert [finding.code for finding in findings] == ["E996"] * found
    # the basic expenditure of the subject is the cause; its total is off by as much
    assert all("2050201 学前教育”“基本支出”" in finding.message for finding in findings)


def test_more_than_the_units_that_were_given_is_right(present: Present) -> None:
    units = (replace(present(unit("40.00", "40.00", "示例中心")), name="示例中心"),)
    document = replace(present(department("90.00")), name="示例局", unit_documents=units)
    (finding,) = told(document)
    assert finding.code == "W995"
    assert "部门列出而没有给出文件的：示例局本级" in finding.message


def unchecked(document: ReadDocument) -> list[tuple[str, str]]:
    return [(each.code, each.group) for each in every(document) if isinstance(each, Unchecked)]


def test_other_documents_that_say_nothing_of_the_kind_are_told(present: Present) -> None:
    piece = html(["示例中心2026年部门预算", "部门收入总表", WHOLE["收入总表 表"]])
    units = (replace(present(piece), name="示例中心"),)
    document = replace(present(whole()), unit_documents=units)
    assert ("E996", "各单位之和") in unchecked(document)
    prior = present(whole({"机关运行经费": "物业管理费17.00万元。"}, year=2025))
    assert ("W991", "上年数") in unchecked(replace(present(whole()), prior=prior))


def test_why_pages_are_not_compared_is_said_truly(present: Present) -> None:
    without = {f"目录{number}": str(WHOLE[f"目录{number}"]).rstrip("…12") for number in "一二三四"}
    document = on_pages(present(whole(without)), SHEETS, {})
    (why,) = [e.why for e in every(document) if isinstance(e, Unchecked) and e.group == "目录页码"]
    assert "不到 3 行" in why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例局本级", "示例局", True),
        ("示例局（机关）", "示例局本级", True),
        ("示例中心", "示例局", False),
        ("2.示例中心", "示例中心。", True),
    ],
)
def test_the_department_itself_is_a_unit(one: str, other: str, same: bool) -> None:
    assert is_same_unit(one, other, "示例局") is same


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def test_other_documents_are_given_to_the_command(tmp_path: Path) -> None:
    files = {"今年.html": with_prior("91.00"), "上年.html": whole(year=2025)}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    prior = ("--prior", tmp_path / "上年.html")
    done = check(tmp_path / "今年.html", *prior, "--only", "E990", "--format", "json")
    assert done.exit_code == 1
    assert "上年公开的是 90.00万元" in done.stdout
    several = check(tmp_path / "今年.html", tmp_path / "上年.html", "--units", "x.pdf")
    assert several.exit_code == 2
    assert "只用于一份文稿" in several.stderr


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("2026年培训费预算-1.37万元。", "“2026年培训费预算-1.37万元”"),
        ("公务接待费△1.32万元，与上年持平。", "“公务接待费△1.32万元”"),
        ("“三公”经费24.32万元，其中：公务接待费（1.32）万元。", "“其中：公务接待费（1.32）万元”"),
        # a difference, a dash of a list, brackets of a form, a range, what was taken back
        ("收支差额为-1.37万元，比上年支出-1.00万元。", ""),
        ("会议费-1.37万元，培训费-2.00万元。", ""),
        ("培训费预算（1.37）万元。", ""),
        ("培训费预算2026-2027年3-5万元。", ""),
        ("冲减上年支出-1.37万元。", ""),
    ],
)
def test_an_item_of_the_budget_is_not_negative_in_the_text(
    present: Present, text: str, told_of: str
) -> None:
    document = present(f"<h1>某局2026年部门预算</h1><p>{text}</p>")
    outcomes = [each for check in amounts.ANYWHERE for each in check(document, PACK)]
    found = [each.message for each in outcomes if isinstance(each, Finding)]
    assert found == ([f"文字写{told_of}，是负数"] if told_of else [])
