"""Pages: lines end at the margin, short tables share pages, tails are drawn in, readers are led."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.compose.document.tree import HtmlDocument
from generator.compose.narrative.charts import bar_chart
from generator.drafts.draft import Paragraph, Table
from generator.drafts.read import read_draft
from generator.pack.pack import Pack
from generator.printing.columns.contents import ems, fit_columns
from generator.printing.heads import mark_heads, mark_levels
from generator.printing.kept import KeptPieces
from generator.printing.pdf import PrintedPdf, print_pdf
from generator.printing.pieces.making import Tightening
from generator.printing.share_pages import share_pages
from generator.printing.words import JOINER, head_words, keep_words
from scripts.page_rates import Char, body_lines, chars_of, end_of, full_lines, widest_gap

MARGIN = (210 - 26) * 72 / 25.4
LEFT = 28 * 72 / 25.4
HEAD = "<thead><tr><th>科目编码</th><th>金额</th></tr></thead>"
ROW = '<tr><td>甲</td><td class="amount"><data value="1">1</data></td></tr>'
Print = Callable[..., PrintedPdf]


def tree(body: str, folder: Path) -> HtmlDocument:
    """A document of one tree, for a test to change."""
    html = f'<html lang="zh-CN"><head><title>页</title></head><body>{body}</body></html>'
    document = parse_document(html, folder)
    return HtmlDocument(document.root, document.toc)


def text(*paragraphs: str) -> str:
    words = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f'<section class="part start"><h1>一</h1>{words}</section>'


def statement(title: str, rows: int, classes: str = "") -> str:
    columns = '<colgroup><col style="width: 60%"/><col style="width: 40%"/></colgroup>'
    table = f'<table class="statement">{columns}{HEAD}<tbody>{ROW * rows}</tbody></table>'
    heading = f'<h2 class="statement" data-toc="2">{title}</h2>'
    return f'<section class="statement {classes}">{heading}{table}</section>'


@pytest.fixture(scope="module")
def kept() -> KeptPieces:
    """What these tests print with one stylesheet: read once, and no piece is laid out twice."""
    return KeptPieces()


@pytest.fixture(scope="module")
def print_tree(pack: Pack, kept: KeptPieces) -> Print:
    """Prints a tree as it is."""
    css = render_stylesheet(pack)

    def get(document: HtmlDocument, tighter: int = 0, tighter_contents: int = 0) -> PrintedPdf:
        tightening = Tightening(tighter, tighter_contents)
        return print_pdf(document, css, pack.folder, kept=kept, tightening=tightening)

    return get


@pytest.fixture(scope="module")
def printed(pack: Pack, kept: KeptPieces, print_tree: Print) -> Print:
    """Prints the body of a document, whose short tables share pages."""

    def get(body: str, *, tighter: int = 0) -> PrintedPdf:
        return print_tree(share_pages(tree(body, pack.folder), pack.theme, kept), tighter)

    return get


def pages(pdf: PrintedPdf) -> list[list[Char]]:
    return [chars_of(page) for page in pypdfium2.PdfDocument(pdf.content)]


def said(chars: Iterable[Char]) -> str:
    return "".join(char.text for char in chars)


def structure(pdf: PrintedPdf) -> bytes:
    """All that is no stream, the strings of the structure included."""
    streams = re.finditer(rb"/ObjStm.*?stream\n(.*?)\nendstream", pdf.content, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(stream[1]) for stream in streams)


# Lines


FULL = "本部门按照国家有关规定编制年度预算" * 8


@pytest.mark.parametrize(
    "words",
    [
        FULL,
        "增加1,234,567.89万元，增长12.34%，主要原因是人员增加；" * 6,
        "甲 乙 丙丁戊己庚辛 壬癸，" * 12,
        "（一）“三公”经费、公务接待费：" * 10,
        "机关Office软件2026年度采购，" * 9,
        "预算<data value='1'>1,234.00</data>万元，其中<b>基本支出</b>若干，" * 8,
        "主要原因是<span class='automatic'>人员增加较多所以支出增加，</span>" * 8,
        "原来的说法<s>人员增加较多所以支出增加，</s>" * 8,
        "其中<span style='text-decoration: overline'>基本支出</span>若干，" * 16,
    ],
)
def test_every_line_but_the_last_ends_at_the_margin(printed: Print, words: str) -> None:
    lines = body_lines(pages(printed(text(words)))[0])
    full = list(full_lines(lines))
    assert len(full) >= 3
    assert all(abs(end_of(line) - MARGIN) < 1 for line in full)


def test_a_full_line_has_twenty_eight_characters(printed: Print) -> None:
    lines = list(full_lines(body_lines(pages(printed(text(FULL)))[0])))
    assert {len(line) for line in lines[1:]} == {28}
    assert len(lines[0]) == 26  # two are the indent


def test_a_space_is_no_hole_and_a_number_is_not_drawn_apart(printed: Print) -> None:
    words = "预算总额 1,234,567.89万元，其中：一般公共预算拨款收入若干万元，" * 6
    for line in full_lines(body_lines(pages(printed(text(words)))[0])):
        assert widest_gap(line) < 9
        for first, second in pairwise(line):
            if first.text.isdecimal() and second.text.isdecimal():
                assert second.left - first.right < 0.3


def test_the_last_line_and_headings_are_not_drawn_out(printed: Print) -> None:
    chars = pages(printed(text(FULL + "完", "短")))[0]
    last = body_lines(chars)[-2]
    assert said(last) == "短"
    assert last[0].right < LEFT + 60


# Tables on pages


def classes(document: HtmlDocument) -> list[str]:
    return [section.get("class", "").strip() for section in document.body.iter("section")]


def test_short_tables_share_a_page(printed: Print) -> None:
    body = text("一") + "".join(statement(f"表{each}", 3) for each in "甲乙丙")
    found = pages(printed(body))
    assert len(found) == 2
    assert all(f"表{each}" in said(found[1]) for each in "甲乙丙")


def test_a_table_that_does_not_fit_whole_begins_the_next_page(printed: Print) -> None:
    body = text("一") + "".join(statement(f"表{each}", 18) for each in "甲乙丙")
    found = [said(page) for page in pages(printed(body))]
    assert [[each for each in "甲乙丙" if f"表{each}" in page] for page in found] == [
        [],
        ["甲", "乙"],
        ["丙"],
    ]


def test_long_tables_and_parts_keep_their_pages(pack: Pack) -> None:
    part = statement("表丁", 2).replace("<h2", "<h1>二</h1><h2")
    body = statement("表甲", 2) + statement("表乙", 21) + statement("表丙", 2) + part
    shared = share_pages(tree(body, pack.folder), pack.theme, KeptPieces())
    assert classes(shared) == ["statement"] * 4


def test_a_wide_page_is_for_tables_that_need_one(
    print_tree: Print, pack: Pack, kept: KeptPieces
) -> None:
    many = "".join(
        '<td class="amount"><data value="1">123,456,789.00</data></td>' for _ in range(12)
    )
    wide = statement("表乙", 1, "landscape").replace(ROW, f"<tr>{many}</tr>")
    column = '<col style="width: 8%"/>'
    wide = re.sub("<colgroup>.*</colgroup>", f"<colgroup>{column * 12}</colgroup>", wide)
    body = statement("表甲", 2, "landscape") + wide
    shared = share_pages(tree(body, pack.folder), pack.theme, kept)
    assert classes(shared) == ["statement", "statement landscape"]
    printed = print_tree(shared)
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(printed.content)]
    assert [width > height for width, height in sizes] == [False, True]


def test_a_tail_of_few_rows_is_drawn_in(printed: Print) -> None:
    body = text("一") + statement("表甲", 50)
    loose, tight = printed(body), printed(body, tighter=2)
    assert (loose.pages, tight.pages) == (3, 2)
    assert printed(text("一") + statement("表甲", 80), tighter=2).pages == 3  # a tail no more


def contents(lines: int) -> str:
    heads = "".join(f'<h2 data-toc="2">第{number}节</h2>' for number in range(lines))
    front = '<section class="cover"><p>封面</p></section>'
    front += '<nav class="toc"><p class="toc-title">目录</p></nav>'
    return f'{front}<section class="part start">{heads}</section>'


@pytest.mark.parametrize(
    ("lines", "steps", "pages_before", "in_step"),
    [(20, 2, 2, 0), (35, 0, 3, 0), (35, 2, 2, 1), (37, 2, 2, 2), (38, 2, 3, 0), (60, 2, 3, 0)],
)
def test_contents_with_a_tail_of_few_lines_are_drawn_in(
    lines: int, steps: int, pages_before: int, in_step: int, print_tree: Print, pack: Pack
) -> None:
    pdf = print_tree(tree(contents(lines), pack.folder), tighter_contents=steps)
    document = pypdfium2.PdfDocument(pdf.content)
    assert document.get_page_label(pages_before) == "1"
    assert list(pdf.tightened.values()) == [in_step] * bool(in_step)


def test_a_page_that_goes_on_says_the_title_again_and_the_number_stands_in_one_place(
    printed: Print,
) -> None:
    found = pages(printed(text("一") + statement("某某预算表", 60)))
    assert [("某某预算表（续）" in said(page)) for page in found] == [False, False, True]
    feet = {
        (round(page[-1].baseline, 1), round(page[-1].size, 1)) for page in map(by_height, found)
    }
    assert len(feet) == 1


def test_a_table_begins_no_page_on_which_another_goes_on(printed: Print) -> None:
    high = statement("表甲", 18).replace("<td", '<td style="height: 50pt"')
    found = pages(printed(text("一") + high + statement("表乙", 3)))
    titles = ["表甲（续）" in said(page) for page in found]
    assert titles == [False, False, True, False]


def by_height(page: list[Char]) -> list[Char]:
    return sorted(page, key=lambda char: -char.baseline)


def test_a_title_said_again_is_no_content_for_whoever_reads(printed: Print, tmp_path: Path) -> None:
    file = tmp_path / "表.pdf"
    file.write_bytes(printed(text("一") + statement("某某预算表", 60)).content)
    blocks = read_draft(file).blocks
    rows = sum(len(each.rows) for each in blocks if isinstance(each, Table))
    assert rows == 60 + 2  # the head stands on both pages
    asides = [each for each in blocks if isinstance(each, Paragraph) and each.aside == "续表"]
    assert [each.text for each in asides] == ["某某预算表（续）"]


def test_a_title_with_the_word_that_no_table_had_is_content(printed: Print, tmp_path: Path) -> None:
    file = tmp_path / "表.pdf"
    body = text("一") + statement("表甲", 3) + statement("另一张表（续）", 25)
    file.write_bytes(printed(body).content)
    texts = [each for each in read_draft(file).blocks if isinstance(each, Paragraph)]
    assert [each.aside for each in texts if each.text.endswith("（续）")] == [""]


# Words in narrow cells


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("2025年合计", "2025年 合计"),
        ("一般公共预算拨款", "一般 公共 预算 拨款"),
        ("政府性基金预算", "政府性 基金 预算"),
        ("因公出国（境）费", "因公 出国 （境） 费"),
        ("公务用车购置及运行费", "公务 用车 购置 及 运行费"),
        ("年初预算数", "年初 预算数"),
        ("2024年度资金总额", "2024年度 资金 总额"),
    ],
)
def test_a_head_breaks_between_words(head: str, words: str) -> None:
    assert list(head_words(head, ["政府性"])) == words.split()


@given(st.text(alphabet="预算年度2025（）、abc 及的", max_size=20))
def test_words_of_a_head_are_the_head(head: str) -> None:
    assert "".join(head_words(head, ["预算年"])) == head


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("示例市示例区2026年区级部门预算", "示例市示例区2026年|区级部门预算"),
        ("预算主管部门：示例区示例工作办公室", "预算主管部门：|示例区示例工作办公室"),
        ("示例区2026年部门预算", "示例区2026年部门预算"),
        ("示例省示例市示例区人力资源和社会保障事业发展中心", None),
    ],
)
def test_a_line_of_the_cover_breaks_between_phrases(
    line: str, lines: str | None, print_tree: Print, pack: Pack
) -> None:
    body = f'<section class="cover"><p class="cover-title">{line}</p></section>{text(FULL)}'
    whole = tree(body, pack.folder)
    keep_words(whole.body, pack.theme)
    printed = print_tree(whole)
    shown: dict[float, str] = {}
    for char in pages(printed)[0]:
        shown[round(char.baseline)] = shown.get(round(char.baseline), "") + char.text
    if lines is not None:
        assert "|".join(shown.values()) == lines
    assert "".join(shown.values()) == line
    assert all(char.left > LEFT - 1 and char.right < MARGIN + 1 for char in pages(printed)[0])


def test_brackets_stay_whole_and_nothing_else_changes(pack: Pack) -> None:
    table = "<table><tr><th>合计</th><td>学生资助（第一批）-免学费</td><td>长的</td></tr></table>"
    document = tree(f"<section>{table}</section>", pack.folder)
    keep_words(document.root, pack.theme)
    head, first, second = document.body.iter("th", "td")
    assert head.text == f"合{JOINER}计"
    assert first.text == f"学生资助{JOINER.join('（第一批）')}-免学费"
    assert second.text == "长的"


def test_columns_follow_their_contents(pack: Pack) -> None:
    rows = "".join(f"<tr><td>{'项' * 30}</td><td>{'单' * 10}</td></tr>" for _ in range(9))
    columns = '<colgroup><col style="width: 50%"/><col style="width: 50%"/></colgroup>'
    table = f'<table class="form fitted">{columns}<tbody>{rows}</tbody></table>'
    document = tree(f'<section class="form">{table}</section>', pack.folder)
    (element,) = document.body.iter("table")
    fit_columns(element, pack.theme.page("form"), pack.theme)
    wide, narrow = (float(col.get("style", "")[7:-1]) for col in element[0])
    assert wide + narrow == pytest.approx(100, abs=0.01)
    assert 2.2 < wide / narrow < 3.2
    assert ems("项1") == pytest.approx(1.56)


# For readers that cannot see


FORM = """<section class="form"><h2 class="form" id="form1">表</h2><table class="form"><colgroup>
<col style="width: 20%"/><col style="width: 30%"/><col style="width: 20%"/><col style="width: 30%"/>
</colgroup><tbody>
<tr><td class="field">单位</td><td>某局</td><td class="field">期限</td><td>1年</td></tr>
<tr><td class="field" rowspan="2">指标</td><td class="field">名称</td><td class="field">性质</td>
<td class="field">值</td></tr>
<tr><td>人数</td><td>数量</td><td>10</td></tr>
</tbody></table></section>"""


def test_the_labels_of_forms_are_heads_of_their_rows_or_columns(pack: Pack) -> None:
    document = tree(FORM, pack.folder)
    mark_heads(document.root)
    heads = {each.text: each.get("scope") for each in document.body.iter("th")}
    assert heads == dict.fromkeys(("单位", "期限", "指标"), "row") | dict.fromkeys(
        ("名称", "性质", "值"), "col"
    )


@pytest.mark.parametrize("more", ["", "<p>注：一句话。</p>"], ids=["painted", "laid out"])
def test_a_cell_of_a_form_names_the_heads_beside_and_above_it(
    more: str, print_tree: Print, pack: Pack
) -> None:
    document = tree(text("一") + FORM.replace("</section>", f"{more}</section>"), pack.folder)
    mark_heads(document.body)
    pdf = print_tree(document)
    elements = structure(pdf)
    cells = re.findall(rb"/S /TD\b.*?>>", elements, re.DOTALL)
    headers = [len(re.findall(rb"\(", each)) for each in cells]
    assert headers == [1, 1, 2, 2, 2]  # 某局, 1年; 人数, 数量 and 10 under their heads, beside 指标
    assert elements.count(b"/Scope /Row") == elements.count(b"/Scope /Column") == 3


def test_no_two_heads_of_a_file_have_the_same_name(print_tree: Print, pack: Pack) -> None:
    form = FORM.replace(' id="form1"', "")
    pair = form.replace("</section>", form[form.index("<h2") :])  # two tables: laid out
    document = tree(text("一") + pair + text("二") + pair, pack.folder)
    mark_heads(document.body)
    elements = structure(print_tree(document))
    names = re.findall(rb"/ID (\(.*?\))", elements)
    assert len(names) == len(set(names)) == 24
    assert set(re.findall(rb"\(\d+-\d+\)", elements)) == set(names)


def test_the_way_from_contents_to_structure_is_in_the_order_of_numbers(
    print_tree: Print, pack: Pack
) -> None:
    """Readers search it by halves; cover and contents come last in the file, first in reading."""
    body = f'<section class="cover"><p>封面</p></section><nav class="toc"></nav>{text("一")}'
    document = tree(body + FORM + text("二"), pack.folder)
    elements = structure(print_tree(document))
    limits = re.findall(rb"/Limits \[(\d+) (\d+)\]", elements)
    (kids,) = re.findall(rb"<</Kids \[([\d R]*)\]>>", elements)
    assert len(limits) == kids.count(b"R") > 2
    numbers = [int(number) for pair in limits for number in pair]
    assert numbers == sorted(numbers)
    leaves = [int(number) for number in re.findall(rb"(\d+) 0 R", kids)]
    assert leaves == sorted(leaves)


def test_the_contents_are_a_list_of_links_that_say_where_they_lead(
    print_tree: Print, pack: Pack
) -> None:
    nav = '<nav class="toc"><p class="toc-title">目录</p></nav>'
    headings = '<h1 data-toc="1">概况</h1><h2 data-toc="2">职责</h2>'
    body = f'{nav}<section class="part start">{headings}</section>'
    pdf = print_tree(tree(body, pack.folder))
    elements = structure(pdf)
    assert elements.count(b"/S /TOCI") == 2
    assert len(re.findall(rb"/S /TOC\b", elements)) == 1
    assert elements.count(b"/Subtype /Link") == elements.count(b"/S /Link") == 2
    for word in ("概况", "职责"):
        says = b"/Contents <feff%s>" % word.encode("utf-16-be").hex().encode()
        assert says in elements


def form(project: str, rows: int = 3, more: str = "") -> str:
    columns = '<colgroup><col style="width: 40%"/><col style="width: 60%"/></colgroup>'
    row = f'<tr><td class="field">项目名称</td><td>{project}</td></tr>'
    heading = f'<h2 class="form" data-bookmark="{project}">项目支出绩效目标表</h2>'
    table = f'<table class="form">{columns}<tbody>{row * rows}</tbody></table>'
    return f'<section class="form">{heading}{table}{more}</section>'


@pytest.mark.parametrize("more", ["", "<p>注：用一句话说明。</p>"], ids=["painted", "laid out"])
def test_a_form_is_called_by_its_project(more: str, print_tree: Print, pack: Pack) -> None:
    names = ["修缮（100%）", "培训"]
    whole = tree(text("甲") + "".join(form(each, more=more) for each in names), pack.folder)
    found = structure(print_tree(whole))
    said = re.findall(rb"/H2(?:(?!StructElem).)*?/Alt <([0-9a-f]+)>", found, re.DOTALL)
    assert [bytes.fromhex(each.decode()).decode("utf-16") for each in said] == [
        f"{name}　项目支出绩效目标表" for name in names
    ]
    assert b"slot-" not in found


def test_a_heading_that_says_all_is_called_by_its_text(print_tree: Print, pack: Pack) -> None:
    body = text("甲") + statement("表一", 3) + form("项目支出绩效目标表")
    found = structure(print_tree(tree(body, pack.folder)))
    assert b"/H2" in found
    assert b"/Alt" not in found


def test_no_level_of_headings_is_left_out(print_tree: Print, pack: Pack) -> None:
    body = """<section class="part"><h1>情况</h1><h2>绩效</h2><h4>1、整体</h4><p>无</p></section>
    <section class="part"><h4>2、项目</h4><h2>资产</h2></section>"""
    document = tree(body, pack.folder)
    mark_levels(document.body)
    found = structure(print_tree(document))
    assert re.findall(rb"/S /(H\d)", found) == [b"H1", b"H2", b"H3", b"H3", b"H2"]


def test_the_heads_of_tables_that_share_a_page_are_heads_of_columns(printed: Print) -> None:
    pdf = printed(text("甲") + statement("表一", 3) + statement("表二", 3))
    assert pdf.pages == 2  # so the painter, which says it already, prints neither
    assert len(re.findall(rb"/S /TH\b(?:(?!StructElem).)*?/Scope /Column", structure(pdf))) == 4


def test_viewers_call_pages_by_their_printed_numbers(printed: Print) -> None:
    nav = '<nav class="toc"><p class="toc-title">目录</p></nav>'
    pdf = printed(nav + text("一") + statement("表甲", 60))
    document = pypdfium2.PdfDocument(pdf.content)
    assert [document.get_page_label(page) for page in range(4)] == ["i", "1", "2", "3"]


# Charts


def test_small_bars_are_seen_and_shares_are_written_by_the_pack() -> None:
    items = [("甲", Decimal(1000000), "1,000,000.00"), ("乙", Decimal("0.01"), "0.01")]
    chart = bar_chart("图", items, rate="0.0")
    assert chart.bars[1].length == 1.5
    assert [bar.text for bar in chart.bars] == ["1,000,000.00万元（100.0%）", "0.01万元（0.0%）"]


def test_a_theme_without_these_settings_leaves_tables_where_they_are(pack: Pack) -> None:
    table = pack.theme.table.model_copy(update={"short": 0, "upright": False})
    theme = pack.theme.model_copy(update={"table": table})
    body = statement("表甲", 1) + statement("表乙", 1, "landscape") + statement("表丙", 1)
    shared = share_pages(tree(body, pack.folder), theme, KeptPieces())
    assert classes(shared) == ["statement", "statement landscape", "statement"]
