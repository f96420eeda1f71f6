"""Counts and sums of the text: procurement, goals, vehicles, units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.asks import a_part
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked, quoted_part
from generator.checks.rules.amounts import wrong_unit
from generator.checks.rules.text_figures import AMOUNT
from generator.checks.text.names_alike import part_of, same_unit
from generator.checks.text.project_total import projects_of_the_year
from generator.checks.text.text_figures import (
    StatedFigure,
    TextReading,
    addresses_spoken_of,
    nothing_to_hold_against,
    perhaps,
    read_text_numbers,
)
from generator.core.dates import dates_of, read_date, written_date
from generator.core.findings import Finding
from generator.core.numbers.rounding import half_up
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.drafts.words.units import COMMON, Unit
from generator.pack.checks.key_figures import Places
from generator.pack.outline import Role
from generator.pack.pack import Pack
from generator.reading.document import DocumentRow, ReadDocument

PROCUREMENT = Rule(
    "E728",
    "政府采购各项之和不等于总额",
    "政府采购预算总额 = 货物 + 工程 + 服务（四舍五入的差除外）。",
    "三项之和与总额不符，有一个数字写错。",
    "核对政府采购预算表，改正写错的数字",
    "地方预决算公开操作规程（财预〔2016〕143号）要求说明政府采购情况；预算公开审核惯例",
    asks=(a_part(Role.PROCUREMENT),),
)
GOALS = Rule(
    "E729",
    "绩效项目的个数、金额不一致",
    "各类项目之和 = 合计（个数和金额）；合计金额 = 项目支出表合计；"
    "纳入个数 = 项目支出表的项目个数（一个单位内名称相同的几行是一个项目）；"
    "公开的不多于纳入的；公开个数 = 后附绩效目标表的项目个数。",
    "读者可以逐行数出来；对不上说明漏报、漏附或重复。",
    "按项目支出表和后附的绩效目标表重新统计，改正文字，或补上、删去绩效目标表",
    "部门预算绩效目标管理办法（财预〔2015〕88号）；预算公开审核惯例",
    asks=(a_part(Role.PERFORMANCE),),
)
VEHICLES = Rule(
    "E730",
    "车辆数或截止日期不对",
    "实有车辆 = 各类车辆之和，实有不多于编制；国有资产的数字截至上年年末或本地规定的日子。",
    "车辆数对不上或超过编制，日期多半是上年文稿留下的。",
    "核对国有资产报表，改正数字或日期",
    "预算公开审核惯例",
    asks=(a_part(Role.ASSETS),),
)
UNITS = Rule(
    "E732",
    "所属单位个数不一致",
    "文字所写的单位个数 = 列出的单位个数；编报整体绩效目标的单位不多于列出的单位；"
    "报表里有预算的单位都在列出的单位之中（校区、学部等随所属单位）。",
    "个数与名单不符，或报表里多出没有说明的单位，读者无法确认预算的范围。",
    "核对单位名单，改正个数或补列单位",
    "预算公开审核惯例",
    asks=(a_part(Role.ORGANISATION),),
)
RULES = (PROCUREMENT, GOALS, VEHICLES, UNITS)

_UNIT_COUNT = "二级预算单位/个数"
_REPORTING = "绩效管理/编报单位数"
_VEHICLES_HELD = "国有资产/实有车辆"
_SCOPES = ("纳入", "公开")
_COUNTED_UNITS = late_pattern(r"等(\d+)个[^，。；]{0,8}单位")
_AS_OF = "截至"


def counts_of_text(document: ReadDocument, pack: Pack) -> Iterator[Outcome]:
    """Applies E728 to E730 and E732."""
    reading = read_text_numbers(document)
    if reading.readable:
        yield from _together(
            (
                *_sums(document, reading, pack),
                *_goals(document, reading, pack),
                *_vehicles(reading, pack.places),
            )
        )
    else:
        why = nothing_to_hold_against(document)
        yield from (Unchecked(rule.code, "情况说明", why) for rule in RULES)
    yield from _dates(document, pack.vocabulary.asset_days)
    yield from _units(document, reading)


CHECKS: tuple[Check, ...] = (counts_of_text,)


def _together(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """One finding for each number, with all that speaks against it."""
    findings: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for outcome in outcomes:
        if not isinstance(outcome, Finding):
            yield outcome
            continue
        key = outcome.code, outcome.subjects
        first = findings.get(key)
        message = f"{first.message}；{outcome.message}" if first else outcome.message
        findings[key] = replace(first or outcome, message=message)
    yield from findings.values()


# Sums within the text


class _Sum(Struct, frozen=True):
    """A total that the text states together with its parts; counts must be exact."""

    rule: Rule
    role: Role
    name: str
    total: str
    parts: tuple[str, ...]
    unit: str


def _declared_sums(reading: TextReading, pack: Pack) -> Iterator[_Sum]:
    money = pack.settings.numbers.money.unit.value
    places, classes = pack.places, pack.vocabulary.project_classes.names
    names = ("货物", "工程", "服务")
    parts = tuple(f"政府采购/{name}" for name in names)
    yield _Sum(PROCUREMENT, Role.PROCUREMENT, "政府采购预算总额", "政府采购/总额", parts, money)
    parts = tuple(f"本年支出/{name}" for name in ("基本支出", "项目支出"))
    if places.year_total and any(map(reading.at, parts)):  # only departments state them
        name = "整体绩效目标涉及的部门预算资金"
        yield _Sum(AMOUNT, Role.PERFORMANCE, name, places.year_total, parts, money)
    for scope in _SCOPES:
        for what, unit in (("个数", "个"), ("金额", money)):
            parts = tuple(f"绩效/{scope}/{name}/{what}" for name in classes)
            name = f"{scope}绩效目标的项目{what}"
            whole = f"绩效/{scope}/合计/{what}"
            yield _Sum(GOALS, Role.PERFORMANCE, name, whole, parts, unit)
    addresses = (number.address for number in reading.numbers)
    kinds = tuple(address for address in addresses if address.startswith(f"{_VEHICLES_HELD}/"))
    yield _Sum(VEHICLES, Role.ASSETS, "实有车辆", _VEHICLES_HELD, kinds, "辆")


def _sums(document: ReadDocument, reading: TextReading, pack: Pack) -> Iterator[Outcome]:
    spoken_of = addresses_spoken_of(document)
    for each in _declared_sums(reading, pack):
        if not spoken_of.intersection(each.parts):
            continue  # the place states the total alone
        total = reading.at(each.total)
        parts = [reading.at(part) for part in each.parts]
        known = [part for part in parts if part is not None]
        if total is None or len(known) < len(parts):
            if any(document.about(each.role)):
                yield Unchecked(
                    each.rule.code,
                    document.group_of(each.role),
                    f"没有读到{each.name}或其中某一项，没有核对",
                )
            continue
        beside = [n for n in reading.numbers if n.address == each.total]
        near = next((n for n in beside if known and n.passage is known[0].passage), total)
        half = document.style.half if each.unit == document.style.unit else Decimal(0)
        yield _sum(each, near, known, half * (len(known) + 1))


def _sum(
    each: _Sum, total: StatedFigure, parts: Sequence[StatedFigure], tolerance: Decimal
) -> Outcome:
    found = sum((part.value for part in parts), Decimal(0))
    difference = abs(found - total.value)
    if difference <= tolerance:
        return Passed(each.rule.code)
    if wrong := _unit_that_sums([total, *parts], tolerance):
        return wrong_unit(*wrong, f"{each.name}与各项之和因此不等")
    listed = " + ".join(f"{_last_name(part.address)} {part.text}" for part in parts if part.value)
    allowed = f"（四舍五入允许 {tolerance.normalize():f}）" if tolerance else ""
    return _finding(
        each.rule,
        total,
        f"{each.name} {total.words(each.unit)}，其中 {listed or '各项均为 0'}，"
        f"合计 {found:f} {each.unit}，相差 {difference:f}{allowed}",
    )


def _unit_that_sums(
    numbers: Sequence[StatedFigure], tolerance: Decimal
) -> tuple[StatedFigure, Unit] | None:
    """The number whose unit alone keeps a total, the first, from being the sum of the others."""
    off = numbers[0].value - sum((number.value for number in numbers[1:]), Decimal(0))
    for at, number in enumerate(numbers):
        for unit in COMMON if number.unit else ():
            more = number.value_in(unit) - number.value
            if more and abs(off + (more if at == 0 else -more)) <= tolerance:
                return number, unit
    return None


def _last_name(address: str) -> str:
    return [step for step in address.split("/") if step not in ("个数", "金额")][-1]


def _finding(rule: Rule, stated: StatedFigure, message: str) -> Finding:
    return rule.finding(
        message,
        stated.place,
        group=stated.group,
        subjects=(stated.address,),
        excerpt=stated.excerpt,
    )


# E729


def _goals(document: ReadDocument, reading: TextReading, pack: Pack) -> Iterator[Outcome]:
    for what, unit in (("个数", "个"), ("金额", document.style.unit)):
        for name in ("合计", *pack.vocabulary.project_classes.names):
            inside = reading.at(f"绩效/纳入/{name}/{what}")
            shown_ones = reading.at(f"绩效/公开/{name}/{what}")
            if inside is None or shown_ones is None:
                continue
            if shown_ones.value <= inside.value:
                yield Passed(GOALS.code)
                continue
            message = (
                f"公开的{name}{what} {shown_ones.text} {unit}，多于纳入的 {inside.text} {unit}"
            )
            yield _finding(GOALS, shown_ones, message)
    yield from _against_projects(document, reading, pack.places)
    if pack.forms.project is not None:
        yield from _against_forms(document, reading)


def _projects(document: ReadDocument, places: Places) -> list[DocumentRow]:
    table = document.tables.get(places.projects or "")
    return [row for row in table.rows if row.dimension == "项目"] if table else []


def _against_projects(
    document: ReadDocument, reading: TextReading, places: Places
) -> Iterator[Outcome]:
    group = document.group_of(Role.PERFORMANCE)
    if places.projects is None or places.project_total is None:
        yield Unchecked(GOALS.code, group, "模板包没有写明项目支出列在哪张报表")
        return
    amount, count = reading.at("绩效/纳入/合计/金额"), reading.at("绩效/纳入/合计/个数")
    total = projects_of_the_year(document, places, places.project_total)
    rows = _projects(document, places)
    if amount is None or total is None:
        why = f"没有读到纳入绩效目标管理的金额或{places.projects}的合计"
        yield Unchecked(GOALS.code, group, why)
    elif abs(amount.value - total.amount) <= total.slack:
        yield Passed(GOALS.code)
    else:
        unit = document.style.unit
        stated, due = amount.words(unit), half_up(total.amount, document.style.money.step)
        message = f"纳入绩效目标管理的金额写 {stated}，{places.projects}合计为 {due:f} {unit}，"
        yield _finding(GOALS, amount, f"{message}相差 {abs(amount.value - due):f} {unit}")
    if count is None or not (rows or (total and not total.amount)):
        why = f"没有读到纳入绩效目标管理的项目个数或{places.projects}的项目"
        yield Unchecked(GOALS.code, group, why)
    else:
        yield _project_count(document, count, rows, places.projects)


def _project_count(
    document: ReadDocument, count: StatedFigure, rows: Sequence[DocumentRow], statement: str
) -> Outcome:
    names = {(folded(row.dimensions.get("单位", "")), folded(row.label)) for row in rows}
    if count.value == len(names):
        return Passed(GOALS.code)
    twice = f"（{len(rows)} 行，同一单位同名的算一个）" if len(rows) > len(names) else ""
    message = f"纳入绩效目标管理的项目写 {count.text} 个，{statement}有 {len(names)} 个{twice}"
    return perhaps(document, _finding(GOALS, count, message))


def _against_forms(document: ReadDocument, reading: TextReading) -> Iterator[Outcome]:
    count = reading.at("绩效/公开/合计/个数")
    if count is None or (not document.forms and count.value):
        group = document.group_of(Role.PERFORMANCE)
        yield Unchecked(GOALS.code, group, "没有读到绩效目标表，公开个数没有与其核对")
        return
    names = {(folded(f.content.unit), folded(f.content.project)) for f in document.forms}
    if count.value == len(names):
        yield Passed(GOALS.code)
        return
    twice = f"（{len(document.forms)} 份）" if len(document.forms) > len(names) else ""
    message = f"文字写公开项目绩效目标 {count.text} 个，后附绩效目标表 {len(names)} 个项目{twice}"
    yield perhaps(document, _finding(GOALS, count, message))


# E730


def _vehicles(reading: TextReading, places: Places) -> Iterator[Outcome]:
    held, quota = reading.at(_VEHICLES_HELD), reading.at(places.vehicle_quota or "")
    if held is None or quota is None:
        return
    if held.value <= quota.value:
        yield Passed(VEHICLES.code)
        return
    message = f"公务用车实有 {held.text} 辆，多于编制 {quota.text} 辆"
    yield _finding(VEHICLES, held, message)


def _dates(document: ReadDocument, days: Sequence[str]) -> Iterator[Outcome]:
    if not document.year:
        return
    pattern = document.style.date
    due = [read_date(f"{document.year - 1}年{day}") for day in days]
    wanted = [written_date(day, pattern) for day in due if day]
    lead = _lead_of_date(document)
    for passage in document.about(Role.ASSETS):
        text = folded(passage.text)
        for match, day in dates_of(text, pattern):
            if not text[: match.start()].endswith(lead):
                continue
            if day in due:
                yield Passed(VEHICLES.code)
                continue
            yield VEHICLES.finding(
                f"文字写“{lead}{match[0]}”，{document.year} 年度预算应为"
                f"“{'”或“'.join(f'{lead}{each}' for each in wanted)}”",
                passage.place,
                group=passage.group,
                subjects=("国有资产/截止日期",),
                excerpt=quoted_part(passage.text),
            )


def _lead_of_date(document: ReadDocument) -> str:
    """截至, unless the pack prints its one date without it: other dates are no matter of assets."""
    printed_text = [
        folded(passage.text) for passage in (document.expected or document).about(Role.ASSETS)
    ]
    found = [
        text[: match.start()].endswith(_AS_OF)
        for text in printed_text
        for match, _ in dates_of(text, document.style.date)
    ]
    return "" if found == [False] else _AS_OF


# E732


def _units(document: ReadDocument, reading: TextReading) -> Iterator[Outcome]:
    if not document.units:
        return
    listed = len(document.units)
    for stated in (*_count_in_words(document, reading), *reading.numbers):
        if stated.address == _UNIT_COUNT:
            right, what = stated.value == listed, "所属单位"
        elif stated.address == _REPORTING:
            right, what = stated.value <= listed, "单位编报整体绩效目标"
        else:
            continue
        if right:
            yield Passed(UNITS.code)
            continue
        message = f"文字写 {stated.text} 个{what}，列出的单位有 {listed} 个"
        yield perhaps(document, _finding(UNITS, stated, message))
    unlisted = _unlisted(document)
    if not unlisted:
        yield Passed(UNITS.code)
        return
    names = "、".join(unlisted)
    row = next(iter(unlisted.values()))
    finding = UNITS.finding(
        f"报表里的单位没有列入所属单位：{names}",
        row.place,
        group=document.group_of(Role.ORGANISATION),
        subjects=tuple(f"单位/{name}" for name in unlisted),
        also=[each.place for each in unlisted.values()][1:],
    )
    yield perhaps(document, finding)


def _count_in_words(document: ReadDocument, reading: TextReading) -> Iterator[StatedFigure]:
    """The number of units in a paragraph of free words, where no template prints it."""
    for passage in document.about(Role.ORGANISATION):
        match = _COUNTED_UNITS.search(passage.text)
        if match and not any(number.passage is passage for number in reading.numbers):
            yield StatedFigure(_UNIT_COUNT, match[1], passage, match.start(1))


def _unlisted(document: ReadDocument) -> dict[str, DocumentRow]:
    """Units with amounts in a table that the list of units does not have, by name."""
    own = (*document.units, document.name)
    return {
        row.label: row
        for table in document.tables.values()
        for row in table.rows
        if row.dimension == "单位"
        and not any(part_of(row.label, name) or same_unit(row.label, name) for name in own)
    }
