"""The catalogue that comes along: its structure, its sources, and what rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.general.tables.former_names import FORMER
from generator.core.resources import CATALOGUE
from generator.drafts.words.text import folded
from generator.load.catalogue import Catalogue, SubjectList, load_catalogue
from generator.load.names import nearest_code
from tests.conftest import ROOT

LEVELS = {"功能分类": (3, 5, 7), "部门预算支出经济分类": (3, 5), "政府预算支出经济分类": (3, 5)}
DIGIT = {"功能分类": "2", "部门预算支出经济分类": "3", "政府预算支出经济分类": "5"}

COMMON = """
201 一般公共服务支出
20101 人大事务
2010101 行政运行
2010104 人大会议
20102 政协事务
2010204 政协会议
20103 政府办公厅（室）及相关机构事务
2010301 行政运行
2010302 一般行政管理事务
2010303 机关服务
2010350 事业运行
2010399 其他政府办公厅（室）及相关机构事务支出
20104 发展与改革事务
2010401 行政运行
20105 统计信息事务
2010507 专项普查活动
20106 财政事务
2010601 行政运行
2010605 财政国库业务
2010607 信息化建设
20108 审计事务
2010804 审计业务
20111 纪检监察事务
2011101 行政运行
20113 商贸事务
2011308 招商引资
20126 档案事务
2012604 档案馆
20128 民主党派及工商联事务
20129 群众团体事务
2012901 行政运行
20131 党委办公厅（室）及相关机构事务
2013101 行政运行
20132 组织事务
2013299 其他组织事务支出
20133 宣传事务
20134 统战事务
20136 其他共产党事务支出
20137 网信事务
20138 市场监督管理事务
2013816 食品安全监管
20139 社会工作事务
2013901 行政运行
20140 信访事务
20199 其他一般公共服务支出
2019999 其他一般公共服务支出
203 国防支出
2030603 人民防空
204 公共安全支出
20402 公安
2040220 执法办案
20404 检察
20405 法院
2040504 案件审判
20406 司法
2040604 基层司法业务
2040607 公共法律服务
205 教育支出
20501 教育管理事务
2050101 行政运行
2050199 其他教育管理事务支出
20502 普通教育
2050201 学前教育
2050202 小学教育
2050203 初中教育
2050204 高中教育
2050205 高等教育
2050299 其他普通教育支出
2050302 中等职业教育
2050305 高等职业教育
2050701 特殊学校教育
2050802 干部教育
2050803 培训支出
2059999 其他教育支出
206 科学技术支出
2060101 行政运行
2060404 科技成果转化与扩散
2060702 科普活动
207 文化旅游体育与传媒支出
20701 文化和旅游
2070104 图书馆
2070109 群众文化
2070204 文物保护
2070205 博物馆
2070304 运动项目管理
2070305 体育竞赛
2070307 体育场馆
2070308 群众体育
2070808 广播电视事务
208 社会保障和就业支出
20801 人力资源和社会保障管理事务
2080101 行政运行
2080109 社会保险经办机构
20802 民政管理事务
2080206 社会组织管理
20805 行政事业单位养老支出
2080501 行政单位离退休
2080502 事业单位离退休
2080505 机关事业单位基本养老保险缴费支出
2080506 机关事业单位职业年金缴费支出
2080599 其他行政事业单位养老支出
2080705 公益性岗位补贴
2080801 死亡抚恤
2080802 伤残抚恤
2080904 退役士兵管理教育
2081002 老年福利
2081005 社会福利事业单位
2081104 残疾人康复
2081107 残疾人生活和护理补贴
2081601 行政运行
2081901 城市最低生活保障金支出
2082001 临时救助支出
2082804 拥军优属
2082850 事业运行
2089999 其他社会保障和就业支出
210 卫生健康支出
2100101 行政运行
2100201 综合医院
2100301 城市社区卫生机构
2100302 乡镇卫生院
2100401 疾病预防控制机构
2100408 基本公共卫生服务
2100717 计划生育服务
2101101 行政单位医疗
2101102 事业单位医疗
2101103 公务员医疗补助
2101199 其他行政事业单位医疗支出
211 节能环保支出
2110301 大气
2110302 水体
212 城乡社区支出
2120101 行政运行
2120104 城管执法
2120501 城乡社区环境卫生
2120801 征地和拆迁补偿支出
2120803 城市建设支出
213 农林水支出
2130101 行政运行
2130104 事业运行
2130108 病虫害控制
2130205 森林资源培育
2130305 水利工程建设
2130314 防汛
2130505 生产发展
2130599 其他巩固脱贫攻坚成果衔接乡村振兴支出
2130705 对村民委员会和村党支部的补助
214 交通运输支出
2140104 公路建设
2140106 公路养护
215 资源勘探工业信息等支出
2150805 中小企业发展专项
216 商业服务业等支出
220 自然资源海洋气象等支出
2200101 行政运行
2200150 事业运行
221 住房保障支出
2210105 农村危房改造
2210106 公共租赁住房
2210201 住房公积金
2210202 提租补贴
2210203 购房补贴
222 粮油物资储备支出
224 灾害防治及应急管理支出
2240101 行政运行
2240106 安全监管
2240204 消防应急救援
2219899 其他住房保障支出
227 预备费
2296002 用于社会福利的彩票公益金支出
2296003 用于体育事业的彩票公益金支出
2299999 其他支出
30101 基本工资
30299 其他商品和服务支出
31002 办公设备购置
39999 其他支出
50101 工资奖金津补贴
50201 办公经费
50306 设备购置
50501 工资福利支出
50901 社会福利和救助
59999 其他支出
"""


@pytest.fixture(params=LEVELS)
def listed(request: pytest.FixtureRequest, catalogue: Catalogue) -> SubjectList:
    return catalogue.list_of(request.param)


def test_every_subject_stands_under_its_class_and_section(listed: SubjectList) -> None:
    levels = LEVELS[listed.title]
    for code in listed.names:
        assert len(code) in levels and code[0] == DIGIT[listed.title]
        above = [code[:length] for length in levels if length < len(code)]
        assert all(each in listed.names for each in above), code


def test_codes_are_in_order_and_listed_once(listed: SubjectList) -> None:
    codes = [each.code for each in listed.subjects if not each.is_former]
    assert codes == sorted(set(codes))


def test_years_are_those_of_budgets_and_in_order(listed: SubjectList) -> None:
    for each in listed.subjects:
        years = [year for year in (each.since, each.until) if year]
        assert years == sorted(years) and all("2007" <= year <= "2026" for year in years)
        assert not (each.since and each.since < "2024"), "only what began in these years says so"


def test_a_name_that_ended_has_no_gap_to_the_next(listed: SubjectList) -> None:
    for each in listed.subjects:
        following = [other for other in listed.of(each.code) if other.since and each.until]
        assert all(int(other.since) == int(each.until) + 1 for other in following)


def test_the_head_counts_what_was_read(listed: SubjectList) -> None:
    current = [each for each in listed.subjects if not each.is_former]
    confirmed = [each for each in current if listed.is_confirmed(each)]
    only_old = [each for each in current if each.sources and not listed.is_confirmed(each)]
    counts = (
        f"现行 {len(current)} 个：见于近年文本 {len(confirmed)} 个，"
        f"只见于旧目录 {len(only_old)} 个，"
        f"未见原文 {len(current) - len(confirmed) - len(only_old)} 个"
    )
    texts = [file.read_text("utf-8") for file in CATALOGUE.glob("*.yaml")]
    (head,) = [text for text in texts if f"分类: {listed.title}\n" in text]
    assert counts in head
    assert counts in (ROOT / "docs" / "data-format.md").read_text("utf-8")


def test_every_source_is_used(listed: SubjectList) -> None:
    used = {letter for each in listed.subjects for letter in each.sources}
    assert used == set(listed.sources)


@pytest.mark.parametrize("line", COMMON.split("\n")[1:-1])
def test_a_common_subject_is_listed_by_its_name(line: str, catalogue: Catalogue) -> None:
    code, name = line.split()
    lists = {"2": "功能分类", "3": "部门预算支出经济分类", "5": "政府预算支出经济分类"}
    assert catalogue.name(lists[code[0]], code) == name


def test_former_names_lead_to_names_of_today(catalogue: Catalogue) -> None:
    listed = catalogue.functional
    read = {code: name for code, name in listed.names.items() if code not in listed.unread}
    today = {folded(name) for name in read.values()}
    assert {folded(new.name) for new in FORMER.values()} <= today
    for each in catalogue.functional.subjects:
        new = FORMER.get(folded(each.name))
        if each.is_former and new:
            assert int(each.until) == new.since - 1


def test_of_two_codes_as_near_the_one_that_was_read_is_meant() -> None:
    listed = SubjectList.model_validate(
        {
            "分类": "功能分类",
            "来源": {"A": "某某局 2025 年部门预算"},
            "科目": "2010101 行政运行\n2010102 一般行政管理事务 A\n2010103 机关服务",
        }
    )
    assert nearest_code("2010109", listed.confirmed_last()) == "2010102"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("201010 行政运行", "不是一个科目"),
        ("2010101", "不是一个科目"),
        ("2010101 行政运行 甲", "不是一个科目"),
        ("2010101 行政运行 A 2024", "不是一个科目"),
        ("2010101 行政运行 AB", "来源 AB 没有在“来源”里列出"),
    ],
)
def test_a_line_that_is_no_subject_is_told(line: str, says: str, tmp_path: Path) -> None:
    for file in CATALOGUE.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    head = "分类: 功能分类\n来源:\n  A: 某某局 2025 年部门预算\n"
    text = f"{head}科目: |\n  201 一般公共服务支出 A\n  {line}\n"
    (tmp_path / "functional.yaml").write_text(text, "utf-8")
    loaded, findings = load_catalogue(tmp_path)
    assert loaded is None
    assert [finding.code for finding in findings] == ["E203"]
    assert says in findings[0].message
