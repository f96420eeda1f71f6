"""HTML drafts as a reader sees them, from any office; and those that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.drafts.draft import Paragraph
from generator.drafts.read import read_draft
from generator.drafts.safety import limits
from tests.test_drafts import lines, refused

CHINESE = "阳泉市教育局预算公开"


def page(folder: Path, content: str | bytes, name: str = "a.html") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def seen(folder: Path, body: str) -> list[str]:
    return lines(read_draft(page(folder, f"<!DOCTYPE html><html><body>{body}</body></html>")))


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="gbk">', "gbk"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ('<meta charset="gb2312">', "utf-8-sig"),
        ("", "gb18030"),
    ],
)
def test_encodings(tmp_path: Path, head: str, encoding: str) -> None:
    content = f"<html><head>{head}</head><body><p>{CHINESE}㐀</p></body></html>"
    encoded = content.encode(encoding, "ignore")
    assert lines(read_draft(page(tmp_path, encoded, "a.HTM")))[0].removesuffix("㐀") == CHINESE


def test_what_is_not_shown_is_no_text(tmp_path: Path) -> None:
    hidden = "<p hidden>一</p><p style='Display : none'>二</p><div style='display:none'><p>三</p>"
    hidden += "</div><script>四</script><style>五</style><noscript>六</noscript><!-- 七 -->"
    inside = "<p>正<span style='visibility:hidden'>八</span><!-- 九 -->文</p>"
    row = (
        "<table><tr hidden><td>十</td></tr><tr><td>甲</td><td hidden>乙</td><td>1</td></tr></table>"
    )
    assert seen(tmp_path, hidden + inside + row) == ["正文", "甲|1"]


def test_headings_breaks_and_entities(tmp_path: Path) -> None:
    body = "<h1>第一部分&nbsp;概况</h1><p>A&amp;B&#x4E2D;&ldquo;三公&rdquo;<br>次行</p>"
    assert seen(tmp_path, body + "<h2>一、职责</h2>") == [
        "第一部分 概况",
        "A&B中“三公”",
        "次行",
        "一、职责",
    ]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>第一部分<br>概况</p>", ["第一部分 概况"]),
        ("<h1>甲市教育局<br>预算公开</h1>", ["甲市教育局 预算公开"]),
        (
            "<div>一、职责<br/>负责教育。<br>二、机构设置</div>",
            ["一、职责", "负责教育。", "二、机构设置"],
        ),
        ("<p>地址：甲路1号<br>电话：见网站</p>", ["地址：甲路1号", "电话：见网站"]),
        ("<p>收入一百万元，<br>其中：拨款九十万元</p>", ["收入一百万元，其中：拨款九十万元"]),
        (
            f"<p>{'字' * 30}<br>继续。<br>{'句' * 30}。<br>下一段</p>",
            [f"{'字' * 30}继续。", f"{'句' * 30}。", "下一段"],
        ),
        ("<p>源\n行<br></p><p><br>甲</p>", ["源 行", "甲"]),
        (
            "<table><tr><td>机关运行<br>经费<td>Total<br>sum<td><br>1</table>",
            ["机关运行经费|Total sum|1"],
        ),
        ("<pre>甲。\n乙</pre>", ["甲。", "乙"]),
    ],
)
def test_line_breaks(tmp_path: Path, body: str, read: list[str]) -> None:
    assert seen(tmp_path, body) == read


def test_text_outside_paragraphs_is_kept(tmp_path: Path) -> None:
    body = "开头<b>粗</b><div>块<p>段</p>尾</div><center>居中</center>末"
    assert seen(tmp_path, body) == ["开头粗", "块", "段", "尾", "居中", "末"]


def test_lists_show_their_numbers(tmp_path: Path) -> None:
    body = "<ol><li>甲</li><li>乙<ol type=a><li>子</li></ol></li><li><p>丙</p></li></ol>"
    body += "<ol start=3 type=I><li>丁</li><li value=9>戊</li></ol><ul><li>己</li></ul>"
    numbered = ["1.甲", "2.乙", "a.子", "3.丙", "III.丁", "IX.戊", "己"]
    assert seen(tmp_path, body) == numbered


def test_merged_cells(tmp_path: Path) -> None:
    body = "<table><caption>表一</caption><tr><th rowspan=2>项目</th><th colspan=2>支出</th></tr>"
    body += "<tr><th>合计</th><th>基本</th></tr><tr><td>甲</td><td>1</td><td></td></tr></table>"
    assert seen(tmp_path, body) == ["表一", "项目|支出|", "|合计|基本", "甲|1|"]


def test_nested_tables(tmp_path: Path) -> None:
    inner = "<table><tr><td>内1</td><td>内2</td></tr></table>"
    body = f"<table><tr><td>甲</td><td>{inner}</td></tr></table>"
    framed = f"<table><tr><td><p>题</p>{inner}</td></tr></table>"
    assert seen(tmp_path, body + framed) == ["甲|内1 内2", "题", "内1|内2"]


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ("<form><tr><td>甲</td><td>1</td></tr></form>", ["甲|1"]),
        ("<center><tbody><tr><td>甲</td><td>1</td></tr></tbody></center>", ["甲|1"]),
        ("<tr><td>甲</td><form><td>1</td></form><td>乙</td></tr>", ["甲|1|乙"]),
        ("<td>甲</td><td>1</td>", ["甲|1"]),
        ("<tbody><td>甲</td><td>1</td></tbody>", ["甲|1"]),
        ("注一<tr>注二<td>甲</td>注三</tr>注四", ["注一", "注二", "注三", "注四", "甲"]),
        ("<tr><td>甲</td></tr><div>注</div><p hidden>隐</p>", ["注", "甲"]),
        ("<table><tr><td>甲</td></tr></table>", ["甲"]),
        ("<div><table><tr><td>甲</td></tr></table></div>", ["甲"]),
    ],
)
def test_what_stands_astray_in_a_table_is_kept(tmp_path: Path, table: str, read: list[str]) -> None:
    assert seen(tmp_path, f"<table>{table}</table>") == read


def test_a_page_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert lines(read_draft(page(tmp_path, "<html><body><p>一</p><table><tr><td>甲<td>1"))) == [
        "一",
        "甲|1",
    ]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "E605", "文件是空的"),
        (b" \r\n", "E605", "文件是空的"),
        (b"<html><body></body></html>", "E605", "没有文字"),
        (b"%PDF-1.7\n1 0 obj", "E607", "内容却是 PDF"),
        (b"PK\x03\x04<a>" + bytes(30), "E603", "内容不是 HTML"),
        ("只有文字".encode(), "E603", "内容不是 HTML"),
        (b"<p>\xff\xff\xff", "E603", "文字编码无法识别"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>', "E606", "XML 实体"),
        (b"<div>" * 100_000 + b"<p>x</p>", "E602", "嵌套"),
        (b"<p>" + b"<b>" * 100_000 + b"x", "E602", "嵌套"),
        (b"<table><tr><td>" * 100_000 + b"x", "E602", "嵌套"),
    ],
)
def test_pages_that_are_refused(tmp_path: Path, content: bytes, code: str, says: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        read_draft(page(tmp_path, content))
    (finding,) = caught.value.findings
    assert finding.code == code
    assert says in finding.message


def test_spans_do_not_swell_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS", 50_000)
    cells = "<td colspan=99999999 rowspan=65534>x</td>" * 2_000
    body = f"<table><tr>{cells}</tr>{'<tr></tr>' * 200}</table>"
    assert refused(page(tmp_path, body)) == "E602"
    usual = "<table><tr><td colspan=20 rowspan=3>x</td></tr><tr></tr><tr></tr></table>"
    assert seen(tmp_path, usual) == ["x" + "|" * 19, "|" * 19, "|" * 19]


def test_a_large_page_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.drafts.html.source.MAX_TEXT_BYTES", 3)
    assert refused(page(tmp_path, "<p>一</p>")) == "E602"


# Drawings


def drawing(content: str) -> str:
    return f'<svg viewBox="0 0 400 80"><title>不显示</title>{content}</svg>'


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (  # what stands at one height is a line, whatever is drawn first
            "<text x='102.07999999999998' y='40'>2.50万元</text>"
            "<text x='90' y='40.5'>教育支出</text><text x='90' y='14'>其他支出</text>",
            ["其他支出", "教育支出 2.50万元"],
        ),
        ("<g transform='translate(5, 30)'><text y='2'>下</text></g><text y='20'>上</text>", "上下"),
        ("<text y='9'>合<tspan font-weight='bold'>计</tspan>数</text>", ["合计数"]),
        ("<text x='5'>甲<tspan x='5' dy='1.2em'>乙</tspan></text>", "甲乙"),
        ("<text x='5'>甲<tspan x='50'>乙</tspan></text>", ["甲 乙"]),
        ("<foreignObject y='3'><div>注 一</div></foreignObject>", ["注 一"]),
        (
            "<defs><text>一</text></defs><desc>二</desc><style>三</style><g display='none'>"
            "<text>四</text></g><text style='visibility:hidden'>五</text><!-- 六 -->"
            "<text>七</text>",
            ["七"],
        ),
        ("<rect width='5' height='5'/><text x='nan' y='9e9e9'> </text>", []),
    ],
)
def test_the_words_of_drawings_are_read(
    tmp_path: Path, content: str, read: list[str] | str
) -> None:
    body = f"<p>前</p><figure>{drawing(content)}<figcaption>支出结构图</figcaption></figure>"
    assert seen(tmp_path, body) == ["前", *read, "支出结构图"]
    path = page(tmp_path, f"<html><body>{body}</body></html>")
    words = [block for block in read_draft(path).blocks if isinstance(block, Paragraph)]
    assert [each.text for each in words if each.aside == "图"] == [*read]


def test_a_drawing_stands_where_it_stands(tmp_path: Path) -> None:
    sign, words = drawing("<circle r='3'/>"), drawing("<text>图</text>")
    cell = f"<table><tr><td>甲{words}</td><td>{sign}1</td></tr></table>"
    assert seen(tmp_path, f"<p>一{sign}二{words}三</p>{cell}") == ["一二", "图", "三", "甲图|1"]
