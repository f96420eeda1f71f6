"""Every listed project has its form, every form its project, and both the same money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from generator.checks.asks import a_table_of_projects, project_forms
from generator.checks.forms.project_match import (
    Claim,
    Matching,
    Pair,
    StatementProject,
    folded_name,
    in_wan,
    same_money,
    same_wan,
)
from generator.checks.forms.report import FormReport, yuan_in_form
from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, Unchecked
from generator.checks.text.text_figures import HALF_CENT
from generator.core.numbers.rounding import YUAN_PER_WAN, half_up
from generator.core.text.patterns import late_pattern
from generator.model.form_names import YEAR
from generator.pack.checks.key_figures import Places
from generator.pack.pack import Pack
from generator.reading.document import DocumentCell, Form, Origin, ReadDocument

RULE = Rule(
    "E735",
    "绩效目标表与项目支出表一一对应",
    "公开绩效目标的每个项目在项目支出表（本年的，或上年结转的）里有一行，在绩效目标表里有一张，单位、名称相同；"
    "年度资金总额（元）换算成万元、按0.01万元四舍五入后，等于该表这个项目的本年合计。"
    "同一单位有同名项目的，按金额对应；两边名称相近的按一个项目报告。",
    "项目支出表和绩效目标表来自同一个项目库，对不上就是漏公开、多公开，或批复后有一处没有更新。",
    "按批复的项目和金额，改正绩效目标表或项目支出表；漏的补上，多的删去",
    "部门预算绩效目标管理办法（财预〔2015〕88号）",
    asks=(
        project_forms,
        a_table_of_projects,
    ),
)

_GROUP = "绩效目标表"
_TELLING = Decimal(1)
"""万元: of less than this, rounding leaves too few digits to tell a wrong unit."""
_PUBLISHED = late_pattern(r"公开(?:的)?项目(?:支出)?绩效目标(?:表)?(?:共)?(\d+)个")
"""How many forms the text says are published."""


def check_form_projects(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Holds the forms against the project rows."""
    places = pack.places
    if pack.forms.project is None:
        return
    by_unit = any(form.content.unit for form in document.forms)  # some forms name no unit
    listed = list(_projects(document, places, places.projects, by_unit=by_unit))
    projects = [each for each in listed if each.wan or not each.carried]
    if not document.forms or not projects:
        where = places.projects or "项目支出表"
        why = "没有读到项目支出绩效目标表" if projects else f"没有读到{where}的项目"
        yield Unchecked("E735", _GROUP, why)
        return
    by_unit = any(project.unit for project in projects)
    unpublished = {
        (folded_name(unit) * by_unit, folded_name(name)) for unit, name in document.unpublished
    }
    published = [each for each in projects if each.key not in unpublished]
    matching = Matching(published, (_claim(form, by_unit) for form in document.forms))
    carried_over = [
        *(each for each in listed if each.carried and not each.wan),
        *_projects(document, places, places.carried_projects, by_unit=by_unit),
    ]
    carried = Matching(carried_over, matching.claims)
    money = {each.key: each for each in carried_over}
    for pair in (*matching.same, *carried.same):
        yield _money(document, pair, money.get(pair[0].key))
    for pair in matching.moved:
        yield _two_units(document, pair)
    for pair in matching.alike:
        yield _two_names(document, pair)
    paired = {pair[0].key: pair for pair in (*carried.same, *matching.same)}
    for claim in carried.claims:
        twin = paired.get(claim.key)
        yield _two_forms(document, claim, twin) if twin else _no_row(document, claim, places)
    yield from _no_forms(document, projects, matching.projects, paired)


def _projects(
    document: ReadDocument, places: Places, statement: str | None, *, by_unit: bool
) -> Iterator[StatementProject]:
    """The rows of projects; with their units only if forms can be told by them."""
    table = document.tables.get(statement or "")
    for row in table.rows if table else ():
        if row.dimension == "项目":
            cell = row.cells.get(places.project_column)
            others = [row.cells.get(name) for name in places.carried_columns]
            carried, slack = _sum(others), _slack(cell, others)
            unit = row.dimensions.get("单位", "") if by_unit else ""
            yield StatementProject(unit, row.label, row, cell, carried, slack)


def _sum(cells: Iterable[DocumentCell | None]) -> Decimal:
    """What cells hold together, in 万元, as far as they were read."""
    return sum((cell.amount.value for cell in cells if cell and cell.amount), Decimal(0))


def _slack(cell: DocumentCell | None, carried: Iterable[DocumentCell | None]) -> Decimal:
    """How far an amount less what is carried over may be off, in 万元, by their rounding."""
    amounts = [each.amount for each in (cell, *carried) if each and each.amount]
    halves = [each.half_step for each in amounts if each.value and not each.exact]
    slack = sum(halves, Decimal(0))
    return slack if slack > HALF_CENT else Decimal(0)


def _claim(form: Form, by_unit: bool) -> Claim:
    """A form's claim; where the project statement is of one unit only, its rows name none."""
    return Claim(form, form.content.unit if by_unit else "", form.totals.get(YEAR))


def _money(document: ReadDocument, pair: Pair, carried: StatementProject | None) -> Outcome:
    """The money of the year against the row; it may hold what is carried over as well."""
    project, claim = pair
    if project.wan is None or claim.yuan is None:
        return Unchecked("E735", claim.form.group, "没有读到年度资金总额或项目支出表的合计")
    both = project.wan + project.carried + (carried.wan or 0 if carried else 0)
    if same_money(project, claim) or same_wan(both, claim.yuan, project.slack):
        return Passed("E735")
    if (times := _times(claim.yuan, both)) is not None:
        return _wrong_unit(document, pair, times)
    statement = project.statement
    difference = abs(in_wan(claim.yuan) - in_wan(project.wan * 10000))
    return FormReport(document, claim.form).finding(
        RULE,
        f"年度资金总额是{yuan_in_form(claim.yuan)}，{statement}该项目合计{_printed(project)}万元，"
        f"相差{difference}万元（按0.01万元比较）",
        ("资金", "年度"),
        steps=("年度资金总额",),
        also=(project.row.place,),
        sure=_adds_up(claim),
    )


def _times(stated: Decimal, wan: Decimal) -> Decimal | None:
    """How many times as much a form states, in 元, if that is what its unit makes of it."""
    for times in (YUAN_PER_WAN, 1 / YUAN_PER_WAN):
        if wan >= _TELLING and in_wan(stated / times) == in_wan(wan * YUAN_PER_WAN):
            return times
    return None


def _wrong_unit(document: ReadDocument, pair: Pair, times: Decimal) -> Outcome:
    """The digits agree with the row, and the form's unit makes another amount of them."""
    project, claim = pair
    small, large = ("元", "万元") if times > 1 else ("万元", "元")
    return FormReport(document, claim.form).finding(
        RULE,
        f"年度资金总额按表上的单位读是{yuan_in_form(claim.yuan or Decimal())}，"
        f"{project.statement}该项目合计{_printed(project)}万元，正好差一万倍：像是单位写错（填的是{small}，当作{large}）",
        ("资金", "年度"),
        steps=("年度资金总额",),
        remedy=f"核对这张绩效目标表里资金的单位：填的是{small}，单位就写“{small}”，或把金额改成{large}",
        also=(project.row.place,),
        sure=True,
    )


def _printed(project: StatementProject) -> str:
    return f"{half_up(project.wan or Decimal(0)):f}"


def _adds_up(claim: Claim) -> bool:
    """Whether the sources confirm the total, so that no digit of it was misread."""
    year = claim.form.content.funds.year
    return sum((amount for _, amount in year.items()), Decimal()) == claim.yuan


def _two_units(document: ReadDocument, pair: Pair) -> Outcome:
    project, claim = pair
    return FormReport(document, claim.form).finding(
        RULE,
        f"同一项目两处单位不同：绩效目标表的实施单位是“{claim.unit}”，{project.statement}列在“{project.unit}”",
        ("实施单位",),
        steps=("实施单位",),
        also=(project.row.place,),
        remedy="统一两处的单位",
    )


def _two_names(document: ReadDocument, pair: Pair) -> Outcome:
    project, claim = pair
    money = ""
    if not same_money(project, claim) and claim.yuan is not None:
        listed = f"{project.statement}{_printed(project)}万元"
        money = f"；年度资金总额{yuan_in_form(claim.yuan)}，{listed}，也不相同"
    return FormReport(document, claim.form).finding(
        RULE,
        f"同一项目两处名称不同：绩效目标表是“{claim.name}”，"
        f"{project.statement}是“{project.name}”{money}",
        ("项目名称",),
        steps=("项目名称",),
        also=(project.row.place,),
        remedy="按批复的项目名称统一两处；如果确是两个项目，补上各自缺的一处",
    )


def _no_row(document: ReadDocument, claim: Claim, places: Places) -> Outcome:
    year = "没有读到" if claim.yuan is None else yuan_in_form(claim.yuan)
    statements = "、".join(filter(None, (places.projects, places.carried_projects)))
    return FormReport(document, claim.form).finding(
        RULE,
        f"{statements}没有这个项目（年度资金总额{year}）",
        ("项目名称",),
        steps=("项目名称",),
        remedy=f"本年没有安排资金的项目不公开绩效目标表；有安排的补进{places.projects}",
    )


def _two_forms(document: ReadDocument, claim: Claim, twin: Pair) -> Outcome:
    """A second form of a project that has one row only."""
    project, first = twin
    money = "金额也相同" if claim.yuan == first.yuan else "金额不同"
    return FormReport(document, claim.form).finding(
        RULE,
        f"“{claim.name}”的绩效目标表有两张（第{first.form.number}张、第{claim.form.number}张，{money}），"
        f"{project.statement}只列了一次",
        ("项目名称",),
        steps=("项目名称",),
        remedy=f"重复的删去一张；确是两个项目的，在{project.statement}补上一行",
        also=(first.form.place(("项目名称",)), project.row.place),
    )


def _two_rows(document: ReadDocument, project: StatementProject, twin: Pair) -> Outcome:
    """A second row of a project that has one form only."""
    first, claim = twin
    same = project.wan == first.wan
    amounts = "金额也相同" if same else f"金额是{_printed(first)}、{_printed(project)}万元"
    finding = RULE.finding(
        f"{project.statement}里“{_named(document, project)}”列了两次（{amounts}），"
        "绩效目标表只有一张",
        project.row.place,
        group=_GROUP,
        subjects=[f"绩效目标表/{_named(document, project)}"],
        remedy="重复的删去一行；确是两个项目的，补上另一张绩效目标表",
        also=(first.row.place, claim.form.place(("项目名称",))),
    )
    return Noise(finding) if document.origin is Origin.EXTRACTED else finding


def _no_forms(
    document: ReadDocument,
    projects: list[StatementProject],
    left: list[StatementProject],
    paired: Mapping[tuple[str, str], Pair],
) -> Iterator[Outcome]:
    """Projects without a form, unless the text says that as many are not published."""
    missing = list({project.key: project for project in left}.values())
    allowed = 0
    if missing and document.origin is not Origin.DATA:
        stated = _stated(document)
        if stated is None:
            why = f"{len(missing)}个项目没有绩效目标表，文中没有写明公开了几个"
            yield Unchecked("E735", _GROUP, why)
            return
        allowed = len({project.key for project in projects}) - stated
    if len(missing) <= allowed:
        yield Passed("E735")
    elif allowed > 0:
        listed = "、".join(f"“{_named(document, each)}”" for each in missing)
        why = f"{len(missing)}个项目没有绩效目标表，文中写明不公开的只有{allowed}个：{listed}"
        yield _no_form(document, f"{missing[0].statement}有{why}", missing)
    else:
        for each in missing:
            if each.key in paired:
                yield _two_rows(document, each, paired[each.key])
                continue
            words = f"“{_named(document, each)}”（{_printed(each)}万元）"
            yield _no_form(document, f"{each.statement}的项目{words}没有绩效目标表", [each])


def _named(document: ReadDocument, project: StatementProject) -> str:
    return f"{project.unit or document.name}/{project.name}"


def _stated(document: ReadDocument) -> int | None:
    """How many forms the text says are published."""
    for passage in document.passages:
        found = _PUBLISHED.search(re.sub(r"\s", "", passage.text))
        if found:
            return int(found[1])
    return None


def _no_form(document: ReadDocument, message: str, missing: list[StatementProject]) -> Outcome:
    finding = RULE.finding(
        message,
        missing[0].row.place,
        group=_GROUP,
        subjects=[f"绩效目标表/{_named(document, each)}" for each in missing],
        remedy="补上绩效目标表；确定不公开的，在数据“项目”的这个项目下写“公开绩效目标: 否”",
        also=[each.row.place for each in missing[1:]],
    )
    return Noise(finding) if document.origin is Origin.EXTRACTED else finding


RULES = (RULE,)
CHECKS: tuple[Check, ...] = (check_form_projects,)
