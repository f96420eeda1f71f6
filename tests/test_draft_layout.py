"""Texts as ``pdftotext`` writes them, with the layout of pages or in their raw order."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.drafts.draft import Paragraph, Table
from generator.drafts.read import read_draft
from generator.drafts.words.text import unstretched
from tests.test_drafts import lines, refused, write

PAGES = """\
            第一部分    概况

  一、本单位职责
  为全市居民服务，负责一二三四五六七八九十甲乙丙丁戊己庚
辛壬癸，协助做好各项工作，并办理市政府交办的其他事项，不
  2、第二项。
  二、机构设置情况
  设三个科室，编制人数12名，现有在编在岗人员9名，主任一
\x20
              —1—
\f名，副主任一名。
  完。
预算公开表1

                      2031年预算收支总表
单位名称：甲市乙局                                           单位：万元
            收入                            支出
                                              2031年合       当年预算安 上年结转安
       项目        2031年              项目
                                                 计           排     排
一、一般公共预算          774.48 一、一般公共服务支出                 0.24      0.24
二、政府性基金预算                  二、外交支出
五、单位资金                     五、教育支出
                           八、社会保障和就业支出            774.24    774.24
   本年收入合计         774.48          本年支出合计          774.48    774.48
"""
BARE = """
                 2031年机关运行经费预算表
单位名称：甲市乙局                                单位：万元
                                  2031预算数
          单位名称
                   合计        一般公共预算   政府性基金预算
          部门合计

注：本表无数据
"""


def test_pages_with_their_layout(tmp_path: Path) -> None:
    assert lines(read_draft(write(tmp_path, PAGES))) == [
        "第一部分 概况",
        "一、本单位职责",
        "为全市居民服务，负责一二三四五六七八九十甲乙丙丁戊己庚辛壬癸，协助做好各项工作，"
        "并办理市政府交办的其他事项，不",
        "2、第二项。",
        "二、机构设置情况",
        "—1—",
        "设三个科室，编制人数12名，现有在编在岗人员9名，主任一名，副主任一名。",
        "完。",
        "预算公开表1",
        "2031年预算收支总表",
        "单位名称：甲市乙局",
        "单位：万元",
        "收入||支出|||",
        "项目|2031年|项目|2031年合计|当年预算安排|上年结转安排",
        "一、一般公共预算|774.48|一、一般公共服务支出|0.24|0.24|",
        "二、政府性基金预算||二、外交支出|||",
        "五、单位资金||五、教育支出|||",
        "||八、社会保障和就业支出|774.24|774.24|",
        "本年收入合计|774.48|本年支出合计|774.48|774.48|",
    ]


NUMBERED = """\
                2031年项目支出预算表（上年结转）
单位名称：甲市乙局                                                    单位：万元
                                                  2031年财政拨款
          项目名称         合计                                     国有资本经营预
                                    一般公共预算        政府性基金预算
                                                                 算
            1           2             3              4           5
          甲市乙局乙局            16.90         16.90
一二三四五六七八九十甲乙丙               16.90         16.90
"""
WRAPPED = """\
  七、经费说明
  2031年甲市乙局丙丁戊己庚辛壬癸子“丑寅”卯辰巳
24.32万元比2030年增加16.53万元，主要原因是按程序更新一
辆达到报废年限的应急保障用车。
"""


def test_the_numbers_of_columns_make_no_columns(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, PAGES + "\f" + NUMBERED)))
    assert read[-3:] == [
        "1|2|3|4|5",
        "甲市乙局乙局|16.90|16.90||",
        "一二三四五六七八九十甲乙丙|16.90|16.90||",
    ]


def test_a_first_line_set_in_goes_on_where_it_is_as_wide(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, PAGES + "\f" + WRAPPED)))
    assert read[-2] == "七、经费说明"
    assert read[-1].endswith(
        "卯辰巳24.32万元比2030年增加16.53万元，主要原因是按程序更新一辆达到报废年限的应急保障用车。"
    )


def test_a_head_without_a_body(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, PAGES + "\f" + BARE)))
    assert read[-3:] == [
        "单位名称|合计|一般公共预算|政府性基金预算",
        "部门合计|||",
        "注：本表无数据",
    ]


CHARTS = (
    PAGES
    + """
  二、收入预算情况说明
  甲市乙局收入如下图，其中：
  甲                     乙

        一般公共预算                       594.27万元（84.30%）

      财政专户管理资金     89.29万元（12.67%）

           其他    −4.52（0.64%）

               单位资金  4.52万元（0.64%）

                 收入预算结构图

      基本支出    89.29万元
"""
)


def test_the_words_of_charts_are_no_paragraphs(tmp_path: Path) -> None:
    blocks = read_draft(write(tmp_path, CHARTS)).blocks
    found = [each for each in blocks if isinstance(each, Paragraph)][-9:]
    assert [(each.text, each.aside) for each in found] == [
        ("二、收入预算情况说明", ""),
        ("甲市乙局收入如下图，其中：", ""),
        ("甲 乙", ""),
        ("一般公共预算 594.27万元（84.30%）", "图"),
        ("财政专户管理资金 89.29万元（12.67%）", "图"),
        ("其他 −4.52（0.64%）", "图"),
        ("单位资金 4.52万元（0.64%）", "图"),
        ("收入预算结构图", ""),
        ("基本支出 89.29万元", ""),
    ]


NO_DATA = """
              2031年国有资本经营预算收支预算表
单位名称：甲市乙局                                                单位：万元
          国有资本经营预算收入                              国有资本经营预算支出
          项目             国有资本经营收入预
                                     科目编码        科目名称         合计     基本支出
 收入科目编码        科目名称          算
          合计

注：本表无数据
"""


def test_titles_beside_the_line_of_most_titles(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, PAGES + NO_DATA)))
    assert [line.rstrip("|") for line in read[-5:-1]] == [
        "国有资本经营预算收入|||国有资本经营预算支出",
        "项目",
        "收入科目编码|科目名称|国有资本经营收入预算|科目编码|科目名称|合计|基本支出",
        "合计",
    ]


def test_pages_in_raw_order_are_paragraphs(tmp_path: Path) -> None:
    draft = read_draft(
        write(tmp_path, "第二部分\n\n报表\n\n收入\n项目\n\n774.48 支出\n\f- 2 -\n完。\n")
    )
    assert not any(isinstance(block, Table) for block in draft.blocks)
    assert lines(draft) == ["第二部分", "报表", "收入", "项目", "774.48 支出", "- 2 -", "完。"]


def test_a_text_with_tabs_stays_as_it_is(tmp_path: Path) -> None:
    text = "职责\n" + "甲    乙\n" * 20 + "项目\t金额\n"
    assert lines(read_draft(write(tmp_path, text))) == ["职责", *["甲    乙"] * 20, "项目|金额"]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("gbk", "GB18030")],
)
def test_encodings_of_texts(tmp_path: Path, encoding: str, told: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一、本单位职责\r\n负责“三公”经费。".encode(encoding))
    draft = read_draft(path)
    assert lines(draft) == ["一、本单位职责", "负责“三公”经费。"]
    assert draft.facts.encoding == told


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("預算公開說明書，單位職責".encode("big5"), "E103"),
        ("Größe für Öl".encode("latin-1"), "E103"),
        ("职责".encode("utf-16-le"), "E103"),
        (b"plain\0text", "E603"),
    ],
)
def test_texts_of_doubtful_encoding_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert refused(path) == code


AROUND = """
          2031年项目支出预算表（本年预算）
单位名称：甲市乙局                                                      单位：万元
                                               2031年财政拨款
             项目名称            合计         一般公共预算    政府性基金预算
              1                2           3        4
           甲市乙局                16246.07 8073.93   8172.14
甲局                            192.74      192.74
课后服务（第一批）-公用经费（中央）             31.00       31.00
课后服务（第一批）-公用经费（省级）                 4.18     4.18
甲市第一中学校学生资助（第一批）-助学金
                             1149.08      549.08     600.00
（中央）
甲市第一中学校学生资助（第二批）-助学金
（省级）甲市第一中学校学生资助和奖励金
                                2.00     2.00
甲市第一中学校学生资助（第三批）-奖学金
（含课后）
丙校
""" + "".join(f"第{at}校                           1{at}.00       1{at}.00\n" for at in range(3))
NEXT_PAGE = """\
\f                                               2031年财政拨款
             项目名称            合计         一般公共预算    政府性基金预算
              1                2           3        4
丁校                            192.74      192.74
戊校                            192.74      192.74
"""


def test_names_wrapped_around_their_amounts(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, AROUND + NEXT_PAGE)))
    assert read[3:] == [
        *(head := ["||2031年财政拨款|", "项目名称|合计|一般公共预算|政府性基金预算", "1|2|3|4"]),
        "甲市乙局|16246.07|8073.93|8172.14",
        "甲局|192.74|192.74|",
        "课后服务（第一批）-公用经费（中央）|31.00|31.00|",
        "课后服务（第一批）-公用经费（省级）|4.18|4.18|",
        "甲市第一中学校学生资助（第一批）-助学金（中央）|1149.08|549.08|600.00",
        "甲市第一中学校学生资助（第二批）-助学金（省级）甲市第一中学校学生资助和奖励金"
        "甲市第一中学校学生资助（第三批）-奖学金（含课后）|2.00|2.00|",
        "丙校|||",
        *(f"第{at}校|1{at}.00|1{at}.00|" for at in range(3)),
        *head,
        "丁校|192.74|192.74|",
        "戊校|192.74|192.74|",
    ]


UNDER_ONE = """
                         2031年财政拨款收支总表
单位名称：甲市乙局                                                    单位：万元
         收入                                支出
                                                           金额
    项目          金额                项目                  一般公共       政府性基 国有资本
                                             小计
                                                       预算         金预算 经营预算
一、一般公共预算      46124.51 一、一般公共服务支出             31.33      31.33
二、政府性基金预算                二、外交支出
                         五、教育支出            37346.72   37346.72
"""


def test_a_title_above_several_columns_is_none_of_its_own(tmp_path: Path) -> None:
    read = lines(read_draft(write(tmp_path, PAGES + UNDER_ONE)))
    assert read[-5:] == [
        "|||金额|||",
        "项目|金额|项目|小计|一般公共预算|政府性基金预算|国有资本经营预算",
        "一、一般公共预算|46124.51|一、一般公共服务支出|31.33|31.33||",
        "二、政府性基金预算||二、外交支出||||",
        "||五、教育支出|37346.72|37346.72||",
    ]


STRETCHED = """\
  2031年甲市乙局支出预算390.20万元，其中：基本支出与其
支 出 248.20 万 元 ， 占 63.61% ； 项 目 支 出 142.00 万 元 ， 占
36.39%。
"""


@pytest.mark.parametrize("end", ["", "\f"])
def test_a_justified_line_is_read_as_what_it_says(tmp_path: Path, end: str) -> None:
    text = STRETCHED + end
    (line,) = [each for each in texts_of(tmp_path, text) if "248.20" in each]
    assert "支出248.20万元，占63.61%；项目支出142.00万元，占" in line


@pytest.mark.parametrize(
    "line",
    ["合 计 12.00 13.00", "1 2 3 4 5 6", "基本支出 12.00 万元", "目 录", "甲局  乙 局 丙 局"],
)
def test_words_set_wide_are_no_justified_line(line: str) -> None:
    assert unstretched(line) == line


def texts_of(folder: Path, text: str) -> list[str]:
    """The paragraphs of a text draft."""
    draft = read_draft(write(folder, text))
    return [block.text for block in draft.blocks if isinstance(block, Paragraph)]
