"""Codes of template packs: settings, templates, statements, rules."""

from __future__ import annotations

from tests.distributions import RULES, install
from tests.reproduced.sandbox import SAID, Sandbox, reproduces


@reproduces("E301")
def a_pack_that_is_not_there(sandbox: Sandbox) -> str:
    sandbox.pack = sandbox.pack.parent / "没有这个模板包"
    return "没有这个模板包"


@reproduces("E301")
def a_pack_without_its_settings(sandbox: Sandbox) -> str:
    (sandbox.pack / "pack.yaml").unlink()
    return "pack"


@reproduces("E301", says="模板包缺少 theme.yaml（字体、字号、版心）")
def a_pack_without_its_theme(sandbox: Sandbox) -> str:
    (sandbox.pack / "theme.yaml").unlink()
    return "pack"


@reproduces("E302", says="到模板末尾“for”还没有结束")
def a_loop_without_an_end(sandbox: Sandbox) -> str:
    return sandbox.page("{% for entry in glossary %}\n▶<p>{{ entry.term }}</p>")


@reproduces("E302", says="这里不该有标签“fro”")
def a_misspelt_tag(sandbox: Sandbox) -> str:
    return sandbox.page("<p>\n▶{% fro entry in glossary %}\n</p>")


@reproduces("E302", says="没有过滤器“nun”")
def a_misspelt_filter(sandbox: Sandbox) -> str:
    return sandbox.page('▶<p>{{ n.figure("表一/收入/收入总计/金额") | nun }}</p>')


@reproduces("E302", says="没有变量“unit”")
def an_undefined_variable(sandbox: Sandbox) -> str:
    return sandbox.page("<p>{{ entity.name }}</p>\n▶<p>{{ unit }}</p>")


@reproduces("E302", says="没有“adress”这一项")
def an_undefined_attribute_in_an_included_part(sandbox: Sandbox) -> str:
    sandbox.page('{% include "parts/address.html.j2" %}')
    return sandbox.write_pack(
        "parts/address.html.j2", "<p>地址：</p>\n\n▶<p>{{ entity.adress }}</p>\n"
    )


@reproduces("E302", says="没有模板文件“parts/寄语.html.j2”")
def an_included_part_that_is_not_there(sandbox: Sandbox) -> str:
    return sandbox.page('▶{% include "parts/寄语.html.j2" %}')


@reproduces("E302", says="没有尽头")
def a_template_that_includes_itself(sandbox: Sandbox) -> str:
    return sandbox.write_pack("document.html.j2", '▶{% include "document.html.j2" %}')


@reproduces("E302", says="不是 UTF-8 编码")
def a_template_saved_as_gbk(sandbox: Sandbox) -> str:
    (sandbox.pack / "parts" / "gbk.html.j2").write_bytes("<p>寄语</p>".encode("gbk"))
    return sandbox.page('▶{% include "parts/gbk.html.j2" %}')


@reproduces("E302", says="没有“隶书”")
def a_stylesheet_with_a_font_that_the_theme_lacks(sandbox: Sandbox) -> str:
    return sandbox.write_pack("document.css.j2", "body {\n▶  font-family: {{ font('隶书') }};\n}\n")


@reproduces("E303", says="是不是 表一/收入/收入总计/金额")
def an_unknown_address_in_a_template(sandbox: Sandbox) -> str:
    return sandbox.page('<p>\n▶{{ n.figure("表一/收入/收入总额/金额") | num }}\n</p>')


@reproduces("E303", says="是不是 表五/合计/基本支出")
def an_unknown_address_among_the_stated_totals(sandbox: Sandbox) -> str:
    content = """\
核对数:
  表五/总计/基本支出: ▶"115.52"
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("E303", says="没有“总额”这一列")
def an_unknown_address_among_the_places(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/places.yaml", "项目支出合计: ▶表十二/合计/总额\n")


@reproduces("E303", says="没有“表二十”这张表")
def an_unknown_statement_among_the_places(sandbox: Sandbox) -> str:
    return sandbox.write_pack("checks/places.yaml", "项目支出表: ▶表二十\n")


@reproduces("E304", says="没有“名词表”")
def a_row_of_the_check_sheet_about_an_unknown_part(sandbox: Sandbox) -> str:
    rows = "".join(
        f"  - {{内容: {part}, 部分: [{part}]}}\n"
        for part in ("概况", "预算报表", "情况说明", "附件")
    )
    content = f"行:\n{rows}  - {{内容: 名词解释, 部分: [名词解释, ▶名词表]}}\n"
    return sandbox.write_pack("checks/sheet.yaml", content)


@reproduces("E304", says="“表十三”没有列在哪一行")
def a_check_sheet_without_a_row_for_a_statement(sandbox: Sandbox) -> str:
    numbers = [f"表{number}" for number in "一二三四五六七八九十"] + ["表十一", "表十二"]
    rows = [*numbers, "概况", "情况说明", "名词解释", "附件"]
    content = "".join(f"  - {{内容: {part}, 部分: [{part}]}}\n" for part in rows)
    return sandbox.write_pack("checks/sheet.yaml", f"行:\n  ▶{content.lstrip()}")


@reproduces("E304", says="“资金来源”没有“一般预算”这个取值")
def a_condition_with_an_unknown_value(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列:
      - {标题: 科目, 内容: 名称}
      - {标题: 金额, 条件: {资金来源: ▶一般预算}}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="“机关运行经费”账没有“科目项”这个维度")
def a_row_over_an_unknown_dimension(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 机关运行经费
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {展开: ▶[科目项]}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="没有“编号”这种内容")
def a_column_of_unknown_content(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 编号, 内容: ▶编号}]
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="有一层是空的")
def an_expansion_into_nothing(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {展开: ▶[[]]}
"""
    return sandbox.write_pack("statements/99.yaml", content)


@reproduces("E304", says="有 2 个报表定义的表号都是“表五”")
def two_statements_with_one_number(sandbox: Sandbox) -> str:
    definition = (sandbox.pack / "statements" / "05.yaml").read_text(encoding="utf-8")
    sandbox.write_pack("statements/05又.yaml", definition)
    return "statements"


@reproduces("E304", says="同一个地址“表十四/合计/金额”")
def two_rows_at_one_address(sandbox: Sandbox) -> str:
    content = """\
表号: 表十四
标题: 试表
账: 收支
栏:
  - 列: [{标题: 名称, 内容: 名称}, {标题: 金额}]
    行:
      - {标题: 合计}
      - {标题: 合计, 条件: {支出类别: 基本支出}}
"""
    sandbox.write_pack("statements/99.yaml", content)
    return "statements"


@reproduces("E306", says="规则 E9001 没有做完：出了错（ValueError）")
def an_installed_rule_that_fails(sandbox: Sandbox) -> str:
    rules = f"{RULES}\nfrom pathlib import Path\nPACK = Path({str(sandbox.pack)!r})\n"
    rules += 'def own():\n    return [rule("E9001", fails)]\n'
    points = {
        "disclosure.packs": {"云台": "yuntai:PACK"},
        "disclosure.rules": {"云台": "yuntai:own"},
    }
    install(sandbox.monkeypatch, sandbox.data.parent / "site", "yuntai", points, rules)
    return sandbox.data.name
