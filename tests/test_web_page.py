"""The web page as readers have it: landmarks and names, and where every number comes from."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree, html
from PIL import Image

from generator.checks.run import Report
from generator.compose.document.parse import parse_document
from generator.compute.ledger.entries import Book, Entry, Ledger
from generator.core.figures import Figure, FigureBook, unknown
from generator.core.findings import Finding, Location
from generator.core.numbers.format import MoneyUnit
from generator.load.names import Names
from generator.printing.html.layout import make_page, tell_values
from generator.printing.html.trace import PageTrace
from generator.printing.html.writer import write_html
from generator.reports.html_report import html_report
from tests.axe import needs_axe, violations
from tests.browser import CHROMIUM, Browser, Page
from tests.conftest import UNIT, Sample

Printed = Callable[[str], Sample]
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="没有装 Chromium（apt install chromium）"
)


# The layout


def laid_out(body: str) -> etree._Element:
    root = parse_document(f"<html><head><title>页</title></head><body>{body}</body></html>", Path())
    make_page(root.root)
    return root.root


def test_what_stands_before_and_after_the_contents_has_landmarks() -> None:
    root = laid_out(
        '<section class="cover"><p>封面</p></section><nav class="toc"/>'
        '<section><h1 data-toc="1">甲</h1></section><section><p>乙</p></section>'
    )
    (body,), (main,) = root.iter("body"), root.iter("main")
    parts = [(each.tag, each.get("aria-label")) for each in body]
    assert parts == [
        ("nav", "跳过目录"), ("header", None), ("nav", "目录"), ("main", None), ("nav", "页内"),
    ]  # fmt: skip
    assert [section.tag for section in main] == ["section", "section"]
    assert root.findtext("body/header/section/p") == "封面"


def test_a_document_without_contents_is_all_main() -> None:
    root = laid_out("<section><p>甲</p></section>")
    assert root.find("body/header") is None
    assert [link.get("href") for link in root.iter("a")] == ["#main", "#top"]


def test_the_layout_adds_no_word() -> None:
    body = '<nav class="toc"/><section><h2>甲</h2><table><tr><td>乙</td></tr></table>丙</section>丁'
    assert etree.tostring(laid_out(body).findall("body")[0], method="text", encoding="unicode") == (
        "甲乙丙丁"
    )


def test_a_table_is_named_after_its_heading_and_scrolls_by_keys() -> None:
    root = laid_out("<section><h2>甲</h2><table><tr><td>乙</td></tr></table>尾</section>")
    (heading,) = root.iter("h2")
    (box,) = root.iter("div")
    (table,) = root.iter("table")
    assert table.getparent() is box
    assert box.tail == "尾"
    assert {box.get("tabindex"), box.get("role")} == {"0", "group"}
    assert box.get("aria-labelledby") == table.get("aria-labelledby") == heading.get("id")


def test_a_table_is_not_named_after_the_section_before() -> None:
    root = laid_out(
        "<section><h2>甲</h2></section><section><table><tr><td/></tr></table></section>"
    )
    (table,) = root.iter("table")
    assert table.get("aria-labelledby") is None
    assert table.get("aria-label") == "表格"


def test_heads_say_what_they_are_heads_of() -> None:
    root = laid_out(
        '<table><thead><tr><th colspan="2">收入</th><th>支出</th></tr></thead>'
        '<tbody><tr><td class="label">合计</td><td class="amount">1</td>'
        '<td class="label"> </td></tr></tbody></table>'
    )
    assert [head.get("scope") for head in root.iter("th")] == ["colgroup", "col"]
    assert [cell.get("role") for cell in root.iter("td")] == ["rowheader", None, None]


def test_the_first_column_is_marked_below_merged_cells_too() -> None:
    root = laid_out(
        '<table><tbody><tr><td rowspan="2">甲</td><td>1</td></tr><tr><td>2</td></tr>'
        "<tr><!-- 注 --><td>乙</td><td>3</td></tr></tbody></table>"
    )
    first = [cell.text for cell in root.iter("td") if cell.get("class") == "first"]
    assert first == ["甲", "乙"]


def test_headings_are_told_apart_and_no_level_is_left_out() -> None:
    root = laid_out('<h1>甲</h1><h3 data-bookmark="项目一">目标表</h3><h4>乙</h4><h1>丙</h1>')
    told = [(h.tag, h.get("aria-level"), h.get("aria-label")) for h in root.iter("h1", "h3", "h4")]
    assert told == [
        ("h1", None, None), ("h3", "2", "项目一　目标表"), ("h4", "3", None), ("h1", None, None),
    ]  # fmt: skip


def test_a_link_without_text_is_named_after_its_target() -> None:
    root = laid_out('<h2 id="a">甲</h2><p><a href="#a"/><a href="#a">乙</a></p>')
    names = [link.get("aria-label") for link in root.iterfind("body/main/p/a")]
    assert names == ["转到甲", None]


def figure(address: str, value: str, unit: str = "元", *sources: str) -> Figure:
    return Figure(address, Decimal(value), Decimal(value), unit, value, sources)


def book(*figures: Figure) -> FigureBook:
    found = FigureBook()
    for each in figures:
        found.add(each)
    return found


def text_of(*figures: Figure, more: str = "") -> str:
    numbers = "".join(f'<data data-figure="{each.address}">{each.text}</data>' for each in figures)
    return f"<html><head><title>页</title></head><body><p>{numbers}</p>{more}</body></html>"


def test_values_are_in_one_unit_for_all_money() -> None:
    figures = figure("甲", "12300"), figure("乙", "1.23", "万元"), figure("丙", "3.50", "%")
    document = parse_document(text_of(*figures), Path())
    tell_values(document.root, book(*figures))
    told = [(each.get("value"), each.get("data-unit")) for each in document.root.iter("data")]
    assert told == [("12300", "元"), ("12300.00", "元"), ("3.50", "%")]


@pytest.mark.parametrize("unit", MoneyUnit)
def test_all_units_of_money_are_told_in_yuan(unit: MoneyUnit) -> None:
    change = figure("甲 − 乙", "1.5", unit.value)
    document = parse_document(text_of(change), Path())
    tell_values(document.root, book(change))
    (told,) = document.root.iter("data")
    assert Decimal(told.get("value", "")) == Decimal("1.5") * unit.yuan
    assert told.get("data-unit") == "元"


# The trace


def leaf(address: str, amount: str, **dimensions: str) -> Entry:
    return Entry(address, Decimal(amount), dimensions, Location(Path("收支.yaml")))


def trace(
    names: Names, html: str, leaves: tuple[Entry, ...], *figures: Figure
) -> dict[str, list[Any]]:
    ledger = Ledger({Book.BUDGET: leaves})
    document = parse_document(html, Path())
    told = json.loads(PageTrace(document, ledger, book(*figures), names, "甲局").json())
    return dict(told)


@pytest.fixture
def names(printed: Printed) -> Names:
    return printed(UNIT).composed.loaded.names


def test_a_number_is_told_down_to_its_leaves(names: Names) -> None:
    leaves = leaf("收支/1", "100", 科目类="205"), leaf("收支/2", "50.5", 科目类="208")
    total, part = figure("表一/合计", "150.5", "元", "收支/1", "收支/2"), figure("乙", "50.5")
    share = figure("乙 ÷ 表一/合计", "33.55", "%", "乙", "表一/合计")
    told = trace(names, text_of(share), leaves, total, part, share)
    assert told["figures"] == [
        ["share", [-2, -3], "乙占表一的合计的比例"],
        ["sum", [], "乙", "50.5", "元", "50.5"],
        ["sum", [0, 1], "表一的合计", "150.5", "元", "150.5"],
    ]
    assert [amount for _, amount in told["leaves"]] == ["100", "50.5"]


def test_what_nothing_printed_was_computed_from_is_not_told(names: Names) -> None:
    leaves = leaf("收支/1", "100", 单位="乙校"), leaf("收支/2", "50", 单位="丙校")
    told = trace(
        names,
        text_of(figure("甲", "100", "元", "收支/1")),
        leaves,
        figure("甲", "100", "元", "收支/1"),
        figure("乙", "50", "元", "收支/2"),
    )
    assert len(told["figures"]) == len(told["leaves"]) == 1


def test_the_page_names_no_project_that_the_document_does_not_name(names: Names) -> None:
    leaves = (
        leaf("项目/1", "1", 单位="甲局", 项目="操场改造", 资金来源="拨款"),
        leaf("项目/2", "2", 单位="乙校", 项目="未公布的事", 资金来源="拨款"),
    )
    total = figure("合计", "3", "元", "项目/1", "项目/2")
    told = trace(names, text_of(total, more="<p>包括操场 改造。</p>"), leaves, total)
    assert told["leaves"] == [
        ["操场改造 · 拨款", "1"],
        ["文本没有列名的单位 · 文本没有列名的项目 · 拨款", "2"],
    ]


def test_how_a_number_was_made_is_told_in_kinds(names: Names) -> None:
    figures = (
        figure("国有资产/公务用车编制数", "3", "辆"),
        figure("政府采购/货物", "3", "元", "政府采购/货物"),
        figure("上年/收入总计", "3", "元", "上年数据/表一/收入总计/金额"),
        figure("表一/甲/金额", "0"),
        figure("绩效/纳入/合计/个数", "1", "个", "项目/1"),
        figure("甲 − 乙", "1", "万元", "甲", "乙"),
        figure("(甲 − 乙) ÷ 乙", "1", "%", "甲", "乙"),
    )
    told = trace(names, text_of(*figures), (leaf("项目/1", "1"),), *figures)
    assert [each[0] for each in told["figures"]] == [
        "stated", "stated", "last year", "sum", "count", "difference", "rate",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", MoneyUnit)
def test_nothing_of_an_amount_is_no_count(names: Names, unit: MoneyUnit) -> None:
    nothing = figure("表一/甲/金额", "0", unit.value)
    ((how, sources, _),) = trace(names, text_of(nothing), (), nothing)["figures"]
    assert (how, sources) == ("sum", [])


def test_nothing_in_a_name_ends_the_script(names: Names) -> None:
    bad = leaf("项目/1", "1", 资金来源="</script><script>")
    total = figure("合计", "1", "元", "项目/1")
    document = parse_document(text_of(total), Path())
    text = PageTrace(document, Ledger({Book.BUDGET: (bad,)}), book(total), names, "").json()
    assert "<" not in text
    assert json.loads(text)["leaves"] == [["</script><script>", "1"]]


def test_what_is_not_filled_in_is_no_number_of_the_page(names: Names) -> None:
    missing = unknown("政府采购/货物", "元")
    told = trace(names, "<html><head><title>页</title></head><body/></html>", (), missing)
    assert told == {"figures": [], "leaves": []}


def test_every_sum_of_a_sample_is_that_of_its_parts(sample: Sample) -> None:
    """What the page shows adds up to what it prints, for every number that is a sum."""
    page = html.document_fromstring(sample.file("html"))
    told = json.loads(str(page.xpath("string(//script[@id='trace'])")))
    values: dict[str, Decimal] = {}
    for each in page.iter("data"):
        assert each.get("data-unit")
        value = Decimal(each.get("value", ""))
        assert values.setdefault(each.get("data-figure", ""), value) == value
    amounts = [*values.values(), *(Decimal(each[3]) for each in told["figures"][len(values) :])]
    leaves = [Decimal(amount) for _, amount in told["leaves"]]
    assert len(amounts) == len(told["figures"])
    sums = 0
    for number, (how, sources, *_) in enumerate(told["figures"]):
        if how == "sum":
            sums += 1
            parts = [leaves[each] if each >= 0 else amounts[-1 - each] for each in sources]
            assert sum(parts) == amounts[number]
    assert sums > 100


# In a browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def site(printed: Printed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "公开.html"
    file.write_bytes(printed(UNIT).file("html"))
    return file


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Callable[[int], Page]:
    """A tab of each width, in which every test opens the page anew."""
    return cache(lambda width: Page(browser, width))


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(tab: Callable[[int], Page], site: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = tab(request.param)
    page.open_anew(site)
    yield page
    assert (page.complaints(), page.requests()) == ([], [site.as_uri()])


def _panel(page: Page) -> str:
    return str(page.run("document.getElementById('panel').innerText"))


@needs_chromium
def test_a_number_tells_its_parts_down_to_a_leaf_and_back(page: Page) -> None:
    page.click("[data-figure='表一/收入/一般公共预算/金额']")
    told = _panel(page)
    assert "准确数 7,744,849 元" in told
    assert "13 项合计 7,744,849 元" in told
    assert "2013299 其他组织事务支出" in told
    page.click("#panel .parts button")
    assert "填报的明细" in _panel(page)
    page.click("#panel .panel-bar button")
    assert _panel(page) == told
    page.key("Escape")
    assert page.run("document.getElementById('panel').hidden")
    assert page.run("document.activeElement.dataset.figure") == "表一/收入/一般公共预算/金额"


@needs_chromium
def test_a_rate_is_told_by_the_numbers_that_are_printed(page: Page) -> None:
    page.click("[data-figure^='(表一/收入/收入总计/金额']")
    told = _panel(page)
    assert "按印出的数计算：（本年 − 上年）÷ 上年" in told
    assert "774.48 万元" in told
    assert "516.43 万元" in told
    assert "准确数" not in told


_PRINTED_AS = {
    "元": "12,345,678.90",
    "千元": "12,345.68",
    "万元": "1,234.57",
    "百万元": "12",
    "亿元": "0.12",
}


@needs_chromium
@pytest.mark.parametrize(("unit", "text"), _PRINTED_AS.items())
def test_a_number_is_told_in_the_unit_that_it_is_printed_in(
    browser: Browser, names: Names, tmp_path: Path, unit: str, text: str
) -> None:
    amount = Figure("表一/甲/金额", Decimal("12345678.90"), Decimal(0), "元", text, ())
    document = parse_document(text_of(amount), Path())
    told = PageTrace(document, Ledger({}), book(amount), names, "甲局")
    (tmp_path / "页.html").write_bytes(write_html(document, "", Path(), book(amount), told))
    page = Page(browser, 1280)
    page.open(tmp_path / "页.html")
    page.click("data")
    assert f"{text} {unit}\n" in _panel(page)


@needs_chromium
def test_where_else_a_number_is_printed_can_be_gone_to(page: Page) -> None:
    page.click("p [data-figure='表一/收入/收入总计/金额']")
    assert "还印在" in _panel(page)
    page.run("[...document.querySelectorAll('#panel .parts:last-of-type button')].at(-1).click()")
    shown = "document.querySelector('.shown').getBoundingClientRect()"
    page.wait(lambda: page.run(f"{shown}.top > 0 && {shown}.bottom < innerHeight"))


@needs_chromium
def test_numbers_are_reached_and_opened_by_keys(page: Page) -> None:
    stops = "[...document.querySelectorAll('{}')].filter(e => e.tabIndex === 0).length"
    assert page.run(stops.format("table.statement data")) == page.run(
        "[...document.querySelectorAll('table.statement')]"
        ".filter(table => table.querySelector('data')).length"
    )
    page.run("document.querySelector('table.statement data').focus()")
    page.key("ArrowRight")
    second = page.run("document.querySelectorAll('table.statement data')[1].dataset.figure")
    assert page.run("document.activeElement.dataset.figure") == second
    page.key("Enter")
    assert not page.run("document.getElementById('panel').hidden")


@needs_chromium
@pytest.mark.parametrize("query", ["住房公积金", "７７４.48", "双拥 创建", "没有的话"])
def test_search_finds_text_tables_and_projects(page: Page, query: str) -> None:
    page.run("document.querySelector('.bar input').focus()")
    page.type(query)
    page.wait(lambda: page.run("document.querySelector('.results [role=status]').textContent"))
    told = page.run("document.querySelector('.results').innerText")
    if query == "没有的话":
        assert told == "没有找到"
        return
    assert re.match(r"找到 \d+ 处", told)
    assert {"住房公积金": "2210201", "７７４.48": "表一", "双拥 创建": "双拥创建活动"}[
        query
    ] in told
    page.run("document.querySelector('.hits button').click()")
    assert page.run("document.querySelector('.shown') !== null")
    assert page.run("document.querySelector('.results').hidden")


@needs_chromium
def test_wide_tables_scroll_and_keep_their_first_column(page: Page) -> None:
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    left = "document.querySelector('section.statement tbody td.first').getBoundingClientRect().left"
    before = page.run(left)
    assert page.run(
        "(() => { const box = document.querySelector('section.statement .scroll');"
        " box.scrollLeft = 200;"
        " return box.scrollWidth > box.clientWidth ? box.scrollLeft > 0 : true; })()"
    )
    assert abs(page.run(left) - before) < 1  # half a pixel is its border


@needs_chromium
def test_no_line_of_the_column_that_stays_is_covered(page: Page, tmp_path: Path) -> None:
    """It is drawn by itself: over lines that it shares, and over parts of pixels."""
    assert page.run(
        "[...document.querySelectorAll('.scroll > table')].every(table =>"
        " getComputedStyle(table).borderCollapse === 'separate'"
        " && [...table.rows].every(row => row.getBoundingClientRect().height % 1 === 0))"
    )
    lines: list[int] = []
    for number in range(6):
        rows = page.run(
            f"(() => {{ const table = document.querySelectorAll('.scroll > table')[{number}];"
            " table.scrollIntoView({block: 'start'}); scrollBy(0, -80);"
            " table.parentNode.scrollLeft = 40;"
            " return [...table.querySelectorAll('tbody td.first')].map(cell => {"
            " const box = cell.getBoundingClientRect(); return [box.left + 3, box.bottom]; })"
            " .filter(([, bottom]) => bottom < innerHeight - 5); })()"
        )
        page.screenshot(tmp_path / "page.png")
        with Image.open(tmp_path / "page.png") as picture:
            grey = picture.convert("L")
            boxes = [(round(x), round(y) - 2, round(x) + 1, round(y) + 2) for x, y in rows]
            lines += [min(grey.crop(box).tobytes()) for box in boxes]
    assert len(lines) > 50
    assert max(lines) < 0xA8


@needs_chromium
def test_the_contents_follow_the_reader(page: Page) -> None:
    current = "document.querySelector('nav.toc [aria-current]').getAttribute('href')"
    for target in ("s9", "s20", "s1"):
        page.run(f"document.getElementById('{target}').scrollIntoView({{behavior: 'instant'}})")
        page.wait(lambda: page.run(current) == f"#{target}")  # noqa: B023


@needs_chromium
def test_the_way_back_covers_nothing_of_the_first_screen(page: Page) -> None:
    shown = "getComputedStyle(document.querySelector('.back')).display !== 'none'"
    page.run("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait(lambda: page.run(shown))
    page.run("scrollTo({top: 0, behavior: 'instant'})")
    page.wait(lambda: not page.run(shown))


@needs_chromium
def test_a_table_is_saved_as_csv_and_as_a_workbook(page: Page, tmp_path: Path) -> None:
    page.allow_downloads(tmp_path)
    for kind in ("CSV", "XLSX"):
        page.run(
            "[...document.querySelector('.tools').querySelectorAll('button')]"
            f".find(b => b.textContent === '{kind}').click()"
        )
        page.wait(lambda: list(tmp_path.glob(f"*.{kind.lower()}")))  # noqa: B023
    (text,), (workbook,) = tmp_path.glob("*.csv"), tmp_path.glob("*.xlsx")
    assert text.stem == workbook.stem
    assert text.stem.endswith("表一2024年预算收支总表（万元）")
    rows = list(csv.reader(io.StringIO(text.read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["收入", "", "支出", "", "", ""]
    assert rows[2][:2] == ["一、一般公共预算", "774.48"]
    sheet = openpyxl.load_workbook(workbook).active
    assert sheet is not None
    assert sheet["B3"].value == 774.48
    assert sheet.column_dimensions["A"].width > 15
    assert sheet["B3"].number_format == "#,##0.00"
    assert sorted(str(each) for each in sheet.merged_cells.ranges) == ["A1:B1", "C1:F1"]
    assert [cell.value or "" for cell in sheet["C"]] == [row[2] for row in rows]


@needs_chromium
def test_the_page_prints_without_its_controls(browser: Browser, site: Path) -> None:
    page = Page(browser)
    page.open(site)
    page.click("[data-figure='表一/收入/一般公共预算/金额']")
    page.send("Emulation.setEmulatedMedia", media="print")
    hidden = "[...document.querySelectorAll('.bar, #panel, .tools, .back, .skip')]"
    assert page.run(f"{hidden}.every(e => getComputedStyle(e).display === 'none')")
    assert page.run("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"


@needs_chromium
@needs_axe
def test_axe_finds_nothing_on_the_page(page: Page) -> None:
    page.click("[data-figure='表一/收入/一般公共预算/金额']")
    assert violations(page) == []


@needs_chromium
@needs_axe
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_a_report_of_checks(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    finding = Finding("E735", "合计 11.50 ≠ 11.05", "核对两表", group="表五", excerpt="合计 11.50")
    file = tmp_path / "检查.html"
    file.write_bytes(html_report([Report(Path("某局-2026"), "某局", (finding,))]))
    page = Page(browser, width)
    page.open(file)
    assert violations(page) == []


@needs_chromium
def test_a_number_of_the_text_is_called_after_its_table(page: Page) -> None:
    page.run("document.querySelector('p [data-figure=\"表一/收入/收入总计/金额\"]').id = 'asked'")
    page.click("#asked")
    assert "收入总计 · 收入 2024年" in _panel(page)


@needs_chromium
def test_the_page_is_read_without_script(browser: Browser, site: Path) -> None:
    page = Page(browser, 390)
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.send("Page.navigate", url=site.as_uri())
    page.wait(lambda: page.run("document.readyState") == "complete")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert page.run("document.querySelector('.bar')") is None
    assert page.run("document.querySelectorAll('nav.toc a').length") > 20
