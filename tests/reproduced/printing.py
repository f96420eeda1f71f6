"""Codes of printing: fonts, files from outside, styles, grids that are too wide."""

from __future__ import annotations

import ctypes.util
import os

from generator.printing import fonts
from tests.reproduced.sandbox import STEM, Sandbox, reproduces


@reproduces("W305", says="管道")
def a_pipe_called_like_a_data_file(sandbox: Sandbox) -> str:
    os.mkfifo(sandbox.data / "补充.yaml")
    return "补充.yaml"


@reproduces("W305", says="数据目录以外")
def a_link_out_of_the_data_folder(sandbox: Sandbox) -> str:
    (sandbox.data / "补充.yaml").symlink_to("/dev/zero")
    return "补充.yaml"


@reproduces("E401", says="没有安装字体“没有这种楷体”")
def a_font_that_is_not_installed(sandbox: Sandbox) -> str:
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    assert "pdf: LXGW WenKai," in theme
    sandbox.format = "pdf"
    return sandbox.write_pack(
        "theme.yaml", theme.replace("pdf: LXGW WenKai,", "pdf: ▶没有这种楷体,")
    )


@reproduces("N407", says="“没有这种楷体”")
def a_font_of_the_pdf_that_the_docx_does_without(sandbox: Sandbox) -> str:
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    sandbox.format = "docx"
    return sandbox.write_pack(
        "theme.yaml", theme.replace("pdf: LXGW WenKai,", "pdf: ▶没有这种楷体,")
    )


@reproduces("E401", says="安装 fontconfig")
def a_machine_without_the_list_of_fonts(sandbox: Sandbox) -> None:
    sandbox.format = "pdf"
    sandbox.monkeypatch.setattr(fonts, "_installed_families", fonts._installed_families.__wrapped__)
    sandbox.monkeypatch.setenv("PATH", str(sandbox.pack))


@reproduces("E402", says="“\U0010fffd”（U+10FFFD）")
def a_character_that_no_font_has(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
概况:
  职责: [▶"姓名里的生僻字：\\U0010FFFD"]
"""
    sandbox.page("<p>{{ disclosure.overview.duties[0] }}</p>", "pdf")
    return sandbox.write("单位信息.yaml", content)


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network_in_html_alone(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶http://example.com/seal.png" alt="章"/></p>', "html")


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶http://example.com/seal.png" alt="章"/></p>', "pdf")


@reproduces("E403", says="file:///etc/passwd")
def a_file_of_the_machine(sandbox: Sandbox) -> str:
    return sandbox.page('<p><img src="▶file:///etc/passwd" alt="章"/></p>', "pdf")


@reproduces("E403", says="/output/")
def a_file_beside_the_pack(sandbox: Sandbox) -> str:
    sandbox.page(f'<p><img src="{sandbox.pack}/../output/{STEM}.html" alt="章"/></p>\n', "pdf")
    return "pack"


@reproduces("E403", says="http://example.com/seal.png")
def a_picture_from_the_network_inside_a_drawing(sandbox: Sandbox) -> str:
    drawing = """\
<figure><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" role="img" aria-label="章">
<image href="▶http://example.com/seal.png" width="9" height="9"/>
</svg></figure>"""
    return sandbox.page(drawing, "pdf")


@reproduces("E404", says="标签 b 没有闭合")
def a_tag_that_does_not_close(sandbox: Sandbox) -> str:
    sandbox.page("<p><b>第一部分</p>")
    return "pack"


@reproduces("E404", says="什么也没有写出")
def an_empty_template(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "")
    return "pack"


@reproduces("E404", says="没有 <title>")
def a_document_without_a_title(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "<html><body><p>第一部分</p></body></html>")
    return "pack"


@reproduces("E404", says="没有 <body>")
def a_document_without_a_body(sandbox: Sandbox) -> str:
    sandbox.write_pack("document.html.j2", "<html><head><title>试</title></head></html>")
    return "pack"


@reproduces("E404", says="data-toc")
def a_heading_at_a_level_that_is_no_number(sandbox: Sandbox) -> str:
    sandbox.page('<h1 data-toc="一">第一部分</h1>')
    return "pack"


@reproduces("E404", says="没有这个样式属性：colour: red")
def a_misspelt_style(sandbox: Sandbox) -> str:
    sandbox.page('<p style="colour: red">第一部分</p>', "pdf")
    return "pack"


@reproduces("E404", says="读不出文件")
def a_picture_that_the_pack_lacks(sandbox: Sandbox) -> str:
    sandbox.page('<p><img src="seal.png" alt="章"/></p>', "pdf")
    return "pack"


@reproduces("E406", says="“表九支出表”放不下金额“1234567.89”")
def an_amount_wider_than_the_paper(sandbox: Sandbox) -> str:
    sandbox.page(
        '<section class="statement"><h2 class="statement" data-toc="2" data-toc-text="表九支出表">'
        '支出表</h2><table class="statement"><colgroup><col style="width: 50%"/>'
        '<col style="width: 50%"/></colgroup><tbody><tr><td>合计</td>'
        '<td class="amount">1234567.89</td></tr></tbody></table></section>'
    )
    theme = (sandbox.pack / "theme.yaml").read_text(encoding="utf-8")
    for ours, theirs in (
        ("{选择器: td, 字体: 表格, 字号: 9,", "{选择器: td, 字体: 表格, 字号: 90,"),
        ("最小字号: 7.5", "最小字号: 80"),
        ("  内边距:", "  ▶内边距:"),
    ):
        assert ours in theme
        theme = theme.replace(ours, theirs)
    return sandbox.write_pack("theme.yaml", theme)


@reproduces("W405", says="libharfbuzz-subset0")
def a_machine_without_harfbuzz_subset(sandbox: Sandbox) -> None:
    def find_library(name: str) -> str | None:
        return None if name == "harfbuzz-subset" else name

    sandbox.monkeypatch.setattr(ctypes.util, "find_library", find_library)
