"""Codes of the data: keys, amounts, subjects, what last year and the public file ask for."""

from __future__ import annotations

from tests.conftest import UNIT
from tests.reproduced.sandbox import SAID, Sandbox, reproduces


@reproduces("E201", says="是不是“基本支出”？")
def a_misspelt_key(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      ▶基本支岀: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E201", says="是不是“三公经费”？")
def a_misspelt_section(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "▶三公经费表: {}\n")


@reproduces("E201", says="这里可用的键：领导用车、")
def a_key_like_no_other(sandbox: Sandbox) -> str:
    content = """\
国有资产:
  实有车辆: {▶直升机: 1}
"""
    return sandbox.write("情况说明.yaml", content)


@reproduces("E202", says="缺少“年度”")
def a_missing_year(sandbox: Sandbox) -> str:
    content = """\
单位信息:
  ▶名称: 阳泉市退役军人服务中心
  类型: 单位
概况:
  职责: [为退役军人服务]
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E202", says="缺少“单位信息”")
def a_missing_section(sandbox: Sandbox) -> str:
    sandbox.write("单位信息.yaml", "概况: {职责: [为退役军人服务]}\n")
    return UNIT


@reproduces("E203", says="“年度”应当是整数，现在是“二〇二四”")
def words_for_a_number(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: 单位, 年度: ▶二〇二四}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“类型”只能是部门、单位，现在是“中心”")
def a_kind_that_is_not_offered(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: ▶中心, 年度: 2024}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“职责”应当是列表")
def a_text_for_a_list(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 某中心, 类型: 单位, 年度: 2024}
概况: {职责: ▶为退役军人服务}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“名称”是空的")
def a_name_of_nothing(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: ▶"", 类型: 单位, 年度: 2024}
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E203", says="“领导用车”不能小于 0，现在是“-1”")
def a_count_below_zero(sandbox: Sandbox) -> str:
    return sandbox.write("情况说明.yaml", "国有资产: {实有车辆: {领导用车: ▶-1}}\n")


@reproduces("E203", says="“领导用车”这个数太大")
def a_count_of_five_thousand_digits(sandbox: Sandbox) -> str:
    content = "国有资产: {实有车辆: {领导用车: ▶9}}\n".replace("9", "9" * 5000)
    return sandbox.write("情况说明.yaml", content)


@reproduces("E203", says="只能写“是”或“否”，现在是“{不公开}”")
def a_flag_that_is_neither_yes_nor_no(sandbox: Sandbox) -> str:
    content = """\
项目:
  - 单位: 阳泉市退役军人服务中心
    项目:
      - 名称: 双拥创建活动
        公开绩效目标: ▶"{不公开}"
"""
    return sandbox.write("项目.yaml", content)


@reproduces("E203", says="最外层应当是“栏目: 内容”")
def a_list_for_a_file(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml", "▶- 三公经费\n")


@reproduces("E203", says="“线宽”应当是数字，现在是“细”")
def a_word_for_a_length_of_the_theme(sandbox: Sandbox) -> str:
    content = """\
版面: [{名: text, 上: 37, 下: 35, 左: 28, 右: 26}]
字体: {正文: {pdf: Noto Serif CJK SC, docx: 仿宋, 替换: FangSong}}
样式: [{选择器: p, 字体: 正文, 字号: 16}]
页码: {字体: 正文, 字号: 10.5}
表格: {内边距: {上下: 1.4, 左右: 3}, 线宽: ▶细}
"""
    return sandbox.write_pack("theme.yaml", content)


@reproduces("E203", says="“栏”至少要有 1 项")
def a_statement_without_blocks(sandbox: Sandbox) -> str:
    return sandbox.write_pack("statements/99.yaml", "表号: 表十四\n标题: 试表\n账: 收支\n栏: ▶[]\n")


@reproduces("E204", says="不能为负")
def a_negative_amount(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: ▶-2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E205", says="是不是 2013299（其他组织事务支出）？")
def an_unknown_code(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: ▶"2013298"
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E206", says="第一次在 收支.yaml 第 2 行")
def a_subject_on_two_lines(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: 2350}
  - ▶科目: "2013299"
    当年预算:
      基本支出: {一般公共预算: 100}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E206", says="第一次在 项目.yaml 第")
def the_projects_of_a_unit_in_two_files(sandbox: Sandbox) -> str:
    content = """\
项目:
  - ▶单位: 阳泉市退役军人服务中心
    项目: []
"""
    return sandbox.write("项目补充.yaml", content)


@reproduces("E207", says="7 位数字")
def a_subject_at_section_level(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目: ▶"20132"
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E207", says="科目编码“”不是功能分类的项")
def a_subject_left_blank(sandbox: Sandbox) -> str:
    content = """\
收支:
  - 科目:▶
    当年预算:
      基本支出: {一般公共预算: 2350}
"""
    return sandbox.write("收支.yaml", content)


@reproduces("E208", says="可用：表一、表二")
def a_statement_that_the_pack_lacks(sandbox: Sandbox) -> str:
    content = """\
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
公开方式:
  无数据表: [表三, ▶表四十]
概况: {职责: [为退役军人服务]}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("E209", says="“指标值”与“实施期”“年度”只能写一种")
def an_indicator_stated_in_two_ways(sandbox: Sandbox) -> str:
    content = """\
项目绩效目标表:
  - 项目名称: 双拥创建活动
    主管部门及代码:
    实施单位: 阳泉市退役军人服务中心
    绩效指标:
      产出指标:
        数量指标:
          - {指标: 走访次数, 指标值: 20次}
          - ▶{指标: 走访人数, 指标值: 70人, 年度: 35人}
"""
    return sandbox.write("项目绩效目标表.yaml", content)


@reproduces("W210", says="目录为“机关事业单位基本养老保险缴费支出”")
def a_name_other_than_the_catalogues(sandbox: Sandbox) -> str:
    content = """\
补充科目:
  功能分类:
    "2080505": ▶养老保险缴费
"""
    return sandbox.write("补充.yaml", content)


@reproduces("N228", says="目录未见原文")
def a_name_other_than_one_that_was_read_nowhere(sandbox: Sandbox) -> str:
    content = """\
补充科目:
  功能分类:
    "2010104": ▶人大会议费
"""
    return sandbox.write("补充.yaml", content)


@reproduces("W211", says="目录未收录")
def a_subject_that_the_data_names_itself(sandbox: Sandbox) -> str:
    content = """\
补充科目:
  功能分类:
    "2013298": ▶组织事务专项
"""
    return sandbox.write("补充.yaml", content)


@reproduces("E212", says="“支出总计”比上年增加")
def a_change_without_a_reason(sandbox: Sandbox) -> str:
    content = """\
上年预算数: {收入总计: 10000, 支出总计: 10000}
变动原因:
  ▶收入总计: 新增专项经费
"""
    return sandbox.write("情况说明.yaml", content + SAID)


def _last_years_data(sandbox: Sandbox, project: str, year: int = 2023) -> str:
    """Writes a folder of last year with one project; returns how the data refers to it."""
    before = sandbox.data.parent / "去年"
    before.mkdir()
    (before / "数据.yaml").write_text(
        f"""\
单位信息: {{名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: {year}}}
概况: {{职责: [为退役军人服务], 机构设置: [内设三个科室]}}
项目:
  - 单位: 阳泉市退役军人服务中心
    项目: [{{名称: {project}, 科目: "2082804", 当年预算: {{一般公共预算: 480000}}}}]
""",
        encoding="utf-8",
    )
    return "../去年"


@reproduces("E212", says="上年数据里也看不出原因")
def a_change_that_last_years_data_does_not_explain(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动")
    sandbox.write("情况说明.yaml", f"上年数据: {before}\n{SAID}")
    data = sandbox.data.parent / "去年" / "数据.yaml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text + "三公经费: {公务接待费: {一般公共预算: 20000}}\n", encoding="utf-8")
    content = "三公经费: {公务接待费: {一般公共预算: 10000}}\n变动原因: ▶{收入总计: 新增专项经费}\n"
    return sandbox.write("补充.yaml", content)


@reproduces("E216", says="没有上年数据目录")
def last_years_folder_that_is_not_there(sandbox: Sandbox) -> str:
    return sandbox.write("情况说明.yaml", "上年数据: ▶../没有这个目录\n")


@reproduces("E209", says="应当是 2023")
def last_years_folder_of_another_year(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动", year=2022)
    return sandbox.write("情况说明.yaml", f"上年数据: ▶{before}\n")


@reproduces("W217", says="填写 1.00，上年数据算得 48.00")
def a_total_of_last_year_that_its_data_denies(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动")
    content = f"上年数据: {before}\n上年预算数: {{支出总计: ▶10000}}\n{SAID}"
    return sandbox.write("情况说明.yaml", content)


@reproduces("N218", says="上年的“双拥创建活动开展”与本年的“双拥创建活动”名称相近")
def a_project_much_like_one_of_last_year(sandbox: Sandbox) -> str:
    before = _last_years_data(sandbox, "双拥创建活动开展")
    sandbox.write("情况说明.yaml", f"上年数据: {before}\n{SAID}")
    file = sandbox.data / "项目.yaml"
    text = file.read_text(encoding="utf-8")
    return sandbox.write("项目.yaml", text.replace("名称: 双拥创建活动", "名称: ▶双拥创建活动"))


@reproduces("W213", says="没有填写“支出总计”的上年预算数")
def a_total_without_last_years(sandbox: Sandbox) -> str:
    content = """\
上年预算数:
  ▶收入总计: 10000
  一般公共预算当年支出: 10000
变动原因:
  收入总计: 新增专项经费
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("W214", says="核对数是 10000.00")
def a_stated_total_that_differs(sandbox: Sandbox) -> str:
    content = """\
上年预算数: {收入总计: 10000, 支出总计: 10000}
变动原因: {收入总计: 新增专项经费, 支出总计: 新增专项经费}
核对数:
  表一/收入/收入总计/金额: ▶"10000.00"
"""
    return sandbox.write("情况说明.yaml", content + SAID)


@reproduces("E215", says="疑似手机号码：138…00（第 5 个字起）")
def a_phone_number_in_a_text(sandbox: Sandbox) -> str:
    content = """\
概况:
  职责: [▶"联系人：13800138000"]
单位信息: {名称: 阳泉市退役军人服务中心, 类型: 单位, 年度: 2024}
"""
    return sandbox.write("单位信息.yaml", content)


@reproduces("W215", says="疑似手机号码：138…00")
def a_phone_number_that_may_be_published(sandbox: Sandbox) -> str:
    sandbox.options = ["--allow-personal-data"]
    return a_phone_number_in_a_text(sandbox)


def _edited(sandbox: Sandbox, name: str, *edits: tuple[str, str]) -> str:
    """Writes a file of the sample with texts replaced; returns the place of the mark."""
    text = (sandbox.data / name).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return sandbox.write(name, text)


@reproduces("E219", says="还有 1 处待填、2 处待核：情况说明.yaml 第 10 行“待核（照搬2023年）”；")
def marks_in_what_is_to_be_published(sandbox: Sandbox) -> str:
    name = "# 其他组织事务支出"
    _edited(sandbox, "收支.yaml", (name, f"{name}；待核：原文“2350”；待填（2023年：2000）"))
    edit = "服务: 296500}", "服务: 296500}      ▶# 待核（照搬2023年）"
    return _edited(sandbox, "情况说明.yaml", edit)


@reproduces("W220", says="还有 1 处待填：情况说明.yaml")
def a_mark_in_a_draft(sandbox: Sandbox) -> str:
    sandbox.options = ["--draft"]
    return _edited(sandbox, "情况说明.yaml", ("  其他: 无", "  其他: ▶待填"))


@reproduces("E221", says="没有写“国有资产/实有车辆”，文中会印成“待填”")
def vehicles_that_nobody_speaks_of(sandbox: Sandbox) -> str:
    edits = (("国有资产:\n  ", "国有资产:\n  ▶"), ("  实有车辆: 无\n", ""))
    return _edited(sandbox, "情况说明.yaml", *edits)


@reproduces("E221", says="上年有2.00万元，文中会印成本年没有")
def expenses_that_only_last_year_speaks_of(sandbox: Sandbox) -> str:
    edits = (
        ("上年预算数:", "上年预算数:\n  三公经费: {公务接待费: 20000}"),
        ("变动原因:", "变动原因:\n  三公经费: 厉行节约"),
    )
    _edited(sandbox, "情况说明.yaml", *edits)
    return UNIT


@reproduces("E222", says="日期是2022年4月29日，不是 2024 年度预算公开时的")
def a_letter_of_another_year(sandbox: Sandbox) -> str:
    return _edited(sandbox, "情况说明.yaml", ("日期: 2024年", "日期: ▶2022年"))


@reproduces("E223", says="5 个项目公开绩效目标（如“对部分就业困难军人进行帮扶就业”）")
def projects_without_any_form(sandbox: Sandbox) -> str:
    sandbox.write("项目绩效目标表.yaml", "项目绩效目标表: []\n")
    return _edited(sandbox, "项目.yaml", ("名称: 对部分", "名称: ▶对部分"))


@reproduces("E224", says="安排了公务用车运行维护费 30000 元，实有车辆却是 0 辆")
def running_costs_without_a_vehicle(sandbox: Sandbox) -> str:
    content = "三公经费:\n  公务用车运行维护费: ▶{一般公共预算: 30000}\n"
    return sandbox.write("补充.yaml", content)


@reproduces("E225", says="“收支”写 0.23 元，核对数“表二/20132/合计” 2300.00 元")
def an_amount_typed_in_wan(sandbox: Sandbox) -> str:
    _edited(sandbox, "情况说明.yaml", ("核对数: ", '核对数:\n  表二/20132/合计: "0.23"'))
    return _edited(sandbox, "收支.yaml", ("一般公共预算: 2350", "一般公共预算: ▶0.23"))


@reproduces("W226", says="改名为“补充.yaml”")
def a_file_that_notepad_renamed(sandbox: Sandbox) -> str:
    return sandbox.write("补充.yaml.txt", "三公经费: 无\n")


@reproduces("W227", says="不是“年度”写的 2024")
def a_folder_of_another_year(sandbox: Sandbox) -> str:
    renamed = sandbox.data.rename(sandbox.data.with_name("某某中心-2025"))
    sandbox.data, sandbox.folders = renamed, [renamed]
    return _edited(sandbox, "单位信息.yaml", ("年度: 2024", "年度: ▶2024"))
