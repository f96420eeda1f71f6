"""What a column holds, told by the words above it."""

from __future__ import annotations

from enum import StrEnum

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.words.units import without_unit


class ColumnKind(StrEnum):
    """What a column holds. Those up to ``NAME`` are labels, those after ``OTHER`` amounts."""

    CODE = "科目编码"
    CLASS = "类"
    SECTION = "款"
    ITEM = "项"
    NAME = "名称"
    OTHER = "其他"
    """Anything else: numbers of rows, notes, changes, shares."""
    TOTAL = "合计"
    BASIC = "基本支出"
    PROJECT = "项目支出"
    OPERATING = "经营支出"
    PAID_UP = "上缴上级支出"
    SUBSIDY = "对附属单位补助支出"
    PERSONNEL = "人员经费"
    PUBLIC = "公用经费"
    APPROPRIATION = "财政拨款"
    GENERAL = "一般公共预算"
    FUND = "政府性基金预算"
    STATE_CAPITAL = "国有资本经营预算"
    SPECIAL_ACCOUNT = "财政专户管理资金"
    UNIT_MONEY = "单位资金"
    BUSINESS = "事业收入"
    TRADING = "事业单位经营收入"
    FROM_ABOVE = "上级补助收入"
    FROM_BELOW = "附属单位上缴收入"
    OTHER_INCOME = "其他收入"
    SURPLUS = "使用非财政拨款结余"
    CARRY_OVER = "上年结转"
    THIS_YEAR = "本年"
    ABROAD = "因公出国（境）费"
    RECEPTION = "公务接待费"
    VEHICLES = "公务用车购置及运行费"
    VEHICLES_BOUGHT = "公务用车购置费"
    VEHICLES_RUN = "公务用车运行维护费"
    AGENCY = "机关运行经费"
    AMOUNT = "预算数"
    """The only amount of a row."""
    UNNAMED = "金额"
    """Amounts whose head says nothing that is known: what stands in the column tells it."""


LABELS = frozenset(
    {ColumnKind.CODE, ColumnKind.CLASS, ColumnKind.SECTION, ColumnKind.ITEM, ColumnKind.NAME}
)
CODE_PARTS = (ColumnKind.CLASS, ColumnKind.SECTION, ColumnKind.ITEM)
WHOLE = (ColumnKind.TOTAL, ColumnKind.AMOUNT)
"""What the whole of a row stands in."""
FUNDS = frozenset({ColumnKind.GENERAL, ColumnKind.FUND, ColumnKind.STATE_CAPITAL})
SOURCES = FUNDS | {
    ColumnKind.APPROPRIATION,
    ColumnKind.SPECIAL_ACCOUNT,
    ColumnKind.UNIT_MONEY,
    ColumnKind.BUSINESS,
    ColumnKind.TRADING,
    ColumnKind.FROM_ABOVE,
    ColumnKind.FROM_BELOW,
    ColumnKind.OTHER_INCOME,
    ColumnKind.SURPLUS,
    ColumnKind.CARRY_OVER,
    ColumnKind.THIS_YEAR,
}
BY_NATURE = frozenset(
    {
        ColumnKind.BASIC,
        ColumnKind.PROJECT,
        ColumnKind.OPERATING,
        ColumnKind.PAID_UP,
        ColumnKind.SUBSIDY,
        ColumnKind.PERSONNEL,
        ColumnKind.PUBLIC,
    }
)
OFFICIAL = frozenset({ColumnKind.ABROAD, ColumnKind.RECEPTION, ColumnKind.VEHICLES})
VEHICLES = frozenset({ColumnKind.VEHICLES_BOUGHT, ColumnKind.VEHICLES_RUN})

_YEAR = late_pattern(r"\d{4}年度?|[(（]?(?:本年|当年)[)）]?(?=预算数)")
_MARKS = late_pattern(r"[\"“”'()\[\]:,、.]")
_NUMBERED = late_pattern(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、])"
)
_NO_SUM = late_pattern(
    r"其中|比上年|增减|增加|减少|增长|变动|差额|比例|占比|比重|%|率$|(上年|去年)(?!.*(结转|[没未](有)?[用使]))|执行数|决算|"
    r"备注|说明|依据|人数|数量|个数|面积|序号|行次|栏次|时间|日期|类型|类别|性质|是否|单价"
)
"""What is no part of any sum, whatever else the words say."""

_LABEL_WORDS = (
    (ColumnKind.CODE, r".*(编码|代码|编号)"),
    (ColumnKind.CLASS, r"类"),
    (ColumnKind.SECTION, r"款"),
    (ColumnKind.ITEM, r"项"),
    (
        ColumnKind.NAME,
        r"(支出|收入|预算)?项目(名称)?|.*名称|.*科目|(部门|单位)([和及与/](部门|单位|项目))?|内容|(收入|支出)?来源"
        r"|(支出)?功能(分类)?|(支出)?经济(分类)?|(支出)?用途",
    ),
)
_AMOUNT_WORDS = (
    (ColumnKind.TOTAL, r".*(合计|小计|总计|共计|总数)(金额|数|预算数|支出|收入)?"),
    (ColumnKind.BASIC, r"基本支出(预算)?(合计|小计)?"),
    (ColumnKind.PROJECT, r"项目支出(预算)?(合计|小计)?"),
    (ColumnKind.PERSONNEL, r"人员(经费|支出)(支出)?"),
    (ColumnKind.PUBLIC, r"(日常)?公用(经费|支出)(支出)?"),
    (ColumnKind.OPERATING, r"(事业单位)?经营支出"),
    (ColumnKind.PAID_UP, r"上缴上级支出"),
    (ColumnKind.SUBSIDY, r"对(附属|下级)单位补助支出"),
    (
        ColumnKind.CARRY_OVER,
        r"(上年|财政拨款|上年财政拨款)(结转|结余)(和结余|结余|安排|资金)*(小计)?|(上年|去年)[没未](有)?[用使].*",
    ),
    (ColumnKind.SURPLUS, r"(使用)?非财政拨款结余|用事业基金弥补收支差额"),
    (ColumnKind.GENERAL, r"一般(公共)?预算(财政)?(拨款|资金|当年拨款)?(收入|支出)?(预算)?"),
    (ColumnKind.FUND, r"政府性基金(预算)?(财政)?(拨款|资金)?(收入|支出)?(预算)?"),
    (ColumnKind.STATE_CAPITAL, r"国有资本经营(预算)?(财政)?(拨款|资金)?(收入|支出)?(预算)?"),
    (ColumnKind.SPECIAL_ACCOUNT, r"财政专户(管理|核拨)?(的)?资金(拨款)?(收入)?"),
    (ColumnKind.APPROPRIATION, r"财政拨款(收入|支出|资金)?"),
    (ColumnKind.UNIT_MONEY, r"单位(自有)?资金(收入)?"),
    (ColumnKind.TRADING, r"(事业单位)?经营收入"),
    (ColumnKind.BUSINESS, r"事业(单位)?收入"),
    (ColumnKind.FROM_ABOVE, r"上级(单位)?补助收入"),
    (ColumnKind.FROM_BELOW, r"附属单位(上缴|缴款)收入"),
    (ColumnKind.OTHER_INCOME, r"其他(收入|资金)"),
    (ColumnKind.THIS_YEAR, r"(本年|当年|今年)(收入|支出|预算)?(安排)?|当年预算安排"),
    (ColumnKind.VEHICLES, r"公务用车购置[及和]运行(维护)?费?(支出)?"),
    (ColumnKind.VEHICLES_BOUGHT, r"(公务用车)?购置费?(支出)?"),
    (ColumnKind.VEHICLES_RUN, r"(公务用车)?运行(维护)?费(支出)?"),
    (ColumnKind.ABROAD, r"因公出国境?.{0,3}(费|费用|支出|经费)"),
    (ColumnKind.RECEPTION, r"公务接待费?(支出)?"),
    (ColumnKind.AGENCY, r"机关运行经费(预算数)?"),
    (ColumnKind.AMOUNT, r"(年初)?(预算|金额)(数|金额|安排)?|金额"),
)
_WORDS = [(kind, late_pattern(pattern)) for kind, pattern in (*_LABEL_WORDS, *_AMOUNT_WORDS)]


@memo(1 << 12)
def plain_title(text: str) -> str:
    """A head's or a row's words without year, unit, numbering and punctuation, folded."""
    text = _NUMBERED.sub("", without_unit(text))
    return _MARKS.sub("", _YEAR.sub("", text))


def is_never_summed(text: str) -> bool:
    """Whether the words of a head say that a column is no part of a sum: changes, shares, notes."""
    return bool(_NO_SUM.search(plain_title(text)))


@memo(1 << 12)
def kind_of_words(text: str) -> ColumnKind:
    """What the words of a head, or of a row, stand for."""
    title = plain_title(text)
    if not title and _YEAR.search(text):
        return ColumnKind.AMOUNT
    if not title or _NO_SUM.search(title):
        return ColumnKind.OTHER
    return next((kind for kind, words in _WORDS if words.fullmatch(title)), ColumnKind.OTHER)
