"""Reconciliations within and between the statements (勾稽关系), as the pack declares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.checks.relation_causes import Cause, causes
from generator.checks.relation_words import addresses, fill_in, told, where_from
from generator.checks.relations import Addend, Comparison, compare
from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked
from generator.findings import Finding, Place
from generator.pack.pack import Pack
from generator.presented.document import Origin, Presented

_PRACTICE = "预算公开审核惯例"
_OPENNESS = "《地方预决算公开操作规程》（财预〔2016〕143号）；" + _PRACTICE
_DETAIL = "《预算法实施条例》第六条；" + _PRACTICE
_MEND = "对照预算批复核对两边的数，改正其中写错的一格"
_SUM = "核对合计与各分项，改正写错或漏列的一格"
_ROUNDED = "印出的数各自四舍五入，每个数留 0.005 万元的余地；超出的才是不符。数据按元核对。"

RULES = (
    Rule(
        "E701",
        "表一收支不平",
        "收入总计 = 支出总计；收入总计 = 本年收入合计 + 上年结转；支出总计 = 本年支出合计 + "
        f"年终结转；当年安排、上年结转安排各自与收入方相等。{_ROUNDED}",
        "收支不平说明漏列收入、漏列支出或合计写错，其余各表都以表一为准。",
        _SUM,
        "《预算法》第四条（预算由预算收入和预算支出组成）；" + _PRACTICE,
    ),
    Rule(
        "E702",
        "表一支出行不等于当年与结转之和",
        f"支出每一行：合计 = 当年预算安排 + 上年结转安排。{_ROUNDED}",
        "这一行的三个数至少有一个写错，读者无法知道当年安排了多少。",
        _SUM,
        _PRACTICE,
    ),
    Rule(
        "E703",
        "表一合计不等于各项之和",
        f"本年收入合计 = 五种资金来源之和；本年支出合计（各列）= 各支出类之和。{_ROUNDED}",
        "漏列了一种来源或一类支出，或合计写错。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E704",
        "表二合计不等于各来源之和",
        "表二每一行：合计 = 一般公共预算 + 政府性基金 + 国有资本经营预算 + 财政专户管理资金 + "
        f"单位资金；上年结转单列，不在合计之内。{_ROUNDED}",
        "某种来源的收入漏列、错列，或把上年结转并进了合计。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E705",
        "科目各级不相等",
        "表二、表三、表五、表八、表九：款 = 其下各项之和，类 = 其下各款之和，合计 = 各类之和。"
        + _ROUNDED,
        "支出要公开到功能分类的项；上下级不相等，说明漏列了科目或金额写错。",
        "核对这一级与其下各行，补上漏列的科目或改正金额",
        _DETAIL,
    ),
    Rule(
        "E706",
        "支出合计不等于基本支出加项目支出",
        f"表三、表五、表八、表九（支出）每一行：合计 = 基本支出 + 项目支出。{_ROUNDED}",
        "基本支出与项目支出划分有误，或三个数中有一个写错。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E707",
        "表四财政拨款收支不平",
        "表四支出每一行：小计 = 三种财政拨款之和；收入、支出的合计 = 各项之和；收入总计 = "
        f"支出总计，三种财政拨款也各自收支相等。{_ROUNDED}",
        "财政拨款收支总表是公开的核心表，收支或分项不等说明有错列、漏列。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E708",
        "表六各列、各组不相等或经费归类不对",
        "表六每一行：合计 = 人员经费 + 公用经费；类 = 其下各科目之和，合计 = 各类之和；工资福利"
        "支出、对个人和家庭的补助只列人员经费，商品和服务支出、资本性支出只列公用经费。" + _ROUNDED,
        "基本支出要公开到经济分类的款；归类不对会使人员经费、公用经费和机关运行经费都失实。",
        "核对这一行的科目和经费类型，改正金额或移到正确的列",
        _DETAIL,
    ),
    Rule(
        "E709",
        "三公经费各项之和不符",
        "表十：合计 = 因公出国（境）费 + 公务接待费 + 公务用车购置及运行费；公务用车购置及运行费 = "
        f"购置费 + 运行维护费；每一行 = 各种财政拨款之和。{_ROUNDED}",
        "“三公”经费是社会最关注的数，必须逐项说明。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E710",
        "项目支出表各级不相等",
        "表十二每一行：合计 = 各种资金来源之和；单位 = 其下各项目之和，部门合计 = 各单位之和。"
        f"表十三各级同样核对，合计不小于各种财政拨款之和。{_ROUNDED}",
        "漏列了项目或单位，或某一项目的金额、来源写错。",
        "核对单位小计与项目，补上漏列的项目或改正金额",
        _OPENNESS,
    ),
    Rule(
        "E711",
        "表二与表一不一致",
        "表二合计行的各种来源、本年收入、上年结转与表一收入方相等；表二每类的合计、上年结转与表一"
        f"支出方该类的当年安排、结转安排相等。{_ROUNDED}",
        "两张表说的是同一笔收入，数不同说明其中一张不是最后定稿。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E712",
        "表三与表一不一致",
        f"表三的合计与表一本年支出合计相等；表三每类的合计与表一该类的合计相等。{_ROUNDED}",
        "两张表说的是同一笔支出，数不同说明其中一张不是最后定稿，或表三没有填。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E713",
        "表四与表一不一致",
        "表四的三种财政拨款收入与表一相等；上年财政拨款结转 = 三种结转之和，不大于表一的上年结转；"
        f"每类的小计不大于表一该类的合计。{_ROUNDED}",
        "财政拨款是全部收支的一部分，与表一不等说明口径或金额有误，或表四没有填。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E714",
        "表四与表五不一致",
        "表四的一般公共预算支出 = 表五合计 + 一般公共预算的上年结转；上年结转全部是一般公共预算时，"
        f"每一类也这样核对（结转取自表二）。{_ROUNDED}",
        "表五不含上年结转，加上结转应正好是表四；不等说明某一类漏列或重列。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E715",
        "表五与表一不一致",
        f"表五的合计与表一收入方的一般公共预算相等（都不含上年结转）。{_ROUNDED}",
        "一般公共预算拨款的收入和支出不等，其中一张表有误。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E716",
        "表五基本支出与表六不一致",
        f"表五的基本支出合计与表六的合计相等（都是当年一般公共预算安排的基本支出）。{_ROUNDED}",
        "基本支出按功能分类和按经济分类各列一遍，总数必须相同；表六漏填时读者看不到钱花在工资还是公用上。",
        "核对表六各经济科目与表五的基本支出；表六漏填的补填",
        _DETAIL,
    ),
    Rule(
        "E717",
        "表五项目支出与表十二不一致",
        f"表五的项目支出合计与表十二合计行的一般公共预算相等。{_ROUNDED}",
        "有项目没有列入表十二，或表五的项目支出写错。",
        "核对表十二是否列全项目，改正金额",
        _PRACTICE,
    ),
    Rule(
        "E718",
        "表三项目支出与项目支出表不一致",
        f"表三的项目支出合计 = 表十二合计 + 表十三合计。{_ROUNDED}",
        "有项目（含上年结转的项目）没有列入项目支出表，或表三的项目支出写错。",
        "核对表十二、表十三是否列全项目，改正金额",
        _PRACTICE,
    ),
    Rule(
        "E719",
        "表十三与上年结转不一致",
        "表十三的合计不大于表一的上年结转；基本支出没有上年结转时（表三与表五的基本支出相同），两者相等。"
        + _ROUNDED,
        "上年结转的项目没有列全，或结转金额写错。",
        "核对上年结转的项目与表一的上年结转",
        _PRACTICE,
    ),
    Rule(
        "E720",
        "政府性基金、国有资本经营预算各表不一致",
        "表七合计、表八合计与表一的政府性基金预算相等，表九收入、支出合计与表一的国有资本经营预算相等；"
        f"表四相应的支出 = 表八（表九）合计 + 上年结转；收入合计 = 各收入科目之和。{_ROUNDED}",
        "有基金或国有资本经营预算的，专表必须填列；没有的，各表都应为空。",
        _MEND,
        _OPENNESS,
    ),
    Rule(
        "W721",
        "三公经费小于表六的同一科目",
        "表十各项的一般公共预算不小于表六的同一经济科目：因公出国（境）费（30212）、公务接待费（30217）、"
        "公务用车运行维护费（30231）、公务用车购置（31013）。只核对到 0.01 万元。",
        "表十还包括项目支出安排的部分，只会更大；小于表六说明三公经费漏列。",
        "核对表十与表六的同一科目；口径确有不同的，在数据里写明“按实公布说明”",
        _PRACTICE,
    ),
    Rule(
        "E722",
        "机关运行经费与表六不一致",
        "表十一的合计 = 表六里政府经济科目为机关商品和服务支出（502）的公用经费，不含公务用车运行"
        "维护费（只核对到 0.01 万元）；部门合计 = 各单位之和，每一行 = 各种财政拨款之和。",
        "机关运行经费就是机关的公用经费，与表六不等说明单位范围或口径有误。",
        "核对列入机关运行经费的单位和科目",
        "《预算法》第十四条（说明机关运行经费的安排）；" + _PRACTICE,
    ),
)
_RULES = {rule.code: rule for rule in RULES}
_MOST_PLACES = 8


def _check(document: Presented, pack: Pack) -> Iterable[Outcome]:
    comparisons: list[Comparison] = []
    for each in compare(document, pack.relations):
        if isinstance(each, Unchecked):
            yield each
        else:
            comparisons.append(each)
    held = Counter(each.relation.code for each in comparisons if each.holds)
    yield from (Passed(code, count) for code, count in held.items())
    for cause in causes(comparisons, document.tables):
        finding = _finding(cause, document)
        noise = document.origin is Origin.EXTRACTED and not _surely_read(cause)
        yield Noise(finding) if noise else finding


def _finding(cause: Cause, document: Presented) -> Finding:
    first = cause.broken[0]
    main = cause.suspect or _main_addend(first)
    number = cause.empty_table or main.term.table
    table = document.tables[number]
    at_cell = main.cell is not None and not cause.empty_table
    place = main.cell.place if main.cell is not None and at_cell else table.place
    also = (each for each in dict.fromkeys(_places(cause)) if each != place)
    rule = _RULES[first.relation.code]
    origin = where_from(cause, document.tables)
    return rule.finding(
        told(cause, document.tables),
        place,
        group=number,
        subjects=dict.fromkeys((number, *addresses(cause))),
        excerpt=_excerpt(main) if at_cell else table.title,
        remedy=fill_in(table)
        if cause.empty_table
        else f"{rule.remedy}（{origin}）"
        if origin
        else "",
        also=islice(also, _MOST_PLACES),
    )


def _main_addend(comparison: Comparison) -> Addend:
    """The cell that stands for a comparison: the first one that is printed."""
    printed = (addend for addend in comparison.addends if addend.cell is not None)
    return next(printed, comparison.addends[0])


def _places(cause: Cause) -> Iterator[Place]:
    """The first cell of each side of each comparison."""
    for comparison in cause.broken:
        for side in (comparison.left, comparison.right):
            yield from (addend.cell.place for addend in side[:1] if addend.cell is not None)


def _excerpt(addend: Addend) -> str:
    """The row with the printed amount."""
    if addend.row is None or addend.cell is None or addend.cell.amount is None:
        return ""
    words = addend.row.words or addend.row.key
    return f"{words} {addend.cell.column} {addend.cell.amount.text}".rstrip()


def _surely_read(cause: Cause) -> bool:
    """Whether a contradiction in an extracted text cannot come from the extraction.

    A row or a digit may be lost in extraction, so it is certain only of a table that says it
    has no data, of a cell that several relations point to, and where no rows are summed and
    every amount is there.
    """
    if cause.empty_table:
        return True
    whole = all(
        addend.cell is not None and addend.cell.amount is not None and addend.cell.amount.text
        for addend in ([cause.suspect] if cause.suspect else cause.broken[0].addends)
    )
    return whole and (
        cause.suspect is not None or not any(term.summed for term in cause.broken[0].equation.terms)
    )


CHECKS: tuple[Check, ...] = (_check,)
