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
        "收支总表不平",
        "收入总计 = 支出总计；收入总计 = 本年收入合计 + 上年结转；支出总计 = 本年支出合计 + "
        f"年终结转；当年安排、上年结转安排各自与收入方相等。{_ROUNDED}",
        "收支不平说明漏列收入、漏列支出或合计写错，其余各表都以收支总表为准。",
        _SUM,
        "《预算法》第四条（预算由预算收入和预算支出组成）；" + _PRACTICE,
    ),
    Rule(
        "E702",
        "收支总表的支出行不等于各部分之和",
        "支出每一行：合计 = 各部分之和（当年预算安排与上年结转安排，或基本支出与项目支出）。"
        + _ROUNDED,
        "这一行至少有一个数写错，读者无法知道各部分安排了多少。",
        _SUM,
        _PRACTICE,
    ),
    Rule(
        "E703",
        "收支总表的合计不等于各项之和",
        f"本年收入合计 = 各种资金来源之和；本年支出合计（各列）= 各支出类之和。{_ROUNDED}",
        "漏列了一种来源或一类支出，或合计写错。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E704",
        "收入总表的合计不等于各来源之和",
        "收入总表每一行：合计 = 各种资金来源之和；上年结转在不在合计之内，依本地的报表。"
        + _ROUNDED,
        "某种来源的收入漏列、错列，或上年结转没有按本地的报表归入合计。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E705",
        "科目各级不相等",
        "按功能分类逐级列出的各表：款 = 其下各项之和，类 = 其下各款之和，合计 = 各类之和。"
        + _ROUNDED,
        "支出要公开到功能分类的项；上下级不相等，说明漏列了科目或金额写错。",
        "核对这一级与其下各行，补上漏列的科目或改正金额",
        _DETAIL,
    ),
    Rule(
        "E706",
        "支出合计不等于基本支出加项目支出",
        f"支出各表的每一行：合计 = 基本支出 + 项目支出。{_ROUNDED}",
        "基本支出与项目支出划分有误，或三个数中有一个写错。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E707",
        "财政拨款收支总表不平",
        "支出每一行：小计 = 三种财政拨款之和；收入、支出的合计 = 各项之和；收入总计 = "
        f"支出总计，三种财政拨款也各自收支相等。{_ROUNDED}",
        "财政拨款收支总表是公开的核心表，收支或分项不等说明有错列、漏列。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E708",
        "经济分类各列、各组不相等或经费归类不对",
        "基本支出经济分类表每一行：合计 = 人员经费 + 公用经费；类 = 其下各科目之和，合计 = 各类"
        "之和；"
        "工资福利支出、对个人和家庭的补助只列人员经费，商品和服务支出、资本性支出只列公用经费。"
        + _ROUNDED,
        "基本支出要公开到经济分类的款；归类不对会使人员经费、公用经费和机关运行经费都失实。",
        "核对这一行的科目和经费类型，改正金额或移到正确的列",
        _DETAIL,
    ),
    Rule(
        "E709",
        "三公经费各项之和不符",
        "“三公”经费表：合计 = 因公出国（境）费 + 公务接待费 + 公务用车购置及运行费；"
        "公务用车购置及运行费 = "
        f"购置费 + 运行维护费；每一行 = 各种财政拨款之和。{_ROUNDED}",
        "“三公”经费是社会最关注的数，必须逐项说明。",
        _SUM,
        _OPENNESS,
    ),
    Rule(
        "E710",
        "项目支出表各级不相等",
        "项目支出表每一行：合计 = 各种资金来源之和；单位 = 其下各项目之和，部门合计 = 各单位之和。"
        f"上年结转的项目另有一张表的，各级同样核对，合计不小于各种财政拨款之和。{_ROUNDED}",
        "漏列了项目或单位，或某一项目的金额、来源写错。",
        "核对单位小计与项目，补上漏列的项目或改正金额",
        _OPENNESS,
    ),
    Rule(
        "E711",
        "收入总表与收支总表不一致",
        "收入总表合计行的各种来源、本年收入、上年结转与收支总表收入方相等；每类的合计、上年结转与"
        f"收支总表支出方该类的安排相等。{_ROUNDED}",
        "两张表说的是同一笔收入，数不同说明其中一张不是最后定稿。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E712",
        "支出总表与收支总表不一致",
        "支出总表的合计与收支总表的本年支出合计相等；每类的合计与收支总表该类的合计相等。"
        + _ROUNDED,
        "两张表说的是同一笔支出，数不同说明其中一张不是最后定稿，或支出总表没有填。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E713",
        "财政拨款收支总表与收支总表不一致",
        "三种财政拨款收入与收支总表相等；上年财政拨款结转 = 三种结转之和，不大于收支总表的"
        f"上年结转；每类的小计不大于收支总表该类的合计。{_ROUNDED}",
        "财政拨款是全部收支的一部分，与收支总表不等说明口径或金额有误，或财政拨款收支总表没有填。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E714",
        "财政拨款收支总表与一般公共预算支出表不一致",
        "财政拨款收支总表的一般公共预算支出 = 一般公共预算支出表的合计 + 一般公共预算的上年结转；"
        f"上年结转全部是一般公共预算时，每一类也这样核对（结转取自收入总表）。{_ROUNDED}",
        "一般公共预算支出表不含上年结转，加上结转应正好相等；不等说明某一类漏列或重列。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E715",
        "一般公共预算支出表与收支总表不一致",
        "一般公共预算支出表的合计与收支总表收入方的一般公共预算相等（都不含上年结转）。" + _ROUNDED,
        "一般公共预算拨款的收入和支出不等，其中一张表有误。",
        _MEND,
        _PRACTICE,
    ),
    Rule(
        "E716",
        "基本支出按功能分类与按经济分类不一致",
        "一般公共预算支出表的基本支出合计与经济分类表的合计相等（都是当年一般公共预算安排的）。"
        + _ROUNDED,
        "基本支出按功能分类和按经济分类各列一遍，总数必须相同；经济分类漏填时读者看不到钱花在工资还是"
        "公用上。",
        "核对各经济科目与功能分类的基本支出；经济分类表漏填的补填",
        _DETAIL,
    ),
    Rule(
        "E717",
        "一般公共预算的项目支出与项目支出表不一致",
        f"一般公共预算支出表的项目支出合计与项目支出表合计行的一般公共预算相等。{_ROUNDED}",
        "有项目没有列入项目支出表，或一般公共预算支出表的项目支出写错。",
        "核对项目支出表是否列全项目，改正金额",
        _PRACTICE,
    ),
    Rule(
        "E718",
        "支出总表的项目支出与项目支出表不一致",
        f"支出总表的项目支出合计 = 项目支出表（本年的、上年结转的）的合计。{_ROUNDED}",
        "有项目（含上年结转的项目）没有列入项目支出表，或支出总表的项目支出写错。",
        "核对项目支出表是否列全项目（上年结转的也在内），改正金额",
        _PRACTICE,
    ),
    Rule(
        "E719",
        "上年结转的项目支出表与上年结转不一致",
        "上年结转项目的合计不大于收支总表的上年结转；基本支出没有上年结转时，两者相等。" + _ROUNDED,
        "上年结转的项目没有列全，或结转金额写错。",
        "核对上年结转的项目与收支总表的上年结转",
        _PRACTICE,
    ),
    Rule(
        "E720",
        "政府性基金、国有资本经营预算各表不一致",
        "政府性基金、国有资本经营预算各有专表：收入、支出合计与收支总表的同一资金相等；财政拨款收支"
        f"总表相应的支出 = 专表支出合计 + 上年结转；收入合计 = 各收入科目之和。{_ROUNDED}",
        "有基金或国有资本经营预算的，专表必须填列；没有的，各表都应为空。",
        _MEND,
        _OPENNESS,
    ),
    Rule(
        "W721",
        "三公经费小于基本支出的同一经济科目",
        "“三公”经费各项的一般公共预算不小于基本支出的同一经济科目：因公出国（境）费（30212）、公务接待费（30217）、"
        "公务用车运行维护费（30231）、公务用车购置（31013）。只核对到 0.01 万元。",
        "“三公”经费还包括项目支出安排的部分，只会更大；小于基本支出说明三公经费漏列。",
        "核对两处的同一科目；口径确有不同的，在数据里写明“按实公布说明”",
        _PRACTICE,
    ),
    Rule(
        "E722",
        "机关运行经费与基本支出的公用经费不一致",
        "合计 = 基本支出里政府经济科目为机关商品和服务支出（502）的公用经费，不含公务用车运行"
        "维护费（只核对到 0.01 万元）；部门合计 = 各单位之和，每一行 = 各种财政拨款之和。",
        "机关运行经费就是机关的公用经费，不等说明单位范围或口径有误。",
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
