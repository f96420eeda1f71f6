"""Codes of reading: folders, files and their YAML."""

from __future__ import annotations

from tests.reproduced.sandbox import MARK, Sandbox, reproduces


@reproduces("E101", says="目录不存在")
def a_folder_that_is_not_there(sandbox: Sandbox) -> str:
    sandbox.folders = [sandbox.data.parent / "没有这个单位-2024"]
    return "没有这个单位-2024"


@reproduces("E101", says="不是目录")
def a_file_instead_of_a_folder(sandbox: Sandbox) -> str:
    sandbox.folders = [sandbox.data / "收支.yaml"]
    return "收支.yaml"


@reproduces("E101", says="没有 .yaml 文件")
def a_folder_without_data(sandbox: Sandbox) -> str:
    empty = sandbox.data.parent / "空目录"
    empty.mkdir()
    sandbox.folders = [empty]
    return "空目录"


@reproduces("E102", says="它是目录")
def a_folder_called_like_a_file(sandbox: Sandbox) -> str:
    (sandbox.data / "补充.yaml").mkdir()
    return "补充.yaml"


@reproduces("E103", says="GBK")
def a_file_saved_as_gbk(sandbox: Sandbox) -> str:
    file = sandbox.data / "单位信息.yaml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gbk"))
    return "单位信息.yaml:1:1"


@reproduces("E103")
def a_line_pasted_in_gbk(sandbox: Sandbox) -> str:
    file = sandbox.data / "补充.yaml"
    file.write_bytes("变动原因:\n  # 三公".encode() + "经费".encode("gbk"))
    return "补充.yaml:2:7"  # counted in characters, like every other column


@reproduces("E104")
def an_empty_file(sandbox: Sandbox) -> str:
    sandbox.write("补充.yaml", "")
    return "补充.yaml"


@reproduces("E104", says="只有注释")
def a_file_of_comments(sandbox: Sandbox) -> str:
    sandbox.write("补充.yaml", "# 三公经费：待填\n")
    return "补充.yaml"


@reproduces("E104", says="任何栏目")
def a_folder_without_any_section(sandbox: Sandbox) -> str:
    empty = sandbox.data.parent / "没有栏目"
    empty.mkdir()
    (empty / "a.yaml").write_text("{}\n", encoding="utf-8")
    sandbox.folders = [empty]
    return "没有栏目"


@reproduces("E105", says="不该有冒号")
def a_colon_too_many(sandbox: Sandbox) -> str:
    content = """\
单位信息:
  名称: 阳泉市▶: 退役军人服务中心
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E105", says="Tab")
def an_indent_of_a_tab(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "机关运行经费:\n▶\t- 单位: 本级\n")


@reproduces("E105", says="引号没有配对")
def a_quotation_that_does_not_end(sandbox: Sandbox) -> str:
    content = """\
机关运行经费:
  - 单位: ▶"本级
    金额: {一般公共预算: 100}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="花括号")
def a_bracket_that_does_not_close(sandbox: Sandbox) -> str:
    content = """\
三公经费:
  公务接待费: ▶{一般公共预算: 100
  公务用车购置费: {一般公共预算: 200}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="缩进与上面不齐")
def an_indent_out_of_line(sandbox: Sandbox) -> str:
    content = """\
三公经费:
    公务接待费: {一般公共预算: 100}
  ▶公务用车购置费: {一般公共预算: 200}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="不能以这个符号开头")
def a_text_that_begins_with_a_reserved_sign(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: ▶@见附件\n")


@reproduces("E105", says="两段")
def two_documents_in_one_file(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: {}\n▶---\n绩效管理: {}\n")


@reproduces("E105", says="键必须是文字")
def a_list_for_a_key(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费:\n  ? ▶[公务接待费]\n  : {一般公共预算: 100}\n")


@reproduces("E105", says="U+0007")
def a_control_character(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "其他说明:\n  其他: 无▶\x07\n")


@reproduces("E105", says="U+0007")
def a_control_character_written_as_an_escape(sandbox: Sandbox) -> str:
    content = """\
机关运行经费:
  - {单位: ▶"本级\\a", 金额: {}}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E105", says="层次太深")
def brackets_a_hundred_thousand_deep(sandbox: Sandbox) -> str:
    deepest = 49  # the mapping outside is a level too
    return sandbox.write("补充.yaml", "三公经费: " + "[" * deepest + MARK + "[" * 100_000)


@reproduces("E106", says="第一次在第 2 行")
def a_key_written_twice(sandbox: Sandbox) -> str:
    content = """\
三公经费:
  公务接待费: {一般公共预算: 100}
  公务用车购置费: {一般公共预算: 200}
  ▶公务接待费: {一般公共预算: 300}
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E107", says="锚点 &")
def an_anchor(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费:\n  公务接待费: ▶&n {一般公共预算: 100}\n")


@reproduces("E107", says="别名 *")
def an_alias_of_nothing(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "三公经费: ▶*last_year\n")


@reproduces("E107", says="标签 !")
def a_tag_of_ones_own(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "机关运行经费: ▶!include 机关.yaml\n")


@reproduces("E108", says="单位信息.yaml 第")
def a_section_in_two_files(sandbox: Sandbox) -> str:
    content = """\
▶概况:
  职责: [为退役军人服务]
"""
    return sandbox.write("补充.yaml", content)
